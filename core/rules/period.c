#include "core/rules/period.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2999 };

/*
 * How each kind is written after the year, and how many months it holds. The nth of a kind
 * ends with month n * months; `most` 0 means there is one and it bears no number.
 */
static const struct form {
	enum period_kind kind;
	const char *mark;
	int most, months;
} forms[] = {
	{ PERIOD_YEAR, "", 0, 12 },	{ PERIOD_HALF, "-H", 2, 6 },   { PERIOD_NINE_MONTHS, "-9M", 0, 9 },
	{ PERIOD_QUARTER, "-Q", 4, 3 }, { PERIOD_MONTH, "-M", 12, 1 },
};

/* One or two digits that are the whole of `text`: 1 to `most`; 0 when they are not. */
static int read_number(const char *text, int most)
{
	size_t len = strspn(text, "0123456789");
	int value;

	if (len < 1 || len > 2 || text[len])
		return 0;
	value = len == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
	return value <= most ? value : 0;
}

/* Which of its kind `text` (what follows the year) names; 0 when it is not written so. */
static int read_form(const struct form *form, const char *text)
{
	size_t mark = strlen(form->mark);

	if (strncmp(text, form->mark, mark) != 0)
		return 0;
	if (form->most)
		return read_number(text + mark, form->most);
	return text[mark] ? 0 : 1;
}

/* When month 1 .. 13 of `year` opens in reports: the 15th of the month before. */
static dayno opens(int year, int month)
{
	dayno day = DAYNO_NONE;

	if (month == 1)
		return dayno_from_ymd(year - 1, 12, 15, &day) ? day : DAYNO_NONE;
	return dayno_from_ymd(year, month - 1, 15, &day) ? day : DAYNO_NONE;
}

enum rc period_parse(const char *text, struct period *out, struct err *err)
{
	int year = 0;

	if (strspn(text, "0123456789") != 4)
		goto bad;
	for (int i = 0; i < 4; i++)
		year = year * 10 + (text[i] - '0');
	if (year < YEAR_FIRST || year > YEAR_LAST)
		goto bad;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		const struct form *form = &forms[i];
		int number = read_form(form, text + 4);

		if (!number)
			continue;
		out->kind = form->kind;
		out->year = year;
		out->number = form->most ? number : 0;
		out->from = opens(year, (number - 1) * form->months + 1);
		out->to = opens(year, number * form->months + 1) - 1;
		return RC_OK;
	}
bad:
	return err_field(err, "period", "kỳ báo cáo viết như 2024, 2024-Q3, 2024-H1, 2024-9M hoặc 2024-M10",
			 "a period is written like 2024, 2024-Q3, 2024-H1, 2024-9M or 2024-M10");
}

/* A date of a range; the error names which end. */
static enum rc read_end(const char *text, const char *field, dayno *out, struct err *err)
{
	if (clock_parse_date(text, out, err))
		return err_field(err, field, "ngày phải có thật và viết như 2024-10-25",
				 "a date must exist and is written like 2024-10-25");
	return RC_OK;
}

enum rc period_range(const char *from, const char *to, struct period *out, struct err *err)
{
	struct period range = { .kind = PERIOD_RANGE };
	enum rc rc = read_end(from, "from", &range.from, err);

	if (!rc)
		rc = read_end(to, "to", &range.to, err);
	if (rc)
		return rc;
	if (range.to < range.from)
		return err_field(err, "to", "ngày cuối kỳ phải không trước ngày đầu kỳ",
				 "the last day is not before the first");
	range.year = dayno_civil(range.to).year;
	*out = range;
	return RC_OK;
}

enum rc period_choose(const char *period, const char *from, const char *to, struct period *out,
		      struct err *err)
{
	if (period && !from && !to)
		return period_parse(period, out, err);
	if (!period && from && to)
		return period_range(from, to, out, err);
	return err_set(err, RC_USAGE, "cần --period KỲ, hoặc cả --from NGÀY và --to NGÀY",
		       "give --period PERIOD, or both --from DATE and --to DATE");
}

/* The words before the year: "Quý III năm ", "Quarter 3 of ". */
static const struct words *words_before_year(const struct period *p)
{
	static const struct words year = T("Năm ", "Year ");
	static const struct words nine = T("9 tháng năm ", "Nine months of ");
	static const struct words halves[] = {
		T("6 tháng đầu năm ", "First half of "),
		T("6 tháng cuối năm ", "Second half of "),
	};
	static const struct words quarters[] = {
		T("Quý I năm ", "Quarter 1 of "),
		T("Quý II năm ", "Quarter 2 of "),
		T("Quý III năm ", "Quarter 3 of "),
		T("Quý IV năm ", "Quarter 4 of "),
	};
	static const struct words months[] = {
		T("Tháng 1 năm ", "January "),	 T("Tháng 2 năm ", "February "),
		T("Tháng 3 năm ", "March "),	 T("Tháng 4 năm ", "April "),
		T("Tháng 5 năm ", "May "),	 T("Tháng 6 năm ", "June "),
		T("Tháng 7 năm ", "July "),	 T("Tháng 8 năm ", "August "),
		T("Tháng 9 năm ", "September "), T("Tháng 10 năm ", "October "),
		T("Tháng 11 năm ", "November "), T("Tháng 12 năm ", "December "),
	};

	switch (p->kind) {
	case PERIOD_HALF:
		return &halves[p->number - 1];
	case PERIOD_NINE_MONTHS:
		return &nine;
	case PERIOD_QUARTER:
		return &quarters[p->number - 1];
	case PERIOD_MONTH:
		return &months[p->number - 1];
	default:
		return &year;
	}
}

const char *period_label(const struct period *period, enum lang lang, char out[PERIOD_TEXT])
{
	char from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT];

	if (period->kind == PERIOD_RANGE)
		snprintf(out, PERIOD_TEXT, "%s - %s", clock_format_dmy(period->from, from),
			 clock_format_dmy(period->to, to));
	else
		snprintf(out, PERIOD_TEXT, "%s%d", words_in(words_before_year(period), lang), period->year);
	return out;
}

msec period_end(const struct period *period)
{
	return dayno_start(period->to) + DAY_MS;
}
