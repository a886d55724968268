/* t_fact.c - the narrow tables follow the records, in whatever order they come, change and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/fact.h"
#include "core/judge.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/ward.h"

static struct app app;

static int open_ward(void **state)
{
	(void)state;
	ward_open(&app);
	return 0;
}

static int close_ward(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

static enum rc any_name(void *ctx, const char *text, int64_t *ix, struct err *err)
{
	(void)ctx;
	(void)err;
	*ix = (int64_t)strlen(text);
	return RC_OK;
}

static void put(struct rec *rec, unsigned list, unsigned n, unsigned sub, int64_t value)
{
	struct path path = path_at(list, n, sub);

	rec_set_num(rec, &path, value);
}

static const struct {
	const char *what;
	int level;
	msec given, due, done;
} steps[] = {
	{ "never given", LEVEL_WARD, MSEC_NONE, MSEC_NONE, MSEC_NONE },
	{ "open", LEVEL_PROVINCE, INT64_C(1709251200000), INT64_C(1709337600000), MSEC_NONE },
	{ "done before it was due", LEVEL_OTHER, 1000, 500, 400 },
	{ "before 1970", 0, -5, -6, -7 },
	{ "only done", LEVEL_WARD, MSEC_NONE, MSEC_NONE, 0 },
	{ "the ends of time", LEVEL_WARD, INT64_MIN + 1, INT64_MAX, INT64_MIN + 1 },
};

static void steps_are_packed_and_read(void **state)
{
	struct namer namer = { any_name, NULL };
	struct dossier_fact made;
	struct step_fact step;
	struct packed at;
	struct rec rec;

	(void)state;
	rec_init(&rec, REC_DOSSIER);
	for (unsigned i = 0; i < ARRAY_LEN(steps); i++) {
		put(&rec, DOSSIER_STEPS, i, STEP_EL_SEQ, i + 1);
		if (steps[i].level)
			put(&rec, DOSSIER_STEPS, i, STEP_EL_LEVEL, steps[i].level);
		if (steps[i].given != MSEC_NONE)
			put(&rec, DOSSIER_STEPS, i, STEP_EL_GIVEN_AT, steps[i].given);
		if (steps[i].due != MSEC_NONE)
			put(&rec, DOSSIER_STEPS, i, STEP_EL_DUE_AT, steps[i].due);
		if (steps[i].done != MSEC_NONE)
			put(&rec, DOSSIER_STEPS, i, STEP_EL_DONE_AT, steps[i].done);
	}
	dossier_fact_init(&made);
	assert_int_equal(fact_of_dossier(&rec, &namer, &made, NULL), RC_OK);
	assert_int_equal(made.fact.level, LEVEL_PROVINCE);
	at = packed_on((struct span){ made.steps.data, made.steps.len });
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		case_name(steps[i].what);
		assert_true(packed_step(&at, &step));
		assert_int_equal(step.level, steps[i].level);
		assert_true(step.given_at == steps[i].given && step.due_at == steps[i].due &&
			    step.done_at == steps[i].done);
	}
	assert_false(packed_step(&at, &step));
	/* Cut anywhere, the list ends; it never reads past itself. */
	for (size_t len = 0; len < made.steps.len; len++) {
		size_t count = 0;

		at = packed_on((struct span){ made.steps.data, len });
		while (packed_step(&at, &step))
			count++;
		assert_true(count < ARRAY_LEN(steps));
	}
	dossier_fact_done(&made);
	rec_done(&rec);
}

static const struct {
	const char *what;
	int levels[3];
	int level;
} highest[] = {
	{ "none", { 0, 0, 0 }, 0 },
	{ "ward", { LEVEL_WARD, 0, LEVEL_WARD }, LEVEL_WARD },
	{ "other over ward", { LEVEL_OTHER, LEVEL_WARD, LEVEL_WARD }, LEVEL_OTHER },
	{ "province over other", { LEVEL_PROVINCE, LEVEL_OTHER, LEVEL_WARD }, LEVEL_PROVINCE },
	{ "province over all", { LEVEL_WARD, LEVEL_OTHER, LEVEL_PROVINCE }, LEVEL_PROVINCE },
};

static void the_highest_level_counts(void **state)
{
	struct namer namer = { any_name, NULL };
	struct dossier_fact made;
	struct rec rec;

	(void)state;
	dossier_fact_init(&made);
	rec_init(&rec, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(highest); i++) {
		case_name(highest[i].what);
		rec_clear(&rec, REC_DOSSIER);
		for (unsigned k = 0; k < 3; k++) {
			put(&rec, DOSSIER_STEPS, k, STEP_EL_SEQ, k + 1);
			if (highest[i].levels[k])
				put(&rec, DOSSIER_STEPS, k, STEP_EL_LEVEL, highest[i].levels[k]);
		}
		assert_int_equal(fact_of_dossier(&rec, &namer, &made, NULL), RC_OK);
		assert_int_equal(made.fact.level, highest[i].level);
	}
	rec_done(&rec);
	dossier_fact_done(&made);
}

