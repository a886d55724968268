/*
 * quarantine.h - what did not go all the way, and why: here and at the hub.
 *
 * Reads only. Nothing in it is lost: a refused batch keeps its bytes, a refused
 * event stands in the journal, a batch that waits comes in when the one before
 * it does.
 */
#ifndef MOTCUA_QUARANTINE_H
#define MOTCUA_QUARANTINE_H

#include "sync/outbox.h"

enum quarantine_kind {
	QUARANTINE_BATCH = 1, /* the hub refused a batch of ours */
	QUARANTINE_EVENT,     /* the hub holds an event of ours but no row of it */
	QUARANTINE_HERE,      /* an event in this journal that no row here believes */
	QUARANTINE_WAITS,     /* another device's batch that waits for the one before it */
};

struct quarantined {
	enum quarantine_kind kind;
	bool own;             /* of this device */
	uint8_t device[DEVICE_ID];
	uint64_t first, last; /* numbers of events */
	msec at;              /* sealed, answered, or made; MSEC_NONE not known */
	const char *reason;   /* "" when nobody said; lives until the visit returns */
};
typedef enum rc quarantine_visit(void *ctx, const struct quarantined *item, struct err *err);

/* Everything there is, in the order of the kinds. */
enum rc quarantine_walk(struct app *app, const struct identity *identity, quarantine_visit *each, void *ctx,
			struct err *err) MUST_CHECK;
/* How many. */
size_t quarantine_count(struct app *app, const struct identity *identity);
/* The newest receipt, its signature checked once more. RC_NONE: none has come. */
enum rc receipt_last(struct app *app, const struct identity *identity, struct receipt *out, struct err *err) MUST_CHECK;

#endif
