/* t_dossier_rules.c - every verb from every state, and what each makes of a dossier. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/dossier.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"

static struct calendar cal;

static int load(void **state)
{
	(void)state;
	load_holidays(&cal);
	return 0;
}

/* ------------------------------------------------------------------ the table of states */

/*
 * A letter a state: where the verb leads (g registered, n received, p processing, s supplement,
 * f finance, t stopped, d done, r returned, w withdrawn, x not received), - where it may not happen.
 */
#define LETTERS "gnpsftdrwx"
static const struct {
	const char *verb, *from; /* from: one letter a state, in the order of LETTERS */
} matrix[] = {
	{ "accept",     "n---------" },
	{ "forward",    "-pp-------" },
	{ "done",       "--d-------" },
	{ "supplement", "s-s-------" },
	{ "resume",     "---ppp----" },
	{ "finance",    "--f-------" },
	{ "stop",       "--tt------" },
	{ "extend",     "--p-------" },
	{ "refuse",     "xddddd----" },
	{ "withdraw",   "wwwwww----" },
	{ "return",     "------r---" },
	{ "rate",       "------dr--" },
	{ "pay",        "gnpsftdrwx" },
	{ "correct",    "gnpsftdrwx" },
	{ "undo",       "gnpsftdrwx" },
};

static void in_state(struct rec *dossier, int state)
{
	rec_clear(dossier, REC_DOSSIER);
	rec_put_num(dossier, DOSSIER_STATE, state);
	if (state != STATE_REGISTERED)
		rec_put_num(dossier, DOSSIER_RECEIVED_AT, at("2024-10-21 09:00"));
}

static void every_verb_from_every_state(void **unused)
{
	struct rec dossier;

	(void)unused;
	rec_init(&dossier, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(matrix); i++)
		for (int state = STATE_REGISTERED; state <= STATE_NOT_RECEIVED; state++) {
			const struct dossier_verb *row = dossier_verb_named(matrix[i].verb);
			char expected = matrix[i].from[state - 1], told[80];
			struct err err = { .rc = RC_OK };
			int to = 0;
			enum rc rc;

			(void)snprintf(told, sizeof(told), "%s from %c", matrix[i].verb, LETTERS[state - 1]);
			case_name(told);
			assert_non_null(row);
			in_state(&dossier, state);
			rc = dossier_allows(&dossier, row->verb, at("2024-10-22 09:00"), &to, &err);
			if (expected == '-') {
				assert_int_equal(rc, RC_INPUT);
				assert_true(err.vi[0] && err.en[0]);
			} else {
				assert_int_equal(rc, RC_OK);
				assert_int_equal(LETTERS[to - 1], expected);
			}
		}
	rec_done(&dossier);
}

static void the_matrix_has_every_verb(void **unused)
{
	size_t rows = 0;

	(void)unused;
	for (const struct dossier_verb *row = dossier_verbs; row->verb; row++, rows++)
		assert_ptr_equal(dossier_verb_named(row->name), row);
	assert_int_equal(rows, ARRAY_LEN(matrix));
}

/* ------------------------------------------------------------------ what a verb makes */

static const struct dossier_step template[] = {
	{ "Bộ phận Một cửa", "intake", LEVEL_WARD, 150000 },
	{ "Chuyên môn", "process", LEVEL_WARD, 600000 },
	{ "Lãnh đạo UBND", "sign", LEVEL_WARD, 250000 },
};

struct play {
	struct rec dossier, fields;
	struct dossier_context ctx;
	struct explain doubts;
	struct err err;
};

