/* pick.c - see pick.h. */
#include "tui/pick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/list.h"

struct pick {
	const struct words *title;
	pick_item_fn *item;
	void *ctx;
	struct list list;
	struct edit filter;
	long chosen;
};

static const struct list_col cols[] = { { T("", ""), 0, false } };
static const struct edit_rules rules = { .compose = true, .max_letters = 60 };

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	struct pick *pick = ctx;

	(void)col;
	(void)style;
	pick->item(pick->ctx, row, out, LIST_CELL);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct pick *pick = screen->state;
	int cols_wide = body.cols > 100 ? 96 : body.cols - 4;
	struct area box = { body.row + 1, body.col + (body.cols - cols_wide) / 2, body.rows - 2, cols_wide };
	struct area inside = { box.row + 3, box.col + 1, box.rows - 4, box.cols - 2 };

	draw_box(&ui->canvas, box, ui_words(ui, pick->title));
	list_draw(&pick->list, &ui->canvas, inside, ui->lang, false);
	if (!pick->list.shown_count)
		draw_text(&ui->canvas, inside.row, inside.col + 2, inside.cols - 2, STYLE_DIM,
			  UI_T(ui, "Không có mục nào khớp.", "Nothing matches."));
	draw_text(&ui->canvas, box.row + 1, box.col + 2, 6, STYLE_LABEL, UI_T(ui, "Lọc:", "Find:"));
	edit_draw(&pick->filter, &rules, &ui->canvas, box.row + 1, box.col + 8, box.cols - 10, true);
}

static void choose(struct ui *ui, struct pick *pick)
{
	size_t row;

	if (!list_row(&pick->list, &row))
		return;
	pick->chosen = (long)row;
	ui_pop(ui);
}

static void apply_filter(struct pick *pick)
{
	list_filter(&pick->list, pick->filter.text);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct pick *pick = screen->state;

	switch (edit_key(&pick->filter, &rules, &ui->typing, key)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		apply_filter(pick);
		return true;
	default:
		return true;
	}
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct pick *pick = screen->state;

	if (action == UI_ACCEPT || action == UI_SAVE) {
		choose(ui, pick);
		return true;
	}
	if (action == UI_FIND || action == UI_VALUES || action == UI_MENU || list_action(&pick->list, action))
		return true;
	switch (edit_action(&pick->filter, &rules, action)) {
	case EDIT_CHANGED:
		apply_filter(pick);
		return true;
	case EDIT_IGNORED:
		return false;
	default:
		return true;
	}
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	(void)ui;
	(void)screen;
	return true;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct pick *pick = screen->state;

	(void)ui;
	list_done(&pick->list);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_BACK, UI_NEXT, UI_PREV, UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops pick_screen = {
	.name = "pick", .title = T("Chọn", "Choose"), .actions = actions, .hints = hint_choose, .popup = true,
	.draw = on_draw, .in_text = in_text, .on_key = on_key, .on_action = on_action, .on_close = on_close,
};

long pick_run(struct ui *ui, const struct words *title, size_t count, pick_item_fn *item, void *ctx, size_t at)
{
	struct pick pick = { .title = title, .item = item, .ctx = ctx, .chosen = -1 };

	edit_init(&pick.filter);
	list_init(&pick.list, cols, ARRAY_LEN(cols), on_cell, &pick);
	pick.list.first = 1;
	list_rows(&pick.list, count);
	list_go(&pick.list, at);
	ui_modal(ui, &pick_screen, &pick);
	return pick.chosen;
}
