#include "db/journal.h"

#include "db/base/hash.h"

#include <inttypes.h>
#include <string.h>

void chain_link(uint8_t head[DB_HEAD_SIZE], const void *bytes, size_t len)
{
	struct hash_state state;

	hash_start(&state, DB_HEAD_SIZE);
	hash_more(&state, head, DB_HEAD_SIZE);
	hash_more(&state, bytes, len);
	hash_end(&state, head);
}

enum rc chain_link_event(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	(void)n;
	(void)id;
	(void)err;
	chain_link(ctx, bytes.data, bytes.len);
	return RC_OK;
}

static const char SQL_DEVICE_GET[] = "SELECT ix FROM device WHERE id = ?1";
static const char SQL_DEVICE_NEW[] = "INSERT INTO device (id) VALUES (?1)";

/* RC_NONE when the device has never been seen. */
static enum rc device_known(struct db *db, const uint8_t device[DEVICE_ID], int64_t *ix, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_DEVICE_GET);
	enum rc rc;

	stmt_bind_blob(s, 1, device, DEVICE_ID);
	rc = stmt_row(s, err);
	if (!rc)
		*ix = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

enum rc journal_device_ix(struct db *db, const uint8_t device[DEVICE_ID], int64_t *ix, struct err *err)
{
	enum rc rc = device_known(db, device, ix, err);
	struct stmt *s;

	if (rc != RC_NONE)
		return rc;
	s = stmt_use(db, SQL_DEVICE_NEW);
	stmt_bind_blob(s, 1, device, DEVICE_ID);
	rc = stmt_run(s, err);
	stmt_done(s);
	if (!rc)
		*ix = db_last_rowid(db);
	return rc;
}

static const char SQL_CHAIN_GET[] = "SELECT seq, head FROM chain WHERE device = ?1 AND epoch = ?2";

static enum rc chain_get(struct db *db, int64_t ix, uint16_t epoch, uint64_t *seq, uint8_t head[DB_HEAD_SIZE],
			 struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_CHAIN_GET);
	enum rc rc;

	*seq = 0;
	memset(head, 0, DB_HEAD_SIZE);
	stmt_bind_int(s, 1, ix);
	stmt_bind_int(s, 2, epoch);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span span = stmt_blob(s, 1);

		*seq = (uint64_t)stmt_int(s, 0);
		if (span.len == DB_HEAD_SIZE)
			memcpy(head, span.data, DB_HEAD_SIZE);
		else
			rc = err_set(err, RC_DAMAGED, "Chuỗi băm hỏng.", "A chain head is damaged.");
	}
	stmt_done(s);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc journal_head(struct db *db, const uint8_t device[DEVICE_ID], uint16_t epoch, uint64_t *seq,
		     uint8_t head[DB_HEAD_SIZE], struct err *err)
{
	int64_t ix;
	enum rc rc = device_known(db, device, &ix, err);

	if (rc == RC_NONE) {
		*seq = 0;
		memset(head, 0, DB_HEAD_SIZE);
		return RC_OK;
	}
	return rc ? rc : chain_get(db, ix, epoch, seq, head, err);
}

static const char SQL_EVENT_ADD[] = "INSERT INTO event (device, epoch, seq, body) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_CHAIN_SET[] = "INSERT INTO chain (device, epoch, seq, head) VALUES (?1, ?2, ?3, ?4)"
				    " ON CONFLICT DO UPDATE SET seq = excluded.seq, head = excluded.head";

static enum rc write_entry(struct db *db, int64_t ix, const struct id *id, const struct buf *bytes,
			   const uint8_t head[DB_HEAD_SIZE], int64_t *n, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_EVENT_ADD);
	enum rc rc;

	stmt_bind_int(s, 1, ix);
	stmt_bind_int(s, 2, id->epoch);
	stmt_bind_int(s, 3, (int64_t)id->seq);
	stmt_bind_blob(s, 4, bytes->data, bytes->len);
	rc = stmt_run(s, err);
	stmt_done(s);
	if (rc)
		return rc;
	*n = db_last_rowid(db);
	s = stmt_use(db, SQL_CHAIN_SET);
	stmt_bind_int(s, 1, ix);
	stmt_bind_int(s, 2, id->epoch);
	stmt_bind_int(s, 3, (int64_t)id->seq);
	stmt_bind_blob(s, 4, head, DB_HEAD_SIZE);
	rc = stmt_run(s, err);
	stmt_done(s);
	return rc;
}

