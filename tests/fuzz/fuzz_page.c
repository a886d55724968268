/*
 * Pages, log and journal with bytes changed by anyone: SQLite reads what was committed, or something older,
 * or says it is damaged; never anything else. The input is a list of changes: file, place, byte.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/vfs.h"
#include "db/vfs_seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 20, CHANGE = 4, JOURNAL_HEADER = 512, FILE_MAX = 1 << 20 };

/* A database as a crash in the middle of a transaction leaves it, in the two ways SQLite undoes one. */
static struct crashed {
	const char *mode, *suffix;
	struct buf db, side;
} crashes[] = {
	{ "DELETE", "-journal", BUF(FILE_MAX), BUF(FILE_MAX) },
	{ "WAL", "-wal", BUF(FILE_MAX), BUF(FILE_MAX) },
};
static char folder[64];

static const char *path_of(const char *suffix)
{
	static char path[128];

	(void)snprintf(path, sizeof(path), "%s/db%s", folder, suffix);
	return path;
}

static void remove_files(void)
{
	(void)unlink(path_of(""));
	for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
		(void)unlink(path_of(crashes[i].suffix));
}

static void clean_up(void)
{
	remove_files();
	(void)rmdir(folder);
}

static sqlite3 *open_db(void)
{
	sqlite3 *sql = NULL;

	if (sqlite3_open(path_of(""), &sql))
		abort();
	vfs_prepare_connection(sql);
	(void)sqlite3_exec(sql, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL);
	return sql;
}

static void make(struct crashed *c)
{
	char script[400];
	sqlite3 *sql = open_db();

	(void)snprintf(script, sizeof(script),
		       "PRAGMA journal_mode=%s; CREATE TABLE t(a INTEGER PRIMARY KEY, b);"
		       "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
		       " INSERT INTO t SELECT i, i * 3 FROM n; BEGIN; UPDATE t SET b = b + 1",
		       c->mode, ROWS);
	if (sqlite3_exec(sql, script, NULL, NULL, NULL) || sqlite3_db_cacheflush(sql) ||
	    file_read(path_of(""), &c->db, NULL) || file_read(path_of(c->suffix), &c->side, NULL))
		abort();
	(void)sqlite3_close(sql);
	remove_files();
}

static void prepare(void)
{
	static const uint8_t key[KEY_SIZE] = { 9 };

	if (folder[0])
		return;
	(void)snprintf(folder, sizeof(folder), "%s/fuzz_page.XXXXXX",
		       access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	if (!mkdtemp(folder) || !vfs_wrap_all(key_ring_new(key)) || atexit(clean_up))
		abort();
	for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
		make(&crashes[i]);
}

/* Rows are 1..n with b = 3a, whatever else happened. */
static void check(void)
{
	sqlite3 *sql = open_db();
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(sql, "SELECT a, b FROM t", -1, &stmt, NULL) == SQLITE_OK) {
		for (int a = 1; sqlite3_step(stmt) == SQLITE_ROW; a++) {
			if (sqlite3_column_int(stmt, 0) != a || sqlite3_column_int(stmt, 1) != 3 * a)
				abort();
		}
	}
	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(sql);
}

static void write_changed(const struct buf *file, const char *suffix, size_t from, const uint8_t *data,
			  size_t size)
{
	FILE *out = fopen(path_of(suffix), "wb");
	uint8_t *bytes = malloc(file->len);

	if (!out || !bytes)
		abort();
	memcpy(bytes, file->data, file->len);
	for (size_t i = 1; i + CHANGE <= size; i += CHANGE) {
		size_t at = ((size_t)data[i + 1] << 8 | data[i + 2]) % file->len;

		if ((data[i] & 1) == (*suffix != '\0') && at >= from)
			bytes[at] ^= data[i + 3];
	}
	if (fwrite(bytes, 1, file->len, out) != file->len || fclose(out))
		abort();
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct crashed *c = &crashes[size ? data[0] & 1 : 0];

	prepare();
	write_changed(&c->db, "", 0, data, size);
	/* How many records a journal has is in clear: taking some away is what no seal can notice. */
	write_changed(&c->side, c->suffix, c == crashes ? JOURNAL_HEADER : 0, data, size);
	check();
	remove_files();
	return 0;
}
