/*
 * handle.h - what an open store is made of; for db/ only.
 *
 * Owned by db_open* and db_close. `sql` is replaced by db_rekey, so nothing
 * outside db/ keeps it, and no statement is in use while it runs.
 */
#ifndef MOTCUA_HANDLE_H
#define MOTCUA_HANDLE_H

#include "db/db.h"
#include "db/key.h"

struct stmt;
struct vfs_store;

enum { STMT_BUCKETS = 128 };

struct db {
	struct sqlite3 *sql;
	char *path;
	struct vfs_store *store; /* keys, header and state of a sealed store; NULL for a plain one */
	struct stmt *stmts[STMT_BUCKETS];
	char user[DB_USER_MAX + 1];
	uint8_t closed_head[DB_HEAD_SIZE];
	bool was_dirty, altered; /* as found at open */
	bool rows_stale;         /* the row tables are of another rows.sql */
	bool damaged;            /* a check failed: this session does not end as a clean one */
	unsigned failed_signins;
};

/* Finalize every cached statement. */
void stmt_forget_all(struct db *db);

/* Make `db` a store at `path` under `ring` (taken over), not migrated. On failure nothing is open. */
enum rc db_open_ring(const char *path, struct key_ring *ring, struct db **out, struct err *err) MUST_CHECK;
/* Everything in the log into the file, the log emptied. Nothing may be under way. */
enum rc db_settle(struct db *db, struct err *err) MUST_CHECK;
/* `path` with `suffix`, to free. */
char *db_path_with(const char *path, const char *suffix);
/* A sealed store, not in a transaction; else RC_FAILED. */
enum rc db_idle(const struct db *db, struct err *err) MUST_CHECK;

/* Open db->path through `vfs` (NULL: SQLite's own) and apply the settings every store has. */
enum rc db_connect(struct db *db, const char *vfs, int flags, struct err *err);

/* The enum rc and the sentence for an SQLite result code; RC_OK for SQLITE_OK, ROW and DONE. */
enum rc sql_error(struct sqlite3 *sql, int code, struct err *err);

#endif
