/*
 * scr_scan.c - dossiers received over the counter that have no scan yet.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fact.h"
#include "core/query.h"
#include "db/rec_fields.h"
#include "tui/filter.h"
#include "tui/list.h"
#include "tui/screens.h"
#include "tui/sync_line.h"

enum { UNSCANNED_MAX = 2000, VIEWS = 3 };

struct unscanned_line {
	int64_t rec;
	msec at;
	char code[44], name[104], procedure[204];
};

struct unscanned_list {
	struct ui *ui;
	struct unscanned_line *lines;
	size_t count;
	int view;
	struct list list;
	struct filter filter;
};

static const struct {
	struct words words;
	int days;
} views[VIEWS] = {
	{ T("Nhận hôm nay, chưa quét", "Received today, not scanned"), 0 },
	{ T("Nhận trong 7 ngày, chưa quét", "Received in 7 days, not scanned"), 7 },
	{ T("Nhận trong 90 ngày, chưa quét", "Received in 90 days, not scanned"), 90 },
};

static const struct list_col cols[] = {
	{ T("Mã hồ sơ", "Code"), 19, false },
	{ T("Họ và tên", "Name"), 22, false },
	{ T("Nhận lúc", "Received"), 12, false },
	{ T("Thủ tục", "Procedure"), 0, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct unscanned_list *list = ctx;
	const struct unscanned_line *line = &list->lines[row];
	char when[24];
	const char *const cells[] = { line->code, line->name, sync_when(line->at, when, sizeof(when)),
				      line->procedure };

	(void)style;
	snprintf(out, LIST_CELL, "%s", cells[col]);
}

static enum rc add_fact(void *ctx, const struct fact *fact, struct err *err)
{
	struct unscanned_list *list = ctx;

	(void)err;
	if (list->count < UNSCANNED_MAX && fact->channel != CHANNEL_ONLINE && fact->scanned_at == MSEC_NONE)
		list->lines[list->count++] =
			(struct unscanned_line){ .rec = fact->rec, .at = fact->received_at };
	return RC_OK;
}

static int newest_first(const void *a, const void *b)
{
	const struct unscanned_line *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return x->rec > y->rec ? -1 : x->rec < y->rec;
}

static enum rc name_lines(struct ui *ui, struct unscanned_list *list, struct err *err)
{
	enum rc rc = RC_OK;
	struct row row;

	row_init(&row);
	for (size_t i = 0; !rc && i < list->count; i++) {
		struct unscanned_line *line = &list->lines[i];

		rc = row_read(ui->app->db, line->rec, &row, err);
		if (rc)
			break;
		snprintf(line->code, sizeof(line->code), "%s", rec_text(&row.body, DOSSIER_CODE));
		snprintf(line->name, sizeof(line->name), "%s", rec_text(&row.body, DOSSIER_APPLICANT_NAME));
		query_procedure_name(ui->app, rec_text(&row.body, DOSSIER_PROCEDURE_CODE), line->procedure,
				     sizeof(line->procedure));
	}
	row_done(&row);
	return rc;
}

static void load(struct ui *ui, struct unscanned_list *list)
{
	dayno today = dayno_of(app_now(ui->app));
	struct err err = { .rc = RC_OK };
	enum rc rc = app_may(ui->app, MAY_SCAN, &err);

	list->count = 0;
	if (!rc)
		rc = fact_walk_received(ui->app->db, dayno_start(today - views[list->view].days),
					dayno_start(today + 1), add_fact, list, &err);
	if (list->count)
		qsort(list->lines, list->count, sizeof(*list->lines), newest_first);
	if (!rc)
		rc = name_lines(ui, list, &err);
	if (rc) {
		list->count = 0;
		ui_say_err(ui, &err);
	}
	list_rows(&list->list, list->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct unscanned_list *list = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2, body.cols };
	int used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "< %s > %zu",
			       ui_words(ui, &views[list->view].words), list->list.shown_count);

	filter_draw(&list->filter, ui, body, used);
	if (list->count)
		list_draw(&list->list, &ui->canvas, rows, ui->lang, !list->filter.typing);
	else
		draw_text(&ui->canvas, rows.row, 3, body.cols - 4, STYLE_DIM,
			  UI_T(ui, "Không còn hồ sơ nào phải quét ở đây.", "Nothing left to scan here."));
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct unscanned_list *list = screen->state;

	return filter_key(&list->filter, &list->list, &ui->typing, key);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct unscanned_list *list = screen->state;
	size_t row;

	switch (action) {
	case UI_ACCEPT:
		filter_leave(&list->filter, &list->list, &ui->typing);
		if (list_row(&list->list, &row))
			scr_scan_add(ui, list->lines[row].code);
		return true;
	case UI_FIND:
		list->filter.typing = true;
		return true;
	case UI_BACK:
		return filter_drop(&list->filter, &list->list);
	case UI_LEFT:
	case UI_RIGHT:
		if (!list->filter.typing) {
			list->view = (list->view + (action == UI_LEFT ? VIEWS - 1 : 1)) % VIEWS;
			load(ui, list);
		}
		return true;
	case UI_RELOAD:
		load(ui, list);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&list->list, action);
	}
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct unscanned_list *list = screen->state;

	(void)ui;
	return list->filter.typing;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct unscanned_list *list = screen->state;

	(void)ui;
	list_done(&list->list);
	memset(list->lines, 0, UNSCANNED_MAX * sizeof(*list->lines));
	free(list->lines);
	free(list);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_LEFT, UI_RIGHT, UI_FIND,     UI_RELOAD, UI_BACK,
					  UI_HELP,   UI_NEXT, UI_PREV,	UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops scan_screen = {
	.name = "scan",
	.title = T("Quét", "Scan"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.in_text = in_text,
	.on_key = on_key,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_scan(struct ui *ui)
{
	struct unscanned_list *list = calloc(1, sizeof(*list));

	if (list)
		list->lines = calloc(UNSCANNED_MAX, sizeof(*list->lines));
	if (!list || !list->lines)
		die("no memory for a screen");
	list->ui = ui;
	filter_init(&list->filter);
	list_init(&list->list, cols, ARRAY_LEN(cols), on_cell, list);
	ui_push(ui, &scan_screen, list);
}
