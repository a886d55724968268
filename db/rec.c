#include "db/rec.h"

#include <stdlib.h>
#include <string.h>

enum rec_kind rec_kind_named(const char *name)
{
	for (enum rec_kind kind = REC_WARD; kind < REC_KINDS; kind++)
		if (!strcmp(rec_type(kind)->name, name))
			return kind;
	return REC_NONE;
}

const struct field *field_named(const struct field *fields, const char *name)
{
	for (; fields && fields->tag; fields++)
		if (!strcmp(fields->name, name))
			return fields;
	return NULL;
}

const struct field *field_tagged(const struct field *fields, unsigned tag)
{
	for (; fields && fields->tag; fields++)
		if (fields->tag == tag)
			return fields;
	return NULL;
}

/* The n-th (from 1) of "a|b|c"; false past the end. */
static bool choice_at(const char *choices, int64_t n, const char **start, size_t *len)
{
	while (choices && *choices) {
		size_t word = strcspn(choices, "|");

		if (--n == 0) {
			*start = choices;
			*len = word;
			return true;
		}
		choices += word + (choices[word] == '|');
	}
	return false;
}

void enum_word(const struct field *field, int64_t value, char *out, size_t size)
{
	const char *start;
	size_t len;

	out[0] = '\0';
	if (value < 1 || !choice_at(field->choices, value, &start, &len) || len >= size)
		return;
	memcpy(out, start, len);
	out[len] = '\0';
}

int64_t enum_value(const struct field *field, const char *word)
{
	const char *start;
	size_t len;

	for (int64_t n = 1; choice_at(field->choices, n, &start, &len); n++)
		if (strlen(word) == len && !memcmp(word, start, len))
			return n;
	return 0;
}

void rec_init(struct rec *rec, enum rec_kind kind)
{
	*rec = (struct rec){ .kind = kind, .text = BUF(REC_TEXT_MAX) };
}

void rec_done(struct rec *rec)
{
	free(rec->cells);
	buf_wipe_done(&rec->text);
	rec->cells = NULL;
	rec->count = rec->cap = 0;
}

void rec_clear(struct rec *rec, enum rec_kind kind)
{
	rec->kind = kind;
	rec->count = 0;
	buf_clear(&rec->text);
}

struct path path_of(unsigned tag)
{
	return (struct path){ .tag = (uint16_t)tag };
}

struct path path_key(unsigned tag, const uint8_t *key, size_t key_len, unsigned sub)
{
	struct path path = { .tag = (uint16_t)tag, .sub = (uint16_t)sub };

	path.key_len = (uint8_t)(key_len > KEY_MAX ? KEY_MAX : key_len);
	memcpy(path.key, key, path.key_len);
	return path;
}

struct path path_at(unsigned tag, unsigned index, unsigned sub)
{
	const uint8_t key[2] = { (uint8_t)(index >> 8 & 0x7f), (uint8_t)index };

	return path_key(tag, key, sizeof(key), sub);
}

static int compare_keys(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	if (order)
		return order;
	return a_len < b_len ? -1 : a_len > b_len;
}

int path_compare(const struct path *a, const struct path *b)
{
	int order;

	if (a->tag != b->tag)
		return a->tag < b->tag ? -1 : 1;
	order = compare_keys(a->key, a->key_len, b->key, b->key_len);
	if (order)
		return order;
	return a->sub < b->sub ? -1 : a->sub > b->sub;
}

