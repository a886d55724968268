/* t_vn.c - folding, plain display and the order of names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"

#define CAP 4096

static const char *const folds[][2] = {
	{ "Nguyễn Đức Hoà", "nguyen duc hoa" },
	{ "NGUYỄN ĐỨC HÒA", "nguyen duc hoa" },
	{ "Nguye\xCC\x82\xCC\x83n \xC4\x90u\xCC\x9B\xCC\x81" "c Hoa\xCC\x80", "nguyen duc hoa" },
	{ "  Đắk \t  Lắk\n", "dak lak" },
	{ "\xC3\x90\xC3\xB0\xC6\x89\xC9\x96", "dddd" },
	{ "H'Hen Niê", "h'hen nie" },
	{ "Ksor Y-Blô 12/3", "ksor y-blo 12/3" },
	{ "a\xC2\xA0" "b", "a b" },
	{ "Müller Ñandú Çelik", "muller nandu celik" },
	{ "ИВАН Й", "иван и" },
	{ "", "" },
	{ "   ", "" },
	{ "a\xFF", "a\xEF\xBF\xBD" },
};

static void folding_forgets_accents_and_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(folds); i++) {
		struct buf out = BUF(CAP);

		buf_text(&out, ">");
		vn_fold(folds[i][0], &out);
		print_message("%s\n", folds[i][0]);
		assert_string_equal(buf_str(&out) + 1, folds[i][1]);
		assert_int_equal(out.len, strlen(folds[i][1]) + 1);
		buf_done(&out);
	}
}

static void every_letter_splits_and_joins(void **state)
{
	size_t found = 0;

	(void)state;
	for (int32_t cp = 0; cp < 0x3000; cp++) {
		struct vn_char c;
		struct buf letter = BUF(8), nfd = BUF(32);

		if (!vn_split(cp, &c))
			continue;
		found++;
		assert_int_equal(vn_join(c), cp);
		utf8_put(&letter, cp);
		utf8_nfd(buf_str(&letter), &nfd);
		if (c.letter != VN_DD)
			assert_int_equal(nfd.data[0], c.upper ? vn_base(c.letter) - 32 : vn_base(c.letter));
		buf_done(&letter);
		buf_done(&nfd);
	}
	assert_int_equal(found, 134 + 12 + 2 * 20); /* the accented, the plain vowels, the consonants */
}

static void plain_keeps_case_and_columns(void **state)
{
	static const char *const cases[][2] = {
		{ "Nguyễn Đức Hoà", "Nguyen Duc Hoa" }, { "ĐẮK  LẮK", "DAK  LAK" },
		{ "e\xCC\x82", "e" },                     { "Müller", "Muller" },
		{ "Иван ₫", "Иван ₫" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF(CAP);

		vn_plain(cases[i][0], &out);
		assert_string_equal(buf_str(&out), cases[i][1]);
		assert_int_equal(utf8_cols(buf_str(&out)), utf8_cols(cases[i][0]));
		buf_done(&out);
	}
}

static void accents_are_seen(void **state)
{
	(void)state;
	assert_true(vn_has_accent("NGUYỄN"));
	assert_true(vn_has_accent("Đan"));
	assert_true(vn_has_accent("u\xCC\x9B"));
	assert_false(vn_has_accent("NGUYEN VAN A"));
	assert_false(vn_has_accent(""));
}

/* Strictly ascending. */
static const char *const words[] = {
	"", "A", "an", "An", "AN", "anh", "Anh", "ánh", "ăn", "ân", "ba", "Ba", "bà", "bả", "bã", "bá",
	"bạ",
	"bạc", "bắc", "bậc", "ca", "da", "dạ", "đa", "em", "êm", "êô", "g", "hoa", "hoà", "hòa", "hỏa",
	"hoá", "hóa",
	"học", "hô", "hộc", "hơ", "i", "nghiêm", "ư", "v", "w", "x", "y", "z",
};

static const char *const names[] = {
	"An", "Lê An", "Nguyễn An", "Nguyễn Thị An", "Nguyễn Văn An", "NGUYỄN VĂN AN", "Trần Thị An",
	"TRẦN VĂN AN", "Vũ An", "Trần Văn Anh", "Lê Thị Ánh",
	"Bùi Ân", "Võ Bình", "Trần Hoa", "Lê Hòa", "Đỗ Thị Hồng", "Phạm Văn Út", "Cao Ưng",
};

static const char *const texts[] = {
	"1 tháng 5", "ba na", "Ba Na", "ba na xa", "Bà Rịa", "Bình", "Bình An", "Bình Ân",
};

static void assert_ascending(const char *const *list, size_t count, void (*make)(const char *, struct buf *))
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			struct buf a = BUF(CAP), b = BUF(CAP);

			make(list[i], &a);
			make(list[j], &b);
			if ((strcmp(buf_str(&a), buf_str(&b)) < 0) != (i < j))
				fail_msg("%s and %s", list[i], list[j]);
			assert_int_equal(strlen(buf_str(&a)), a.len);
			buf_done(&a);
			buf_done(&b);
		}
	}
}

static void lists_are_in_vietnamese_order(void **state)
{
	(void)state;
	assert_ascending(words, ARRAY_LEN(words), vn_sort_key);
	assert_ascending(names, ARRAY_LEN(names), vn_sort_key);
	assert_ascending(words, ARRAY_LEN(words), vn_sort_key_text);
	assert_ascending(texts, ARRAY_LEN(texts), vn_sort_key_text);
}

static void order_sees_through_spelling_of_unicode(void **state)
{
	(void)state;
	assert_int_equal(vn_compare("Nguyễn  An ", "Nguye\xCC\x82\xCC\x83n An"), 0);
	assert_true(vn_compare("Lê An", "Lê Bình") < 0);
	assert_true(vn_compare("Lê Bình", "Võ An") > 0);
	assert_true(vn_compare("Lê An", "Võ An") < 0);
	assert_true(vn_compare("", "A") < 0);
	assert_true(vn_compare("Müller", "Mullet") < 0);
	assert_true(vn_compare("Zz", "Иван") < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_forgets_accents_and_case),
		cmocka_unit_test(every_letter_splits_and_joins),
		cmocka_unit_test(plain_keeps_case_and_columns),
		cmocka_unit_test(accents_are_seen),
		cmocka_unit_test(lists_are_in_vietnamese_order),
		cmocka_unit_test(order_sees_through_spelling_of_unicode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
