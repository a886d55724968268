/*
 * day_page.c - the one page of a day: the figures of the report `day`, the drawer, what must not wait.
 */
#include <stdio.h>
#include <string.h>

#include "core/day.h"
#include "core/report.h"
#include "core/rules/ratio.h"
#include "db/base/stream.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"

enum { LIST_LINES = 36 }; /* of one sheet, for the dossiers to look after */

struct page {
	struct app *app;
	struct buf *out;
	struct table table; /* the report: counts, cash, dossiers */
	struct row latest;  /* who closed the day last */
	struct buf closings;
	bool closed;
};

enum { PART_COUNTS, PART_CASH, PART_DOSSIERS };
enum { COL_WHAT = 1, COL_COUNT = 2 };
enum { CASH_METHOD = 1, CASH_PAYMENTS, CASH_VND };
enum { LISTED_CODE = 2, LISTED_FIELD = 4, LISTED_DUE, LISTED_PERSON };

static const char *say(const struct page *page, const char *vi, const char *en)
{
	return page->app->lang == LANG_EN ? en : vi;
}

/* One more word of a line. */
static void put(struct page *page, const char *word)
{
	buf_byte(page->out, '\t');
	stream_put(page->out, word);
}

static void put_text(struct page *page, const char *style, unsigned indent, const char *text)
{
	buf_printf(page->out, "text\t%s\t%u", style, indent);
	put(page, text);
	buf_byte(page->out, '\n');
}

enum { MONEY_TEXT = FIGURE_TEXT + 8 };

/* 1.234.567 đ; "" for what was not counted. */
static const char *money(const struct page *page, int64_t vnd, char out[MONEY_TEXT])
{
	char figure[FIGURE_TEXT];

	out[0] = '\0';
	if (vnd != MSEC_NONE)
		(void)snprintf(out, MONEY_TEXT, "%s%s", figure_int(vnd, page->app->lang, figure), " đ");
	return out;
}

static void put_cell(struct page *page, size_t part, size_t row, size_t column)
{
	const struct table_part *of = &page->table.parts[part];
	struct buf cell = BUF(4096);

	if (row < table_rows(of))
		table_show(&page->table, of, row, column, page->app->lang, &cell);
	put(page, buf_str(&cell));
	buf_done(&cell);
}

/* The counts in two columns, in the order of the report. */
static void put_counts(struct page *page)
{
	size_t rows = table_rows(&page->table.parts[PART_COUNTS]), half = (rows + 1) / 2;

	buf_text(page->out, "columns\t0\t\t>8");
	put(page, say(page, "Hồ sơ", "Dossiers"));
	buf_text(page->out, "\t2\t\t0\t\t>8");
	put(page, say(page, "Hồ sơ", "Dossiers"));
	buf_byte(page->out, '\n');
	for (size_t i = 0; i < half; i++) {
		buf_text(page->out, "row");
		put_cell(page, PART_COUNTS, i, COL_WHAT);
		put_cell(page, PART_COUNTS, i, COL_COUNT);
		put(page, "");
		put_cell(page, PART_COUNTS, half + i, COL_WHAT);
		put_cell(page, PART_COUNTS, half + i, COL_COUNT);
		buf_byte(page->out, '\n');
	}
}

/* By method: what the book says, what was counted at the last closing, the difference. */
static void put_drawer(struct page *page)
{
	static const unsigned counted_tags[] = { DAY_CASH_VND, DAY_ONLINE_VND, DAY_TRANSFER_VND };
	const struct table_part *part = &page->table.parts[PART_CASH];
	char text[MONEY_TEXT];

	buf_text(page->out, "columns\t0");
	put(page, say(page, "Tiền đã thu", "Money taken"));
	buf_text(page->out, "\t>6");
	put(page, say(page, "Lượt", "Times"));
	buf_text(page->out, "\t>15");
	put(page, say(page, "Theo sổ", "By the book"));
	buf_text(page->out, "\t>15");
	put(page, say(page, "Đếm được", "Counted"));
	buf_text(page->out, "\t>15");
	put(page, say(page, "Lệch", "Difference"));
	buf_byte(page->out, '\n');
	for (size_t i = 0; i < table_rows(part); i++) {
		int64_t book = table_cell(part, i, CASH_VND)->num;
		int64_t counted = MSEC_NONE;

		if (i < ARRAY_LEN(counted_tags))
			counted = rec_num(&page->latest.body, counted_tags[i]);
		buf_text(page->out, "row");
		put_cell(page, PART_CASH, i, CASH_METHOD);
		put_cell(page, PART_CASH, i, CASH_PAYMENTS);
		put(page, money(page, book, text));
		put(page, money(page, counted, text));
		put(page, money(page, counted == MSEC_NONE ? MSEC_NONE : counted - book, text));
		buf_byte(page->out, '\n');
	}
}

