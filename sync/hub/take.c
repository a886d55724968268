/*
 * take.c - batches in, receipts and the feed out.
 */
#include "sync/hub/hub.h"

#include "db/base/hash.h"
#include "db/journal.h"
#include "db/rec_fields.h"

#include <stdio.h>
#include <string.h>

static void fill_refusals(const struct ingested *in, struct receipt *r)
{
	for (size_t i = 0; i < in->refusals_count && r->refusals_count < ARRAY_LEN(r->refusals); i++) {
		struct refusal *refusal = &r->refusals[r->refusals_count++];

		refusal->seq = in->refusals[i].seq;
		snprintf(refusal->reason, sizeof(refusal->reason), "%s", in->refusals[i].reason);
	}
}

/* The newest key of each audience the device may read. */
static void fill_keys(const struct identity *hub, enum device_role role, struct receipt *r)
{
	bool have[AUDIENCE_TEAM + 1] = { false };

	for (size_t i = 0; i < hub->audiences_count; i++) {
		enum audience audience = hub->audiences[i].audience;

		if (have[audience] || (role == DEVICE_TEAM && audience != AUDIENCE_TEAM) ||
		    hub->audiences[i].generation < 2)
			continue;
		have[audience] = true;
		r->audiences[r->audiences_count++] = hub->audiences[i];
	}
}

enum rc hub_receipt(struct hub *hub, struct ward *ward, const struct hub_device *device, uint16_t epoch,
		    const uint8_t *batch, const struct ingested *in, struct buf *out, struct err *err)
{
	struct receipt r = { .epoch = epoch, .hub_time = app_now(&ward->app) };
	enum rc rc = journal_head(ward->app.db, device->device, epoch, &r.acknowledged_to, r.head, err);

	if (rc)
		return rc;
	memcpy(r.device, device->device, DEVICE_ID);
	if (batch)
		memcpy(r.batch, batch, sizeof(r.batch));
	if (in) {
		r.fork = in->fork;
		fill_refusals(in, &r);
	}
	fill_keys(&ward->identity, device->role, &r);
	return receipt_seal(&r, hub->sign_sk, device->sign_pk, out, err);
}

enum clock_doubt hub_clock_doubt(const struct ward *ward, const struct manifest *m)
{
	if (m->sealed_at > app_now(&ward->app) + DAY_MS)
		return CLOCK_AHEAD;
	return m->sealed_at < m->certificate.issued_at - DAY_MS ? CLOCK_BEHIND : CLOCK_FINE;
}

const char *hub_clock_word(enum clock_doubt doubt)
{
	static const char *const words[] = {
		[CLOCK_FINE] = "fine",
		[CLOCK_BEHIND] = "behind",
		[CLOCK_AHEAD] = "ahead",
	};

	return words[doubt];
}

static void clock_name(const uint8_t device[DEVICE_ID], char out[40])
{
	memcpy(out, "clock:", 6);
	hex_of(device, DEVICE_ID, out + 6);
}

enum clock_doubt hub_clock(struct ward *ward, const uint8_t device[DEVICE_ID])
{
	char name[40];
	int64_t doubt;

	clock_name(device, name);
	doubt = local_int(ward->app.db, name, CLOCK_FINE);
	return doubt == CLOCK_AHEAD || doubt == CLOCK_BEHIND ? (enum clock_doubt)doubt : CLOCK_FINE;
}

static enum rc note_clock(struct ward *ward, const struct manifest *m, struct err *err)
{
	enum clock_doubt doubt = hub_clock_doubt(ward, m);
	char name[40];

	if (doubt == hub_clock(ward, m->device))
		return RC_OK;
	clock_name(m->device, name);
	return local_set_int(ward->app.db, name, doubt, err);
}

/*
 * Does the sender's word count here? Asked before anything is applied, whatever
 * time it claims to have sealed at: it may be in other hands.
 */
static enum rc check_maker(struct ward *ward, const void *data, size_t len, struct hub_device *maker,
			   struct err *err)
{
	struct manifest manifest;
	enum rc rc = batch_facts(&ward->identity, data, len, &manifest, err);

	if (!rc && strcmp(manifest.unit, ward->app.unit) != 0)
		return err_set(err, RC_REFUSED, "Gói của đơn vị %s, kho này của đơn vị %s.",
			       "The batch is of unit %s, this store of unit %s.", manifest.unit, ward->app.unit);
	if (!rc)
		rc = hub_device_get(ward, manifest.device, maker, err);
	return rc == RC_NONE ? err_set(err, RC_REFUSED, "Máy gửi chưa ghi danh ở đây.",
				       "The sending device is not enrolled here.")
			     : rc;
}

enum rc hub_take(struct hub *hub, struct ward *ward, const void *data, size_t len, struct ingested *in,
		 struct buf *receipt, struct err *err)
{
	struct hub_device device = { 0 };
	enum rc rc = check_maker(ward, data, len, &device, err);

