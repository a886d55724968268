/*
 * verify.c - recompute everything from the journal and compare: what notices
 * a page, a file or a row quietly put back, which page seals alone cannot.
 */
#include "core/commit.h"
#include "core/fact.h"
#include "core/project.h"

#include <inttypes.h>
#include <string.h>

struct verify {
	struct app *app;
	struct folded folded;
	const struct watch *watch;
	int64_t rows, rows_total, rows_events;
};

static const struct words checking_pages = T("Đang kiểm tra từng trang", "Checking every page");
static const struct words checking_rows = T("Đang so các bảng với nhật ký", "Comparing rows with the journal");

static enum rc differs(int64_t rec, struct err *err)
{
	return err_set(err, RC_DAMAGED,
		       "Dòng %" PRId64
		       " không khớp nhật ký. Nhật ký còn nguyên: chạy `motcua rebuild` để dựng lại.",
		       "Row %" PRId64
		       " does not match the journal. The journal is whole: `motcua rebuild` mends it.",
		       rec);
}

static const char SQL_EVENTS_OF[] = "SELECT count(*) FROM rec_event WHERE rec = ?1";

static int64_t count_of(struct app *app, int64_t rec)
{
	struct stmt *s = stmt_use(app->db, SQL_EVENTS_OF);
	int64_t count;

	stmt_bind_int(s, 1, rec);
	count = stmt_row(s, NULL) ? 0 : stmt_int(s, 0);
	stmt_done(s);
	return count;
}

static bool same_heads(const struct row *row, const struct folded *folded)
{
	if (row->rev != folded->rev || row->heads_count != folded->heads_count)
		return false;
	for (size_t i = 0; i < row->heads_count; i++)
		if (id_compare(&row->heads[i], &folded->heads[i]))
			return false;
	return true;
}

static enum rc verify_row(void *ctx, const struct row *row, struct err *err)
{
	struct verify *verify = ctx;
	int64_t events = count_of(verify->app, row->rec);
	enum rc rc = RC_OK;

	verify->rows_events += events;
	if (++verify->rows % 256 == 0)
		rc = watch_tell(verify->watch, &checking_rows, (uint64_t)verify->rows,
				(uint64_t)verify->rows_total, err);
	if (rc)
		return rc;
	if (!events)
		return RC_OK; /* a row of the shipped catalogue */
	rc = project_fold(verify->app, row->rec, &verify->folded, err);
	if (rc)
		return rc;
	if (!same_heads(row, &verify->folded) || !rec_equal(&row->body, &verify->folded.rec))
		return differs(row->rec, err);
	return fact_verify(verify->app, row->rec, &row->body, err);
}

static const char SQL_ROWS[] = "SELECT count(*) FROM rec";
static const char SQL_ASIDE[] = "SELECT (SELECT count(*) FROM orphan) + (SELECT count(*) FROM refused)";

static enum rc verify_rows(struct app *app, const struct watch *watch, int64_t events, struct err *err)
{
	struct verify verify = { .app = app, .watch = watch };
	struct stmt *s = stmt_use(app->db, SQL_ROWS);
	enum rc rc = stmt_row(s, err);

	verify.rows_total = rc ? 0 : stmt_int(s, 0);
	stmt_done(s);
	if (rc)
		return rc;
	folded_init(&verify.folded);
	rc = row_walk(app->db, REC_NONE, verify_row, &verify, err);
	folded_done(&verify.folded);
	if (rc)
		return rc;
	s = stmt_use(app->db, SQL_ASIDE);
	rc = stmt_row(s, err);
	if (!rc && verify.rows_events + stmt_int(s, 0) != events)
		rc = err_set(err, RC_DAMAGED, "Có sự kiện trong nhật ký mà không dòng nào mang.",
			     "The journal has events that no row carries.");
	stmt_done(s);
	return rc;
}

enum rc commit_verify_watched(struct app *app, const struct watch *watch, int64_t *events, struct err *err)
{
	enum rc rc = watch_tell(watch, &checking_pages, 0, 0, err);

	if (!rc)
		rc = db_check_pages(app->db, err);
	if (!rc)
		rc = journal_verify(app->db, watch, events, err);
	if (!rc)
		rc = verify_rows(app, watch, *events, err);
	return rc;
}

enum rc commit_verify(struct app *app, int64_t *events, struct err *err)
{
	return commit_verify_watched(app, NULL, events, err);
}
