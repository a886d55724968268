/* t_tui_form.c - typing into fields and forms, and the card scanner. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/burst.h"
#include "tui/form.h"

static const struct edit_rules name_rules = { .compose = true, .max_letters = 20 };
static const struct edit_rules code_rules = { .compose = false };

/* Type bytes through the decoder, as a terminal sends them. */
static void type(struct edit *edit, const struct edit_rules *rules, const struct typing *typing, const char *bytes)
{
	struct bindings bindings;
	struct keys keys;
	struct key key;

	bindings_init(&bindings);
	keys_init(&keys);
	for (size_t i = 0; bytes[i]; i++) {
		assert_true(keys_feed(&keys, (uint8_t)bytes[i], 1000));
		while (keys_take(&keys, 1000, &key))
			if (edit_key(edit, rules, typing, &key) == EDIT_IGNORED)
				edit_action(edit, rules, bindings_action(&bindings, &key, true));
	}
}

static const struct {
	const char *what;
	enum typing_method method;
	const struct edit_rules *rules;
	const char *bytes, *text;
} typed[] = {
	{ "Telex", TYPING_TELEX, &name_rules, "Nguyeenx Thij Binhf ", "Nguyễn Thị Bình " },
	{ "VNI", TYPING_VNI, &name_rules, "Nguye6n4 Thi5 ", "Nguyễn Thị " },
	{ "raw", TYPING_OFF, &name_rules, "Nguyeenx", "Nguyeenx" },
	{ "a code never composes", TYPING_TELEX, &code_rules, "H11.25-aas", "H11.25-aas" },
	{ "an input method outside: bursts of Backspace and letters", TYPING_TELEX, &name_rules,
	  "Nguyen\b\bên\b\bễn Van\x7f\x7f\x7fVăn", "Nguyễn Văn" },
	{ "an input method outside that sends marks apart", TYPING_TELEX, &name_rules, "Nguye\xCC\x82\xCC\x83n",
	  "Nguyễn" },
	{ "Backspace takes one letter with its mark", TYPING_TELEX, &name_rules, "tieengs\b\b", "tiế" },
	{ "Ctrl-Z gives back the raw keys", TYPING_TELEX, &name_rules, "tieengs\x1a", "tieengs" },
	{ "a paste is literal", TYPING_TELEX, &name_rules, "\033[200~tieengs\ra\033[201~", "tieengs a" },
	{ "the cursor moved: another word", TYPING_TELEX, &name_rules, "toa\033[Ds", "tosa" },
	{ "Home, End, Delete", TYPING_OFF, &name_rules, "abc\033[H\033[3~x\033[Fy", "xbcy" },
	{ "Ctrl-U empties", TYPING_TELEX, &name_rules, "abc\x15" "d", "d" },
	{ "the limit counts letters", TYPING_TELEX, &name_rules, "ễễễễễễễễễễễễễễễễễễễễễễ",
	  "ễễễễễễễễễễễễễễễễễễễễ" },
	{ "bytes that are no text are not taken", TYPING_TELEX, &name_rules, "a\xFF\xE2\x80\x8E" "b", "ab" },
	{ "Đ of another alphabet", TYPING_TELEX, &code_rules, "\xC3\x90", "Đ" },
};

static void keys_become_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct typing typing = { .method = typed[i].method };
		struct edit *edit = calloc(1, sizeof(*edit));

		case_name(typed[i].what);
		assert_non_null(edit);
		edit_init(edit);
		type(edit, typed[i].rules, &typing, typed[i].bytes);
		assert_string_equal(edit->text, typed[i].text);
		assert_int_equal(edit->len, strlen(edit->text));
		free(edit);
	}
}

/* What is shown never leaves its columns and the cursor stays on it, whatever the width. */
static void a_long_text_scrolls(void **state)
{
	struct typing typing = { .method = TYPING_OFF };
	struct edit *edit = calloc(1, sizeof(*edit));
	struct canvas canvas;

	(void)state;
	assert_non_null(edit);
	edit_init(edit);
	canvas_init(&canvas);
	for (int i = 0; i < 60; i++) {
		type(edit, &code_rules, &typing, i % 3 ? "a" : "ễ");
		for (int width = 2; width < 12; width += 3) {
			canvas_size(&canvas, 1, 30);
			edit_draw(edit, &code_rules, &canvas, 0, 5, width, true);
			assert_in_range(canvas.cursor_col, 5, 5 + width - 1);
			assert_int_equal(canvas_at(&canvas, 0, 5 + width)->style, STYLE_TEXT);
		}
	}
	edit_set(edit, "ngắn");
	canvas_size(&canvas, 1, 30);
	edit_draw(edit, &code_rules, &canvas, 0, 5, 10, true);
	assert_int_equal(canvas.cursor_col, 9);
	canvas_done(&canvas);
	free(edit);
}

