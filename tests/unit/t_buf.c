/* t_buf.c - growable bytes with a ceiling; errors as values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "db/base/buf.h"

static void it_grows_to_its_ceiling_and_no_further(void **state)
{
	struct buf buf = BUF(1000);

	(void)state;
	assert_string_equal(buf_str(&buf), "");
	for (int i = 0; i < 1000; i++)
		buf_byte(&buf, (uint8_t)('a' + i % 26));
	assert_false(buf.full);
	assert_int_equal(buf.len, 1000);
	assert_int_equal(strlen(buf_str(&buf)), 1000);
	buf_byte(&buf, 'x');
	assert_true(buf.full);
	assert_int_equal(buf.len, 1000);
	buf_clear(&buf);
	assert_false(buf.full);
	assert_string_equal(buf_str(&buf), "");
	buf_done(&buf);
	buf_done(&buf);
}

static void an_append_that_does_not_fit_changes_nothing(void **state)
{
	struct buf buf = BUF(10);

	(void)state;
	buf_text(&buf, "12345678");
	buf_text(&buf, "abc");
	assert_true(buf.full);
	assert_string_equal(buf_str(&buf), "12345678");
	buf_text(&buf, "a"); /* full sticks, so a hole in the middle cannot be overlooked */
	assert_string_equal(buf_str(&buf), "12345678");
	assert_null(buf_room(&buf, 1));
	buf_add(&buf, NULL, 0);
	buf_wipe_done(&buf);
	assert_int_equal(buf.max, 10);
}

static void it_prints(void **state)
{
	struct buf buf = BUF(100);

	(void)state;
	buf_printf(&buf, "%s-%d", "Đ", 7);
	buf_printf(&buf, "%s", "");
	assert_string_equal(buf_str(&buf), "Đ-7");
	buf_printf(&buf, "%0100d", 1);
	assert_true(buf.full);
	assert_string_equal(buf_str(&buf), "Đ-7");
	buf_done(&buf);
}

static void room_is_the_callers_to_fill(void **state)
{
	struct buf buf = BUF(64);
	uint8_t *room;

	(void)state;
	buf_text(&buf, "ab");
	room = buf_room(&buf, 62);
	assert_non_null(room);
	room[0] = 'c';
	room[1] = 'd';
	buf.len += 2;
	buf_text(&buf, "ef");
	assert_string_equal(buf_str(&buf), "abcdef");
	buf_done(&buf);
}

static void sentences_are_cut_at_a_letter(void **state)
{
	struct err err = { 0 };
	char long_text[700];

	(void)state;
	memset(long_text, 'a', sizeof(long_text));
	long_text[510] = (char)0xc4; /* Đ over the end of the sentence */
	long_text[511] = (char)0x90;
	long_text[699] = '\0';
	assert_int_equal(err_set(&err, RC_IO, "%s", "%s", long_text), RC_IO);
	assert_int_equal(strlen(err.vi), 510);
	assert_int_equal(err_field(&err, "due_at", "sai", "wrong"), RC_INPUT);
	assert_string_equal(err.field, "due_at");
	assert_int_equal(err_in(&err, "dòng %d", "line %d", 3), RC_INPUT);
	assert_string_equal(err_text(&err, LANG_EN), "line 3: wrong");
	assert_string_equal(err_text(&err, LANG_VI), "dòng 3: sai");
	assert_int_equal(err_set(NULL, RC_FULL, "a", "b"), RC_FULL);
	assert_int_equal(err_exit_code(RC_REFUSED), 3);
	assert_int_equal(err_exit_code(RC_DAMAGED), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_grows_to_its_ceiling_and_no_further),
		cmocka_unit_test(an_append_that_does_not_fit_changes_nothing),
		cmocka_unit_test(it_prints),
		cmocka_unit_test(room_is_the_callers_to_fill),
		cmocka_unit_test(sentences_are_cut_at_a_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
