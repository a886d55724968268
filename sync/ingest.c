#include "sync/ingest.h"

#include "core/commit.h"
#include "core/project.h"
#include "db/base/hash.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/outbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A batch opened: its events, copied. */
struct opened {
	struct buf bytes;
	size_t *at;
	size_t count, cap;
};

static enum rc collect(void *ctx, struct span bytes, struct err *err)
{
	struct opened *opened = ctx;

	(void)err;
	if (opened->count + 2 > opened->cap) {
		opened->cap = opened->cap ? opened->cap * 2 : 256;
		opened->at = realloc(opened->at, opened->cap * sizeof(*opened->at));
		if (!opened->at)
			die("out of memory");
		opened->at[0] = 0;
	}
	buf_add(&opened->bytes, bytes.data, bytes.len);
	opened->at[++opened->count] = opened->bytes.len;
	return RC_OK;
}

static struct span event_at(const struct opened *opened, size_t i)
{
	return (struct span){ opened->bytes.data + opened->at[i], opened->at[i + 1] - opened->at[i] };
}

static void opened_done(struct opened *opened)
{
	buf_wipe_done(&opened->bytes);
	free(opened->at);
}

/* The roster may say that this device's word no longer counts. */
static enum rc check_sender(struct app *app, const struct manifest *m, struct err *err)
{
	char device[2 * DEVICE_ID + 1];
	struct row row;
	enum rc rc;

	if (strcmp(m->unit, app->unit) != 0)
		return err_set(err, RC_REFUSED, "Gói của đơn vị %s, kho này của đơn vị %s.",
			       "The batch is of unit %s, this store of unit %s.", m->unit, app->unit);
	hex_of(m->device, DEVICE_ID, device);
	row_init(&row);
	rc = row_get(app->db, REC_DEVICE, device, &row, err);
	if (!rc && rec_has(&row.body, DEVICE_REVOKED_AT) &&
	    m->sealed_at >= rec_num(&row.body, DEVICE_REVOKED_AT))
		rc = err_set(err, RC_REFUSED, "Máy gửi đã bị thu hồi.", "The sending device was revoked.");
	row_done(&row);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Events we hold already must be the very same; the rest must continue the chain to the signed head. */
static enum rc check_chain(const struct opened *opened, const struct manifest *m, uint64_t seq,
			   uint8_t head[DB_HEAD_SIZE], struct err *err)
{
	for (size_t i = (size_t)(seq + 1 > m->first ? seq + 1 - m->first : 0); i < opened->count; i++) {
		struct span bytes = event_at(opened, i);

		chain_link(head, bytes.data, bytes.len);
	}
	if (m->last > seq && memcmp(head, m->head, DB_HEAD_SIZE) != 0)
		return err_set(err, RC_FORK, "Lịch sử rẽ nhánh: chuỗi băm của gói không nối tiếp kho này.",
			       "Fork: the batch's chain does not continue what is here.");
	return RC_OK;
}

/* Events one by one; the caller's transaction undoes all of it on a failure. */
static enum rc apply_events(struct app *app, const struct opened *opened, struct ingested *out,
			    struct err *err)
{
	for (size_t i = 0; i < opened->count; i++) {
		enum rc rc = commit_foreign(app, event_at(opened, i), err);

		if (rc == RC_OK)
			out->events_new++;
		else if (rc == RC_NONE)
			out->events_known++;
		else
			return rc;
	}
	return RC_OK;
}

static const char SQL_REFUSED[] = "SELECT e.seq, r.reason FROM refused r JOIN event e ON e.n = r.n"
				  " JOIN device d ON d.ix = e.device WHERE d.id = ?1 AND e.epoch = ?2"
				  " AND e.seq BETWEEN ?3 AND ?4 ORDER BY e.seq";

static enum rc list_refused(struct app *app, const struct manifest *m, struct ingested *out, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_REFUSED);
	enum rc rc;