enum rc journal_append(struct db *db, const struct id *id, const struct buf *bytes, int64_t *n,
		       struct err *err)
{
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;
	int64_t ix;
	enum rc rc = journal_device_ix(db, id->device, &ix, err);

	if (!rc)
		rc = chain_get(db, ix, id->epoch, &seq, head, err);
	if (rc)
		return rc;
	if (id->seq != seq + 1)
		return err_set(err, RC_INPUT,
			       "Sự kiện %" PRIu64 " không nối tiếp sự kiện %" PRIu64 " của cùng máy.",
			       "Event %" PRIu64 " does not follow event %" PRIu64 " of the same device.",
			       id->seq, seq);
	chain_link(head, bytes->data, bytes->len);
	return write_entry(db, ix, id, bytes, head, n, err);
}

static const char SQL_AT[] = "SELECT body FROM event WHERE n = ?1";

enum rc journal_at(struct db *db, int64_t n, struct event *out, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_AT);
	enum rc rc;

	stmt_bind_int(s, 1, n);
	rc = stmt_row(s, err);
	if (!rc) {
		struct span body = stmt_blob(s, 0);

		rc = event_unpack(out, body.data, body.len, err);
	}
	stmt_done(s);
	return rc;
}

static const char SQL_FIND[] = "SELECT n, body FROM event WHERE device = ?1 AND epoch = ?2 AND seq = ?3";

enum rc journal_find(struct db *db, const struct id *id, int64_t *n, struct buf *bytes, struct err *err)
{
	struct stmt *s;
	int64_t ix;
	enum rc rc = device_known(db, id->device, &ix, err);

	if (rc)
		return rc;
	s = stmt_use(db, SQL_FIND);
	stmt_bind_int(s, 1, ix);
	stmt_bind_int(s, 2, id->epoch);
	stmt_bind_int(s, 3, (int64_t)id->seq);
	rc = stmt_row(s, err);
	if (!rc) {
		*n = stmt_int(s, 0);
		if (bytes) {
			struct span body = stmt_blob(s, 1);

			buf_clear(bytes);
			buf_add(bytes, body.data, body.len);
		}
	}
	stmt_done(s);
	return rc;
}

/* Rows of (n, device id, epoch, seq, body) to `each`. */
static enum rc visit_rows(struct stmt *s, journal_visit *each, void *ctx, struct err *err)
{
	enum rc rc;

	while (!(rc = stmt_row(s, err))) {
		struct span device = stmt_blob(s, 1);
		struct id id = { .epoch = (uint16_t)stmt_int(s, 2), .seq = (uint64_t)stmt_int(s, 3) };

		if (device.len != DEVICE_ID)
			return err_set(err, RC_DAMAGED, "Nhật ký hỏng.", "The journal is damaged.");
		memcpy(id.device, device.data, DEVICE_ID);
		rc = each(ctx, stmt_int(s, 0), &id, stmt_blob(s, 4), err);
		if (rc)
			return rc;
	}
	return rc == RC_NONE ? RC_OK : rc;
}

static const char SQL_WALK[] =
	"SELECT e.n, d.id, e.epoch, e.seq, e.body FROM event e JOIN device d ON d.ix = e.device"
	" WHERE e.n > ?1 ORDER BY e.n";

enum rc journal_walk(struct db *db, int64_t after, journal_visit *each, void *ctx, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_WALK);
	enum rc rc;

	stmt_bind_int(s, 1, after);
	rc = visit_rows(s, each, ctx, err);
	stmt_done(s);
	return rc;
}

static const char SQL_SLICE[] =
	"SELECT e.n, d.id, e.epoch, e.seq, e.body FROM event e JOIN device d ON d.ix = e.device"
	" WHERE e.device = ?1 AND e.epoch = ?2 AND e.seq BETWEEN ?3 AND ?4 ORDER BY e.seq";

enum rc journal_slice(struct db *db, const uint8_t device[DEVICE_ID], uint16_t epoch, uint64_t first,
		      uint64_t last, journal_visit *each, void *ctx, struct err *err)
{
	struct stmt *s;
	int64_t ix;
	enum rc rc = device_known(db, device, &ix, err);

	if (rc)
		return rc == RC_NONE ? RC_OK : rc;
	s = stmt_use(db, SQL_SLICE);
	stmt_bind_int(s, 1, ix);
	stmt_bind_int(s, 2, epoch);
	stmt_bind_int(s, 3, (int64_t)first);
	stmt_bind_int(s, 4, (int64_t)last);
	rc = visit_rows(s, each, ctx, err);
	stmt_done(s);
	return rc;
}

/* One chain being recomputed. */
struct verify {
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;
	struct event event;
	int64_t *events, total;
	const struct watch *watch;
};

