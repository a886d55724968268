/* t_vfs.c - seals, and SQLite over sealed files in every journal mode and page size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/vfs.h"
#include "db/vfs_seal.h"
#include "tests/fault/fault.h"
#include "tests/unit/case.h"

#define MARKER "Trần Văn Kín"

static char folder[64];
static struct key_ring *ring;

static const char *path_of(const char *name)
{
	static char paths[4][320];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static void empty_folder(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			unlink(path_of(entry->d_name));
	}
	if (dir)
		closedir(dir);
}

static int make_folder(void **state)
{
	static const uint8_t data[KEY_SIZE] = { 7 };

	(void)state;
	snprintf(folder, sizeof(folder), "%s/t_vfs.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	ring = key_ring_new(data);
	return ring && mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	(void)state;
	empty_folder();
	key_ring_free(ring);
	return rmdir(folder);
}

/* One kind of sealed thing, for the tests they share. */
enum thing { PAGE_1, PAGE_2, FRAME, RECORD, THINGS };

static size_t size_of(enum thing thing, const struct sealer *s)
{
	return s->page_size + (thing == FRAME	 ? WAL_FRAME_HEADER
			       : thing == RECORD ? JOURNAL_RECORD_EXTRA
						 : 0);
}

static void seal_thing(enum thing thing, const struct sealer *s, uint64_t at, const uint8_t *salts,
		       const uint8_t *plain, uint8_t *out)
{
	if (thing == FRAME)
		seal_frame(s, salts, at, plain, out);
	else if (thing == RECORD)
		seal_record(s, at, plain, out);
	else
		seal_page(s, thing == PAGE_1 ? 1 : at, plain, out);
}

static bool open_thing(enum thing thing, const struct sealer *s, uint64_t at, const uint8_t *salts,
		       uint8_t *data)
{
	if (thing == FRAME)
		return open_frame(s, salts, at, data);
	if (thing == RECORD)
		return open_record(s, at, data);
	return open_page(s, thing == PAGE_1 ? 1 : at, data);
}

/* A plain thing as SQLite has it: content, and zeros where the page's reserve is. */
static void fill(enum thing thing, const struct sealer *s, uint8_t *plain)
{
	size_t page = thing == FRAME ? WAL_FRAME_HEADER : thing == RECORD ? 4 : 0;

	for (size_t i = 0; i < size_of(thing, s); i++) {
		bool reserve = i < page + s->page_size && i + SEAL_RESERVE >= page + s->page_size;

		plain[i] = reserve ? 0 : (uint8_t)(i * 31 + 5);
	}
	if (thing == PAGE_1)
		memcpy(plain, "SQLite format 3", 16);
}

static void a_seal_holds_what_it_is_and_where(void **state)
{
	static uint8_t plain[SEAL_PAGE_MAX + 64], sealed[SEAL_PAGE_MAX + 64], data[SEAL_PAGE_MAX + 64];
	static const uint8_t salts[WAL_SALTS] = { 1, 2 }, later[WAL_SALTS] = { 1, 3 };

	(void)state;
	for (unsigned bits = 10; bits <= 16; bits++) {
		const uint32_t page_size = 1u << bits;
		struct sealer s = { .ring = ring, .page_size = page_size }, other = s;
		uint32_t read = 0;

		page_id_draw(s.id, page_size);
		page_id_draw(other.id, page_size);
		assert_true(page_id_read(s.id, &read));
		assert_int_equal(read, page_size);
		for (enum thing thing = PAGE_1; thing < THINGS; thing++) {
			size_t size = size_of(thing, &s);

			fill(thing, &s, plain);
			seal_thing(thing, &s, 512, salts, plain, sealed);
			memcpy(data, sealed, size);
			assert_true(open_thing(thing, &s, 512, salts, data));
			assert_memory_equal(data, plain, size);
			memcpy(data, sealed, size);
			assert_false(open_thing(thing, &other, 512, salts, data));
			memcpy(data, sealed, size);
			if (thing != PAGE_1)
				assert_false(open_thing(thing, &s, 513, salts, data));
			memcpy(data, sealed, size);
			if (thing == FRAME)
				assert_false(open_frame(&s, later, 512, data));
			for (size_t at = 0; at < size; at += page_size / 64 + 1) {
				memcpy(data, sealed, size);
				data[at] ^= 1;
				assert_false(open_thing(thing, &s, 512, salts, data));
			}
		}
	}
}

