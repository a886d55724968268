/* t_tui_draw.c - cells, cutting, the frame, lists, linear lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/list.h"

static const struct {
	const char *what, *text;
	int width;
	const char *shown;
	int used;
} cuts[] = {
	{ "fits", "Nguyễn Đức", 10, "Nguyễn Đức", 10 },
	{ "cut at a letter", "Nguyễn Đức", 8, "Nguyễn …", 8 },
	{ "one column", "Nguyễn", 1, "…", 1 },
	{ "no columns", "Nguyễn", 0, "", 0 },
	{ "empty", "", 5, "", 0 },
	{ "a wide letter that does not fit is left out whole", "漢字漢", 4, "漢…", 3 },
	{ "no terminal shows this", "a\xFF\tb", 9, "a??b", 4 },
};

static void text_is_cut_at_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		struct canvas canvas;
		struct buf line = BUF(4096);

		case_name(cuts[i].what);
		canvas_init(&canvas);
		canvas_size(&canvas, 2, 20);
		assert_int_equal(draw_text(&canvas, 0, 0, cuts[i].width, STYLE_TEXT, cuts[i].text), cuts[i].used);
		canvas_line(&canvas, 0, &line);
		assert_string_equal(buf_str(&line), cuts[i].shown);
		buf_done(&line);
		canvas_done(&canvas);
	}
}

/* Anything drawn anywhere: nothing outside is touched (ASan watches), nothing crashes. */
static void drawing_outside_is_not_drawn(void **state)
{
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas);
	canvas_size(&canvas, 0, -3);
	assert_int_equal(canvas.rows, 1);
	assert_int_equal(canvas.cols, 1);
	canvas_size(&canvas, 3, 10);
	for (int row = -5; row < 8; row++) {
		for (int col = -15; col < 15; col++) {
			struct area area = { row, col, 4, 12 };

			draw_text(&canvas, row, col, 30, STYLE_TEXT, "Nguyễn 漢字 Văn A");
			draw_box(&canvas, area, "Hộp");
			draw_bar(&canvas, row, col, 12, 3, 5);
			draw_wrapped(&canvas, area, 0, STYLE_DIM, "một hai ba bốn năm sáu");
		}
	}
	canvas_done(&canvas);
}

static const struct {
	const char *text;
	int width, rows;
} wraps[] = {
	{ "", 10, 0 },
	{ "một hai", 10, 1 },
	{ "một hai ba bốn", 7, 2 },
	{ "một\n\nhai", 10, 3 },
	{ "mộthaibabốn", 4, 3 },
	{ "a", 0, 1 },
};

static void text_is_broken_at_spaces(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wraps); i++) {
		case_name(wraps[i].text);
		assert_int_equal(draw_wrapped_rows(wraps[i].text, wraps[i].width), wraps[i].rows);
	}
}

static void the_frame_stands_on_its_lines(void **state)
{
	struct frame frame = { .unit = "Phường Bình Hưng", .screen = "Tiếp nhận hồ sơ", .user = "lan",
			       .date = "25/10/2024", .message = "Đã lưu.", .state = "[VN Telex]",
			       .hints = { { "F1", "Trợ giúp" }, { "F2", "Lưu" } }, .hint_count = 2 };
	struct buf line = BUF(4096);
	struct canvas canvas;
	struct area body;

	(void)state;
	canvas_init(&canvas);
	canvas_size(&canvas, FRAME_ROWS, FRAME_COLS);
	body = draw_frame(&canvas, &frame);
	assert_int_equal(body.row, 1);
	assert_int_equal(body.rows, FRAME_ROWS - 3);
	canvas_line(&canvas, 0, &line);
	assert_string_equal(buf_str(&line),
			    " Phường Bình Hưng · Tiếp nhận hồ sơ                            lan · 25/10/2024");
	buf_clear(&line);
	canvas_line(&canvas, FRAME_ROWS - 2, &line);
	assert_true(!strncmp(buf_str(&line), "Đã lưu.", strlen("Đã lưu.")));
	assert_non_null(strstr(buf_str(&line), "[VN Telex]"));
	buf_clear(&line);
	canvas_line(&canvas, FRAME_ROWS - 1, &line);
	assert_string_equal(buf_str(&line), "F1 Trợ giúp  F2 Lưu");
	buf_done(&line);
	canvas_done(&canvas);
}

