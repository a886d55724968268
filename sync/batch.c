#include "sync/batch.h"

#include "db/base/hash.h"
#include "db/journal.h"
#include "sync/pack.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/*
 * The file (FORMAT.md): plain header, then the body the batch id is the hash of:
 * a key of this batch alone, from which with the hub's key the body key follows,
 * the body key under each audience's key, and one sealed payload.
 */
static const uint8_t BATCH_MAGIC[4] = { 'M', 'C', 'B', '1' };
enum {
	BATCH_VERSION = 1,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	POINT = crypto_scalarmult_BYTES,
	RECIPIENTS_MAX = 4,
	RAW_START = 8 << 20, /* bytes of events tried in one batch at first */
};

enum recipient_kind { TO_HUB = 1, TO_AUDIENCE = 2 };

struct recipient {
	enum recipient_kind kind;
	uint8_t key_id[KEY_ID];
	const uint8_t *key; /* the hub's public key, or the audience key */
};

struct header {
	uint8_t dictionary;
	uint8_t id[BATCH_ID];
	struct recipient to[RECIPIENTS_MAX];
	size_t to_count;
	struct span body;
};

static void key_id(const uint8_t *key, uint8_t out[KEY_ID])
{
	uint8_t digest[HASH_SHORT];

	hash_of(key, 32, digest, sizeof(digest));
	memcpy(out, digest, KEY_ID);
}

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

/* The hub reads everything, the counters all but what only the hub needs, the teams what teams and the hub write. */
static size_t recipients_for(const struct identity *identity, struct recipient to[RECIPIENTS_MAX])
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
		key_id(to[i].key, to[i].key_id);
	return count;
}

/* What the payload is bound to: the plain header without the id and the length. */
static void put_bound(const struct header *h, struct buf *out)
{
	buf_add(out, BATCH_MAGIC, sizeof(BATCH_MAGIC));
	buf_byte(out, BATCH_VERSION);
	buf_byte(out, h->dictionary);
	buf_byte(out, (uint8_t)h->to_count);
	for (size_t i = 0; i < h->to_count; i++) {
		buf_byte(out, (uint8_t)h->to[i].kind);
		buf_add(out, h->to[i].key_id, KEY_ID);
	}
}

static enum rc not_a_batch(struct err *err)
{
	return err_set(err, RC_INPUT, "Đây không phải gói dữ liệu motcua (.mcb).", "This is no motcua batch (.mcb).");
}

static enum rc cut_short(struct err *err)
{
	return err_set(err, RC_INPUT, "Gói bị cắt cụt hoặc thừa dữ liệu.", "The batch is cut short or has bytes too many.");
}

static enum rc read_header(const void *data, size_t len, struct header *h, struct err *err)
{
	struct reader r = reader_on(data, len);
	struct span magic = wire_take(&r, sizeof(BATCH_MAGIC)), id;
	uint64_t body;

	memset(h, 0, sizeof(*h));
	if (r.bad || memcmp(magic.data, BATCH_MAGIC, sizeof(BATCH_MAGIC)) != 0 || len > BATCH_MAX)
		return not_a_batch(err);
	if (wire_byte(&r) != BATCH_VERSION)
		return r.bad ? cut_short(err) :
			       err_set(err, RC_INPUT, "Gói của phiên bản motcua mới hơn: cần cập nhật chương trình này.",
				       "The batch is of a newer motcua: this program needs an update.");
	h->dictionary = wire_byte(&r);
	h->to_count = wire_byte(&r);
	if (h->to_count < 1 || h->to_count > RECIPIENTS_MAX)
		return cut_short(err);
	for (size_t i = 0; i < h->to_count; i++) {
		uint8_t kind = wire_byte(&r);
		struct span key = wire_take(&r, KEY_ID);

		if (r.bad || kind != (i ? TO_AUDIENCE : TO_HUB))
			return cut_short(err);
		h->to[i].kind = (enum recipient_kind)kind;
		memcpy(h->to[i].key_id, key.data, KEY_ID);
	}
	id = wire_take(&r, BATCH_ID);
	body = wire_be(&r, 4);
	h->body = wire_take(&r, (size_t)body);
	if (!reader_at_end(&r))
		return cut_short(err);
	memcpy(h->id, id.data, BATCH_ID);
	return RC_OK;
}

static const char ID_DOMAIN[] = "motcua batch 1";