static enum rc keep(void *ctx, const struct fact *fact, struct err *err)
{
	(void)err;
	*(struct fact *)ctx = *fact;
	return RC_OK;
}

static const char CODE[] = "H11.25-241025-0101";

static int64_t commit(struct rec *rec, int64_t row)
{
	struct change change = { .verb = row ? VERB_CORRECT : VERB_IMPORT, .kind = rec->kind, .rec = row, .set = rec };
	struct err err;
	int64_t made = row;

	if (commit_change(&app, &change, &made, NULL, &err))
		fail_msg("%s %s", err.field, err.en);
	rec_done(rec);
	return made;
}

static int64_t add_dossier(void)
{
	struct rec rec;

	rec_init(&rec, REC_DOSSIER);
	rec_put_text(&rec, DOSSIER_CODE, CODE);
	rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "Lò Thị Mai");
	rec_put_num(&rec, DOSSIER_STATE, STATE_PROCESSING);
	return commit(&rec, 0);
}

static int64_t add_scan(unsigned seq, msec at, bool reused)
{
	struct rec rec;

	rec_init(&rec, REC_SCAN);
	rec_put_text(&rec, SCAN_DOSSIER_CODE, CODE);
	rec_put_num(&rec, SCAN_SEQ, seq);
	if (at != MSEC_NONE)
		rec_put_num(&rec, SCAN_SCANNED_AT, at);
	rec_put_num(&rec, SCAN_REUSED, reused);
	return commit(&rec, 0);
}

static void set_num(enum rec_kind kind, int64_t row, unsigned tag, int64_t value)
{
	struct rec rec;

	rec_init(&rec, kind);
	rec_put_num(&rec, tag, value);
	commit(&rec, row);
}

static void scanned(int64_t dossier, msec first, msec reused)
{
	struct fact fact;

	assert_int_equal(fact_one(app.db, dossier, keep, &fact, NULL), RC_OK);
	assert_true(fact.scanned_at == first && fact.reused_at == reused);
}

static void scans_come_before_and_after_their_dossier(void **state)
{
	int64_t dossier, early, late;

	(void)state;
	late = add_scan(1, 2000, true);
	dossier = add_dossier();
	scanned(dossier, 2000, 2000);
	early = add_scan(2, 1000, false);
	scanned(dossier, 1000, 2000);
	set_num(REC_SCAN, early, SCAN_SCANNED_AT, 3000);
	scanned(dossier, 2000, 2000);
	set_num(REC_SCAN, late, SCAN_REUSED, 0);
	scanned(dossier, 2000, MSEC_NONE);
	set_num(REC_DOSSIER, dossier, DOSSIER_RATING, 4);
	scanned(dossier, 2000, MSEC_NONE);
	add_scan(3, MSEC_NONE, true);
	scanned(dossier, 0, 0);
}

static void a_record_that_is_gone_leaves(void **state)
{
	int64_t dossier = add_dossier();
	struct fact_help help;
	struct rec none;
	struct fact fact;

	(void)state;
	rec_init(&none, REC_DOSSIER);
	assert_int_equal(fact_project(&app, dossier, NULL, &none, NULL), RC_OK);
	assert_int_equal(fact_one(app.db, dossier, keep, &fact, NULL), RC_NONE);
	rec_clear(&none, REC_ASSIST);
	help = (struct fact_help){ .rec = 77, .at = 1, .team = MSEC_NONE, .neighbourhood = MSEC_NONE };
	assert_int_equal(fact_help_put(app.db, &help, NULL), RC_OK);
	assert_int_equal(fact_project(&app, 77, NULL, &none, NULL), RC_OK);
	assert_int_equal(fact_verify(&app, 77, &none, NULL), RC_OK);
	rec_done(&none);
}

/* Money: what falls due, and what counts as paid online. */
static const struct {
	const char *what;
	int64_t amount;
	int status, method;
	msec paid_at;
	bool due, online;
} fees[] = {
	{ "paid online", 8000, FEE_PAID, PAY_ONLINE, 1000, true, true },
	{ "paid in cash", 8000, FEE_PAID, PAY_CASH, 1000, true, false },
	{ "exempt", 8000, FEE_EXEMPT, 0, MSEC_NONE, false, false },
	{ "free, though paid online", 0, FEE_PAID, PAY_ONLINE, 1000, false, false },
	{ "unpaid", 8000, FEE_UNPAID, 0, MSEC_NONE, true, false },
	{ "online, not yet paid", 8000, FEE_UNPAID, PAY_ONLINE, MSEC_NONE, true, false },
	{ "no status, but a day of payment", 8000, 0, PAY_ONLINE, 1000, true, true },
	{ "no status, no payment", 8000, 0, PAY_ONLINE, MSEC_NONE, true, false },
};

