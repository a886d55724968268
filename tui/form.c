/* form.c - see form.h. Drawing is in form_draw.c. */
#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/idcard.h"
#include "db/base/clock.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/term.h"

static const struct list_col match_cols[] = { { T("", ""), 0, false } };

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void match_cell(void *ctx, size_t item, size_t col, char out[LIST_CELL], enum style *style)
{
	struct form *form = ctx;

	(void)col;
	(void)style;
	if (form->hooks && form->hooks->item)
		form->hooks->item(form->ctx, form->at, item, out, LIST_CELL);
}

void form_init(struct form *form, const struct form_row *rows, size_t count, const struct form_hooks *hooks,
	       void *ctx, enum lang lang)
{
	memset(form, 0, sizeof(*form));
	form->rows = rows;
	form->count = count < FORM_ROWS ? count : FORM_ROWS;
	form->hooks = hooks;
	form->ctx = ctx;
	form->lang = lang;
	form->edits = calloc(form->count, sizeof(*form->edits));
	if (!form->edits)
		die("no memory for a form");
	for (size_t i = 0; i < form->count; i++) {
		edit_init(&form->edits[i]);
		form->chosen[i] = -1;
	}
	list_init(&form->matches, match_cols, ARRAY_LEN(match_cols), match_cell, form);
}

void form_done(struct form *form)
{
	for (size_t i = 0; form->edits && i < form->count; i++)
		edit_wipe(&form->edits[i]);
	free(form->edits);
	form->edits = NULL;
	burst_init(&form->burst);
	list_done(&form->matches);
}

struct edit_rules form_rules(const struct form_row *row)
{
	return (struct edit_rules){
		.compose = row->kind == W_LINE || row->kind == W_NAME || row->kind == W_PICK,
		.secret = row->kind == W_SECRET,
		.max_letters = row->letters,
	};
}

size_t form_row_named(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (!strcmp(form->rows[i].name, name))
			return i;
	return FORM_ROWS;
}

const char *form_text(const struct form *form, const char *name)
{
	size_t row = form_row_named(form, name);

	return row < form->count ? form->edits[row].text : "";
}

long form_choice(const struct form *form, const char *name)
{
	size_t row = form_row_named(form, name);

	return row < form->count ? form->chosen[row] : -1;
}

void form_put(struct form *form, const char *name, const char *text)
{
	size_t row = form_row_named(form, name);

	if (row == FORM_ROWS)
		return;
	edit_set(&form->edits[row], text);
	form->dirty = true;
}

static size_t item_count(const struct form *form, size_t row)
{
	return form->hooks && form->hooks->count ? form->hooks->count(form->ctx, row) : 0;
}

/* Make `item` the row's value and its words the text. */
static void take_item(struct form *form, size_t row, long item)
{
	char text[FORM_ITEM] = "";

	form->chosen[row] = item;
	if (item >= 0 && form->hooks && form->hooks->item)
		form->hooks->item(form->ctx, row, (size_t)item, text, sizeof(text));
	edit_set(&form->edits[row], text);
	form->dirty = true;
}

void form_choose(struct form *form, const char *name, long item)
{
	size_t row = form_row_named(form, name);

	if (row < form->count && item < (long)item_count(form, row))
		take_item(form, row, item);
}

static bool row_hidden(const struct form *form, size_t row)
{
	return form->hooks && form->hooks->hidden && form->hooks->hidden(form->ctx, row);
}

struct ranked {
	size_t item;
	unsigned rank;
};

