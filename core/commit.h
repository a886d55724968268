/*
 * commit.h - THE write path.
 *
 * Every change, typed here or received, is an event: checked, encoded once,
 * appended to the journal and projected to rows in one transaction. Rules
 * (may they? does the state allow it?) are asked by the command before; what
 * stands here is what no caller can get around: well-formed cells, causal
 * parents, the chain, the fold.
 */
#ifndef MOTCUA_COMMIT_H
#define MOTCUA_COMMIT_H

#include "core/app.h"

struct change {
	enum verb verb;
	enum rec_kind kind;
	int64_t rec;	       /* the row to change; 0 makes a new record */
	const struct rec *set; /* cells to set, CELL_UNSET to remove */
	const char *note;      /* why, or NULL */
};

/*
 * Append one event by the signed-in user at app_now. Runs in the caller's
 * transaction, or in one of its own when there is none. *rec and *event (both
 * may be NULL) are the row and the event. RC_INPUT: cells that do not fit, or
 * a new record whose identity exists already.
 */
enum rc commit_change(struct app *app, const struct change *change, int64_t *rec, struct id *event,
		      struct err *err) MUST_CHECK;

/*
 * Append another device's event, byte for byte, and fold it in. RC_NONE: it
 * is here already, unchanged. RC_DAMAGED: the bytes are no event. RC_FORK: another
 * event stands under that id. RC_INPUT: its seq does not follow.
 */
enum rc commit_foreign(struct app *app, struct span bytes, struct err *err) MUST_CHECK;

/* Drop every row and fold the whole journal anew. progress may be NULL. */
enum rc commit_rebuild(struct app *app, void (*progress)(void *ctx, unsigned percent), void *ctx,
		       struct err *err) MUST_CHECK;

/*
 * Recompute chains, fold and rows from nothing and compare, and check every
 * page. RC_DAMAGED names what differs. *events counts the journal.
 */
enum rc commit_verify(struct app *app, int64_t *events, struct err *err) MUST_CHECK;
/* The same, told how far it is, and stopped when `watch` (may be NULL) says so: RC_FAILED. */
enum rc commit_verify_watched(struct app *app, const struct watch *watch, int64_t *events,
			      struct err *err) MUST_CHECK;

#endif
