/* draft.c - see draft.h. */
#include "tui/draft.h"

#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/utf8.h"

/* 2: behind the fields, what else the eye and the hand had: the word being typed, what was scrolled to, the matches. */
enum { DRAFT_VERSION = 2 };

static void put_text(struct buf *out, const char *text)
{
	wire_put_bytes(out, text, strlen(text));
}

static void put_hand(const struct form *form, struct buf *out)
{
	size_t row = form->at < form->count ? form->at : 0;
	const struct edit *edit = &form->edits[row];
	struct edit none;

	edit_init(&none);
	if (form->rows[row].kind == W_SECRET)
		edit = &none;
	wire_put_uint(out, form->top);
	wire_put_uint(out, edit->left);
	wire_put_uint(out, edit->word);
	telex_write(&edit->telex, out);
	wire_put_uint(out, form->open);
	wire_put_uint(out, form->matches.top);
	wire_put_uint(out, form->matches.at);
}

static bool is_secret(const struct form *form, size_t row)
{
	return row < form->count && form->rows[row].kind == W_SECRET;
}

void draft_write_fields(const struct form *form, struct buf *out)
{
	wire_put_uint(out, form->count);
	for (size_t i = 0; i < form->count; i++) {
		put_text(out, form->rows[i].name);
		put_text(out, is_secret(form, i) ? "" : form->edits[i].text);
		wire_put_int(out, form->chosen[i]);
	}
}

void draft_write(const struct form *form, struct buf *out)
{
	wire_put_uint(out, DRAFT_VERSION);
	put_text(out, form->at < form->count ? form->rows[form->at].name : "");
	wire_put_uint(out, is_secret(form, form->at) ? 0 : form->edits[form->at < form->count ? form->at : 0].at);
	draft_write_fields(form, out);
	put_hand(form, out);
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

/* A place in a text: at its end or before a letter. */
static bool is_place(const struct edit *edit, uint64_t at)
{
	return at == edit->len || (at < edit->len && (edit->text[at] & 0xc0) != 0x80);
}

/* The word being typed goes on where it still stands before the cursor; its keys are not shown to have gone. */
static void take_word(struct edit *edit, const struct telex *telex, uint64_t word)
{
	char shown[TELEX_TEXT_MAX];
	size_t len;

	telex_shown(telex, shown);
	len = strlen(shown);
	if (word > edit->at || edit->at - word != len || memcmp(edit->text + word, shown, len) != 0)
		return;
	edit->word = (size_t)word;
	edit->telex = *telex;
}

static bool get_hand(struct form *form, size_t row, struct reader *r)
{
	struct edit *edit = &form->edits[row < form->count ? row : 0];
	uint64_t top = wire_uint(r), left = wire_uint(r), word = wire_uint(r), open, first, match;
	struct telex telex;

	if (!telex_read(&telex, r))
		return false;
	open = wire_uint(r);
	first = wire_uint(r);
	match = wire_uint(r);
	if (r->bad)
		return false;
	if (row >= form->count)
		return true;
	form->top = top <= row ? (size_t)top : row;
	if (left <= edit->at && is_place(edit, left))
		edit->left = (size_t)left;
	take_word(edit, &telex, word);
	if (open && match < LIST_ROWS)
		form_reopen(form, first < match ? (size_t)first : (size_t)match, (size_t)match);
	return true;
}

bool draft_read(struct form *form, struct reader *r)
{
	char name[64], focus[64], text[EDIT_BYTES];
	uint64_t version = wire_uint(r), cursor, count;
	int64_t chosen;
	size_t row;

	if (version < 1 || version > DRAFT_VERSION || !get_text(r, focus, sizeof(focus)))
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
		if (is_place(&form->edits[row], cursor))
			form->edits[row].at = form->edits[row].word = (size_t)cursor;
	}
	if (version == 1 && row < form->count && form->chosen[row] < 0 && form->edits[row].len)
		form_reopen(form, 0, 0);
	return !r->bad && (version == 1 || get_hand(form, row, r));
}

void draft_settle(struct form *form)
{
	char item[FORM_ITEM];

	for (size_t row = 0; row < form->count; row++) {
		long chosen = form->chosen[row];

		if (chosen < 0)
			continue;
		item[0] = '\0';
		if (form->hooks && form->hooks->count && (size_t)chosen < form->hooks->count(form->ctx, row))
			form->hooks->item(form->ctx, row, (size_t)chosen, item, sizeof(item));
		if (strcmp(item, form->edits[row].text) != 0)
			form->chosen[row] = -1;
	}
}

void draft_words(const struct words *form, struct span body, msec saved_at, enum lang lang, char *out, size_t size)
{
	static const char *const told[] = { "applicant_name", "procedure_code", "name", "person_name", "category",
					    "code", "head_name" };
	struct reader r = reader_on(body.data, body.len);
	char name[64], text[EDIT_BYTES], at[CLOCK_SHORT_TEXT], values[ARRAY_LEN(told)][160] = { "" };
	static const struct words draft = T("Bản nháp", "Draft");
	struct buf line = BUF(4096);
	uint64_t count;
	int64_t chosen;

	wire_uint(&r);
	wire_bytes(&r);
	wire_uint(&r);
	count = wire_uint(&r);
	for (uint64_t i = 0; i < count && get_field(&r, name, text, &chosen); i++)
		for (size_t n = 0; n < ARRAY_LEN(told); n++)
			if (!strcmp(name, told[n]))
				snprintf(values[n], sizeof(values[n]), "%.*s", (int)utf8_cut_letters(text, 34), text);
	if (form)
		buf_text(&line, words_in(form, lang));
	for (size_t n = 0; n < ARRAY_LEN(told); n++)
		if (*values[n])
			buf_printf(&line, "%s%s", line.len ? ", " : "", values[n]);
	snprintf(out, size, "%s %.5s: %s", words_in(&draft, lang), clock_format_short(saved_at, at), buf_str(&line));
	buf_wipe_done(&line);
}
