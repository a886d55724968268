/*
 * scr_day.c - the end of a day: what must not wait, the drawer, what has not been sent; signed off by name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "core/fact.h"
#include "core/query.h"
#include "core/report.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/papers.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sheet.h"
#include "tui/sync_line.h"
#include "tui/words.h"

enum { DAY_TEXT_MAX = 16 << 20 };

struct day_screen {
	struct ui *ui;
	dayno date;
	struct day_closed book;
	struct buf text;
	struct sheet sheet;
	bool closed; /* somebody has */
};

struct unscanned {
	dayno date;
	int64_t count;
};

/* Received over the counter that day, and no picture of it. */
static enum rc count_unscanned(void *ctx, const struct fact *fact, struct err *err)
{
	struct unscanned *unscanned = ctx;

	(void)err;
	if (fact->received_at != MSEC_NONE && dayno_of(fact->received_at) == unscanned->date &&
	    fact->channel != CHANNEL_ONLINE && fact->scanned_at == MSEC_NONE)
		unscanned->count++;
	return RC_OK;
}

static void add_unscanned(struct ui *ui, struct day_screen *day)
{
	struct unscanned unscanned = { day->date, 0 };

	if (fact_walk(ui->app->db, count_unscanned, &unscanned, NULL) == RC_OK)
		buf_printf(&day->text, "%s %lld\n",
			   UI_T(ui, "Hồ sơ nhận tại quầy trong ngày chưa có bản quét:",
				"Dossiers received at the counter without a scan:"),
			   (long long)unscanned.count);
}

static void add_unsent(struct ui *ui, struct day_screen *day)
{
	char line[SYNC_LINE];

	sync_line(ui->app, ui->lang, line, sizeof(line));
	buf_printf(&day->text, "%s\n",
		   *line ? line
			 : UI_T(ui, "Chưa ghi danh với trung tâm: dữ liệu chỉ ở máy này.",
				"Not enrolled with a hub: data is on this PC only."));
}

/* Who closed the day, and what the drawer held. */
static enum rc add_closing(void *ctx, const struct row *row, struct err *err)
{
	struct day_screen *day = ctx;
	struct ui *ui = day->ui;
	char at[CLOCK_SHORT_TEXT], cash[40], book[40];
	int64_t counted = rec_num(&row->body, DAY_CASH_VND),
		expected = rec_num_or(&row->body, DAY_EXPECTED_VND, 0);

	(void)err;
	day->closed = true;
	buf_printf(&day->text, "%s %s, %s.", UI_T(ui, "Đã chốt:", "Closed by"),
		   rec_text(&row->body, DAY_CLOSED_BY),
		   clock_format_short(rec_num_or(&row->body, DAY_CLOSED_AT, 0), at));
	buf_printf(&day->text, "\n  %s %s", UI_T(ui, "Tiền mặt theo sổ", "Cash by the book"),
		   words_money(expected, book, sizeof(book)));
	if (counted != MSEC_NONE)
		buf_printf(&day->text, ", %s %s", UI_T(ui, "đếm được", "counted"),
			   words_money(counted, cash, sizeof(cash)));
	if (counted != MSEC_NONE && counted != expected)
		buf_printf(&day->text, ", %s %s", UI_T(ui, "LỆCH", "DIFFERS BY"),
			   words_money(counted - expected, cash, sizeof(cash)));
	if (rec_has(&row->body, DAY_NOTE))
		buf_printf(&day->text, " (%s)", rec_text(&row->body, DAY_NOTE));
	buf_text(&day->text, "\n");
	return RC_OK;
}

static enum rc fill(struct ui *ui, struct day_screen *day, struct err *err)
{
	struct report_query query = { "day", { PERIOD_RANGE, 0, 0, day->date, day->date }, MSEC_NONE };
	char date[CLOCK_DATE_TEXT];
	struct table table;
	enum rc rc;

	buf_clear(&day->text);
	day->closed = false;
	table_init(&table);
	rc = day_look(ui->app, day->date, &day->book, err);
	if (!rc)
		rc = report_run(ui->app, &query, &table, err);
	if (!rc) {
		add_unscanned(ui, day);
		add_unsent(ui, day);
		rc = row_walk_prefix(ui->app->db, REC_DAY, clock_format_date(day->date, date), add_closing,
				     day, err);
	}
	if (!rc) {
		buf_text(&day->text, "\n");
		table_write_text(&table, ui->lang, &day->text);
	}
	table_done(&table);
	return rc;
}

