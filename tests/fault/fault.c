#include "tests/fault/fault.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/file.h"

static char folder[64];

int fault_setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s/motcua-fault.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

int fault_teardown(void **state)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	(void)state;
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			unlink(fault_path(entry->d_name));
	}
	if (dir)
		closedir(dir);
	return rmdir(folder);
}

const char *fault_path(const char *name)
{
	static char paths[4][512];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

struct key_ring *fault_ring(bool other)
{
	uint8_t data[KEY_SIZE] = { 42, other };

	return key_ring_new(data);
}

static const char SQL_PUT[] = "INSERT INTO t(a, b) VALUES(?1, printf('%d " FAULT_MARKER "', ?1))";

enum rc fault_insert(struct db *db, int a, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_PUT);
	enum rc rc;

	stmt_bind_int(s, 1, a);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

struct db *fault_open(const char *name, struct err *err)
{
	struct db *db = NULL;

	return db_open_ring(fault_path(name), fault_ring(false), &db, err) ? NULL : db;
}

void fault_make(const char *name, int rows)
{
	struct key_ring *ring = fault_ring(false);
	struct err err = { 0 };
	struct header header;
	struct db *db;

	header_draw(&header, ring);
	unlink(fault_path(name));
	assert_int_equal(vfs_store_make(fault_path(name), ring, &header, &err), RC_OK);
	key_ring_free(ring);
	db = fault_open(name, &err);
	if (!db)
		fail_msg("%s", err.en);
	assert_int_equal(db_script(db, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)", &err), RC_OK);
	assert_int_equal(db_begin(db, &err), RC_OK);
	for (int i = 1; i <= rows; i++)
		assert_int_equal(fault_insert(db, i, &err), RC_OK);
	assert_int_equal(db_commit(db, &err), RC_OK);
	db_close(db);
}

struct sqlite3 *fault_open_reader(const char *name, struct vfs_store **store, enum rc *rc)
{
	struct err err = { 0 };
	sqlite3 *sql = NULL;
	int code;

	assert_true(vfs_register());
	*store = vfs_store_new(fault_path(name), fault_ring(false), true, &err);
	assert_non_null(*store);
	code = sqlite3_open_v2(fault_path(name), &sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE,
			       VFS_NAME);
	*rc = (*store)->why.rc ? (*store)->why.rc : sql_error(sql, code, &err);
	if (*rc) {
		sqlite3_close(sql);
		vfs_store_free(*store);
		return NULL;
	}
	return sql;
}

static int count_good(void *ctx, int columns, char **values, char **names)
{
	(void)columns;
	(void)names;
	*(int *)ctx = (int)strtol(values[0], NULL, 10);
	return 0;
}

enum rc fault_read(const char *name, int *rows)
{
	struct vfs_store *store;
	enum rc rc;
	struct sqlite3 *sql = fault_open_reader(name, &store, &rc);
	int bad = 0, code;

	if (!sql)
		return rc;
	*rows = -1;
	code = sqlite3_exec(sql, "SELECT count(*) FROM t", count_good, rows, NULL);
	if (!code)
		code = sqlite3_exec(sql, "SELECT count(*) FROM t WHERE b <> printf('%d " FAULT_MARKER "', a)",
				    count_good, &bad, NULL);
	rc = sql_error(sql, code, NULL);
	sqlite3_close(sql);
	vfs_store_free(store);
	assert_int_equal(bad, 0); /* wrong content is the one thing that must never be */
	return rc;
}

int64_t fault_int(struct db *db, const char *sql)
{
	struct stmt *s = stmt_use(db, sql);
	struct err err = { 0 };
	int64_t value;

	if (stmt_row(s, &err))
		fail_msg("%s: %s", sql, err.en);
	value = stmt_int(s, 0);
	stmt_done(s);
	return value;
}

void fault_assert_rows(struct db *db, int n)
{
	struct err err = { 0 };

	if (db_check_pages(db, &err))
		fail_msg("%s", err.en);
	assert_int_equal(fault_int(db, "SELECT count(*) FROM t"), n);
	assert_int_equal(fault_int(db, "SELECT coalesce(max(a), 0) FROM t"), n);
	assert_int_equal(fault_int(db, "SELECT count(*) FROM t WHERE b = printf('%d " FAULT_MARKER "', a)"),
			 n);
}

void fault_crash(void (*body)(void *arg), void *arg)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		body(arg);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

struct buf fault_slurp(const char *name)
{
	struct buf out = BUF(FAULT_FILE_MAX);

	assert_int_equal(file_read(fault_path(name), &out, NULL), RC_OK);
	return out;
}

void fault_spit(const char *name, const void *data, size_t len)
{
	int fd = open(fault_path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(file_write_fd(fd, data, len, NULL), RC_OK);
	close(fd);
}

void fault_flip(const char *name, size_t at)
{
	int fd = open(fault_path(name), O_RDWR | O_CLOEXEC);
	uint8_t byte = 0;

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
	byte ^= (uint8_t)(1u << at % 8);
	assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
	close(fd);
}

bool fault_exists(const char *name)
{
	struct stat st;

	return stat(fault_path(name), &st) == 0;
}

bool fault_holds(const struct buf *data, const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0; at + len <= data->len; at++) {
		if (memcmp(data->data + at, text, len) == 0)
			return true;
	}
	return false;
}

bool fault_leaks(const char *name)
{
	struct buf data = fault_slurp(name);
	bool leaks = fault_holds(&data, FAULT_MARKER) || fault_holds(&data, "Nguy") || fault_holds(&data, "CREATE");

	buf_done(&data);
	return leaks;
}
