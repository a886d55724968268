/*
 * batch.h - the sealed, signed container a slice of one device's journal
 * travels in. The same bytes go by line, share and stick. sync/FORMAT.md.
 */
#ifndef MOTCUA_BATCH_H
#define MOTCUA_BATCH_H

#include "sync/columns.h"
#include "sync/identity.h"

enum {
	BATCH_ID = 32,
	BATCH_MAX = 256 << 10, /* bytes of a sealed file */
	BATCH_NAME = 160,
};

/* What a batch says of itself once opened. */
struct manifest {
	uint8_t id[BATCH_ID];  /* BLAKE2b of the sealed body */
	uint8_t device[DEVICE_ID];
	char unit[44];
	uint16_t epoch;
	uint64_t first, last;  /* seqs */
	size_t events;
	uint8_t head[DB_HEAD_SIZE]; /* the device's chain after the last event */
	msec sealed_at;
	struct certificate certificate;
	size_t bytes;          /* of the sealed file */
};

/* Seal events first..last of this device; fewer when they would pass BATCH_MAX: manifest->last says how far. */
enum rc batch_seal(struct app *app, const struct identity *identity, uint64_t first, uint64_t last,
		   struct manifest *manifest, struct buf *out, struct err *err) MUST_CHECK;

/* The plain header only: RC_INPUT not a batch, cut, changed (id does not match) or of a future version. */
enum rc batch_peek(const void *data, size_t len, uint8_t id[BATCH_ID], struct err *err) MUST_CHECK;
/* A whole batch whose bytes are not those its id was made of: hurt on its way, so worth sending again. */
bool batch_is_hurt(const void *data, size_t len);
/* Is it whole, and sealed for others than this device? */
bool batch_for_others(const struct identity *identity, const void *data, size_t len);

/*
 * Open: check id, find a key, decrypt, check certificate and signature, unpack.
 * Each refusal has its own sentence: corrupt, truncated, foreign (boxed to
 * others: RC_REFUSED), forged (certificate or signature), future version,
 * too much inside. `each` gets the events in order. `keys` is a device's
 * identity, or a hub's (role DEVICE_HUB: sign_sk opens what is boxed to the hub).
 */
enum rc batch_open(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		   columns_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* As batch_open up to the signature: who says what of itself, in little time whatever is inside. */
enum rc batch_facts(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		    struct err *err) MUST_CHECK;

/* UNIT-DEVICE-EPOCH-FIRST-LAST.mcb, ASCII, FAT-safe. */
void batch_name(const struct manifest *manifest, char out[BATCH_NAME]);

#endif
