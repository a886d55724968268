/*
 * draft.h - half-filled forms in the store: they outlive a power cut and are never sent.
 *
 * A draft is bytes that only its form understands, kept by owner. draft_put is
 * one durable commit; the caller must not be in a transaction.
 */
#ifndef MOTCUA_DB_DRAFT_H
#define MOTCUA_DB_DRAFT_H

#include "db/stmt.h"

enum { DRAFT_BODY_MAX = 1 << 20 };

struct draft_row {
	int64_t id;
	int64_t saved_at; /* ms UTC */
	const char *owner, *form; /* until the visit returns */
	struct span body;
};
typedef enum rc draft_visit(void *ctx, const struct draft_row *draft, struct err *err);

/* *id 0 makes a new one and sets it. RC_FULL past DRAFT_BODY_MAX. */
enum rc draft_put(struct db *db, int64_t *id, int64_t saved_at, const char *owner, const char *form, struct span body,
		  struct err *err) MUST_CHECK;
/* The owner's drafts (of `form`, or all when NULL), newest first. */
enum rc draft_walk(struct db *db, const char *owner, const char *form, draft_visit *each, void *ctx,
		   struct err *err) MUST_CHECK;
/* One of the owner's; RC_NONE when there is none. */
enum rc draft_get(struct db *db, int64_t id, const char *owner, struct buf *body, struct err *err) MUST_CHECK;
enum rc draft_drop(struct db *db, int64_t id, const char *owner, struct err *err) MUST_CHECK;

#endif
