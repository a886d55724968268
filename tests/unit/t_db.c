/* t_db.c - opening, migrating and closing a store; statements; transactions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/migrate.h"
#include "db/stmt.h"

static char folder[64];

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/t_db.XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static const char *const leftovers[] = { "plain", "plain-wal", "ward", "ward-wal", "copy", "hub" };

static int drop_folder(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(leftovers); i++)
		unlink(path_of(leftovers[i]));
	return rmdir(folder);
}

static struct db *open_plain(void)
{
	struct db *db = NULL;
	struct err err = { 0 };

	if (db_open_plain(path_of("plain"), &db, &err))
		fail_msg("%s", err.en);
	return db;
}

static int64_t one_int(struct db *db, const char *sql)
{
	struct stmt *s = stmt_use(db, sql);
	int64_t value;

	assert_int_equal(stmt_row(s, NULL), RC_OK);
	value = stmt_int(s, 0);
	stmt_done(s);
	return value;
}

static void schema_is_applied_once(void **state)
{
	struct db *db = open_plain();
	int64_t version = 0, again = 0;

	(void)state;
	assert_int_equal(db_schema_version(db, &version, NULL), RC_OK);
	assert_true(version >= 1);
	assert_false(db_rows_stale(db));
	db_close(db);
	db = open_plain();
	assert_int_equal(db_schema_version(db, &again, NULL), RC_OK);
	assert_int_equal(version, again);
	assert_int_equal(db_rows_reset(db, NULL), RC_OK);
	db_close(db);
}

static const struct embedded newer[] = {
	{ "901_one.sql", "CREATE TABLE t901(a);" },
	{ "902_two.sql", "CREATE TABLE t902(a); INSERT INTO t902 VALUES(2);" },
};
static const struct embedded broken[] = {
	{ "903_three.sql", "CREATE TABLE t903(a); CREATE TABLE t903(a);" },
};

static void files_run_in_order_and_whole(void **state)
{
	struct db *db = open_plain();
	struct err err = { 0 };
	int64_t version = 0;

	(void)state;
	assert_int_equal(db_migrate_with(db, newer, 2, &err), RC_OK);
	assert_int_equal(one_int(db, "SELECT a FROM t902"), 2);
	assert_int_equal(db_migrate_with(db, broken, 1, &err), RC_FAILED);
	assert_non_null(strstr(err.en, "903_three.sql"));
	assert_int_equal(db_schema_version(db, &version, NULL), RC_OK);
	assert_int_equal(version, 902);
	assert_int_equal(one_int(db, "SELECT count(*) FROM sqlite_schema WHERE name='t903'"), 0);
	db_close(db);
	db = NULL;
	assert_int_equal(db_open_plain(path_of("plain"), &db, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "newer"));
	assert_null(db);
}

static void transactions_hold_and_undo(void **state)
{
	static const char SQL_PUT[] = "INSERT INTO t(a, b, c) VALUES(?1, ?2, ?3)";
	struct db *db = open_plain();
	struct stmt *s;

	(void)state;
	assert_int_equal(db_script(db, "CREATE TABLE t(a INTEGER UNIQUE, b TEXT, c BLOB)", NULL), RC_OK);
	assert_int_equal(db_begin(db, NULL), RC_OK);
	assert_true(db_in_transaction(db));
	for (int i = 0; i < 3; i++) {
		s = stmt_use(db, SQL_PUT);
		stmt_bind_int(s, 1, i);
		stmt_bind_text(s, 2, i == 2 ? NULL : "Nguyễn");
		stmt_bind_blob(s, 3, "", 0);
		assert_int_equal(stmt_run(s, NULL), RC_OK);
		stmt_done(s);
		assert_int_equal(db_changes(db), 1);
	}
	assert_int_equal(db_commit(db, NULL), RC_OK);
	assert_int_equal(db_begin(db, NULL), RC_OK);
	assert_int_equal(db_script(db, "DELETE FROM t", NULL), RC_OK);
	db_rollback(db);
	assert_false(db_in_transaction(db));
	assert_int_equal(one_int(db, "SELECT count(*) FROM t"), 3);
	s = stmt_use(db, "SELECT a, b, c FROM t ORDER BY a DESC");
	assert_int_equal(stmt_row(s, NULL), RC_OK);
	assert_true(stmt_is_null(s, 1));
	assert_string_equal(stmt_text(s, 1), "");
	assert_int_equal(stmt_blob(s, 2).len, 0);
	assert_false(stmt_is_null(s, 2));
	stmt_done(s);
	db_close(db);
}

static void faults_come_out_of_the_run(void **state)
{
	struct db *db = open_plain();
	struct err err = { 0 };
	struct stmt *s;

	(void)state;
	s = stmt_use(db, "SELECT a FROM nowhere");
	stmt_bind_int(s, 1, 1);
	assert_int_equal(stmt_row(s, &err), RC_FAILED);
	assert_non_null(strstr(err.en, "nowhere"));
	stmt_done(s);
	assert_int_equal(db_script(db, "CREATE TABLE u(a INTEGER UNIQUE); INSERT INTO u VALUES(1)", NULL),
			 RC_OK);
	s = stmt_use(db, "INSERT INTO u VALUES(?1)");
	stmt_bind_int(s, 1, 1);
	assert_int_equal(stmt_run(s, &err), RC_INPUT);
	stmt_done(s);
	stmt_done(NULL);
	db_close(db);
}

static void a_plain_store_is_used_by_one(void **state)
{
	struct db *db = open_plain(), *second = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(db_open_plain(path_of("plain"), &second, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "in use"));
	db_close(db);
	db_close(NULL);
}

static const char PASS[] = "mật khẩu dài", CHANGED[] = "mật khẩu khác";

static struct db *create_sealed(char recovery[DB_RECOVERY_TEXT])
{
	struct db *db = NULL;
	struct err err = { 0 };

	if (db_create(path_of("ward"), "Lan", PASS, recovery, &db, &err))
		fail_msg("%s", err.en);
	return db;
}

static enum rc try_open(const char *user, const char *passphrase)
{
	struct db *db = NULL;
	struct err err = { 0 };
	enum rc rc = db_open(path_of("ward"), user, passphrase, &db, &err);

	if (rc)
		print_message("%s\n", err.en);
	else
		assert_int_equal(one_int(db, "SELECT a FROM t"), 7);
	db_close(db);
	return rc;
}

static void put_seven(struct db *db)
{
	assert_int_equal(db_script(db, "CREATE TABLE t(a); INSERT INTO t VALUES(7)", NULL), RC_OK);
}

static void a_store_opens_for_those_who_may(void **state)
{
	char recovery[DB_RECOVERY_TEXT], typed[DB_RECOVERY_TEXT * 2];
	struct db *db = create_sealed(recovery);
	unsigned users = 9;

	(void)state;
	put_seven(db);
	assert_string_equal(db_user(db), "Lan");
	assert_int_equal(try_open("lan", PASS), RC_REFUSED); /* in use */
	db_close(db);
	assert_int_equal(db_slot_count(path_of("ward"), &users, NULL), RC_OK);
	assert_int_equal(users, 1);
	assert_int_equal(try_open("LAN", PASS), RC_OK);
	assert_int_equal(try_open("", PASS), RC_OK);
	assert_int_equal(try_open("lan", CHANGED), RC_REFUSED);
	assert_int_equal(try_open("minh", PASS), RC_REFUSED);
	assert_int_equal(try_open(NULL, PASS), RC_REFUSED);
	assert_int_equal(db_open(path_of("ward"), "", PASS, &db, NULL), RC_OK);
	assert_string_equal(db_user(db), "Lan");
	assert_false(db_was_dirty(db));
	assert_int_equal(db_failed_signins(db), 3);
	db_close(db);
	snprintf(typed, sizeof(typed), " %s ", recovery);
	for (char *c = typed; *c; c++)
		*c = *c == '-'		      ? ' '
		     : *c == 'O'	      ? '0'
		     : *c == 'B'	      ? '8'
		     : *c >= 'A' && *c <= 'Z' ? (char)(*c + 32)
					      : *c;
	assert_int_equal(try_open(NULL, typed), RC_OK);
	assert_int_equal(db_create(path_of("ward"), "x", PASS, recovery, &db, NULL), RC_REFUSED);
}

