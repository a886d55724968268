/*
 * scr_day.c - the end of a day: what must not wait, the drawer, what has not been sent; signed off by name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "core/paper_text.h"
#include "tui/ask.h"
#include "tui/papers.h"
#include "tui/save.h"
#include "tui/screens.h"
#include "tui/sheet.h"
#include "tui/sync_line.h"
#include "tui/words.h"

enum { DAY_TEXT_MAX = 16 << 20, PAGE_COLS = 100 };

struct day_screen {
	struct ui *ui;
	dayno date;
	struct day_closed book;
	struct buf text;
	struct sheet sheet;
};

/* The page as the screen shows it, or (`for_hand`) as it is printed and signed. */
static enum rc make_page(struct ui *ui, const struct day_screen *day, bool for_hand, struct buf *lines,
			 struct err *err)
{
	char unsent[SYNC_LINE];

	sync_line(ui->app, ui->lang, unsent, sizeof(unsent));
	return day_page(ui->app, day->date, unsent, for_hand, lines, err);
}

static enum rc fill(struct ui *ui, struct day_screen *day, struct err *err)
{
	size_t cols = ui->canvas.cols > PAPER_WIDTH ? PAGE_COLS : (size_t)ui->canvas.cols - 2;
	struct buf lines = BUF(DAY_TEXT_MAX);
	enum rc rc = day_look(ui->app, day->date, &day->book, err);

	if (!rc)
		rc = make_page(ui, day, false, &lines, err);
	buf_clear(&day->text);
	if (!rc)
		rc = paper_text(lines.data, lines.len, cols < PAPER_WIDTH_MIN ? PAPER_WIDTH_MIN : cols,
				&day->text, err);
	buf_done(&lines);
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
	struct area rows = { body.row + 1, body.col, body.rows - 1, body.cols };
	char date[CLOCK_DATE_TEXT];

	draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "%s, %s. %s",
		    ui_words(ui, &clock_weekdays[dayno_weekday(day->date)]), clock_format_dmy(day->date, date),
		    UI_T(ui, "F2: đếm tiền, ký chốt. F9: in.", "F2: count the money, sign off. F9: print."));
	sheet_draw(&day->sheet, &ui->canvas, rows, ui->lang);
}

/* An amount that was counted; empty: it was not. */
static enum rc take_money(const struct form *form, const char *row, int64_t *vnd, struct err *err)
{
	const char *text = form_text(form, row);

	*vnd = MSEC_NONE;
	if (*text && (words_read_money(text, vnd, err) || *vnd < 0))
		return err_field(err, row, "Ghi số tiền đếm được, bằng đồng.", "Give the money counted, in VND.");
	return RC_OK;
}

static enum rc close_day(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct day_screen *day = ctx;
	const char *note = form_text(form, "note");
	struct day_close close = { .date = day->date, .note = *note ? note : NULL };
	enum rc rc = take_money(form, "cash", &close.cash_vnd, err);

	if (!rc)
		rc = take_money(form, "online", &close.online_vnd, err);
	if (!rc)
		rc = take_money(form, "transfer", &close.transfer_vnd, err);
	return rc ? rc : day_close(ui->app, &close, &day->book, err);
}

static void sign_off(struct ui *ui, struct day_screen *day)
{
	static const struct form_row rows[] = {
		{ "cash", W_MONEY, T("Tiền mặt", "Cash"), T("đếm trong ngăn; trống: không đếm", "in the drawer; empty: not counted"),
		  16, 20 },
		{ "online", W_MONEY, T("Trực tuyến", "Online"), T("theo cổng thanh toán", "by the payment gate"), 16, 20 },
		{ "transfer", W_MONEY, T("Chuyển khoản", "Transfers"), T("theo sao kê", "by the statement"), 16, 20 },
		{ "note", W_LINE, T("Ghi chú", "Note"), T("lý do nếu lệch", "why, if it differs"), 0, 200 },
	};
	static const struct words title = T("Chốt ngày", "Close the day");
	char text[300], cash[40], online[40], transfer[40];
	struct form form;

	snprintf(text, sizeof(text),
		 UI_T(ui, "Người ký chốt: %s. Theo sổ: tiền mặt %s, trực tuyến %s, chuyển khoản %s.",
		      "Signed off by %s. By the book: cash %s, online %s, transfers %s."),
		 ui->app->user, words_money(day->book.expected_vnd, cash, sizeof(cash)),
		 words_money(day->book.expected_online_vnd, online, sizeof(online)),
		 words_money(day->book.expected_transfer_vnd, transfer, sizeof(transfer)));
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

/* As the ward prints its papers; what cannot be printed can still be put into a file. */
static enum rc send_day(struct ui *ui, const struct buf *lines, struct err *err)
{
	enum papers_as as = papers_as_set(ui->app);
	struct buf bytes = BUF(DAY_TEXT_MAX);
	enum rc rc = papers_render(ui->app, as, lines, &bytes, err);

	if (!rc)
		rc = papers_send(ui->app, NULL, as, false, UI_T(ui, "Cuối ngày", "End of day"), &bytes, err);
	if (!rc)
		ui_say(ui, STYLE_GOOD,
		       UI_T(ui, "Đã gửi tờ cuối ngày ra máy in.", "The day's page was sent to the printer."));
	buf_done(&bytes);
	return rc;
}

static enum rc save_day(struct ui *ui, const struct day_screen *day, enum papers_as as, const struct buf *lines,
			struct err *err)
{
	static const struct words title = T("Ghi tờ cuối ngày ra tệp", "Put the day's page into a file");
	struct buf bytes = BUF(DAY_TEXT_MAX);
	char name[64], date[CLOCK_DATE_TEXT];
	enum rc rc = papers_render(ui->app, as, lines, &bytes, err);

	snprintf(name, sizeof(name), "%s-%s.%s", UI_T(ui, "cuoi-ngay", "day"), clock_format_date(day->date, date),
		 as == PAPERS_PDF ? "pdf" : "txt");
	if (!rc)
		save_run(ui, &title, name, bytes.data, bytes.len);
	buf_done(&bytes);
	return rc;
}

static void print_day(struct ui *ui, struct day_screen *day)
{
	static const struct words answers[] = { T("In ra máy in", "Print it"),
						T("Ghi ra tệp chữ", "Put it into a text file"),
						T("Ghi ra tệp PDF", "Put it into a PDF") };
	static const struct words paper = T("Tờ cuối ngày", "The day's page");
	struct buf lines = BUF(DAY_TEXT_MAX);
	struct err err = { .rc = RC_OK };
	int chosen = ask_choice(ui, &paper, "", answers, ARRAY_LEN(answers), 0);
	enum rc rc = chosen < 0 ? RC_OK : make_page(ui, day, true, &lines, &err);

	if (!rc && chosen == 0)
		rc = send_day(ui, &lines, &err);
	else if (!rc && chosen > 0)
		rc = save_day(ui, day, chosen == 2 ? PAPERS_PDF : PAPERS_TEXT, &lines, &err);
	if (rc)
		ui_say_err(ui, &err);
	buf_done(&lines);
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
