/*
 * A batch file from outside: the first byte says what is done to make it worth reading. An even one takes the
 * bytes as they are; an odd one gives them a header and an id that fit, so that what lies behind the id is
 * reached.
 */
#include "sync/batch_file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make_keys(struct identity *keys)
{
	static const uint8_t seed[crypto_sign_SEEDBYTES] = { 7 };

	memset(keys, 0, sizeof(*keys));
	crypto_sign_seed_keypair(keys->sign_pk, keys->sign_sk, seed);
	memcpy(keys->hub_pk, keys->sign_pk, SIGN_PK);
	keys->audiences[0] = (struct audience_key){ .audience = AUDIENCE_COUNTER, .generation = 1 };
	keys->audiences_count = 1;
}

/* The same bytes as the body of a file to this hub and its counters. */
static void dress(const struct identity *keys, const uint8_t *body, size_t len, struct buf *out)
{
	struct batch_header h = { .to = { { .kind = TO_HUB, .key = keys->sign_pk },
					  { .kind = TO_AUDIENCE, .key = keys->audiences[0].key } },
				  .to_count = 2 };

	for (size_t i = 0; i < h.to_count; i++)
		batch_key_id(h.to[i].key, h.to[i].key_id);
	batch_identify(&h, body, len, h.id);
	batch_put_bound(&h, out);
	buf_add(out, h.id, sizeof(h.id));
	wire_put_be(out, len, 4);
	buf_add(out, body, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf file = BUF(BATCH_MAX * 2);
	struct identity keys;
	struct manifest manifest;
	struct err err = { 0 };
	uint8_t id[BATCH_ID];

	if (size < 1 || size > BATCH_MAX)
		return 0;
	make_keys(&keys);
	if (data[0] & 1)
		dress(&keys, data + 1, size - 1, &file);
	else
		buf_add(&file, data + 1, size - 1);
	if (batch_peek(file.data, file.len, id, &err) && !err.en[0])
		abort();
	/* Nobody but a device with a certificate can make one that opens. */
	if (!batch_open(&keys, file.data, file.len, &manifest, NULL, NULL, &err) || !err.en[0])
		abort();
	buf_done(&file);
	return 0;
}