static int better(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

/* Show the items the owner ranks, best first. */
static void rank_matches(struct form *form, size_t count, const char *folded)
{
	struct ranked *ranked = calloc(count ? count : 1, sizeof(*ranked));
	size_t found = 0;

	if (!ranked)
		die("no memory for a list");
	for (size_t i = 0; i < count; i++) {
		ranked[found] = (struct ranked){ i, form->hooks->rank(form->ctx, form->at, i, folded) };
		found += ranked[found].rank > 0;
	}
	qsort(ranked, found, sizeof(*ranked), better);
	for (size_t i = 0; i < found; i++)
		form->matches.shown[i] = ranked[i].item;
	form->matches.shown_count = found;
	form->matches.at = form->matches.top = 0;
	free(ranked);
}

static void proposal_value(const struct form *form, size_t item, char *out, size_t size)
{
	out[0] = '\0';
	if (form->hooks->value)
		form->hooks->value(form->ctx, form->at, item, out, size);
	else
		form->hooks->item(form->ctx, form->at, item, out, size);
}

static bool takes_several(const struct form *form)
{
	return form->hooks->several && form->hooks->several(form->ctx, form->at);
}

/* The value that is being typed: of several the last. */
static const char *typed_part(const struct form *form)
{
	const char *text = form->edits[form->at].text, *last = takes_several(form) ? strrchr(text, ';') : NULL;

	text = last ? last + 1 : text;
	return text + strspn(text, " ");
}

/*
 * The proposals that hold what is typed. All of them when that is one already, from there on; or when none holds it,
 * in which case the answer is false. A number is no part of another: of 3 households in 1, a 3 does not lead to 1.
 */
static bool find_proposals(struct form *form)
{
	const char *typed = typed_part(form);
	char value[EDIT_BYTES];
	bool found;

	list_filter(&form->matches, "");
	form->matches.at = form->matches.top = 0;
	for (size_t i = 0; *typed && i < form->matches.count; i++) {
		proposal_value(form, i, value, sizeof(value));
		if (!strcmp(value, typed)) {
			form->matches.at = i;
			return true;
		}
	}
	if (form->rows[form->at].kind == W_NUMBER)
		return !*typed;
	list_filter(&form->matches, typed);
	form->matches.at = form->matches.top = 0;
	found = form->matches.shown_count > 0;
	if (!found)
		list_filter(&form->matches, "");
	return found;
}

/* Put the proposal into the field, in the place of what was typed to find it. */
static void take_proposal(struct form *form, size_t item)
{
	struct edit *edit = &form->edits[form->at];
	bool several = takes_several(form), found = *form->matches.filter != '\0';
	size_t keep = several ? (size_t)(found ? typed_part(form) - edit->text : (ptrdiff_t)edit->len) : 0;
	char value[EDIT_BYTES], text[EDIT_BYTES];
	int len;

	proposal_value(form, item, value, sizeof(value));
	if (several && !found && strstr(edit->text, value))
		return;
	while (keep && (edit->text[keep - 1] == ' ' || edit->text[keep - 1] == ';'))
		keep--;
	len = snprintf(text, sizeof(text), "%.*s%s%s", (int)keep, edit->text, keep ? "; " : "", value);
	if (len < 0 || (size_t)len >= sizeof(text))
		return;
	edit_set(edit, text);
	form->chosen[form->at] = -1; /* from here on it is text */
	form->dirty = true;
}

/* The matches of what stands in the focused field. */
static void find_matches(struct form *form)
{
	const char *text = form->edits[form->at].text;
	size_t count = item_count(form, form->at);
	struct buf folded = BUF(EDIT_BYTES);

	list_rows(&form->matches, count);
	if (form->rows[form->at].kind == W_CHOICE) { /* all of them, from the one that stands there */
		list_filter(&form->matches, "");
		form->matches.at = form->chosen[form->at] > 0 ? (size_t)form->chosen[form->at] : 0;
		form->matches.top = 0;
		return;
	}
	if (form->rows[form->at].kind != W_PICK) {
		(void)find_proposals(form);
		return;
	}
	vn_fold(text, &folded);
	if (form->hooks && form->hooks->rank && count <= LIST_ROWS)
		rank_matches(form, count, buf_str(&folded));
	else
		list_filter(&form->matches, text);
	buf_done(&folded);
}

bool form_in_text(const struct form *form)
{
	return form->at < form->count && form->rows[form->at].kind != W_CHOICE;
}

/* The values were looked at and none was taken: what was chosen before stands there again. */
static void show_chosen(struct form *form)
{
	char text[FORM_ITEM] = "";

	if (form->chosen[form->at] < 0 || form->edits[form->at].len || !form->hooks || !form->hooks->item)
		return;
	form->hooks->item(form->ctx, form->at, (size_t)form->chosen[form->at], text, sizeof(text));
	edit_set(&form->edits[form->at], text);
	form->dirty = true;
}

/* Close the matches; a text that is no chosen item takes the match under the cursor. */
static bool settle_pick(struct form *form)
{
	size_t item;
	bool changed = false;

	if (form->rows[form->at].kind != W_PICK) {
		form->open = false;
		return false;
	}
	if (form->open && form->chosen[form->at] >= 0) {
		show_chosen(form);
	} else if (form->open && form->edits[form->at].len && list_row(&form->matches, &item)) {
		take_item(form, form->at, (long)item);
		changed = true;
	}
	form->open = false;
	return changed;
}

void form_leave(struct form *form, const struct typing *typing)
{
	struct edit_rules rules = form_rules(&form->rows[form->at]);

	settle_pick(form);
	if (form->rows[form->at].kind != W_PICK && edit_leave(&form->edits[form->at], &rules, typing) == EDIT_CHANGED)
		form->dirty = true;
}

void form_go(struct form *form, size_t row)
{
	if (row < form->count && !row_hidden(form, row)) {
		form->at = row;
		form->open = false;
	}
}

/* To the next row that is not hidden, or out of the form. */
static enum form_result move(struct form *form, const struct typing *typing, int step)
{
	size_t row = form->at;

	form_leave(form, typing);
	do {
		if (step < 0 && row == 0)
			return FORM_BEFORE;
		row = step < 0 ? row - 1 : row + 1;
		if (row >= form->count)
			return FORM_AFTER;
	} while (row_hidden(form, row));
	form_go(form, row);
	return FORM_TAKEN;
}

/* The next item of a W_CHOICE whose words begin with the letter typed. */
static enum form_result choose_by_letter(struct form *form, uint32_t ch)
{
	size_t count = item_count(form, form->at);
	struct buf letter = BUF(16), folded = BUF(FORM_ITEM * 2);
	enum form_result result = FORM_IGNORED;
	char text[FORM_ITEM];

	utf8_put(&letter, (int32_t)ch);
	vn_fold(buf_str(&letter), &folded);
	ch = folded.len ? folded.data[0] : 0;
	for (size_t i = 0; ch && i < count && result == FORM_IGNORED; i++) {
		size_t item = ((size_t)(form->chosen[form->at] + 1) + i) % count;

		form->hooks->item(form->ctx, form->at, item, text, sizeof(text));
		buf_clear(&folded);
		vn_fold(text, &folded);
		if (folded.len && folded.data[0] == ch) {
			form->open = false;
			take_item(form, form->at, (long)item);
			result = FORM_CHANGED;
		}
	}
	buf_done(&letter);
	buf_done(&folded);
	return result;
}

static enum form_result step_choice(struct form *form, int step)
{
	long count = (long)item_count(form, form->at);
	long now = form->chosen[form->at];

	form->open = false;
	if (!count)
		return FORM_TAKEN;
	if (now < 0)
		now = step > 0 ? 0 : count - 1;
	else
		now = (now + step + count) % count;
	take_item(form, form->at, now);
	return FORM_CHANGED;
}

static enum form_result choice_key(struct form *form, const struct key *key)
{
	if (key->name == K_LEFT || key->name == K_RIGHT)
		return step_choice(form, key->name == K_LEFT ? -1 : 1);
	if (key->name == K_BACKSPACE || key->name == K_DELETE) {
		form->open = false;
		take_item(form, form->at, -1);
		return FORM_CHANGED;
	}
	if (key->name != K_TEXT || key->pasted)
		return FORM_IGNORED;
	return key->ch == ' ' ? step_choice(form, 1) : choose_by_letter(form, key->ch);
}

/* A field has another text: nothing is chosen in a W_PICK until a match is taken; open proposals narrow. */
static void pick_changed(struct form *form)
{
	if (form->rows[form->at].kind != W_PICK) {
		form->open = form->open && find_proposals(form);
		return;
	}
	form->chosen[form->at] = -1;
	form->open = true;
	find_matches(form);
}

void form_reopen(struct form *form, size_t top, size_t at)
{
	if (!item_count(form, form->at))
		return;
	form->open = true;
	find_matches(form);
	if (at < form->matches.shown_count) {
		form->matches.top = top < at ? top : at;
		form->matches.at = at;
	}
}

static enum form_result edited(struct form *form, enum edit_result result)
{
	if (result == EDIT_CHANGED) {
		form->dirty = true;
		pick_changed(form);
		return FORM_CHANGED;
	}
	return result == EDIT_IGNORED ? FORM_IGNORED : FORM_TAKEN;
}

/* Actions while the matches are open. */
static enum form_result match_action(struct form *form, const struct typing *typing, enum ui_action action)
{
	size_t item;

	if (action == UI_BACK) {
		show_chosen(form);
		form->open = false;
		return FORM_TAKEN;
	}
	if (action == UI_ACCEPT && list_row(&form->matches, &item)) {
		form->open = false;
		if (form->rows[form->at].kind == W_PICK || form->rows[form->at].kind == W_CHOICE)
			take_item(form, form->at, (long)item);
		else
			take_proposal(form, item);
		if (!takes_several(form))
			move(form, typing, 1);
		return FORM_CHANGED;
	}
	if (action != UI_HOME && action != UI_END && action != UI_TOGGLE && action != UI_ALL &&
	    list_action(&form->matches, action))
		return FORM_TAKEN;
	return FORM_IGNORED;
}

/* What a number or a name takes of the card scanned so far; anything else stands as scanned, letter by letter. */
static void take_scan(struct form *form, const struct typing *typing, const struct key *key)
{
	struct edit *edit = &form->edits[form->at];
	struct edit_rules rules = form_rules(&form->rows[form->at]);
	enum form_kind kind = form->rows[form->at].kind;
	struct key letter = *key;
	struct idcard card;

	letter.pasted = true;
	form->dirty = true;
	if ((kind == W_ID || kind == W_NAME) &&
	    idcard_read(form->burst.text, form->burst.len, dayno_of(clock_now()), &card) == RC_OK)
		edit_set(edit, kind == W_ID ? card.id_no : card.name);
	else if (key->name == K_TEXT)
		edit_key(edit, &rules, typing, &letter);
}

/* True when the key belongs to a scan: nothing composes, none is a command, up to Enter, Tab or silence. */
static bool scan_key(struct form *form, const struct typing *typing, const struct key *key)
{
	if (form->rows[form->at].kind == W_SECRET || form->rows[form->at].kind == W_CHOICE)
		return false;
	if (form->burst.taking && term_silence_ms() >= BURST_SILENCE_MS)
		burst_init(&form->burst);
	switch (burst_key(&form->burst, key, term_now_ms())) {
	case BURST_BEGIN:
	case BURST_MORE:
		form->open = false;
		take_scan(form, typing, key);
		return true;
	case BURST_END:
		burst_init(&form->burst);
		return true;
	default:
		return false;
	}
}

enum form_result form_key(struct form *form, const struct typing *typing, const struct key *key)
{
	struct edit *edit = &form->edits[form->at];
	struct edit_rules rules = form_rules(&form->rows[form->at]);

	if (scan_key(form, typing, key))
		return FORM_CHANGED;
	if (form->rows[form->at].kind == W_CHOICE && !(form->open && (key->name == K_TAB || key->name == K_BACKTAB)))
		return choice_key(form, key);
	if (form->open && (key->name == K_TAB || key->name == K_BACKTAB)) /* unlike the arrows, they leave the field */
		return key->name == K_TAB ? match_action(form, typing, UI_ACCEPT) : move(form, typing, -1);
	/* The first letter typed over a chosen item begins a new search. */
	if (form->rows[form->at].kind == W_PICK && form->chosen[form->at] >= 0 && key->name == K_TEXT)
		edit_set(edit, "");
	return edited(form, edit_key(edit, &rules, typing, key));
}

static enum form_result next_error(struct form *form)
{
	for (size_t i = 0; i < form->error_count; i++) {
		const struct form_error *error = &form->errors[form->error_at];

		form->error_at = (form->error_at + 1) % form->error_count;
		if (error->row < form->count) {
			form_go(form, error->row);
			return FORM_TAKEN;
		}
	}
	return FORM_IGNORED;
}

enum form_result form_action(struct form *form, const struct typing *typing, enum ui_action action)
{
	struct edit *edit = &form->edits[form->at];
	struct edit_rules rules = form_rules(&form->rows[form->at]);
	bool tab_free = !form->open;
	enum form_result result;

	if (form->open) {
		result = match_action(form, typing, action);
		if (result != FORM_IGNORED)
			return result;
	}
	switch (action) {
	case UI_ACCEPT:
		return move(form, typing, 1);
	case UI_NEXT:
		return tab_free ? move(form, typing, 1) : FORM_TAKEN;
	case UI_PREV:
		return tab_free ? move(form, typing, -1) : FORM_TAKEN;
	case UI_NEXTERR:
		return next_error(form);
	case UI_VALUES:
		if (!item_count(form, form->at))
			return FORM_IGNORED;
		form->open = true;
		if (form->rows[form->at].kind == W_PICK && form->chosen[form->at] >= 0)
			edit_set(edit, "");
		find_matches(form);
		return FORM_TAKEN;
	default:
		if (form->rows[form->at].kind == W_CHOICE)
			return FORM_IGNORED;
		return edited(form, edit_action(edit, &rules, action));
	}
}

void form_errors_clear(struct form *form)
{
	form->error_count = form->error_at = 0;
}

void form_fail(struct form *form, const char *name, const char *text)
{
	struct form_error *error = &form->errors[form->error_count];

	if (form->error_count == FORM_ERRORS)
		return;
	error->row = form_row_named(form, name);
	snprintf(error->text, sizeof(error->text), "%s", text);
	form->error_count++;
}

void form_first_error(struct form *form)
{
	form->error_at = 0;
	next_error(form);
}