/* The id covers the bound header too, so the same body under another header is another batch. */
static void batch_id(const struct header *h, const void *body, size_t len, uint8_t out[BATCH_ID])
{
	struct buf bound = BUF(256);
	struct hash_state state;

	put_bound(h, &bound);
	hash_start(&state, BATCH_ID);
	hash_more(&state, ID_DOMAIN, sizeof(ID_DOMAIN));
	hash_more(&state, bound.data, bound.len);
	hash_more(&state, body, len);
	hash_end(&state, out);
	buf_done(&bound);
}

static enum rc read_checked(const void *data, size_t len, struct header *h, struct err *err)
{
	uint8_t id[BATCH_ID];
	enum rc rc = read_header(data, len, h, err);

	if (rc)
		return rc;
	batch_id(h, h->body.data, h->body.len, id);
	if (memcmp(id, h->id, BATCH_ID) != 0)
		return err_set(err, RC_INPUT, "Gói bị hỏng trên đường đi: mã gói không khớp.",
			       "The batch was damaged on its way: its id does not match.");
	return RC_OK;
}

enum rc batch_peek(const void *data, size_t len, uint8_t id[BATCH_ID], struct err *err)
{
	struct header h;
	enum rc rc = read_checked(data, len, &h, err);

	if (!rc)
		memcpy(id, h.id, BATCH_ID);
	return rc;
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
	if (slice->count == COLUMNS_EVENTS_MAX || (slice->count && slice->bytes.len + bytes.len > slice->raw_max))
		return RC_NONE;
	buf_add(&slice->bytes, bytes.data, bytes.len);
	slice->at[++slice->count] = slice->bytes.len;
	return RC_OK;
}

/* The payload before sealing: who, what, its chain head, the signature over all of it, the columns. */
static void put_manifest(const struct manifest *m, struct buf *out)
{
	certificate_pack(&m->certificate, out);
	wire_put_uint(out, m->epoch);
	wire_put_uint(out, m->first);
	wire_put_uint(out, m->events);
	wire_put_int(out, m->sealed_at);
	buf_add(out, m->head, DB_HEAD_SIZE);
}

static const char SIGN_DOMAIN[] = "motcua batch signature 1";

static void signed_message(const struct header *h, const struct buf *manifest, struct span columns, struct buf *out)
{
	uint8_t digest[HASH_LONG];

	hash_of(columns.data, columns.len, digest, sizeof(digest));
	buf_add(out, SIGN_DOMAIN, sizeof(SIGN_DOMAIN));
	put_bound(h, out);
	buf_add(out, manifest->data, manifest->len);
	buf_add(out, digest, sizeof(digest));
}

static enum rc pack_slice(const struct slice *slice, size_t count, const struct columns_base *base, struct buf *out,
			  struct err *err)
{
	struct event_bytes *events = calloc(count, sizeof(*events));
	enum rc rc;

	if (!events)
		die("out of memory");
	for (size_t i = 0; i < count; i++)
		events[i].bytes = (struct span){ slice->bytes.data + slice->at[i], slice->at[i + 1] - slice->at[i] };
	rc = columns_pack(events, count, base, out, err);
	free(events);
	return rc;
}

static const char KEY_DOMAIN[] = "motcua batch key 1", NONCE_DOMAIN[] = "motcua batch nonce 1";

/* The body key: from what only the sender of this batch and the hub can work out. False for a key that is none. */
static bool agree(const uint8_t *secret, const uint8_t *theirs, const uint8_t *once_pk, const uint8_t *hub_pk,
		  uint8_t key[SECRET_KEY])
{
	uint8_t shared[POINT];
	struct hash_state state;
	bool good = !crypto_scalarmult(shared, secret, theirs);

	hash_start(&state, SECRET_KEY);
	hash_more(&state, KEY_DOMAIN, sizeof(KEY_DOMAIN));
	hash_more(&state, shared, sizeof(shared));
	hash_more(&state, once_pk, POINT);
	hash_more(&state, hub_pk, POINT);
	hash_end(&state, key);
	sodium_memzero(shared, sizeof(shared));
	return good;
}

