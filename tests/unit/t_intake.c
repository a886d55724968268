/* t_intake.c - receiving: what is filled in, which codes come out, what the clerk hears. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/commit.h"
#include "core/csv_import.h"
#include "core/intake.h"
#include "core/setting.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

static struct app app;

static int setup(void **state)
{
	(void)state;
	ward_open(&app);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

static void person(struct rec *dossier, const char *procedure)
{
	rec_init(dossier, REC_DOSSIER);
	rec_put_text(dossier, DOSSIER_PROCEDURE_CODE, procedure);
	rec_put_text(dossier, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	rec_put_text(dossier, DOSSIER_APPLICANT_ID_NO, "060190012345");
}

static void receives(struct rec *dossier, struct intake_result *result, const char *code)
{
	struct err err = { .rc = RC_OK };

	if (intake_receive(&app, dossier, result, &err))
		fail_msg("%s: %s", err.field, err.en);
	assert_string_equal(result->code, code);
}

static void fills_in_what_the_clerk_left_open(void **state)
{
	struct intake_result result;
	struct rec dossier;
	struct row row;

	(void)state;
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-0101");
	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, "H11.25-241025-0101", &row, NULL), RC_OK);
	assert_true(rec_equal(&row.body, &dossier));
	assert_int_equal(rec_num(&row.body, DOSSIER_CHANNEL), CHANNEL_DIRECT);
	assert_int_equal(rec_num(&row.body, DOSSIER_RECEIVED_AT), at("2024-10-25 08:00"));
	assert_int_equal(rec_num(&row.body, DOSSIER_STATE), STATE_RECEIVED);
	assert_string_equal(rec_text(&row.body, DOSSIER_RECEIVED_BY), "admin");
	assert_string_equal(rec_text(&row.body, DOSSIER_FIELD_NAME), "Hộ tịch");
	assert_int_equal(result.due_at, at("2024-10-25 17:00"));
	assert_true(rec_elements(&row.body, DOSSIER_COMPONENTS) > 0);
	assert_true(rec_elements(&row.body, DOSSIER_STEPS) > 0);
	assert_int_equal(rec_elements(&row.body, DOSSIER_FEES), 0);
	assert_int_equal(result.doubts.count, 0);
	row_done(&row);
	rec_done(&dossier);
}

static void codes_go_on_and_are_not_used_again(void **state)
{
	struct intake_result result;
	struct act_input input;
	struct rec dossier;

	(void)state;
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-0101");
	act_input_init(&input, VERB_UNDO);
	assert_int_equal(act_run(&app, result.code, VERB_UNDO, &input, NULL, NULL), RC_OK);
	act_input_done(&input);
	rec_done(&dossier);
	person(&dossier, "1.001193");
	rec_put_text(&dossier, DOSSIER_CODE, "H11.25-241025-0102"); /* told: taken as it is */
	receives(&dossier, &result, "H11.25-241025-0102");
	rec_done(&dossier);
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-0103");
	rec_done(&dossier);
	person(&dossier, "1.001193");
	rec_put_num(&dossier, DOSSIER_RECEIVED_AT, at("2024-10-24 08:00")); /* yesterday has its own row of numbers */
	receives(&dossier, &result, "H11.25-241024-0101");
	rec_done(&dossier);
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-0104");
	rec_done(&dossier);
	assert_int_equal(local_set_int(app.db, "restored_on", on("2024-10-25"), NULL), RC_OK);
	app.epoch = 2;
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-12100");
	rec_done(&dossier);
	clock_set_test(at("2024-10-28 08:00"));
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241028-0101");
	rec_done(&dossier);
}

static void tells_what_is_odd(void **state)
{
	struct intake_result result;
	struct rec dossier;
	struct path path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_COMPONENT);

	(void)state;
	person(&dossier, "1.001193");
	receives(&dossier, &result, "H11.25-241025-0101");
	rec_done(&dossier);
	person(&dossier, "1.001193");
	rec_set_bytes(&dossier, &path, "to-khai", 7);
	receives(&dossier, &result, "H11.25-241025-0102");
	assert_int_equal(result.doubts.count, 2); /* papers missing; the same person again */
	assert_non_null(strstr(explain_text(&result.doubts, 0, LANG_EN), "01"));
	assert_non_null(strstr(explain_text(&result.doubts, 1, LANG_EN), "H11.25-241025-0101"));
	rec_done(&dossier);
}

static const struct {
	const char *what, *field;
	unsigned tag;
	const char *text; /* put into tag, or: */
	int64_t num;
} bad[] = {
	{ "no procedure", "procedure_code", DOSSIER_PROCEDURE_CODE, "", 0 },
	{ "a procedure nobody knows", "procedure_code", DOSSIER_PROCEDURE_CODE, "9.999999", 0 },
	{ "no name", "applicant_name", DOSSIER_APPLICANT_NAME, "", 0 },
	{ "tomorrow", "received_at", DOSSIER_RECEIVED_AT, NULL, INT64_C(1729908000000) },
	{ "due before", "due_at", DOSSIER_DUE_AT, NULL, INT64_C(1729731600000) },
	{ "done already", "state", DOSSIER_STATE, NULL, STATE_DONE },
	{ "finished already", "finished_at", DOSSIER_FINISHED_AT, NULL, INT64_C(1729818000000) },
};

