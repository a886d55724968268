/* t_many.c - one verb to many dossiers: the others go on, a transaction is whole, undo takes it back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/intake.h"
#include "core/many.h"
#include "db/journal.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

enum { DOSSIERS = 40 };

static struct app app;
static char codes[DOSSIERS][CODE_TEXT];
static const char *list[DOSSIERS];

static int setup(void **state)
{
	struct rec dossier;

	(void)state;
	ward_open(&app);
	for (size_t i = 0; i < DOSSIERS; i++) {
		struct intake_result result;
		char name[40];

		rec_init(&dossier, REC_DOSSIER);
		snprintf(name, sizeof(name), "Nguyễn Văn %c%c", (char)('A' + i / 26), (char)('a' + i % 26));
		rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.001193");
		rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, name);
		assert_int_equal(intake_receive(&app, &dossier, &result, NULL), RC_OK);
		snprintf(codes[i], sizeof(codes[i]), "%s", result.code);
		list[i] = codes[i];
		rec_done(&dossier);
	}
	return 0;
}

static int teardown(void **state)
{
	int64_t events;

	(void)state;
	assert_int_equal(commit_verify(&app, &events, NULL), RC_OK);
	ward_close(&app);
	return 0;
}

static size_t in_state(int state)
{
	size_t count = 0;

	for (size_t i = 0; i < DOSSIERS; i++)
		count += ward_state(&app, codes[i]) == state;
	return count;
}

/* What was told. */
struct told {
	size_t done, not_done, stop_after; /* stop_after 0: never */
	int state;			   /* of the last done */
	char why[512];
};

static enum rc tell(void *ctx, const struct many_outcome *outcome, struct err *err)
{
	struct told *told = ctx;

	assert_string_equal(outcome->code, list[outcome->nth]);
	if (outcome->err->rc) {
		told->not_done++;
		snprintf(told->why, sizeof(told->why), "%s", err_text(outcome->err, LANG_VI));
		assert_true(*told->why);
	} else {
		told->done++;
		told->state = outcome->result->state;
	}
	if (told->stop_after && told->done + told->not_done == told->stop_after)
		return err_set(err, RC_REFUSED, "dừng", "stop");
	return RC_OK;
}

static enum rc run(enum verb verb, size_t count, struct told *told)
{
	struct act_input input;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	act_input_init(&input, verb);
	rc = many_run(&app, list, count, verb, &input, tell, told, &err);
	act_input_done(&input);
	assert_int_equal(rc, err.rc);
	return rc;
}

static void others_go_on(void **state)
{
	struct told told = { .done = 0 };
	struct act_input input;

	(void)state;
	assert_int_equal(run(VERB_FORWARD, 10, &told), RC_OK);
	assert_int_equal(told.done, 10);
	/* Ten can be finished, thirty cannot: asked first, nothing is written. */
	told = (struct told){ .done = 0 };
	act_input_init(&input, VERB_DONE);
	assert_int_equal(many_check(&app, list, DOSSIERS, VERB_DONE, &input, tell, &told, NULL), RC_OK);
	act_input_done(&input);
	assert_int_equal(told.done, 10);
	assert_int_equal(told.not_done, 30);
	assert_int_equal(told.state, STATE_DONE);
	assert_int_equal(in_state(STATE_PROCESSING), 10);
	told = (struct told){ .done = 0 };
	assert_int_equal(run(VERB_DONE, DOSSIERS, &told), RC_OK);
	assert_int_equal(told.done, 10);
	assert_int_equal(told.not_done, 30);
	assert_int_equal(in_state(STATE_DONE), 10);
	assert_int_equal(in_state(STATE_RECEIVED), 30);
}

static void a_return_names_each_applicant(void **state)
{
	struct told told = { .done = 0 };
	struct row row;

	(void)state;
	assert_int_equal(run(VERB_FORWARD, 3, &told), RC_OK);
	assert_int_equal(run(VERB_DONE, 3, &told), RC_OK);
	assert_int_equal(run(VERB_RETURN, 3, &told), RC_OK);
	assert_int_equal(told.done, 9);
	row_init(&row);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(row_get(app.db, REC_DOSSIER, codes[i], &row, NULL), RC_OK);
		assert_string_equal(rec_text(&row.body, DOSSIER_COLLECTED_BY),
				    rec_text(&row.body, DOSSIER_APPLICANT_NAME));
	}
	row_done(&row);
}

