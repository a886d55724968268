/* periods.c - see periods.h. */
#include "tui/periods.h"

#include <stdio.h>
#include <string.h>

#include "core/app.h"
#include "tui/ask.h"
#include "tui/words.h"

enum { YEAR_LEAST = 1900, YEAR_MOST = 2999 };

/* How many of a kind a year has, and how the nth is written. */
static int of_year(enum period_kind kind, const char **mark)
{
	switch (kind) {
	case PERIOD_HALF:
		*mark = "-H";
		return 2;
	case PERIOD_QUARTER:
		*mark = "-Q";
		return 4;
	case PERIOD_MONTH:
		*mark = "-M";
		return 12;
	case PERIOD_NINE_MONTHS:
		*mark = "-9M";
		return 1;
	default:
		*mark = "";
		return 1;
	}
}

static bool period_of(enum period_kind kind, int year, int number, struct period *out)
{
	const char *mark;
	char text[32];
	int most = of_year(kind, &mark);

	if (most > 1)
		snprintf(text, sizeof(text), "%04d%s%d", year, mark, number);
	else
		snprintf(text, sizeof(text), "%04d%s", year, mark);
	return period_parse(text, out, NULL) == RC_OK;
}

void period_holding(enum period_kind kind, dayno day, struct period *out)
{
	int year = dayno_civil(day).year, most;
	const char *mark;
	struct period whole;

	if (period_of(PERIOD_YEAR, year, 0, &whole) && day > whole.to)
		year++;
	most = of_year(kind, &mark);
	for (int number = 1; number <= most; number++)
		if (period_of(kind, year, number, out) && (day <= out->to || number == most))
			return;
}

void period_step(struct period *period, int step)
{
	const char *mark;
	struct period next = *period;
	int most = of_year(period->kind, &mark), number = period->number + step, year = period->year;

	if (period->kind == PERIOD_RANGE) {
		dayno days = period->to - period->from + 1;

		period->from += step * days;
		period->to += step * days;
		return;
	}
	if (most == 1 || number < 1 || number > most) {
		year += step;
		number = number < 1 ? most : 1;
	}
	if (year >= YEAR_LEAST && year <= YEAR_MOST && period_of(period->kind, year, number, &next))
		*period = next;
}

const char *period_words(const struct period *period, enum lang lang, char *out, size_t size)
{
	char label[PERIOD_TEXT], from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT];

	period_label(period, lang, label);
	if (period->kind == PERIOD_RANGE)
		snprintf(out, size, "%s", label);
	else
		snprintf(out, size, "%s (%s - %s)", label, clock_format_dmy(period->from, from),
			 clock_format_dmy(period->to, to));
	return out;
}

struct range {
	dayno today;
	struct period *period;
};

static enum rc take_range(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct range *range = ctx;
	dayno from, to;
	enum rc rc = words_read_date(form_text(form, "from"), range->today, &from, err);

	(void)ui;
	if (rc)
		return err_field(err, "from", "Ghi ngày đầu, ví dụ 010125.",
				 "Give the first day, such as 010125.");
	if (words_read_date(form_text(form, "to"), range->today, &to, err))
		return err_field(err, "to", "Ghi ngày cuối, ví dụ 310125.",
				 "Give the last day, such as 310125.");
	if (to < from)
		return err_field(err, "to", "Ngày cuối đứng trước ngày đầu.",
				 "The last day is before the first.");
	*range->period = (struct period){ .kind = PERIOD_RANGE, .from = from, .to = to };
	return RC_OK;
}

static bool ask_range(struct ui *ui, struct period *period)
{
	static const struct form_row rows[] = {
		{ "from", W_DATE, T("Từ ngày", "From"), T("010125 hoặc 1/1/2025", "010125 or 1/1/2025"), 12,
		  12 },
		{ "to", W_DATE, T("Đến ngày", "To"), T("tính cả ngày này", "this day too"), 12, 12 },
	};
	static const struct words title = T("Từ ngày đến ngày", "From day to day");
	struct range range = { dayno_of(clock_now()), period };
	char day[CLOCK_DATE_TEXT];
	struct form form;
	bool taken;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	form_put(&form, "from", clock_format_dmy(period->from, day));
	form_put(&form, "to", clock_format_dmy(period->to, day));
	taken = ask_form(ui, &title, "", &form, take_range, &range);
	form_done(&form);
	return taken;
}

static enum rc take_known(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	msec *known = ctx;
	const char *text = form_text(form, "known");

	*known = MSEC_NONE;
	if (!*text)
		return RC_OK;
	if (words_read_time(text, dayno_of(app_now(ui->app)), (int32_t)(DAY_MS - 1), known, err) == RC_OK)
		return RC_OK;
	return err_field(err, "known", "Ghi ngày, hoặc ngày giờ; để trống để tính tất cả.",
			 "Give a day, or a day and time; empty for everything.");
}

/* Figures as they would have been given at some moment, before later entries. */
static bool ask_known(struct ui *ui, msec *known)
{
	static const struct form_row rows[] = {
		{ "known", W_TIME, T("Đã ghi đến", "Recorded by"), T("để trống: tất cả", "empty: everything"),
		  20, 30 },
	};
	static const struct words title =
		T("Chỉ tính những gì đã ghi đến lúc ấy", "Only what was recorded by then");
	struct form form;
	bool taken;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	taken = ask_form(ui, &title, "", &form, take_known, known);
	form_done(&form);
	return taken;
}

bool period_ask(struct ui *ui, struct period *period, msec *known)
{
	static const enum period_kind kinds[] = { PERIOD_MONTH,	      PERIOD_QUARTER, PERIOD_HALF,
						  PERIOD_NINE_MONTHS, PERIOD_YEAR,    PERIOD_RANGE };
	static const struct words answers[] = {
		T("Tháng", "Month"),
		T("Quý", "Quarter"),
		T("Sáu tháng", "Half a year"),
		T("Chín tháng", "Nine months"),
		T("Năm", "Year"),
		T("Từ ngày đến ngày", "From day to day"),
		T("Như đã ghi đến một lúc nào đó", "As recorded by some moment"),
	};
	static const struct words title = T("Kỳ báo cáo", "Period");
	size_t at = 0;
	int chosen;

	while (at + 1 < ARRAY_LEN(kinds) && kinds[at] != period->kind)
		at++;
	chosen = ask_choice(ui, &title,
			    UI_T(ui, "Tháng tính từ ngày 15 tháng trước đến ngày 14.",
				 "A month runs from the 15th of the one before to the 14th."),
			    answers, ARRAY_LEN(kinds) + (known ? 1 : 0), at);
	if (chosen < 0)
		return false;
	if ((size_t)chosen == ARRAY_LEN(kinds))
		return ask_known(ui, known);
	if (kinds[chosen] == PERIOD_RANGE)
		return ask_range(ui, period);
	period_holding(kinds[chosen], period->to, period);
	return true;
}