/* The body key under an audience's key, and back: the payload's seal shows whether it was the right one. */
static void veil(const uint8_t *once_pk, const uint8_t *audience_key, const uint8_t *in, uint8_t out[SECRET_KEY])
{
	uint8_t nonce[HASH_LONG];
	struct hash_state state;

	hash_start(&state, sizeof(nonce));
	hash_more(&state, NONCE_DOMAIN, sizeof(NONCE_DOMAIN));
	hash_more(&state, once_pk, POINT);
	hash_end(&state, nonce);
	crypto_stream_xchacha20_xor(out, in, SECRET_KEY, nonce, audience_key);
}

/* The key of this batch alone, then the body key for each audience. The hub is always the first recipient. */
static enum rc put_keys(const struct header *h, uint8_t key[SECRET_KEY], struct buf *out, struct err *err)
{
	uint8_t once_pk[POINT], once_sk[POINT], hub_pk[POINT], veiled[SECRET_KEY];
	bool good;

	randombytes_buf(once_sk, sizeof(once_sk));
	good = !crypto_scalarmult_base(once_pk, once_sk) &&
	       !crypto_sign_ed25519_pk_to_curve25519(hub_pk, h->to[0].key) &&
	       agree(once_sk, hub_pk, once_pk, hub_pk, key);
	sodium_memzero(once_sk, sizeof(once_sk));
	if (!good)
		return err_set(err, RC_INPUT, "Khóa của trung tâm không hợp lệ.", "The hub's key is not valid.");
	buf_add(out, once_pk, sizeof(once_pk));
	for (size_t i = 1; i < h->to_count; i++) {
		veil(once_pk, h->to[i].key, key, veiled);
		buf_add(out, veiled, sizeof(veiled));
	}
	return RC_OK;
}

/* Keys, sealed payload. A key seals one payload only, so the nonce can be zeros; header and keys are bound to it. */
static enum rc put_body(const struct header *h, const struct buf *payload, struct buf *out, struct err *err)
{
	static const uint8_t nonce[NONCE];
	uint8_t key[SECRET_KEY];
	struct buf bound = BUF(1024);
	uint8_t *room;
	enum rc rc = put_keys(h, key, out, err);

	put_bound(h, &bound);
	buf_add(&bound, out->data, out->len);
	room = rc ? NULL : buf_room(out, payload->len + TAG);
	if (room) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(room, NULL, payload->data, payload->len, bound.data, bound.len,
							   NULL, nonce, key);
		out->len += payload->len + TAG;
	}
	sodium_memzero(key, sizeof(key));
	buf_done(&bound);
	return rc;
}

static enum rc seal_payload(struct header *h, const struct identity *identity, struct manifest *manifest,
			    struct span columns, struct buf *out, struct err *err)
{
	struct buf payload = BUF(COLUMNS_RAW_MAX), message = BUF(4096), body = BUF(COLUMNS_RAW_MAX), facts = BUF(2048);
	uint8_t signature[SIGNATURE];
	enum rc rc;