static void undo_takes_them_all_back(void **state)
{
	struct told told = { .done = 0 };
	struct act_input input;

	(void)state;
	assert_int_equal(run(VERB_FORWARD, DOSSIERS, &told), RC_OK);
	act_input_init(&input, VERB_UNDO);
	assert_int_equal(many_check(&app, list, DOSSIERS, VERB_UNDO, &input, tell, &told, NULL), RC_OK);
	act_input_done(&input);
	assert_int_equal(in_state(STATE_PROCESSING), DOSSIERS);
	assert_int_equal(run(VERB_UNDO, DOSSIERS, &told), RC_OK);
	assert_int_equal(told.not_done, 0);
	assert_int_equal(in_state(STATE_RECEIVED), DOSSIERS);
}

/* What stops in the middle leaves whole transactions: done, or untouched. */
static const struct {
	const char *what;
	size_t stop_after; /* the visit says no */
	size_t fails_at;   /* the store says no at this dossier's event */
	size_t done;
} cuts[] = {
	{ "the clerk stops after the first", 1, 0, MANY_TOGETHER },
	{ "the clerk stops at the end of a transaction", MANY_TOGETHER, 0, MANY_TOGETHER },
	{ "the store says no at the second", 0, 1, 0 },
	{ "the store says no in the second transaction", 0, MANY_TOGETHER + 3, MANY_TOGETHER },
};

static void what_is_cut_is_whole(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		struct told told = { .stop_after = cuts[i].stop_after };
		int64_t before, after;

		case_name(cuts[i].what);
		if (i) {
			teardown(state);
			setup(state);
		}
		assert_int_equal(journal_verify(app.db, NULL, &before, NULL), RC_OK);
		if (cuts[i].fails_at) {
			char sql[200];

			snprintf(sql, sizeof(sql),
				 "CREATE TEMP TRIGGER no BEFORE INSERT ON event "
				 "WHEN (SELECT count(*) FROM event) = %lld "
				 "BEGIN SELECT abs(-9223372036854775807 - 1); END",
				 (long long)before + (long long)cuts[i].fails_at);
			assert_int_equal(db_script(app.db, sql, NULL), RC_OK);
		}
		assert_int_not_equal(run(VERB_FORWARD, DOSSIERS, &told), RC_OK);
		assert_int_equal(told.done, cuts[i].done);
		assert_int_equal(in_state(STATE_PROCESSING), cuts[i].done);
		assert_int_equal(in_state(STATE_RECEIVED), DOSSIERS - cuts[i].done);
		assert_int_equal(journal_verify(app.db, NULL, &after, NULL), RC_OK);
		assert_int_equal(after - before, cuts[i].done);
		if (cuts[i].fails_at)
			assert_int_equal(db_script(app.db, "DROP TRIGGER no", NULL), RC_OK);
	}
}

static void who_may_not_is_told_for_each(void **state)
{
	struct told told = { .done = 0 };

	(void)state;
	app.role = ROLE_TEAM_MEMBER;
	assert_int_equal(run(VERB_FORWARD, 5, &told), RC_OK);
	assert_int_equal(told.not_done, 5);
	app.role = ROLE_ADMIN;
	assert_int_equal(in_state(STATE_RECEIVED), DOSSIERS);
}

static void a_selection_goes_out(void **state)
{
	struct buf text = BUF(1 << 20);
	struct table table;
	struct err err = { .rc = RC_OK };
	const char *const strange[] = { codes[0], "H99-241025-0101" };

	(void)state;
	table_init(&table);
	assert_int_equal(many_table(&app, list, 3, &table, &err), RC_OK);
	table_write_csv(&table, &text);
	assert_non_null(strstr(buf_str(&text), "applicant_name"));
	assert_non_null(strstr(buf_str(&text), "Nguyễn Văn Ac"));
	assert_null(strstr(buf_str(&text), "Nguyễn Văn Ad"));
	table_done(&table);
	buf_clear(&text);
	assert_int_equal(many_lines(&app, list, 2, &text, &err), RC_OK);
	assert_non_null(strstr(buf_str(&text), codes[1]));
	assert_int_equal(many_lines(&app, strange, 2, &text, &err), RC_NONE);
	app.role = ROLE_TEAM_MEMBER;
	assert_int_equal(many_lines(&app, list, 2, &text, &err), RC_REFUSED);
	app.role = ROLE_ADMIN;
	buf_done(&text);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(others_go_on),
		TEST(a_return_names_each_applicant),
		TEST(undo_takes_them_all_back),
		TEST(what_is_cut_is_whole),
		TEST(who_may_not_is_told_for_each),
		TEST(a_selection_goes_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
