/* t_person.c - personal numbers, phones, names, dates and sums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/person.h"
#include "db/base/clock.h"

static dayno on(int year, int month, int day)
{
	dayno out = DAYNO_NONE;

	assert_true(dayno_from_ymd(year, month, day, &out));
	return out;
}

static const struct {
	const char *in;
	char sex;
	int birth_year;
	enum rc rc;
	const char *number;
	enum person_id_kind kind;
	unsigned doubts;
} ids[] = {
	{ "001190012345", 'F', 1990, RC_OK, "001190012345", PERSON_CCCD, 0 },
	{ "001 190 012 345", 0, 0, RC_OK, "001190012345", PERSON_CCCD, 0 },
	{ "060.090.012345", 'M', 1990, RC_OK, "060090012345", PERSON_CCCD, 0 },
	{ "060190012345", 'M', 1990, RC_OK, "060190012345", PERSON_CCCD, PERSON_SEX },
	{ "060190012345", 'F', 1991, RC_OK, "060190012345", PERSON_CCCD, PERSON_YEAR },
	{ "060310012345", 'F', 2010, RC_OK, "060310012345", PERSON_CCCD, 0 },
	{ "060390012345", 'F', 0, RC_OK, "060390012345", PERSON_CCCD, PERSON_UNBORN },
	{ "003190012345", 'F', 1990, RC_OK, "003190012345", PERSON_CCCD, PERSON_PROVINCE },
	{ "184190012345", 'F', 1990, RC_OK, "184190012345", PERSON_CCCD, 0 },
	{ "012345678", 'F', 1990, RC_OK, "012345678", PERSON_CMND, 0 },
	{ "C1234567", 0, 0, RC_OK, "C1234567", PERSON_OTHER, 0 },
	{ "AB-12/3", 0, 0, RC_OK, "AB-12/3", PERSON_OTHER, 0 },
	{ "12345678901", 0, 0, RC_INPUT, "", PERSON_OTHER, 0 },
	{ "1234567890123", 0, 0, RC_INPUT, "", PERSON_OTHER, 0 },
	{ "", 0, 0, RC_INPUT, "", PERSON_OTHER, 0 },
	{ " - ", 0, 0, RC_INPUT, "", PERSON_OTHER, 0 },
	{ "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ", 0, 0, RC_INPUT, "", PERSON_OTHER, 0 },
};

static void numbers_are_read_and_doubted(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct person_id id = { 0 };
		struct err err = { 0 };

		print_message("%s\n", ids[i].in);
		assert_int_equal(person_id_check(ids[i].in, ids[i].sex, ids[i].birth_year, 2025, &id, &err), ids[i].rc);
		if (ids[i].rc)
			continue;
		assert_string_equal(id.number, ids[i].number);
		assert_int_equal(id.kind, ids[i].kind);
		assert_int_equal(id.doubts, ids[i].doubts);
	}
}

static void a_number_tells_province_sex_and_year(void **state)
{
	struct person_id id;

	(void)state;
	assert_int_equal(person_id_check("060305012345", 0, 0, 0, &id, NULL), RC_OK);
	assert_string_equal(id.province->name, "Bình Thuận");
	assert_string_equal(id.province->successor, "Lâm Đồng");
	assert_int_equal(id.sex, 'F');
	assert_int_equal(id.birth_year, 2005);
	assert_int_equal(provinces_count, 63);
	for (size_t i = 0; i < provinces_count; i++)
		assert_ptr_equal(province_find(provinces[i].code), &provinces[i]);
	assert_null(province_find("003"));
	for (unsigned d = PERSON_PROVINCE; d <= PERSON_UNBORN; d <<= 1)
		assert_true(*person_doubt_words((enum person_doubt)d)->vi);
}

static const char *const phones[][2] = {
	{ "0377305234", "+84377305234" },    { "0377 305 234", "+84377305234" }, { "037.730.5234", "+84377305234" },
	{ "+84377305234", "+84377305234" },  { "84377305234", "+84377305234" },  { "0084 377305234", "+84377305234" },
	{ "+84 0377305234", "+84377305234" }, { "(028) 38223344", "+842838223344" }, { "02603862233", "+842603862233" },
	{ "0263-3822334", "+842633822334" }, { "+1 415 555 2671", "+14155552671" }, { "0477305234", NULL },
	{ "037730523", NULL },               { "03773052345", NULL },             { "377305234", NULL },
	{ "0377a05234", NULL },              { "", NULL },                        { "+", NULL },
	{ "1900", NULL },                    { "0", NULL },                       { "+84", NULL },
	{ "+1234567890123456", NULL },       { "00000000000000000000000000000", NULL }, { "02", NULL },
};

static void phones_become_e164(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
		char out[PERSON_PHONE_TEXT] = "";

		print_message("%s\n", phones[i][0]);
		assert_int_equal(person_phone(phones[i][0], out, NULL), phones[i][1] ? RC_OK : RC_INPUT);
		assert_string_equal(out, phones[i][1] ? phones[i][1] : "");
	}
}

static void masks_hide_the_middle(void **state)
{
	static const char *const cases[][2] = {
		{ "060190012345", "060******345" }, { "012345678", "******678" }, { "+84377305234", "+84******234" },
		{ "C1234567", "********" },         { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char out[PERSON_ID_MAX + 1];

		person_mask(cases[i][0], out);
		assert_string_equal(out, cases[i][1]);
	}
}

static void names_are_tidied(void **state)
{
	static const char typed[] = "  Nguye\xCC\x82\xCC\x83n\xC2\xA0 An ";
	struct buf out = BUF(100);

	(void)state;
	assert_int_equal(person_name(typed, sizeof(typed) - 1, &out, NULL), RC_OK);
	assert_string_equal(buf_str(&out), "Nguyễn An");
	assert_int_equal(person_name("   ", 3, &out, NULL), RC_INPUT);
	assert_int_equal(person_name("A\xE2\x80\xAE", 4, &out, NULL), RC_INPUT);
	assert_string_equal(buf_str(&out), "Nguyễn An");
	buf_done(&out);
}

static const struct {
	const char *in;
	int year, month, day; /* year 0: refused; month 0: the year alone */
} dates[] = {
	{ "15/3/1990", 1990, 3, 15 },   { "15-03-1990", 1990, 3, 15 }, { "15.3.1990", 1990, 3, 15 },
	{ "15 3 1990", 1990, 3, 15 },   { "15031990", 1990, 3, 15 },   { "150390", 1990, 3, 15 },
	{ "010190", 1990, 1, 1 },       { "1/1/1990", 1990, 1, 1 },    { "01-01-1990", 1990, 1, 1 },
	{ "1990-03-15", 1990, 3, 15 },  { " 15/3/90 ", 1990, 3, 15 },  { "010125", 2025, 1, 1 },
	{ "020725", 1925, 7, 2 },       { "010725", 2025, 7, 1 },      { "29/2/2000", 2000, 2, 29 },
	{ "1990", 1990, 0, 0 },         { " 1990 ", 1990, 0, 0 },      { "29/2/1990", 0, 0, 0 },
	{ "2/7/2025", 0, 0, 0 },        { "2026", 0, 0, 0 },           { "1849", 0, 0, 0 },
	{ "1/1/1849", 0, 0, 0 },        { "1/13/1990", 0, 0, 0 },      { "0/1/1990", 0, 0, 0 },
	{ "1/1", 0, 0, 0 },             { "1/1-1990", 0, 0, 0 },       { "1/1/990", 0, 0, 0 },
	{ "1/1/1990/", 0, 0, 0 },       { "1//1990", 0, 0, 0 },        { "", 0, 0, 0 },
	{ "abc", 0, 0, 0 },             { "15/3/1990x", 0, 0, 0 },     { "15031990123", 0, 0, 0 },
	{ "99999999999999999999", 0, 0, 0 }, { "12345", 0, 0, 0 },     { "290290", 0, 0, 0 },
};