static const struct form_row rows[] = {
	{ "procedure_code", W_PICK, T("Thủ tục", "Procedure"), T("gõ để lọc", "type to filter"), 0, 100 },
	{ "applicant_name", W_NAME, T("Họ và tên", "Full name"), T("", ""), 34, 100 },
	{ "applicant_sex", W_CHOICE, T("Giới tính", "Sex"), T("", ""), 8, 0 },
	{ "note", W_LINE, T("Ghi chú", "Note"), T("", ""), 0, 200 },
};
static const char *const procedures[] = { "Đăng ký khai sinh", "Đăng ký kết hôn", "Chứng thực bản sao" };

static size_t count(void *ctx, size_t row)
{
	(void)ctx;
	return row == 0 ? ARRAY_LEN(procedures) : 2;
}

static void item(void *ctx, size_t row, size_t at, char *out, size_t size)
{
	(void)ctx;
	snprintf(out, size, "%s", row == 0 ? procedures[at] : at ? "Nữ" : "Nam");
}

static const struct form_hooks hooks = { .count = count, .item = item };

static enum form_result form_types(struct form *form, const char *bytes)
{
	struct typing typing = { .method = TYPING_TELEX };
	enum form_result result = FORM_IGNORED;
	struct bindings bindings;
	struct keys keys;
	struct key key;

	bindings_init(&bindings);
	keys_init(&keys);
	for (size_t i = 0; bytes[i]; i++) {
		assert_true(keys_feed(&keys, (uint8_t)bytes[i], 1000));
		while (keys_take(&keys, 1000, &key)) {
			result = form_key(form, &typing, &key);
			if (result == FORM_IGNORED)
				result = form_action(form, &typing, bindings_action(&bindings, &key,
										    form_in_text(form)));
		}
	}
	return result;
}

static void a_form_is_filled_by_keyboard(void **state)
{
	struct form form;

	(void)state;
	form_init(&form, rows, ARRAY_LEN(rows), &hooks, NULL, LANG_VI);
	form_types(&form, "dang ky ket\r");
	assert_int_equal(form_choice(&form, "procedure_code"), 1);
	assert_string_equal(form_text(&form, "procedure_code"), "Đăng ký kết hôn");
	form_types(&form, "Nguyeenx Thij Lan\t");
	assert_string_equal(form_text(&form, "applicant_name"), "Nguyễn Thị Lan");
	form_types(&form, "n");
	assert_string_equal(form_text(&form, "applicant_sex"), "Nam");
	form_types(&form, "n\r");
	assert_string_equal(form_text(&form, "applicant_sex"), "Nữ");
	assert_int_equal(form.at, 3);
	assert_int_equal(form_types(&form, "windows\r"), FORM_AFTER);
	assert_string_equal(form_text(&form, "note"), "windows"); /* no syllable: back to its keys */
	form_types(&form, "\033[A\033[A\033[A");
	assert_int_equal(form.at, 0);
	assert_int_equal(form_types(&form, "\033[Z"), FORM_BEFORE);
	form_types(&form, "chung\t"); /* Tab takes the match too */
	assert_int_equal(form_choice(&form, "procedure_code"), 2);
	form_done(&form);
}

/* Values offered to free text: a field of one, and a field of several. */
static const char *const units[] = { "Bộ phận Một cửa", "Địa chính", "Lãnh đạo UBND" };
static const struct form_row offered_rows[] = {
	{ "unit", W_LINE, T("Đơn vị", "Unit"), T("", ""), 30, 100 },
	{ "items", W_LINE, T("Giấy tờ", "Papers"), T("", ""), 0, 500 },
	{ "number", W_NUMBER, T("Số", "Number"), T("", ""), 6, 4 },
	{ "note", W_LINE, T("Ghi chú", "Note"), T("", ""), 0, 200 },
};

