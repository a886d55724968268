#include "db/fact.h"
#include "db/fact_pack.h"

enum { BODY_MAX = 16 << 20 };

static void bind_time(struct stmt *s, int column, msec at)
{
	if (at == MSEC_NONE)
		stmt_bind_null(s, column);
	else
		stmt_bind_int(s, column, at);
}

static msec get_time(struct stmt *s, int column)
{
	return stmt_is_null(s, column) ? MSEC_NONE : stmt_int(s, column);
}

/* A statement whose parameters are rec alone. */
static enum rc run_on(struct db *db, const char *sql, int64_t rec, struct err *err)
{
	struct stmt *s = stmt_use(db, sql);
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static const char SQL_NAME_GET[] = "SELECT ix FROM name WHERE text = ?1";
static const char SQL_NAME_ADD[] = "INSERT INTO name (text) VALUES (?1)";
static const char SQL_NAME_ALL[] = "SELECT ix, text FROM name ORDER BY ix";

enum rc name_find(struct db *db, const char *text, int64_t *ix, struct err *err)
{
	struct stmt *s;
	enum rc rc;

	if (!*text) {
		*ix = 0;
		return RC_OK;
	}
	s = stmt_use(db, SQL_NAME_GET);
	stmt_bind_text(s, 1, text);
	rc = stmt_row(s, err);
	if (!rc)
		*ix = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

enum rc name_ix(struct db *db, const char *text, int64_t *ix, struct err *err)
{
	struct stmt *s;
	enum rc rc = name_find(db, text, ix, err);

	if (rc != RC_NONE)
		return rc;
	s = stmt_use(db, SQL_NAME_ADD);
	stmt_bind_text(s, 1, text);
	rc = stmt_run(s, err);
	stmt_done(s);
	if (!rc)
		*ix = db_last_rowid(db);
	return rc;
}

enum rc name_walk(struct db *db, name_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_NAME_ALL);
	enum rc rc;

	while (!(rc = stmt_row(s, err)))
		if ((rc = each(ctx, stmt_int(s, 0), stmt_text(s, 1), err)))
			break;
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

#define FACT_COLS "rec, body, scanned_at, reused_at"
static const char SQL_FACT_PUT[] =
	"INSERT INTO fact (rec, body, state, received_at, due_at, finished_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
	"ON CONFLICT (rec) DO UPDATE SET body = ?2, state = ?3, received_at = ?4, due_at = ?5, finished_at = ?6";
static const char SQL_FACT_ONE[] = "SELECT " FACT_COLS ", state, received_at, due_at, finished_at FROM fact "
	"WHERE rec = ?1";
static const char SQL_FACT_ALL[] = "SELECT " FACT_COLS " FROM fact ORDER BY rec";
static const char SQL_FACT_RECEIVED[] = "SELECT " FACT_COLS " FROM fact "
	"WHERE received_at >= ?1 AND received_at < ?2 ORDER BY received_at, rec";
static const char SQL_FACT_OPEN[] = "SELECT " FACT_COLS " FROM fact "
	"WHERE finished_at IS NULL AND state <= 7 ORDER BY due_at, rec";
static const char SQL_FACT_BACK[] = "SELECT " FACT_COLS " FROM fact WHERE state = 7 ORDER BY finished_at, rec";
static const char SQL_FACT_DROP[] = "DELETE FROM fact WHERE rec = ?1";
static const char SQL_STEPS_DROP[] = "DELETE FROM fact_step WHERE rec = ?1";
static const char SQL_FEES_DROP[] = "DELETE FROM fee WHERE rec = ?1";

static enum rc read_fact(struct stmt *s, struct fact *fact, struct err *err)
{
	fact->rec = stmt_int(s, 0);
	fact->scanned_at = get_time(s, 2);
	fact->reused_at = get_time(s, 3);
	if (fact_unpack(stmt_blob(s, 1), fact))
		return RC_OK;
	return err_set(err, RC_DAMAGED,
		       "Số liệu báo cáo bị hỏng. Chạy `motcua rebuild` để dựng lại.",
		       "Report figures are damaged. `motcua rebuild` mends them.");
}

enum rc fact_put(struct db *db, const struct fact *fact, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FACT_PUT);
	struct buf body = BUF(BODY_MAX);
	enum rc rc;