/* A message takes the rows it needs off the body, and its last word is on the screen. */
static void a_long_message_is_shown_whole(void **state)
{
	char text[1024] = "";
	struct frame frame = { .unit = "", .screen = "", .user = "", .date = "", .message = text,
			       .state = "[VN Telex]" };
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas);
	for (size_t words = 1; words < 80; words += 7) {
		struct buf line = BUF(4096);
		struct area body;
		size_t len = 0;

		for (size_t i = 0; i < words; i++)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s",
						i + 1 < words ? "không " : "hết.");
		canvas_size(&canvas, FRAME_ROWS, FRAME_COLS);
		body = draw_frame(&canvas, &frame);
		assert_int_equal(body.rows, FRAME_ROWS - 2 - draw_wrapped_rows(text, FRAME_COLS - 11));
		canvas_line(&canvas, FRAME_ROWS - 2, &line);
		assert_non_null(strstr(buf_str(&line), "hết."));
		assert_non_null(strstr(buf_str(&line), "[VN Telex]"));
		buf_clear(&line);
		canvas_line(&canvas, body.row + body.rows - 1, &line);
		assert_string_equal(buf_str(&line), "");
		buf_done(&line);
	}
	canvas_done(&canvas);
}

/* The rest of a line stands under its beginning. */
static void a_broken_line_keeps_its_indent(void **state)
{
	struct area area = { 0, 0, 4, 12 };
	struct buf line = BUF(4096);
	struct canvas canvas;

	(void)state;
	canvas_init(&canvas);
	canvas_size(&canvas, 4, 12);
	assert_int_equal(draw_wrapped(&canvas, area, 0, STYLE_TEXT, "  một hai ba bốn\nnăm"), 3);
	canvas_line(&canvas, 1, &line);
	assert_string_equal(buf_str(&line), "  bốn");
	buf_clear(&line);
	canvas_line(&canvas, 2, &line);
	assert_string_equal(buf_str(&line), "năm");
	buf_done(&line);
	canvas_done(&canvas);
}

static const char *const names[] = { "Nguyễn Thị Bình", "Trần Văn Đức", "Lê Bình An", "Phạm Đức Dũng" };

static void name_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	(void)ctx;
	(void)style;
	if (col == 0)
		snprintf(out, LIST_CELL, "%zu", row);
	else
		snprintf(out, LIST_CELL, "%s", names[row]);
}

static const struct list_col cols[] = { { T("STT", "No"), 4, true }, { T("Họ và tên", "Name"), 0, false } };

static const struct {
	const char *filter;
	size_t shown, first;
} filters[] = {
	{ "", 4, 0 }, { "binh", 2, 0 }, { "đức", 2, 1 }, { "DUC dung", 1, 3 }, { "khong co", 0, 0 },
};

static void lists_filter_without_accents(void **state)
{
	struct list list;
	size_t row;

	(void)state;
	list_init(&list, cols, ARRAY_LEN(cols), name_cell, NULL);
	list_rows(&list, ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		case_name(filters[i].filter);
		list_filter(&list, filters[i].filter);
		assert_int_equal(list.shown_count, filters[i].shown);
		assert_int_equal(list_row(&list, &row), filters[i].shown > 0);
		if (filters[i].shown)
			assert_int_equal(row, filters[i].first);
	}
	list_done(&list);
}

static void lists_move_and_tag(void **state)
{
	struct list list;
	size_t row;

	(void)state;
	list_init(&list, cols, ARRAY_LEN(cols), name_cell, NULL);
	list_rows(&list, ARRAY_LEN(names));
	assert_true(list_action(&list, UI_END));
	assert_true(list_row(&list, &row) && row == 3);
	assert_true(list_action(&list, UI_NEXT));
	assert_true(list_row(&list, &row) && row == 3);
	assert_true(list_action(&list, UI_HOME) && list_action(&list, UI_PREV));
	assert_true(list_action(&list, UI_TOGGLE));
	assert_true(list_tagged(&list, 0) && list.tag_count == 1);
	assert_true(list_action(&list, UI_ALL));
	assert_int_equal(list.tag_count, 4);
	assert_true(list_action(&list, UI_ALL));
	assert_int_equal(list.tag_count, 0);
	list_go(&list, 2);
	list_rows(&list, 3); /* the position survives a reload */
	assert_true(list_row(&list, &row) && row == 2);
	list_rows(&list, 0);
	assert_false(list_row(&list, &row));
	list_done(&list);
}

