/*
 * columns_coder.h - yes-or-no decisions in as many bits as they surprise.
 *
 * A binary range coder whose probabilities are learnt as it goes: every
 * decision is looked at in three contexts, their estimates are mixed by
 * weights that are learnt too. All arithmetic is in whole numbers, so every
 * machine gets the same bytes. One set of functions both writes and reads:
 * each takes the value to write and returns it; when reading, the value given
 * is ignored and the one read is returned, so the two sides cannot drift
 * apart. Past the end of what is read `bad` is set and zeros come.
 * Pure but for memory: about 1.1 MB a coder, whatever the input.
 */
#ifndef MOTCUA_COLUMNS_CODER_H
#define MOTCUA_COLUMNS_CODER_H

#include "db/base/wire.h"

enum {
	CONTEXTS = 3,
	SLOT_BITS = 16,
	GROUP = 8,  /* slots side by side: a tree of three decisions */
	ROLES = 16, /* kinds of decisions that share mixing weights */
	SEEN_CLASSES = 6,
};

/* One context's estimate of one decision. */
struct slot {
	uint16_t yes; /* of 65536 */
	uint8_t seen;
	uint8_t check; /* which context, so that two do not share a slot unnoticed */
};

struct coder {
	bool reading, bad;
	struct reader from; /* reading */
	unsigned past_end;
	struct buf *to; /* writing */
	uint64_t low;	/* writing: with the carry in bit 32 */
	uint32_t range, code;
	uint8_t cache;
	uint64_t pending; /* bytes held back for a carry */
	bool started;
	struct slot slots[1 << SLOT_BITS];
	int32_t weights[ROLES * SEEN_CLASSES * SEEN_CLASSES][CONTEXTS];
	int16_t stretch[4096], squash[4096];
	uint16_t rate[256];
	uint8_t classes[256]; /* how sure a context can be: seen never, once, twice, a few times ... */
};

/* Where a decision stands: its role and three contexts, from general to narrow. */
struct decision {
	unsigned role;
	uint32_t context[CONTEXTS];
};

/* Forget all that was learnt. */
void coder_forget(struct coder *c);
/* Begin to write to `to`, or to read; what was learnt stays. */
void coder_write(struct coder *c, struct buf *to);
void coder_read(struct coder *c, const void *data, size_t len);
/* The last bytes. */
void coder_flush(struct coder *c);

/* A context made of a context and one more thing. */
static inline uint32_t context_with(uint32_t context, uint64_t more)
{
	uint64_t h = ((uint64_t)context << 32 ^ more ^ more >> 29) * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t)(h >> 32);
}

bool coder_bit(struct coder *c, const struct decision *at, bool bit);
/* A value below 8. */
unsigned coder_small(struct coder *c, const struct decision *at, unsigned value);
/* Any value below 2^64: its length in bits, then its bits, of which the first `learnt` (to 30) after the top
 * one are modelled. */
uint64_t coder_number(struct coder *c, const struct decision *at, unsigned learnt, uint64_t value);
/* The sign, then the value or its complement. */
int64_t coder_signed(struct coder *c, const struct decision *at, unsigned learnt, int64_t value);
/* Every value below `total` (1 to 65536) alike. */
uint32_t coder_even(struct coder *c, uint32_t total, uint32_t value);

#endif
