/* draft.c - see draft.h. */
#include "tui/draft.h"

#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/utf8.h"

enum { DRAFT_VERSION = 1 };

static void put_text(struct buf *out, const char *text)
{
	wire_put_bytes(out, text, strlen(text));
}

void draft_write(const struct form *form, struct buf *out)
{
	wire_put_uint(out, DRAFT_VERSION);
	put_text(out, form->at < form->count ? form->rows[form->at].name : "");
	wire_put_uint(out, form->edits[form->at < form->count ? form->at : 0].at);
	wire_put_uint(out, form->count);
	for (size_t i = 0; i < form->count; i++) {
		put_text(out, form->rows[i].name);
		put_text(out, form->edits[i].text);
		wire_put_int(out, form->chosen[i]);
	}
}

/* A span as text; false when it does not fit or holds a NUL. */
static bool get_text(struct reader *r, char *out, size_t size)
{
	struct span span = wire_bytes(r);

	if (r->bad || span.len >= size || memchr(span.data, 0, span.len))
		return false;
	memcpy(out, span.data, span.len);
	out[span.len] = '\0';
	return true;
}

/* One field: its name, text and chosen item. */
static bool get_field(struct reader *r, char name[64], char text[EDIT_BYTES], int64_t *chosen)
{
	bool good = get_text(r, name, 64) && get_text(r, text, EDIT_BYTES);

	*chosen = wire_int(r);
	return good && !r->bad;
}

bool draft_read(struct form *form, struct reader *r)
{
	char name[64], focus[64], text[EDIT_BYTES];
	uint64_t cursor, count;
	int64_t chosen;
	size_t row;

	if (wire_uint(r) != DRAFT_VERSION || !get_text(r, focus, sizeof(focus)))
		return false;
	cursor = wire_uint(r);
	count = wire_uint(r);
	for (uint64_t i = 0; i < count && !r->bad; i++) {
		if (!get_field(r, name, text, &chosen))
			return false;
		row = form_row_named(form, name);
		if (row == FORM_ROWS)
			continue;
		edit_set(&form->edits[row], text);
		form->chosen[row] = chosen >= 0 && chosen < LIST_ROWS ? (long)chosen : -1;
	}
	row = form_row_named(form, focus);
	if (row < form->count) {
		form_go(form, row);
		if (cursor <= form->edits[row].len && (cursor == form->edits[row].len ||
		    (form->edits[row].text[cursor] & 0xc0) != 0x80))
			form->edits[row].at = form->edits[row].word = (size_t)cursor;
	}
	return !r->bad;
}

void draft_words(struct span body, msec saved_at, enum lang lang, char *out, size_t size)
{
	struct reader r = reader_on(body.data, body.len);
	char name[64], text[EDIT_BYTES], procedure[EDIT_BYTES] = "", person[EDIT_BYTES] = "", at[CLOCK_SHORT_TEXT];
	static const struct words draft = T("Bản nháp", "Draft");
	uint64_t count;
	int64_t chosen;

	wire_uint(&r);
	wire_bytes(&r);
	wire_uint(&r);
	count = wire_uint(&r);
	for (uint64_t i = 0; i < count && get_field(&r, name, text, &chosen); i++) {
		if (!strcmp(name, "procedure_code"))
			snprintf(procedure, sizeof(procedure), "%.*s", (int)utf8_cut_letters(text, 30), text);
		else if (!strcmp(name, "applicant_name"))
			snprintf(person, sizeof(person), "%.*s", (int)utf8_cut_letters(text, 40), text);
	}
	snprintf(out, size, "%s %.5s: %.130s%s%.100s", words_in(&draft, lang), clock_format_short(saved_at, at), person,
		 *person && *procedure ? ", " : "", procedure);
}
