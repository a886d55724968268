#include "sync/outbox.h"

#include "db/journal.h"

#include <stdio.h>
#include <string.h>

static const char SQL_SEALED_TO[] = "SELECT max(last) FROM batch WHERE device = ?1 AND epoch = ?2";

static int64_t own_ix(struct app *app)
{
	int64_t ix = -1;

	return journal_device_ix(app->db, app->device, &ix, NULL) ? -1 : ix;
}

/* The last of our events that is inside a sealed batch. */
static uint64_t last_sealed(struct app *app)
{
	struct stmt *s = stmt_use(app->db, SQL_SEALED_TO);
	uint64_t last = 0;

	stmt_bind_int(s, 1, own_ix(app));
	stmt_bind_int(s, 2, app->epoch);
	if (!stmt_row(s, NULL) && !stmt_is_null(s, 0))
		last = (uint64_t)stmt_int(s, 0);
	stmt_done(s);
	return last;
}

static const char SQL_OLDEST[] =
	"SELECT n FROM event WHERE device = ?1 AND epoch = ?2 AND seq > ?3 ORDER BY seq LIMIT 1";

/* The clock of the first event nobody has acknowledged. */
static msec oldest_unsent(struct app *app, uint64_t acknowledged_to)
{
	struct stmt *s = stmt_use(app->db, SQL_OLDEST);
	struct event event;
	msec oldest = MSEC_NONE;
	int64_t n = 0;

	stmt_bind_int(s, 1, own_ix(app));
	stmt_bind_int(s, 2, app->epoch);
	stmt_bind_int(s, 3, (int64_t)acknowledged_to);
	if (!stmt_row(s, NULL))
		n = stmt_int(s, 0);
	stmt_done(s);
	event_init(&event);
	if (n && !journal_at(app->db, n, &event, NULL))
		oldest = event.clock;
	event_done(&event);
	return oldest;
}

static const char SQL_PENDING[] = "SELECT count(*), coalesce(sum(length(body)), 0) FROM batch"
				  " WHERE device = ?1 AND state IN (1, 2, 4)";

/* What earlier epochs, before a restore, have left to send. */
static const char SQL_EARLIER[] =
	"SELECT coalesce(sum(c.seq - coalesce((SELECT max(b.last) FROM batch b WHERE b.device = c.device"
	" AND b.epoch = c.epoch AND b.state = 3), 0)), 0) FROM chain c WHERE c.device = ?1 AND c.epoch < ?2";

static size_t earlier_unsent(struct app *app)
{
	struct stmt *s = stmt_use(app->db, SQL_EARLIER);
	size_t count;

	stmt_bind_int(s, 1, own_ix(app));
	stmt_bind_int(s, 2, app->epoch);
	count = stmt_row(s, NULL) ? 0 : (size_t)stmt_int(s, 0);
	stmt_done(s);
	return count;
}

/* Both sentences, a line end between them; a store of before kept the Vietnamese one alone. */
enum rc outbox_note_error(struct app *app, const struct err *why, struct err *err)
{
	struct buf text = BUF(sizeof(struct err));
	enum rc rc;

	if (why)
		buf_printf(&text, "%s\n%s", why->vi, why->en);
	rc = local_set(app->db, "sync_error", buf_str(&text), text.len, err);
	buf_done(&text);
	return rc;
}

static void read_error(struct app *app, struct err *out)
{
	struct buf text = BUF(sizeof(out->vi) + sizeof(out->en));

	if (!local_get(app->db, "sync_error", &text, NULL) && text.len) {
		size_t vi = strcspn(buf_str(&text), "\n");

		text.data[vi] = '\0';
		(void)err_set(out, RC_FAILED, "%s%.0s", "%.0s%s", buf_str(&text),
			      vi < text.len ? buf_str(&text) + vi + 1 : buf_str(&text));
	}
	buf_done(&text);
}

enum rc outbox_status(struct app *app, struct outbox_status *out, struct err *err)
{
	struct outbox_status status = { .last_receipt = local_int(app->db, "last_receipt", MSEC_NONE) };
	struct buf text = BUF(sizeof(status.last_error.vi) - 1);
	uint8_t head[DB_HEAD_SIZE];
	struct stmt *s;
	uint64_t seq;
	enum rc rc = journal_head(app->db, app->device, app->epoch, &seq, head, err);

	if (rc)
		return rc;
	status.stopped = local_int(app->db, "sync_stopped", MSEC_NONE);
	status.acknowledged_to = (uint64_t)local_int(app->db, "acknowledged_to", 0);
	status.unsent_events = seq > status.acknowledged_to ? seq - status.acknowledged_to : 0;
	if (app->epoch > 1)
		status.unsent_events += earlier_unsent(app);
	status.oldest = status.unsent_events ? oldest_unsent(app, status.acknowledged_to) : MSEC_NONE;
	status.enrolled = !local_get(app->db, "enrolment", &text, NULL) || text.full;
	read_error(app, &status.last_error);
	s = stmt_use(app->db, SQL_PENDING);
	stmt_bind_int(s, 1, own_ix(app));
	rc = stmt_row(s, err);
	if (!rc) {
		status.unsent_batches = (size_t)stmt_int(s, 0);
		status.unsent_bytes = (size_t)stmt_int(s, 1);
		*out = status;
	}
	stmt_done(s);
	buf_done(&text);
	return rc;
}

static const char SQL_KEEP[] =
	"INSERT INTO batch (id, device, epoch, first, last, events, sealed_at, state, body)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	" ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = '' WHERE state = 6";

