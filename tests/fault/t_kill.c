/* t_kill.c - kill -9 at any moment: every acknowledged commit is there, nothing is torn. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/fault/fault.h"

enum { ROUNDS = 40, LONGEST_US = 50000, SPILL_ROWS = 3000 };

/* Commit rows one after another, telling the parent of each that is durable. */
static _Noreturn void write_rows(int from, int pipe_end)
{
	struct db *db = fault_open("ward", NULL);

	if (!db)
		_exit(1);
	for (int i = from;; i++) {
		if (db_begin(db, NULL) || fault_insert(db, i, NULL))
			_exit(1);
		/* Some transactions are larger than the cache, so frames are spilled and rewritten. */
		if (i % 8 == 0 && db_script(db,
					    "PRAGMA cache_size=20; CREATE TABLE IF NOT EXISTS big(c);"
					    "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n"
					    " WHERE i < 200) INSERT INTO big SELECT randomblob(500) FROM n;"
					    "UPDATE big SET c = randomblob(500) WHERE rowid % 3 = 0;"
					    "DELETE FROM big WHERE rowid % 2 = 0",
					    NULL))
			_exit(1);
		if (db_commit(db, NULL) || write(pipe_end, &i, sizeof(i)) != (ssize_t)sizeof(i))
			_exit(1);
	}
}

/* Kill the writer after a while; the last row it called durable, or `before`. */
static int run_and_kill(int before, useconds_t after_us)
{
	int ends[2], status = 0, acked = before;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(ends[0]);
		write_rows(before + 1, ends[1]);
	}
	close(ends[1]);
	usleep(after_us);
	kill(pid, SIGKILL);
	while (read(ends[0], &status, sizeof(status)) == (ssize_t)sizeof(status))
		acked = status;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status)); /* not ended by a failure of its own */
	return acked;
}

static void acknowledged_commits_survive(void **state)
{
	int rows = 0, killed_writing = 0;

	(void)state;
	fault_make("ward", 0);
	srandom(20250701);
	for (int round = 0; round < ROUNDS; round++) {
		int acked = run_and_kill(rows, (useconds_t)(random() % LONGEST_US + 500)), found;
		struct err err = { 0 };
		struct db *db = fault_open("ward", &err);

		if (!db)
			fail_msg("round %d: %s", round, err.en);
		killed_writing += db_was_dirty(db);
		found = (int)fault_int(db, "SELECT coalesce(max(a), 0) FROM t");
		/* One more may be durable that the pipe never told of. */
		if (found < acked || found > acked + 1)
			fail_msg("round %d: %d acknowledged, %d there", round, acked, found);
		fault_assert_rows(db, found);
		rows = found;
		db_close(db);
	}
	print_message("%d kills, %d while the store was open, %d rows\n", ROUNDS, killed_writing, rows);
	assert_true(killed_writing > ROUNDS / 4);
	assert_false(fault_leaks("ward"));
}

static void spill(void *arg)
{
	struct db *db = fault_open("ward", NULL);

	(void)arg;
	if (!db || db_script(db, "PRAGMA cache_size=20", NULL) || db_begin(db, NULL))
		_exit(1);
	for (int i = 1; i <= SPILL_ROWS; i++) {
		if (fault_insert(db, i, NULL))
			_exit(1);
	}
	/* Roll a part back, go over pages already spilled, then commit. */
	if (db_script(db,
		      "SAVEPOINT s; UPDATE t SET b = 'x'; DELETE FROM t WHERE a > 100; ROLLBACK TO s; "
		      "RELEASE s;"
		      "UPDATE t SET b = b || '' WHERE a % 2 = 0",
		      NULL) ||
	    db_commit(db, NULL))
		_exit(1);
	if (db_begin(db, NULL) || db_script(db, "UPDATE t SET b = 'never committed'", NULL))
		_exit(1);
}

static void a_transaction_larger_than_the_cache(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	fault_make("ward", 0);
	fault_crash(spill, NULL);
	assert_false(fault_leaks("ward-wal"));
	db = fault_open("ward", &err);
	if (!db)
		fail_msg("%s", err.en);
	assert_true(db_was_dirty(db));
	fault_assert_rows(db, SPILL_ROWS);
	db_close(db);
	assert_false(fault_leaks("ward"));
}

/* Page 1 stands in the log; then the machine dies while it is copied into the file. */
static void write_page1(void *arg)
{
	struct db *db = fault_open("ward", NULL);

	(void)arg;
	if (!db || db_script(db, "CREATE TABLE u(a); INSERT INTO u VALUES(6)", NULL))
		_exit(1);
}

static void a_torn_page_1_is_healed_by_the_log(void **state)
{
	struct err err = { 0 };
	struct buf file;
	struct db *db;

	(void)state;
	fault_make("ward", 5);
	fault_crash(write_page1, NULL);
	file = fault_slurp("ward");
	memset(file.data + HEADER_SIZE + 512, 0x5a, 3000);
	fault_spit("ward", file.data, file.len);
	buf_done(&file);
	db = fault_open("ward", &err);
	if (!db)
		fail_msg("%s", err.en);
	fault_assert_rows(db, 5);
	assert_int_equal(fault_int(db, "SELECT a FROM u"), 6);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(acknowledged_commits_survive, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_transaction_larger_than_the_cache, fault_setup,
						fault_teardown),
		cmocka_unit_test_setup_teardown(a_torn_page_1_is_healed_by_the_log, fault_setup,
						fault_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