	fact_pack(fact, &body);
	stmt_bind_int(s, 1, fact->rec);
	stmt_bind_blob(s, 2, body.data, body.len);
	stmt_bind_int(s, 3, fact->state);
	bind_time(s, 4, fact->received_at);
	bind_time(s, 5, fact->due_at);
	bind_time(s, 6, fact->finished_at);
	rc = stmt_run(s, err);
	stmt_done(s);
	buf_done(&body);
	return rc;
}

static const char SQL_SCANS_CLEAR[] = "UPDATE fact SET scanned_at = NULL, reused_at = NULL WHERE rec = ?1";
/* min() of two is NULL when one is. */
static const char SQL_SCANS_ADD[] = "UPDATE fact SET scanned_at = min(ifnull(scanned_at, ?2), ?2), "
	"reused_at = CASE WHEN ?3 THEN min(ifnull(reused_at, ?2), ?2) ELSE reused_at END WHERE rec = ?1";

enum rc fact_add_scan(struct db *db, int64_t rec, msec at, bool reused, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_SCANS_ADD);
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	stmt_bind_int(s, 2, at);
	stmt_bind_int(s, 3, reused);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc fact_clear_scans(struct db *db, int64_t rec, struct err *err)
{
	return run_on(db, SQL_SCANS_CLEAR, rec, err);
}

enum rc fact_drop(struct db *db, int64_t rec, struct err *err)
{
	enum rc rc = run_on(db, SQL_FACT_DROP, rec, err);

	if (!rc)
		rc = run_on(db, SQL_STEPS_DROP, rec, err);
	return rc ? rc : fact_fees_drop(db, rec, err);
}

static enum rc walk(struct stmt *s, fact_visit *each, void *ctx, struct err *err)
{
	struct fact fact;
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		rc = read_fact(s, &fact, err);
		if (!rc)
			rc = each(ctx, &fact, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

/* What a row is looked up by is what its body says. */
static bool same_columns(struct stmt *s, const struct fact *fact)
{
	return stmt_int(s, 4) == fact->state && get_time(s, 5) == fact->received_at &&
	       get_time(s, 6) == fact->due_at && get_time(s, 7) == fact->finished_at;
}

enum rc fact_one(struct db *db, int64_t rec, fact_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FACT_ONE);
	struct fact fact;
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	rc = stmt_row(s, err);
	if (!rc)
		rc = read_fact(s, &fact, err);
	if (!rc && !same_columns(s, &fact))
		rc = err_set(err, RC_DAMAGED,
			     "Số liệu báo cáo bị hỏng. Chạy `motcua rebuild` để dựng lại.",
			     "Report figures are damaged. `motcua rebuild` mends them.");
	if (!rc)
		rc = each(ctx, &fact, err);
	stmt_done(s);
	return rc;
}

enum rc fact_walk(struct db *db, fact_visit *each, void *ctx, struct err *err)
{
	return walk(stmt_use(db, SQL_FACT_ALL), each, ctx, err);
}

enum rc fact_walk_received(struct db *db, msec from, msec to, fact_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FACT_RECEIVED);

	stmt_bind_int(s, 1, from);
	stmt_bind_int(s, 2, to);
	return walk(s, each, ctx, err);
}

enum rc fact_walk_open(struct db *db, fact_visit *each, void *ctx, struct err *err)
{
	return walk(stmt_use(db, SQL_FACT_OPEN), each, ctx, err);
}

enum rc fact_walk_back(struct db *db, fact_visit *each, void *ctx, struct err *err)
{
	return walk(stmt_use(db, SQL_FACT_BACK), each, ctx, err);
}

static const char SQL_STEPS_PUT[] = "INSERT INTO fact_step (rec, steps) VALUES (?1, ?2) "
	"ON CONFLICT (rec) DO UPDATE SET steps = ?2";
static const char SQL_STEPS_GET[] = "SELECT steps FROM fact_step WHERE rec = ?1";

enum rc fact_steps_put(struct db *db, int64_t rec, struct span steps, struct err *err)
{
	struct stmt *s;
	enum rc rc;