static void load(struct ui *ui, struct day_screen *day)
{
	struct err err = { .rc = RC_OK };
	int top = day->sheet.top, left = day->sheet.left;

	if (fill(ui, day, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	sheet_set(&day->sheet, buf_str(&day->text));
	day->sheet.top = top;
	day->sheet.left = left;
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct day_screen *day = screen->state;
	struct area rows = { body.row + 3, body.col, body.rows - 3, body.cols };
	char date[CLOCK_DATE_TEXT], money[40];

	draw_format(
		&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "%s, %s. %s",
		ui_words(ui, &clock_weekdays[dayno_weekday(day->date)]), clock_format_dmy(day->date, date),
		day->closed ? UI_T(ui, "Đã chốt.", "Closed.") : UI_T(ui, "Chưa chốt.", "Not closed yet."));
	draw_format(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_TEXT, "%s %s. %s",
		    UI_T(ui, "Tiền mặt theo sổ:", "Cash by the book:"),
		    words_money(day->book.expected_vnd, money, sizeof(money)),
		    UI_T(ui, "F2: đếm tiền, ký chốt.", "F2: count it and sign off."));
	sheet_draw(&day->sheet, &ui->canvas, rows, ui->lang);
}

static enum rc close_day(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct day_screen *day = ctx;
	const char *cash = form_text(form, "cash"), *note = form_text(form, "note");
	struct day_close close = { .date = day->date, .cash_vnd = MSEC_NONE, .note = *note ? note : NULL };

	if (*cash && (words_read_number(cash, &close.cash_vnd, err) || close.cash_vnd < 0))
		return err_field(err, "cash", "Ghi số tiền đếm được, bằng đồng.",
				 "Give the cash counted, in VND.");
	return day_close(ui->app, &close, &day->book, err);
}

static void sign_off(struct ui *ui, struct day_screen *day)
{
	static const struct form_row rows[] = {
		{ "cash", W_MONEY, T("Tiền mặt đếm được", "Cash counted"),
		  T("đồng; để trống: không đếm", "VND; empty: not counted"), 16, 20 },
		{ "note", W_LINE, T("Ghi chú", "Note"), T("lý do nếu lệch", "why, if it differs"), 0, 200 },
	};
	static const struct words title = T("Chốt ngày", "Close the day");
	char text[256], money[40];
	struct form form;

	snprintf(text, sizeof(text),
		 UI_T(ui, "Người ký chốt: %s. Tiền mặt theo sổ: %s.",
		      "Signed off by %s. Cash by the book: %s."),
		 ui->app->user, words_money(day->book.expected_vnd, money, sizeof(money)));
	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	if (ask_form(ui, &title, text, &form, close_day, day)) {
		load(ui, day);
		ui_format(ui, STYLE_GOOD, UI_T(ui, "Đã chốt ngày, người ký: %s", "Closed, signed off by %s"),
			  ui->app->user);
	}
	form_done(&form);
}

static enum rc take_date(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct day_screen *day = ctx;
	dayno date, today = dayno_of(app_now(ui->app));

	if (words_read_date(form_text(form, "date"), today, &date, err) || date > today)
		return err_field(err, "date", "Ghi một ngày đã đến, ví dụ 010125.",
				 "Give a day that has begun.");
	day->date = date;
	return RC_OK;
}

static void ask_date(struct ui *ui, struct day_screen *day)
{
	static const struct form_row rows[] = { { "date", W_DATE, T("Ngày", "Day"), T("010125", "010125"), 12,
						  12 } };
	static const struct words title = T("Ngày khác", "Another day");
	char date[CLOCK_DATE_TEXT];
	struct form form;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	form_put(&form, "date", clock_format_dmy(day->date, date));
	if (ask_form(ui, &title, "", &form, take_date, day))
		load(ui, day);
	form_done(&form);
}

/* The page as letters to the ward's printer; what cannot be printed can still be put into a file. */
static void send_day(struct ui *ui, struct day_screen *day)
{
	struct err err = { .rc = RC_OK };

	if (papers_send(ui->app, NULL, PAPERS_TEXT, false, UI_T(ui, "Cuối ngày", "End of day"), &day->text,
			&err))
		ui_say_err(ui, &err);
	else
		ui_say(ui, STYLE_GOOD,
		       UI_T(ui, "Đã gửi tờ cuối ngày ra máy in.", "The day's page was sent to the printer."));
}

static void print_day(struct ui *ui, struct day_screen *day)
{
	static const struct words answers[] = { T("In ra máy in", "Print it"),
						T("Ghi ra tệp", "Put it into a file") };
	static const struct words paper = T("Tờ cuối ngày", "The day's page");
	static const struct words title = T("Ghi tờ cuối ngày ra tệp", "Put the day's page into a file");
	char name[64], date[CLOCK_DATE_TEXT];
	int chosen = ask_choice(ui, &paper, "", answers, ARRAY_LEN(answers), 0);

	if (chosen == 0)
		send_day(ui, day);
	if (chosen != 1)
		return;
	snprintf(name, sizeof(name), "%s-%s.txt", UI_T(ui, "cuoi-ngay", "day"),
		 clock_format_date(day->date, date));
	save_run(ui, &title, name, day->text.data, day->text.len);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct day_screen *day = screen->state;

	switch (action) {
	case UI_SAVE:
		sign_off(ui, day);
		return true;
	case UI_PRINT:
		print_day(ui, day);
		return true;
	case UI_VALUES:
		ask_date(ui, day);
		return true;
	case UI_RELOAD:
		load(ui, day);
		return true;
	case UI_ACCEPT:
		return true;
	default:
		return sheet_action(&day->sheet, action);
	}
}

static bool offers(struct ui *ui, struct screen *screen, enum ui_action action)
{
	(void)screen;
	return action != UI_SAVE || access_allows(ui->app->role, MAY_DAY_CLOSE);
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct day_screen *day = screen->state;

	(void)ui;
	buf_done(&day->text);
	sheet_done(&day->sheet);
	free(day);
}

static const enum ui_action actions[] = { UI_SAVE,  UI_PRINT, UI_VALUES, UI_PAGEDOWN, UI_PAGEUP, UI_LEFT,
					  UI_RIGHT, UI_BACK,  UI_RELOAD, UI_HELP,     UI_NONE };

static const struct hint_words hints[] = {
	{ UI_SAVE, T("Ký chốt", "Sign off") },
	{ UI_VALUES, T("Ngày khác", "Another day") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops day_screen = {
	.name = "day",
	.title = T("Cuối ngày", "End of day"),
	.actions = actions,
	.hints = hints,
	.draw = on_draw,
	.offers = offers,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_day(struct ui *ui)
{
	struct day_screen *day = calloc(1, sizeof(*day));

	if (!day)
		die("no memory for a screen");
	day->ui = ui;
	day->date = dayno_of(app_now(ui->app));
	day->text = (struct buf)BUF(DAY_TEXT_MAX);
	sheet_init(&day->sheet);
	ui_push(ui, &day_screen, day);
}
