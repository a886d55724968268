#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/ratio.h"
#include "tests/unit/case.h"

static const struct {
	const char *what;
	int64_t numerator, denominator, half_up, truncated; /* -1: no share */
} shares[] = {
	{ "nothing of nothing", 0, 0, -1, -1 },
	{ "nothing of one", 0, 1, 0, 0 },
	{ "all", 7, 7, 10000, 10000 },
	{ "seed 002 cut off, 32.6095", 326095, 1000000, 3261, 3260 },
	{ "seed 002 cut off, 99.9576", 999576, 1000000, 9996, 9995 },
	{ "just below the half", 1234549, 10000000, 1235, 1234 },
	{ "exactly the half goes up", 123450, 1000000, 1235, 1234 },
	{ "exactly half a hundredth", 1, 20000, 1, 0 },
	{ "a hair below half a hundredth", 49999, 1000000000, 0, 0 },
	{ "Binh Hung on time", 4605, 5105, 9021, 9020 },
	{ "a third", 1, 3, 3333, 3333 },
	{ "two thirds", 2, 3, 6667, 6666 },
	{ "more than all", 3, 2, 15000, 15000 },
	{ "very large", INT64_MAX / 2, INT64_MAX, 5000, 5000 },
};

static void shares_are_rounded(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		struct ratio ratio = { shares[i].numerator, shares[i].denominator };
		int64_t percent = -1;

		case_name(shares[i].what);
		assert_int_equal(ratio_percent(ratio, false, &percent), shares[i].half_up >= 0);
		if (shares[i].numerator < INT64_MAX / 4)
			assert_int_equal(percent, shares[i].half_up);
		else
			assert_in_range(percent, 4999, 5000);
		percent = -1;
		assert_int_equal(ratio_percent(ratio, true, &percent), shares[i].truncated >= 0);
		if (shares[i].numerator < INT64_MAX / 4)
			assert_int_equal(percent, shares[i].truncated);
	}
}

static const struct {
	const char *what;
	int64_t numerator, denominator, target;
	bool met;
} targets[] = {
	{ "exactly met", 1, 2, 50000000, true },
	{ "one short", 4999, 10000, 50000000, false },
	{ "not by rounding", 99996, 100000, 100000000, false },
	{ "a fraction, met", 995, 1000, 99500000, true },
	{ "a fraction, missed", 994, 1000, 99500000, false },
	{ "a millionth short", 50000000, 100000000, 50000001, false },
	{ "nothing to divide by", 0, 0, 0, false },
	{ "zero target", 0, 5, 0, true },
	{ "impossible target", 5, 5, INT64_MAX, false },
};

static void targets_are_exact(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		struct ratio ratio = { targets[i].numerator, targets[i].denominator };

		case_name(targets[i].what);
		assert_int_equal(ratio_meets(ratio, targets[i].target), targets[i].met);
	}
}

static const struct {
	const char *what;
	const char *(*figure)(int64_t, enum lang, char *);
	int64_t value;
	const char *vi, *en;
} figures[] = {
	{ "thousands", figure_int, 5105, "5.105", "5,105" },
	{ "three digits", figure_int, 999, "999", "999" },
	{ "millions", figure_int, 1234567, "1.234.567", "1,234,567" },
	{ "zero", figure_int, 0, "0", "0" },
	{ "below zero", figure_int, -1000, "-1.000", "-1,000" },
	{ "the least", figure_int, INT64_MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808" },
	{ "percent", figure_percent, 9021, "90,21%", "90.21%" },
	{ "whole percent", figure_percent, 10000, "100,00%", "100.00%" },
	{ "small percent", figure_percent, 5, "0,05%", "0.05%" },
	{ "decimal", figure_decimal, 12500000, "12,5", "12.5" },
	{ "whole decimal", figure_decimal, INT64_C(11809000000), "11.809", "11,809" },
	{ "a millionth", figure_decimal, 1, "0,000001", "0.000001" },
	{ "below zero", figure_decimal, -1500000, "-1,5", "-1.5" },
};

static void figures_are_read_here(void **state)
{
	char out[FIGURE_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		case_name(figures[i].what);
		assert_string_equal(figures[i].figure(figures[i].value, LANG_VI, out), figures[i].vi);
		assert_string_equal(figures[i].figure(figures[i].value, LANG_EN, out), figures[i].en);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_rounded),
		cmocka_unit_test(targets_are_exact),
		cmocka_unit_test(figures_are_read_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