	if (!rc)
		rc = ingest_batch(&ward->app, &ward->identity, data, len, in, err);
	if (!rc && !in->known)
		rc = note_clock(ward, &in->manifest, err);
	return rc ? rc : hub_receipt(hub, ward, &device, in->manifest.epoch, in->manifest.id, in, receipt, err);
}

enum rc hub_take_any(struct hub *hub, const void *data, size_t len, struct ward **ward, struct ingested *in,
		     struct buf *receipt, struct err *err)
{
	struct manifest manifest;
	enum rc rc;

	if (!hub->wards_count)
		return err_set(err, RC_REFUSED, "Trung tâm chưa có đơn vị nào.", "The hub has no ward yet.");
	/* The hub's key is one for all wards: the first identity opens every batch that is boxed to the hub.
	 */
	rc = batch_facts(&hub->wards[0]->identity, data, len, &manifest, err);
	if (!rc)
		rc = hub_ward(hub, manifest.unit, NULL, ward, err);
	if (rc == RC_NONE)
		return err_set(err, RC_REFUSED, "Trung tâm không có đơn vị %s.", "The hub has no unit %s.",
			       manifest.unit);
	if (!rc && !memcmp(manifest.device, (*ward)->app.device, DEVICE_ID)) {
		*in = (struct ingested){ .manifest = manifest, .known = true };
		return RC_OK;
	}
	return rc ? rc : hub_take(hub, *ward, data, len, in, receipt, err);
}

static const char SQL_FEED[] =
	"SELECT b.n, b.id, b.epoch, b.first, b.last, b.events, b.sealed_at, b.body, d.id"
	" FROM batch b JOIN device d ON d.ix = b.device"
	" WHERE b.n > ?1 AND b.state <> 6 AND b.body IS NOT NULL AND (d.id <> ?2"
	" OR (SELECT count(*) FROM chain c WHERE c.device = d.ix) > 1) ORDER BY b.n";

/* May a device of this role read what `maker` sealed? Counters read all; teams read teams and the hub. */
static bool may_read(struct ward *ward, enum device_role role, const uint8_t maker[DEVICE_ID])
{
	char key[2 * DEVICE_ID + 1];
	struct row row;
	bool team;

	if (role != DEVICE_TEAM || !memcmp(maker, ward->app.device, DEVICE_ID))
		return true;
	hex_of(maker, DEVICE_ID, key);
	row_init(&row);
	team = !row_get(ward->app.db, REC_DEVICE, key, &row, NULL) &&
	       rec_num(&row.body, DEVICE_ROLE) == DEVICE_TEAM;
	row_done(&row);
	return team;
}

static void read_manifest(struct ward *ward, struct stmt *s, const uint8_t maker[DEVICE_ID],
			  struct manifest *m)
{
	struct span id = stmt_blob(s, 1);

	memset(m, 0, sizeof(*m));
	if (id.len == BATCH_ID)
		memcpy(m->id, id.data, BATCH_ID);
	memcpy(m->device, maker, DEVICE_ID);
	snprintf(m->unit, sizeof(m->unit), "%s", ward->app.unit);
	m->epoch = (uint16_t)stmt_int(s, 2);
	m->first = (uint64_t)stmt_int(s, 3);
	m->last = (uint64_t)stmt_int(s, 4);
	m->events = (size_t)stmt_int(s, 5);
	m->sealed_at = stmt_int(s, 6);
}

/* What the hub itself has to say since the last time is sealed first. */
static enum rc seal_own(struct ward *ward, struct err *err)
{
	size_t sealed;

	return outbox_seal(&ward->app, &ward->identity, &sealed, err);
}

/* A device gets its own batches only when it has more than one epoch: a copy may have made them, or lost them. */
enum rc hub_feed(struct hub *hub, const struct hub_device *device, int64_t cursor, int64_t *next,
		 struct buf *body, struct manifest *manifest, struct err *err)
{
	struct ward *ward = device->ward;
	struct stmt *s;
	enum rc rc = seal_own(ward, err);

	(void)hub;
	if (rc)
		return rc;
	*next = cursor;
	s = stmt_use(ward->app.db, SQL_FEED);
	stmt_bind_int(s, 1, cursor);
	stmt_bind_blob(s, 2, device->device, DEVICE_ID);
	while (!(rc = stmt_row(s, err))) {
		struct span maker = stmt_blob(s, 8), bytes = stmt_blob(s, 7);
		uint8_t id[DEVICE_ID];

		*next = stmt_int(s, 0);
		if (maker.len != DEVICE_ID)
			continue;
		memcpy(id, maker.data, DEVICE_ID);
		if (!may_read(ward, device->role, id))
			continue;
		read_manifest(ward, s, id, manifest);
		buf_add(body, bytes.data, bytes.len);
		break;
	}
	stmt_done(s);
	return rc;
}
