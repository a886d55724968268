/*
 * scr_audit.c - who did what: of a person, of some days, with a word in it; into a file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit.h"
#include "core/session.h"
#include "db/base/mem.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/filter.h"
#include "tui/list.h"
#include "tui/pager.h"
#include "tui/save.h"
#include "tui/sync_line.h"
#include "tui/words.h"

enum { ROW_BY, ROW_KIND }; /* of the filter form */
enum { USERS_MAX = 200 };
enum { KIND_ALL, KIND_SIGNINS, KIND_FIRST };
enum { AUDIT_LINES = 20000, AUDIT_DAYS = 7, AUDIT_FILE = 64 << 20 };

struct audit_line {
	msec at;
	size_t n; /* in the order they came */
	char actor[72], what[24], kind[24], key[120], note[400];
};

struct audits {
	struct ui *ui;
	struct audit_line *lines;
	size_t count, cap;
	bool cut; /* there were more */
	dayno from, to;
	char actor[72];
	long kind; /* KIND_ALL, KIND_SIGNINS, or KIND_FIRST and on: a kind of records */
	struct list list;
	struct filter filter;
};

static const char *what_words(const struct ui *ui, const char *what)
{
	const struct words *words = audit_what_words(what);

	return words ? ui_words(ui, words) : what;
}

static const char *kind_words(const struct ui *ui, const char *kind)
{
	const struct words *words = audit_kind_words(kind);

	return words ? ui_words(ui, words) : kind;
}

/* What F4 offers: the ward's users for `by`, the kinds for `kind`. */
struct offers {
	struct ui *ui;
	char users[USERS_MAX][72];
	size_t count;
};

static enum rc offer_user(void *ctx, const struct session_user *user, struct err *err)
{
	struct offers *offers = ctx;

	(void)err;
	if (offers->count < USERS_MAX)
		snprintf(offers->users[offers->count++], sizeof(offers->users[0]), "%s", user->name);
	return RC_OK;
}

static size_t offer_count(void *ctx, size_t row)
{
	const struct offers *offers = ctx;

	if (row == ROW_BY)
		return offers->count;
	return row == ROW_KIND ? KIND_FIRST + REC_KINDS - REC_DOSSIER : 0;
}

static const char *kind_item_words(const struct ui *ui, long kind)
{
	if (kind == KIND_ALL)
		return UI_T(ui, "mọi loại", "every kind");
	if (kind == KIND_SIGNINS)
		return UI_T(ui, "đăng nhập, sao lưu, xuất tệp", "signing in, backups, exports");
	return ui_words(ui, &rec_type((enum rec_kind)(kind - KIND_FIRST + REC_DOSSIER))->label);
}

static void offer_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	const struct offers *offers = ctx;

	snprintf(out, size, "%s", row == ROW_BY ? offers->users[item] : kind_item_words(offers->ui, (long)item));
}

static const struct form_hooks offer_hooks = { .count = offer_count, .item = offer_item };

