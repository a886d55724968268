#include "db/db.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/handle.h"
#include "db/migrate.h"
#include "db/stmt.h"
#include "db/vfs.h"

_Static_assert((int)DB_HEAD_SIZE == (int)HEADER_HASH_SIZE && (int)DB_SLOTS == (int)HEADER_SLOTS,
	       "one header");
_Static_assert((int)DB_USER_MAX == (int)KEY_NAME_MAX && (int)DB_RECOVERY_TEXT == (int)KEY_RECOVERY_TEXT,
	       "one slot");

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

char *db_path_with(const char *path, const char *suffix)
{
	size_t len = strlen(path) + strlen(suffix) + 1;
	char *whole = malloc(len);

	if (!whole)
		die("out of memory");
	snprintf(whole, len, "%s%s", path, suffix);
	return whole;
}

enum rc db_connect(struct db *db, const char *vfs, int flags, struct err *err)
{
	/* A handle stays on one thread: its mutex would cost a fifth of a report. */
	int code = sqlite3_open_v2(db->path, &db->sql,
				   flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX, vfs);

	if (!code && vfs)
		vfs_prepare_connection(db->sql);
	if (!code)
		code = sqlite3_exec(db->sql, SQL_SETTINGS, NULL, NULL, NULL);
	return sql_error(db->sql, code, err);
}

/* SQLite would go on reading and fail at the first save: say it before. */
static enum rc check_writable(const char *path, struct err *err)
{
	char *folder = strdup(path), *slash = folder ? strrchr(folder, '/') : NULL;
	bool file_ok, folder_ok;

	if (!folder)
		die("out of memory");
	if (slash)
		slash[slash == folder] = '\0';
	file_ok = access(path, W_OK) == 0;
	folder_ok = access(slash ? folder : ".", W_OK) == 0;
	free(folder);
	if (!folder_ok)
		return err_set(err, RC_IO, "thư mục chứa kho chỉ cho đọc; hãy cấp quyền ghi rồi mở lại",
			       "the folder of the store is read-only; allow writing and open it again");
	if (!file_ok)
		return err_set(err, RC_IO, "tệp của kho chỉ cho đọc; hãy cấp quyền ghi rồi mở lại",
			       "the store's file is read-only; allow writing and open it again");
	return RC_OK;
}

/* What the VFS noticed says more than SQLite's result code. */
static enum rc vfs_reason(const struct vfs_store *store, enum rc rc, struct err *err)
{
	if (rc && store && store->why.rc) {
		if (err)
			*err = store->why;
		return store->why.rc;
	}
	return rc;
}

enum rc db_open_ring(const char *path, struct key_ring *ring, struct db **out, struct err *err)
{
	struct db *db = db_new(path);
	enum rc rc = RC_FAILED;

	if (!vfs_register()) {
		err_set(err, rc, "không dùng được bản SQLite này", "this SQLite cannot be used");
		key_ring_free(ring);
	} else {
		db->store = vfs_store_new(path, ring, false, err);
		if (db->store)
			rc = check_writable(path, err);
		if (!rc)
			rc = vfs_reason(db->store, db_connect(db, VFS_NAME, SQLITE_OPEN_READWRITE, err), err);
	}
	if (rc) {
		db_close(db);
		return rc;
	}
	db->was_dirty = db->store->was_dirty;
	db->altered = db->store->altered;
	db->failed_signins = db->store->failures;
	memcpy(db->closed_head, db->store->header.head, DB_HEAD_SIZE);
	*out = db;
	return RC_OK;
}

enum rc db_idle(const struct db *db, struct err *err)
{
	if (!db->store || !db->sql || db_in_transaction(db))
		return err_set(err, RC_FAILED, "kho chưa sẵn sàng cho việc này",
			       "the store is not ready for this");
	return RC_OK;
}

enum rc db_settle(struct db *db, struct err *err)
{
	return sql_error(db->sql,
			 sqlite3_wal_checkpoint_v2(db->sql, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
			 err);
}

/*
 * Page 1 is sealed anew each session that wrote: its tag, kept in the header,
 * tells an older page 1 from this one.
 */
static bool refresh_page1(struct db *db)
{
	int64_t version;
	char sql[64];

	if (db_schema_version(db, &version, NULL))
		return false;
	snprintf(sql, sizeof(sql), "PRAGMA user_version=%lld", (long long)version);
	return sqlite3_exec(db->sql, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The store's last words: all in one file, and the header may say so. */
static void close_store(struct db *db)
{
	bool fresh;

	if (!db->sql || !db->store->real)
		return;
	fresh = !db->store->touched || refresh_page1(db);
	stmt_forget_all(db);
	db->store->settle = fresh && db_settle(db, NULL) == RC_OK && !db->damaged;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db_in_transaction(db))
		db_rollback(db);
	if (db->store)
		close_store(db);
	stmt_forget_all(db);
	sqlite3_close(db->sql);
	vfs_store_free(db->store);
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

bool db_was_altered(const struct db *db)
{
	return db->altered;
}

const uint8_t *db_file_id(const struct db *db)
{
	static const uint8_t none[PAGE_ID_SIZE];

	return db->store ? db->store->header.page_id : none;
}

void db_on_written(struct db *db, void (*written)(void *ctx), void *ctx)
{
	if (!db->store)
		return;
	db->store->written = written;
	db->store->written_ctx = ctx;
}

void db_set_head(struct db *db, const uint8_t head[DB_HEAD_SIZE])
{
	if (db->store)
		memcpy(db->store->head, head, DB_HEAD_SIZE);
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

static enum rc run_plain(struct db *db, const char *sql, struct err *err)
{
	struct stmt *s = stmt_use(db, sql);
	enum rc rc = stmt_run(s, err);

	stmt_done(s);
	return rc;
}

enum rc db_mark(struct db *db, struct err *err)
{
	static const char SQL_MARK[] = "SAVEPOINT here";

	return run_plain(db, SQL_MARK, err);
}

enum rc db_marked(struct db *db, bool keep, struct err *err)
{
	static const char SQL_BACK[] = "ROLLBACK TO here", SQL_GO_ON[] = "RELEASE here";
	enum rc rc = keep ? RC_OK : run_plain(db, SQL_BACK, err);

	return rc ? rc : run_plain(db, SQL_GO_ON, err);
}

bool db_in_transaction(const struct db *db)
{
	return db->sql && !sqlite3_get_autocommit(db->sql);
}

struct sqlite3 *db_handle(struct db *db)
{
	return db->sql;
}
