/*
 * scr_clash.c - two people changed one field without knowing of each other: both values, and a supervisor's
 * choice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clash.h"
#include "core/rules/dossier.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/screens.h"
#include "tui/sync_line.h"

enum { CLASHES_MAX = 500, CLASH_VALUE = 160, CLASH_LABEL = 10, CLASH_COLUMN = 27 };

struct clash_line {
	char id[CLASH_ID_TEXT], key[80], field[100];
	char value[2][CLASH_VALUE], who[2][80];
	msec at[2];
	enum verb verb[2];
};

struct clashes {
	struct ui *ui;
	struct clash_line *lines;
	size_t count;
	struct list list;
};

static const struct list_col cols[] = {
	{ T("Hồ sơ", "Record"), 20, false },
	{ T("Ô", "Field"), 16, false },
	{ T("Đang giữ", "Stands"), 18, false },
	{ T("Giá trị kia", "The other"), 0, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct clashes *clashes = ctx;
	const struct clash_line *line = &clashes->lines[row];
	const char *const cells[] = { line->key, line->field, line->value[0], line->value[1] };

	(void)style;
	snprintf(out, LIST_CELL, "%s", cells[col]);
}

static void take_side(struct ui *ui, struct clash_line *line, int side, const struct clash_side *from)
{
	snprintf(line->value[side], CLASH_VALUE, "%s",
		 *from->value ? from->value : UI_T(ui, "(bỏ trống)", "(removed)"));
	snprintf(line->who[side], sizeof(line->who[side]), "%s", from->actor);
	line->at[side] = from->at;
	line->verb[side] = from->verb;
}

static enum rc add_clash(void *ctx, const struct clash_view *view, struct err *err)
{
	struct clashes *clashes = ctx;
	const struct field *field = field_named(rec_type(view->kind)->fields, view->field);
	struct clash_line *line;

	(void)err;
	if (clashes->count == CLASHES_MAX)
		return RC_OK;
	line = &clashes->lines[clashes->count++];
	snprintf(line->id, sizeof(line->id), "%s", view->id);
	snprintf(line->key, sizeof(line->key), "%s", view->key);
	snprintf(line->field, sizeof(line->field), "%s",
		 field ? ui_words(clashes->ui, &field->label) : view->field);
	take_side(clashes->ui, line, 0, &view->a);
	take_side(clashes->ui, line, 1, &view->b);
	return RC_OK;
}

static void load(struct ui *ui, struct clashes *clashes)
{
	struct err err = { .rc = RC_OK };

	clashes->count = 0;
	if (clash_list(ui->app, add_clash, clashes, &err))
		ui_say_err(ui, &err);
	list_rows(&clashes->list, clashes->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct clashes *clashes = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2, body.cols };

	if (!clashes->count) {
		draw_text(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_DIM,
			  UI_T(ui, "Không có chỗ nào hai người sửa khác nhau.",
			       "Nothing that two people changed differently."));
		return;
	}
	draw_text(&ui->canvas, body.row, 1, body.cols - 2, STYLE_TEXT,
		  UI_T(ui, "Hai người sửa cùng một ô. Enter: xem cả hai và chọn.",
		       "Two people changed one field. Enter: see both and choose."));
	list_draw(&clashes->list, &ui->canvas, rows, ui->lang, true);
}

/* `text` in its column, cut where it must be. */
static void put_column(struct buf *out, const char *text, size_t wide)
{
	bool cut = utf8_cols(text) > wide;
	size_t used = utf8_cut_cols(text, cut ? wide - 1 : wide);

	buf_printf(out, "%.*s%s", (int)used, text, cut ? "…" : "");
	for (size_t at = cut ? wide : utf8_cols(text); at < wide + 1; at++)
		buf_byte(out, ' ');
}

static void put_row(struct buf *out, const char *label, const char *a, const char *b)
{
	put_column(out, label, CLASH_LABEL);
	put_column(out, a, CLASH_COLUMN);
	put_column(out, b, CLASH_COLUMN);
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_byte(out, '\n');
}

/* Both sides beside each other: what, who, when, by what act; values too long for that stand whole below. */
static void both_sides(struct ui *ui, const struct clash_line *line, struct buf *out)
{
	char when[2][24];
	bool en = ui->lang == LANG_EN;

	buf_printf(out, "%s, %s\n\n", line->key, line->field);
	put_row(out, "", en ? "Stands" : "Đang giữ", en ? "The other" : "Giá trị kia");
	put_row(out, en ? "Value" : "Giá trị", line->value[0], line->value[1]);
	put_row(out, en ? "By" : "Người ghi", line->who[0], line->who[1]);
	put_row(out, en ? "At" : "Lúc", sync_when(line->at[0], when[0], sizeof(when[0])),
		sync_when(line->at[1], when[1], sizeof(when[1])));
	put_row(out, en ? "Act" : "Việc", ui_words(ui, verb_words(line->verb[0])),
		ui_words(ui, verb_words(line->verb[1])));
	for (int side = 0; side < 2; side++)
		if (utf8_cols(line->value[side]) > CLASH_COLUMN)
			buf_printf(out, "%s: %s\n",
				   side ? (en ? "The other" : "Giá trị kia") : (en ? "Stands" : "Đang giữ"),
				   line->value[side]);
}

static void decide(struct ui *ui, struct clashes *clashes)
{
	static const struct words title = T("Chọn một giá trị", "Choose one value");
	static const struct words answers[] = { T("Giữ giá trị đang giữ", "Keep what stands"),
						T("Lấy giá trị kia", "Take the other") };
	struct buf about = BUF(4096);
	struct err err = { .rc = RC_OK };
	struct clash_line *line;
	size_t row;
	int chosen;

	if (!list_row(&clashes->list, &row))
		return;
	if (app_may(ui->app, MAY_CLASH, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	line = &clashes->lines[row];
	both_sides(ui, line, &about);
	chosen = ask_choice(ui, &title, buf_str(&about), answers, 2, 0);
	buf_wipe_done(&about);
	if (chosen < 0)
		return;
	if (clash_resolve(ui->app, line->id, chosen == 1, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	load(ui, clashes);
	ui_say(ui, STYLE_GOOD,
	       UI_T(ui, "Đã quyết định; các máy khác sẽ theo sau khi đồng bộ.",
		    "Decided; the other devices follow when they synchronise."));
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct clashes *clashes = screen->state;

	switch (action) {
	case UI_ACCEPT:
		decide(ui, clashes);
		return true;
	case UI_RELOAD:
		load(ui, clashes);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&clashes->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct clashes *clashes = screen->state;

	(void)ui;
	list_done(&clashes->list);
	if (clashes->lines)
		memset(clashes->lines, 0, CLASHES_MAX * sizeof(*clashes->lines));
	free(clashes->lines);
	free(clashes);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_RELOAD, UI_BACK, UI_HELP, UI_NEXT, UI_PREV, UI_NONE };

const struct screen_ops clash_screen = {
	.name = "clash",
	.title = T("Hai người sửa khác nhau", "Changed differently"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_clash(struct ui *ui)
{
	struct clashes *clashes = calloc(1, sizeof(*clashes));

	if (clashes)
		clashes->lines = calloc(CLASHES_MAX, sizeof(*clashes->lines));
	if (!clashes || !clashes->lines)
		die("no memory for a screen");
	clashes->ui = ui;
	list_init(&clashes->list, cols, ARRAY_LEN(cols), on_cell, clashes);
	ui_push(ui, &clash_screen, clashes);
}
