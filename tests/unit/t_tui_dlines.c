/* t_tui_dlines.c - lists of dossiers: Vietnamese order, and what stays when they are read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tui/dlines.h"

static const struct {
	const char *code, *name, *field;
	msec received;
} dossiers[] = {
	{ "H11.25-241025-0101", "Nguyễn Văn Ý", "Đất đai", 500 },    { "H11.25-241025-0102", "Lê Thị Ẩn", "Cư trú", 400 },
	{ "H11.25-241025-0103", "Trần Văn Đức", "Xây dựng", 300 },   { "H11.25-241025-0104", "Phạm Thị Dung", "Hộ tịch", 200 },
	{ "H11.25-241025-0105", "Võ Thị Ân", "Chứng thực", 100 },    { "H11.25-241025-0106", "Đinh Văn An", "Đất đai", 600 },
};

/* Those of the digits in `which`, in that order, as a query would give them. */
static void give(struct dlines *lines, const char *which)
{
	dlines_clear(lines);
	for (; *which; which++) {
		size_t i = (size_t)(*which - '1');
		struct query_line line = { .code = dossiers[i].code, .name = dossiers[i].name, .procedure = "Thủ tục",
					   .procedure_code = "1", .field_name = dossiers[i].field, .why = "",
					   .received_at = dossiers[i].received, .due_at = MSEC_NONE,
					   .state = STATE_RECEIVED };

		assert_int_equal(dlines_add(lines, &line, NULL), RC_OK);
	}
	dlines_ready(lines);
}

/* The last digits of the codes, as shown. */
static const char *order_of(const struct dlines *lines, char out[16])
{
	size_t at;

	for (at = 0; at < lines->list.shown_count; at++)
		out[at] = lines->line[lines->list.shown[at]].code[17];
	out[at] = '\0';
	return out;
}

static const struct {
	const char *what, *want;
	enum dlines_order order;
	bool reversed;
} orders[] = {
	{ "as given", "213546", ORDER_GIVEN, false },
	{ "as given, reversed", "645312", ORDER_GIVEN, true },
	{ "given names first: An Ân Ẩn, D before Đ, Y last", "652431", ORDER_NAME, false },
	{ "by code", "123456", ORDER_CODE, false },
	{ "by reception", "543216", ORDER_RECEIVED, false },
	{ "fields by their first word, two of a field as given", "521643", ORDER_FIELD, false },
};

static void columns_sort_as_vietnamese_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
		struct dlines lines;
		char have[16];

		case_name(orders[i].what);
		dlines_init(&lines, LANG_VI);
		give(&lines, "213546");
		dlines_sort(&lines, orders[i].order, orders[i].reversed);
		assert_string_equal(order_of(&lines, have), orders[i].want);
		dlines_done(&lines);
	}
}

static void row_and_ticks_stay_with_their_dossiers(void **state)
{
	const char *const failed[] = { dossiers[1].code, "H99-241025-0101" };
	struct dlines lines;
	struct dlines_place place;

	(void)state;
	dlines_init(&lines, LANG_VI);
	give(&lines, "123456");
	list_tag(&lines.list, 1, true);
	list_tag(&lines.list, 4, true);
	list_place(&lines.list, 3, 2);
	give(&lines, "12456"); /* the third was handed over */
	assert_string_equal(dlines_at(&lines)->code, dossiers[3].code);
	assert_int_equal(lines.list.at - lines.list.top, 1); /* on the same line of the screen */
	assert_int_equal(lines.list.tag_count, 2);
	assert_true(list_tagged(&lines.list, 1) && list_tagged(&lines.list, 3));
	give(&lines, "1256"); /* now the one under the cursor: its line stays */
	assert_string_equal(dlines_at(&lines)->code, dossiers[4].code);
	dlines_sort(&lines, ORDER_NAME, false);
	assert_string_equal(dlines_at(&lines)->code, dossiers[4].code);
	assert_int_equal(lines.list.tag_count, 2);
	dlines_tick(&lines, failed, 2);
	assert_int_equal(lines.list.tag_count, 1);
	dlines_where(&lines, &place);
	list_filter(&lines.list, "dinh van");
	assert_string_equal(dlines_at(&lines)->code, dossiers[5].code);
	assert_int_equal(lines.list.tag_count, 1); /* hidden, and ticked still */
	list_filter(&lines.list, "");
	dlines_go(&lines, &place);
	assert_string_equal(dlines_at(&lines)->code, dossiers[4].code);
	give(&lines, "");
	assert_null(dlines_at(&lines));
	dlines_done(&lines);
}

static const struct {
	const char *digits;
	char to; /* 0: nowhere */
} jumps[] = {
	{ "3", '3' }, { "05", '5' }, { "0101", '1' }, { "9", 0 }, { "241025-0106", '6' },
};

static void digits_lead_to_a_code(void **state)
{
	struct dlines lines;

	(void)state;
	dlines_init(&lines, LANG_VI);
	give(&lines, "123456");
	for (size_t i = 0; i < ARRAY_LEN(jumps); i++) {
		case_name(jumps[i].digits);
		assert_int_equal(dlines_jump(&lines, jumps[i].digits), jumps[i].to != 0);
		if (jumps[i].to)
			assert_int_equal(dlines_at(&lines)->code[17], jumps[i].to);
	}
	dlines_done(&lines);
}

static const struct {
	const char *text, *want;
	int width;
} fits[] = {
	{ "Hộ tịch", "Hộ tịch", 7 },
	{ "Liên thông khai sinh", "Liên thông khai…", 18 },
	{ "Đăng ký, cấp đổi", "Đăng ký…", 11 },
	{ "H10.16-261124-0101", "H10.16-261124-0101", 9 }, /* left to whoever draws it */
	{ "Đang ghi, H10.16-261124-0101", "Đang ghi, H10.16-261124-0101", 20 },
	{ "một", "một", 0 },
};

static void words_are_cut_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(fits); i++) {
		char text[LIST_CELL];

		case_name(fits[i].text);
		snprintf(text, sizeof(text), "%s", fits[i].text);
		list_fit(text, sizeof(text), fits[i].width);
		assert_string_equal(text, fits[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_sort_as_vietnamese_do),
		cmocka_unit_test(row_and_ticks_stay_with_their_dossiers),
		cmocka_unit_test(digits_lead_to_a_code),
		cmocka_unit_test(words_are_cut_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
