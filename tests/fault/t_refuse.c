/* t_refuse.c - what a store refuses, each with its reason, and what must never lie on a disk. */
#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fault/fault.h"
#include "tests/unit/case.h"

static struct db *open_or_fail(const char *name)
{
	struct err err = { 0 };
	struct db *db = fault_open(name, &err);

	if (!db)
		fail_msg("%s", err.en);
	return db;
}

/* SQLite's result of a statement on the store's own connection. */
static int result(struct db *db, const char *sql)
{
	sqlite3_exec(db_handle(db), sql, NULL, NULL, NULL);
	return sqlite3_extended_errcode(db_handle(db));
}

static void the_page_size_stays(void **state)
{
	struct db *db;

	(void)state;
	fault_make("ward", 300);
	db = open_or_fail("ward");
	assert_int_equal(result(db, "PRAGMA journal_mode=DELETE"), SQLITE_OK);
	sqlite3_exec(db_handle(db), "PRAGMA page_size=8192", NULL, NULL, NULL);
	sqlite3_exec(db_handle(db), "VACUUM", NULL, NULL, NULL);
	assert_int_equal(fault_int(db, "PRAGMA page_size"), HEADER_PAGE);
	fault_assert_rows(db, 300);
	db_close(db);
	db = open_or_fail("ward");
	fault_assert_rows(db, 300);
	assert_int_equal(result(db, "VACUUM"), SQLITE_OK);
	fault_assert_rows(db, 300);
	db_close(db);
}

static void a_connection_without_reserve_cannot_write(void **state)
{
	struct key_ring *ring = fault_ring(false);
	struct vfs_store *store;
	struct err err = { 0 };
	struct header header;
	sqlite3 *sql = NULL;

	(void)state;
	header_draw(&header, ring);
	assert_int_equal(vfs_store_make(fault_path("ward"), ring, &header, &err), RC_OK);
	key_ring_free(ring);
	assert_true(vfs_register());
	store = vfs_store_new(fault_path("ward"), fault_ring(false), false, &err);
	assert_int_equal(sqlite3_open_v2(fault_path("ward"), &sql, SQLITE_OPEN_READWRITE, VFS_NAME),
			 SQLITE_OK);
	sqlite3_exec(sql, "CREATE TABLE t(a)", NULL, NULL, NULL);
	assert_int_equal(sqlite3_extended_errcode(sql), SQLITE_IOERR_WRITE);
	sqlite3_close(sql);
	vfs_store_free(store);
}

static void nothing_else_comes_to_lie_beside_it(void **state)
{
	static const int kinds[] = { SQLITE_OPEN_TEMP_DB, SQLITE_OPEN_TRANSIENT_DB, SQLITE_OPEN_TEMP_JOURNAL,
				     SQLITE_OPEN_SUBJOURNAL };
	struct dirent *entry;
	sqlite3_vfs *vfs;
	struct db *db;
	DIR *dir;

	(void)state;
	fault_make("ward", 2000);
	db = open_or_fail("ward");
	vfs = sqlite3_vfs_find(VFS_NAME);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		uint64_t room[512];

		assert_true((size_t)vfs->szOsFile <= sizeof(room));
		assert_int_equal(vfs->xOpen(vfs, NULL, (sqlite3_file *)room,
					    kinds[i] | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL),
				 SQLITE_CANTOPEN);
	}
	assert_int_equal(result(db, "CREATE TEMP TABLE x AS SELECT * FROM t ORDER BY b DESC"), SQLITE_OK);
	assert_int_equal(result(db, "CREATE INDEX ti ON t(b)"), SQLITE_OK);
	dir = opendir(fault_path("."));
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "ward") != 0 &&
		    strcmp(entry->d_name, "ward-wal") != 0)
			fail_msg("%s lies beside the store", entry->d_name);
	}
	closedir(dir);
	assert_false(fault_leaks("ward"));
	assert_false(fault_leaks("ward-wal"));
	/* Without the exclusive mode the log's index is still in memory only. */
	assert_int_equal(result(db, "PRAGMA locking_mode=NORMAL; SELECT 1 FROM t"), SQLITE_OK);
	assert_false(fault_exists("ward-shm"));
	assert_int_equal(result(db, "PRAGMA mmap_size=1000000; SELECT sum(length(b)) FROM t"), SQLITE_OK);
	assert_int_equal(result(db, "ATTACH 'plain' AS p; CREATE TABLE p.t(a)"), SQLITE_CANTOPEN);
	db_close(db);
	assert_false(fault_exists("ward-wal"));
}