static void begin(struct play *play, const char *received)
{
	*play = (struct play){ .err = { .rc = RC_OK } };
	rec_init(&play->dossier, REC_DOSSIER);
	rec_init(&play->fields, REC_NONE);
	play->ctx = (struct dossier_context){
		.cal = &cal, .allowance = { 3, WORKING_DAY, false }, .steps = template,
		.steps_count = ARRAY_LEN(template), .actor = "lan", .note = "", .device = { 1, 2, 3 },
	};
	rec_put_text(&play->dossier, DOSSIER_CODE, "H11.25-241021-0101");
	rec_put_text(&play->dossier, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&play->dossier, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	if (!received) {
		rec_put_num(&play->dossier, DOSSIER_STATE, STATE_REGISTERED);
		return;
	}
	rec_put_num(&play->dossier, DOSSIER_RECEIVED_AT, at(received));
	rec_put_num(&play->dossier, DOSSIER_STATE, STATE_RECEIVED);
	assert_int_equal(dossier_plan(&play->dossier, &play->ctx, &play->doubts, &play->err), RC_OK);
}

static void end(struct play *play)
{
	rec_done(&play->dossier);
	rec_done(&play->fields);
}

static enum rc act(struct play *play, enum verb verb, const char *when)
{
	enum rc rc;

	play->ctx.at = at(when);
	play->doubts.count = 0;
	rc = dossier_change(&play->dossier, verb, &play->fields, &play->ctx, &play->dossier, &play->doubts, &play->err);
	rec_clear(&play->fields, REC_NONE);
	play->ctx.note = "";
	return rc;
}

static void does(struct play *play, enum verb verb, const char *when, int state)
{
	assert_int_equal(act(play, verb, when), RC_OK);
	assert_int_equal(dossier_state(&play->dossier), state);
	assert_int_equal(rec_check(&play->dossier, false, &play->err), RC_OK);
	assert_int_equal(dossier_check_times(&play->dossier, &play->err), RC_OK);
}

static struct element step(const struct play *play, size_t n)
{
	struct element el = { 0 };

	for (size_t i = 0; i <= n; i++)
		assert_true(rec_each(&play->dossier, DOSSIER_STEPS, &el));
	return el;
}

static msec step_time(const struct play *play, size_t n, unsigned sub)
{
	struct element el = step(play, n);

	return el_num(&play->dossier, &el, sub);
}

static void due_is(const struct play *play, const char *when)
{
	assert_int_equal(rec_num(&play->dossier, DOSSIER_DUE_AT), at(when));
}

static void a_dossier_goes_its_way(void **unused)
{
	struct play play;

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	due_is(&play, "2024-10-24 09:00");
	assert_int_equal(rec_elements(&play.dossier, DOSSIER_STEPS), 3);
	assert_int_equal(step_time(&play, 0, STEP_EL_GIVEN_AT), at("2024-10-21 09:00"));
	assert_int_equal(step_time(&play, 1, STEP_EL_GIVEN_AT), MSEC_NONE);
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	assert_int_equal(step_time(&play, 0, STEP_EL_DONE_AT), at("2024-10-21 10:00"));
	assert_int_equal(step_time(&play, 1, STEP_EL_GIVEN_AT), at("2024-10-21 10:00"));
	rec_put_text(&play.fields, VERB_FIELD_RESULT_NO, "12/KS");
	rec_put_num(&play.fields, VERB_FIELD_ELECTRONIC_RESULT, 0);
	does(&play, VERB_DONE, "2024-10-22 10:00", STATE_DONE);
	assert_int_equal(step_time(&play, 1, STEP_EL_DONE_AT), at("2024-10-22 10:00"));
	assert_int_equal(step_time(&play, 2, STEP_EL_DONE_AT), MSEC_NONE);
	assert_int_equal(rec_num(&play.dossier, DOSSIER_FINISHED_AT), at("2024-10-22 10:00"));
	assert_int_equal(rec_num(&play.dossier, DOSSIER_ELECTRONIC_RESULT), 0);
	assert_false(dossier_is_open(&play.dossier));
	does(&play, VERB_RETURN, "2024-10-22 11:00", STATE_RETURNED);
	assert_int_equal(rec_num(&play.dossier, DOSSIER_RETURN_METHOD), RETURN_COUNTER);
	assert_int_equal(dossier_last_fact(&play.dossier), at("2024-10-22 11:00"));
	end(&play);
}

static void forward_inserts_the_named_step(void **unused)
{
	struct play play;
	struct element el;

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	rec_put_text(&play.fields, VERB_FIELD_UNIT, "Công an phường");
	rec_put_num(&play.fields, VERB_FIELD_LEVEL, LEVEL_OTHER);
	rec_put_num(&play.fields, VERB_FIELD_ALLOTTED_DAYS, 500000);
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	el = step(&play, 1);
	assert_string_equal(el_text(&play.dossier, &el, STEP_EL_UNIT), "Công an phường");
	assert_int_equal(el_num(&play.dossier, &el, STEP_EL_SEQ), 2);
	assert_int_equal(el_num(&play.dossier, &el, STEP_EL_DUE_AT), at("2024-10-21 16:00"));
	el = step(&play, 3);
	assert_int_equal(el_num(&play.dossier, &el, STEP_EL_SEQ), 4);
	does(&play, VERB_FORWARD, "2024-10-21 15:00", STATE_PROCESSING); /* then the template goes on */
	el = step(&play, 2);
	assert_string_equal(el_text(&play.dossier, &el, STEP_EL_UNIT), "Chuyên môn");
	assert_int_equal(el_num(&play.dossier, &el, STEP_EL_GIVEN_AT), at("2024-10-21 15:00"));
	does(&play, VERB_FORWARD, "2024-10-21 16:00", STATE_PROCESSING);
	assert_int_equal(act(&play, VERB_FORWARD, "2024-10-21 16:30"), RC_INPUT);
	assert_string_equal(play.err.field, "unit");
	end(&play);
}

static void a_pause_moves_the_promise(void **unused)
{
	struct play play;
	struct element el = { 0 };

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	assert_int_equal(act(&play, VERB_SUPPLEMENT, "2024-10-22 10:00"), RC_INPUT); /* says nothing */
	rec_put_text(&play.fields, VERB_FIELD_ITEMS, "Giấy chứng sinh\nCCCD");
	does(&play, VERB_SUPPLEMENT, "2024-10-22 10:00", STATE_SUPPLEMENT);
	assert_int_equal(play.doubts.count, 0);
	assert_true(dossier_is_paused(&play.dossier));
	due_is(&play, "2024-10-24 09:00");
	does(&play, VERB_RESUME, "2024-10-24 08:00", STATE_PROCESSING);
	due_is(&play, "2024-10-28 09:00"); /* two working days, over the weekend */
	assert_false(dossier_is_paused(&play.dossier));
	assert_true(rec_each(&play.dossier, DOSSIER_PAUSES, &el));
	assert_int_equal(el_num(&play.dossier, &el, PAUSE_EL_TO), at("2024-10-24 08:00"));
	assert_string_equal(el_text(&play.dossier, &el, PAUSE_EL_ITEMS), "Giấy chứng sinh\nCCCD");
	rec_put_text(&play.fields, VERB_FIELD_REASON, "thiếu");
	does(&play, VERB_SUPPLEMENT, "2024-10-24 09:00", STATE_SUPPLEMENT);
	assert_int_equal(play.doubts.count, 1); /* a second time is told */
	end(&play);
}

static void a_stop_in_a_supplement_counts_each_day_once(void **unused)
{
	struct play play;

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "thiếu");
	does(&play, VERB_SUPPLEMENT, "2024-10-21 11:00", STATE_SUPPLEMENT);
	assert_int_equal(act(&play, VERB_STOP, "2024-10-22 08:00"), RC_INPUT); /* without a reason */
	rec_put_text(&play.fields, VERB_FIELD_REASON, "tranh chấp");
	does(&play, VERB_STOP, "2024-10-22 08:00", STATE_STOPPED);
	does(&play, VERB_RESUME, "2024-10-23 08:00", STATE_SUPPLEMENT); /* the state before */
	does(&play, VERB_RESUME, "2024-10-25 08:00", STATE_PROCESSING);
	due_is(&play, "2024-10-30 09:00"); /* 21 to 25 October: four working days, once */
	end(&play);
}

