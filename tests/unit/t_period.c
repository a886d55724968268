#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/period.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"

static const struct {
	const char *text, *from, *to, *vi, *en; /* from NULL: refused */
} periods[] = {
	{ "2024", "2023-12-15", "2024-12-14", "Năm 2024", "Year 2024" },
	{ "2024-Q1", "2023-12-15", "2024-03-14", "Quý I năm 2024", "Quarter 1 of 2024" },
	{ "2024-Q2", "2024-03-15", "2024-06-14", "Quý II năm 2024", "Quarter 2 of 2024" },
	{ "2024-Q3", "2024-06-15", "2024-09-14", "Quý III năm 2024", "Quarter 3 of 2024" },
	{ "2024-Q4", "2024-09-15", "2024-12-14", "Quý IV năm 2024", "Quarter 4 of 2024" },
	{ "2024-H1", "2023-12-15", "2024-06-14", "6 tháng đầu năm 2024", "First half of 2024" },
	{ "2024-H2", "2024-06-15", "2024-12-14", "6 tháng cuối năm 2024", "Second half of 2024" },
	{ "2024-9M", "2023-12-15", "2024-09-14", "9 tháng năm 2024", "Nine months of 2024" },
	{ "2024-M1", "2023-12-15", "2024-01-14", "Tháng 1 năm 2024", "January 2024" },
	{ "2024-M01", "2023-12-15", "2024-01-14", "Tháng 1 năm 2024", "January 2024" },
	{ "2024-M03", "2024-02-15", "2024-03-14", "Tháng 3 năm 2024", "March 2024" },
	{ "2024-M10", "2024-09-15", "2024-10-14", "Tháng 10 năm 2024", "October 2024" },
	{ "2024-M12", "2024-11-15", "2024-12-14", "Tháng 12 năm 2024", "December 2024" },
	{ "2024-M0", NULL, NULL, NULL, NULL },
	{ "2024-M13", NULL, NULL, NULL, NULL },
	{ "2024-M001", NULL, NULL, NULL, NULL },
	{ "2024-M", NULL, NULL, NULL, NULL },
	{ "2024-Q0", NULL, NULL, NULL, NULL },
	{ "2024-Q5", NULL, NULL, NULL, NULL },
	{ "2024-Q3x", NULL, NULL, NULL, NULL },
	{ "2024-H3", NULL, NULL, NULL, NULL },
	{ "2024-9", NULL, NULL, NULL, NULL },
	{ "2024-6M", NULL, NULL, NULL, NULL },
	{ "2024-9M1", NULL, NULL, NULL, NULL },
	{ "2024-", NULL, NULL, NULL, NULL },
	{ "2024-10", NULL, NULL, NULL, NULL },
	{ "24", NULL, NULL, NULL, NULL },
	{ "20245", NULL, NULL, NULL, NULL },
	{ "1899", NULL, NULL, NULL, NULL },
	{ "3000", NULL, NULL, NULL, NULL },
	{ "2024-q3", NULL, NULL, NULL, NULL },
	{ " 2024", NULL, NULL, NULL, NULL },
	{ "", NULL, NULL, NULL, NULL },
};

static void periods_end_on_the_fourteenth(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(periods); i++) {
		struct period period = { .year = 42 };
		struct err err = { 0 };
		char label[PERIOD_TEXT];
		enum rc rc = period_parse(periods[i].text, &period, &err);

		case_name(periods[i].text);
		assert_int_equal(rc, periods[i].from ? RC_OK : RC_INPUT);
		if (!periods[i].from) {
			assert_string_equal(err.field, "period");
			assert_int_equal(period.year, 42);
			continue;
		}
		assert_int_equal(period.from, on(periods[i].from));
		assert_int_equal(period.to, on(periods[i].to));
		assert_string_equal(period_label(&period, LANG_VI, label), periods[i].vi);
		assert_string_equal(period_label(&period, LANG_EN, label), periods[i].en);
	}
}

/* Twelve months, four quarters, two halves: each day of a year in exactly one. */
static void parts_of_a_year_cover_it(void **state)
{
	static const char *const parts[][12] = {
		{ "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12" },
		{ "Q1", "Q2", "Q3", "Q4" },
		{ "H1", "H2" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct period year, part = { .to = on("2023-12-14") };

		assert_int_equal(period_parse("2024", &year, NULL), RC_OK);
		for (size_t k = 0; k < 12 && parts[i][k]; k++) {
			char text[16];
			dayno before = part.to;

			snprintf(text, sizeof(text), "2024-%s", parts[i][k]);
			assert_int_equal(period_parse(text, &part, NULL), RC_OK);
			assert_int_equal(part.from, before + 1);
		}
		assert_int_equal(part.to, year.to);
	}
}

static const struct {
	const char *from, *to, *field; /* field NULL: good */
} ranges[] = {
	{ "2024-01-01", "2024-05-22", NULL }, { "2024-01-01", "2024-01-01", NULL },
	{ "2024-01-02", "2024-01-01", "to" }, { "2024-02-30", "2024-05-22", "from" },
	{ "2024-01-01", "2024-13-01", "to" }, { "01/01/2024", "2024-05-22", "from" },
	{ "2024-01-01", "", "to" },	      { "2024-01-01T00:00:00+07:00", "2024-05-22", "from" },
};

static void free_ranges_are_read_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
		struct period period = { .year = 42 };
		struct err err = { 0 };
		enum rc rc = period_range(ranges[i].from, ranges[i].to, &period, &err);

		case_name(ranges[i].to);
		if (ranges[i].field) {
			assert_int_equal(rc, RC_INPUT);
			assert_string_equal(err.field, ranges[i].field);
			assert_int_equal(period.year, 42);
			continue;
		}
		assert_int_equal(rc, RC_OK);
		assert_true(period.from == on(ranges[i].from) && period.to == on(ranges[i].to));
	}
}

static void a_report_takes_a_period_or_both_ends(void **state)
{
	struct period period;
	char label[PERIOD_TEXT];

	(void)state;
	assert_int_equal(period_choose("2024-Q3", NULL, NULL, &period, NULL), RC_OK);
	assert_int_equal(period.kind, PERIOD_QUARTER);
	assert_int_equal(period_choose(NULL, "2024-01-01", "2024-05-22", &period, NULL), RC_OK);
	assert_int_equal(period.kind, PERIOD_RANGE);
	assert_string_equal(period_label(&period, LANG_VI, label), "01/01/2024 - 22/05/2024");
	assert_int_equal(period_end(&period), at("2024-05-23 00:00"));
	assert_int_equal(period_choose(NULL, NULL, NULL, &period, NULL), RC_USAGE);
	assert_int_equal(period_choose(NULL, "2024-01-01", NULL, &period, NULL), RC_USAGE);
	assert_int_equal(period_choose("2024", "2024-01-01", "2024-05-22", &period, NULL), RC_USAGE);
	assert_int_equal(period_choose("2024-Q9", NULL, NULL, &period, NULL), RC_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_end_on_the_fourteenth),
		cmocka_unit_test(parts_of_a_year_cover_it),
		cmocka_unit_test(free_ranges_are_read_or_refused),
		cmocka_unit_test(a_report_takes_a_period_or_both_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
