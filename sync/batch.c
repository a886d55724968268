#include "sync/batch_file.h"

#include "db/base/hash.h"
#include "db/journal.h"
#include "sync/pack.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	RAW_START = 8 << 20, /* bytes of events tried in one batch at first */
};

/* The newest key of an audience. */
static const struct audience_key *audience_of(const struct identity *identity, enum audience audience)
{
	const struct audience_key *best = NULL;

	for (size_t i = 0; i < identity->audiences_count; i++) {
		const struct audience_key *key = &identity->audiences[i];

		if (key->audience == audience && (!best || key->generation > best->generation))
			best = key;
	}
	return best;
}

/* The hub reads everything, the counters all but what only the hub needs, the teams what teams and the hub
 * write. */
size_t batch_recipients(const struct identity *identity, struct recipient to[RECIPIENTS_MAX])
{
	enum device_role role = identity->certificate.role;
	const struct audience_key *counter = audience_of(identity, AUDIENCE_COUNTER);
	const struct audience_key *team = audience_of(identity, AUDIENCE_TEAM);
	size_t count = 0;

	to[count++] = (struct recipient){ .kind = TO_HUB, .key = identity->hub_pk };
	if (counter)
		to[count++] = (struct recipient){ .kind = TO_AUDIENCE, .key = counter->key };
	if (team && role != DEVICE_COUNTER)
		to[count++] = (struct recipient){ .kind = TO_AUDIENCE, .key = team->key };
	for (size_t i = 0; i < count; i++)
		batch_key_id(to[i].key, to[i].key_id);
	return count;
}

/* Events copied out of the journal, with where each one is. */
struct slice {
	struct buf bytes;
	size_t at[COLUMNS_EVENTS_MAX + 1];
	size_t count, raw_max;
};

static enum rc gather(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct slice *slice = ctx;

	(void)n;
	(void)id;
	(void)err;
	if (slice->count == COLUMNS_EVENTS_MAX ||
	    (slice->count && slice->bytes.len + bytes.len > slice->raw_max))
		return RC_NONE;
	buf_add(&slice->bytes, bytes.data, bytes.len);
	slice->at[++slice->count] = slice->bytes.len;
	return RC_OK;
}

static enum rc pack_slice(const struct slice *slice, size_t count, const struct columns_base *base,
			  struct buf *out, struct err *err)
{
	struct event_bytes *events = calloc(count, sizeof(*events));
	enum rc rc;

	if (!events)
		die("out of memory");
	for (size_t i = 0; i < count; i++)
		events[i].bytes =
			(struct span){ slice->bytes.data + slice->at[i], slice->at[i + 1] - slice->at[i] };
	rc = columns_pack(events, count, base, out, err);
	free(events);
	return rc;
}

/* The key of this batch alone, then the body key for each audience. The hub is always the first recipient. */
static enum rc put_keys(const struct batch_header *h, uint8_t key[SECRET_KEY], struct buf *out,
			struct err *err)
{
	uint8_t once_pk[POINT], once_sk[POINT], hub_pk[POINT], veiled[SECRET_KEY];
	bool good;

	randombytes_buf(once_sk, sizeof(once_sk));
	good = !crypto_scalarmult_base(once_pk, once_sk) &&
	       !crypto_sign_ed25519_pk_to_curve25519(hub_pk, h->to[0].key) &&
	       batch_agree(once_sk, hub_pk, once_pk, hub_pk, key);
	sodium_memzero(once_sk, sizeof(once_sk));
	if (!good)
		return err_set(err, RC_INPUT, "Khóa của trung tâm không hợp lệ.",
			       "The hub's key is not valid.");
	buf_add(out, once_pk, sizeof(once_pk));
	for (size_t i = 1; i < h->to_count; i++) {
		batch_veil(once_pk, h->to[i].key, key, veiled);
		buf_add(out, veiled, sizeof(veiled));
	}
	return RC_OK;
}

/* Keys, sealed payload. A key seals one payload only, so the nonce can be zeros; header and keys are bound to
 * it. */
static enum rc put_body(const struct batch_header *h, const struct buf *payload, struct buf *out,
			struct err *err)
{
	static const uint8_t nonce[NONCE];
	uint8_t key[SECRET_KEY];
	struct buf bound = BUF(1024);
	uint8_t *room;
	enum rc rc = put_keys(h, key, out, err);

	batch_put_bound(h, &bound);
	buf_add(&bound, out->data, out->len);
	room = rc ? NULL : buf_room(out, payload->len + TAG);
	if (room) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(room, NULL, payload->data, payload->len,
							   bound.data, bound.len, NULL, nonce, key);
		out->len += payload->len + TAG;
	}
	sodium_memzero(key, sizeof(key));
	buf_done(&bound);
	return rc;
}

enum rc batch_seal_payload(struct batch_header *h, const struct identity *identity, struct manifest *manifest,
			   struct span columns, struct buf *out, struct err *err)
{
	struct buf payload = BUF(COLUMNS_RAW_MAX), message = BUF(4096), body = BUF(COLUMNS_RAW_MAX),
		   facts = BUF(2048);
	uint8_t signature[SIGNATURE];
	enum rc rc;

