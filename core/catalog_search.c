/*
 * catalog_search.c - the picker's list: every word typed is somewhere in the
 * procedure's code, name or field. There are some hundred procedures: each is
 * folded again for each key, which is quicker than a frame.
 */
#include "core/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/vn.h"
#include "db/rec_fields.h"

enum { WORDS_MAX = 12, TEXT_MAX = 8192 };

struct hit {
	const struct rec *row;
	int rank;
	size_t len;
};

struct hits {
	struct hit *hit;
	size_t count, cap;
	dayno today;
};

/* Rows come by code and date: of each code the last that begins by today is kept, or the first. */
static enum rc collect(void *ctx, const struct rec *row, struct err *err)
{
	struct hits *hits = ctx;
	struct hit *last = hits->count ? &hits->hit[hits->count - 1] : NULL;

	(void)err;
	if (last && !strcmp(rec_text(last->row, PROCEDURE_CODE), rec_text(row, PROCEDURE_CODE))) {
		if (rec_num(row, PROCEDURE_EFFECTIVE_FROM) <= hits->today)
			last->row = row;
		return RC_OK;
	}
	if (!hits->hit || hits->count == hits->cap) {
		hits->cap = hits->cap ? hits->cap * 2 : 256;
		hits->hit = realloc(hits->hit, hits->cap * sizeof(*hits->hit));
		if (!hits->hit)
			die("out of memory");
	}
	hits->hit[hits->count++] = (struct hit){ row, 0, 0 };
	return RC_OK;
}

static size_t split(char *text, const char *words[WORDS_MAX])
{
	size_t count = 0;

	while (*text && count < WORDS_MAX) {
		words[count++] = text;
		text += strcspn(text, " ");
		if (*text)
			*text++ = '\0';
	}
	return count;
}

/* 2: at the beginning of a word; 1: inside one; 0: nowhere. */
static int place_of(const char *text, const char *word)
{
	int best = 0;

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
		if (at == text || at[-1] == ' ')
			return 2;
		best = 1;
	}
	return best;
}

/* 0: not a hit. The code, then the name from its start, then words from their start, then the rest. */
static int rank_of(const char *code, const char *name, const char *all, const char *typed,
		   const char *const words[], size_t count)
{
	int least = 2;

	if (!count)
		return 1;
	for (size_t i = 0; i < count; i++) {
		int place = place_of(all, words[i]);

		if (!place)
			return 0;
		least = place < least ? place : least;
	}
	if (!strncmp(code, typed, strlen(typed)))
		return 6;
	if (!strncmp(name, typed, strlen(typed)))
		return 5;
	if (place_of(name, typed) == 2)
		return 4;
	return least + 1;
}

static int compare_hits(const void *one, const void *two)
{
	const struct hit *a = one, *b = two;

	if (a->rank != b->rank)
		return b->rank - a->rank;
	if (a->rank > 1 && a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return strcmp(rec_text(a->row, PROCEDURE_CODE), rec_text(b->row, PROCEDURE_CODE));
}

static void rank_all(struct hits *hits, const char *typed, const char *const words[], size_t count)
{
	struct buf name = BUF(TEXT_MAX), all = BUF(TEXT_MAX);

	for (size_t i = 0; i < hits->count; i++) {
		struct hit *hit = &hits->hit[i];
		int64_t ends = rec_num(hit->row, PROCEDURE_EFFECTIVE_TO);

		if (ends != MSEC_NONE && ends < hits->today)
			continue;
		buf_clear(&name);
		buf_clear(&all);
		vn_fold(rec_text(hit->row, PROCEDURE_NAME), &name);
		buf_printf(&all, "%s %s ", rec_text(hit->row, PROCEDURE_CODE), buf_str(&name));
		vn_fold(rec_text(hit->row, PROCEDURE_FIELD_NAME), &all);
		hit->len = name.len;
		hit->rank = rank_of(rec_text(hit->row, PROCEDURE_CODE), buf_str(&name), buf_str(&all), typed,
				    words, count);
	}
	buf_done(&name);
	buf_done(&all);
	if (hits->count)
		qsort(hits->hit, hits->count, sizeof(*hits->hit), compare_hits);
}

enum rc catalog_search_procedures(struct app *app, const char *typed, catalog_visit *visit, void *ctx,
				  struct err *err)
{
	struct hits hits = { .today = dayno_of(app_now(app)) };
	struct buf folded = BUF(TEXT_MAX), cut = BUF(TEXT_MAX);
	const char *words[WORDS_MAX];
	char empty[1] = "";
	size_t count;
	enum rc rc = catalog_walk(app, REC_PROCEDURE, collect, &hits, err);

	vn_fold(typed, &folded);
	buf_add(&cut, folded.data, folded.len);
	count = split(cut.len ? (char *)cut.data : empty, words);
	rank_all(&hits, buf_str(&folded), words, count);
	for (size_t i = 0; !rc && i < hits.count && hits.hit[i].rank; i++)
		rc = visit(ctx, hits.hit[i].row, err);
	free(hits.hit);
	buf_done(&folded);
	buf_done(&cut);
	return rc;
}
