#include "sync/columns_memory.h"

#include "sync/columns_rule.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 32 << 20 };

struct memory *memory_new(void)
{
	struct memory *m = calloc(1, sizeof(*m));

	if (!m)
		die("out of memory");
	m->bytes = (struct buf)BUF(BYTES_MAX);
	m->subjects = calloc(DOSSIERS, sizeof(*m->subjects));
	m->dossiers = calloc(DOSSIERS, sizeof(*m->dossiers));
	if (!m->subjects || !m->dossiers)
		die("out of memory");
	return m;
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	buf_wipe_done(&m->bytes);
	free(m->subjects);
	free(m->dossiers);
	explicit_bzero(m, sizeof(*m));
	free(m);
}

void memory_next(struct memory *m)
{
	memset(&m->subject_places, 0, sizeof(m->subject_places));
	memset(&m->dossier_places, 0, sizeof(m->dossier_places));
	m->subjects_count = m->dossiers_count = 0;
	for (uint32_t i = 0; i < m->columns_count; i++)
		m->columns[i].dossier = 0;
}

uint32_t hash_bytes(const void *data, size_t len)
{
	const uint8_t *bytes = data;
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
	h ^= h >> 29;
	return (uint32_t)(h ^ h >> 32);
}

/* The place after `at` that may hold what hashes alike; *number as stored less 1. False at a free place. */
static bool place_next(const struct places *places, uint32_t *at, uint32_t *number)
{
	*at = (*at + 1) & (PLACES - 1);
	*number = places->number[*at] - 1;
	return places->number[*at] != 0;
}

static void place_add(struct places *places, uint32_t hash, uint32_t number)
{
	uint32_t at = hash, other;

	while (place_next(places, &at, &other))
		;
	places->number[at] = number + 1;
	places->count++;
}

static bool places_full(const struct places *places)
{
	return places->count >= PLACES / 4 * 3;
}

static bool same_bytes(const struct memory *m, uint32_t at, uint32_t len, struct span value)
{
	return len == value.len && !memcmp(m->bytes.data + at, value.data, len);
}

static uint32_t pool_hash(unsigned pool, struct span value)
{
	return hash_bytes(value.data, value.len) + pool * UINT32_C(0x9e3779b1);
}

uint32_t pool_find(const struct memory *m, unsigned pool, struct span value)
{
	uint32_t at = pool_hash(pool, value), found;

	if (!value.len || value.len > POOL_VALUE_MAX)
		return NOT_KNOWN;
	while (place_next(&m->pool_places, &at, &found)) {
		uint32_t number = found % POOL_VALUES;

		if (found / POOL_VALUES == pool &&
		    same_bytes(m, m->pools[pool].at[number], m->pools[pool].len[number], value))
			return number;
	}
	return NOT_KNOWN;
}

void pool_add(struct memory *m, unsigned pool, struct span value)
{
	struct pool *p = &m->pools[pool];

	if (p->count == POOL_VALUES || !value.len || value.len > POOL_VALUE_MAX ||
	    places_full(&m->pool_places))
		return;
	p->at[p->count] = (uint32_t)m->bytes.len;
	p->len[p->count] = (uint32_t)value.len;
	buf_add(&m->bytes, value.data, value.len);
	place_add(&m->pool_places, pool_hash(pool, value), pool * POOL_VALUES + p->count++);
}

struct span pool_get(const struct memory *m, unsigned pool, uint64_t number)
{
	const struct pool *p = &m->pools[pool];

	if (number >= p->count)
		return (struct span){ NULL, 0 };
	return (struct span){ m->bytes.data + p->at[number], p->len[number] };
}

enum { MEMO_BITS = 48 };

/* The check is never 0, so an empty place matches nothing. */
static uint64_t memo_check(uint32_t context)
{
	return (uint64_t)(context >> 16 | 1) << MEMO_BITS;
}