static const struct words checking_chains = T("Đang kiểm tra chuỗi sự kiện", "Checking the chains of events");

static enum rc verify_entry(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct verify *verify = ctx;
	enum rc rc;

	(void)n;
	if (id->seq != verify->seq + 1)
		return err_set(err, RC_DAMAGED, "Nhật ký thiếu sự kiện %" PRIu64 ".",
			       "Event %" PRIu64 " is missing from the journal.", verify->seq + 1);
	rc = event_unpack(&verify->event, bytes.data, bytes.len, err);
	if (rc || id_compare(&verify->event.id, id))
		return err_set(err, RC_DAMAGED, "Sự kiện %" PRIu64 " trong nhật ký hỏng.",
			       "Event %" PRIu64 " in the journal is damaged.", id->seq);
	chain_link(verify->head, bytes.data, bytes.len);
	verify->seq = id->seq;
	if (++*verify->events % 256)
		return RC_OK;
	return watch_tell(verify->watch, &checking_chains, (uint64_t)*verify->events, (uint64_t)verify->total, err);
}

static const char SQL_CHAINS[] =
	"SELECT d.id, c.epoch, c.seq, c.head FROM chain c JOIN device d ON d.ix = c.device"
	" ORDER BY d.id, c.epoch";

static enum rc verify_chain(struct db *db, struct stmt *s, struct verify *verify, struct err *err)
{
	struct span device = stmt_blob(s, 0), head = stmt_blob(s, 3);
	uint8_t id[DEVICE_ID];
	enum rc rc;

	if (device.len != DEVICE_ID || head.len != DB_HEAD_SIZE)
		return err_set(err, RC_DAMAGED, "Chuỗi băm hỏng.", "A chain head is damaged.");
	memcpy(id, device.data, DEVICE_ID);
	memset(verify->head, 0, DB_HEAD_SIZE);
	verify->seq = 0;
	rc = journal_slice(db, id, (uint16_t)stmt_int(s, 1), 1, INT64_MAX, verify_entry, verify, err);
	if (!rc &&
	    (verify->seq != (uint64_t)stmt_int(s, 2) || memcmp(verify->head, head.data, DB_HEAD_SIZE) != 0))
		rc = err_set(err, RC_DAMAGED,
			     "Chuỗi băm của nhật ký không khớp: có sự kiện bị thay hoặc trả về bản cũ.",
			     "The journal's hash chain does not match: an event was replaced or put back.");
	return rc;
}

static const char SQL_COUNT[] = "SELECT count(*) FROM event";

/* Events that no chain covers would pass unseen: count them too. */
static enum rc count_events(struct db *db, int64_t *count, struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_COUNT);
	enum rc rc = stmt_row(s, err);

	if (!rc)
		*count = stmt_int(s, 0);
	stmt_done(s);
	return rc;
}

enum rc journal_verify(struct db *db, const struct watch *watch, int64_t *events, struct err *err)
{
	struct verify verify = { .events = events, .watch = watch };
	struct stmt *s;
	enum rc rc = count_events(db, &verify.total, err);

	*events = 0;
	if (rc)
		return rc;
	event_init(&verify.event);
	s = stmt_use(db, SQL_CHAINS);
	while (!(rc = stmt_row(s, err))) {
		rc = verify_chain(db, s, &verify, err);
		if (rc)
			break;
	}
	stmt_done(s);
	event_done(&verify.event);
	if (rc != RC_NONE)
		return rc;
	if (verify.total != *events)
		return err_set(err, RC_DAMAGED, "Nhật ký có sự kiện ngoài chuỗi băm.",
			       "The journal has events outside its chains.");
	return RC_OK;
}

enum rc journal_digest(struct db *db, uint8_t head[DB_HEAD_SIZE], struct err *err)
{
	struct stmt *s = stmt_use(db, SQL_CHAINS);
	struct hash_state state;
	enum rc rc;

	hash_start(&state, DB_HEAD_SIZE);
	while (!(rc = stmt_row(s, err))) {
		struct span device = stmt_blob(s, 0), link = stmt_blob(s, 3);
		uint8_t epoch[2] = { (uint8_t)(stmt_int(s, 1) >> 8), (uint8_t)stmt_int(s, 1) };

		hash_more(&state, device.data, device.len);
		hash_more(&state, epoch, sizeof(epoch));
		hash_more(&state, link.data, link.len);
	}
	stmt_done(s);
	if (rc != RC_NONE)
		return rc;
	hash_end(&state, head);
	return RC_OK;
}