	if (!steps.len)
		return run_on(db, SQL_STEPS_DROP, rec, err);
	s = stmt_use(db, SQL_STEPS_PUT);
	stmt_bind_int(s, 1, rec);
	stmt_bind_blob(s, 2, steps.data, steps.len);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc fact_steps_get(struct db *db, int64_t rec, struct buf *out, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_STEPS_GET);
	struct span steps;
	enum rc rc;

	stmt_bind_int(s, 1, rec);
	rc = stmt_row(s, err);
	if (!rc || rc == RC_NONE)
		buf_clear(out);
	if (!rc) {
		steps = stmt_blob(s, 0);
		buf_add(out, steps.data, steps.len);
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_STEPS_ALL[] = "SELECT rec, steps FROM fact_step ORDER BY rec";

void fact_steps_begin(struct db *db, struct fact_steps *along)
{
	*along = (struct fact_steps){ stmt_use(db, SQL_STEPS_ALL), INT64_MIN, false };
}

enum rc fact_steps_at(struct fact_steps *along, int64_t rec, struct span *out, struct err *err)
{
	enum rc rc = RC_OK;

	while (!rc && !along->ended && along->rec < rec) {
		rc = stmt_row(along->s, err);
		if (!rc)
			along->rec = stmt_int(along->s, 0);
		along->ended = rc != RC_OK;
	}
	if (rc && rc != RC_NONE)
		return rc;
	*out = along->ended || along->rec != rec ? (struct span){ NULL, 0 } : stmt_blob(along->s, 1);
	return RC_OK;
}

void fact_steps_end(struct fact_steps *along)
{
	stmt_done(along->s);
	*along = (struct fact_steps){ NULL, 0, true };
}

static const char SQL_FEE_PUT[] =
	"INSERT INTO fee (rec, n, name, amount, status, method, paid_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
#define FEE_COLS "rec, name, amount, status, method, paid_at"
static const char SQL_FEE_ALL[] = "SELECT " FEE_COLS " FROM fee ORDER BY rec, n";
static const char SQL_FEE_OF[] = "SELECT " FEE_COLS " FROM fee WHERE rec = ?1 ORDER BY n";

enum rc fact_fees_drop(struct db *db, int64_t rec, struct err *err)
{
	return run_on(db, SQL_FEES_DROP, rec, err);
}

enum rc fact_fee_put(struct db *db, const struct fact_fee *fee, int64_t n, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FEE_PUT);
	enum rc rc;

	stmt_bind_int(s, 1, fee->rec);
	stmt_bind_int(s, 2, n);
	stmt_bind_int(s, 3, fee->name);
	stmt_bind_int(s, 4, fee->amount);
	stmt_bind_int(s, 5, fee->status);
	stmt_bind_int(s, 6, fee->method);
	bind_time(s, 7, fee->paid_at);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static enum rc walk_fee(struct stmt *s, fact_fee_visit *each, void *ctx, struct err *err)
{
	struct fact_fee fee;
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		fee.rec = stmt_int(s, 0);
		fee.name = stmt_int(s, 1);
		fee.amount = stmt_int(s, 2);
		fee.status = (int)stmt_int(s, 3);
		fee.method = (int)stmt_int(s, 4);
		fee.paid_at = get_time(s, 5);
		rc = each(ctx, &fee, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc fact_fee_walk(struct db *db, fact_fee_visit *each, void *ctx, struct err *err)
{
	return walk_fee(stmt_use(db, SQL_FEE_ALL), each, ctx, err);
}

enum rc fact_fees_of(struct db *db, int64_t rec, fact_fee_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_FEE_OF);

	stmt_bind_int(s, 1, rec);
	return walk_fee(s, each, ctx, err);
}

static const char SQL_SCAN_PUT[] = "INSERT OR REPLACE INTO fact_scan (rec, at, person, pages, bytes, flags) "
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
#define SCAN_COLS "rec, at, person, pages, bytes, flags"
static const char SQL_SCAN_ALL[] = "SELECT " SCAN_COLS " FROM fact_scan ORDER BY rec";
static const char SQL_SCAN_ONE[] = "SELECT " SCAN_COLS " FROM fact_scan WHERE rec = ?1";
static const char SQL_SCAN_DROP[] = "DELETE FROM fact_scan WHERE rec = ?1";

enum rc fact_scan_put(struct db *db, const struct fact_scan *scan, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_SCAN_PUT);
	enum rc rc;

	stmt_bind_int(s, 1, scan->rec);
	stmt_bind_int(s, 2, scan->at);
	stmt_bind_int(s, 3, scan->person);
	stmt_bind_int(s, 4, scan->pages);
	stmt_bind_int(s, 5, scan->bytes);
	stmt_bind_int(s, 6, scan->flags);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc fact_scan_drop(struct db *db, int64_t rec, struct err *err)
{
	return run_on(db, SQL_SCAN_DROP, rec, err);
}

static enum rc walk_scan(struct stmt *s, bool one, fact_scan_visit *each, void *ctx, struct err *err)
{
	struct fact_scan scan;
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		scan.rec = stmt_int(s, 0);
		scan.at = stmt_int(s, 1);
		scan.person = stmt_int(s, 2);
		scan.pages = stmt_int(s, 3);
		scan.bytes = stmt_int(s, 4);
		scan.flags = (unsigned)stmt_int(s, 5);
		rc = each(ctx, &scan, err);
		if (rc || one)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE && !one ? RC_OK : rc;
}

enum rc fact_scan_walk(struct db *db, fact_scan_visit *each, void *ctx, struct err *err)
{
	return walk_scan(stmt_use(db, SQL_SCAN_ALL), false, each, ctx, err);
}

enum rc fact_scan_one(struct db *db, int64_t rec, fact_scan_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_SCAN_ONE);

	stmt_bind_int(s, 1, rec);
	return walk_scan(s, true, each, ctx, err);
}

#define HELP_COLS "rec, at, team, neighbourhood, category, member, place, outcome, minutes"
static const char SQL_HELP_PUT[] =
	"INSERT OR REPLACE INTO help (" HELP_COLS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char SQL_HELP_ALL[] = "SELECT " HELP_COLS " FROM help ORDER BY rec";
static const char SQL_HELP_ONE[] = "SELECT " HELP_COLS " FROM help WHERE rec = ?1";
static const char SQL_HELP_DROP[] = "DELETE FROM help WHERE rec = ?1";

enum rc fact_help_put(struct db *db, const struct fact_help *help, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_HELP_PUT);
	enum rc rc;

	stmt_bind_int(s, 1, help->rec);
	stmt_bind_int(s, 2, help->at);
	bind_time(s, 3, help->team);
	bind_time(s, 4, help->neighbourhood);
	stmt_bind_int(s, 5, help->category);
	stmt_bind_int(s, 6, help->member);
	stmt_bind_int(s, 7, help->place);
	stmt_bind_int(s, 8, help->outcome);
	stmt_bind_int(s, 9, help->minutes);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc fact_help_drop(struct db *db, int64_t rec, struct err *err)
{
	return run_on(db, SQL_HELP_DROP, rec, err);
}

static enum rc walk_help(struct stmt *s, bool one, fact_help_visit *each, void *ctx, struct err *err)
{
	struct fact_help help;
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		help.rec = stmt_int(s, 0);
		help.at = stmt_int(s, 1);
		help.team = get_time(s, 2);
		help.neighbourhood = get_time(s, 3);
		help.category = stmt_int(s, 4);
		help.member = stmt_int(s, 5);
		help.place = (int)stmt_int(s, 6);
		help.outcome = (int)stmt_int(s, 7);
		help.minutes = stmt_int(s, 8);
		rc = each(ctx, &help, err);
		if (rc || one)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE && !one ? RC_OK : rc;
}

enum rc fact_help_walk(struct db *db, fact_help_visit *each, void *ctx, struct err *err)
{
	return walk_help(stmt_use(db, SQL_HELP_ALL), false, each, ctx, err);
}

enum rc fact_help_one(struct db *db, int64_t rec, fact_help_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_HELP_ONE);

	stmt_bind_int(s, 1, rec);
	return walk_help(s, true, each, ctx, err);
}