	put_manifest(manifest, &facts);
	signed_message(h, &facts, columns, &message);
	crypto_sign_detached(signature, NULL, message.data, message.len, identity->sign_sk);
	buf_add(&payload, facts.data, facts.len);
	buf_add(&payload, signature, sizeof(signature));
	buf_add(&payload, columns.data, columns.len);
	rc = put_body(h, &payload, &body, err);
	if (!rc) {
		batch_id(h, body.data, body.len, manifest->id);
		put_bound(h, out);
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

static enum rc link_one(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	(void)n;
	(void)id;
	(void)err;
	chain_link(ctx, bytes.data, bytes.len);
	return RC_OK;
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
		rc = journal_slice(app->db, app->device, app->epoch, 1, first - 1, link_one, head, err);
	buf_done(&known);
	buf_done(&place);
	return rc;
}

/* Pack as many events as fit; a batch too large is tried again with its fair share. */
static enum rc seal_fitting(struct app *app, const struct identity *identity, struct slice *slice,
			    struct manifest *manifest, struct buf *out, struct err *err)
{
	struct header h = { .dictionary = pack_dictionary() };
	const struct columns_base base = { h.dictionary, manifest->unit };
	struct buf columns = BUF(COLUMNS_RAW_MAX);
	uint8_t before[DB_HEAD_SIZE];
	size_t count = slice->count;
	enum rc rc = head_before(app, manifest->first, before, err);

	h.to_count = recipients_for(identity, h.to);
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
		rc = seal_payload(&h, identity, manifest, (struct span){ columns.data, columns.len }, out, err);
		if (rc || out->len <= BATCH_MAX)
			break;
		if (count == 1) {
			rc = err_set(err, RC_FULL, "Một bản ghi quá lớn cho một gói.", "One record is too large for a batch.");
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

/* The key behind a recipient's id, if we hold it. */
static const uint8_t *key_held(const struct identity *keys, const struct recipient *to)
{
	uint8_t id[KEY_ID];

	if (to->kind == TO_HUB) {
		key_id(keys->sign_pk, id);
		return memcmp(id, to->key_id, KEY_ID) ? NULL : keys->sign_pk;
	}
	for (size_t i = 0; i < keys->audiences_count; i++) {
		key_id(keys->audiences[i].key, id);
		if (!memcmp(id, to->key_id, KEY_ID))
			return keys->audiences[i].key;
	}
	return NULL;
}

/* The body key as the hub gets it: from its own key and the batch's. */
static bool agree_as_hub(const struct identity *keys, const uint8_t *once_pk, uint8_t key[SECRET_KEY])
{
	uint8_t box_pk[POINT], box_sk[POINT];
	bool good = !crypto_sign_ed25519_sk_to_curve25519(box_sk, keys->sign_sk) &&
		    !crypto_sign_ed25519_pk_to_curve25519(box_pk, keys->sign_pk) &&
		    agree(box_sk, once_pk, once_pk, box_pk, key);

	sodium_memzero(box_sk, sizeof(box_sk));
	return good;
}

/* The body key for recipient `i`, whose bytes `veiled` are; false when we are not that one. */
static bool take_key(const struct identity *keys, const struct recipient *to, const uint8_t *once_pk,
		     const uint8_t *veiled, uint8_t key[SECRET_KEY])
{
	const uint8_t *held = key_held(keys, to);

	if (!held)
		return false;
	if (to->kind == TO_HUB)
		return agree_as_hub(keys, once_pk, key);
	veil(once_pk, held, veiled, key);
	return true;
}

static enum rc foreign(struct err *err)
{
	return err_set(err, RC_REFUSED, "Gói này được niêm phong cho nơi khác: máy này không có khóa.",
		       "This batch is sealed for others: this device has no key to it.");
}

/* Decrypt the payload into `out`. */
static enum rc open_body(const struct identity *keys, const struct header *h, struct buf *out, struct err *err)
{
	static const uint8_t nonce[NONCE];
	struct reader r = reader_on(h->body.data, h->body.len);
	struct span once = wire_take(&r, POINT), sealed;
	struct buf bound = BUF(1024);
	uint8_t key[SECRET_KEY], *room;
	bool have = false;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < h->to_count; i++) {
		struct span veiled = wire_take(&r, h->to[i].kind == TO_HUB ? 0 : SECRET_KEY);

		if (!r.bad && !have)
			have = take_key(keys, &h->to[i], once.data, veiled.data, key);
	}
	put_bound(h, &bound);
	buf_add(&bound, h->body.data, (size_t)(r.at - h->body.data));
	sealed = wire_take(&r, (size_t)(r.end - r.at));
	room = have ? buf_room(out, sealed.len) : NULL;
	if (r.bad || sealed.len < TAG)
		rc = cut_short(err);
	else if (!have)
		rc = foreign(err);
	else if (!room || crypto_aead_xchacha20poly1305_ietf_decrypt(room, NULL, NULL, sealed.data, sealed.len, bound.data,
								     bound.len, nonce, key))
		rc = err_set(err, RC_INPUT, "Gói không mở được: niêm phong không khớp.",
			     "The batch does not open: its seal does not match.");
	else
		out->len += sealed.len - TAG;
	sodium_memzero(key, sizeof(key));
	buf_done(&bound);
	return rc;
}

static enum rc read_manifest(const struct identity *keys, const struct header *h, struct reader *r, struct manifest *m,
			     struct err *err)
{
	struct buf facts = BUF(2048), message = BUF(4096);
	struct span head, signature, columns;
	uint64_t epoch, events;
	enum rc rc = certificate_unpack(r, keys->hub_pk, &m->certificate, err);

	if (rc)
		return rc;
	epoch = wire_uint(r);
	m->first = wire_uint(r);
	events = wire_uint(r);
	m->sealed_at = wire_int(r);
	head = wire_take(r, DB_HEAD_SIZE);
	signature = wire_take(r, SIGNATURE);
	if (r->bad || epoch < 1 || epoch > UINT16_MAX || m->first < 1 || m->first >> 47 || events < 1 ||
	    events > COLUMNS_EVENTS_MAX)
		return err_set(err, RC_INPUT, "Bản kê của gói hỏng.", "The batch's manifest is damaged.");
	memcpy(m->device, m->certificate.device, DEVICE_ID);
	snprintf(m->unit, sizeof(m->unit), "%s", m->certificate.unit);
	m->epoch = (uint16_t)epoch;
	m->events = (size_t)events;
	m->last = m->first + m->events - 1;
	memcpy(m->head, head.data, DB_HEAD_SIZE);
	columns = (struct span){ r->at, (size_t)(r->end - r->at) };
	put_manifest(m, &facts);
	signed_message(h, &facts, columns, &message);
	if (crypto_sign_verify_detached(signature.data, message.data, message.len, m->certificate.sign_pk))
		rc = err_set(err, RC_REFUSED, "Chữ ký của gói là giả hoặc hỏng.", "The batch's signature is forged or damaged.");
	buf_done(&facts);
	buf_done(&message);
	return rc;
}

/* Events must be exactly the run that the manifest signs. */
struct checked {
	const struct manifest *manifest;
	struct event event;
	size_t seen;
	columns_visit *each;
	void *ctx;
};

static enum rc check_event(void *ctx, struct span bytes, struct err *err)
{
	struct checked *checked = ctx;
	const struct manifest *m = checked->manifest;
	enum rc rc = event_unpack(&checked->event, bytes.data, bytes.len, err);

	if (rc)
		return rc;
	if (memcmp(checked->event.id.device, m->device, DEVICE_ID) != 0 || checked->event.id.epoch != m->epoch ||
	    checked->event.id.seq != m->first + checked->seen || checked->seen >= m->events)
		return err_set(err, RC_INPUT, "Gói chứa sự kiện ngoài bản kê.", "The batch holds events outside its manifest.");
	checked->seen++;
	return checked->each ? checked->each(checked->ctx, bytes, err) : RC_OK;
}

static enum rc open_columns(const struct header *h, const struct manifest *manifest, struct span columns,
			    columns_visit *each, void *ctx, struct err *err)
{
	struct checked checked = { .manifest = manifest, .each = each, .ctx = ctx };
	struct columns run = { columns, { h->dictionary, manifest->unit }, { .epoch = manifest->epoch, .seq = manifest->first },
			       manifest->events };
	enum rc rc;

	memcpy(run.first.device, manifest->device, DEVICE_ID);
	event_init(&checked.event);
	rc = columns_unpack(&run, check_event, &checked, err);
	if (rc == RC_FULL)
		rc = err_set(err, RC_INPUT, "Gói nở ra quá lớn: không nhận.", "The batch unpacks to too much: not taken.");
	if (!rc && checked.seen != manifest->events)
		rc = err_set(err, RC_INPUT, "Gói thiếu sự kiện so với bản kê.", "The batch lacks events of its manifest.");
	event_done(&checked.event);
	return rc;
}

enum rc batch_open(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		   columns_visit *each, void *ctx, struct err *err)
{
	struct manifest m = { .bytes = len };
	struct buf payload = BUF(BATCH_MAX);
	struct header h;
	struct reader r;
	enum rc rc = read_checked(data, len, &h, err);

	if (rc)
		return rc;
	memcpy(m.id, h.id, BATCH_ID);
	rc = open_body(keys, &h, &payload, err);
	if (rc)
		goto out;
	r = reader_on(payload.data, payload.len);
	rc = read_manifest(keys, &h, &r, &m, err);
	if (!rc)
		rc = open_columns(&h, &m, (struct span){ r.at, (size_t)(r.end - r.at) }, each, ctx, err);
	if (!rc)
		*manifest = m;
out:
	buf_wipe_done(&payload);
	return rc;
}

void batch_name(const struct manifest *manifest, char out[BATCH_NAME])
{
	char device[2 * DEVICE_ID + 1];

	hex_of(manifest->device, DEVICE_ID, device);
	snprintf(out, BATCH_NAME, "%s-%s-%u-%" PRIu64 "-%" PRIu64 ".mcb", manifest->unit, device, manifest->epoch,
		 manifest->first, manifest->last);
}