static void linear_mode_prints_what_changed(void **state)
{
	struct linear_seen seen = { .serial = 1 };
	struct canvas now;
	struct buf out = BUF(4096);

	(void)state;
	canvas_init(&now);
	canvas_size(&now, 8, 40);
	draw_text(&now, 0, 0, 20, STYLE_TITLE, "a title");
	draw_rule(&now, 1, 0, 20);
	draw_text(&now, 2, 2, 20, STYLE_TEXT, "Họ và tên:      An");
	draw_text(&now, 3, 0, 20, STYLE_TEXT, "> 10 một");
	draw_text(&now, 3, 25, 15, STYLE_TEXT, "1 Tiếp nhận");
	draw_text(&now, 7, 0, 20, STYLE_TEXT, "F1 hints");
	now.spoken.side = 25;
	linear_lines(&now, &seen, false, false, &out);
	assert_string_equal(buf_str(&out), "Họ và tên:  An\r\n10 một\r\n1 Tiếp nhận\r\n");
	buf_clear(&out);
	linear_lines(&now, &seen, false, false, &out);
	assert_string_equal(buf_str(&out), "");
	draw_text(&now, 2, 20, 7, STYLE_TEXT, "h");
	draw_text(&now, 4, 0, 20, STYLE_TEXT, "10 một"); /* twice now: once new */
	linear_lines(&now, &seen, false, true, &out);
	assert_string_equal(buf_str(&out), "Ho va ten:  Anh\r\n10 mot\r\n");
	buf_clear(&out);
	now.spoken.quiet[2] = true;
	now.spoken.page = 1;
	linear_lines(&now, &seen, false, true, &out);
	assert_string_equal(buf_str(&out), "10 mot\r\n10 mot\r\n1 Tiep nhan\r\n");
	buf_clear(&out);
	linear_lines(&now, &seen, true, true, &out);
	assert_string_equal(buf_str(&out), "Ho va ten:  Anh\r\n10 mot\r\n10 mot\r\n1 Tiep nhan\r\n");
	buf_done(&out);
	canvas_done(&now);
}

/* Lines that lay under a popup's are not said again when it has gone; the line the arrows reach is. */
static void linear_mode_remembers_what_was_covered(void **state)
{
	struct linear_seen seen = { .serial = 1 };
	struct canvas now;
	struct buf out = BUF(4096);

	(void)state;
	canvas_init(&now);
	canvas_size(&now, 8, 40);
	for (int frame = 0; frame < 4; frame++) {
		static const char *const want[] = { "one\r\ntwo\r\n", "three\r\n", "", "two\r\n" };

		canvas_clear(&now);
		draw_text(&now, 2, 0, 20, STYLE_TEXT, "one");
		draw_text(&now, 3, 0, 20, STYLE_TEXT, frame == 1 ? "three" : "two");
		now.spoken.over = frame == 1;
		draw_cursor(&now, frame == 3 ? 3 : 2, 0);
		buf_clear(&out);
		linear_lines(&now, &seen, false, false, &out);
		assert_string_equal(buf_str(&out), want[frame]);
	}
	buf_done(&out);
	canvas_done(&now);
}

static void linear_mode_retypes_with_backspaces_only(void **state)
{
	static const struct {
		const char *shown, *now, *bytes;
	} rows[] = {
		{ "", "a", "a" },
		{ "Nguye", "Nguyê", "\bê" },
		{ "Lan", "La", "\b \b" },
		{ "tê", "tế", "\bế" }, /* share a first byte */
		{ "abc", "", "\b\b\b   \b\b\b" },
		{ "hoa", "hòa", "\b\bòa" },
		{ "x", "x", "" },
	};
	struct buf out = BUF(256);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_clear(&out);
		linear_retype(rows[i].shown, rows[i].now, &out);
		assert_string_equal(buf_str(&out), rows[i].bytes);
	}
	buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_cut_at_letters),
		cmocka_unit_test(drawing_outside_is_not_drawn),
		cmocka_unit_test(text_is_broken_at_spaces),
		cmocka_unit_test(the_frame_stands_on_its_lines),
		cmocka_unit_test(a_long_message_is_shown_whole),
		cmocka_unit_test(a_broken_line_keeps_its_indent),
		cmocka_unit_test(lists_filter_without_accents),
		cmocka_unit_test(lists_move_and_tag),
		cmocka_unit_test(linear_mode_prints_what_changed),
		cmocka_unit_test(linear_mode_remembers_what_was_covered),
		cmocka_unit_test(linear_mode_retypes_with_backspaces_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