static void fees_fall_due_and_are_paid(void **state)
{
	struct namer namer = { any_name, NULL };
	struct dossier_fact made;
	struct rec rec;

	(void)state;
	dossier_fact_init(&made);
	rec_init(&rec, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(fees); i++) {
		case_name(fees[i].what);
		rec_clear(&rec, REC_DOSSIER);
		put(&rec, DOSSIER_FEES, 0, FEE_EL_AMOUNT_VND, fees[i].amount);
		if (fees[i].status)
			put(&rec, DOSSIER_FEES, 0, FEE_EL_STATUS, fees[i].status);
		if (fees[i].method)
			put(&rec, DOSSIER_FEES, 0, FEE_EL_METHOD, fees[i].method);
		if (fees[i].paid_at != MSEC_NONE)
			put(&rec, DOSSIER_FEES, 0, FEE_EL_PAID_AT, fees[i].paid_at);
		assert_int_equal(fact_of_dossier(&rec, &namer, &made, NULL), RC_OK);
		assert_int_equal((made.fact.flags & FACT_FEE_DUE) != 0, fees[i].due);
		assert_int_equal((made.fact.flags & FACT_PAID_ONLINE) != 0, fees[i].online);
	}
	rec_done(&rec);
	dossier_fact_done(&made);
}

/* A dossier against a period of one day, 2024-03-10; hours of that day, MSEC_NONE for never. */
enum { NEVER = -1000 };
static const struct {
	const char *what;
	int received, finished, due; /* hours from the beginning of that day */
	int state;
	bool in, carried, resolved, open, overdue;
	int64_t days_late;
} judged[] = {
	{ "of the day, open", 8, NEVER, 30, STATE_PROCESSING, true, false, false, true, false, 0 },
	{ "its last moment", 23, NEVER, 30, STATE_PROCESSING, true, false, false, true, false, 0 },
	{ "of the next", 24, NEVER, 30, STATE_PROCESSING, false, false, false, false, false, 0 },
	{ "carried in, due that day", -8, NEVER, 1, STATE_PROCESSING, false, true, false, true, false, 0 },
	{ "carried in, due the day before", -8, NEVER, -1, STATE_PROCESSING, false, true, false, true, true, 1 },
	{ "finished the day before", -48, -1, -1, STATE_RETURNED, false, false, false, false, false, 0 },
	{ "finished at its first moment", -48, 0, -1, STATE_RETURNED, false, true, true, false, false, 1 },
	{ "finished at its last", -48, 23, -25, STATE_RETURNED, false, true, true, false, false, 2 },
	{ "finished the day after", -48, 24, 10, STATE_RETURNED, false, true, false, true, false, 0 },
	{ "late by hours only", 8, 17, 9, STATE_DONE, true, false, true, false, false, 0 },
	{ "withdrawn late", -48, 3, -25, STATE_WITHDRAWN, false, true, true, false, false, 0 },
	{ "turned away", 8, NEVER, 9, STATE_NOT_RECEIVED, false, false, false, false, false, 0 },
	{ "registered only", 8, NEVER, 9, STATE_REGISTERED, false, false, false, false, false, 0 },
	{ "never received", NEVER, NEVER, 9, STATE_SUPPLEMENT, false, false, false, false, false, 0 },
	{ "no promise", -48, NEVER, NEVER, STATE_PROCESSING, false, true, false, true, false, 0 },
	{ "no promise, finished", -48, 5, NEVER, STATE_DONE, false, true, true, false, false, 0 },
};

static msec hour(msec day, int hours)
{
	return hours == NEVER ? MSEC_NONE : day + hours * HOUR_MS;
}

static void a_dossier_is_judged_by_days(void **state)
{
	struct period_days period;
	dayno day = 0;
	msec start;

	(void)state;
	assert_true(dayno_from_ymd(2024, 3, 10, &day));
	start = dayno_start(day);
	period = period_days(day, day);
	for (size_t i = 0; i < ARRAY_LEN(judged); i++) {
		struct fact fact = { .state = judged[i].state };
		struct judged out;

		case_name(judged[i].what);
		fact.received_at = hour(start, judged[i].received);
		fact.finished_at = hour(start, judged[i].finished);
		fact.due_at = fact.first_due = hour(start, judged[i].due);
		judge(&fact, &period, BASIS_ORIGINAL, &out);
		assert_int_equal(out.received, judged[i].in);
		assert_int_equal(out.carried_in, judged[i].carried);
		assert_int_equal(out.resolved, judged[i].resolved);
		assert_int_equal(out.open, judged[i].open);
		assert_int_equal(out.overdue, judged[i].overdue);
		assert_int_equal(out.days_late, judged[i].days_late);
		assert_int_equal(out.received + out.carried_in, out.resolved + out.open);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_packed_and_read),
		cmocka_unit_test(the_highest_level_counts),
		cmocka_unit_test(fees_fall_due_and_are_paid),
		cmocka_unit_test(a_dossier_is_judged_by_days),
		cmocka_unit_test_setup_teardown(scans_come_before_and_after_their_dossier, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(a_record_that_is_gone_leaves, open_ward, close_ward),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