/* Where `path` is or would be. The end is tried first: records are mostly built in order. */
static size_t place_of(const struct rec *rec, const struct path *path, bool *found)
{
	size_t low = 0, high = rec->count;

	*found = false;
	if (high && path_compare(&rec->cells[high - 1].path, path) < 0)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = path_compare(&rec->cells[middle].path, path);

		if (!order) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct cell *rec_find(const struct rec *rec, const struct path *path)
{
	bool found;
	size_t at = place_of(rec, path, &found);

	return found ? &rec->cells[at] : NULL;
}

/* The cell at `path`, made when missing. */
static struct cell *cell_for(struct rec *rec, const struct path *path)
{
	bool found;
	size_t at = place_of(rec, path, &found);

	if (found)
		return &rec->cells[at];
	if (rec->count == rec->cap) {
		size_t cap = rec->cap ? rec->cap * 2 : 32;
		struct cell *cells = realloc(rec->cells, cap * sizeof(*cells));

		if (!cells)
			die("out of memory");
		rec->cells = cells;
		rec->cap = cap;
	}
	memmove(rec->cells + at + 1, rec->cells + at, (rec->count - at) * sizeof(*rec->cells));
	rec->count++;
	rec->cells[at] = (struct cell){ .path = *path };
	return &rec->cells[at];
}

void rec_set_num(struct rec *rec, const struct path *path, int64_t value)
{
	struct cell *cell = cell_for(rec, path);

	cell->shape = CELL_INT;
	cell->num = value;
	cell->len = 0;
}

void rec_set_bytes(struct rec *rec, const struct path *path, const void *data, size_t len)
{
	struct cell *cell;
	size_t off = rec->text.len;

	if (!len) {
		rec_unset(rec, path);
		return;
	}
	buf_add(&rec->text, data, len);
	buf_byte(&rec->text, 0);
	if (rec->text.full)
		return; /* past the ceiling: rec_check reports it */
	cell = cell_for(rec, path);
	cell->shape = CELL_BYTES;
	cell->off = off;
	cell->len = len;
	cell->num = 0;
}

void rec_set_unset(struct rec *rec, const struct path *path)
{
	struct cell *cell = cell_for(rec, path);

	cell->shape = CELL_UNSET;
	cell->num = 0;
	cell->len = 0;
}

void rec_unset(struct rec *rec, const struct path *path)
{
	bool found;
	size_t at = place_of(rec, path, &found);

	if (!found)
		return;
	rec->count--;
	memmove(rec->cells + at, rec->cells + at + 1, (rec->count - at) * sizeof(*rec->cells));
}

void rec_put_num(struct rec *rec, unsigned tag, int64_t value)
{
	struct path path = path_of(tag);

	rec_set_num(rec, &path, value);
}

void rec_put_text(struct rec *rec, unsigned tag, const char *text)
{
	struct path path = path_of(tag);

	rec_set_bytes(rec, &path, text, strlen(text));
}

const char *cell_text(const struct rec *rec, const struct cell *cell)
{
	if (!cell || cell->shape != CELL_BYTES)
		return "";
	return (const char *)rec->text.data + cell->off;
}

static const struct cell *plain(const struct rec *rec, unsigned tag)
{
	struct path path = path_of(tag);

	return rec_find(rec, &path);
}

bool rec_has(const struct rec *rec, unsigned tag)
{
	const struct cell *cell = plain(rec, tag);

	return cell && cell->shape != CELL_UNSET;
}

int64_t rec_num_or(const struct rec *rec, unsigned tag, int64_t otherwise)
{
	const struct cell *cell = plain(rec, tag);

	return cell && cell->shape == CELL_INT ? cell->num : otherwise;
}

int64_t rec_num(const struct rec *rec, unsigned tag)
{
	return rec_num_or(rec, tag, MSEC_NONE);
}

bool rec_true(const struct rec *rec, unsigned tag)
{
	return rec_num_or(rec, tag, 0) > 0;
}

const char *rec_text(const struct rec *rec, unsigned tag)
{
	return cell_text(rec, plain(rec, tag));
}

struct span rec_bytes(const struct rec *rec, unsigned tag)
{
	const struct cell *cell = plain(rec, tag);

	if (!cell || cell->shape != CELL_BYTES)
		return (struct span){ (const uint8_t *)"", 0 };
	return (struct span){ rec->text.data + cell->off, cell->len };
}

static void set_from(struct rec *to, const struct rec *from, const struct cell *cell)
{
	if (cell->shape == CELL_BYTES)
		rec_set_bytes(to, &cell->path, from->text.data + cell->off, cell->len);
	else
		rec_set_num(to, &cell->path, cell->num);
}

/* Cell by cell: what an event takes away is taken along. */
void rec_copy(struct rec *to, const struct rec *from)
{
	rec_clear(to, from->kind);
	for (size_t i = 0; i < from->count; i++) {
		const struct cell *cell = &from->cells[i];

		if (cell->shape == CELL_UNSET)
			rec_set_unset(to, &cell->path);
		else
			set_from(to, from, cell);
	}
}

void rec_apply(struct rec *to, const struct rec *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct cell *cell = &from->cells[i];

		if (cell->shape == CELL_UNSET)
			rec_unset(to, &cell->path);
		else
			set_from(to, from, cell);
	}
}

