#include "db/signin.h"

static const char SQL_ADD[] = "INSERT INTO signin (at, name, what) VALUES (?1, ?2, ?3)";
static const char SQL_WALK[] = "SELECT at, name, what FROM signin WHERE at >= ?1 AND at < ?2 ORDER BY n";

enum rc signin_add(struct db *db, int64_t at, const char *name, const char *what, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_ADD);
	enum rc rc;

	stmt_bind_int(s, 1, at);
	stmt_bind_text(s, 2, name);
	stmt_bind_text(s, 3, what);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc signin_walk(struct db *db, int64_t from, int64_t to, signin_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_WALK);
	enum rc rc;

	stmt_bind_int(s, 1, from);
	stmt_bind_int(s, 2, to);
	while (!(rc = stmt_row(s, err))) {
		const struct signin signin = { stmt_int(s, 0), stmt_text(s, 1), stmt_text(s, 2) };

		rc = each(ctx, &signin, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}
