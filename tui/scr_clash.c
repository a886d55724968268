/*
 * scr_clash.c - two people changed one field without knowing of each other: both values, and a supervisor's
 * choice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clash.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/screens.h"
#include "tui/sync_line.h"

enum { CLASHES_MAX = 500, CLASH_VALUE = 160 };

struct clash_line {
	char id[CLASH_ID_TEXT], key[80], field[100];
	char value[2][CLASH_VALUE], who[2][80];
	msec at[2];
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

static void side_words(struct ui *ui, const struct clash_line *line, int side, char *out, size_t size)
{
	char when[24];

	snprintf(out, size, "%s: %s (%s, %s)",
		 side ? UI_T(ui, "Lấy giá trị kia", "Take the other")
		      : UI_T(ui, "Giữ giá trị đang đứng", "Keep what stands"),
		 line->value[side], line->who[side], sync_when(line->at[side], when, sizeof(when)));
}

static void decide(struct ui *ui, struct clashes *clashes)
{
	static const struct words title = T("Chọn một giá trị", "Choose one value");
	char text[2][320], about[200];
	struct words answers[2];
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
	for (int side = 0; side < 2; side++) {
		side_words(ui, line, side, text[side], sizeof(text[side]));
		answers[side] = (struct words){ text[side], text[side] };
	}
	snprintf(about, sizeof(about), "%s, %s", line->key, line->field);
	chosen = ask_choice(ui, &title, about, answers, 2, 0);
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
