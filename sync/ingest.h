/*
 * ingest.h - a batch from elsewhere becomes events here: exactly once, in any
 * order, whatever is wrong with it.
 */
#ifndef MOTCUA_INGEST_H
#define MOTCUA_INGEST_H

#include "sync/batch.h"

struct ingested {
	size_t events_new, events_known, events_refused;
	bool known;   /* the batch was taken before */
	bool held;    /* an earlier batch of its device is missing: kept aside, taken when that comes */
	bool fork;    /* another history of this epoch: nothing applied */
	struct manifest manifest;
	struct {
		uint64_t seq;
		char reason[160];
	} refusals[64];
	size_t refusals_count;
};

/*
 * Open, check the chain against the journal, apply through core/commit in one
 * transaction, keep the batch's bytes for others (batch table, state received),
 * then whatever it had held back. RC_OK also when held, known or a fork: `out`
 * says so. `keys` as in batch_open.
 */
enum rc ingest_batch(struct app *app, const struct identity *keys, const void *data, size_t len, struct ingested *out,
		     struct err *err) MUST_CHECK;

#endif
