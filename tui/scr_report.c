/*
 * scr_report.c - reports: choose one and its period, read it, put it into a file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "db/base/utf8.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/papers.h"
#include "tui/periods.h"
#include "tui/progress.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sheet.h"

enum { REPORT_ROWS = 32, REPORT_TEXT = 64 << 20 };

struct reports {
	struct ui *ui;
	const struct report_type *types[REPORT_ROWS]; /* what the role may */
	struct list list;
	struct period period;
	msec as_known; /* MSEC_NONE: everything recorded */
};

/* One report on the screen. */
struct shown_report {
	const struct report_type *type;
	struct period period;
	msec as_known;
	struct table table;
	bool made;
	struct sheet sheet;
};

static const struct list_col cols[] = {
	{ T("Báo cáo", "Report"), 0, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct reports *reports = ctx;
	const struct report_type *type = reports->types[row];

	(void)col;
	(void)style;
	snprintf(out, LIST_CELL, "%s", ui_words(reports->ui, &type->title));
}

/* The period and what was known, over a list or a report. */
static void draw_period(struct ui *ui, struct area body, const struct period *period, msec as_known)
{
	char words[128], known[CLOCK_SHORT_TEXT];
	int used;

	used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "%s",
			   period_words(period, ui->lang, words, sizeof(words)));
	if (as_known != MSEC_NONE)
		draw_format(&ui->canvas, body.row, used + 3, body.cols - used - 4, STYLE_WARN, "%s %s",
			    UI_T(ui, "đã ghi đến", "recorded by"), clock_format_short(as_known, known));
}

static void reports_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct reports *reports = screen->state;
	struct area rows = { body.row + 3, body.col, body.rows - 5, body.cols };
	size_t row;

	draw_period(ui, body, &reports->period, reports->as_known);
	draw_text(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_DIM,
		  UI_T(ui, "Kỳ trước, kỳ sau: phím mũi tên. F4: loại kỳ khác.",
		       "Arrows: the period before, after. F4: another kind."));
	if (list_row(&reports->list, &row))
		draw_text(&ui->canvas, body.row + body.rows - 1, 1, body.cols - 2, STYLE_DIM,
			  ui_words(ui, &reports->types[row]->help));
	list_draw(&reports->list, &ui->canvas, rows, ui->lang, true);
}

/* Made when it is asked for and on the way back: the store may have changed. */
static void make(struct ui *ui, struct shown_report *shown)
{
	struct report_query query = { shown->type->name, shown->period, shown->as_known };
	struct buf text = BUF(REPORT_TEXT);
	struct err err = { .rc = RC_OK };
	struct table table;

	table_init(&table);
	if (report_run(ui->app, &query, &table, &err)) {
		table_done(&table);
		ui_say_err(ui, &err);
		return;
	}
	table_write_text(&table, ui->lang, &text);
	if (text.full) {
		ui_say(ui, STYLE_BAD,
		       UI_T(ui, "Báo cáo quá dài để xem ở đây: chọn kỳ ngắn hơn.",
			    "Too long to be shown here: choose a shorter period."));
		buf_done(&text);
		table_done(&table);
		return;
	}
	if (shown->made)
		table_done(&shown->table);
	shown->table = table;
	shown->made = true;
	sheet_set(&shown->sheet, buf_str(&text));
	buf_done(&text);
	if (shown->period.to > dayno_of(app_now(ui->app)))
		ui_say(ui, STYLE_WARN,
		       UI_T(ui, "Kỳ này chưa hết: hồ sơ được xét như vào ngày cuối kỳ.",
			    "This period is not over: dossiers are judged as of its last day."));
}

static void shown_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct shown_report *shown = screen->state;
	struct area rows = { body.row + 1, body.col, body.rows - 1, body.cols };

	draw_period(ui, body, &shown->period, shown->as_known);
	if (shown->made)
		sheet_draw(&shown->sheet, &ui->canvas, rows, ui->lang);
}

/* "06a-2025-09-15-2025-12-14.csv" */
static void offer_name(const struct shown_report *shown, const char *ending, char *out, size_t size)
{
	char from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT];

	snprintf(out, size, "%s-%s-%s.%s", shown->type->name, clock_format_date(shown->period.from, from),
		 clock_format_date(shown->period.to, to), ending);
}

/* A document the helper makes of the table. */
static enum rc make_media(struct ui *ui, const struct shown_report *shown, enum media_job job,
			  struct buf *out, struct err *err)
{
	static const struct words title = T("Đang làm tệp", "Making the file");
	struct buf stream = BUF(REPORT_TEXT);
	struct progress progress;
	enum rc rc;

	table_write_stream(&shown->table, ui->lang, &stream);
	progress_begin(ui, &progress, &title, PROGRESS_FIXED);
	rc = papers_make(job, 0, stream.data, stream.len, out, err);
	progress_end(&progress);
	buf_done(&stream);
	return rc;
}

static void export_report(struct ui *ui, struct shown_report *shown)
{
	static const struct words answers[] = {
		T("Văn bản, để in bằng máy in bất kỳ", "Text, for any printer"),
		T("Bảng tính CSV", "Spreadsheet, CSV"),
		T("JSON, mỗi dòng một bản ghi", "JSON, one record a line"),
		T("Bảng tính XLSX", "Spreadsheet, XLSX"),
		T("Tệp PDF", "PDF"),
	};
	static const char *const endings[] = { "txt", "csv", "jsonl", "xlsx", "pdf" };
	static const struct words title = T("Ghi báo cáo ra tệp", "Put the report into a file");
	struct buf text = BUF(REPORT_TEXT);
	struct err err = { .rc = RC_OK };
	char name[128];
	int chosen;

	if (!shown->made)
		return;
	chosen = ask_choice(ui, &title, "", answers, ARRAY_LEN(answers), 0);
	if (chosen < 0)
		return;
	if (chosen == 0)
		table_write_text(&shown->table, ui->lang, &text);
	else if (chosen == 1)
		table_write_csv(&shown->table, &text);
	else if (chosen == 2)
		table_write_json(&shown->table, &text);
	else if (make_media(ui, shown, chosen == 3 ? MEDIA_XLSX : MEDIA_TABLE_PDF, &text, &err))
		ui_say_err(ui, &err);
	offer_name(shown, endings[chosen], name, sizeof(name));
	if (!err.rc)
		save_run(ui, &title, name, text.data, text.len);
	buf_done(&text);
}

