/* paper_facts.c - what is known, for a template to ask. */
#include "core/rules/paper.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 64 << 20 };

static void *need(void *memory)
{
	if (!memory)
		die("out of memory");
	return memory;
}

void paper_facts_init(struct paper_facts *facts, const struct paper_word *words)
{
	*facts = (struct paper_facts){ .words = words, .text = BUF(TEXT_MAX) };
	while (words[facts->words_count].name)
		facts->words_count++;
	facts->globals = need(calloc(facts->words_count + 1, sizeof(*facts->globals)));
	buf_byte(&facts->text, 0);
}

void paper_facts_done(struct paper_facts *facts)
{
	free(facts->globals);
	free(facts->cells);
	buf_wipe_done(&facts->text);
	facts->globals = facts->cells = NULL;
	facts->rows = facts->rows_cap = facts->lists_count = 0;
}

/* Both NULL, or the same name. */
static bool same_list(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static size_t word_of(const struct paper_facts *facts, const char *list, const char *name)
{
	for (size_t i = 0; i < facts->words_count; i++)
		if (!strcmp(facts->words[i].name, name) && same_list(facts->words[i].list, list))
			return i;
	die("a fact that no template can ask for");
}

static uint32_t keep(struct paper_facts *facts, const char *text)
{
	size_t at = facts->text.len;

	if (!*text)
		return 0;
	buf_add(&facts->text, text, strlen(text) + 1);
	return facts->text.len > at ? (uint32_t)at : 0;
}

void paper_put(struct paper_facts *facts, const char *name, const char *text)
{
	facts->globals[word_of(facts, NULL, name)] = keep(facts, text);
}

void paper_row(struct paper_facts *facts, const char *list)
{
	struct paper_rows *last = facts->lists_count ? &facts->lists[facts->lists_count - 1] : NULL;

	if (facts->rows == PAPER_ROWS_MAX)
		return;
	if (!last || strcmp(last->list, list)) {
		if (facts->lists_count == ARRAY_LEN(facts->lists))
			die("more lists than a paper has");
		last = &facts->lists[facts->lists_count++];
		*last = (struct paper_rows){ list, facts->rows, 0 };
	}
	if (facts->rows == facts->rows_cap) {
		facts->rows_cap = facts->rows_cap ? 2 * facts->rows_cap : 16;
		facts->cells = need(realloc(facts->cells,
					    facts->rows_cap * facts->words_count * sizeof(*facts->cells)));
	}
	memset(facts->cells + facts->rows * facts->words_count, 0, facts->words_count * sizeof(*facts->cells));
	facts->rows++;
	last->count++;
}

void paper_put_row(struct paper_facts *facts, const char *name, const char *text)
{
	const struct paper_rows *last = facts->lists_count ? &facts->lists[facts->lists_count - 1] : NULL;

	if (!last)
		die("a row's fact without a row");
	facts->cells[(facts->rows - 1) * facts->words_count + word_of(facts, last->list, name)] = keep(facts, text);
}
