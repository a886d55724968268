/*
 * scr_many.c - what will come, or came, of one thing done to many dossiers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/many.h"

enum { REASON_ROWS = 3 };

struct many_view {
	const char *title, *summary;
	const struct many_line *lines;
	size_t *order; /* those that are not good, then the others */
	size_t good;
	bool check, undo;
	enum many_answer answer;
	struct list list;
};

static const struct list_col cols[] = {
	{ T("Mã hồ sơ", "Code"), 19, false },
	{ T("Họ và tên", "Name"), 22, false },
	{ T("Ra sao", "Outcome"), 0, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct many_view *view = ctx;
	const struct many_line *line = &view->lines[view->order[row]];
	const char *const cells[] = { line->code, line->name, line->text };

	if (col == 2 && !line->good)
		*style = STYLE_STRONG;
	snprintf(out, LIST_CELL, "%s%.*s", col == 2 && !line->good ? "! " : "",
		 (int)utf8_cut_letters(cells[col], 80), cells[col]); /* at 3 bytes each */
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct many_view *view = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2 - REASON_ROWS, body.cols };
	struct area reason = { body.row + body.rows - REASON_ROWS + 1, 2, REASON_ROWS - 1, body.cols - 4 };
	size_t row;
	int used;

	used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "%s:", view->title);
	draw_format(&ui->canvas, body.row, used + 2, body.cols - used - 3, STYLE_TEXT, "%s", view->summary);
	draw_text(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_DIM,
		  view->check ? (view->good ? UI_T(ui, "Chưa ghi gì. F2: làm những hồ sơ làm được; Esc: thôi.",
						   "Nothing is written yet. F2: do those that can be; Esc: leave it.")
					    : UI_T(ui, "Không hồ sơ nào làm được. Esc: quay lại.",
						   "None of them can be done. Esc: back."))
		  : view->undo ? UI_T(ui, "u: hoàn tác cả lần này; Enter: về danh sách.",
				      "u: take all of it back; Enter: to the list.")
			       : UI_T(ui, "Enter: về danh sách.", "Enter: to the list."));
	list_draw(&view->list, &ui->canvas, rows, ui->lang, true);
	if (list_row(&view->list, &row))
		draw_wrapped(&ui->canvas, reason, 0, STYLE_DIM, view->lines[view->order[row]].text);
}

static bool answer(struct ui *ui, struct many_view *view, enum many_answer what)
{
	view->answer = what;
	ui_pop(ui);
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct many_view *view = screen->state;

	switch (action) {
	case UI_SAVE:
	case UI_ACCEPT:
		if (view->check && !view->good)
			return true;
		return answer(ui, view, view->check ? MANY_GO : MANY_BACK);
	case UI_UNDO:
		return !view->undo || answer(ui, view, MANY_TAKE_BACK);
	case UI_FIND: /* a page is short: nothing leads away from it */
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&view->list, action);
	}
}

static bool offers(struct ui *ui, struct screen *screen, enum ui_action action)
{
	const struct many_view *view = screen->state;

	(void)ui;
	if (action == UI_SAVE)
		return view->check && view->good;
	if (action == UI_ACCEPT)
		return !view->check;
	return action != UI_UNDO || view->undo;
}

static const enum ui_action actions[] = { UI_SAVE, UI_ACCEPT, UI_UNDO, UI_BACK, UI_NEXT, UI_PREV,
					  UI_PAGEDOWN, UI_PAGEUP, UI_HELP, UI_NONE };

static const struct hint_words hints[] = {
	{ UI_SAVE, T("Làm", "Do it") },
	{ UI_ACCEPT, T("Về danh sách", "To the list") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops many_screen = {
	.name = "many", .title = T("Làm loạt", "Many at once"), .actions = actions, .hints = hints, .draw = on_draw,
	.offers = offers, .on_action = on_action,
};

static void put_in_order(struct many_view *view, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		if (!view->lines[i].good)
			view->order[at++] = i;
	view->good = count - at;
	for (size_t i = 0; i < count; i++)
		if (view->lines[i].good)
			view->order[at++] = i;
}

enum many_answer many_page(struct ui *ui, const char *title, const char *summary, const struct many_line *lines,
			   size_t count, bool check, bool undo)
{
	struct many_view view = { .title = title, .summary = summary, .lines = lines, .check = check, .undo = undo,
				  .answer = MANY_BACK, .order = calloc(count ? count : 1, sizeof(*view.order)) };

	if (!view.order)
		die("no memory for a list");
	put_in_order(&view, count);
	list_init(&view.list, cols, ARRAY_LEN(cols), on_cell, &view);
	list_rows(&view.list, count);
	ui_modal(ui, &many_screen, &view);
	list_done(&view.list);
	free(view.order);
	return view.answer;
}
