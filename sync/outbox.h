/*
 * outbox.h - what is sealed, what was carried, what was acknowledged.
 */
#ifndef MOTCUA_OUTBOX_H
#define MOTCUA_OUTBOX_H

#include "sync/batch.h"
#include "sync/receipt.h"

enum batch_state { BATCH_SEALED = 1, BATCH_CARRIED, BATCH_ACKNOWLEDGED, BATCH_REFUSED, BATCH_RECEIVED, BATCH_HELD };

/* Remember how the last round failed, in both languages; NULL: it did not. */
enum rc outbox_note_error(struct app *app, const struct err *why, struct err *err) MUST_CHECK;

/* For the status line on every screen, without any file access. */
struct outbox_status {
	bool enrolled;
	uint64_t unsent_events;  /* not acknowledged */
	size_t unsent_batches;   /* sealed, not acknowledged */
	size_t unsent_bytes;
	msec oldest;             /* clock of the oldest unacknowledged event, MSEC_NONE */
	msec last_receipt;       /* hub time of the newest receipt, MSEC_NONE */
	uint64_t acknowledged_to;
	msec stopped;            /* when the last round was stopped by hand, MSEC_NONE: it was not */
	struct err last_error;   /* how the last round failed; .rc is RC_OK when it did not */
};
enum rc outbox_status(struct app *app, struct outbox_status *out, struct err *err) MUST_CHECK;

/* Seal every event not yet sealed into frozen batches. *sealed counts them. */
enum rc outbox_seal(struct app *app, const struct identity *identity, size_t *sealed, struct err *err) MUST_CHECK;

struct outbox_item {
	struct manifest manifest; /* certificate not filled */
	enum batch_state state;
	unsigned tries;
	char reason[256];
};
typedef enum rc outbox_visit(void *ctx, const struct outbox_item *item, struct span body, struct err *err);
/* Own batches oldest first; `pending` only those not acknowledged. */
enum rc outbox_walk(struct app *app, bool pending, outbox_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc outbox_mark(struct app *app, const uint8_t id[BATCH_ID], enum batch_state state, const char *reason,
		    struct err *err) MUST_CHECK;
/* Keep a batch's frozen bytes; a known id is left as it is but for a held one that is now received. */
enum rc outbox_keep(struct app *app, const struct manifest *manifest, enum batch_state state, struct span body,
		    struct err *err) MUST_CHECK;
/* RC_NONE when this store has never kept the batch. */
enum rc outbox_state(struct app *app, const uint8_t id[BATCH_ID], enum batch_state *state, struct err *err) MUST_CHECK;
/* The frozen bytes of a kept batch; RC_NONE when unknown or forgotten. */
enum rc outbox_body(struct app *app, const uint8_t id[BATCH_ID], struct buf *out, struct err *err) MUST_CHECK;

#endif
