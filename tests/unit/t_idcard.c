/* t_idcard.c - QR and MRZ of the identity card, whole and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/idcard.h"
#include "db/base/buf.h"
#include "db/base/clock.h"

#define MRZ_1 "IDVNM1900123457001190012345<<8"
#define MRZ_2 "9003152F3003150VNM<<<<<<<<<<<0"
#define MRZ_3 "NGUYEN<<THI<BINH<<<<<<<<<<<<<<"

static dayno on(int year, int month, int day)
{
	dayno out = DAYNO_NONE;

	assert_true(dayno_from_ymd(year, month, day, &out));
	return out;
}

static enum rc read_text(const char *text, struct idcard *card)
{
	return idcard_read(text, strlen(text), on(2025, 7, 1), card);
}

static void a_card_is_read_whole(void **state)
{
	static const char scan[] = "001190012345|012345678|Nguyễn Thị Bình|15031990|Nữ|"
				   "Tổ 3, Cầu Giấy, Hà Nội|20072022\r";
	struct idcard card;

	(void)state;
	assert_int_equal(read_text(scan, &card), RC_OK);
	assert_int_equal(card.source, IDCARD_QR);
	assert_string_equal(card.id_no, "001190012345");
	assert_string_equal(card.old_id_no, "012345678");
	assert_string_equal(card.name, "Nguyễn Thị Bình");
	assert_int_equal(card.birth, on(1990, 3, 15));
	assert_int_equal(card.birth_year, 1990);
	assert_int_equal(card.sex, 'F');
	assert_string_equal(card.address, "Tổ 3, Cầu Giấy, Hà Nội");
	assert_int_equal(card.issued, on(2022, 7, 20));
	assert_string_equal(card.rest, "");
	assert_int_equal(card.doubts, 0);
}

#define QR(name, birth, sex, address, issued) "001190012345||" name "|" birth "|" sex "|" address "|" issued

static const struct {
	const char *what, *text, *name;
	unsigned doubts;
} cards[] = {
	{ "no old number", QR("Nguyễn An", "15031990", "Nữ", "HN", "20072022"), "Nguyễn An", 0 },
	{ "dates with slashes", QR("Nguyễn An", "15/03/1990", "Nữ", "HN", "20/07/2022"), "Nguyễn An", 0 },
	{ "fields after the seventh", QR("Nguyễn An", "15031990", "Nữ", "HN", "20072022|Cha|Mẹ"), "Nguyễn An", 0 },
	{ "NFD", QR("Nguye\xCC\x82\xCC\x83n An", "15031990", "Nu\xCC\x9B\xCC\x83", "HN", "20072022"), "Nguyễn An", 0 },
	{ "blanks and line ends", "\xEF\xBB\xBF  001190012345 || Nguyễn   An |15031990|nữ|HN|20072022 \r\n", "Nguyễn An", 0 },
	{ "six fields", "001190012345||Nguyễn An|15031990|Nữ|HN", "Nguyễn An", IDCARD_ISSUED },
	{ "no accents", QR("Nguyen An", "15031990", "Nu", "HN", "20072022"), "Nguyen An", IDCARD_NO_ACCENT },
	{ "empty name", QR("", "15031990", "Nữ", "HN", "20072022"), "", IDCARD_NO_ACCENT },
	{ "replacement letters", QR("Nguy\xEF\xBF\xBDn Thị", "15031990", "Nữ", "HN", "20072022"),
	  "Nguy\xEF\xBF\xBDn Thị", IDCARD_BROKEN },
	{ "malformed bytes", QR("Nguy\x80n Thị", "15031990", "Nữ", "HN", "20072022"), "Nguy\xEF\xBF\xBDn Thị", IDCARD_BROKEN },
	{ "a control", QR("Nguyễn\x07" "An", "15031990", "Nữ", "HN", "20072022"), "Nguyễn An", IDCARD_BROKEN },
	{ "sex lost", QR("Nguyễn An", "15031990", "N?", "HN", "20072022"), "Nguyễn An", IDCARD_SEX },
	{ "sex other than the number", QR("Nguyễn An", "15031990", "Nam", "HN", "20072022"), "Nguyễn An", IDCARD_NUMBER },
	{ "year other than the number", QR("Nguyễn An", "15031991", "Nữ", "HN", "20072022"), "Nguyễn An", IDCARD_NUMBER },
	{ "no such day", QR("Nguyễn An", "31021990", "Nữ", "HN", "20072022"), "Nguyễn An", IDCARD_BIRTH },
	{ "only the year known", QR("Nguyễn An", "00001990", "Nữ", "HN", "20072022"), "Nguyễn An", IDCARD_BIRTH },
	{ "only another year known", QR("Nguyễn An", "1991", "Nữ", "HN", "20072022"), "Nguyễn An",
	  IDCARD_BIRTH | IDCARD_NUMBER },
	{ "issued tomorrow", QR("Nguyễn An", "15031990", "Nữ", "HN", "02072025"), "Nguyễn An", IDCARD_ISSUED },
};

static void a_damaged_card_raises_doubts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cards); i++) {
		struct idcard card = { 0 };

		print_message("%s\n", cards[i].what);
		assert_int_equal(read_text(cards[i].text, &card), RC_OK);
		assert_true(idcard_looks_like(cards[i].text, strlen(cards[i].text)));
		assert_string_equal(card.name, cards[i].name);
		assert_int_equal(card.doubts, cards[i].doubts);
	}
}

static const char *const others[] = {
	"", "|", "||||||", "Nguyễn Văn A", "001190012345", "001190012345||An|15031990|Nữ",
	"00119001234||An|15031990|Nữ|HN|20072022", "0011900123456||An|15031990|Nữ|HN|20072022",
	"00119001234a||An|15031990|Nữ|HN|20072022", MRZ_1 "\n" MRZ_2, MRZ_1 MRZ_2 "NGUYEN",
	MRZ_1 MRZ_2 MRZ_3 "<", "IDUSA1900123457001190012345<<8" MRZ_2 MRZ_3, MRZ_1 MRZ_2 "NGUYỄN<<THI<BINH<<<<<<<<<<<<",
};

static void other_text_is_no_card(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct idcard card;

		print_message("%s\n", others[i]);
		assert_int_equal(read_text(others[i], &card), RC_NONE);
		assert_false(idcard_looks_like(others[i], strlen(others[i])));
	}
}

static void long_fields_are_cut_between_letters(void **state)
{
	static struct idcard card;
	struct buf text = BUF(8192);

	(void)state;
	buf_text(&text, "001190012345||");
	for (int i = 0; i < 400; i++)
		buf_text(&text, "ễ");
	buf_text(&text, "|15031990|Nữ|HN|20072022");
	assert_int_equal(read_text(buf_str(&text), &card), RC_OK);
	assert_int_equal(card.doubts, IDCARD_LONG);
	assert_int_equal(strlen(card.name), 600);
	while (text.len <= IDCARD_TEXT_MAX)
		buf_text(&text, "|x");
	assert_int_equal(read_text(buf_str(&text), &card), RC_NONE);
	buf_done(&text);
}

static const struct {
	const char *what, *text;
	unsigned doubts;
} backs[] = {
	{ "three lines", MRZ_1 "\r\n" MRZ_2 "\r\n" MRZ_3 "\r\n", 0 },
	{ "one line", MRZ_1 MRZ_2 MRZ_3, 0 },
	{ "small letters", "idvnm1900123457001190012345<<8" MRZ_2 MRZ_3, 0 },
	{ "a digit of the card number", "IDVNM1900123467001190012345<<8" MRZ_2 MRZ_3, IDCARD_CHECK },
	{ "a digit of the personal number", "IDVNM1900123457001190012346<<8" MRZ_2 MRZ_3, IDCARD_CHECK },
	{ "the birth date", MRZ_1 "9003162F3003150VNM<<<<<<<<<<<0" MRZ_3, IDCARD_CHECK },
	{ "the expiry", MRZ_1 "9003152F3003160VNM<<<<<<<<<<<0" MRZ_3, IDCARD_CHECK },
	{ "the composite digit", MRZ_1 "9003152F3003150VNM<<<<<<<<<<<1" MRZ_3, IDCARD_CHECK },
	{ "the sex", MRZ_1 "9003152<3003150VNM<<<<<<<<<<<0" MRZ_3, IDCARD_SEX },
};

static void the_back_is_read_and_checked(void **state)
{
	struct idcard card;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(backs); i++) {
		print_message("%s\n", backs[i].what);
		assert_int_equal(read_text(backs[i].text, &card), RC_OK);
		assert_int_equal(card.doubts, backs[i].doubts | IDCARD_NO_ACCENT);
		assert_string_equal(card.name, "NGUYEN THI BINH");
	}
	assert_int_equal(read_text(backs[0].text, &card), RC_OK);
	assert_int_equal(card.source, IDCARD_MRZ);
	assert_string_equal(card.id_no, "001190012345");
	assert_int_equal(card.birth, on(1990, 3, 15));
	assert_int_equal(card.expires, on(2030, 3, 15));
	assert_int_equal(card.sex, 'F');
}

static void check_digits_are_those_of_icao(void **state)
{
	(void)state;
	assert_int_equal(idcard_check_digit("520727", 6), 3); /* the example of ICAO 9303 */
	assert_int_equal(idcard_check_digit("AB2134<<<", 9), 5);
	assert_int_equal(idcard_check_digit("ab", 2), -1);
	for (unsigned d = 1; d < 1u << IDCARD_DOUBTS; d <<= 1)
		assert_true(*idcard_doubt_words((enum idcard_doubt)d)->en);
	assert_non_null(strstr(idcard_doubt_words(IDCARD_NO_ACCENT)->vi, "dấu"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_is_read_whole),
		cmocka_unit_test(a_damaged_card_raises_doubts),
		cmocka_unit_test(other_text_is_no_card),
		cmocka_unit_test(long_fields_are_cut_between_letters),
		cmocka_unit_test(the_back_is_read_and_checked),
		cmocka_unit_test(check_digits_are_those_of_icao),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
