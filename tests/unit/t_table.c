#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/table.h"
#include "tests/unit/case.h"

static const struct shown row_words[] = {
	{ "total", T("Tổng số", "Total") },
	{ NULL, T("", "") },
};

static const struct shown level_words[] = {
	{ "ward", T("Cấp xã", "Ward") },
	{ "province", T("Cấp tỉnh", "Province") },
	{ NULL, T("", "") },
};

static const struct column columns[] = {
	{ "row", COLUMN_TEXT, COLUMN_DATA, T("", ""), T("Dòng", "Row"), row_words },
	{ "name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "phone", COLUMN_CODE, 0, T("", ""), T("Điện thoại", "Phone"), NULL },
	{ "levels", COLUMN_TEXTS, 0, T("", ""), T("Cấp", "Levels"), level_words },
	{ "count", COLUMN_INT, 0, T("Số lượng", "Figures"), T("Hồ sơ", "Dossiers"), NULL },
	{ "share", COLUMN_PERCENT, 0, T("Số lượng", "Figures"), T("Tỷ lệ", "Share"), NULL },
	{ "target", COLUMN_DECIMAL, 0, T("", ""), T("Mức", "Target"), NULL },
	{ "met", COLUMN_BOOL, 0, T("", ""), T("Đạt", "Met"), NULL },
	{ "day", COLUMN_DATE, 0, T("", ""), T("Ngày", "Day"), NULL },
	{ "at", COLUMN_TIME, 0, T("", ""), T("Lúc", "At"), NULL },
	{ "label", COLUMN_TEXT, COLUMN_PAPER, T("", ""), T("Nhãn", "Label"), NULL },
};

static const struct column short_columns[] = {
	{ "row", COLUMN_TEXT, 0, T("", ""), T("Dòng", "Row"), NULL },
	{ "extra", COLUMN_INT, 0, T("", ""), T("Thêm", "Extra"), NULL },
};

/* 2024-10-25T08:03:46+07:00 */
static const msec MOMENT = INT64_C(1729818226000);

static void fill(struct table *table)
{
	table_init(table);
	table_say_title(table, LANG_VI, "Bảng %d", "Table %d", 7);
	table_part(table, "main", columns, ARRAY_LEN(columns), (struct words)T("Phần một", "Part one"));
	table_text(table, "field");
	table_text(table, "Hộ \"tịch\",\tba\\dòng\nhai");
	table_text(table, "0901234567");
	table_text(table, "ward\nprovince");
	table_num(table, 5105);
	table_num(table, 9021);
	table_num(table, INT64_C(50500000));
	table_bool(table, true);
	table_day(table, dayno_of(MOMENT));
	table_num(table, MOMENT);
	table_text(table, "chỉ trên giấy");
	table_text(table, "total");
	table_null(table);
	table_absent(table);
	table_text(table, "");
	table_num(table, -3);
	table_num(table, MSEC_NONE);
	table_num(table, INT64_C(50000000));
	table_bool(table, false);
	table_day(table, DAYNO_NONE);
	table_row_end(table);
	table_part(table, "more", short_columns, ARRAY_LEN(short_columns), (struct words)T("", ""));
	table_text(table, "more");
	table_num(table, 1);
	table_say_footer(table, LANG_VI, "Hết", "End");
}

static void json_keeps_null_and_leaves_absent_out(void **state)
{
	struct buf out = BUF(1 << 16);
	struct table table;

	(void)state;
	fill(&table);
	table_write_json(&table, &out);
	assert_string_equal(buf_str(&out),
			    "{\"row\":\"field\",\"name\":\"Hộ \\\"tịch\\\",\\u0009ba\\\\dòng\\nhai\","
			    "\"phone\":\"0901234567\",\"levels\":[\"ward\",\"province\"],\"count\":5105,\"sha"
			    "re\":90.21,"
			    "\"target\":50.5,\"met\":true,\"day\":\"2024-10-25\",\"at\":\"2024-10-25T08:03:46"
			    "+07:00\"}\n"
			    "{\"row\":\"total\",\"name\":null,\"levels\":[],\"count\":-3,\"share\":null,\"tar"
			    "get\":50,"
			    "\"met\":false,\"day\":null}\n"
			    "{\"row\":\"more\",\"extra\":1}\n");
	buf_done(&out);
	table_done(&table);
}

static void csv_has_one_header_over_all_parts(void **state)
{
	struct buf out = BUF(1 << 16);
	struct table table;

	(void)state;
	fill(&table);
	table_write_csv(&table, &out);
	assert_string_equal(buf_str(&out),
			    "row,name,phone,levels,count,share,target,met,day,at,extra\r\n"
			    "field,\"Hộ \"\"tịch\"\",\tba\\dòng\nhai\",0901234567,ward; province,5105,90.21,5"
			    "0.5,true,"
			    "2024-10-25,2024-10-25T08:03:46+07:00,\r\n"
			    "total,,,,-3,,50,false,,,\r\n"
			    "more,,,,,,,,,,1\r\n");
	buf_done(&out);
	table_done(&table);
}

static void text_is_aligned_and_in_the_language(void **state)
{
	struct buf out = BUF(1 << 16);
	struct table table;

	(void)state;
	fill(&table);
	table_write_text(&table, LANG_VI, &out);
	assert_string_equal(
		buf_str(&out),
		"Bảng 7\n"
		"\n"
		"Phần một\n"
		"                                                      Số lượng\n"
		"Lĩnh vực                Điện thoại  Cấp               Hồ sơ   Tỷ lệ   Mức  Đạt  Ngày    "
		"    Lúc               Nhãn\n"
		"────────────────────────────────────────────────────────────────────────────────────────"
		"───────────────────────────────────\n"
		"Hộ \"tịch\", ba\\dòng hai  0901234567  Cấp xã, Cấp tỉnh  5.105  90,21%  50,5  x    25/10"
		"/2024  08:03 25/10/2024  chỉ trên giấy\n"
		"Tổng số                                                  -3       -    50\n"
		"\n"
		"Dòng  Thêm\n"
		"──────────\n"
		"more     1\n"
		"\n"
		"Hết\n");
	buf_clear(&out);
	table_write_text(&table, LANG_EN, &out);
	assert_non_null(strstr(buf_str(&out), "Ward, Province     5,105  90.21%    50.5"));
	assert_non_null(strstr(buf_str(&out), "\nTotal "));
	buf_done(&out);
	table_done(&table);
}

static void a_stream_is_whole_and_keeps_codes_as_text(void **state)
{
	struct buf out = BUF(1 << 16);
	struct table table;

	(void)state;
	fill(&table);
	table_write_stream(&table, LANG_VI, &out);
	assert_string_equal(buf_str(&out),
			    "motcua-table\t1\tvi\n"
			    "title\tBảng 7\n"
			    "part\tmain\tPhần một\n"
			    "column\tname\ttext\t\tLĩnh vực\n"
			    "column\tphone\tcode\t\tĐiện thoại\n"
			    "column\tlevels\ttext\t\tCấp\n"
			    "column\tcount\tnumber\tSố lượng\tHồ sơ\n"
			    "column\tshare\tpercent\tSố lượng\tTỷ lệ\n"
			    "column\ttarget\tdecimal\t\tMức\n"
			    "column\tmet\tbool\t\tĐạt\n"
			    "column\tday\tdate\t\tNgày\n"
			    "column\tat\ttime\t\tLúc\n"
			    "column\tlabel\ttext\t\tNhãn\n"
			    "row\tsHộ \"tịch\",\\tba\\\\dòng\\nhai\ts0901234567\tsCấp xã, Cấp tỉnh\tn5105\tn9"
			    "0.21\tn50.5\tb1"
			    "\td2024-10-25\tt2024-10-25T08:03:46+07:00\tschỉ trên giấy\n"
			    "row\tsTổng số\t\t\tn-3\ts-\tn50\tb0\t\t\t\n"
			    "part\tmore\t\n"
			    "column\trow\ttext\t\tDòng\n"
			    "column\textra\tnumber\t\tThêm\n"
			    "row\tsmore\tn1\n"
			    "footer\tHết\n"
			    "end\n");
	buf_done(&out);
	table_done(&table);
}

static void a_part_without_rows_says_so(void **state)
{
	struct buf out = BUF(1 << 16);
	struct table table;

	(void)state;
	table_init(&table);
	table_part(&table, "more", short_columns, ARRAY_LEN(short_columns), (struct words)T("", ""));
	table_write_text(&table, LANG_VI, &out);
	assert_string_equal(buf_str(&out), "Dòng  Thêm\n──────────\n(không có)\n");
	buf_clear(&out);
	table_write_json(&table, &out);
	assert_int_equal(out.len, 0);
	table_write_csv(&table, &out);
	assert_string_equal(buf_str(&out), "row,extra\r\n");
	buf_done(&out);
	table_done(&table);
}

/* A cell of 60 letters takes 48 columns of a terminal; JSON has all of it. */
static void wide_cells_are_cut_on_a_terminal_only(void **state)
{
	struct buf out = BUF(1 << 16), wide = BUF(1 << 10);
	struct table table;

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_text(&wide, "ệ");
	table_init(&table);
	table_part(&table, "more", short_columns, ARRAY_LEN(short_columns), (struct words)T("", ""));
	table_text(&table, buf_str(&wide));
	table_num(&table, 1);
	table_write_text(&table, LANG_VI, &out);
	assert_null(strstr(buf_str(&out), buf_str(&wide)));
	assert_non_null(strstr(buf_str(&out), "ệ…     1\n"));
	buf_clear(&out);
	table_write_json(&table, &out);
	assert_non_null(strstr(buf_str(&out), buf_str(&wide)));
	buf_done(&out);
	buf_done(&wide);
	table_done(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_keeps_null_and_leaves_absent_out),
		cmocka_unit_test(csv_has_one_header_over_all_parts),
		cmocka_unit_test(text_is_aligned_and_in_the_language),
		cmocka_unit_test(a_stream_is_whole_and_keeps_codes_as_text),
		cmocka_unit_test(a_part_without_rows_says_so),
		cmocka_unit_test(wide_cells_are_cut_on_a_terminal_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
