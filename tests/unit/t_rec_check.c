/* rec_check: what fits a field and what does not; rec_key: what a record is called. */
#include "db/base/hash.h"
#include "db/rec_fields.h"
#include "db/rec.h"
#include "tests/unit/case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* One cell of a dossier that is otherwise good: text when not NULL, else num. */
static const struct {
	const char *what;
	unsigned tag, list, sub; /* a plain field, or an element's */
	const char *text;
	int64_t num;
	const char *field; /* refused, naming this; NULL: fits */
} cells[] = {
	{ "a name", DOSSIER_APPLICANT_NAME, 0, 0, "Nguyễn Thị Bình", 0, NULL },
	{ "a name in NFD", DOSSIER_APPLICANT_NAME, 0, 0, "Nguye\xcc\x82\xcc\x83n", 0, "applicant_name" },
	{ "a name with a line end", DOSSIER_APPLICANT_NAME, 0, 0, "Nguyễn\nBình", 0, "applicant_name" },
	{ "a name with a direction mark", DOSSIER_APPLICANT_NAME, 0, 0, "B\xe2\x80\xaeình", 0, "applicant_name" },
	{ "a name that is no UTF-8", DOSSIER_APPLICANT_NAME, 0, 0, "B\xc3(nh", 0, "applicant_name" },
	{ "a note of two lines", DOSSIER_NOTE, 0, 0, "dòng một\ndòng hai", 0, NULL },
	{ "a note with a bell", DOSSIER_NOTE, 0, 0, "dòng\amột", 0, "note" },
	{ "a number where text belongs", DOSSIER_APPLICANT_NAME, 0, 0, NULL, 7, "applicant_name" },
	{ "text where a number belongs", DOSSIER_RATING, 0, 0, "5", 0, "rating" },
	{ "a rating", DOSSIER_RATING, 0, 0, NULL, 5, NULL },
	{ "a rating past five", DOSSIER_RATING, 0, 0, NULL, 6, "rating" },
	{ "a rating below zero", DOSSIER_RATING, 0, 0, NULL, -1, "rating" },
	{ "the last state", DOSSIER_STATE, 0, 0, NULL, STATE_NOT_RECEIVED, NULL },
	{ "a state after the last", DOSSIER_STATE, 0, 0, NULL, STATE_NOT_RECEIVED + 1, "state" },
	{ "no state", DOSSIER_STATE, 0, 0, NULL, 0, "state" },
	{ "neither true nor false", DOSSIER_REFUSED, 0, 0, NULL, 2, "refused" },
	{ "a time past the year 9999", DOSSIER_DUE_AT, 0, 0, NULL, INT64_MAX, "due_at" },
	{ "a date past the year 9999", DOSSIER_APPLICANT_BIRTH_DATE, 0, 0, NULL, INT32_MAX, "applicant_birth_date" },
	{ "a date past any integer of a date", DOSSIER_APPLICANT_BIRTH_DATE, 0, 0, NULL, INT64_C(1) << 40, "applicant_birth_date" },
	{ "a tag of a later version", 999, 0, 0, "gì cũng được", 0, NULL },
	{ "a fee", 0, DOSSIER_FEES, FEE_EL_AMOUNT_VND, NULL, 8000, NULL },
	{ "a fee below zero", 0, DOSSIER_FEES, FEE_EL_AMOUNT_VND, NULL, -8000, "amount_vnd" },
	{ "a plain value where a list belongs", DOSSIER_FEES, 0, 0, NULL, 1, "fees" },
	{ "an element of what is no list", 0, DOSSIER_RATING, 1, NULL, 1, "rating" },
	{ "an element's tag of a later version", 0, DOSSIER_FEES, 77, NULL, 1, NULL },
	{ "items of a supplement", 0, DOSSIER_PAUSES, PAUSE_EL_ITEMS, "giấy một\ngiấy hai", 0, NULL },
};

