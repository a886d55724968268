/*
 * stmt.h - cached prepared statements.
 *
 * stmt_use takes a static text and caches by its address; binds return
 * nothing: the first failure sticks and comes out of stmt_row or stmt_run.
 * stmt_done resets and clears, is safe on every path, and must come before
 * the same text is used again. Column pointers live until the next step.
 */
#ifndef MOTCUA_STMT_H
#define MOTCUA_STMT_H

#include "db/base/wire.h"
#include "db/db.h"

struct stmt;

struct stmt *stmt_use(struct db *db, const char *sql);
void stmt_bind_int(struct stmt *s, int column, int64_t value);
void stmt_bind_text(struct stmt *s, int column, const char *text); /* NULL binds NULL; not copied */
void stmt_bind_blob(struct stmt *s, int column, const void *data, size_t len); /* not copied */
void stmt_bind_null(struct stmt *s, int column);
/* One row: RC_OK, RC_NONE when there is none (left), or an error. */
enum rc stmt_row(struct stmt *s, struct err *err) MUST_CHECK;
/* Run to the end, ignoring rows. */
enum rc stmt_run(struct stmt *s, struct err *err) MUST_CHECK;
bool stmt_is_null(struct stmt *s, int column);
int64_t stmt_int(struct stmt *s, int column);     /* columns count from 0 */
const char *stmt_text(struct stmt *s, int column); /* never NULL */
struct span stmt_blob(struct stmt *s, int column);
void stmt_done(struct stmt *s); /* NULL is fine */
/* Run a script of statements without parameters (schema). */
enum rc db_script(struct db *db, const char *sql, struct err *err) MUST_CHECK;
int64_t db_last_rowid(struct db *db);
int64_t db_changes(struct db *db);

#endif
