#include "db/stmt.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "db/handle.h"

struct stmt {
	struct db *db;
	const char *sql; /* the key: a static text, compared by address */
	sqlite3_stmt *vm;
	int fault; /* the first failure of prepare or bind */
	bool busy;
	struct stmt *next;
};

static size_t bucket_of(const char *sql)
{
	uintptr_t at = (uintptr_t)sql;

	return (at >> 3 ^ at >> 11) % STMT_BUCKETS;
}

static struct stmt *stmt_make(struct db *db, const char *sql, struct stmt **bucket)
{
	struct stmt *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	s->db = db;
	s->sql = sql;
	s->next = *bucket;
	*bucket = s;
	return s;
}

struct stmt *stmt_use(struct db *db, const char *sql)
{
	struct stmt **bucket = &db->stmts[bucket_of(sql)], *s = *bucket;

	while (s && s->sql != sql)
		s = s->next;
	if (!s)
		s = stmt_make(db, sql, bucket);
	if (s->busy)
		die("a statement was used again before stmt_done");
	s->busy = true;
	s->fault = SQLITE_OK;
	if (!db->sql)
		s->fault = SQLITE_MISUSE; /* a rekey could not reopen the store */
	else if (!s->vm)
		s->fault = sqlite3_prepare_v3(db->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->vm, NULL);
	return s;
}

/* sqlite3_bind_* on no statement is misuse, so the prepare's own failure goes first. */
#define BIND(s, call)                                                                                        \
	do {                                                                                                 \
		if (!(s)->fault)                                                                             \
			(s)->fault = (call);                                                                 \
	} while (0)

void stmt_bind_int(struct stmt *s, int column, int64_t value)
{
	BIND(s, sqlite3_bind_int64(s->vm, column, value));
}

void stmt_bind_text(struct stmt *s, int column, const char *text)
{
	BIND(s, sqlite3_bind_text(s->vm, column, text, -1, SQLITE_STATIC));
}

void stmt_bind_blob(struct stmt *s, int column, const void *data, size_t len)
{
	/* An empty blob is not NULL. */
	BIND(s, sqlite3_bind_blob64(s->vm, column, len ? data : "", len, SQLITE_STATIC));
}

void stmt_bind_null(struct stmt *s, int column)
{
	BIND(s, sqlite3_bind_null(s->vm, column));
}

static enum rc failed(struct stmt *s, int code, struct err *err)
{
	return sql_error(s->db->sql, code, err);
}

enum rc stmt_row(struct stmt *s, struct err *err)
{
	int code = s->fault ? s->fault : sqlite3_step(s->vm);

	if (code == SQLITE_ROW)
		return RC_OK;
	return code == SQLITE_DONE ? RC_NONE : failed(s, code, err);
}

enum rc stmt_run(struct stmt *s, struct err *err)
{
	int code = s->fault;

	if (!code) {
		do {
			code = sqlite3_step(s->vm);
		} while (code == SQLITE_ROW);
	}
	return code == SQLITE_DONE ? RC_OK : failed(s, code, err);
}

bool stmt_is_null(struct stmt *s, int column)
{
	return sqlite3_column_type(s->vm, column) == SQLITE_NULL;
}

int64_t stmt_int(struct stmt *s, int column)
{
	return sqlite3_column_int64(s->vm, column);
}

const char *stmt_text(struct stmt *s, int column)
{
	const unsigned char *text = sqlite3_column_text(s->vm, column);

	return text ? (const char *)text : "";
}

struct span stmt_blob(struct stmt *s, int column)
{
	const void *data = sqlite3_column_blob(s->vm, column);
	int len = sqlite3_column_bytes(s->vm, column);

	return (struct span){ data ? data : "", data ? (size_t)len : 0 };
}

void stmt_done(struct stmt *s)
{
	if (!s)
		return;
	if (s->vm) {
		sqlite3_reset(s->vm);
		sqlite3_clear_bindings(s->vm);
	}
	s->busy = false;
}

void stmt_forget_all(struct db *db)
{
	for (size_t i = 0; i < STMT_BUCKETS; i++) {
		while (db->stmts[i]) {
			struct stmt *s = db->stmts[i];

			db->stmts[i] = s->next;
			sqlite3_finalize(s->vm);
			free(s);
		}
	}
}

enum rc db_script(struct db *db, const char *sql, struct err *err)
{
	return sql_error(db->sql, sqlite3_exec(db->sql, sql, NULL, NULL, NULL), err);
}

int64_t db_last_rowid(struct db *db)
{
	return sqlite3_last_insert_rowid(db->sql);
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->sql);
}