static void refuses_and_keeps_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct intake_result result;
		struct err err = { .rc = RC_OK };
		struct rec dossier, before;

		case_name(bad[i].what);
		person(&dossier, "1.001193");
		if (bad[i].text)
			rec_put_text(&dossier, bad[i].tag, bad[i].text);
		else
			rec_put_num(&dossier, bad[i].tag, bad[i].num);
		rec_init(&before, REC_DOSSIER);
		rec_copy(&before, &dossier);
		assert_int_equal(intake_receive(&app, &dossier, &result, &err), RC_INPUT);
		assert_string_equal(err.field, bad[i].field);
		assert_true(rec_equal(&before, &dossier));
		assert_int_equal(row_count(app.db, REC_DOSSIER), 0);
		rec_done(&before);
		rec_done(&dossier);
	}
}

static void needs_a_date_where_the_law_gives_none(void **state)
{
	struct intake_result result;
	struct err err = { .rc = RC_OK };
	struct rec dossier;

	(void)state;
	person(&dossier, "1.010803");
	rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.003583");
	if (intake_receive(&app, &dossier, &result, &err) == RC_INPUT && !strcmp(err.field, "due_at")) {
		rec_put_num(&dossier, DOSSIER_DUE_AT, at("2024-11-01 17:00"));
		receives(&dossier, &result, "H11.25-241025-0101");
		assert_int_equal(result.due_at, at("2024-11-01 17:00"));
	}
	rec_done(&dossier);
}

static void knows_who_was_here(void **state)
{
	struct intake_result result;
	struct rec dossier, known;
	struct buf codes = BUF(400);

	(void)state;
	rec_init(&known, REC_DOSSIER);
	assert_int_equal(intake_known(&app, "060190012345", &known, NULL), RC_NONE);
	person(&dossier, "1.001193");
	rec_put_text(&dossier, DOSSIER_APPLICANT_ADDRESS, "12 Võ Thị Sáu");
	receives(&dossier, &result, "H11.25-241025-0101");
	assert_int_equal(intake_known(&app, "060190012345", &known, NULL), RC_OK);
	assert_string_equal(rec_text(&known, DOSSIER_APPLICANT_ADDRESS), "12 Võ Thị Sáu");
	assert_false(rec_has(&known, DOSSIER_CODE));
	assert_int_equal(intake_known(&app, "90012345", &known, NULL), RC_NONE); /* a tail is not a person */
	assert_int_equal(intake_duplicates(&app, "060190012345", "1.001193", &codes, NULL), RC_OK);
	assert_string_equal(buf_str(&codes), "H11.25-241025-0101");
	buf_done(&codes);
	rec_done(&dossier);
	rec_done(&known);
}

static msec promise_of(const char *code)
{
	struct row row;
	msec due;

	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	due = rec_num(&row.body, DOSSIER_DUE_AT);
	row_done(&row);
	return due;
}

static void import_holidays(const char *csv)
{
	const struct csv_import_options options = { .dry_run = false };
	struct csv_import_result result;
	FILE *in = fmemopen(NULL, strlen(csv) + 1, "w+");

	assert_non_null(in);
	assert_int_equal(fputs(csv, in) >= 0, 1);
	rewind(in);
	assert_int_equal(csv_import(&app, REC_HOLIDAY, in, &options, &result, NULL), RC_OK);
	assert_int_equal(result.made, 1);
	(void)fclose(in);
}

static void a_new_holiday_moves_what_was_counted(void **state)
{
	struct intake_result result;
	struct rec counted, typed;
	int64_t events;

	(void)state;
	person(&counted, "1.001022"); /* three working days */
	receives(&counted, &result, "H11.25-241025-0101");
	assert_int_equal(result.due_at, at("2024-10-30 08:00"));
	person(&typed, "1.001022");
	rec_put_num(&typed, DOSSIER_DUE_AT, at("2024-10-31 17:00"));
	receives(&typed, &result, "H11.25-241025-0102");
	import_holidays("date,year,name_vi,kind,is_workday\n2024-10-28,2024,Nghỉ bão,swapped_off,0\n");
	assert_int_equal(promise_of("H11.25-241025-0101"), at("2024-10-31 08:00"));
	assert_int_equal(promise_of("H11.25-241025-0102"), at("2024-10-31 17:00"));
	assert_int_equal(setting_set(&app, "workdays", "1111110", NULL), RC_OK); /* Saturday counts from now on */
	assert_int_equal(promise_of("H11.25-241025-0101"), at("2024-10-30 08:00"));
	assert_int_equal(commit_verify(&app, &events, NULL), RC_OK);
	rec_done(&counted);
	rec_done(&typed);
}

static void only_the_counter_receives(void **state)
{
	static const enum role may_not[] = { ROLE_LEADER, ROLE_TEAM_MEMBER, ROLE_SUPERVISOR };
	struct intake_result result;
	struct rec dossier;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(may_not); i++) {
		app.role = may_not[i];
		person(&dossier, "1.001193");
		assert_int_equal(intake_receive(&app, &dossier, &result, NULL), RC_REFUSED);
		rec_done(&dossier);
	}
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(fills_in_what_the_clerk_left_open),
		TEST(codes_go_on_and_are_not_used_again),
		TEST(tells_what_is_odd),
		TEST(refuses_and_keeps_nothing),
		TEST(needs_a_date_where_the_law_gives_none),
		TEST(knows_who_was_here),
		TEST(a_new_holiday_moves_what_was_counted),
		TEST(only_the_counter_receives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
