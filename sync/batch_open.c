/* batch_open.c - a batch file opened, checked and unpacked. */
#include "sync/batch_file.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The key behind a recipient's id, if we hold it. */
static const uint8_t *key_held(const struct identity *keys, const struct recipient *to)
{
	uint8_t id[KEY_ID];

	if (to->kind == TO_HUB) {
		batch_key_id(keys->sign_pk, id);
		return memcmp(id, to->key_id, KEY_ID) ? NULL : keys->sign_pk;
	}
	for (size_t i = 0; i < keys->audiences_count; i++) {
		batch_key_id(keys->audiences[i].key, id);
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
		    batch_agree(box_sk, once_pk, once_pk, box_pk, key);

	sodium_memzero(box_sk, sizeof(box_sk));
	return good;
}

/* The body key for recipient `i`, whose bytes `veiled` are; false when we are not that one. */
static bool take_key(const struct identity *keys, const struct recipient *to, const uint8_t *once_pk,
		     const uint8_t *veiled, uint8_t key[SECRET_KEY])
{
	const uint8_t *held;

	assert(keys);
	held = key_held(keys, to);
	if (!held)
		return false;
	if (to->kind == TO_HUB)
		return agree_as_hub(keys, once_pk, key);
	batch_veil(once_pk, held, veiled, key);
	return true;
}

bool batch_for_others(const struct identity *identity, const void *data, size_t len)
{
	struct batch_header h;
	bool ours = false;

	if (batch_read_header(data, len, &h, NULL))
		return false;
	for (size_t i = 0; i < h.to_count; i++)
		ours |= key_held(identity, &h.to[i]) != NULL;
	return !ours;
}

static enum rc foreign(struct err *err)
{
	return err_set(err, RC_REFUSED, "Gói này được niêm phong cho nơi khác: máy này không có khóa.",
		       "This batch is sealed for others: this device has no key to it.");
}

/* Decrypt the payload into `out`. */
static enum rc open_body(const struct identity *keys, const struct batch_header *h, struct buf *out,
			 struct err *err)
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

		if (!r.bad && once.data && !have)
			have = take_key(keys, &h->to[i], once.data, veiled.data, key);
	}
	batch_put_bound(h, &bound);
	buf_add(&bound, h->body.data, (size_t)(r.at - h->body.data));
	sealed = wire_take(&r, (size_t)(r.end - r.at));
	room = have ? buf_room(out, sealed.len) : NULL;
	if (r.bad || sealed.len < TAG)
		rc = batch_cut_short(err);
	else if (!have)
		rc = foreign(err);
	else if (!room ||
		 crypto_aead_xchacha20poly1305_ietf_decrypt(room, NULL, NULL, sealed.data, sealed.len,
							    bound.data, bound.len, nonce, key))
		rc = err_set(err, RC_INPUT, "Gói không mở được: niêm phong không khớp.",
			     "The batch does not open: its seal does not match.");
	else
		out->len += sealed.len - TAG;
	sodium_memzero(key, sizeof(key));
	buf_done(&bound);
	return rc;
}

static enum rc read_manifest(const struct identity *keys, const struct batch_header *h, struct reader *r,
			     struct manifest *m, struct err *err)
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
	batch_put_manifest(m, &facts);
	batch_signed_message(h, &facts, columns, &message);
	if (crypto_sign_verify_detached(signature.data, message.data, message.len, m->certificate.sign_pk))
		rc = err_set(err, RC_REFUSED, "Chữ ký của gói là giả hoặc hỏng.",
			     "The batch's signature is forged or damaged.");
	buf_done(&facts);
	buf_done(&message);
	return rc;
}

/* Events are exactly the run that the manifest signs: columns_unpack sees to it. */
static enum rc open_columns(const struct batch_header *h, const struct manifest *manifest,
			    struct span columns, columns_visit *each, void *ctx, struct err *err)
{
	struct columns run = { columns,
			       { h->dictionary, manifest->unit },
			       { .epoch = manifest->epoch, .seq = manifest->first },
			       manifest->events };

	memcpy(run.first.device, manifest->device, DEVICE_ID);
	return columns_unpack(&run, each, ctx, err);
}

/* All but the columns: what is decrypted stays in `payload`, of which `columns` is a part. */
static enum rc open_sealed(const struct identity *keys, struct span file, struct batch_header *h,
			   struct buf *payload, struct manifest *m, struct span *columns, struct err *err)
{
	struct reader r;
	enum rc rc = batch_read_header(file.data, file.len, h, err);

	if (rc)
		return rc;
	*m = (struct manifest){ .bytes = file.len };
	memcpy(m->id, h->id, BATCH_ID);
	rc = open_body(keys, h, payload, err);
	if (rc)
		return rc;
	r = reader_on(payload->data, payload->len);
	rc = read_manifest(keys, h, &r, m, err);
	*columns = (struct span){ r.at, (size_t)(r.end - r.at) };
	return rc;
}

enum rc batch_facts(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		    struct err *err)
{
	struct buf payload = BUF(BATCH_MAX);
	struct batch_header h;
	struct manifest m;
	struct span columns;
	enum rc rc = open_sealed(keys, (struct span){ data, len }, &h, &payload, &m, &columns, err);

	if (!rc)
		*manifest = m;
	buf_wipe_done(&payload);
	return rc;
}

enum rc batch_open(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		   columns_visit *each, void *ctx, struct err *err)
{
	struct buf payload = BUF(BATCH_MAX);
	struct batch_header h;
	struct manifest m;
	struct span columns;
	enum rc rc = open_sealed(keys, (struct span){ data, len }, &h, &payload, &m, &columns, err);

	if (!rc)
		rc = open_columns(&h, &m, columns, each, ctx, err);
	if (!rc)
		*manifest = m;
	buf_wipe_done(&payload);
	return rc;
}
