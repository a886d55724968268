#include "db/draft.h"

static const char SQL_NEW[] = "INSERT INTO draft (owner, form, saved_at, body) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_SET[] = "UPDATE draft SET form = ?2, saved_at = ?3, body = ?4 WHERE id = ?5 AND owner = ?1";
static const char SQL_WALK[] = "SELECT id, saved_at, owner, form, body FROM draft"
			       " WHERE owner = ?1 AND (?2 IS NULL OR form = ?2) ORDER BY saved_at DESC, id DESC";
static const char SQL_GET[] = "SELECT body FROM draft WHERE id = ?1 AND owner = ?2";
static const char SQL_DROP[] = "DELETE FROM draft WHERE id = ?1 AND owner = ?2";

enum rc draft_put(struct db *db, int64_t *id, int64_t saved_at, const char *owner, const char *form, struct span body,
		  struct err *err)
{
	struct stmt *s;
	enum rc rc;

	if (body.len > DRAFT_BODY_MAX)
		return err_set(err, RC_FULL, "bản nháp quá lớn", "the draft is too large");
	s = stmt_use(db, *id ? SQL_SET : SQL_NEW);
	stmt_bind_text(s, 1, owner);
	stmt_bind_text(s, 2, form);
	stmt_bind_int(s, 3, saved_at);
	stmt_bind_blob(s, 4, body.len ? body.data : (const uint8_t *)"", body.len);
	if (*id)
		stmt_bind_int(s, 5, *id);
	rc = stmt_run(s, err); /* outside a transaction: one commit, durable when it returns */
	stmt_done(s);
	if (rc)
		return rc;
	if (*id && !db_changes(db)) { /* thrown away meanwhile: it is a new one */
		*id = 0;
		return draft_put(db, id, saved_at, owner, form, body, err);
	}
	if (!*id)
		*id = db_last_rowid(db);
	return RC_OK;
}

enum rc draft_walk(struct db *db, const char *owner, const char *form, draft_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_WALK);
	enum rc rc;

	stmt_bind_text(s, 1, owner);
	stmt_bind_text(s, 2, form);
	while (!(rc = stmt_row(s, err))) {
		const struct draft_row row = { stmt_int(s, 0), stmt_int(s, 1), stmt_text(s, 2), stmt_text(s, 3),
					      stmt_blob(s, 4) };

		rc = each(ctx, &row, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc draft_get(struct db *db, int64_t id, const char *owner, struct buf *body, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_GET);
	enum rc rc;

	stmt_bind_int(s, 1, id);
	stmt_bind_text(s, 2, owner);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span bytes = stmt_blob(s, 0);

		buf_clear(body);
		buf_add(body, bytes.data, bytes.len);
	}
	stmt_done(s);
	return rc;
}

enum rc draft_drop(struct db *db, int64_t id, const char *owner, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_DROP);
	enum rc rc;

	stmt_bind_int(s, 1, id);
	stmt_bind_text(s, 2, owner);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}
