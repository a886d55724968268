/* t_many_cut.c - kill -9 while many dossiers are handed over, or taken back: each is done or untouched. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/commit.h"
#include "core/intake.h"
#include "core/many.h"
#include "db/rec_fields.h"
#include "tests/fault/fault.h"

enum { DOSSIERS = 10 * MANY_TOGETHER, ROUNDS = 24, LONGEST_US = 60000 };

static const uint8_t key[32] = { 9, 9, 9 };
static char codes[DOSSIERS][44];

static void open_ward(struct app *app)
{
	static const struct app_make make = { .unit = "H11.25", .unit_name = "Phường Mẫu", .admin = "hub", .slot = 1 };
	struct err err = { .rc = RC_OK };

	memset(app, 0, sizeof(*app));
	if (app_open_key(app, fault_path("many"), key, &make, &err))
		fail_msg("%s", err.en);
	app->slot = 1; /* a hub's own store has none, and no codes without one */
}

static void receive_all(void)
{
	struct intake_result result;
	struct err err = { .rc = RC_OK };
	struct rec dossier;
	struct app app;

	open_ward(&app);
	for (size_t i = 0; i < DOSSIERS; i++) {
		rec_init(&dossier, REC_DOSSIER);
		rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.001193");
		rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
		if (intake_receive(&app, &dossier, &result, &err))
			fail_msg("%s", err.en);
		snprintf(codes[i], sizeof(codes[i]), "%s", result.code);
		rec_done(&dossier);
	}
	app_close(&app);
}

static enum rc tell(void *ctx, const struct many_outcome *outcome, struct err *err)
{
	const int *pipe_end = ctx;

	(void)err;
	if (outcome->err->rc || write(*pipe_end, "x", 1) != 1)
		_exit(1);
	return RC_OK;
}

/* In the child: do `verb` to the dossiers from `from` on, telling of each that is done, then wait to be killed. */
static _Noreturn void work(size_t from, enum verb verb, int pipe_end)
{
	const char *list[DOSSIERS];
	struct act_input input;
	struct app app;

	open_ward(&app);
	act_input_init(&input, verb);
	for (size_t i = from; i < DOSSIERS; i++)
		list[i - from] = codes[i];
	if (many_run(&app, list, DOSSIERS - from, verb, &input, tell, &pipe_end, NULL))
		_exit(1);
	for (;;)
		(void)pause();
}

/* How many it told of before it was killed. */
static size_t run_and_kill(size_t from, enum verb verb, useconds_t after_us)
{
	int ends[2], status = 0;
	size_t told = 0;
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(ends[0]);
		work(from, verb, ends[1]);
	}
	close(ends[1]);
	usleep(after_us);
	kill(pid, SIGKILL);
	while (read(ends[0], &byte, 1) == 1)
		told++;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status)); /* not ended by a failure of its own */
	return told;
}

/* The first so many stand in `state`, and no others. */
static size_t first_in(struct app *app, int state)
{
	struct row row;
	size_t first = 0, count = 0;

	row_init(&row);
	for (size_t i = 0; i < DOSSIERS; i++) {
		assert_int_equal(row_get(app->db, REC_DOSSIER, codes[i], &row, NULL), RC_OK);
		if (dossier_state(&row.body) != state)
			continue;
		count++;
		first = i + 1;
	}
	row_done(&row);
	assert_int_equal(count, first);
	return count;
}

static void each_is_done_or_untouched(void **state)
{
	enum verb verb = VERB_FORWARD;
	size_t from = 0, halves = 0;

	(void)state;
	receive_all();
	srandom(20261124);
	for (int round = 0; round < ROUNDS; round++) {
		size_t told = run_and_kill(from, verb, (useconds_t)(random() % LONGEST_US + 500)), done;
		int64_t events;
		struct app app;

		open_ward(&app);
		done = first_in(&app, verb == VERB_FORWARD ? STATE_PROCESSING : STATE_RECEIVED);
		assert_int_equal(commit_verify(&app, &events, NULL), RC_OK);
		app_close(&app);
		print_message("round %d: %zu told, %zu done\n", round, told, done - from);
		assert_true(done >= from + told); /* one transaction more may be durable than was told */
		assert_true(done - from - told <= MANY_TOGETHER);
		assert_int_equal(done % MANY_TOGETHER, 0);
		halves += done > from && done < DOSSIERS;
		from = done == DOSSIERS ? 0 : done;
		if (done == DOSSIERS)
			verb = verb == VERB_FORWARD ? VERB_UNDO : VERB_FORWARD;
	}
	print_message("%zu of %d kills came half-way\n", halves, ROUNDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(each_is_done_or_untouched) };

	return cmocka_run_group_tests(tests, fault_setup, fault_teardown);
}
