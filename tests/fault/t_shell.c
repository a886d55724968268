/* t_shell.c - SQLite's own shell opens a store through motcua_vfs.so, and says why when it may not. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/file.h"
#include "tests/fault/fault.h"
#include "tests/unit/case.h"

static char extension[4200];
static const char *const variables[] = { "MOTCUA_USER", "MOTCUA_PASSPHRASE_FILE", "MOTCUA_VFS_WRITE",
					 "MOTCUA_VFS_KEY_FILE" };

/* What the shell prints, errors too, for `sql` on the file `name` through the VFS. */
static struct buf shell(const char *name, const char *sql)
{
	struct buf out = BUF(65536);
	char load[4300], open_it[600];
	int ends[2], status = 0;
	pid_t pid;

	snprintf(load, sizeof(load), ".load %s", extension);
	snprintf(open_it, sizeof(open_it), ".open file:%s?vfs=motcua", fault_path(name));
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		execlp("sqlite3", "sqlite3", "-batch", ":memory:", load, open_it, sql, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	assert_int_equal(file_read_fd(ends[0], &out, NULL), RC_OK);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		skip(); /* no shell on this machine */
	return out;
}

static void set(const char *user, const char *passphrase_file, const char *write)
{
	const char *const values[] = { user, passphrase_file ? fault_path(passphrase_file) : NULL, write,
				       NULL };

	for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
		if (values[i])
			setenv(variables[i], values[i], 1);
		else
			unsetenv(variables[i]);
	}
}

static void make_store(void)
{
	char recovery[DB_RECOVERY_TEXT];
	struct err err = { 0 };
	struct db *db = NULL;

	assert_int_equal(db_create(fault_path("ward"), "Lan", "mat-khau-1", recovery, &db, &err), RC_OK);
	assert_int_equal(db_script(db, "CREATE TABLE u(a); INSERT INTO u VALUES('row one')", &err), RC_OK);
	assert_int_equal(db_slot_set(db, "minh", "mat-khau-2", &err), RC_OK);
	db_close(db);
	fault_spit("one", "mat-khau-1\nmore\n", 16);
	fault_spit("two", "mat-khau-2", 10);
	fault_spit("plain", "SQLite format 3\0\x10\0\1\1", 20);
}

static const struct {
	const char *what, *user, *passphrase, *write, *file, *sql, *says;
} cases[] = {
	{ "a user reads", "lan", "one", NULL, "ward", "SELECT a FROM u", "row one\n" },
	{ "another user reads", "MINH", "two", NULL, "ward", "SELECT a FROM u", "row one\n" },
	{ "not with the other's passphrase", "minh", "one", NULL, "ward", "SELECT a FROM u",
	  "wrong name or passphrase" },
	{ "not without a name when there are two", NULL, "one", NULL, "ward", "SELECT a FROM u",
	  "give a name" },
	{ "not without a passphrase", "lan", NULL, NULL, "ward", "SELECT a FROM u",
	  "MOTCUA_PASSPHRASE_FILE" },
	{ "a missing passphrase file", "lan", "none", NULL, "ward", "SELECT a FROM u", "no such file" },
	{ "reading does not write", "lan", "one", NULL, "ward", "INSERT INTO u VALUES(2)", "readonly" },
	{ "writing when allowed", "lan", "one", "1", "ward",
	  "INSERT INTO u VALUES('row two'); CREATE TEMP TABLE x AS SELECT * FROM u; SELECT count(*) FROM x",
	  "2\n" },
	{ "what was written is there", "lan", "one", NULL, "ward",
	  "SELECT count(*) FROM u; PRAGMA integrity_check", "2\nok\n" },
	{ "a plain file is not opened", "lan", "one", NULL, "plain", "SELECT 1 FROM u", "plain SQLite" },
	{ "no file is made", "lan", "one", "1", "fresh", "CREATE TABLE t(a)", "no store" },
	{ "nor attached", "lan", "one", "1", "ward", "ATTACH '/dev/shm/no-such-store' AS x",
	  "unable to open" },
};

static void the_shell_and_its_reasons(void **state)
{
	(void)state;
	make_store();
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out;

		case_name(cases[i].what);
		set(cases[i].user, cases[i].passphrase, cases[i].write);
		out = shell(cases[i].file, cases[i].sql);
		if (!strstr(buf_str(&out), cases[i].says))
			fail_msg("%s: %s", cases[i].what, buf_str(&out));
		buf_done(&out);
	}
	assert_false(fault_exists("fresh"));
	assert_false(fault_exists("ward-wal"));
	set(NULL, NULL, NULL);
}

static void not_while_the_program_has_it(void **state)
{
	struct err err = { 0 };
	struct db *db = NULL;
	struct buf out;

	(void)state;
	make_store();
	assert_int_equal(db_open(fault_path("ward"), "lan", "mat-khau-1", &db, &err), RC_OK);
	set("lan", "one", NULL);
	out = shell("ward", "SELECT a FROM u");
	assert_non_null(strstr(buf_str(&out), "in use"));
	buf_done(&out);
	db_close(db);
	/* The shell wrote nothing that the program minds. */
	assert_int_equal(db_open(fault_path("ward"), "lan", "mat-khau-1", &db, &err), RC_OK);
	assert_false(db_was_dirty(db));
	db_close(db);
	set(NULL, NULL, NULL);
}

static void crash(void *arg)
{
	struct db *db = NULL;

	(void)arg;
	if (db_open(fault_path("ward"), "lan", "mat-khau-1", &db, NULL) ||
	    db_script(db, "INSERT INTO u VALUES('in the log')", NULL))
		_exit(1);
}

static void after_a_crash_the_log_is_read_and_left(void **state)
{
	struct err err = { 0 };
	struct db *db = NULL;
	struct buf out;

	(void)state;
	make_store();
	fault_crash(crash, NULL);
	set("lan", "one", NULL);
	out = shell("ward", "SELECT count(*) FROM u");
	assert_non_null(strstr(buf_str(&out), "2\n"));
	buf_done(&out);
	assert_true(fault_exists("ward-wal"));
	assert_int_equal(db_open(fault_path("ward"), "lan", "mat-khau-1", &db, &err), RC_OK);
	assert_true(db_was_dirty(db));
	assert_int_equal(fault_int(db, "SELECT count(*) FROM u"), 2);
	db_close(db);
	set(NULL, NULL, NULL);
}

static int find_extension(void **state)
{
	const char *build = getenv("MOTCUA_BUILD");
	char relative[4096];

	(void)state;
	snprintf(relative, sizeof(relative), "%s/motcua_vfs.so", build ? build : "build/release");
	if (relative[0] == '/' || !getcwd(extension, sizeof(extension)))
		snprintf(extension, sizeof(extension), "%s", relative);
	else
		snprintf(extension + strlen(extension), sizeof(extension) - strlen(extension), "/%s",
			 relative);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_shell_and_its_reasons, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(not_while_the_program_has_it, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(after_a_crash_the_log_is_read_and_left, fault_setup,
						fault_teardown),
	};

	return cmocka_run_group_tests(tests, find_extension, NULL);
}