	batch_put_manifest(manifest, &facts);
	batch_signed_message(h, &facts, columns, &message);
	crypto_sign_detached(signature, NULL, message.data, message.len, identity->sign_sk);
	buf_add(&payload, facts.data, facts.len);
	buf_add(&payload, signature, sizeof(signature));
	buf_add(&payload, columns.data, columns.len);
	rc = put_body(h, &payload, &body, err);
	if (!rc) {
		batch_identify(h, body.data, body.len, manifest->id);
		batch_put_bound(h, out);
		buf_add(out, manifest->id, BATCH_ID);
		wire_put_be(out, body.len, 4);
		buf_add(out, body.data, body.len);
		manifest->bytes = out->len;
	}
	buf_wipe_done(&payload);
	buf_done(&message);
	buf_done(&body);
	buf_done(&facts);
	return rc;
}

/* Carry the chain head over the first `count` events. */
static void head_after(const struct slice *slice, size_t count, uint8_t head[DB_HEAD_SIZE])
{
	for (size_t i = 0; i < count; i++)
		chain_link(head, slice->bytes.data + slice->at[i], slice->at[i + 1] - slice->at[i]);
}

/* Where the last batch ended, so that sealing the next need not hash the journal from its beginning. */
static const char SEALED_HEAD[] = "sealed_head";

static void put_place(const struct app *app, uint64_t seq, struct buf *out)
{
	wire_put_uint(out, app->epoch);
	wire_put_uint(out, seq);
}

static enum rc remember_head(struct app *app, const struct manifest *manifest, struct err *err)
{
	struct buf place = BUF(64);
	enum rc rc;

	put_place(app, manifest->last, &place);
	buf_add(&place, manifest->head, DB_HEAD_SIZE);
	rc = local_set(app->db, SEALED_HEAD, place.data, place.len, err);
	buf_done(&place);
	return rc;
}

/* The chain head before seq `first`: as remembered, or from the beginning. */
static enum rc head_before(struct app *app, uint64_t first, uint8_t head[DB_HEAD_SIZE], struct err *err)
{
	struct buf known = BUF(64), place = BUF(64);
	enum rc rc = RC_OK;

	put_place(app, first - 1, &place);
	memset(head, 0, DB_HEAD_SIZE);
	if (!local_get(app->db, SEALED_HEAD, &known, NULL) && known.len == place.len + DB_HEAD_SIZE &&
	    !memcmp(known.data, place.data, place.len))
		memcpy(head, known.data + place.len, DB_HEAD_SIZE);
	else
		rc = journal_slice(app->db, app->device, app->epoch, 1, first - 1, chain_link_event, head, err);
	buf_done(&known);
	buf_done(&place);
	return rc;
}

/* Pack as many events as fit; a batch too large is tried again with its fair share. */
static enum rc seal_fitting(struct app *app, const struct identity *identity, struct slice *slice,
			    struct manifest *manifest, struct buf *out, struct err *err)
{
	struct batch_header h = { .dictionary = pack_dictionary() };
	const struct columns_base base = { h.dictionary, manifest->unit };
	struct buf columns = BUF(COLUMNS_RAW_MAX);
	uint8_t before[DB_HEAD_SIZE];
	size_t count = slice->count;
	enum rc rc = head_before(app, manifest->first, before, err);

	h.to_count = batch_recipients(identity, h.to);
	while (!rc) {
		buf_clear(&columns);
		buf_clear(out);
		manifest->events = count;
		manifest->last = manifest->first + count - 1;
		memcpy(manifest->head, before, DB_HEAD_SIZE);
		rc = pack_slice(slice, count, &base, &columns, err);
		if (rc)
			break;
		head_after(slice, count, manifest->head);
		rc = batch_seal_payload(&h, identity, manifest, (struct span){ columns.data, columns.len },
					out, err);
		if (rc || out->len <= BATCH_MAX)
			break;
		if (count == 1) {
			rc = err_set(err, RC_FULL, "Một bản ghi quá lớn cho một gói.",
				     "One record is too large for a batch.");
			break;
		}
		count = (size_t)((double)count * 0.96 * BATCH_MAX / (double)out->len);
		count = count ? count : 1;
	}
	buf_wipe_done(&columns);
	return rc;
}

enum rc batch_seal(struct app *app, const struct identity *identity, uint64_t first, uint64_t last,
		   struct manifest *manifest, struct buf *out, struct err *err)
{
	struct slice *slice;
	enum rc rc = identity_need(identity, err);

	if (rc)
		return rc;
	slice = calloc(1, sizeof(*slice));
	if (!slice)
		die("out of memory");
	slice->bytes = (struct buf)BUF(COLUMNS_RAW_MAX);
	slice->raw_max = RAW_START;
	memset(manifest, 0, sizeof(*manifest));
	memcpy(manifest->device, app->device, DEVICE_ID);
	snprintf(manifest->unit, sizeof(manifest->unit), "%s", identity->certificate.unit);
	manifest->epoch = app->epoch;
	manifest->first = first;
	manifest->sealed_at = app_now(app);
	manifest->certificate = identity->certificate;
	rc = journal_slice(app->db, app->device, app->epoch, first, last, gather, slice, err);
	if (rc == RC_NONE)
		rc = RC_OK; /* as much as one batch takes */
	if (!rc && !slice->count)
		rc = RC_NONE;
	if (!rc)
		rc = seal_fitting(app, identity, slice, manifest, out, err);
	if (!rc)
		rc = remember_head(app, manifest, err);
	buf_wipe_done(&slice->bytes);
	free(slice);
	return rc;
}

void batch_name(const struct manifest *manifest, char out[BATCH_NAME])
{
	char device[2 * DEVICE_ID + 1];

	hex_of(manifest->device, DEVICE_ID, device);
	snprintf(out, BATCH_NAME, "%s-%s-%u-%" PRIu64 "-%" PRIu64 ".mcb", manifest->unit, device,
		 manifest->epoch, manifest->first, manifest->last);
}
