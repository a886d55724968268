#include "sync/batch_file.h"

#include "db/base/hash.h"

#include <string.h>

static const uint8_t BATCH_MAGIC[4] = { 'M', 'C', 'B', '1' };
enum { BATCH_VERSION = 1 };

void batch_key_id(const uint8_t *key, uint8_t out[KEY_ID])
{
	uint8_t digest[HASH_SHORT];

	hash_of(key, 32, digest, sizeof(digest));
	memcpy(out, digest, KEY_ID);
}

void batch_put_bound(const struct batch_header *h, struct buf *out)
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
	return err_set(err, RC_INPUT, "Đây không phải gói dữ liệu motcua (.mcb).",
		       "This is no motcua batch (.mcb).");
}

enum rc batch_cut_short(struct err *err)
{
	return err_set(err, RC_INPUT, "Gói bị cắt cụt hoặc thừa dữ liệu.",
		       "The batch is cut short or has bytes too many.");
}

static enum rc read_header(const void *data, size_t len, struct batch_header *h, struct err *err)
{
	struct reader r = reader_on(data, len);
	struct span magic = wire_take(&r, sizeof(BATCH_MAGIC)), id;
	uint64_t body;

	memset(h, 0, sizeof(*h));
	if (r.bad || memcmp(magic.data, BATCH_MAGIC, sizeof(BATCH_MAGIC)) != 0 || len > BATCH_MAX)
		return not_a_batch(err);
	if (wire_byte(&r) != BATCH_VERSION)
		return r.bad ? batch_cut_short(err)
			     : err_set(err, RC_INPUT,
				       "Gói của phiên bản motcua mới hơn: cần cập nhật chương trình này.",
				       "The batch is of a newer motcua: this program needs an update.");
	h->dictionary = wire_byte(&r);
	h->to_count = wire_byte(&r);
	if (h->to_count < 1 || h->to_count > RECIPIENTS_MAX)
		return batch_cut_short(err);
	for (size_t i = 0; i < h->to_count; i++) {
		uint8_t kind = wire_byte(&r);
		struct span key = wire_take(&r, KEY_ID);

		if (r.bad || kind != (i ? TO_AUDIENCE : TO_HUB))
			return batch_cut_short(err);
		h->to[i].kind = (enum recipient_kind)kind;
		memcpy(h->to[i].key_id, key.data, KEY_ID);
	}
	id = wire_take(&r, BATCH_ID);
	body = wire_be(&r, 4);
	h->body = wire_take(&r, (size_t)body);
	if (!reader_at_end(&r))
		return batch_cut_short(err);
	memcpy(h->id, id.data, BATCH_ID);
	return RC_OK;
}

static const char ID_DOMAIN[] = "motcua batch 1";

void batch_identify(const struct batch_header *h, const void *body, size_t len, uint8_t out[BATCH_ID])
{
	struct buf bound = BUF(256);
	struct hash_state state;

	batch_put_bound(h, &bound);
	hash_start(&state, BATCH_ID);
	hash_more(&state, ID_DOMAIN, sizeof(ID_DOMAIN));
	hash_more(&state, bound.data, bound.len);
	hash_more(&state, body, len);
	hash_end(&state, out);
	buf_done(&bound);
}

enum rc batch_read_header(const void *data, size_t len, struct batch_header *h, struct err *err)
{
	uint8_t id[BATCH_ID];
	enum rc rc = read_header(data, len, h, err);

	if (rc)
		return rc;
	batch_identify(h, h->body.data, h->body.len, id);
	if (memcmp(id, h->id, BATCH_ID) != 0)
		return err_set(err, RC_INPUT, "Gói bị hỏng trên đường đi: mã gói không khớp.",
			       "The batch was damaged on its way: its id does not match.");
	return RC_OK;
}

enum rc batch_peek(const void *data, size_t len, uint8_t id[BATCH_ID], struct err *err)
{
	struct batch_header h;
	enum rc rc = batch_read_header(data, len, &h, err);

	if (!rc)
		memcpy(id, h.id, BATCH_ID);
	return rc;
}

bool batch_is_hurt(const void *data, size_t len)
{
	uint8_t id[BATCH_ID];
	struct batch_header h;

	if (read_header(data, len, &h, NULL))
		return false;
	batch_identify(&h, h.body.data, h.body.len, id);
	return memcmp(id, h.id, BATCH_ID) != 0;
}

void batch_put_manifest(const struct manifest *m, struct buf *out)
{
	certificate_pack(&m->certificate, out);
	wire_put_uint(out, m->epoch);
	wire_put_uint(out, m->first);
	wire_put_uint(out, m->events);
	wire_put_int(out, m->sealed_at);
	buf_add(out, m->head, DB_HEAD_SIZE);
}

static const char SIGN_DOMAIN[] = "motcua batch signature 1";

void batch_signed_message(const struct batch_header *h, const struct buf *manifest, struct span columns,
			  struct buf *out)
{
	uint8_t digest[HASH_LONG];

	hash_of(columns.data, columns.len, digest, sizeof(digest));
	buf_add(out, SIGN_DOMAIN, sizeof(SIGN_DOMAIN));
	batch_put_bound(h, out);
	buf_add(out, manifest->data, manifest->len);
	buf_add(out, digest, sizeof(digest));
}

static const char KEY_DOMAIN[] = "motcua batch key 1", NONCE_DOMAIN[] = "motcua batch nonce 1";

bool batch_agree(const uint8_t *secret, const uint8_t *theirs, const uint8_t *once_pk, const uint8_t *hub_pk,
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

void batch_veil(const uint8_t *once_pk, const uint8_t *audience_key, const uint8_t *in,
		uint8_t out[SECRET_KEY])
{
	uint8_t nonce[HASH_LONG];
	struct hash_state state;

	hash_start(&state, sizeof(nonce));
	hash_more(&state, NONCE_DOMAIN, sizeof(NONCE_DOMAIN));
	hash_more(&state, once_pk, POINT);
	hash_end(&state, nonce);
	crypto_stream_xchacha20_xor(out, in, SECRET_KEY, nonce, audience_key);
}