static void a_final_stop_resolves(void **unused)
{
	struct play play;

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "chết");
	rec_put_num(&play.fields, VERB_FIELD_FINAL, 1);
	does(&play, VERB_STOP, "2024-10-22 08:00", STATE_STOPPED);
	assert_int_equal(rec_num(&play.dossier, DOSSIER_FINISHED_AT), at("2024-10-22 08:00"));
	assert_false(dossier_is_open(&play.dossier));
	assert_int_equal(act(&play, VERB_RESUME, "2024-10-23 08:00"), RC_INPUT);
	assert_int_equal(act(&play, VERB_WITHDRAW, "2024-10-23 08:00"), RC_INPUT);
	end(&play);
}

static void extending(void **unused)
{
	struct play play;
	struct element el = { 0 };

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	rec_put_num(&play.fields, VERB_FIELD_NEW_DUE_AT, at("2024-10-23 09:00"));
	rec_put_text(&play.fields, VERB_FIELD_REASON, "phức tạp");
	assert_int_equal(act(&play, VERB_EXTEND, "2024-10-22 08:00"), RC_INPUT); /* not later */
	assert_string_equal(play.err.field, "new_due_at");
	rec_put_num(&play.fields, VERB_FIELD_NEW_DUE_AT, at("2024-10-29 09:00"));
	play.ctx.note = "phức tạp"; /* a note is reason enough */
	does(&play, VERB_EXTEND, "2024-10-22 08:00", STATE_PROCESSING);
	assert_int_equal(play.doubts.count, 0);
	due_is(&play, "2024-10-29 09:00");
	assert_true(rec_each(&play.dossier, DOSSIER_EXTENSIONS, &el));
	assert_int_equal(el_num(&play.dossier, &el, EXTENSION_EL_OLD_DUE_AT), at("2024-10-24 09:00"));
	rec_put_num(&play.fields, VERB_FIELD_NEW_DUE_AT, at("2024-11-05 09:00"));
	rec_put_text(&play.fields, VERB_FIELD_REASON, "x");
	does(&play, VERB_EXTEND, "2024-10-30 08:00", STATE_PROCESSING);
	assert_int_equal(play.doubts.count, 2); /* a second time, and late */
	end(&play);
}

