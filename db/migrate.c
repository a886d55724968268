#include "db/migrate.h"

#include <stdio.h>
#include <string.h>

#include "db/handle.h"
#include "db/stmt.h"

#define ROWS_FILE "rows.sql"

/* NNN of "NNN_name.sql", or 0 when the name is not of that form. */
static unsigned file_version(const char *name)
{
	unsigned version = 0;

	for (int i = 0; i < 3; i++) {
		if (name[i] < '0' || name[i] > '9')
			return 0;
		version = version * 10 + (unsigned)(name[i] - '0');
	}
	return name[3] == '_' ? version : 0;
}

static unsigned newest_version(const struct embedded *files, size_t count)
{
	unsigned newest = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned version = file_version(files[i].name);

		if (version > newest)
			newest = version;
	}
	return newest;
}

static const struct embedded *rows_file(const struct embedded *files, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(files[i].name, ROWS_FILE) == 0)
			return &files[i];
	}
	return NULL;
}

/* A mark of the text: FNV-1a, 31 bits, never 0. It tells versions apart, nothing more. */
static unsigned text_mark(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	hash &= 0x7fffffff;
	return hash ? hash : 1;
}

static enum rc pragma_get(struct db *db, const char *sql, int64_t *value, struct err *err)
{
	struct stmt *s = stmt_use(db, sql);
	enum rc rc = stmt_row(s, err);

	if (!rc)
		*value = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

static enum rc pragma_set(struct db *db, const char *name, unsigned value, struct err *err)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA %s=%u", name, value);
	return db_script(db, sql, err);
}

enum rc db_schema_version(struct db *db, int64_t *version, struct err *err)
{
	return pragma_get(db, "PRAGMA user_version", version, err);
}

/* One schema file and its version number, all or nothing. */
static enum rc apply(struct db *db, const struct embedded *file, struct err *err)
{
	unsigned version = file_version(file->name);
	enum rc rc = db_begin(db, err);

	if (!rc)
		rc = db_script(db, file->text, err);
	if (!rc)
		rc = pragma_set(db, "user_version", version, err);
	if (!rc)
		rc = db_commit(db, err);
	if (rc) {
		db_rollback(db);
		rc = err_in(err, "nâng cấp kho (%s)", "upgrading the store (%s)", file->name);
	}
	return rc;
}

static enum rc rows_apply(struct db *db, const struct embedded *rows, struct err *err)
{
	bool own = !db_in_transaction(db);
	enum rc rc = own ? db_begin(db, err) : RC_OK;

	if (!rc)
		rc = db_script(db, rows->text, err);
	if (!rc)
		rc = pragma_set(db, "application_id", text_mark(rows->text), err);
	if (!rc && own)
		rc = db_commit(db, err);
	if (rc && own)
		db_rollback(db);
	if (!rc)
		db->rows_stale = false;
	return rc;
}

enum rc db_rows_reset(struct db *db, struct err *err)
{
	const struct embedded *rows = rows_file(schema_files, schema_files_count);

	return rows ? rows_apply(db, rows, err) : RC_OK;
}

bool db_rows_stale(const struct db *db)
{
	return db->rows_stale;
}

enum rc db_migrate_with(struct db *db, const struct embedded *files, size_t count, struct err *err)
{
	const struct embedded *rows = rows_file(files, count);
	int64_t at = 0, mark = 0;
	enum rc rc = db_schema_version(db, &at, err);

	if (rc)
		return rc;
	if (at > newest_version(files, count))
		return err_set(
			err, RC_REFUSED,
			"kho này do một bản motcua mới hơn ghi (lược đồ %lld); hãy cài bản mới rồi mở lại",
			"this store was written by a newer motcua (schema %lld); install the newer version "
			"and open it again",
			(long long)at);
	for (size_t i = 0; i < count && !rc; i++) {
		if (file_version(files[i].name) > at)
			rc = apply(db, &files[i], err);
	}
	if (!rc && rows && at == 0)
		rc = rows_apply(db, rows, err);
	if (!rc)
		rc = pragma_get(db, "PRAGMA application_id", &mark, err);
	if (!rc)
		db->rows_stale = rows && mark != text_mark(rows->text);
	return rc;
}

enum rc db_migrate(struct db *db, struct err *err)
{
	return db_migrate_with(db, schema_files, schema_files_count, err);
}