static void good_dossier(struct rec *rec)
{
	struct path path = path_at(DOSSIER_FEES, 0, FEE_EL_NAME);

	rec_init(rec, REC_DOSSIER);
	rec_put_text(rec, DOSSIER_CODE, "H11.25-241025-0101");
	rec_put_text(rec, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(rec, DOSSIER_APPLICANT_NAME, "Bình");
	rec_set_bytes(rec, &path, "Lệ phí", strlen("Lệ phí"));
	path = path_at(DOSSIER_FEES, 0, FEE_EL_AMOUNT_VND);
	rec_set_num(rec, &path, 0);
	path = path_at(DOSSIER_PAUSES, 0, PAUSE_EL_KIND);
	rec_set_num(rec, &path, PAUSE_SUPPLEMENT);
	path = path_at(DOSSIER_PAUSES, 0, PAUSE_EL_FROM);
	rec_set_num(rec, &path, 0);
}

static void a_cell_fits_its_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		struct path path = cells[i].list ? path_at(cells[i].list, 0, cells[i].sub) : path_of(cells[i].tag);
		struct err err = { 0 };
		struct rec rec;

		case_name(cells[i].what);
		good_dossier(&rec);
		if (cells[i].text)
			rec_set_bytes(&rec, &path, cells[i].text, strlen(cells[i].text));
		else
			rec_set_num(&rec, &path, cells[i].num);
		assert_int_equal(rec_check(&rec, false, &err), cells[i].field ? RC_INPUT : RC_OK);
		assert_string_equal(err.field, cells[i].field ? cells[i].field : "");
		if (cells[i].field)
			assert_true(err.vi[0] && err.en[0]);
		rec_done(&rec);
	}
}

static void text_ends_at_its_limit(void **state)
{
	char text[256];

	(void)state;
	for (size_t len = 199; len <= 201; len++) {
		struct rec rec;
		struct path path = path_of(DOSSIER_APPLICANT_NAME);

		memset(text, 'a', len);
		good_dossier(&rec);
		rec_set_bytes(&rec, &path, text, len);
		assert_int_equal(rec_check(&rec, false, NULL), len <= 200 ? RC_OK : RC_INPUT);
		rec_done(&rec);
	}
}

static void what_is_required_must_be_there(void **state)
{
	static const struct {
		unsigned list, tag;
		const char *field;
	} required[] = {
		{ 0, DOSSIER_CODE, "code" },
		{ 0, DOSSIER_APPLICANT_NAME, "applicant_name" },
		{ DOSSIER_FEES, FEE_EL_NAME, "name" },
		{ DOSSIER_PAUSES, PAUSE_EL_KIND, "kind" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(required); i++) {
		struct path path = required[i].list ?
					   path_at(required[i].list, 0, required[i].tag) : path_of(required[i].tag);
		struct err err = { 0 };
		struct rec rec;

		case_name(required[i].field);
		good_dossier(&rec);
		rec_unset(&rec, &path);
		assert_int_equal(rec_check(&rec, false, &err), RC_INPUT);
		assert_string_equal(err.field, required[i].field);
		assert_int_equal(rec_check(&rec, true, &err), RC_OK);
		rec_set_unset(&rec, &path);
		assert_int_equal(rec_check(&rec, true, &err), RC_OK);
		assert_int_equal(rec_check(&rec, false, &err), RC_INPUT);
		rec_done(&rec);
	}
}

static void hex_has_its_length(void **state)
{
	static const uint8_t bytes[17] = { 1 };
	struct path path = path_of(SCAN_HASH);
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_SCAN);
	rec_put_text(&rec, SCAN_DOSSIER_CODE, "H11.25-241025-0101");
	rec_put_num(&rec, SCAN_SEQ, 1);
	for (size_t len = 15; len <= 17; len++) {
		rec_set_bytes(&rec, &path, bytes, len);
		assert_int_equal(rec_check(&rec, false, NULL), len == 16 ? RC_OK : RC_INPUT);
	}
	rec_done(&rec);
}