static void refusing(void **unused)
{
	struct play play;

	(void)unused;
	begin(&play, NULL);
	assert_int_equal(dossier_right(&play.dossier, VERB_REFUSE, at("2024-10-21 10:00")), MAY_REFUSE_RECEPTION);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "sai thẩm quyền");
	does(&play, VERB_REFUSE, "2024-10-21 10:00", STATE_NOT_RECEIVED);
	assert_false(rec_has(&play.dossier, DOSSIER_FINISHED_AT));
	end(&play);

	begin(&play, "2024-10-21 09:00");
	assert_int_equal(dossier_right(&play.dossier, VERB_REFUSE, at("2024-10-21 10:00")), MAY_REFUSE_SUBSTANCE);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "không đủ điều kiện");
	does(&play, VERB_REFUSE, "2024-10-21 10:00", STATE_DONE);
	assert_true(rec_true(&play.dossier, DOSSIER_REFUSED));
	assert_true(rec_has(&play.dossier, DOSSIER_FINISHED_AT));
	end(&play);

	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "thiếu");
	rec_put_num(&play.fields, VERB_FIELD_REPLY_BEFORE, on("2024-10-25"));
	does(&play, VERB_SUPPLEMENT, "2024-10-21 11:00", STATE_SUPPLEMENT);
	assert_int_equal(dossier_right(&play.dossier, VERB_REFUSE, at("2024-10-25 10:00")), MAY_REFUSE_SUBSTANCE);
	assert_int_equal(dossier_right(&play.dossier, VERB_REFUSE, at("2024-10-26 10:00")), MAY_REFUSE_RECEPTION);
	rec_put_text(&play.fields, VERB_FIELD_REASON, "quá hạn bổ sung");
	does(&play, VERB_REFUSE, "2024-10-26 10:00", STATE_NOT_RECEIVED);
	end(&play);
}

static void fees(void **unused)
{
	struct play play;
	struct element el = { 0 };

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	does(&play, VERB_FORWARD, "2024-10-21 10:00", STATE_PROCESSING);
	rec_put_num(&play.fields, VERB_FIELD_AMOUNT_VND, 50000);
	does(&play, VERB_FINANCE, "2024-10-21 11:00", STATE_FINANCE);
	rec_put_num(&play.fields, VERB_FIELD_AMOUNT_VND, 40000);
	assert_int_equal(act(&play, VERB_PAY, "2024-10-21 12:00"), RC_INPUT); /* not what is due */
	rec_put_num(&play.fields, VERB_FIELD_METHOD, PAY_ONLINE);
	does(&play, VERB_PAY, "2024-10-21 12:00", STATE_FINANCE); /* the one that is due */
	assert_true(rec_each(&play.dossier, DOSSIER_FEES, &el));
	assert_int_equal(el_num(&play.dossier, &el, FEE_EL_STATUS), FEE_PAID);
	assert_int_equal(el_num(&play.dossier, &el, FEE_EL_METHOD), PAY_ONLINE);
	assert_int_equal(act(&play, VERB_PAY, "2024-10-21 12:00"), RC_INPUT); /* how much? */
	assert_string_equal(play.err.field, "amount_vnd");
	rec_put_num(&play.fields, VERB_FIELD_AMOUNT_VND, 8000);
	does(&play, VERB_PAY, "2024-10-21 12:00", STATE_FINANCE);
	assert_int_equal(rec_elements(&play.dossier, DOSSIER_FEES), 2);
	does(&play, VERB_RESUME, "2024-10-22 08:00", STATE_PROCESSING);
	end(&play);
}

