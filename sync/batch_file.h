/*
 * batch_file.h - the parts of a batch file that sealing and opening share.
 * Not for others: sync/batch.h is the door. Layout: sync/FORMAT.md.
 */
#ifndef MOTCUA_BATCH_FILE_H
#define MOTCUA_BATCH_FILE_H

#include "sync/batch.h"

#include <sodium.h>

/*
 * The file: plain header, then the body the batch id is the hash of: a key of
 * this batch alone, from which with the hub's key the body key follows, the
 * body key under each audience's key, and one sealed payload.
 */
enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	POINT = crypto_scalarmult_BYTES,
	RECIPIENTS_MAX = 4,
};

enum recipient_kind { TO_HUB = 1, TO_AUDIENCE = 2 };

struct recipient {
	enum recipient_kind kind;
	uint8_t key_id[KEY_ID];
	const uint8_t *key; /* sealing: the hub's public key, or the audience key */
};

struct batch_header {
	uint8_t dictionary;
	uint8_t id[BATCH_ID];
	struct recipient to[RECIPIENTS_MAX]; /* the hub first */
	size_t to_count;
	struct span body;
};

/* First bytes of a key's hash. */
void batch_key_id(const uint8_t *key, uint8_t out[KEY_ID]);
/* What the payload is bound to: the plain header without the id and the length. */
void batch_put_bound(const struct batch_header *h, struct buf *out);
/* The id covers the bound header too, so the same body under another header is another batch. */
void batch_identify(const struct batch_header *h, const void *body, size_t len, uint8_t out[BATCH_ID]);
/* The plain header; its id must be the body's. RC_INPUT: cut, changed, no batch, a future version. */
enum rc batch_read_header(const void *data, size_t len, struct batch_header *h, struct err *err) MUST_CHECK;
enum rc batch_cut_short(struct err *err);

/* Who, what, the chain's head: the payload's beginning, and part of what is signed. */
void batch_put_manifest(const struct manifest *m, struct buf *out);
void batch_signed_message(const struct batch_header *h, const struct buf *manifest, struct span columns,
			  struct buf *out);

/* The body key: from what only the sender of this batch and the hub can work out. False for a key that is
 * none. */
bool batch_agree(const uint8_t *secret, const uint8_t *theirs, const uint8_t *once_pk, const uint8_t *hub_pk,
		 uint8_t key[SECRET_KEY]);
/* The body key under an audience's key, and back: the payload's seal shows whether it was the right one. */
void batch_veil(const uint8_t *once_pk, const uint8_t *audience_key, const uint8_t *in,
		uint8_t out[SECRET_KEY]);

/* Who a batch of this device is for: the hub, the counters, the teams as the device's role has it. Returns
 * how many. */
size_t batch_recipients(const struct identity *identity, struct recipient to[RECIPIENTS_MAX]);
/* Sign and seal these columns as a whole file; manifest->id and ->bytes are filled. */
enum rc batch_seal_payload(struct batch_header *h, const struct identity *identity, struct manifest *manifest,
			   struct span columns, struct buf *out, struct err *err) MUST_CHECK;

#endif