static const struct list_col cols[] = {
	{ T("Lúc", "At"), 11, false },	  { T("Ai", "Who"), 9, false },	 { T("Việc", "What"), 14, false },
	{ T("Loại", "Kind"), 10, false }, { T("Mã", "Key"), 19, false }, { T("Ghi chú", "Note"), 0, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct audits *audits = ctx;
	const struct audit_line *line = &audits->lines[row];
	char when[24];
	const char *const cells[] = { "",
				      line->actor,
				      what_words(audits->ui, line->what),
				      kind_words(audits->ui, line->kind),
				      line->key,
				      line->note };

	(void)style;
	snprintf(out, LIST_CELL, "%s", col ? cells[col] : sync_when(line->at, when, sizeof(when)));
}

static enum rc add_line(void *ctx, const struct audit_row *row, struct err *err)
{
	struct audits *audits = ctx;
	struct audit_line *line;

	(void)err;
	if (audits->count == AUDIT_LINES) {
		audits->cut = true;
		return RC_OK;
	}
	audits->lines = mem_room(audits->lines, audits->count, &audits->cap, sizeof(*audits->lines));
	line = &audits->lines[audits->count++];
	line->at = row->at;
	line->n = audits->count;
	snprintf(line->actor, sizeof(line->actor), "%s", row->actor);
	snprintf(line->what, sizeof(line->what), "%s", row->what);
	snprintf(line->kind, sizeof(line->kind), "%s", row->kind);
	snprintf(line->key, sizeof(line->key), "%s", row->key);
	snprintf(line->note, sizeof(line->note), "%s", row->note);
	return RC_OK;
}

static int newest_first(const void *a, const void *b)
{
	const struct audit_line *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return x->n > y->n ? -1 : x->n < y->n;
}

static void load(struct ui *ui, struct audits *audits)
{
	struct audit_filter filter = { *audits->actor ? audits->actor : NULL, audits->from, audits->to, NULL };
	struct err err = { .rc = RC_OK };

	if (audits->kind == KIND_SIGNINS)
		filter.kind = "";
	else if (audits->kind >= KIND_FIRST)
		filter.kind = rec_type((enum rec_kind)(audits->kind - KIND_FIRST + REC_DOSSIER))->name;
	audits->count = 0;
	audits->cut = false;
	if (audit_walk(ui->app, &filter, add_line, audits, &err))
		ui_say_err(ui, &err);
	if (audits->count)
		qsort(audits->lines, audits->count, sizeof(*audits->lines), newest_first);
	list_rows(&audits->list, audits->count);
	list_go(&audits->list, 0);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct audits *audits = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2, body.cols };
	char from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT];
	int used;

	used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "%s - %s, %s, %s: %zu%s",
			   clock_format_dmy(audits->from, from), clock_format_dmy(audits->to, to),
			   *audits->actor ? audits->actor : UI_T(ui, "mọi người", "everybody"),
			   kind_item_words(ui, audits->kind),
			   audits->list.shown_count, audits->cut ? "+" : "");
	filter_draw(&audits->filter, ui, body, used);
	list_draw(&audits->list, &ui->canvas, rows, ui->lang, !audits->filter.typing);
}

static enum rc take_filter(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct audits *audits = ctx;
	dayno from, to, today = dayno_of(app_now(ui->app));

	if (words_read_date(form_text(form, "from"), today, &from, err))
		return err_field(err, "from", "Ghi ngày đầu, ví dụ 010125.",
				 "Give the first day, such as 010125.");
	if (words_read_date(form_text(form, "to"), today, &to, err) || to < from)
		return err_field(err, "to", "Ghi ngày cuối, không trước ngày đầu.",
				 "Give the last day, not before the first.");
	audits->from = from;
	audits->to = to;
	audits->kind = form_choice(form, "kind") > 0 ? form_choice(form, "kind") : KIND_ALL;
	snprintf(audits->actor, sizeof(audits->actor), "%.70s", form_text(form, "by"));
	return RC_OK;
}

static void ask_filter(struct ui *ui, struct audits *audits)
{
	static const struct form_row rows[] = {
		{ "by", W_CODE, T("Của ai", "Whose"), T("trống: mọi người, F4: chọn", "empty: everybody, F4: choose"), 20, 64 },
		{ "kind", W_PICK, T("Loại", "Kind"), T("gõ một phần, F4: chọn", "type a part, F4: choose"), 30, 60 },
		{ "from", W_DATE, T("Từ ngày", "From"), T("010125", "010125"), 12, 12 },
		{ "to", W_DATE, T("Đến ngày", "To"), T("010125", "010125"), 12, 12 },
	};
	static const struct words title = T("Xem nhật ký", "Which part of the audit");
	struct offers *offers = calloc(1, sizeof(*offers));
	char day[CLOCK_DATE_TEXT];
	struct form form;

	if (!offers)
		die("no memory for a form");
	offers->ui = ui;
	if (session_list(ui->app, offer_user, offers, NULL))
		offers->count = 0;
	form_init(&form, rows, ARRAY_LEN(rows), &offer_hooks, offers, ui->lang);
	form_put(&form, "by", audits->actor);
	form_choose(&form, "kind", audits->kind);
	form_put(&form, "from", clock_format_dmy(audits->from, day));
	form_put(&form, "to", clock_format_dmy(audits->to, day));
	if (ask_form(ui, &title, "", &form, take_filter, audits))
		load(ui, audits);
	form_done(&form);
	free(offers);
}

