#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/code.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"

static const struct {
	const char *text, *unit, *day; /* unit NULL: refused */
	uint32_t ordinal;
} codes[] = {
	{ "H11.25-241025-0101", "H11.25", "2024-10-25", 101 },
	{ "H56.12.34-261120-0007", "H56.12.34", "2026-11-20", 7 },
	{ "000.34.12.H56-261120-0007", "000.34.12.H56", "2026-11-20", 7 },
	{ "H-000229-000000", "H", "2000-02-29", 0 },
	{ "ABCD.1234.EFGH.5678-991231-999999", "ABCD.1234.EFGH.5678", "2099-12-31", 999999 },
	{ "H11.25-240229-12345", "H11.25", "2024-02-29", 12345 },
	{ "H11.25-230229-0101", NULL, NULL, 0 },
	{ "H11.25-241301-0101", NULL, NULL, 0 },
	{ "H11.25-240001-0101", NULL, NULL, 0 },
	{ "H11.25-240100-0101", NULL, NULL, 0 },
	{ "H11.25-240431-0101", NULL, NULL, 0 },
	{ "H11.25-24102-0101", NULL, NULL, 0 },
	{ "H11.25-2410255-0101", NULL, NULL, 0 },
	{ "H11.25-241025-101", NULL, NULL, 0 },
	{ "H11.25-241025-0101010", NULL, NULL, 0 },
	{ "H11.25-241025-0101 ", NULL, NULL, 0 },
	{ " H11.25-241025-0101", NULL, NULL, 0 },
	{ "H11.25-241025-01a1", NULL, NULL, 0 },
	{ "H11.25-241025", NULL, NULL, 0 },
	{ "H11.25-241025-", NULL, NULL, 0 },
	{ "h11.25-241025-0101", NULL, NULL, 0 },
	{ "H1125X-241025-0101", NULL, NULL, 0 },
	{ "H11..25-241025-0101", NULL, NULL, 0 },
	{ ".H11-241025-0101", NULL, NULL, 0 },
	{ "H11.-241025-0101", NULL, NULL, 0 },
	{ "A.B.C.D.E-241025-0101", NULL, NULL, 0 },
	{ "Đ11.25-241025-0101", NULL, NULL, 0 },
	{ "-241025-0101", NULL, NULL, 0 },
	{ "H11.25_241025_0101", NULL, NULL, 0 },
	{ "", NULL, NULL, 0 },
};

static void codes_are_taken_apart_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct code_parts parts = { "?", 0, 42 };
		struct err err = { 0 };
		enum rc rc = code_parse(codes[i].text, &parts, &err);

		case_name(codes[i].text);
		assert_int_equal(rc, codes[i].unit ? RC_OK : RC_INPUT);
		if (!codes[i].unit) {
			assert_string_equal(err.field, "code");
			assert_string_equal(parts.unit, "?");
			continue;
		}
		assert_string_equal(parts.unit, codes[i].unit);
		assert_int_equal(parts.day, on(codes[i].day));
		assert_int_equal(parts.ordinal, codes[i].ordinal);
	}
}

static void codes_are_put_together(void **state)
{
	struct code_parts parts = { "H11.25", on("2024-10-25"), 101 };
	char text[CODE_TEXT];

	(void)state;
	assert_int_equal(code_build(&parts, text, NULL), RC_OK);
	assert_string_equal(text, "H11.25-241025-0101");
	parts.ordinal = 10100;
	assert_int_equal(code_build(&parts, text, NULL), RC_OK);
	assert_string_equal(text, "H11.25-241025-10100");
	parts = (struct code_parts){ "ABCD.1234.EFGH.5678", on("2099-12-31"), 999999 };
	assert_int_equal(code_build(&parts, text, NULL), RC_OK);
	assert_string_equal(text, "ABCD.1234.EFGH.5678-991231-999999");
	parts.ordinal = 1000000;
	assert_int_equal(code_build(&parts, text, NULL), RC_INPUT);
	parts.ordinal = 0;
	assert_int_equal(code_build(&parts, text, NULL), RC_INPUT);
	parts = (struct code_parts){ "H11.25", on("2100-01-01"), 101 };
	assert_int_equal(code_build(&parts, text, NULL), RC_INPUT);
	parts = (struct code_parts){ "h11", on("2024-10-25"), 101 };
	assert_int_equal(code_build(&parts, text, NULL), RC_INPUT);
	assert_true(code_unit_valid("H11.25") && code_unit_valid("1"));
	assert_false(code_unit_valid("") || code_unit_valid("H11.25-") || code_unit_valid("H11.25.1.2.3"));
}