static size_t offered_count(void *ctx, size_t row)
{
	(void)ctx;
	return row < 3 ? ARRAY_LEN(units) : 0;
}

static void offered_item(void *ctx, size_t row, size_t at, char *out, size_t size)
{
	(void)ctx;
	(void)row;
	snprintf(out, size, "%s  nơi thứ %zu", units[at], at + 1);
}

static void offered_value(void *ctx, size_t row, size_t at, char *out, size_t size)
{
	(void)ctx;
	(void)row;
	snprintf(out, size, "%s", units[at]);
}

static bool offered_several(void *ctx, size_t row)
{
	(void)ctx;
	return row == 1;
}

static const struct {
	const char *what, *row, *bytes, *text;
	size_t at; /* the row afterwards */
} proposed[] = {
	{ "the first", "unit", "\033OS\r", "Bộ phận Một cửa", 1 },
	{ "the second", "unit", "\033OS\033[B\r", "Địa chính", 1 },
	{ "found without accents", "unit", "\033OSlanh dao\r", "Lãnh đạo UBND", 1 },
	{ "found by what it is", "unit", "\033OSthu 2\r", "Địa chính", 1 },
	{ "found by what was typed before", "unit", "dia\033OS\r", "Địa chính", 1 },
	{ "one that stands there is where the list begins", "unit", "\033OS\033[B\r\033[A\033OS\033[B\r", "Lãnh đạo UBND", 1 },
	{ "typed without F4 it is text", "unit", "dia\r", "dia", 1 },
	{ "what nothing holds is text", "unit", "\033OSdia oc\r", "dia oc", 1 },
	{ "Esc leaves what was typed", "unit", "\033OSdia\033OQ\r", "dia", 1 },
	{ "several, one behind the other, and the hand stays", "items", "\033OS\r\033OS\033[B\r", "Bộ phận Một cửa; Địa chính", 1 },
	{ "the same again is there already", "items", "\033OS\r\033OS\r", "Bộ phận Một cửa", 1 },
	{ "behind other text", "items", "Giấy khác\033OS\r", "Giấy khác; Bộ phận Một cửa", 1 },
	{ "the last part finds", "items", "Giấy khác; lanh\033OS\r", "Giấy khác; Lãnh đạo UBND", 1 },
	{ "a number that is part of another's words is itself", "number", "\033OS3\r", "3", 3 },
	{ "a number typed before", "number", "3\033OS\r", "Bộ phận Một cửa", 3 },
	{ "a part that nothing holds stays", "items", "Giấy khác; x\033OS\r", "Giấy khác; x; Bộ phận Một cửa", 1 },
};

static void free_text_is_offered_values(void **state)
{
	static const struct form_hooks offering = { .count = offered_count, .item = offered_item,
						    .value = offered_value, .several = offered_several };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(proposed); i++) {
		struct form form;
		const char *bytes = proposed[i].bytes, *back = strstr(bytes, "\033OQ");
		char before[80];

		case_name(proposed[i].what);
		form_init(&form, offered_rows, ARRAY_LEN(offered_rows), &offering, NULL, LANG_VI);
		form_go(&form, form_row_named(&form, proposed[i].row));
		if (back) { /* Esc waits for a digit: told as the action it is */
			struct typing typing = { .method = TYPING_TELEX };

			snprintf(before, sizeof(before), "%.*s", (int)(back - bytes), bytes);
			form_types(&form, before);
			form_action(&form, &typing, UI_BACK);
			bytes = back + 3;
		}
		form_types(&form, bytes);
		assert_string_equal(form_text(&form, proposed[i].row), proposed[i].text);
		assert_int_equal(form.at, proposed[i].at);
		assert_false(form.open);
		form_done(&form);
	}
}