static void slots_come_and_go(void **state)
{
	char recovery[DB_RECOVERY_TEXT], again[DB_RECOVERY_TEXT];
	struct db *db = create_sealed(recovery);
	struct err err = { 0 };

	(void)state;
	put_seven(db);
	assert_int_equal(db_slot_drop(db, "lan", &err), RC_REFUSED);
	assert_int_equal(db_slot_set(db, "Đức", "ngắn", &err), RC_REFUSED);
	assert_int_equal(db_slot_set(db, "", PASS, &err), RC_INPUT);
	assert_int_equal(db_slot_set(db, "Đức", CHANGED, &err), RC_OK);
	assert_true(db_slot_exists(db, "đức"));
	assert_false(db_slot_exists(db, "duc"));
	assert_int_equal(db_slot_check(db, "ĐỨC", CHANGED, &err), RC_OK);
	assert_int_equal(db_slot_check(db, "đức", PASS, &err), RC_REFUSED);
	assert_int_equal(db_recovery_new(db, again, &err), RC_OK);
	db_close(db);
	assert_int_equal(try_open("", PASS), RC_REFUSED); /* which of the two? */
	assert_int_equal(try_open("đức", CHANGED), RC_OK);
	assert_int_equal(try_open(NULL, recovery), RC_REFUSED);
	assert_int_equal(try_open(NULL, again), RC_OK);
	assert_int_equal(db_open(path_of("ward"), "đức", CHANGED, &db, &err), RC_OK);
	assert_int_equal(db_slot_drop(db, "Lan", &err), RC_OK);
	assert_int_equal(db_slot_drop(db, "Lan", &err), RC_NONE);
	db_close(db);
	assert_int_equal(try_open("lan", PASS), RC_REFUSED);
}

