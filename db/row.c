#include "db/row.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void row_init(struct row *row)
{
	memset(row, 0, sizeof(*row));
	rec_init(&row->body, REC_NONE);
}

void row_done(struct row *row)
{
	rec_done(&row->body);
}

#define COLS "id, kind, rev, head, body"

static enum rc row_from(struct stmt *s, struct row *row, struct err *err)
{
	struct span heads = stmt_blob(s, 3), body = stmt_blob(s, 4);

	row->rec = stmt_int(s, 0);
	row->kind = (enum rec_kind)stmt_int(s, 1);
	row->rev = (uint32_t)stmt_int(s, 2);
	row->heads_count = heads.len / ID_BYTES;
	if (heads.len % ID_BYTES || row->heads_count > EVENT_PARENTS_MAX)
		return err_set(err, RC_DAMAGED, "Dòng dữ liệu %" PRId64 " hỏng.",
			       "Row %" PRId64 " is damaged.", row->rec);
	for (size_t i = 0; i < row->heads_count; i++)
		row->heads[i] = id_get(heads.data + i * ID_BYTES);
	return rec_unpack(&row->body, row->kind, body.data, body.len, err);
}

static const char SQL_FIND[] = "SELECT id FROM rec WHERE kind = ?1 AND key = ?2";

enum rc row_find(struct db *db, enum rec_kind kind, const char *key, int64_t *rec, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FIND);
	enum rc rc;

	stmt_bind_int(s, 1, kind);
	stmt_bind_text(s, 2, key);
	rc = stmt_row(s, err);
	if (!rc)
		*rec = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

static const char SQL_READ[] = "SELECT " COLS " FROM rec WHERE id = ?1";

enum rc row_read(struct db *db, int64_t rec, struct row *row, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_READ);
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	rc = stmt_row(s, err);
	if (!rc)
		rc = row_from(s, row, err);
	stmt_done(s);
	return rc;
}

enum rc row_get(struct db *db, enum rec_kind kind, const char *key, struct row *row, struct err *err)
{
	int64_t rec;
	enum rc rc = row_find(db, kind, key, &rec, err);

	return rc ? rc : row_read(db, rec, row, err);
}

static enum rc visit_rows(struct stmt *s, row_visit *each, void *ctx, struct err *err)
{
	struct row row;
	enum rc rc;

	row_init(&row);
	while (!(rc = stmt_row(s, err))) {
		rc = row_from(s, &row, err);
		if (!rc)
			rc = each(ctx, &row, err);
		if (rc)
			break;
	}
	row_done(&row);
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_WALK_ALL[] = "SELECT " COLS " FROM rec ORDER BY id";
static const char SQL_WALK_KIND[] = "SELECT " COLS " FROM rec WHERE kind = ?1 ORDER BY key";

enum rc row_walk(struct db *db, enum rec_kind kind, row_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, kind == REC_NONE ? SQL_WALK_ALL : SQL_WALK_KIND);

	if (kind != REC_NONE)
		stmt_bind_int(s, 1, kind);
	return visit_rows(s, each, ctx, err);
}

/* Keys are text: everything that starts with the prefix sorts before prefix + U+10FFFF. */
static const char SQL_WALK_PREFIX[] = "SELECT " COLS " FROM rec WHERE kind = ?1 AND key >= ?2"
				      " AND key < ?2 || char(1114111) ORDER BY key";

enum rc row_walk_prefix(struct db *db, enum rec_kind kind, const char *prefix, row_visit *each, void *ctx,
			struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_WALK_PREFIX);

	stmt_bind_int(s, 1, kind);
	stmt_bind_text(s, 2, prefix);
	return visit_rows(s, each, ctx, err);
}

static const char SQL_COUNT[] = "SELECT count(*) FROM rec WHERE kind = ?1";

int64_t row_count(struct db *db, enum rec_kind kind)
{
	struct stmt *s = stmt_use(db, SQL_COUNT);
	int64_t count = 0;

	stmt_bind_int(s, 1, kind);
	if (!stmt_row(s, NULL))
		count = stmt_int(s, 0);
	stmt_done(s);
	return count;
}

static const char SQL_INSERT[] = "INSERT INTO rec (kind, key, rev, head, body) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char SQL_UPDATE[] = "UPDATE rec SET rev = ?3, head = ?4, body = ?5 WHERE id = ?6";

enum rc row_write(struct db *db, struct row *row, const char *key, struct err *err)
{
	struct stmt *s = stmt_use(db, row->rec ? SQL_UPDATE : SQL_INSERT);
	uint8_t heads[EVENT_PARENTS_MAX * ID_BYTES];
	struct buf body = BUF(EVENT_MAX);
	enum rc rc;

	for (size_t i = 0; i < row->heads_count; i++)
		id_put(&row->heads[i], heads + i * ID_BYTES);
	rec_pack(&row->body, &body);
	if (row->rec) {
		stmt_bind_int(s, 6, row->rec);
	} else {
		stmt_bind_int(s, 1, row->kind);
		stmt_bind_text(s, 2, key);
	}
	stmt_bind_int(s, 3, row->rev);
	stmt_bind_blob(s, 4, heads, row->heads_count * ID_BYTES);
	stmt_bind_blob(s, 5, body.data, body.len);
	rc = body.full ? err_set(err, RC_FULL, "Bản ghi quá lớn (hơn 4 MiB).",
				 "The record is too large (over 4 MiB).")
		       : stmt_run(s, err);
	stmt_done(s);
	if (!rc && !row->rec)
		row->rec = db_last_rowid(db);
	buf_wipe_done(&body);
	return rc;
}

static const char SQL_ADD_EVENT[] = "INSERT OR IGNORE INTO rec_event (rec, n) VALUES (?1, ?2)";

enum rc row_add_event(struct db *db, int64_t rec, int64_t n, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_ADD_EVENT);
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	stmt_bind_int(s, 2, n);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static const char SQL_OF_EVENT[] = "SELECT rec FROM rec_event WHERE n = ?1";

enum rc row_of_event(struct db *db, int64_t n, int64_t *rec, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_OF_EVENT);
	enum rc rc;

	stmt_bind_int(s, 1, n);
	rc = stmt_row(s, err);
	if (!rc)
		*rec = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

static const char SQL_EVENTS[] = "SELECT n FROM rec_event WHERE rec = ?1 ORDER BY n";

enum rc row_events(struct db *db, int64_t rec, int64_t **n, size_t *count, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_EVENTS);
	int64_t *list = NULL;
	size_t have = 0, cap = 0;
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	while (!(rc = stmt_row(s, err))) {
		if (have == cap) {
			cap = cap ? cap * 2 : 16;
			list = realloc(list, cap * sizeof(*list));
			if (!list)
				die("out of memory");
		}
		list[have++] = stmt_int(s, 0);
	}
	stmt_done(s);
	if (rc != RC_NONE) {
		free(list);
		return rc;
	}
	*n = list;
	*count = have;
	return RC_OK;
}