static sqlite3 *open_sealed(const char *name)
{
	sqlite3 *sql = NULL;

	assert_int_equal(
		sqlite3_open_v2(path_of(name), &sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
		SQLITE_OK);
	vfs_prepare_connection(sql);
	return sql;
}

static void run(sqlite3 *sql, const char *script)
{
	if (sqlite3_exec(sql, script, NULL, NULL, NULL))
		fail_msg("%s: %s", script, sqlite3_errmsg(sql));
}

static int one_int(sqlite3 *sql, const char *query)
{
	sqlite3_stmt *stmt = NULL;
	int value;

	assert_int_equal(sqlite3_prepare_v2(sql, query, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) != SQLITE_ROW)
		fail_msg("%s: %s", query, sqlite3_errmsg(sql));
	value = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

/* No file of the folder holds the marker or SQLite's own. */
static void assert_nothing_leaks(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		struct buf data = BUF(64 << 20);

		if (entry->d_name[0] == '.' || strstr(entry->d_name, "-shm"))
			continue;
		assert_int_equal(file_read(path_of(entry->d_name), &data, NULL), RC_OK);
		if (fault_holds(&data, MARKER) || fault_holds(&data, "SQLite format") || fault_holds(&data, "CREATE"))
			fail_msg("%s leaks", entry->d_name);
		buf_done(&data);
	}
	closedir(dir);
}

static const char *const modes[] = { "WAL", "DELETE", "TRUNCATE", "PERSIST" };
static const int page_sizes[] = { 1024, 4096, 8192, 65536 };

static sqlite3 *begin_case(const char *mode, int page_size)
{
	char script[160];
	sqlite3 *sql;

	empty_folder();
	case_name(mode);
	sql = open_sealed("db");
	snprintf(script, sizeof(script), "PRAGMA page_size=%d; PRAGMA journal_mode=%s; PRAGMA cache_size=30;",
		 page_size, mode);
	run(sql, script);
	run(sql, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);"
		 "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
		 " INSERT INTO t SELECT i, i || '" MARKER "' FROM n");
	assert_int_equal(one_int(sql, "PRAGMA page_size"), page_size);
	return sql;
}

static void sqlite_runs_over_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes) * ARRAY_LEN(page_sizes); i++) {
		sqlite3 *sql = begin_case(modes[i / ARRAY_LEN(page_sizes)],
					  page_sizes[i % ARRAY_LEN(page_sizes)]),
			*second;

		run(sql, "BEGIN; UPDATE t SET b = a || '-' || b; SAVEPOINT s; DELETE FROM t WHERE a % 2;");
		assert_nothing_leaks();
		run(sql, "ROLLBACK TO s; COMMIT");
		assert_int_equal(
			one_int(sql, "SELECT count(*) FROM t WHERE b = a || '-' || a || '" MARKER "'"), 2000);
		run(sql, "BEGIN; UPDATE t SET b = 'gone'; DELETE FROM t WHERE a > 5; ROLLBACK");
		run(sql, "CREATE TEMP TABLE x AS SELECT * FROM t; CREATE INDEX ti ON t(b); VACUUM");
		second = open_sealed("db");
		assert_int_equal(one_int(second, "SELECT count(*) FROM t"), 2000);
		run(second, "INSERT INTO t VALUES(2001, '" MARKER "')");
		assert_int_equal(one_int(sql, "SELECT count(*) FROM t"), 2001);
		sqlite3_close(second);
		assert_int_equal(
			one_int(sql,
				"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'"),
			1);
		assert_nothing_leaks();
		sqlite3_close(sql);
		assert_nothing_leaks();
	}
}

static void two_files_in_one_transaction(void **state)
{
	char script[320];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		sqlite3 *sql = begin_case(modes[i], 4096), *other;

		snprintf(script, sizeof(script), "ATTACH '%s' AS two; CREATE TABLE two.u(a TEXT);",
			 path_of("two"));
		run(sql, script);
		run(sql, "BEGIN; INSERT INTO t VALUES(3000, '" MARKER "'); INSERT INTO u VALUES('" MARKER
			 "'); COMMIT");
		snprintf(script, sizeof(script), "VACUUM INTO '%s'", path_of("three"));
		run(sql, script);
		assert_nothing_leaks();
		sqlite3_close(sql);
		other = open_sealed("three");
		assert_int_equal(one_int(other, "SELECT count(*) FROM t"), 2001);
		sqlite3_close(other);
		other = open_sealed("two");
		assert_int_equal(one_int(other, "SELECT count(*) FROM u"), 1);
		sqlite3_close(other);
	}
}

