/*
 * inspect.h - what is in a batch, counted: kinds, verbs, the time it spans;
 * never a name, a number or a note.
 */
#ifndef MOTCUA_INSPECT_H
#define MOTCUA_INSPECT_H

#include "sync/batch.h"

struct counted {
	size_t kinds[REC_KINDS], others; /* events by the kind of their record */
	size_t verbs[VERB_COUNT];
	msec first_clock, last_clock; /* as the device believed; MSEC_NONE when empty */
};

/* Open with `keys` and count. Refusals as batch_open. */
enum rc batch_inspect(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		      struct counted *out, struct err *err) MUST_CHECK;

#endif
