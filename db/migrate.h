/*
 * migrate.h - the schema of a store, as the embedded files of db/schema/ tell it.
 *
 * NNN_name.sql are permanent and forward-only: each runs once, in order, in a
 * transaction of its own that also sets PRAGMA user_version to NNN. rows.sql
 * holds the rebuildable row tables (DROP and CREATE); a mark of its text is
 * kept in PRAGMA application_id, so a store whose rows were shaped by another
 * rows.sql is noticed and its caller rebuilds them.
 */
#ifndef MOTCUA_MIGRATE_H
#define MOTCUA_MIGRATE_H

#include "db/db.h"
#include "db/embed.h"

/*
 * Bring the store to this program's schema. RC_REFUSED: the store is newer
 * than the program. Outside a transaction only.
 */
enum rc db_migrate(struct db *db, struct err *err) MUST_CHECK;
/* The same with a schema of the caller's (tests). */
enum rc db_migrate_with(struct db *db, const struct embedded *files, size_t count, struct err *err) MUST_CHECK;
/* Drop and make the row tables anew, empty. Joins an open transaction, else has its own. */
enum rc db_rows_reset(struct db *db, struct err *err) MUST_CHECK;
/* True when the row tables were made by another rows.sql than this program's: reset and rebuild them. */
bool db_rows_stale(const struct db *db);
/* PRAGMA user_version of the open store. */
enum rc db_schema_version(struct db *db, int64_t *version, struct err *err) MUST_CHECK;

#endif
