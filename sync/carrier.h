/*
 * carrier.h - one round of exchange: seal what is new, put it out, take what
 * is there. Two bodies: a folder (stick or office share) and the line.
 */
#ifndef MOTCUA_CARRIER_H
#define MOTCUA_CARRIER_H

#include "sync/ingest.h"
#include "sync/outbox.h"

/* What a round did: the object `sync` prints. */
struct round {
	size_t batches_sent, events_sent, bytes_up, bytes_down;
	uint64_t acknowledged_to;
	size_t batches_received, events_received;
	size_t problems;
	bool cancelled; /* the watcher stopped it; the next round goes on from there */
	struct err last_problem; /* filled when `problems` is not 0 */
};

/* Progress from a manifest fixed at the start: never above 100 %. False cancels. */
typedef bool carrier_progress(void *ctx, size_t done_bytes, size_t total_bytes, const char *what);

/*
 * Exchange with `dir`: write batches (.tmp, fsync, rename, re-read, compare),
 * take others' batches, hub receipts and hub batches. RC_FULL before writing
 * when space is short; whatever happens half-way is never believed by a reader.
 */
enum rc folder_round(struct app *app, const char *dir, struct round *out, carrier_progress *progress, void *ctx,
		     struct err *err) MUST_CHECK;
/* Only the way out, for `batch export`: seal what is new and write all that is not acknowledged to `dir`. */
enum rc folder_put(struct app *app, const char *dir, struct round *out, carrier_progress *progress, void *ctx,
		   struct err *err) MUST_CHECK;
/* The same over HTTP(S) through the helper motcua-link; RC_LINK when there is no connection. */
enum rc line_round(struct app *app, const char *hub_url, struct round *out, carrier_progress *progress, void *ctx,
		   struct err *err) MUST_CHECK;
/*
 * Mounted removable media, newest first, NUL-separated paths ending with an empty one. A file that
 * MOTCUA_MOUNTS names, in the form of /proc/self/mounts, says instead which they are.
 */
enum rc folder_media(struct buf *paths, struct err *err) MUST_CHECK;

#endif
