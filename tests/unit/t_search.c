/* t_search.c - finding by what a citizen says or shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/search.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/ward.h"

static const struct {
	const char *code, *name, *id, *phone, *note;
} people[] = {
	{ "H11.25-241025-0101", "Nguyễn Thị Bình", "060190012345", "+84377305234", "" },
	{ "H11.25-241025-0102", "Trần Văn Đức", "060085009876", "+84912000111", "hẹn bà Bình" },
	{ "H11.25-241025-0103", "Lê Văn Hoà", "079201004821", "+84903333444", "" },
	{ "H11.25-241025-0104", "H'Hen Niê", "066099001234", "+84905123456", "" },
	{ "H11.25-241025-0105", "Hoàng Thị Hòa", "060195000777", "+84988770104", "" },
};

static void fill(size_t i, struct rec *out)
{
	rec_put_text(out, DOSSIER_CODE, people[i].code);
	rec_put_text(out, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(out, DOSSIER_APPLICANT_NAME, people[i].name);
	rec_put_text(out, DOSSIER_APPLICANT_ID_NO, people[i].id);
	rec_put_text(out, DOSSIER_APPLICANT_PHONE, people[i].phone);
	rec_put_text(out, DOSSIER_NOTE, people[i].note);
}

static int64_t add(struct app *app, size_t i)
{
	struct rec set;
	struct change change = { .verb = VERB_IMPORT, .kind = REC_DOSSIER, .set = &set };
	int64_t rec = 0;

	rec_init(&set, REC_DOSSIER);
	fill(i, &set);
	assert_int_equal(commit_change(app, &change, &rec, NULL, NULL), RC_OK);
	rec_done(&set);
	return rec;
}

/* Hits as the last digits of their codes, best first. */
static void find(struct app *app, const char *typed, char out[16])
{
	int64_t recs[8];
	size_t count = 0;
	struct row row;
	struct err err = { 0 };

	row_init(&row);
	assert_int_equal(search_find(app, REC_DOSSIER, typed, recs, ARRAY_LEN(recs), &count, &err), RC_OK);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(row_read(app->db, recs[i], &row, &err), RC_OK);
		out[i] = rec_text(&row.body, DOSSIER_CODE)[17];
	}
	out[count] = '\0';
	row_done(&row);
}

static void what_is_typed_finds_whom_it_means(void **state)
{
	static const struct {
		const char *typed, *hits;
	} cases[] = {
		{ "nguyen", "1" },
		{ "NGUYEN", "1" },
		{ "binh nguyen", "1" },
		{ "n t b", "1" },
		{ "bình", "12" },
		{ "binh", "12" },
		{ "duc", "2" },
		{ "đức", "2" },
		{ "dức", "2" },
		{ "hoa", "53" },
		{ "hòa", "53" },
		{ "hoà", "53" },
		{ "hóa", "" },
		{ "hoàng", "5" },
		{ "h'hen nie", "4" },
		{ "345", "1" },
		{ "5234", "1" },
		{ "0377305234", "1" },
		{ "+84377305234", "1" },
		{ "060190012345", "1" },
		{ "0103", "3" },
		{ "h11.25-241025-0103", "3" },
		{ "241025", "54321" },
		{ "241025-0104", "45" }, /* the code before the phone that ends so */
		{ "0104", "45" },
		{ "van 821", "3" },
		{ "van 822", "" },
		{ "hen", "42" },
		{ "", "" },
		{ "   ", "" },
		{ "\"*() OR NOT", "" },
		{ "không có ai", "" },
	};
	struct app app;
	char hits[16];

	(void)state;
	ward_open(&app);
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		(void)add(&app, i);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		case_name(cases[i].typed);
		find(&app, cases[i].typed, hits);
		assert_string_equal(hits, cases[i].hits);
	}
	ward_close(&app);
}

static void a_hit_says_where_it_was_met(void **state)
{
	static const struct {
		const char *typed;
		size_t person;
		uint16_t why;
	} cases[] = {
		{ "binh", 0, DOSSIER_APPLICANT_NAME },	      { "binh", 1, DOSSIER_NOTE },
		{ "345", 0, DOSSIER_APPLICANT_ID_NO },	      { "5234", 0, DOSSIER_APPLICANT_PHONE },
		{ "binh 345", 0, DOSSIER_APPLICANT_ID_NO },   { "345 bình", 0, DOSSIER_APPLICANT_ID_NO },
		{ "241025-0103", 2, DOSSIER_CODE },	      { "duc hen", 1, DOSSIER_NOTE },
		{ "ai khac", 0, 0 },			      { "", 0, 0 },
	};
	struct rec dossier;

	(void)state;
	rec_init(&dossier, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		case_name(cases[i].typed);
		rec_clear(&dossier, REC_DOSSIER);
		fill(cases[i].person, &dossier);
		assert_int_equal(search_why(&dossier, cases[i].typed), cases[i].why);
	}
	rec_done(&dossier);
}

static void a_corrected_name_is_found_and_the_old_one_is_not(void **state)
{
	struct rec set;
	struct change change = { .verb = VERB_CORRECT, .kind = REC_DOSSIER, .set = &set, .note = "gõ sai" };
	struct app app;
	char hits[16];

	(void)state;
	ward_open(&app);
	change.rec = add(&app, 0);
	rec_init(&set, REC_DOSSIER);
	rec_put_text(&set, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bính");
	rec_put_text(&set, DOSSIER_APPLICANT_ID_NO, "060190099999");
	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(&set);
	find(&app, "bính", hits);
	assert_string_equal(hits, "1");
	find(&app, "bình", hits);
	assert_string_equal(hits, "");
	find(&app, "12345", hits);
	assert_string_equal(hits, "");
	find(&app, "99999", hits);
	assert_string_equal(hits, "1");
	ward_close(&app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_finds_whom_it_means),
		cmocka_unit_test(a_hit_says_where_it_was_met),
		cmocka_unit_test(a_corrected_name_is_found_and_the_old_one_is_not),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