/* A cell of CSV: in quotes, which are doubled. */
static void put_csv(struct buf *out, const char *text, char after)
{
	buf_byte(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_byte(out, '"');
		buf_byte(out, (uint8_t)*text);
	}
	buf_byte(out, '"');
	buf_byte(out, (uint8_t)after);
}

static void export_audit(struct ui *ui, struct audits *audits)
{
	static const struct words title = T("Ghi nhật ký ra tệp", "Put the audit into a file");
	struct buf out = BUF(AUDIT_FILE);
	char name[64], from[CLOCK_DATE_TEXT], at[CLOCK_TEXT];

	buf_text(&out, "at,actor,what,kind,key,note\r\n");
	for (size_t i = 0; i < audits->list.shown_count; i++) {
		const struct audit_line *line = &audits->lines[audits->list.shown[i]];

		put_csv(&out, clock_format(line->at, at), ',');
		put_csv(&out, line->actor, ',');
		put_csv(&out, line->what, ',');
		put_csv(&out, line->kind, ',');
		put_csv(&out, line->key, ',');
		put_csv(&out, line->note, '\r');
		buf_byte(&out, '\n');
	}
	snprintf(name, sizeof(name), "%s-%s.csv", UI_T(ui, "nhat-ky", "audit"),
		 clock_format_date(audits->from, from));
	save_run(ui, &title, name, out.data, out.len);
	buf_done(&out);
}

/* One line whole: a note is wider than what is left of 80 columns. */
static void show_line(struct ui *ui, const struct audits *audits)
{
	static const struct words title = T("Một việc", "One entry");
	const struct audit_line *line;
	struct buf text = BUF(8192);
	char at[CLOCK_SHORT_TEXT];
	size_t row;

	if (!list_row(&audits->list, &row))
		return;
	line = &audits->lines[row];
	buf_printf(&text, "%s  %s  %s\n", clock_format_short(line->at, at), line->actor,
		   what_words(ui, line->what));
	if (*line->kind)
		buf_printf(&text, "%s %s\n", kind_words(ui, line->kind), line->key);
	buf_printf(&text, "%s\n", line->note);
	pager_run(ui, &title, buf_str(&text));
	buf_done(&text);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct audits *audits = screen->state;

	return filter_key(&audits->filter, &audits->list, &ui->typing, key);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct audits *audits = screen->state;

	switch (action) {
	case UI_ACCEPT:
		if (!audits->filter.typing)
			show_line(ui, audits);
		filter_leave(&audits->filter, &audits->list, &ui->typing);
		return true;
	case UI_VALUES:
		ask_filter(ui, audits);
		return true;
	case UI_SAVE:
		export_audit(ui, audits);
		return true;
	case UI_FIND:
		audits->filter.typing = true;
		return true;
	case UI_BACK:
		return filter_drop(&audits->filter, &audits->list);
	case UI_RELOAD:
		load(ui, audits);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&audits->list, action);
	}
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct audits *audits = screen->state;

	(void)ui;
	return audits->filter.typing;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct audits *audits = screen->state;

	(void)ui;
	list_done(&audits->list);
	free(audits->lines);
	free(audits);
}

static const enum ui_action actions[] = { UI_VALUES, UI_FIND, UI_SAVE,	   UI_RELOAD, UI_BACK,	 UI_HELP,
					  UI_NEXT,   UI_PREV, UI_PAGEDOWN, UI_PAGEUP, UI_ACCEPT, UI_NONE };

static const struct hint_words hints[] = {
	{ UI_SAVE, T("Xuất tệp", "Export") },
	{ UI_VALUES, T("Lọc", "Filter") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops audit_screen = {
	.name = "audit",
	.title = T("Nhật ký", "Audit"),
	.actions = actions,
	.hints = hints,
	.draw = on_draw,
	.in_text = in_text,
	.on_key = on_key,
	.on_action = on_action,
	.on_close = on_close,
};

void scr_audit(struct ui *ui)
{
	struct audits *audits = calloc(1, sizeof(*audits));

	if (!audits)
		die("no memory for a screen");
	audits->ui = ui;
	audits->to = dayno_of(app_now(ui->app));
	audits->from = audits->to - AUDIT_DAYS;
	filter_init(&audits->filter);
	list_init(&audits->list, cols, ARRAY_LEN(cols), on_cell, audits);
	ui_push(ui, &audit_screen, audits);
	load(ui, audits);
}
