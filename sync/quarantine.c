#include "sync/quarantine.h"

#include <string.h>

#include "db/journal.h"

enum { RECEIPTS_READ = 500 }; /* the newest of them */

static const char SQL_BATCHES[] = "SELECT d.id, b.first, b.last, b.sealed_at, b.reason FROM batch b"
				  " JOIN device d ON d.ix = b.device WHERE b.state = ?1"
				  " ORDER BY b.device, b.epoch, b.first";

static void read_device(struct app *app, struct span id, struct quarantined *item)
{
	if (id.len == DEVICE_ID)
		memcpy(item->device, id.data, DEVICE_ID);
	item->own = !memcmp(item->device, app->device, DEVICE_ID);
}

static enum rc walk_batches(struct app *app, enum batch_state state, enum quarantine_kind kind, quarantine_visit *each,
			    void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_BATCHES);
	enum rc rc;

	stmt_bind_int(s, 1, state);
	while (!(rc = stmt_row(s, err))) {
		struct quarantined item = { .kind = kind };

		read_device(app, stmt_blob(s, 0), &item);
		item.first = (uint64_t)stmt_int(s, 1);
		item.last = (uint64_t)stmt_int(s, 2);
		item.at = stmt_int(s, 3);
		item.reason = stmt_text(s, 4);
		rc = each(ctx, &item, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_RECEIPTS[] = "SELECT body FROM receipt ORDER BY n DESC LIMIT ?1";

/* What receipts say of single events. A later receipt repeats no refusal, so all of them are read. */
static enum rc walk_receipts(struct app *app, const struct identity *identity, quarantine_visit *each, void *ctx,
			     struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_RECEIPTS);
	enum rc rc;

	stmt_bind_int(s, 1, RECEIPTS_READ);
	while (!(rc = stmt_row(s, err))) {
		struct span body = stmt_blob(s, 0);
		struct receipt receipt;

		if (receipt_open(identity, body.data, body.len, &receipt, NULL))
			continue; /* of an enrolment before this one */
		for (size_t i = 0; !rc && i < receipt.refusals_count; i++) {
			struct quarantined item = { .kind = QUARANTINE_EVENT, .own = true,
						    .first = receipt.refusals[i].seq, .last = receipt.refusals[i].seq,
						    .at = receipt.hub_time, .reason = receipt.refusals[i].reason };

			memcpy(item.device, app->device, DEVICE_ID);
			if (item.first) /* 0: the whole batch, which is marked as such */
				rc = each(ctx, &item, err);
		}
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_HERE[] = "SELECT d.id, e.seq, r.reason, r.n FROM refused r JOIN event e ON e.n = r.n"
			       " JOIN device d ON d.ix = e.device ORDER BY r.n";

static enum rc walk_here(struct app *app, quarantine_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_HERE);
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		struct quarantined item = { .kind = QUARANTINE_HERE, .at = MSEC_NONE };
		struct event event;

		read_device(app, stmt_blob(s, 0), &item);
		item.first = item.last = (uint64_t)stmt_int(s, 1);
		item.reason = stmt_text(s, 2);
		event_init(&event);
		if (!journal_at(app->db, stmt_int(s, 3), &event, NULL))
			item.at = event.clock;
		event_done(&event);
		rc = each(ctx, &item, err);
		if (rc)
			break;
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc quarantine_walk(struct app *app, const struct identity *identity, quarantine_visit *each, void *ctx,
			struct err *err)
{
	enum rc rc = walk_batches(app, BATCH_REFUSED, QUARANTINE_BATCH, each, ctx, err);

	if (!rc)
		rc = walk_receipts(app, identity, each, ctx, err);
	if (!rc)
		rc = walk_here(app, each, ctx, err);
	if (!rc)
		rc = walk_batches(app, BATCH_HELD, QUARANTINE_WAITS, each, ctx, err);
	return rc;
}

static enum rc count_one(void *ctx, const struct quarantined *item, struct err *err)
{
	(void)item;
	(void)err;
	++*(size_t *)ctx;
	return RC_OK;
}

size_t quarantine_count(struct app *app, const struct identity *identity)
{
	size_t count = 0;

	return quarantine_walk(app, identity, count_one, &count, NULL) ? 0 : count;
}

enum rc receipt_last(struct app *app, const struct identity *identity, struct receipt *out, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_RECEIPTS);
	enum rc rc;

	stmt_bind_int(s, 1, 1);
	rc = stmt_row(s, err);
	if (!rc)
		rc = receipt_open(identity, stmt_blob(s, 0).data, stmt_blob(s, 0).len, out, err);
	stmt_done(s);
	return rc;
}