static void another_key_does_not_open(void **state)
{
	struct err err = { 0 };
	struct db *db = NULL;
	struct vfs_store *store;
	sqlite3 *sql = NULL;

	(void)state;
	fault_make("ward", 3);
	assert_int_equal(db_open_ring(fault_path("ward"), fault_ring(true), &db, &err), RC_DAMAGED);
	assert_non_null(strstr(err.en, "key"));
	/* No key at all: the VFS has nothing ready for this path. */
	assert_int_equal(sqlite3_open_v2(fault_path("ward"), &sql, SQLITE_OPEN_READWRITE, VFS_NAME),
			 SQLITE_CANTOPEN);
	sqlite3_close(sql);
	/* SQLite alone does not know the file. */
	assert_int_equal(sqlite3_open_v2(fault_path("ward"), &sql, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(sql, "SELECT 1 FROM t", NULL, NULL, NULL), SQLITE_NOTADB);
	sqlite3_close(sql);
	/* A reader changes nothing and cannot write. */
	sql = fault_open_reader("ward", &store, &err.rc);
	assert_non_null(sql);
	assert_int_equal(sqlite3_exec(sql, "DELETE FROM t", NULL, NULL, NULL), SQLITE_READONLY);
	sqlite3_close(sql);
	vfs_store_free(store);
	db = open_or_fail("ward");
	fault_assert_rows(db, 3);
	db_close(db);
}

static void hold_open(void *arg)
{
	struct err err = { 0 };

	(void)arg;
	/* A second process: the lock is the first one's. */
	_exit(fault_open("ward", &err) || err.rc != RC_REFUSED || !strstr(err.en, "in use") ? 1 : 0);
}

static void one_process_at_a_time(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	fault_make("ward", 1);
	db = open_or_fail("ward");
	fault_crash(hold_open, NULL);
	assert_null(fault_open("ward", &err)); /* nor the same process twice */
	assert_int_equal(err.rc, RC_REFUSED);
	assert_int_equal(fault_insert(db, 2, &err), RC_OK); /* and the first still holds its lock */
	fault_crash(hold_open, NULL);
	db_close(db);
}

static const struct {
	const char *what, *content;
	size_t len;
	enum rc rc;
	const char *says;
} strangers[] = {
	{ "no file", NULL, 0, RC_NONE, "no store" },
	{ "an empty file", "", 0, RC_DAMAGED, "no motcua store" },
	{ "a text", "hello", 5, RC_DAMAGED, "no motcua store" },
	{ "a plain database", "SQLite format 3\0\x10\0\1\1", 20, RC_REFUSED, "plain" },
};

static void strangers_are_told_apart(void **state)
{
	static const uint8_t key[32] = { 1 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(strangers); i++) {
		struct err err = { 0 };
		struct db *db = NULL;

		case_name(strangers[i].what);
		if (strangers[i].content)
			fault_spit("ward", strangers[i].content, strangers[i].len);
		assert_int_equal(db_open_key(fault_path("ward"), key, false, &db, &err), strangers[i].rc);
		assert_non_null(strstr(err.en, strangers[i].says));
		assert_true(err.vi[0] != '\0');
	}
}

static void a_newer_format_is_refused(void **state)
{
	struct key_ring *ring = fault_ring(false);
	static uint8_t both[HEADER_SIZE];
	struct header_found found;
	struct header header;
	struct err err = { 0 };

	(void)state;
	header_draw(&header, ring);
	header_pack(&header, ring, 0, both);
	key_ring_free(ring);
	assert_int_equal(header_choose(both, &found, &err), RC_OK);
	both[7] = HEADER_VERSION + 1;
	assert_int_equal(header_choose(both, &found, &err),
			 RC_DAMAGED); /* a flipped byte is not a newer format */
}

/* A small disk of our own; false where the system does not allow one. */
static bool small_disk(const char *path, const char *options)
{
	return mkdir(path, 0700) == 0 && mount("none", path, "tmpfs", 0, options) == 0;
}

static void a_full_disk_loses_nothing(void **state)
{
	struct err err = { 0 };
	enum rc rc = RC_OK;
	struct db *db;
	char path[128];
	int rows = 0;

	(void)state;
	snprintf(path, sizeof(path), "%s", fault_path("disk"));
	if (!small_disk(path, "size=600k")) {
		rmdir(path);
		skip();
	}
	fault_make("disk/ward", 0);
	db = open_or_fail("disk/ward");
	while (rc == RC_OK && rows < 100000) {
		rc = fault_insert(db, rows + 1, &err);
		rows += rc == RC_OK;
	}
	assert_int_equal(rc, RC_FULL);
	assert_non_null(strstr(err.en, "full"));
	fault_assert_rows(db, rows);
	assert_int_equal(db_backup(db, fault_path("disk/copy"), NULL, &err), RC_FULL);
	assert_false(fault_exists("disk/copy"));
	db_close(db);
	assert_int_equal(mount("none", path, "tmpfs", MS_REMOUNT, "size=4m"), 0);
	db = open_or_fail("disk/ward");
	fault_assert_rows(db, rows);
	assert_int_equal(fault_insert(db, rows + 1, &err), RC_OK);
	db_close(db);
	assert_int_equal(mount("none", path, "tmpfs", MS_REMOUNT | MS_RDONLY, "size=4m"), 0);
	assert_null(fault_open("disk/ward", &err));
	assert_int_equal(err.rc, RC_IO);
	assert_non_null(strstr(err.en, "read-only"));
	assert_int_equal(umount(path), 0);
	rmdir(path);
}

static void a_new_key_shuts_the_old_one_out(void **state)
{
	char recovery[DB_RECOVERY_TEXT];
	struct buf before, after;
	struct err err = { 0 };
	struct db *db = NULL;

	(void)state;
	assert_int_equal(db_create(fault_path("ward"), "lan", "mat-khau-1", recovery, &db, &err), RC_OK);
	assert_int_equal(
		db_script(db, "CREATE TABLE u(a TEXT); INSERT INTO u VALUES('" FAULT_MARKER "')", &err),
		RC_OK);
	assert_int_equal(db_slot_set(db, "minh", "mat-khau-2", &err), RC_OK);
	assert_int_equal(db_settle(db, &err), RC_OK);
	before = fault_slurp("ward");
	assert_int_equal(db_slot_drop(db, "minh", &err), RC_OK);
	assert_int_equal(db_rekey(db, &err), RC_OK);
	db_close(db);
	/* Who was dropped has a copy of the old header: it opens none of the new pages. */
	after = fault_slurp("ward");
	memcpy(after.data, before.data, HEADER_SIZE);
	fault_spit("old", after.data, after.len);
	assert_int_equal(db_open(fault_path("old"), "minh", "mat-khau-2", &db, &err), RC_DAMAGED);
	assert_int_equal(db_open(fault_path("ward"), "minh", "mat-khau-2", &db, &err), RC_REFUSED);
	assert_int_equal(db_open(fault_path("ward"), "lan", "mat-khau-1", &db, &err), RC_OK);
	assert_int_equal(fault_int(db, "SELECT count(*) FROM u"), 1);
	db_close(db);
	assert_false(fault_leaks("ward"));
	buf_done(&before);
	buf_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_page_size_stays, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_connection_without_reserve_cannot_write, fault_setup,
						fault_teardown),
		cmocka_unit_test_setup_teardown(nothing_else_comes_to_lie_beside_it, fault_setup,
						fault_teardown),
		cmocka_unit_test_setup_teardown(another_key_does_not_open, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(one_process_at_a_time, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(strangers_are_told_apart, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_newer_format_is_refused, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_full_disk_loses_nothing, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_new_key_shuts_the_old_one_out, fault_setup, fault_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