bool memo_get(const struct memory *m, uint32_t context, int64_t *value)
{
	uint64_t memo = m->memos[context % MEMOS];

	/* The sign is the top bit of the 48. */
	*value = (int64_t)((memo & ((UINT64_C(1) << MEMO_BITS) - 1)) ^ UINT64_C(1) << (MEMO_BITS - 1)) -
		 (INT64_C(1) << (MEMO_BITS - 1));
	return memo >> MEMO_BITS << MEMO_BITS == memo_check(context);
}

void memo_set(struct memory *m, uint32_t context, int64_t value)
{
	bool fits = value >= -(INT64_C(1) << (MEMO_BITS - 1)) && value < INT64_C(1) << (MEMO_BITS - 1);

	m->memos[context % MEMOS] =
		fits ? memo_check(context) | ((uint64_t)value & ((UINT64_C(1) << MEMO_BITS) - 1)) : 0;
}

struct followers *followers_of(struct memory *m, uint32_t context)
{
	struct followers *f = &m->followers[context % FOLLOWER_LISTS];

	if (f->context != (context | 1))
		*f = (struct followers){ .context = context | 1 };
	return f;
}

struct column *column_of(struct memory *m, unsigned kind, unsigned tag, unsigned sub)
{
	const uint16_t key[3] = { (uint16_t)kind, (uint16_t)tag, (uint16_t)sub };
	uint32_t hash = (uint32_t)((key[0] * UINT64_C(0x9e3779b1) + key[1]) * UINT64_C(0x85ebca6b) + key[2]) *
			UINT32_C(0xc2b2ae35);
	uint32_t at = hash ^ hash >> 16, number;
	struct column *column;

	while (place_next(&m->column_places, &at, &number)) {
		column = &m->columns[number];
		if (column->kind == kind && column->tag == tag && column->sub == sub)
			return column;
	}
	if (m->columns_count == COLUMNS)
		return &m->columns[COLUMNS - 1];
	column = &m->columns[m->columns_count];
	*column = (struct column){ .kind = key[0], .tag = key[1], .sub = key[2], .hash = hash };
	column->rule = column_rule_of(kind, tag, sub);
	place_add(&m->column_places, hash ^ hash >> 16, m->columns_count++);
	return column;
}

static uint32_t id_hash(const struct id *id)
{
	uint8_t bytes[ID_BYTES];

	id_put(id, bytes);
	return hash_bytes(bytes, sizeof(bytes));
}

uint32_t subject_find(const struct memory *m, const struct id *id)
{
	uint32_t at = id_hash(id), number;

	while (place_next(&m->subject_places, &at, &number))
		if (!id_compare(&m->subjects[number].id, id))
			return number;
	return NOT_KNOWN;
}

uint32_t subject_add(struct memory *m, const struct id *id)
{
	if (m->subjects_count == DOSSIERS)
		return NOT_KNOWN;
	m->subjects[m->subjects_count] = (struct subject){ .id = *id, .dossier = NOT_KNOWN };
	place_add(&m->subject_places, id_hash(id), m->subjects_count);
	return m->subjects_count++;
}

uint32_t dossier_find(const struct memory *m, struct span code)
{
	uint32_t at = hash_bytes(code.data, code.len), number;

	while (place_next(&m->dossier_places, &at, &number))
		if (same_bytes(m, m->dossiers[number].at, m->dossiers[number].len, code))
			return number;
	return NOT_KNOWN;
}

uint32_t dossier_add(struct memory *m, struct span code)
{
	struct dossier *d = &m->dossiers[m->dossiers_count];

	if (m->dossiers_count == DOSSIERS || code.len > POOL_VALUE_MAX)
		return NOT_KNOWN;
	*d = (struct dossier){ .at = (uint32_t)m->bytes.len,
			       .len = (uint32_t)code.len,
			       .received_at = MSEC_NONE,
			       .last_at = MSEC_NONE };
	buf_add(&m->bytes, code.data, code.len);
	place_add(&m->dossier_places, hash_bytes(code.data, code.len), m->dossiers_count);
	return m->dossiers_count++;
}

struct span dossier_code(const struct memory *m, uint32_t number)
{
	return (struct span){ m->bytes.data + m->dossiers[number].at, m->dossiers[number].len };
}
