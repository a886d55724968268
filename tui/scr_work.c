/*
 * scr_work.c - worklists: what is to be handed over, due, late, waiting, to be returned.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tui/dlines.h"
#include "tui/pick.h"
#include "tui/screens.h"

struct worklist {
	enum work work;
	struct dlines lines;
	struct edit filter;
	bool filtering;
};

static const struct edit_rules filter_rules = { .compose = true, .max_letters = 60 };

static void load(struct ui *ui, struct worklist *list)
{
	struct err err = { .rc = RC_OK };

	dlines_clear(&list->lines);
	if (query_worklist(ui->app, list->work, DLINES_MAX, dlines_add, &list->lines, &err))
		ui_say_err(ui, &err);
	dlines_ready(&list->lines);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct worklist *list = screen->state;
	struct area rows = { body.row + 1, body.col, body.rows - 1, body.cols };
	int used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "< %s > ",
			       ui_words(ui, work_words(list->work)));

	used += draw_format(&ui->canvas, body.row, 1 + used, body.cols - used - 2, STYLE_TEXT, "%zu%s%s%s",
			    list->lines.list.shown_count, list->lines.order || list->lines.reversed ? ", " : "",
			    list->lines.order || list->lines.reversed ?
				    ui_words(ui, dlines_order_words(list->lines.order)) : "",
			    list->lines.reversed ? UI_T(ui, ", đảo", ", reversed") : "");
	if (list->filtering || list->filter.len) {
		used += draw_text(&ui->canvas, body.row, used + 3, 8, STYLE_LABEL, UI_T(ui, "Lọc:", "Filter:"));
		edit_draw(&list->filter, &filter_rules, &ui->canvas, body.row, used + 4, body.cols - used - 6,
			  list->filtering);
	}
	dlines_draw(&list->lines, &ui->canvas, rows, !list->filtering);
	if (!list->lines.list.shown_count)
		draw_text(&ui->canvas, rows.row + 2, 3, body.cols - 4, STYLE_DIM,
			  UI_T(ui, "Không có hồ sơ nào ở đây.", "No dossiers here."));
}

static void turn(struct ui *ui, struct worklist *list, int step)
{
	list->work = (enum work)(((int)list->work + step + WORK_COUNT) % WORK_COUNT);
	load(ui, list);
	list_go(&list->lines.list, 0);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct worklist *list = screen->state;

	if (!list->filtering)
		return false;
	switch (edit_key(&list->filter, &filter_rules, &ui->typing, key)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		list_filter(&list->lines.list, list->filter.text);
		return true;
	default:
		return true;
	}
}

static bool pick_work(struct ui *ui, struct worklist *list);

static bool end_filter(struct worklist *list, bool keep)
{
	list->filtering = false;
	if (!keep) {
		edit_set(&list->filter, "");
		list_filter(&list->lines.list, "");
	}
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct worklist *list = screen->state;
	const struct dline *line = dlines_at(&list->lines);

	switch (action) {
	case UI_ACCEPT:
		list->filtering = false;
		if (line)
			scr_dossier(ui, line->code);
		return true;
	case UI_BACK:
		return (list->filtering || list->filter.len) && end_filter(list, false);
	case UI_FIND:
		list->filtering = true;
		return true;
	case UI_RELOAD:
		load(ui, list);
		return true;
	case UI_VALUES:
		return pick_work(ui, list);
	case UI_NEW:
		scr_intake_draft(ui, 0);
		return true;
	case UI_SORT:
		dlines_sort(&list->lines, (enum dlines_order)((list->lines.order + 1) % ORDERS), list->lines.reversed);
		return true;
	case UI_REVERSE:
		dlines_sort(&list->lines, list->lines.order, !list->lines.reversed);
		return true;
	case UI_LEFT:
	case UI_RIGHT:
		if (!list->filtering)
			turn(ui, list, action == UI_LEFT ? -1 : 1);
		return true;
	default:
		return list_action(&list->lines.list, action);
	}
}

static void work_item(void *ctx, size_t item, char *out, size_t size)
{
	snprintf(out, size, "%s", ui_words(ctx, work_words((enum work)item)));
}

static bool pick_work(struct ui *ui, struct worklist *list)
{
	static const struct words title = T("Danh sách hồ sơ", "Worklists");
	long chosen = pick_run(ui, &title, WORK_COUNT, work_item, ui, list->work);

	if (chosen >= 0)
		turn(ui, list, (int)chosen - (int)list->work);
	return true;
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct worklist *list = screen->state;

	(void)ui;
	return list->filtering;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct worklist *list = screen->state;

	(void)ui;
	dlines_done(&list->lines);
	free(list);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_FIND,	  UI_VALUES,  UI_NEW,  UI_SORT,	 UI_BACK,
					  UI_HELP,   UI_RELOAD,	  UI_REVERSE, UI_LEFT, UI_RIGHT, UI_NEXT,
					  UI_PREV,   UI_PAGEDOWN, UI_PAGEUP,  UI_NONE };

const struct screen_ops work_screen = {
	.name = "work", .title = T("Hồ sơ", "Dossiers"), .actions = actions, .draw = on_draw, .in_text = in_text,
	.on_key = on_key, .on_action = on_action, .on_show = on_show, .on_close = on_close,
};

void scr_work(struct ui *ui, enum work work)
{
	struct worklist *list = calloc(1, sizeof(*list));

	if (!list)
		die("no memory for a screen");
	list->work = work;
	edit_init(&list->filter);
	dlines_init(&list->lines, ui->lang);
	ui_push(ui, &work_screen, list);
}