static void dates_are_read_as_clerks_type_them(void **state)
{
	dayno today = on(2025, 7, 1);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		dayno day = 12345, birth = 12345;
		int year = 0;
		bool known = dates[i].year && dates[i].month;

		print_message("%s\n", dates[i].in);
		assert_int_equal(person_date(dates[i].in, today, &day, NULL), known ? RC_OK : RC_INPUT);
		assert_int_equal(day, known ? on(dates[i].year, dates[i].month, dates[i].day) : 12345);
		assert_int_equal(person_birth(dates[i].in, today, &birth, &year, NULL),
				 dates[i].year ? RC_OK : RC_INPUT);
		assert_int_equal(year, dates[i].year);
		if (dates[i].year)
			assert_int_equal(birth, known ? day : DAYNO_NONE);
	}
}

static const struct {
	const char *in;
	int64_t vnd; /* -1: refused */
} sums[] = {
	{ "8000", 8000 },           { "8.000", 8000 },            { "8.000 đ", 8000 },   { "8000đ", 8000 },
	{ "8,000 VND", 8000 },      { "8 000", 8000 },            { "8 000 đ", 8000 },   { "1.234.567", 1234567 },
	{ "0", 0 },                 { " 15000 ", 15000 },         { "999999999999", INT64_C(999999999999) },
	{ "1000000000000", -1 },    { "1e9", -1 },                { "1E9", -1 },         { "-8000", -1 },
	{ "+8000", -1 },            { "8.5", -1 },                { "8.50", -1 },        { "8.0000", -1 },
	{ "8.000,5", -1 },          { "8.000,000", -1 },          { "8000.000", -1 },    { "", -1 },
	{ "đ", -1 },                { "8k", -1 },                 { "0x10", -1 },        { "8.", -1 },
	{ "99999999999999999999", -1 }, { "999.999.999.999.999.999", -1 }, { "8000 usd", -1 },
};

static void sums_are_whole_dong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
		int64_t vnd = -1;

		print_message("%s\n", sums[i].in);
		assert_int_equal(person_money(sums[i].in, &vnd, NULL), sums[i].vnd < 0 ? RC_INPUT : RC_OK);
		assert_int_equal(vnd, sums[i].vnd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_and_doubted),
		cmocka_unit_test(a_number_tells_province_sex_and_year),
		cmocka_unit_test(phones_become_e164),
		cmocka_unit_test(masks_hide_the_middle),
		cmocka_unit_test(names_are_tidied),
		cmocka_unit_test(dates_are_read_as_clerks_type_them),
		cmocka_unit_test(sums_are_whole_dong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
