#include "db/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/handle.h"
#include "db/migrate.h"
#include "db/stmt.h"

/* One set for sealed and plain stores, so that a benchmark compares pages and nothing else. */
static const char SQL_SETTINGS[] = "PRAGMA temp_store=2;"
				   "PRAGMA locking_mode=EXCLUSIVE;"
				   "PRAGMA page_size=4096;"
				   "PRAGMA cache_size=-16000;"
				   "PRAGMA journal_mode=WAL;"
				   "PRAGMA synchronous=FULL;"
				   "PRAGMA journal_size_limit=33554432;"
				   "PRAGMA trusted_schema=OFF;"
				   "PRAGMA cell_size_check=ON;"
				   "SELECT count(*) FROM sqlite_schema;";

static struct db *db_new(const char *path)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db)
		die("out of memory");
	db->path = strdup(path);
	if (!db->path)
		die("out of memory");
	return db;
}

enum rc db_connect(struct db *db, const char *vfs, int flags, struct err *err)
{
	int code = sqlite3_open_v2(db->path, &db->sql, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE, vfs);

	if (!code)
		code = sqlite3_exec(db->sql, SQL_SETTINGS, NULL, NULL, NULL);
	return sql_error(db->sql, code, err);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db_in_transaction(db))
		db_rollback(db);
	stmt_forget_all(db);
	sqlite3_close(db->sql);
	free(db->path);
	free(db);
}

enum rc db_open_plain(const char *path, struct db **out, struct err *err)
{
	struct db *db = db_new(path);
	enum rc rc = db_connect(db, NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);

	if (!rc)
		rc = db_migrate(db, err);
	if (rc)
		db_close(db);
	else
		*out = db;
	return rc;
}

const char *db_path(const struct db *db)
{
	return db->path;
}

const char *db_user(const struct db *db)
{
	return db->user;
}

bool db_was_dirty(const struct db *db)
{
	return db->was_dirty;
}

unsigned db_failed_signins(const struct db *db)
{
	return db->failed_signins;
}

const uint8_t *db_closed_head(const struct db *db)
{
	return db->closed_head;
}

enum rc db_begin(struct db *db, struct err *err)
{
	static const char SQL_BEGIN[] = "BEGIN IMMEDIATE";
	struct stmt *s = stmt_use(db, SQL_BEGIN);
	enum rc rc = stmt_run(s, err);

	stmt_done(s);
	return rc;
}

enum rc db_commit(struct db *db, struct err *err)
{
	static const char SQL_COMMIT[] = "COMMIT";
	struct stmt *s = stmt_use(db, SQL_COMMIT);
	enum rc rc = stmt_run(s, err);

	stmt_done(s);
	return rc;
}

void db_rollback(struct db *db)
{
	if (db_in_transaction(db))
		sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
}

bool db_in_transaction(const struct db *db)
{
	return db->sql && !sqlite3_get_autocommit(db->sql);
}

struct sqlite3 *db_handle(struct db *db)
{
	return db->sql;
}