static int64_t differs(const struct rec *day)
{
	int64_t counted = rec_num(day, DAY_CASH_VND);

	return counted == MSEC_NONE ? 0 : counted - rec_num_or(day, DAY_EXPECTED_VND, 0);
}

/* "Đã chốt: lan, 16:55 24/11/2026; tiền mặt lệch 50.000 đ (tiền lẻ)." */
static enum rc add_closing(void *ctx, const struct row *row, struct err *err)
{
	struct page *page = ctx;
	msec at = rec_num_or(&row->body, DAY_CLOSED_AT, 0);
	char when[CLOCK_SHORT_TEXT], text[MONEY_TEXT];

	(void)err;
	buf_printf(&page->closings, "%s %s, %s", say(page, "Đã chốt:", "Closed by"),
		   rec_text(&row->body, DAY_CLOSED_BY), clock_format_short(at, when));
	if (differs(&row->body))
		buf_printf(&page->closings, "; %s %s", say(page, "tiền mặt LỆCH", "cash DIFFERS by"),
			   money(page, differs(&row->body), text));
	if (rec_has(&row->body, DAY_NOTE))
		buf_printf(&page->closings, " (%s)", rec_text(&row->body, DAY_NOTE));
	buf_text(&page->closings, "\n");
	if (!page->closed || at >= rec_num_or(&page->latest.body, DAY_CLOSED_AT, 0))
		rec_copy(&page->latest.body, &row->body);
	page->closed = true;
	return RC_OK;
}

static void put_closings(struct page *page, const char *unsent)
{
	struct buf line = BUF(8192);

	put_text(page, "n", 0,
		 *unsent ? unsent
			 : say(page, "Chưa ghi danh với trung tâm: dữ liệu chỉ ở máy này.",
			       "Not enrolled with a hub: data is on this PC only."));
	for (const char *at = buf_str(&page->closings); *at; at += strcspn(at, "\n") + 1) {
		buf_clear(&line);
		buf_add(&line, at, strcspn(at, "\n"));
		put_text(page, "b", 0, buf_str(&line));
	}
	if (!page->closed)
		put_text(page, "b", 0, say(page, "Chưa ai chốt ngày này.", "Nobody has closed this day."));
	buf_done(&line);
}

static bool same_what(const struct page *page, const struct table_part *part, size_t a, size_t b)
{
	return !strcmp(buf_str(&page->table.text) + table_cell(part, a, COL_WHAT)->num,
		       buf_str(&page->table.text) + table_cell(part, b, COL_WHAT)->num);
}

/* "H10.16-261124-0101  17:00 30/11/2026  Hộ tịch  lan" */
static void put_listed(struct page *page, size_t row)
{
	static const size_t columns[] = { LISTED_CODE, LISTED_DUE, LISTED_FIELD, LISTED_PERSON };
	struct buf line = BUF(8192), cell = BUF(4096);

	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		buf_clear(&cell);
		table_show(&page->table, &page->table.parts[PART_DOSSIERS], row, columns[i], page->app->lang, &cell);
		if (cell.len)
			buf_printf(&line, "%s%s", line.len ? "  " : "", buf_str(&cell));
	}
	put_text(page, "n", 2, buf_str(&line));
	buf_done(&line);
	buf_done(&cell);
}

