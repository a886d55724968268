/*
 * columns.h - a run of events in few bytes, and back to the very same bytes.
 *
 * Pure but for memory. All events are of one device and epoch with rising
 * seq. Each path of the field tables is a column of its own; what follows
 * from other values (the code from the date and a count, a step's start from
 * the end of the one before, a fee's payment at reception ...) is written as
 * "as predicted" or as a small difference. Any canonical event survives, also
 * with unknown tags, odd values or none of the patterns: prediction only ever
 * saves bytes. Layout: sync/FORMAT.md.
 */
#ifndef MOTCUA_COLUMNS_H
#define MOTCUA_COLUMNS_H

#include "db/event.h"

enum {
	COLUMNS_EVENTS_MAX = 20000, /* events in one batch */
	COLUMNS_RAW_MAX = 16 << 20, /* bytes of all events of one batch, unpacked: the zip bomb's ceiling */
};

/* One event's canonical bytes. */
struct event_bytes {
	struct span bytes;
};

/* What both ends know before: the dictionary (a number of pack.h's) and the unit's code. */
struct columns_base {
	uint8_t dictionary;
	const char *unit;
};

/* RC_INPUT when the events are not one device's run, seq after seq. */
enum rc columns_pack(const struct event_bytes *events, size_t count, const struct columns_base *base,
		     struct buf *out, struct err *err) MUST_CHECK;

/*
 * Each of `count` events from the id `first` on, in order, as canonical bytes
 * that live during the call. RC_INPUT for bytes that are no such run, for more
 * than the ceilings, and for a dictionary this program does not carry; else
 * what `each` (which may be NULL) returned. Hostile input costs bounded time
 * and memory.
 */
typedef enum rc columns_visit(void *ctx, struct span bytes, struct err *err);
struct columns {
	struct span bytes;
	struct columns_base base;
	struct id first;
	size_t count;
};
enum rc columns_unpack(const struct columns *columns, columns_visit *each, void *ctx,
		       struct err *err) MUST_CHECK;

#endif