	stmt_bind_blob(s, 1, m->device, DEVICE_ID);
	stmt_bind_int(s, 2, m->epoch);
	stmt_bind_int(s, 3, (int64_t)m->first);
	stmt_bind_int(s, 4, (int64_t)m->last);
	while (!(rc = stmt_row(s, err))) {
		out->events_refused++;
		if (out->refusals_count == ARRAY_LEN(out->refusals))
			continue;
		out->refusals[out->refusals_count].seq = (uint64_t)stmt_int(s, 0);
		snprintf(out->refusals[out->refusals_count++].reason, sizeof(out->refusals[0].reason), "%s",
			 stmt_text(s, 1));
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc keep(struct app *app, const struct manifest *m, enum batch_state state, const void *data,
		    size_t len, struct err *err)
{
	return outbox_keep(app, m, state, (struct span){ data, len }, err);
}

/* Apply, keep, list, in one transaction. */
static enum rc take(struct app *app, const struct opened *opened, const void *data, size_t len,
		    struct ingested *out, struct err *err)
{
	enum rc rc = db_begin(app->db, err);

	if (rc)
		return rc;
	project_hold(app);
	rc = apply_events(app, opened, out, err);
	if (!rc)
		rc = project_settle(app, err);
	project_forget(app);
	if (!rc)
		rc = keep(app, &out->manifest, BATCH_RECEIVED, data, len, err);
	if (!rc)
		rc = list_refused(app, &out->manifest, out, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc) {
		db_rollback(app->db);
		out->events_new = out->events_known = 0;
	}
	return rc;
}

static enum rc hold(struct app *app, const void *data, size_t len, struct ingested *out, struct err *err)
{
	enum rc rc = db_begin(app->db, err);

	out->held = true;
	if (!rc)
		rc = keep(app, &out->manifest, BATCH_HELD, data, len, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	return rc;
}

/* One batch, without what it may set free. */
static enum rc ingest_one(struct app *app, const struct identity *keys, const void *data, size_t len,
			  struct ingested *out, struct err *err)
{
	struct opened opened = { .bytes = BUF(COLUMNS_RAW_MAX) };
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;
	enum rc rc = batch_open(keys, data, len, &out->manifest, collect, &opened, err);

	if (!rc)
		rc = check_sender(app, &out->manifest, err);
	if (!rc)
		rc = journal_head(app->db, out->manifest.device, out->manifest.epoch, &seq, head, err);
	if (rc)
		goto out;
	if (out->manifest.first > seq + 1) {
		rc = hold(app, data, len, out, err);
		goto out;
	}
	rc = check_chain(&opened, &out->manifest, seq, head, err);
	if (!rc)
		rc = take(app, &opened, data, len, out, err);
	if (rc == RC_FORK) {
		out->fork = true;
		rc = RC_OK;
	}
out:
	opened_done(&opened);
	return rc;
}

static const char SQL_HELD[] = "SELECT b.body FROM batch b JOIN device d ON d.ix = b.device WHERE d.id = ?1"
			       " AND b.epoch = ?2 AND b.state = 6 AND b.first <= ?3 ORDER BY b.first LIMIT 1";

/* The held batch that now continues the chain, if any. */
static enum rc next_held(struct app *app, const struct manifest *m, struct buf *body, struct err *err)
{
	uint8_t head[DB_HEAD_SIZE];
	struct stmt *s;
	uint64_t seq;
	enum rc rc = journal_head(app->db, m->device, m->epoch, &seq, head, err);

	if (rc)
		return rc;
	s = stmt_use(app->db, SQL_HELD);
	stmt_bind_blob(s, 1, m->device, DEVICE_ID);
	stmt_bind_int(s, 2, m->epoch);
	stmt_bind_int(s, 3, (int64_t)seq + 1);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span span = stmt_blob(s, 0);

		buf_clear(body);
		buf_add(body, span.data, span.len);
	}
	stmt_done(s);
	return rc;
}

static enum rc release_held(struct app *app, const struct identity *keys, const struct manifest *m,
			    struct err *err)
{
	struct buf body = BUF(BATCH_MAX);
	enum rc rc;

	while (!(rc = next_held(app, m, &body, err))) {
		struct ingested freed = { 0 };

		rc = ingest_one(app, keys, body.data, body.len, &freed, err);
		if (rc || freed.held || freed.fork)
			break;
	}
	buf_done(&body);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc ingest_batch(struct app *app, const struct identity *keys, const void *data, size_t len,
		     struct ingested *out, struct err *err)
{
	struct ingested result = { 0 };
	enum batch_state state;
	uint8_t id[BATCH_ID];
	enum rc rc = batch_peek(data, len, id, err);

	if (rc)
		return rc;
	rc = outbox_state(app, id, &state, err);
	if (rc && rc != RC_NONE)
		return rc;
	if (!rc && state != BATCH_HELD) {
		result.known = true;
		rc = batch_facts(keys, data, len, &result.manifest, err);
		if (!rc)
			rc = list_refused(app, &result.manifest, &result, err);
	} else {
		rc = ingest_one(app, keys, data, len, &result, err);
		if (!rc && !result.held && !result.fork)
			rc = release_held(app, keys, &result.manifest, err);
	}
	if (!rc)
		*out = result;
	return rc;
}
