#include "db/row.h"

static const char SQL_GET[] = "SELECT value FROM local WHERE name = ?1";
static const char SQL_SET[] = "INSERT INTO local (name, value) VALUES (?1, ?2)"
			      " ON CONFLICT DO UPDATE SET value = excluded.value";

enum rc local_get(struct db *db, const char *name, struct buf *out, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_GET);
	enum rc rc;

	stmt_bind_text(s, 1, name);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span value = stmt_blob(s, 0);

		buf_clear(out);
		buf_add(out, value.data, value.len);
	}
	stmt_done(s);
	return rc;
}

enum rc local_set(struct db *db, const char *name, const void *data, size_t len, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_SET);
	enum rc rc;

	stmt_bind_text(s, 1, name);
	stmt_bind_blob(s, 2, len ? data : "", len);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

int64_t local_int(struct db *db, const char *name, int64_t otherwise)
{
	struct buf value = BUF(16);
	int64_t result = otherwise;

	if (!local_get(db, name, &value, NULL)) {
		struct reader r = reader_on(value.data, value.len);
		int64_t read = wire_int(&r);

		if (reader_at_end(&r))
			result = read;
	}
	buf_done(&value);
	return result;
}

enum rc local_set_int(struct db *db, const char *name, int64_t value, struct err *err)
{
	struct buf bytes = BUF(16);
	enum rc rc;

	wire_put_int(&bytes, value);
	rc = local_set(db, name, bytes.data, bytes.len, err);
	buf_done(&bytes);
	return rc;
}
