/*
 * journal.h - the journal in the store: append, scan, look up; chain heads.
 *
 * Calls run inside the caller's transaction. Event bytes go in and come out
 * untouched. Each device and epoch has a BLAKE2b-256 chain:
 * head(n) = H(head(n-1) | bytes(n)), head(0) = zeros.
 */
#ifndef MOTCUA_JOURNAL_H
#define MOTCUA_JOURNAL_H

#include "db/event.h"
#include "db/stmt.h"

/* The device's short number in this file, made on first sight. */
enum rc journal_device_ix(struct db *db, const uint8_t device[DEVICE_ID], int64_t *ix, struct err *err) MUST_CHECK;

/*
 * Append the bytes of the event `id`. Its seq must follow the chain's last
 * (RC_INPUT otherwise). *n is its arrival number.
 */
enum rc journal_append(struct db *db, const struct id *id, const struct buf *bytes, int64_t *n,
		       struct err *err) MUST_CHECK;

/* Last seq and head of a chain; seq 0 and zeros when there is none. */
enum rc journal_head(struct db *db, const uint8_t device[DEVICE_ID], uint16_t epoch, uint64_t *seq,
		     uint8_t head[DB_HEAD_SIZE], struct err *err) MUST_CHECK;

/* Bytes of one event; they live until the next call. RC_NONE when there is none. */
enum rc journal_at(struct db *db, int64_t n, struct event *out, struct err *err) MUST_CHECK;
enum rc journal_find(struct db *db, const struct id *id, int64_t *n, struct buf *bytes, struct err *err) MUST_CHECK;

/* Walk all events in arrival order after `after`; `each` returns non-RC_OK to end the walk with that. */
typedef enum rc journal_visit(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err);
enum rc journal_walk(struct db *db, int64_t after, journal_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* One device's events from `first` to `last`, in order. */
enum rc journal_slice(struct db *db, const uint8_t device[DEVICE_ID], uint16_t epoch, uint64_t first,
		      uint64_t last, journal_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* Recompute every chain; RC_DAMAGED names the first that differs. *events counts them. */
enum rc journal_verify(struct db *db, const struct watch *watch, int64_t *events, struct err *err) MUST_CHECK;
/* One head over all chains (device order): what the store's header remembers. */
enum rc journal_digest(struct db *db, uint8_t head[DB_HEAD_SIZE], struct err *err) MUST_CHECK;
/* The next link. */
void chain_link(uint8_t head[DB_HEAD_SIZE], const void *bytes, size_t len);
/* A journal_visit: the next link of each event. `ctx` is the head. */
enum rc chain_link_event(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err);

#endif
