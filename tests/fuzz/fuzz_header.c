/* A store's header as anyone may have written it: refused, or read into what packs to the same bytes. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY = HEADER_FAILURES - 2 * HEADER_HASH_SIZE };

static struct key_ring *ring_once(void)
{
	static const uint8_t key[KEY_SIZE] = { 9 };
	static struct key_ring *ring;

	if (!ring)
		ring = key_ring_new(key);
	if (!ring)
		abort();
	return ring;
}

/* With the hash put right, so that what is behind it is reached. */
static void as_whole_copy(const uint8_t *data, size_t size)
{
	static uint8_t copy[HEADER_COPY], again[HEADER_COPY];
	struct header header;
	struct key_slot *slot;
	uint8_t key[KEY_SIZE];

	memset(copy, 0, sizeof(copy));
	memcpy(copy, data, size < BODY ? size : BODY);
	crypto_generichash(copy + BODY + HEADER_HASH_SIZE, HEADER_HASH_SIZE, copy, BODY + HEADER_HASH_SIZE,
			   NULL, 0);
	if (header_unpack(copy, &header, NULL))
		return;
	header_pack(&header, ring_once(), 0, again);
	if (memcmp(copy, again, BODY) != 0 || header_authentic(&header, ring_once()))
		abort();
	slot = header_slot(&header, "");
	/* A slot may not make us work without bound; within bounds it would only be slow. */
	if (slot && !key_cost_ok(slot->cost) &&
	    key_slot_open(slot, header.store_id, "passphrase", key, NULL) != RC_DAMAGED)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t both[HEADER_SIZE];
	struct header_found found;

	memset(both, 0, sizeof(both));
	memcpy(both, data, size < HEADER_SIZE ? size : HEADER_SIZE);
	if (header_choose(both, &found, NULL) == RC_OK && found.count == 0)
		abort();
	as_whole_copy(data, size);
	return 0;
}
