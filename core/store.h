/*
 * store.h - the store as a whole: copy it, bring a copy back, check it, give it a new key, rebuild its rows.
 *
 * A copy is sealed like the store itself and opens with the same passphrases.
 */
#ifndef MOTCUA_STORE_H
#define MOTCUA_STORE_H

#include "core/app.h"

/*
 * A consistent sealed copy at `path`, which must not exist, read back from the disk and compared. Needs
 * MAY_BACKUP. `watch` here and below may be NULL; what it stops (RC_FAILED) leaves nothing behind.
 */
enum rc store_backup(struct app *app, const char *path, const struct watch *watch, struct err *err) MUST_CHECK;

struct store_restore {
	const char *from, *to;      /* the copy; where the store shall stand */
	const char *user, *passphrase; /* who restores: needs MAY_RESTORE in the copy */
	bool replace;               /* what stands at `to` is moved aside first */
	const struct watch *watch;
};
/*
 * A copy becomes the store: written beside it, checked whole, given the next epoch, then put in place.
 * `aside` gets the name what stood there has now ("" when nothing did). RC_REFUSED: something stands there
 * and not `replace`; the passphrase; the role. On any error everything is as it was.
 */
enum rc store_restore(const struct store_restore *restore, char *aside, size_t size, int64_t *events,
		      struct err *err) MUST_CHECK;

/* Chains, fold, rows and pages against each other. RC_DAMAGED says what differs. */
enum rc store_verify(struct app *app, const struct watch *watch, int64_t *events, struct err *err) MUST_CHECK;
/* A new data key for everything. Needs MAY_REKEY. */
enum rc store_rekey(struct app *app, struct err *err) MUST_CHECK;
/* Drop the rows and fold the journal anew. Needs MAY_REBUILD. */
enum rc store_rebuild(struct app *app, void (*progress)(void *ctx, unsigned percent), void *ctx,
		      struct err *err) MUST_CHECK;

#endif