enum rc outbox_keep(struct app *app, const struct manifest *m, enum batch_state state, struct span body,
		    struct err *err)
{
	struct stmt *s;
	int64_t ix;
	enum rc rc = journal_device_ix(app->db, m->device, &ix, err);

	if (rc)
		return rc;
	s = stmt_use(app->db, SQL_KEEP);
	stmt_bind_blob(s, 1, m->id, BATCH_ID);
	stmt_bind_int(s, 2, ix);
	stmt_bind_int(s, 3, m->epoch);
	stmt_bind_int(s, 4, (int64_t)m->first);
	stmt_bind_int(s, 5, (int64_t)m->last);
	stmt_bind_int(s, 6, (int64_t)m->events);
	stmt_bind_int(s, 7, m->sealed_at);
	stmt_bind_int(s, 8, state);
	stmt_bind_blob(s, 9, body.data, body.len);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

static const char SQL_STATE[] = "SELECT state FROM batch WHERE id = ?1";

enum rc outbox_state(struct app *app, const uint8_t id[BATCH_ID], enum batch_state *state, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_STATE);
	enum rc rc;

	stmt_bind_blob(s, 1, id, BATCH_ID);
	rc = stmt_row(s, err);
	if (!rc)
		*state = (enum batch_state)stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

static const char SQL_BODY[] = "SELECT body FROM batch WHERE id = ?1 AND body IS NOT NULL";

enum rc outbox_body(struct app *app, const uint8_t id[BATCH_ID], struct buf *out, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_BODY);
	enum rc rc;

	stmt_bind_blob(s, 1, id, BATCH_ID);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span body = stmt_blob(s, 0);

		buf_add(out, body.data, body.len);
	}
	stmt_done(s);
	return rc;
}

static enum rc seal_next(struct app *app, const struct identity *identity, uint64_t first, uint64_t last,
			 uint64_t *sealed_to, struct err *err)
{
	struct buf body = BUF(COLUMNS_RAW_MAX);
	struct manifest manifest;
	enum rc rc = db_begin(app->db, err);

	if (rc)
		return rc;
	rc = batch_seal(app, identity, first, last, &manifest, &body, err);
	if (!rc)
		rc = outbox_keep(app, &manifest, BATCH_SEALED, (struct span){ body.data, body.len }, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	else
		*sealed_to = manifest.last;
	buf_done(&body);
	return rc;
}

/* What one epoch has not sealed yet. */
static enum rc seal_epoch(struct app *app, const struct identity *identity, size_t *sealed, struct err *err)
{
	uint64_t to = last_sealed(app), last;
	uint8_t head[DB_HEAD_SIZE];
	enum rc rc = journal_head(app->db, app->device, app->epoch, &last, head, err);

	while (!rc && to < last) {
		rc = seal_next(app, identity, to + 1, last, &to, err);
		if (!rc)
			++*sealed;
	}
	return rc;
}

enum rc outbox_seal(struct app *app, const struct identity *identity, size_t *sealed, struct err *err)
{
	struct app then = *app;
	enum rc rc = identity_need(identity, err);

	*sealed = 0;
	/* Earlier epochs too: what a copy held unsent when it was restored is still to be told. */
	for (then.epoch = 1; !rc && then.epoch < app->epoch; then.epoch++)
		rc = seal_epoch(&then, identity, sealed, err);
	return rc ? rc : seal_epoch(app, identity, sealed, err);
}

static const char SQL_WALK[] =
	"SELECT id, epoch, first, last, events, sealed_at, state, tries, reason, body FROM batch"
	" WHERE device = ?1 AND (?2 = 0 OR state IN (1, 2, 4)) ORDER BY epoch, first";

static void read_item(struct app *app, struct stmt *s, struct outbox_item *item)
{
	struct span id = stmt_blob(s, 0);

	memset(item, 0, sizeof(*item));
	if (id.len == BATCH_ID)
		memcpy(item->manifest.id, id.data, BATCH_ID);
	memcpy(item->manifest.device, app->device, DEVICE_ID);
	snprintf(item->manifest.unit, sizeof(item->manifest.unit), "%s", app->unit);
	item->manifest.epoch = (uint16_t)stmt_int(s, 1);
	item->manifest.first = (uint64_t)stmt_int(s, 2);
	item->manifest.last = (uint64_t)stmt_int(s, 3);
	item->manifest.events = (size_t)stmt_int(s, 4);
	item->manifest.sealed_at = stmt_int(s, 5);
	item->state = (enum batch_state)stmt_int(s, 6);
	item->tries = (unsigned)stmt_int(s, 7);
	snprintf(item->reason, sizeof(item->reason), "%s", stmt_text(s, 8));
	item->manifest.bytes = stmt_blob(s, 9).len;
}

enum rc outbox_walk(struct app *app, bool pending, outbox_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_WALK);
	enum rc rc;

	stmt_bind_int(s, 1, own_ix(app));
	stmt_bind_int(s, 2, pending);
	while (!(rc = stmt_row(s, err))) {
		struct outbox_item item;

		read_item(app, s, &item);
		rc = each(ctx, &item, stmt_blob(s, 9), err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_MARK[] = "UPDATE batch SET state = ?2, reason = ?3, tries = tries + 1 WHERE id = ?1";

enum rc outbox_mark(struct app *app, const uint8_t id[BATCH_ID], enum batch_state state, const char *reason,
		    struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_MARK);
	enum rc rc;

	stmt_bind_blob(s, 1, id, BATCH_ID);
	stmt_bind_int(s, 2, state);
	stmt_bind_text(s, 3, reason ? reason : "");
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}