static void expect_key(const struct rec *rec, const char *key)
{
	struct buf out = BUF(4096);

	assert_int_equal(rec_key(rec, &out, NULL), RC_OK);
	assert_string_equal(buf_str(&out), key);
	buf_done(&out);
}

static void a_key_says_which_record(void **state)
{
	struct rec rec;

	(void)state;
	good_dossier(&rec);
	expect_key(&rec, "H11.25-241025-0101");
	rec_clear(&rec, REC_SCAN);
	rec_put_text(&rec, SCAN_DOSSIER_CODE, "H11.25-241025-0101");
	rec_put_num(&rec, SCAN_SEQ, 12);
	expect_key(&rec, "H11.25-241025-0101/00012");
	rec_clear(&rec, REC_HOUSEHOLD);
	rec_put_num(&rec, HOUSEHOLD_NEIGHBOURHOOD, 7);
	rec_put_text(&rec, HOUSEHOLD_CODE, "H-0001");
	expect_key(&rec, "0007/H-0001");
	rec_clear(&rec, REC_PROCEDURE);
	rec_put_text(&rec, PROCEDURE_CODE, "1.001193");
	expect_key(&rec, "1.001193@");
	rec_put_num(&rec, PROCEDURE_EFFECTIVE_FROM, 20000);
	expect_key(&rec, "1.001193@2024-10-04");
	rec_clear(&rec, REC_DEVICE);
	struct path path = path_of(DEVICE_DEVICE);
	rec_set_bytes(&rec, &path, "\x01\x02\xff\x00\x10\x20\x30\x40", 8);
	expect_key(&rec, "0102ff0010203040");
	rec_done(&rec);
}

static void a_key_needs_its_fields(void **state)
{
	struct buf out = BUF(4096);
	struct err err = { 0 };
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_SCAN);
	rec_put_text(&rec, SCAN_DOSSIER_CODE, "H11.25-241025-0101");
	assert_int_equal(rec_key(&rec, &out, &err), RC_INPUT);
	assert_string_equal(err.field, "seq");
	assert_int_equal(out.len, 0);
	rec_clear(&rec, REC_INDICATOR);
	rec_put_text(&rec, INDICATOR_NAME, "a/b");
	rec_put_text(&rec, INDICATOR_PERIOD, "2024-10");
	expect_key(&rec, "a/b/2024-10");
	rec_put_text(&rec, INDICATOR_PERIOD, "b/2024-10");
	assert_int_equal(rec_key(&rec, &out, &err), RC_INPUT);
	rec_done(&rec);
	buf_done(&out);
}

static void an_assist_is_what_it_says(void **state)
{
	struct buf one = BUF(4096), two = BUF(4096);
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_ASSIST);
	rec_put_num(&rec, ASSIST_AT, 1729818226000);
	rec_put_text(&rec, ASSIST_CATEGORY, "DVC_FILE");
	assert_int_equal(rec_key(&rec, &one, NULL), RC_OK);
	assert_int_equal(one.len, 2 * HASH_SHORT);
	rec_put_text(&rec, ASSIST_PERSON_NAME, "Nguyễn Thị Bình");
	rec_put_text(&rec, ASSIST_PERSON_ID_NO, "060190012345");
	assert_int_equal(rec_key(&rec, &two, NULL), RC_OK);
	assert_string_equal(buf_str(&one), buf_str(&two));
	buf_clear(&two);
	rec_put_num(&rec, ASSIST_MINUTES, 18);
	assert_int_equal(rec_key(&rec, &two, NULL), RC_OK);
	assert_string_not_equal(buf_str(&one), buf_str(&two));
	rec_done(&rec);
	buf_done(&one);
	buf_done(&two);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_fits_its_field),
		cmocka_unit_test(text_ends_at_its_limit),
		cmocka_unit_test(what_is_required_must_be_there),
		cmocka_unit_test(hex_has_its_length),
		cmocka_unit_test(a_key_says_which_record),
		cmocka_unit_test(a_key_needs_its_fields),
		cmocka_unit_test(an_assist_is_what_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
