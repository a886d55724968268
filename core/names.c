#include "core/names.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/vn.h"

enum { WORDS_MAX = 1 << 30 };

static void *must(void *memory)
{
	if (!memory)
		die("out of memory");
	return memory;
}

void names_init(struct names *names)
{
	*names = (struct names){ .text = BUF(WORDS_MAX) };
}

void names_done(struct names *names)
{
	buf_done(&names->text);
	free(names->offsets);
	free(names->slots);
	names_init(names);
}

/* FNV-1a: no attacker chooses words here that he could not make slower by more words. */
static uint32_t hash(const char *text)
{
	uint32_t h = 2166136261u;

	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * 16777619u;
	return h;
}

const char *names_text(const struct names *names, int64_t ix)
{
	if (ix < 1 || (uint64_t)ix > names->count)
		return "";
	return (const char *)names->text.data + names->offsets[ix - 1];
}

/* Where the word is, or would go. */
static size_t slot_of(const struct names *names, const char *text)
{
	size_t at = hash(text) & (names->slots_count - 1);

	while (names->slots[at] && strcmp(names_text(names, names->slots[at]), text) != 0)
		at = (at + 1) & (names->slots_count - 1);
	return at;
}

static void grow(struct names *names)
{
	names->cap = names->cap ? 2 * names->cap : 64;
	names->offsets = must(realloc(names->offsets, names->cap * sizeof(*names->offsets)));
	free(names->slots);
	names->slots_count = 2 * names->cap;
	names->slots = must(calloc(names->slots_count, sizeof(*names->slots)));
	for (size_t i = 1; i <= names->count; i++)
		names->slots[slot_of(names, names_text(names, (int64_t)i))] = (uint32_t)i;
}

int64_t names_find(const struct names *names, const char *text)
{
	return names->slots_count && *text ? names->slots[slot_of(names, text)] : 0;
}

int64_t names_ix(struct names *names, const char *text)
{
	int64_t ix = names_find(names, text);

	if (ix || !*text)
		return ix;
	if (names->count == names->cap)
		grow(names);
	names->offsets[names->count] = names->text.len;
	buf_add(&names->text, text, strlen(text) + 1);
	if (names->text.full || names->count >= UINT32_MAX / 4)
		die("too many words");
	names->count++;
	names->slots[slot_of(names, text)] = (uint32_t)names->count;
	return (int64_t)names->count;
}

struct keyed {
	int64_t ix;
	struct buf key;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
	int order = len ? memcmp(x->key.data, y->key.data, len) : 0;

	if (order)
		return order;
	if (x->key.len != y->key.len)
		return x->key.len < y->key.len ? -1 : 1;
	return x->ix < y->ix ? -1 : x->ix > y->ix;
}

void names_order(const struct names *names, int64_t **order)
{
	struct keyed *all = must(calloc(names->count + 1, sizeof(*all)));

	for (size_t i = 0; i < names->count; i++) {
		all[i] = (struct keyed){ (int64_t)i + 1, BUF(WORDS_MAX) };
		vn_sort_key_text(names_text(names, (int64_t)i + 1), &all[i].key);
	}
	qsort(all, names->count, sizeof(*all), by_key);
	*order = must(calloc(names->count + 1, sizeof(**order)));
	for (size_t i = 0; i < names->count; i++) {
		(*order)[i] = all[i].ix;
		buf_done(&all[i].key);
	}
	free(all);
}