static void errors_lead_to_their_fields(void **state)
{
	struct canvas canvas;
	struct form form;
	struct buf line = BUF(4096);
	struct area area = { 0, 0, 4, 60 };

	(void)state;
	form_init(&form, rows, ARRAY_LEN(rows), &hooks, NULL, LANG_VI);
	form_fail(&form, "applicant_name", "Cần có họ và tên.");
	form_fail(&form, "no_such_field", "Kho đầy.");
	form_fail(&form, "note", "Quá dài.");
	form_first_error(&form);
	assert_int_equal(form.at, 1);
	form_types(&form, "\x05");
	assert_int_equal(form.at, 3);
	form_types(&form, "\x05");
	assert_int_equal(form.at, 1);
	canvas_init(&canvas);
	canvas_size(&canvas, 4, 60);
	assert_int_equal(form_draw_errors(&form, &canvas, area), 3);
	canvas_line(&canvas, 0, &line);
	assert_string_equal(buf_str(&line), "1. Họ và tên: Cần có họ và tên.");
	buf_clear(&line);
	canvas_line(&canvas, 1, &line);
	assert_string_equal(buf_str(&line), "2. Kho đầy.");
	canvas_size(&canvas, 4, 60);
	form_draw(&form, &canvas, area, true);
	buf_clear(&line);
	canvas_line(&canvas, 1, &line);
	assert_string_equal(buf_str(&line), "! Họ và tên:");
	buf_done(&line);
	canvas_done(&canvas);
	form_done(&form);
}

static const struct {
	const char *what, *bytes;
	bool scan;
	const char *text;
} bursts[] = {
	{ "a card and Enter", "001190012345|012345678|Nguyễn Thị Bình|15031990|Nữ|Tổ 3, Hà Nội|20072022\r", true,
	  "001190012345|012345678|Nguyễn Thị Bình|15031990|Nữ|Tổ 3, Hà Nội|20072022" },
	{ "a card and Tab", "001190012345||A|1\t", true, "001190012345||A|1" },
	{ "a card and silence", "001190012345||A", true, "001190012345||A" },
	{ "a pasted card", "\033[200~001190012345||A\r\033[201~", true, "001190012345||A" },
	{ "broken bytes are kept for repair", "001190012345||Nguy\xEAn\r", true, "001190012345||Nguy\xEAn" },
	{ "a number typed", "001190012345\r", false, "" },
	{ "thirteen digits", "0011900123456|A\r", false, "" },
	{ "digits with a Backspace among them", "00119001234\b45|A\r", false, "" },
};

static void a_scan_is_no_typing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bursts); i++) {
		struct burst burst;
		struct keys keys;
		struct key key;
		bool begun = false, ended = false;

		case_name(bursts[i].what);
		burst_init(&burst);
		keys_init(&keys);
		for (size_t b = 0; bursts[i].bytes[b]; b++) {
			assert_true(keys_feed(&keys, (uint8_t)bursts[i].bytes[b], 1000));
			while (keys_take(&keys, 1000, &key)) {
				enum burst_result result = burst_key(&burst, &key, 1000);

				begun = begun || result == BURST_BEGIN;
				ended = ended || result == BURST_END;
			}
		}
		assert_int_equal(begun, bursts[i].scan);
		if (!bursts[i].scan)
			continue;
		assert_true(ended || burst_wait_ms(&burst, 1000) == BURST_SILENCE_MS);
		assert_true(ended || burst_wait_ms(&burst, 1000 + BURST_SILENCE_MS) == 0);
		assert_string_equal(burst.text, bursts[i].text);
	}
}

/* A scan longer than any card is cut, not overrun. */
static void an_endless_scan_is_cut(void **state)
{
	struct burst burst;
	struct key key = { .name = K_TEXT, .ch = '1' };

	(void)state;
	burst_init(&burst);
	for (int i = 0; i < BURST_DIGITS; i++)
		burst_key(&burst, &key, 1);
	key.ch = '|';
	assert_int_equal(burst_key(&burst, &key, 1), BURST_BEGIN);
	key.ch = 0x1ea1;
	for (int i = 0; i < BURST_BYTES * 2; i++)
		assert_int_equal(burst_key(&burst, &key, 1), BURST_MORE);
	assert_true(burst.len < BURST_BYTES);
	assert_int_equal(burst.text[burst.len], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_become_text),
		cmocka_unit_test(a_long_text_scrolls),
		cmocka_unit_test(a_form_is_filled_by_keyboard),
		cmocka_unit_test(free_text_is_offered_values),
		cmocka_unit_test(errors_lead_to_their_fields),
		cmocka_unit_test(a_scan_is_no_typing),
		cmocka_unit_test(an_endless_scan_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
