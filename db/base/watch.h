/*
 * watch.h - something long that tells how far it is and may be asked to stop.
 *
 * A watch belongs to the caller and outlives the call it is given to; NULL means nobody watches.
 * `done` of `total` are of one kind within one `what` (bytes, events, rows); total 0: not known yet.
 */
#ifndef MOTCUA_WATCH_H
#define MOTCUA_WATCH_H

#include "db/base/err.h"

struct watch {
	/* False: stop as soon as nothing is left half done. Must not touch the store. */
	bool (*tell)(void *ctx, const struct words *what, uint64_t done, uint64_t total);
	void *ctx;
};

/* RC_FAILED when whoever watches wants it stopped. */
MUST_CHECK static inline enum rc watch_tell(const struct watch *watch, const struct words *what,
					    uint64_t done, uint64_t total, struct err *err)
{
	if (!watch || watch->tell(watch->ctx, what, done, total))
		return RC_OK;
	return err_set(err, RC_FAILED, "Đã dừng theo ý người dùng; không có gì thay đổi.",
		       "Stopped as asked; nothing was changed.");
}

#endif