static bool shown_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct shown_report *shown = screen->state;

	switch (action) {
	case UI_PRINT:
	case UI_SAVE:
		export_report(ui, shown);
		return true;
	case UI_VALUES:
		if (period_ask(ui, &shown->period, &shown->as_known))
			make(ui, shown);
		return true;
	case UI_RELOAD:
		make(ui, shown);
		return true;
	case UI_ACCEPT:
		return true;
	default:
		return sheet_action(&shown->sheet, action);
	}
}

static void shown_close(struct ui *ui, struct screen *screen)
{
	struct shown_report *shown = screen->state;

	(void)ui;
	if (shown->made)
		table_done(&shown->table);
	sheet_done(&shown->sheet);
	free(shown);
}

static const enum ui_action shown_actions[] = { UI_SAVE,   UI_VALUES, UI_LEFT,	 UI_RIGHT, UI_PAGEDOWN,
						UI_PAGEUP, UI_BACK,   UI_RELOAD, UI_HELP,  UI_HOME,
						UI_END,	   UI_NEXT,   UI_PREV,	 UI_PRINT, UI_NONE };

static const struct hint_words shown_hints[] = {
	{ UI_SAVE, T("Ghi ra tệp", "To a file") },
	{ UI_VALUES, T("Kỳ khác", "Period") },
	{ UI_LEFT, T("Cột", "Columns") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops shown_report_screen = {
	.name = "report",
	.title = T("Báo cáo", "Report"),
	.actions = shown_actions,
	.hints = shown_hints,
	.draw = shown_draw,
	.on_action = shown_action,
	.on_close = shown_close,
};

static void show_report(struct ui *ui, const struct report_type *type, const struct period *period,
			msec as_known)
{
	struct shown_report *shown = calloc(1, sizeof(*shown));
	dayno today = dayno_of(app_now(ui->app));

	if (!shown)
		die("no memory for a report");
	shown->type = type;
	shown->period = *period;
	if (!strcmp(type->name, "day"))
		shown->period = (struct period){ .kind = PERIOD_RANGE, .from = today, .to = today };
	shown->as_known = as_known;
	sheet_init(&shown->sheet);
	ui_push(ui, &shown_report_screen, shown);
	make(ui, shown);
}

static void open_report(struct ui *ui, struct reports *reports)
{
	size_t row;

	if (list_row(&reports->list, &row))
		show_report(ui, reports->types[row], &reports->period, reports->as_known);
}

void scr_report_named(struct ui *ui, const char *name)
{
	const struct report_type *type = report_type(name);
	struct err err = { .rc = RC_OK };
	struct period period;

	period_holding(PERIOD_QUARTER, dayno_of(app_now(ui->app)), &period);
	if (type && app_may(ui->app, type->right, &err))
		ui_say_err(ui, &err);
	else if (type)
		show_report(ui, type, &period, MSEC_NONE);
}

static bool reports_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct reports *reports = screen->state;

	switch (action) {
	case UI_ACCEPT:
		open_report(ui, reports);
		return true;
	case UI_LEFT:
	case UI_RIGHT:
		period_step(&reports->period, action == UI_LEFT ? -1 : 1);
		return true;
	case UI_VALUES:
		(void)period_ask(ui, &reports->period, &reports->as_known);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&reports->list, action);
	}
}

static void reports_close(struct ui *ui, struct screen *screen)
{
	struct reports *reports = screen->state;

	(void)ui;
	list_done(&reports->list);
	free(reports);
}

static const enum ui_action reports_actions[] = { UI_ACCEPT, UI_VALUES, UI_LEFT, UI_RIGHT, UI_BACK,
						  UI_HELP,   UI_NEXT,	UI_PREV, UI_NONE };

static const struct hint_words reports_hints[] = {
	{ UI_ACCEPT, T("Xem", "Read") },
	{ UI_VALUES, T("Loại kỳ", "Kind of period") },
	{ UI_LEFT, T("Kỳ trước, sau", "Before, after") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops reports_screen = {
	.name = "reports",
	.title = T("Báo cáo", "Reports"),
	.actions = reports_actions,
	.hints = reports_hints,
	.draw = reports_draw,
	.on_action = reports_action,
	.on_close = reports_close,
};

void scr_report(struct ui *ui)
{
	struct reports *reports = calloc(1, sizeof(*reports));
	size_t count = 0;

	if (!reports)
		die("no memory for a screen");
	reports->ui = ui;
	reports->as_known = MSEC_NONE;
	period_holding(PERIOD_QUARTER, dayno_of(app_now(ui->app)), &reports->period);
	for (const struct report_type *type = report_types; type->name && count < REPORT_ROWS; type++)
		if (access_allows(ui->app->role, type->right))
			reports->types[count++] = type;
	list_init(&reports->list, cols, ARRAY_LEN(cols), on_cell, reports);
	list_rows(&reports->list, count);
	ui_push(ui, &reports_screen, reports);
}
