/* t_wire.c - varints and bytes: one spelling each, and no read past the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "db/base/wire.h"
#include "tests/unit/case.h"

static const struct {
	uint64_t value;
	const char *bytes;
	size_t len;
} uints[] = {
	{ 0, "\x00", 1 },
	{ 127, "\x7f", 1 },
	{ 128, "\x80\x01", 2 },
	{ 300, "\xac\x02", 2 },
	{ UINT32_MAX, "\xff\xff\xff\xff\x0f", 5 },
	{ UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 },
};

static void varints_have_one_spelling(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(uints); i++) {
		struct buf buf = BUF(16);
		struct reader r;

		wire_put_uint(&buf, uints[i].value);
		assert_int_equal(buf.len, uints[i].len);
		assert_memory_equal(buf.data, uints[i].bytes, buf.len);
		r = reader_on(buf.data, buf.len);
		assert_true(wire_uint(&r) == uints[i].value);
		assert_true(reader_at_end(&r));
		r = reader_on(buf.data, buf.len - 1);
		assert_true(wire_uint(&r) == 0);
		assert_true(r.bad);
		buf_done(&buf);
	}
}

static const struct {
	const char *what, *bytes;
	size_t len;
} faults[] = {
	{ "a zero too long", "\x80\x00", 2 },
	{ "a one too long", "\x81\x80\x00", 3 },
	{ "65 bits", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10 },
	{ "eleven bytes", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11 },
	{ "nothing", "", 0 },
};

static void other_spellings_are_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		struct reader r = reader_on(faults[i].bytes, faults[i].len);

		case_name(faults[i].what);
		assert_true(wire_uint(&r) == 0);
		assert_true(r.bad);
		assert_false(reader_at_end(&r));
		assert_int_equal(wire_byte(&r), 0); /* bad sticks */
		assert_int_equal(wire_take(&r, 0).len, 0);
	}
}

static void signed_numbers_keep_small_ones_short(void **state)
{
	static const int64_t values[] = { 0, -1, 1, 63, -64, 64, INT64_MAX, INT64_MIN };
	struct buf buf = BUF(200);
	struct reader r;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		wire_put_int(&buf, values[i]);
	assert_int_equal(buf.len, 1 + 1 + 1 + 1 + 1 + 2 + 10 + 10);
	r = reader_on(buf.data, buf.len);
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		assert_true(wire_int(&r) == values[i]);
	assert_true(reader_at_end(&r));
	buf_done(&buf);
}

static void bytes_stay_within_the_input(void **state)
{
	struct buf buf = BUF(64);
	struct reader r;
	struct span span;

	(void)state;
	wire_put_bytes(&buf, "abc", 3);
	wire_put_be(&buf, 0x0102, 4);
	r = reader_on(buf.data, buf.len);
	span = wire_bytes(&r);
	assert_int_equal(span.len, 3);
	assert_memory_equal(span.data, "abc", 3);
	assert_true(wire_be(&r, 4) == 0x0102);
	assert_true(reader_at_end(&r));
	r = reader_on("\x05"
		      "abc",
		      4);
	assert_int_equal(wire_bytes(&r).len, 0);
	assert_true(r.bad);
	r = reader_on("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
	assert_int_equal(wire_bytes(&r).len, 0);
	assert_true(r.bad);
	r = reader_on(NULL, 0);
	assert_true(reader_at_end(&r));
	assert_int_equal(wire_byte(&r), 0);
	assert_true(r.bad);
	buf_done(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(varints_have_one_spelling),
		cmocka_unit_test(other_spellings_are_faults),
		cmocka_unit_test(signed_numbers_keep_small_ones_short),
		cmocka_unit_test(bytes_stay_within_the_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
