/* t_act.c - verbs on stored dossiers: roles, times, undo, what is told as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/commit.h"
#include "core/history.h"
#include "core/intake.h"
#include "db/journal.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

static struct app app;
static char code[CODE_TEXT];

static int setup(void **state)
{
	struct intake_result result;
	struct rec dossier;

	(void)state;
	ward_open(&app);
	rec_init(&dossier, REC_DOSSIER);
	rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	assert_int_equal(intake_receive(&app, &dossier, &result, NULL), RC_OK);
	(void)snprintf(code, sizeof(code), "%s", result.code);
	rec_done(&dossier);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

/* Do `verb` as a JSON text tells it. */
static enum rc does(enum verb verb, const char *json, struct err *err)
{
	struct act_input input;
	enum rc rc;

	act_input_init(&input, verb);
	rc = act_input_json(&input, verb, json, strlen(json), err);
	if (!rc)
		rc = act_run(&app, code, verb, &input, NULL, err);
	act_input_done(&input);
	return rc;
}

static void now(const char *when)
{
	clock_set_test(at(when));
}

/* ------------------------------------------------------------------ roles */

/* c clerk, o officer, l leader, t team member, s supervisor: who may, from a state that allows it. */
static const struct {
	enum verb verb;
	int state;
	const char *who;
} rights[] = {
	{ VERB_ACCEPT, STATE_REGISTERED, "co---" },    { VERB_FORWARD, STATE_PROCESSING, "col--" },
	{ VERB_DONE, STATE_PROCESSING, "-ol--" },      { VERB_SUPPLEMENT, STATE_PROCESSING, "co---" },
	{ VERB_RESUME, STATE_SUPPLEMENT, "co---" },    { VERB_FINANCE, STATE_PROCESSING, "co---" },
	{ VERB_STOP, STATE_PROCESSING, "--l--" },      { VERB_EXTEND, STATE_PROCESSING, "--l--" },
	{ VERB_REFUSE, STATE_REGISTERED, "co---" },    { VERB_REFUSE, STATE_PROCESSING, "--l--" },
	{ VERB_WITHDRAW, STATE_PROCESSING, "co---" },  { VERB_RETURN, STATE_DONE, "co---" },
	{ VERB_RATE, STATE_RETURNED, "co---" },        { VERB_PAY, STATE_PROCESSING, "co---" },
	{ VERB_CORRECT, STATE_PROCESSING, "co--s" },   { VERB_CORRECT, STATE_RETURNED, "----s" },
};

static void who_may_do_what(void **unused)
{
	struct rec dossier;

	(void)unused;
	rec_init(&dossier, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(rights); i++)
		for (int role = ROLE_CLERK; role <= ROLE_ADMIN; role++) {
			bool may = role == ROLE_ADMIN || rights[i].who[role - 1] != '-';
			char told[80];

			(void)snprintf(told, sizeof(told), "%s as %s", verb_name(rights[i].verb),
				       role_name((enum role)role));
			case_name(told);
			rec_clear(&dossier, REC_DOSSIER);
			rec_put_num(&dossier, DOSSIER_STATE, rights[i].state);
			if (rights[i].state != STATE_REGISTERED)
				rec_put_num(&dossier, DOSSIER_RECEIVED_AT, at("2024-10-21 08:00"));
			app.role = (enum role)role;
			assert_int_equal(act_may(&app, &dossier, rights[i].verb, NULL), may ? RC_OK : RC_REFUSED);
		}
	rec_done(&dossier);
}

/* ------------------------------------------------------------------ times */

static void times_lie_between_the_last_fact_and_now(void **unused)
{
	struct err err = { .rc = RC_OK };

	(void)unused;
	now("2024-10-25 10:00");
	assert_int_equal(does(VERB_FORWARD, "{\"at\":\"2024-10-25T10:01:00+07:00\"}", &err), RC_INPUT);
	assert_string_equal(err.field, "at");
	assert_int_equal(does(VERB_FORWARD, "{\"at\":\"2024-10-25T07:59:00+07:00\"}", &err), RC_INPUT);
	assert_int_equal(does(VERB_FORWARD, "{\"at\":\"2024-10-25\"}", &err), RC_INPUT);
	assert_int_equal(does(VERB_FORWARD, "{\"at\":\"2024-10-25T02:30:00Z\"}", &err), RC_OK); /* 09:30 here */
	assert_int_equal(does(VERB_SUPPLEMENT,
			      "{\"at\":\"2024-10-25T09:29:00+07:00\",\"fields\":{\"reason\":\"x\"}}", &err), RC_INPUT);
	now("2024-10-25 09:00"); /* the clock went back: work goes on */
	assert_int_equal(does(VERB_SUPPLEMENT, "{\"fields\":{\"reason\":\"x\"}}", &err), RC_OK);
	assert_int_equal(ward_state(&app, code), STATE_SUPPLEMENT);
}

