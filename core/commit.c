#include "core/commit.h"

#include "core/project.h"
#include "db/migrate.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* What the event is about: a new record has no parents, a change follows every head its writer sees. */
static enum rc fill_parents(struct app *app, const struct change *change, struct event *event,
			    struct err *err)
{
	struct row row;
	struct event first;
	int64_t *n = NULL;
	size_t count = 0;
	enum rc rc;

	event->subject = event->id;
	event->rev = 1;
	if (!change->rec)
		return RC_OK;
	row_init(&row);
	event_init(&first);
	rc = row_read(app->db, change->rec, &row, err);
	if (!rc)
		rc = row_events(app->db, change->rec, &n, &count, err);
	/* A row of the shipped catalogue has no events: the change is its first. */
	if (!rc && count)
		rc = journal_at(app->db, n[0], &first, err);
	if (!rc && count) {
		event->subject = first.subject;
		event->rev = row.rev + 1;
		event->parents_count = row.heads_count;
		memcpy(event->parents, row.heads, sizeof(event->parents));
	}
	free(n);
	event_done(&first);
	row_done(&row);
	return rc;
}

/* A new record must have an identity, and one that nothing has yet. */
static enum rc check_identity(struct app *app, const struct event *event, struct err *err)
{
	struct buf key = BUF(4096);
	int64_t rec;
	enum rc rc = rec_key(&event->set, &key, err);

	if (!rc)
		rc = row_find(app->db, event->set.kind, buf_str(&key), &rec, err);
	buf_done(&key);
	if (rc == RC_NONE)
		return RC_OK;
	return rc ? rc : err_set(err, RC_INPUT, "Đã có bản ghi này.", "This record exists already.");
}

static enum rc fill_event(struct app *app, const struct change *change, struct event *event, struct err *err)
{
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;
	enum rc rc = journal_head(app->db, app->device, app->epoch, &seq, head, err);

	if (rc)
		return rc;
	memcpy(event->id.device, app->device, DEVICE_ID);
	event->id.epoch = app->epoch;
	event->id.seq = seq + 1;
	event->clock = app_now(app);
	event->verb = change->verb;
	snprintf(event->actor, sizeof(event->actor), "%s", app->user);
	if (change->note && strlen(change->note) >= sizeof(event->note))
		return err_field(err, "note", "Ghi chú quá dài (tối đa %zu byte).",
				 "The note is too long (at most %zu bytes).", sizeof(event->note) - 1);
	snprintf(event->note, sizeof(event->note), "%s", change->note ? change->note : "");
	rec_copy(&event->set, change->set);
	event->set.kind = change->kind;
	rc = fill_parents(app, change, event, err);
	if (!rc)
		rc = rec_check(&event->set, event->parents_count > 0, err);
	if (!rc && !change->rec)
		rc = check_identity(app, event, err);
	return rc;
}

static enum rc append_and_project(struct app *app, const struct event *event, int64_t *rec, struct err *err)
{
	struct buf bytes = BUF(EVENT_MAX);
	int64_t n;
	enum rc rc = event_pack(event, &bytes, err);

	if (!rc)
		rc = journal_append(app->db, &event->id, &bytes, &n, err);
	if (!rc)
		rc = project_event(app, n, event, rec, err);
	buf_wipe_done(&bytes);
	return rc;
}

/* Begin unless the caller has; commit_or_undo ends what this began. */
static enum rc begin_own(struct app *app, bool *own, struct err *err)
{
	*own = !db_in_transaction(app->db);
	return *own ? db_begin(app->db, err) : RC_OK;
}

static enum rc commit_or_undo(struct app *app, bool own, enum rc rc, struct err *err)
{
	if (own && !rc)
		rc = db_commit(app->db, err);
	if (own && rc)
		db_rollback(app->db);
	return rc;
}

enum rc commit_change(struct app *app, const struct change *change, int64_t *rec, struct id *event_id,
		      struct err *err)
{
	struct event event;
	int64_t row = 0;
	bool own;
	enum rc rc = begin_own(app, &own, err);