/* Rows [from, to) are about one thing; `room` of them are written out. */
static void put_group(struct page *page, size_t from, size_t to, size_t room)
{
	struct buf text = BUF(4096);

	table_show(&page->table, &page->table.parts[PART_DOSSIERS], from, COL_WHAT, page->app->lang, &text);
	buf_printf(&text, ": %zu", to - from);
	put_text(page, "b", 0, buf_str(&text));
	for (size_t i = from; i < to && i < from + room; i++)
		put_listed(page, i);
	if (to - from > room) {
		buf_clear(&text);
		buf_printf(&text, page->app->lang == LANG_EN ? "... and %zu more" : "... và %zu hồ sơ nữa",
			   to - from - room);
		put_text(page, "n", 2, buf_str(&text));
	}
	buf_done(&text);
}

/* Every group gets its share of the sheet; what one does not need is the others'. */
static void put_groups(struct page *page)
{
	const struct table_part *part = &page->table.parts[PART_DOSSIERS];
	size_t rows = table_rows(part), groups = 0, left = LIST_LINES, to;

	for (size_t i = 0; i < rows; i++)
		groups += !i || !same_what(page, part, i - 1, i);
	for (size_t from = 0; from < rows; from = to, groups--) {
		size_t share = left / groups, room;

		for (to = from + 1; to < rows && same_what(page, part, from, to); to++)
			;
		room = to - from + 1 <= share ? to - from : share > 2 ? share - 2 : 1;
		put_group(page, from, to, room);
		left -= left < room + 2 ? left : room + 2;
	}
}

static void put_head(struct page *page, dayno date)
{
	char text[CLOCK_DATE_TEXT];
	struct buf title = BUF(4096), upper = BUF(4096);

	buf_printf(&title, "%s %s, %s", say(page, "Cuối ngày", "End of day"),
		   words_in(&clock_weekdays[dayno_weekday(date)], page->app->lang), clock_format_dmy(date, text));
	utf8_upper(buf_str(&title), &upper);
	buf_text(page->out, "center\tb");
	put(page, buf_str(&upper));
	buf_clear(&title);
	buf_printf(&title, "%s (%s)", page->app->unit_name, page->app->unit);
	buf_text(page->out, "\ncenter\tn");
	put(page, buf_str(&title));
	buf_text(page->out, "\ngap\t1\n");
	buf_done(&title);
	buf_done(&upper);
}

static void put_signatures(struct page *page)
{
	buf_text(page->out, "gap\t1\ntwo\tb");
	put(page, say(page, "NGƯỜI CHỐT", "CLOSED BY"));
	buf_text(page->out, "\tb");
	put(page, say(page, "NGƯỜI NHẬN TIỀN", "MONEY TAKEN OVER BY"));
	buf_text(page->out, "\ngap\t3\ntwo\tn");
	put(page, rec_text(&page->latest.body, DAY_CLOSED_BY));
	buf_text(page->out, "\tn\t\n");
}

static enum rc fill(struct page *page, dayno date, struct err *err)
{
	struct report_query query = { "day", { PERIOD_RANGE, 0, 0, date, date }, MSEC_NONE };
	char text[CLOCK_DATE_TEXT];
	enum rc rc = report_run(page->app, &query, &page->table, err);

	if (!rc)
		rc = row_walk_prefix(page->app->db, REC_DAY, clock_format_date(date, text), add_closing, page, err);
	return rc;
}

enum rc day_page(struct app *app, dayno date, const char *unsent, bool for_hand, struct buf *lines, struct err *err)
{
	struct page page = { .app = app, .out = lines, .closings = BUF(1 << 20) };
	enum rc rc;

	table_init(&page.table);
	row_init(&page.latest);
	rc = fill(&page, date, err);
	if (!rc) {
		buf_text(lines, "motcua-paper\t1\tA4\n");
		if (for_hand)
			put_head(&page, date);
		put_closings(&page, unsent);
		put_counts(&page);
		put_drawer(&page);
		put_groups(&page);
		if (for_hand)
			put_signatures(&page);
		buf_text(lines, "end\n");
	}
	row_done(&page.latest);
	table_done(&page.table);
	buf_done(&page.closings);
	return rc;
}