static _Noreturn void die_in_a_transaction(void)
{
	sqlite3 *sql = open_sealed("db");

	/* Spilled into the file: only the journal or the log can bring the old rows back. */
	sqlite3_exec(sql,
		     "PRAGMA cache_size=10; BEGIN; UPDATE t SET b = 'never committed';"
		     "INSERT INTO t SELECT a + 5000, b FROM t",
		     NULL, NULL, NULL);
	_exit(0);
}

static void a_hot_journal_brings_the_rows_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes) * ARRAY_LEN(page_sizes); i++) {
		sqlite3 *sql =
			begin_case(modes[i / ARRAY_LEN(page_sizes)], page_sizes[i % ARRAY_LEN(page_sizes)]);
		int status = 0;
		pid_t pid;

		sqlite3_close(sql);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			die_in_a_transaction();
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_nothing_leaks();
		sql = open_sealed("db");
		assert_int_equal(one_int(sql, "SELECT count(*) FROM t"), 2000);
		assert_int_equal(one_int(sql, "SELECT count(*) FROM t WHERE b = a || '" MARKER "'"), 2000);
		sqlite3_close(sql);
	}
}

static void a_changed_journal_is_damage(void **state)
{
	struct buf journal = BUF(64 << 20);
	sqlite3 *sql = begin_case("DELETE", 4096);
	int status = 0;
	pid_t pid;

	(void)state;
	sqlite3_close(sql);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		die_in_a_transaction();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(file_read(path_of("db-journal"), &journal, NULL), RC_OK);
	assert_true(journal.len > 5000);
	journal.data[600] ^= 1;
	assert_int_equal(file_write_atomic(path_of("db-journal"), journal.data, journal.len, NULL), RC_OK);
	sql = open_sealed("db");
	assert_int_equal(sqlite3_exec(sql, "SELECT count(*) FROM t", NULL, NULL, NULL), SQLITE_IOERR);
	sqlite3_close(sql);
	journal.data[600] ^= 1;
	assert_int_equal(file_write_atomic(path_of("db-journal"), journal.data, journal.len, NULL), RC_OK);
	sql = open_sealed("db");
	assert_int_equal(one_int(sql, "SELECT count(*) FROM t"), 2000);
	sqlite3_close(sql);
	buf_done(&journal);
}

static void a_removed_file_is_another_one(void **state)
{
	struct buf db = BUF(64 << 20), journal = BUF(64 << 20);
	sqlite3 *old = begin_case("DELETE", 4096), *sql;

	(void)state;
	assert_int_equal(one_int(old, "SELECT count(*) FROM t"), 2000);
	for (int i = 0; i < 2; i++)
		unlink(path_of(i ? "db-journal" : "db"));
	sql = open_sealed("db");
	run(sql, "PRAGMA cache_size=10; CREATE TABLE t(a); INSERT INTO t SELECT 1 FROM pragma_function_list LIMIT 90;"
		 "BEGIN; UPDATE t SET a = zeroblob(3000)");
	/* Its hot journal is played back by a new handle while the old file's handle is still there. */
	assert_int_equal(file_read(path_of("db"), &db, NULL), RC_OK);
	assert_int_equal(file_read(path_of("db-journal"), &journal, NULL), RC_OK);
	sqlite3_close(sql);
	assert_int_equal(file_write_atomic(path_of("db"), db.data, db.len, NULL), RC_OK);
	assert_int_equal(file_write_atomic(path_of("db-journal"), journal.data, journal.len, NULL), RC_OK);
	sql = open_sealed("db");
	assert_int_equal(one_int(sql, "SELECT sum(a) FROM t"), 90);
	sqlite3_close(sql);
	assert_int_equal(one_int(old, "SELECT count(*) FROM t"), 2000);
	sqlite3_close(old);
	buf_done(&db);
	buf_done(&journal);
}

static int seal_everything(void **state)
{
	return make_folder(state) || !vfs_wrap_all(ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seal_holds_what_it_is_and_where),
		cmocka_unit_test(sqlite_runs_over_it),
		cmocka_unit_test(two_files_in_one_transaction),
		cmocka_unit_test(a_hot_journal_brings_the_rows_back),
		cmocka_unit_test(a_changed_journal_is_damage),
		cmocka_unit_test(a_removed_file_is_another_one),
	};

	return cmocka_run_group_tests(tests, seal_everything, drop_folder);
}