static const struct {
	const char *what;
	struct code_block block;
	uint32_t last, next; /* next 0: full */
} nexts[] = {
	{ "the first of slot 1", { 1, 1, false }, 0, 101 },
	{ "the second", { 1, 1, false }, 101, 102 },
	{ "the last of the small block", { 1, 1, false }, 198, 199 },
	{ "then the large block", { 1, 1, false }, 199, 10100 },
	{ "on in the large block", { 1, 1, false }, 10100, 10101 },
	{ "the very last", { 1, 1, false }, 19998, 19999 },
	{ "and no more", { 1, 1, false }, 19999, 0 },
	{ "slot 42", { 42, 1, false }, 0, 4201 },
	{ "slot 42, large", { 42, 1, false }, 4299, 420100 },
	{ "slot 99", { 99, 3, false }, 0, 9901 },
	{ "slot 99, the very last", { 99, 3, false }, 999998, 999999 },
	{ "slot 99, no more", { 99, 3, false }, 999999, 0 },
	{ "the day of a restore", { 1, 2, true }, 0, 12100 },
	{ "does not go back below", { 1, 2, true }, 150, 12100 },
	{ "nor into the large block below", { 1, 2, true }, 10150, 12100 },
	{ "and goes on", { 1, 2, true }, 12100, 12101 },
	{ "into the next thousand", { 1, 2, true }, 12999, 13000 },
	{ "restored again", { 1, 3, true }, 12105, 13100 },
	{ "the ninth epoch", { 7, 9, true }, 0, 79100 },
	{ "the tenth comes round", { 7, 10, true }, 0, 70100 },
	{ "the day after a restore", { 1, 2, false }, 0, 101 },
	{ "another slot's number is not ours", { 1, 1, false }, 205, 101 },
};

static void each_slot_has_its_own_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nexts); i++) {
		uint32_t next = 42;
		struct err err = { 0 };
		enum rc rc = code_next(&nexts[i].block, nexts[i].last, NULL, NULL, &next, &err);

		case_name(nexts[i].what);
		assert_int_equal(rc, nexts[i].next ? RC_OK : RC_FULL);
		assert_int_equal(next, nexts[i].next ? nexts[i].next : 42);
		if (!rc)
			assert_int_equal(code_slot(next), nexts[i].block.slot);
	}
}

static void there_is_no_slot_0_or_100(void **state)
{
	const struct code_block none = { 0, 1, false }, past = { 100, 1, false };
	uint32_t next;

	(void)state;
	assert_int_equal(code_next(&none, 0, NULL, NULL, &next, NULL), RC_INPUT);
	assert_int_equal(code_next(&past, 0, NULL, NULL, &next, NULL), RC_INPUT);
}

/* The set of ordinals present, as a bit each. */
static bool present(void *ctx, uint32_t ordinal)
{
	return ((bool *)ctx)[ordinal];
}

static void numbers_present_are_skipped_and_none_is_shared(void **state)
{
	static bool taken[1000000];
	const struct code_block block = { 1, 1, false }, other = { 2, 1, false }, restored = { 1, 2, true };
	uint32_t next = 0, count = 0;

	(void)state;
	taken[101] = taken[102] = taken[104] = true;
	assert_int_equal(code_next(&block, 0, present, taken, &next, NULL), RC_OK);
	assert_int_equal(next, 103);
	assert_int_equal(code_next(&block, 103, present, taken, &next, NULL), RC_OK);
	assert_int_equal(next, 105);
	for (uint32_t i = 101; i < 200; i++)
		taken[i] = true;
	taken[10100] = true;
	assert_int_equal(code_next(&block, 0, present, taken, &next, NULL), RC_OK);
	assert_int_equal(next, 10101);
	taken[12100] = true;
	assert_int_equal(code_next(&restored, 0, present, taken, &next, NULL), RC_OK);
	assert_int_equal(next, 12101);

	memset(taken, 0, sizeof(taken));
	for (next = 0; !code_next(&block, next, present, taken, &next, NULL); count++) {
		assert_false(taken[next]);
		taken[next] = true;
	}
	assert_int_equal(count, 99 + 9900);
	for (next = 0; !code_next(&other, next, present, taken, &next, NULL); count++) {
		assert_false(taken[next]);
		taken[next] = true;
	}
	assert_int_equal(count, 2 * (99 + 9900));
	assert_int_equal(code_next(&block, 0, present, taken, &next, NULL), RC_FULL);
}

static void an_ordinal_tells_its_slot(void **state)
{
	(void)state;
	assert_int_equal(code_slot(0), 0);
	assert_int_equal(code_slot(7), 0);
	assert_int_equal(code_slot(100), 0);
	assert_int_equal(code_slot(101), 1);
	assert_int_equal(code_slot(200), 0);
	assert_int_equal(code_slot(9999), 99);
	assert_int_equal(code_slot(10099), 0);
	assert_int_equal(code_slot(10100), 1);
	assert_int_equal(code_slot(420100), 42);
	assert_int_equal(code_slot(1000100), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_taken_apart_or_refused),
		cmocka_unit_test(codes_are_put_together),
		cmocka_unit_test(each_slot_has_its_own_numbers),
		cmocka_unit_test(there_is_no_slot_0_or_100),
		cmocka_unit_test(numbers_present_are_skipped_and_none_is_shared),
		cmocka_unit_test(an_ordinal_tells_its_slot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
