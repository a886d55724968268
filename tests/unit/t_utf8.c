/* t_utf8.c - the doors, the measures and the case of text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"

#define CAP 4096

static const struct {
	const char *what, *in, *out; /* out NULL: refused */
} doors[] = {
	{ "ASCII stays", "Nguyen Van A 12/3", "Nguyen Van A 12/3" },
	{ "empty stays empty", "", "" },
	{ "NFC stays", "Nguyễn Đức Hoà", "Nguyễn Đức Hoà" },
	{ "NFD is composed", "Nguye\xCC\x82\xCC\x83n", "Nguyễn" },
	{ "tone before mark is composed", "a\xCC\xA3\xCC\x82", "ậ" },
	{ "NBSP is a space", "a\xC2\xA0" "b", "a b" },
	{ "narrow NBSP is a space", "a\xE2\x80\xAF" "b", "a b" },
	{ "Icelandic eth is Đ", "\xC3\x90\xC3\xB0", "Đđ" },
	{ "African D is Đ", "\xC6\x89\xC9\x96", "Đđ" },
	{ "tab refused", "a\tb", NULL },
	{ "line end refused", "a\nb", NULL },
	{ "bell refused", "a\x07", NULL },
	{ "DEL refused", "a\x7F", NULL },
	{ "C1 refused", "a\xC2\x85", NULL },
	{ "zero width space refused", "a\xE2\x80\x8B", NULL },
	{ "zero width joiner refused", "a\xE2\x80\x8D", NULL },
	{ "right-to-left mark refused", "a\xE2\x80\x8F", NULL },
	{ "right-to-left override refused", "a\xE2\x80\xAE", NULL },
	{ "isolate refused", "a\xE2\x81\xA6", NULL },
	{ "byte order mark refused", "\xEF\xBB\xBF" "a", NULL },
	{ "line separator refused", "a\xE2\x80\xA8", NULL },
	{ "soft hyphen refused", "a\xC2\xAD", NULL },
	{ "stray continuation refused", "a\x80", NULL },
	{ "cut sequence refused", "a\xE1\xBA", NULL },
	{ "overlong refused", "a\xC0\xAF", NULL },
	{ "surrogate refused", "\xED\xA0\x80", NULL },
	{ "past the last code point refused", "\xF4\x90\x80\x80", NULL },
	{ "four bytes stay", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80" },
	{ "Cyrillic stays", "Иван", "Иван" },
};

static void doors_let_in_only_nfc(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(doors); i++) {
		struct buf out = BUF(CAP);
		struct err err = { 0 };
		enum rc rc;

		buf_text(&out, ">");
		rc = utf8_clean(doors[i].in, strlen(doors[i].in), &out, &err);
		print_message("%s\n", doors[i].what);
		if (doors[i].out) {
			assert_int_equal(rc, RC_OK);
			assert_string_equal(buf_str(&out) + 1, doors[i].out);
			assert_int_equal(out.len, strlen(doors[i].out) + 1);
		} else {
			assert_int_equal(rc, RC_INPUT);
			assert_string_equal(buf_str(&out), ">");
			assert_true(err.vi[0] && err.en[0]);
		}
		buf_done(&out);
	}
}

static void nul_is_a_control(void **state)
{
	struct buf out = BUF(CAP);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(utf8_clean("a\0b", 3, &out, &err), RC_INPUT);
	assert_non_null(strstr(err.vi, "U+0000"));
	buf_done(&out);
}

static void lines_keep_tab_and_line_feed(void **state)
{
	struct buf out = BUF(CAP);

	(void)state;
	assert_int_equal(utf8_clean_lines("a\tb\r\nc\rd\n", 9, &out, NULL), RC_OK);
	assert_string_equal(buf_str(&out), "a\tb\nc\nd\n");
	assert_int_equal(utf8_clean_lines("\x0B", 1, &out, NULL), RC_INPUT);
	buf_done(&out);
}

static void a_ceiling_is_a_refusal(void **state)
{
	struct buf out = BUF(5);

	(void)state;
	assert_int_equal(utf8_clean("abcdef", 6, &out, NULL), RC_FULL);
	assert_int_equal(out.len, 0);
	buf_done(&out);
}