/* ------------------------------------------------------------------ what is told */

static const struct {
	const char *what, *json, *field;
	enum verb verb;
} bad[] = {
	{ "no JSON", "x", "", VERB_FORWARD },
	{ "no object", "[]", "", VERB_FORWARD },
	{ "twice the same", "{\"note\":\"a\",\"note\":\"b\"}", "", VERB_FORWARD },
	{ "an unknown part", "{\"when\":1}", "when", VERB_FORWARD },
	{ "an unknown field", "{\"fields\":{\"x\":1}}", "x", VERB_FORWARD },
	{ "a wrong type", "{\"fields\":{\"unit\":1}}", "unit", VERB_FORWARD },
	{ "no choice", "{\"fields\":{\"level\":\"moon\"}}", "level", VERB_FORWARD },
	{ "a rating of six", "{\"fields\":{\"value\":6}}", "value", VERB_RATE },
	{ "a fraction of a dong", "{\"fields\":{\"amount_vnd\":1.5}}", "amount_vnd", VERB_PAY },
	{ "a negative amount", "{\"fields\":{\"amount_vnd\":-1}}", "amount_vnd", VERB_PAY },
	{ "an inner field", "{\"fields\":{\"slip_printed\":false},\"note\":\"x\"}", "slip_printed", VERB_CORRECT },
	{ "the code", "{\"fields\":{\"code\":\"H11.25-241025-0199\"},\"note\":\"x\"}", "code", VERB_CORRECT },
	{ "without its reason", "{\"fields\":{\"applicant_name\":\"A\"}}", "note", VERB_CORRECT },
	{ "without a name", "{\"fields\":{\"applicant_name\":null},\"note\":\"x\"}", "applicant_name", VERB_CORRECT },
	{ "an unknown procedure", "{\"fields\":{\"procedure_code\":\"9.999999\"},\"note\":\"x\"}", "procedure_code",
	  VERB_CORRECT },
};

static void what_cannot_be_is_refused_by_name(void **unused)
{
	int64_t events_before, events_after;

	(void)unused;
	now("2024-10-25 10:00");
	assert_int_equal(journal_verify(app.db, NULL, &events_before, NULL), RC_OK);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct err err = { .rc = RC_OK };

		case_name(bad[i].what);
		assert_int_equal(does(bad[i].verb, bad[i].json, &err), RC_INPUT);
		assert_string_equal(err.field, bad[i].field);
	}
	assert_int_equal(journal_verify(app.db, NULL, &events_after, NULL), RC_OK);
	assert_int_equal(events_before, events_after);
}

static void corrections_take_lists_and_take_away(void **unused)
{
	struct row row;

	(void)unused;
	assert_int_equal(does(VERB_CORRECT, "{\"note\":\"n\",\"fields\":{\"applicant_phone\":\"0377305234\","
			      "\"components\":[{\"component\":\"to-khai\",\"held\":false}]}}", NULL), RC_OK);
	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	assert_string_equal(rec_text(&row.body, DOSSIER_APPLICANT_PHONE), "+84377305234");
	row_done(&row);
	assert_int_equal(does(VERB_CORRECT, "{\"note\":\"n\",\"fields\":{\"applicant_phone\":null,\"steps\":[]}}",
			      NULL), RC_OK);
	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	assert_false(rec_has(&row.body, DOSSIER_APPLICANT_PHONE));
	assert_int_equal(rec_elements(&row.body, DOSSIER_COMPONENTS), 1);
	assert_int_equal(rec_elements(&row.body, DOSSIER_STEPS), 0);
	row_done(&row);
}

/* ------------------------------------------------------------------ undo */

