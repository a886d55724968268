#include "db/clash.h"

#include <string.h>

static const char SQL_WALK[] = "SELECT id, rec, path, a, b FROM clash ORDER BY rec, id";
static const char SQL_GET[] = "SELECT id, rec, path, a, b FROM clash WHERE id = ?1";
static const char SQL_COUNT[] = "SELECT count(*) FROM clash";

static enum rc read_row(struct stmt *s, struct clash_row *out, struct err *err)
{
	struct span id = stmt_blob(s, 0), path = stmt_blob(s, 2), a = stmt_blob(s, 3), b = stmt_blob(s, 4), key;
	struct reader r = reader_on(path.data, path.len);
	uint64_t tag = wire_uint(&r), sub;

	key = wire_bytes(&r);
	sub = wire_uint(&r);
	if (!reader_at_end(&r) || key.len > KEY_MAX || tag > UINT16_MAX || sub > UINT16_MAX ||
	    id.len != sizeof(out->id) || a.len != ID_BYTES || b.len != ID_BYTES)
		return err_set(err, RC_DAMAGED, "một dòng xung đột không đọc được", "a row of a clash cannot be read");
	memcpy(out->id, id.data, sizeof(out->id));
	out->rec = stmt_int(s, 1);
	out->path = path_key((unsigned)tag, key.data, key.len, (unsigned)sub);
	out->a = id_get(a.data);
	out->b = id_get(b.data);
	return RC_OK;
}

enum rc clash_rows(struct db *db, clash_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_WALK);
	struct clash_row row;
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		rc = read_row(s, &row, err);
		if (!rc)
			rc = each(ctx, &row, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc clash_row_get(struct db *db, const uint8_t id[8], struct clash_row *out, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_GET);
	enum rc rc;

	stmt_bind_blob(s, 1, id, 8);
	rc = stmt_row(s, err);
	if (!rc)
		rc = read_row(s, out, err);
	stmt_done(s);
	return rc;
}

int64_t clash_count(struct db *db)
{
	struct stmt *s = stmt_use(db, SQL_COUNT);
	int64_t count = stmt_row(s, NULL) ? 0 : stmt_int(s, 0);

	stmt_done(s);
	return count;
}