static void a_new_key_keeps_the_users(void **state)
{
	char recovery[DB_RECOVERY_TEXT];
	struct db *db = create_sealed(recovery);
	uint8_t head[DB_HEAD_SIZE] = { 1, 2, 3 }, id[16];
	struct err err = { 0 };

	(void)state;
	put_seven(db);
	memcpy(id, db_file_id(db), sizeof(id));
	db_set_head(db, head);
	assert_int_equal(db_slot_set(db, "Đức", CHANGED, &err), RC_OK);
	if (db_rekey(db, &err))
		fail_msg("%s", err.en);
	assert_memory_not_equal(id, db_file_id(db), sizeof(id));
	assert_int_equal(one_int(db, "SELECT a FROM t"), 7);
	assert_int_equal(db_script(db, "INSERT INTO t VALUES(8)", NULL), RC_OK);
	assert_int_equal(db_backup(db, path_of("copy"), NULL, &err), RC_OK);
	assert_int_equal(db_backup(db, path_of("copy"), NULL, &err), RC_REFUSED);
	assert_int_equal(db_check_pages(db, &err), RC_OK);
	db_close(db);
	assert_int_equal(try_open("lan", PASS), RC_OK);
	assert_int_equal(try_open("đức", CHANGED), RC_OK);
	assert_int_equal(try_open(NULL, recovery), RC_OK);
	assert_int_equal(db_open(path_of("copy"), "đức", CHANGED, &db, &err), RC_OK);
	assert_int_equal(one_int(db, "SELECT count(*) FROM t"), 2);
	assert_memory_equal(db_closed_head(db), head, sizeof(head));
	assert_false(db_was_dirty(db));
	db_close(db);
}

static void a_key_opens_without_people(void **state)
{
	static const uint8_t key[32] = { 1 }, other[32] = { 2 };
	struct err err = { 0 };
	struct db *db = NULL;
	unsigned users = 9;

	(void)state;
	assert_int_equal(db_open_key(path_of("hub"), key, false, &db, &err), RC_NONE);
	assert_int_equal(db_open_key(path_of("hub"), key, true, &db, &err), RC_OK);
	put_seven(db);
	db_close(db);
	assert_int_equal(db_open_key(path_of("hub"), other, true, &db, &err), RC_REFUSED);
	assert_int_equal(db_open_key(path_of("hub"), key, true, &db, &err), RC_OK);
	assert_int_equal(one_int(db, "SELECT a FROM t"), 7);
	db_close(db);
	assert_int_equal(db_slot_count(path_of("hub"), &users, &err), RC_OK);
	assert_int_equal(users, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(schema_is_applied_once, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(files_run_in_order_and_whole, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(transactions_hold_and_undo, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(faults_come_out_of_the_run, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_plain_store_is_used_by_one, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_store_opens_for_those_who_may, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(slots_come_and_go, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_new_key_keeps_the_users, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_key_opens_without_people, make_folder, drop_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