	if (rc)
		return rc;
	event_init(&event);
	rc = app_before_event(app, err);
	if (!rc)
		rc = fill_event(app, change, &event, err);
	if (rc == RC_OK)
		rc = append_and_project(app, &event, &row, err);
	rc = commit_or_undo(app, own, rc, err);
	if (!rc && rec)
		*rec = row;
	if (!rc && event_id)
		*event_id = event.id;
	event_done(&event);
	return rc;
}

/* The same bytes again are no news (RC_NONE); other bytes under a known id are a fork; RC_INPUT: it is not here. */
static enum rc known_already(struct app *app, const struct id *id, struct span bytes, struct err *err)
{
	struct buf have = BUF(EVENT_MAX);
	int64_t n;
	enum rc rc = journal_find(app->db, id, &n, &have, err);

	if (rc == RC_NONE) {
		rc = RC_INPUT;
	} else if (!rc && have.len == bytes.len && !memcmp(have.data, bytes.data, bytes.len)) {
		rc = RC_NONE;
	} else if (!rc) {
		rc = err_set(err, RC_FORK, "Lịch sử rẽ nhánh: máy gửi đã được khôi phục hoặc sao chép.",
			     "Fork: the sending device was restored or copied.");
	}
	buf_wipe_done(&have);
	return rc;
}

enum rc commit_foreign(struct app *app, struct span bytes, struct err *err)
{
	struct event event;
	struct buf copy = BUF(EVENT_MAX);
	int64_t n;
	bool own = false;
	enum rc rc;

	event_init(&event);
	rc = event_unpack(&event, bytes.data, bytes.len, err);
	if (!rc)
		rc = begin_own(app, &own, err);
	if (rc)
		goto out;
	buf_add(&copy, bytes.data, bytes.len);
	rc = journal_append(app->db, &event.id, &copy, &n, err);
	if (!rc)
		rc = project_event(app, n, &event, NULL, err);
	else if (rc == RC_INPUT) /* it does not follow: is it here already, or is there a gap? */
		rc = known_already(app, &event.id, bytes, err);
	rc = commit_or_undo(app, own, rc, err);
out:
	buf_wipe_done(&copy);
	event_done(&event);
	return rc;
}

struct rebuild {
	struct app *app;
	struct event event;
	int64_t done, total;
	void (*progress)(void *ctx, unsigned percent);
	void *ctx;
};

static enum rc replay(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct rebuild *rebuild = ctx;
	enum rc rc = event_unpack(&rebuild->event, bytes.data, bytes.len, err);

	(void)id;
	if (!rc)
		rc = project_event(rebuild->app, n, &rebuild->event, NULL, err);
	rebuild->done++;
	if (rebuild->progress && rebuild->total && rebuild->done % 256 == 0)
		rebuild->progress(rebuild->ctx, (unsigned)(100 * rebuild->done / rebuild->total));
	return rc;
}

static const char SQL_COUNT[] = "SELECT count(*) FROM event";

static int64_t count_events(struct app *app)
{
	struct stmt *s = stmt_use(app->db, SQL_COUNT);
	int64_t count = stmt_row(s, NULL) ? 0 : stmt_int(s, 0);

	stmt_done(s);
	return count;
}

enum rc commit_rebuild(struct app *app, void (*progress)(void *ctx, unsigned percent), void *ctx,
		       struct err *err)
{
	struct rebuild rebuild = { .app = app, .total = count_events(app), .progress = progress, .ctx = ctx };
	bool own;
	enum rc rc = begin_own(app, &own, err);

	if (rc)
		return rc;
	event_init(&rebuild.event);
	project_hold(app);
	rc = db_rows_reset(app->db, err);
	if (!rc)
		rc = journal_walk(app->db, 0, replay, &rebuild, err);
	if (!rc)
		rc = project_settle(app, err);
	project_forget(app);
	rc = commit_or_undo(app, own, rc, err);
	event_done(&rebuild.event);
	return rc;
}
