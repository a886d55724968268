/* t_tui_sheet.c - tables that are wider than the window are read by whole columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/buf.h"
#include "tests/unit/case.h"
#include "tui/sheet.h"

static const char text[] = "BÁO CÁO\n"
			   "\n"
			   "                   Tiếp nhận            Trả\n"
			   "STT  Lĩnh vực      Tổng số  Trực tuyến  Đúng hạn  Trễ\n"
			   "─────────────────────────────────────────────────────\n"
			   "A    Hộ tịch             5           3         4    1\n"
			   "B    Đất đai, nhà       15          13              2\n"
			   "\n"
			   "Ký tên\n";

static const struct {
	const char *what;
	int cols, left;
	const char *groups, *headings, *row;
	bool more_left, more_right;
} views[] = {
	{ "all of it", 60, 0, "                   Tiếp nhận            Trả",
	  "STT  Lĩnh vực      Tổng số  Trực tuyến  Đúng hạn  Trễ",
	  "A    Hộ tịch             5           3         4    1", false, false },
	{ "what fits whole", 40, 0, "                   Tiếp nhận", "STT  Lĩnh vực      Tổng số  Trực tuyến",
	  "A    Hộ tịch             5           3", false, true },
	{ "one column on", 40, 1, "                   Tiếp nhận   Trả", "STT  Lĩnh vực      Trực tuyến  Đúng hạn",
	  "A    Hộ tịch                3         4", true, true },
	{ "no further than the last column", 40, 9, "                   Trả", "STT  Lĩnh vực      Đúng hạn  Trễ",
	  "A    Hộ tịch              4    1", true, false },
};

static void tables_are_read_by_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		struct area area = { 0, 0, 12, views[i].cols };
		struct buf line = BUF(4096);
		struct canvas canvas;
		struct sheet sheet;

		case_name(views[i].what);
		sheet_init(&sheet);
		sheet_set(&sheet, text);
		assert_int_equal(sheet.table_count, 1);
		assert_int_equal(sheet.tables[0].count, 6);
		sheet.tables[0].frozen = 2;
		sheet.left = views[i].left;
		canvas_init(&canvas);
		canvas_size(&canvas, 12, views[i].cols);
		sheet_draw(&sheet, &canvas, area, LANG_VI);
		canvas_line(&canvas, 2, &line);
		assert_string_equal(buf_str(&line), views[i].groups);
		buf_clear(&line);
		canvas_line(&canvas, 3, &line);
		assert_string_equal(buf_str(&line), views[i].headings);
		buf_clear(&line);
		canvas_line(&canvas, 5, &line);
		assert_string_equal(buf_str(&line), views[i].row);
		buf_clear(&line);
		canvas_line(&canvas, 11, &line);
		assert_int_equal(strstr(buf_str(&line), "bên trái") != NULL, views[i].more_left);
		assert_int_equal(sheet_table_more(&sheet.tables[0], sheet.left, views[i].cols), views[i].more_right);
		buf_done(&line);
		canvas_done(&canvas);
		sheet_done(&sheet);
	}
}

static const char *const no_tables[] = { "", "a\nb\n", "────\n", "\n────────\nx\n", "────────\n────────\n" };

static void what_is_no_table_is_drawn_as_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(no_tables); i++) {
		struct area area = { 0, 0, 6, 4 };
		struct canvas canvas;
		struct sheet sheet;

		sheet_init(&sheet);
		sheet_set(&sheet, no_tables[i]);
		canvas_init(&canvas);
		canvas_size(&canvas, 6, 4);
		sheet_draw(&sheet, &canvas, area, LANG_EN);
		sheet_action(&sheet, UI_RIGHT);
		sheet_action(&sheet, UI_END);
		sheet_draw(&sheet, &canvas, area, LANG_EN);
		canvas_done(&canvas);
		sheet_done(&sheet);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_read_by_columns),
		cmocka_unit_test(what_is_no_table_is_drawn_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