static bool same_value(const struct rec *a, const struct cell *x, const struct rec *b, const struct cell *y)
{
	if (x->shape != y->shape || x->len != y->len || x->num != y->num)
		return false;
	return x->shape != CELL_BYTES || !memcmp(a->text.data + x->off, b->text.data + y->off, x->len);
}

bool rec_equal(const struct rec *a, const struct rec *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (path_compare(&a->cells[i].path, &b->cells[i].path) ||
		    !same_value(a, &a->cells[i], b, &b->cells[i]))
			return false;
	return true;
}

void rec_diff(const struct rec *from, const struct rec *to, struct rec *out)
{
	size_t i = 0, j = 0;

	rec_clear(out, to->kind);
	while (i < from->count || j < to->count) {
		int order = i == from->count ? 1 : j == to->count ? -1 :
			    path_compare(&from->cells[i].path, &to->cells[j].path);

		if (order < 0) {
			rec_set_unset(out, &from->cells[i++].path);
		} else if (order > 0) {
			set_from(out, to, &to->cells[j++]);
		} else {
			if (!same_value(from, &from->cells[i], to, &to->cells[j]))
				set_from(out, to, &to->cells[j]);
			i++;
			j++;
		}
	}
}

bool rec_each(const struct rec *rec, unsigned tag, struct element *el)
{
	const struct path first = path_of(tag);
	bool found;
	size_t at = el->to ? el->to : place_of(rec, &first, &found);
	const struct path *path;

	while (at < rec->count && rec->cells[at].path.tag == tag && !rec->cells[at].path.key_len)
		at++;
	if (at >= rec->count || rec->cells[at].path.tag != tag)
		return false;
	path = &rec->cells[at].path;
	el->from = at;
	el->key_len = path->key_len;
	memcpy(el->key, path->key, sizeof(el->key));
	while (at < rec->count && rec->cells[at].path.tag == tag &&
	       !compare_keys(rec->cells[at].path.key, rec->cells[at].path.key_len, el->key, el->key_len))
		at++;
	el->to = at;
	return true;
}

size_t rec_elements(const struct rec *rec, unsigned tag)
{
	struct element el = { 0 };
	size_t count = 0;

	while (rec_each(rec, tag, &el))
		count++;
	return count;
}

const struct cell *el_find(const struct rec *rec, const struct element *el, unsigned sub)
{
	for (size_t i = el->from; i < el->to; i++)
		if (rec->cells[i].path.sub == sub)
			return &rec->cells[i];
	return NULL;
}

int64_t el_num(const struct rec *rec, const struct element *el, unsigned sub)
{
	const struct cell *cell = el_find(rec, el, sub);

	return cell && cell->shape == CELL_INT ? cell->num : MSEC_NONE;
}

bool el_true(const struct rec *rec, const struct element *el, unsigned sub)
{
	return el_num(rec, el, sub) > 0;
}

const char *el_text(const struct rec *rec, const struct element *el, unsigned sub)
{
	return cell_text(rec, el_find(rec, el, sub));
}

struct path el_path(unsigned tag, const struct element *el, unsigned sub)
{
	return path_key(tag, el->key, el->key_len, sub);
}