static void undo_goes_back_step_by_step(void **unused)
{
	struct row row, first;
	struct err err = { .rc = RC_OK };

	(void)unused;
	row_init(&row);
	row_init(&first);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &first, NULL), RC_OK);
	now("2024-10-25 10:00");
	assert_int_equal(does(VERB_FORWARD, "{}", NULL), RC_OK);
	assert_int_equal(does(VERB_SUPPLEMENT, "{\"fields\":{\"reason\":\"x\"}}", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK);
	assert_int_equal(ward_state(&app, code), STATE_PROCESSING);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	assert_true(rec_equal(&row.body, &first.body));
	assert_int_equal(does(VERB_FORWARD, "{}", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK); /* the reception itself */
	assert_int_equal(ward_state(&app, code), STATE_NOT_RECEIVED);
	assert_int_equal(does(VERB_UNDO, "{}", &err), RC_INPUT);
	row_done(&row);
	row_done(&first);
}

static void undo_is_for_who_did_it(void **unused)
{
	(void)unused;
	(void)snprintf(app.user, sizeof(app.user), "lan");
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_REFUSED);
	assert_int_equal(ward_state(&app, code), STATE_RECEIVED);
}

static void a_printed_receipt_stands(void **unused)
{
	(void)unused;
	assert_int_equal(does(VERB_FORWARD, "{}", NULL), RC_OK);
	assert_int_equal(act_printed(&app, code, NULL), RC_OK);
	assert_int_equal(act_printed(&app, code, NULL), RC_OK); /* once is enough */
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK); /* the forwarding, not the print */
	assert_int_equal(ward_state(&app, code), STATE_RECEIVED);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_INPUT);
	assert_int_equal(ward_state(&app, code), STATE_RECEIVED);
}

static void what_is_sealed_stands(void **unused)
{
	(void)unused;
	assert_int_equal(does(VERB_FORWARD, "{}", NULL), RC_OK);
	assert_int_equal(db_script(app.db,
				   "INSERT INTO batch (id, device, epoch, first, last, events, sealed_at, state)"
				   " SELECT randomblob(32), ix, 1, 1, 99, 99, 0, 1 FROM device", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_INPUT);
	assert_int_equal(ward_state(&app, code), STATE_PROCESSING);
}

/* ------------------------------------------------------------------ a dossier nobody has, and the past */

static enum rc count_row(void *ctx, const struct history_row *row, struct err *err)
{
	int *count = ctx;

	(void)err;
	assert_false(row->lost);
	*count += !strcmp(row->field, "state");
	return RC_OK;
}

static void history_has_every_value(void **unused)
{
	int states = 0;

	(void)unused;
	assert_int_equal(does(VERB_FORWARD, "{}", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK);
	assert_int_equal(history_walk(&app, REC_DOSSIER, code, count_row, &states, NULL), RC_OK);
	assert_int_equal(states, 3);
	assert_int_equal(history_walk(&app, REC_DOSSIER, "H11.25-241025-0999", count_row, &states, NULL), RC_NONE);
}

static void rows_are_the_fold_of_it_all(void **unused)
{
	int64_t events;

	(void)unused;
	now("2024-10-25 10:00");
	assert_int_equal(does(VERB_FORWARD, "{\"fields\":{\"unit\":\"Công an phường\"}}", NULL), RC_OK);
	assert_int_equal(does(VERB_PAY, "{\"fields\":{\"amount_vnd\":8000}}", NULL), RC_OK);
	assert_int_equal(does(VERB_UNDO, "{}", NULL), RC_OK);
	assert_int_equal(does(VERB_DONE, "{\"fields\":{\"result_no\":\"1\"}}", NULL), RC_OK);
	assert_int_equal(commit_verify(&app, &events, NULL), RC_OK);
	assert_int_equal(commit_rebuild(&app, NULL, NULL, NULL), RC_OK);
	assert_int_equal(commit_verify(&app, &events, NULL), RC_OK);
	assert_int_equal(ward_state(&app, code), STATE_DONE);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(who_may_do_what),
		TEST(times_lie_between_the_last_fact_and_now),
		TEST(what_cannot_be_is_refused_by_name),
		TEST(corrections_take_lists_and_take_away),
		TEST(undo_goes_back_step_by_step),
		TEST(undo_is_for_who_did_it),
		TEST(a_printed_receipt_stands),
		TEST(what_is_sealed_stands),
		TEST(history_has_every_value),
		TEST(rows_are_the_fold_of_it_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