static void clean_output_is_clean_input(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(doors); i++) {
		struct buf once = BUF(CAP), twice = BUF(CAP);

		if (doors[i].out) {
			assert_int_equal(utf8_clean(doors[i].in, strlen(doors[i].in), &once, NULL), RC_OK);
			assert_int_equal(utf8_clean(buf_str(&once), once.len, &twice, NULL), RC_OK);
			assert_string_equal(buf_str(&once), buf_str(&twice));
		}
		buf_done(&once);
		buf_done(&twice);
	}
}

static const struct {
	const char *s;
	size_t cols, letters;
} measures[] = {
	{ "", 0, 0 },
	{ "abc", 3, 3 },
	{ "Nguyễn Đức", 10, 10 },
	{ "e\xCC\x82\xCC\x83" "a", 2, 2 },
	{ "\xCC\x82" "a", 1, 2 },
	{ "漢字", 4, 2 },
	{ "a\xFF", 2, 2 },
};

static void measures_count_letters_and_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(measures); i++) {
		const char *s = measures[i].s;
		size_t at = 0, letters = 0;

		print_message("%s\n", s);
		assert_int_equal(utf8_cols(s), measures[i].cols);
		assert_int_equal(utf8_letters(s), measures[i].letters);
		assert_int_equal(utf8_cut_cols(s, measures[i].cols), strlen(s));
		assert_int_equal(utf8_cut_letters(s, measures[i].letters), strlen(s));
		while (at < strlen(s)) {
			size_t next = utf8_next(s, at);

			assert_true(next > at);
			assert_int_equal(utf8_prev(s, next), at);
			at = next;
			letters++;
		}
		assert_int_equal(letters, measures[i].letters);
	}
}

static void cuts_stand_between_letters(void **state)
{
	(void)state;
	assert_int_equal(utf8_cut_cols("Đức", 1), 2);
	assert_int_equal(utf8_cut_cols("Đức", 2), 5);
	assert_int_equal(utf8_cut_cols("漢字", 3), 3);
	assert_int_equal(utf8_cut_cols("e\xCC\x82n", 1), 3);
	assert_int_equal(utf8_cut_letters("e\xCC\x82n", 1), 3);
	assert_int_equal(utf8_cut_letters("Đức", 0), 0);
	assert_int_equal(utf8_next("abc", 9), 3);
	assert_int_equal(utf8_prev("abc", 0), 0);
}

static void spaces_collapse(void **state)
{
	static const char *const cases[][2] = {
		{ "  Nguyễn   Văn \t A ", "Nguyễn Văn A" }, { "   ", "" }, { "", "" }, { "A", "A" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf text = BUF(CAP);

		buf_text(&text, cases[i][0]);
		utf8_collapse(&text);
		assert_string_equal(buf_str(&text), cases[i][1]);
		assert_int_equal(text.len, strlen(cases[i][1]));
		buf_done(&text);
	}
}

static void case_maps_letter_by_letter(void **state)
{
	struct buf out = BUF(CAP);

	(void)state;
	utf8_upper("nguyễn đức hoà ơưăâêô 12", &out);
	assert_string_equal(buf_str(&out), "NGUYỄN ĐỨC HOÀ ƠƯĂÂÊÔ 12");
	buf_clear(&out);
	utf8_lower("NGUYỄN ĐỨC HOÀ ƠƯĂÂÊÔ", &out);
	assert_string_equal(buf_str(&out), "nguyễn đức hoà ơưăâêô");
	buf_done(&out);
}

static void normal_forms_answer_each_other(void **state)
{
	struct buf nfd = BUF(CAP), nfc = BUF(CAP);

	(void)state;
	utf8_nfd("Nguyễn Đức \xFF", &nfd);
	assert_string_equal(buf_str(&nfd), "Nguye\xCC\x82\xCC\x83n Đu\xCC\x9B\xCC\x81" "c \xEF\xBF\xBD");
	utf8_nfc(buf_str(&nfd), &nfc);
	assert_string_equal(buf_str(&nfc), "Nguyễn Đức \xEF\xBF\xBD");
	buf_done(&nfd);
	buf_done(&nfc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doors_let_in_only_nfc),
		cmocka_unit_test(nul_is_a_control),
		cmocka_unit_test(lines_keep_tab_and_line_feed),
		cmocka_unit_test(a_ceiling_is_a_refusal),
		cmocka_unit_test(clean_output_is_clean_input),
		cmocka_unit_test(measures_count_letters_and_columns),
		cmocka_unit_test(cuts_stand_between_letters),
		cmocka_unit_test(spaces_collapse),
		cmocka_unit_test(case_maps_letter_by_letter),
		cmocka_unit_test(normal_forms_answer_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