static void correcting(void **unused)
{
	struct play play;
	struct path path = path_of(DOSSIER_APPLICANT_PHONE);

	(void)unused;
	begin(&play, "2024-10-21 09:00");
	rec_put_text(&play.dossier, DOSSIER_APPLICANT_PHONE, "+84377305234");
	rec_put_text(&play.fields, DOSSIER_APPLICANT_NAME, "Nguyễn Thị B");
	assert_int_equal(act(&play, VERB_CORRECT, "2024-10-21 10:00"), RC_INPUT);
	assert_string_equal(play.err.field, "note");
	rec_put_text(&play.fields, DOSSIER_APPLICANT_NAME, "Nguyễn Thị B");
	rec_set_unset(&play.fields, &path);
	play.ctx.note = "ghi sai";
	does(&play, VERB_CORRECT, "2024-10-21 10:00", STATE_RECEIVED);
	assert_false(rec_has(&play.dossier, DOSSIER_APPLICANT_PHONE));
	rec_put_text(&play.fields, DOSSIER_CODE, "x");
	play.ctx.note = "ghi sai";
	assert_int_equal(act(&play, VERB_CORRECT, "2024-10-21 10:00"), RC_INPUT);
	assert_string_equal(play.err.field, "code");
	rec_put_num(&play.fields, DOSSIER_STATE, STATE_DONE);
	play.ctx.note = "ghi sai";
	assert_int_equal(act(&play, VERB_CORRECT, "2024-10-21 10:00"), RC_INPUT);
	assert_string_equal(play.err.field, "state");
	rec_put_num(&play.fields, DOSSIER_DUE_AT, at("2024-10-20 10:00"));
	play.ctx.note = "ghi sai";
	assert_int_equal(act(&play, VERB_CORRECT, "2024-10-21 10:00"), RC_INPUT);
	assert_string_equal(play.err.field, "due_at");
	path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_COMPONENT);
	rec_set_bytes(&play.dossier, &path, "01", 2);
	path = path_at(DOSSIER_COMPONENTS, 1, COMPONENT_EL_COMPONENT);
	rec_set_bytes(&play.dossier, &path, "02", 2);
	path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_COMPONENT);
	rec_set_bytes(&play.fields, &path, "03", 2);
	play.ctx.note = "một thôi";
	does(&play, VERB_CORRECT, "2024-10-21 10:00", STATE_RECEIVED);
	assert_int_equal(rec_elements(&play.dossier, DOSSIER_COMPONENTS), 1); /* a list replaces the list */
	end(&play);
}

static void accepting(void **unused)
{
	struct play play;

	(void)unused;
	begin(&play, NULL);
	rec_put_num(&play.fields, VERB_FIELD_RECEIVED_AT, at("2024-10-21 09:00"));
	does(&play, VERB_ACCEPT, "2024-10-21 10:00", STATE_RECEIVED);
	assert_string_equal(rec_text(&play.dossier, DOSSIER_CODE), "H11.25-241021-0101");
	assert_string_equal(rec_text(&play.dossier, DOSSIER_RECEIVED_BY), "lan");
	due_is(&play, "2024-10-24 09:00");
	assert_int_equal(rec_elements(&play.dossier, DOSSIER_STEPS), 3);
	end(&play);

	begin(&play, NULL);
	play.ctx.allowance = (struct allowance){ 0, UNIT_NONE, false };
	assert_int_equal(act(&play, VERB_ACCEPT, "2024-10-21 10:00"), RC_INPUT);
	assert_string_equal(play.err.field, "due_at");
	end(&play);
}

/* Whatever stands in a record, a verb answers and breaks nothing. */
static void odd_records_are_safe(void **unused)
{
	struct play play;

	(void)unused;
	for (const struct dossier_verb *row = dossier_verbs; row->verb; row++) {
		case_name(row->name);
		begin(&play, NULL);
		rec_put_num(&play.dossier, DOSSIER_STATE, 77);
		rec_put_num(&play.dossier, DOSSIER_DUE_AT, INT64_MAX);
		play.ctx.note = "x";
		if (row->verb != VERB_UNDO)
			(void)!act(&play, row->verb, "2024-10-21 10:00");
		end(&play);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_from_every_state),
		cmocka_unit_test(the_matrix_has_every_verb),
		cmocka_unit_test(a_dossier_goes_its_way),
		cmocka_unit_test(forward_inserts_the_named_step),
		cmocka_unit_test(a_pause_moves_the_promise),
		cmocka_unit_test(a_stop_in_a_supplement_counts_each_day_once),
		cmocka_unit_test(a_final_stop_resolves),
		cmocka_unit_test(extending),
		cmocka_unit_test(refusing),
		cmocka_unit_test(fees),
		cmocka_unit_test(correcting),
		cmocka_unit_test(accepting),
		cmocka_unit_test(odd_records_are_safe),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
