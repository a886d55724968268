/* t_pack.c - deflate over a preset text and back, under ceilings; the dictionaries are what their names say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "db/base/hash.h"
#include "sync/dict_data.h"

#include <string.h>

#include "tests/unit/case.h"

static struct span text(const char *s)
{
	return (struct span){ (const uint8_t *)s, strlen(s) };
}

static void there_and_back(void **state)
{
	static const char *const texts[] = { "", "a", "Nguyễn Thị Bình",
					     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	static const char *const presets[] = { "", "Nguyễn Thị" };
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		for (size_t j = 0; j < ARRAY_LEN(presets); j++) {
			struct buf packed = BUF(1000), back = BUF(1000);

			case_name(texts[i]);
			assert_int_equal(pack_deflate(text(texts[i]), text(presets[j]), &packed, &err),
					 RC_OK);
			assert_int_equal(pack_inflate((struct span){ packed.data, packed.len },
						      text(presets[j]), &back, &err),
					 RC_OK);
			assert_string_equal(buf_str(&back), texts[i]);
			buf_done(&packed);
			buf_done(&back);
		}
	}
}

static void a_preset_saves_bytes(void **state)
{
	struct buf with = BUF(1000), without = BUF(1000);
	struct err err;

	(void)state;
	assert_int_equal(pack_deflate(text("khu phố 8, Phường Bình Hưng"),
				      text("khu phố 7, Phường Bình Hưng"), &with, &err),
			 RC_OK);
	assert_int_equal(pack_deflate(text("khu phố 8, Phường Bình Hưng"), text(""), &without, &err), RC_OK);
	assert_true(with.len * 2 < without.len);
	buf_done(&with);
	buf_done(&without);
}

static void what_is_no_stream_is_refused(void **state)
{
	struct buf packed = BUF(1000), back = BUF(1000);
	struct err err;

	(void)state;
	assert_int_equal(pack_deflate(text("Lãnh đạo UBND, Lãnh đạo UBND"), text(""), &packed, &err), RC_OK);
	for (size_t len = 0; len < packed.len; len++) {
		buf_clear(&back);
		assert_int_equal(pack_inflate((struct span){ packed.data, len }, text(""), &back, &err),
				 RC_INPUT);
	}
	buf_byte(&packed, 0);
	buf_clear(&back);
	assert_int_equal(pack_inflate((struct span){ packed.data, packed.len }, text(""), &back, &err),
			 RC_INPUT);
	assert_int_equal(pack_inflate(text("\7\7\7\7"), text(""), &back, &err), RC_INPUT);
	buf_done(&packed);
	buf_done(&back);
}

static void no_more_than_the_ceiling(void **state)
{
	static const uint8_t zeros[100000];
	struct buf packed = BUF(200000), back = BUF(99999), enough = BUF(100000);
	struct err err;

	(void)state;
	assert_int_equal(pack_deflate((struct span){ zeros, sizeof(zeros) }, text(""), &packed, &err), RC_OK);
	assert_true(packed.len < 200);
	assert_int_equal(pack_inflate((struct span){ packed.data, packed.len }, text(""), &back, &err),
			 RC_INPUT);
	assert_true(back.len <= 99999);
	assert_int_equal(pack_inflate((struct span){ packed.data, packed.len }, text(""), &enough, &err),
			 RC_OK);
	assert_int_equal(enough.len, sizeof(zeros));
	buf_done(&packed);
	buf_done(&back);
	buf_done(&enough);
}

static void dictionaries_match_their_names(void **state)
{
	(void)state;
	assert_true(dictionaries_count > 0);
	assert_int_equal(pack_dictionary(), dictionaries[dictionaries_count - 1].number);
	for (size_t i = 0; i < dictionaries_count; i++) {
		struct buf bytes = BUF(1 << 20);
		uint8_t digest[HASH_SHORT];
		char name[2 * HASH_SHORT + 1];
		size_t events = 0;
		struct err err;

		assert_true(dictionaries[i].number > (i ? dictionaries[i - 1].number : 0));
		assert_int_equal(pack_dictionary_get(dictionaries[i].number, &events, &bytes, &err), RC_OK);
		assert_int_equal(events, dictionaries[i].events);
		hash_of(bytes.data, bytes.len, digest, sizeof(digest));
		hex_of(digest, sizeof(digest), name);
		assert_string_equal(name, dictionaries[i].hash);
		buf_done(&bytes);
	}
}

static void an_unknown_dictionary_says_so(void **state)
{
	struct buf bytes = BUF(1 << 20);
	struct err err;
	size_t events;

	(void)state;
	assert_int_equal(pack_dictionary_get(250, &events, &bytes, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "newer"));
	buf_done(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(a_preset_saves_bytes),
		cmocka_unit_test(what_is_no_stream_is_refused),
		cmocka_unit_test(no_more_than_the_ceiling),
		cmocka_unit_test(dictionaries_match_their_names),
		cmocka_unit_test(an_unknown_dictionary_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
