/*
 * names.h - words and their numbers in memory: the same word, the same
 * number, from 1 on; "" is 0. What the table `name` is in a store, for a
 * report over several stores or over the journal as it was known once.
 *
 * Owns its words; out of memory is die().
 */
#ifndef MOTCUA_NAMES_H
#define MOTCUA_NAMES_H

#include "db/base/buf.h"

struct names {
	struct buf text;  /* the words, each with its NUL */
	size_t *offsets;  /* by number - 1 */
	size_t count, cap;
	uint32_t *slots;  /* numbers by hash, 0 free */
	size_t slots_count;
};

void names_init(struct names *names);
void names_done(struct names *names);
/* The number of a word, given on first sight. */
int64_t names_ix(struct names *names, const char *text);
/* 0 when the word has none. */
int64_t names_find(const struct names *names, const char *text);
/* The word; "" for 0 and for what is no number. Lives until the next names_ix. */
const char *names_text(const struct names *names, int64_t ix);
/*
 * Numbers 1..count in the order of the Vietnamese alphabet; *order has `count`
 * of them and is the caller's to free.
 */
void names_order(const struct names *names, int64_t **order);

#endif
