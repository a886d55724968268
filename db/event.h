/*
 * event.h - one entry of the journal, and its canonical bytes.
 *
 * An event says who changed which record how: device, epoch and gapless seq,
 * the clock its device believed (ms UTC, a claim, never trusted for order),
 * the actor, the verb, the record it is about and the cells it set or removed.
 * Bytes are made once and never re-made; unknown tags live on in them.
 * Layout: core/FORMAT.md.
 */
#ifndef MOTCUA_EVENT_H
#define MOTCUA_EVENT_H

#include "db/rec.h"

enum {
	DEVICE_ID = 8,
	EVENT_PARENTS_MAX = 16,
	EVENT_MAX = 4 << 20, /* bytes of one event */
};

/* An event's and a record's identity: unique, ordered, never re-used. All zero: none. */
struct id {
	uint8_t device[DEVICE_ID];
	uint16_t epoch;
	uint64_t seq; /* 48 bits */
};

enum { ID_BYTES = 16 };
void id_put(const struct id *id, uint8_t out[ID_BYTES]);
struct id id_get(const uint8_t in[ID_BYTES]);
bool id_is_none(const struct id *id);
int id_compare(const struct id *a, const struct id *b);
/* "dddddddddddddddd.e.s" in hex and decimals, 48 bytes with NUL at most. */
enum { ID_TEXT = 48 };
void id_format(const struct id *id, char out[ID_TEXT]);

/* What happened. The words and rules of each stand in core/rules/dossier.c; numbers never change. */
enum verb {
	VERB_NONE,
	VERB_IMPORT, /* a record from a file */
	VERB_RECEIVE,
	VERB_ACCEPT,
	VERB_FORWARD,
	VERB_DONE,
	VERB_SUPPLEMENT,
	VERB_RESUME,
	VERB_FINANCE,
	VERB_STOP,
	VERB_EXTEND,
	VERB_REFUSE,
	VERB_WITHDRAW,
	VERB_RETURN,
	VERB_RATE,
	VERB_PAY,
	VERB_CORRECT,
	VERB_UNDO,
	VERB_SCAN,
	VERB_ADD,     /* any other noun made: assist, household, user ... */
	VERB_CHANGE,  /* any other noun changed */
	VERB_RESOLVE, /* a supervisor decided a clash */
	VERB_RECALC,  /* the calendar changed: a new due date for an open dossier */
	VERB_PRINT,   /* the receipt slip was printed */
	VERB_COUNT
};

struct event {
	struct id id;
	msec clock;
	char actor[72];
	enum verb verb;
	struct id subject; /* the event that made the record; equals id for the first */
	uint32_t rev;      /* largest rev of the parents + 1; 1 for the first */
	size_t parents_count;
	struct id parents[EVENT_PARENTS_MAX]; /* the last events of the record that its writer had seen, rising */
	char note[2048];   /* why, in the actor's words; personal */
	struct rec set;    /* cells set and CELL_UNSET; set.kind is the record's kind */
};

void event_init(struct event *event);
void event_done(struct event *event);
/* Canonical bytes. RC_FULL past EVENT_MAX. */
enum rc event_pack(const struct event *event, struct buf *out, struct err *err) MUST_CHECK;
/* Refuses (RC_DAMAGED) whatever event_pack would not have written. `event` is initialised. */
enum rc event_unpack(struct event *event, const void *data, size_t len, struct err *err) MUST_CHECK;

#endif
