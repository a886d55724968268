/*
 * columns_state.h - where packing and unpacking stand: shared by the files that
 * code events, values and times. Not for others: sync/columns.h is the door.
 */
#ifndef MOTCUA_COLUMNS_STATE_H
#define MOTCUA_COLUMNS_STATE_H

#include "sync/columns.h"
#include "db/base/clock.h"
#include "sync/columns_coder.h"
#include "sync/columns_memory.h"
#include "sync/columns_rule.h"

/* Roles of decisions: each learns its own mixing. The numbers here and below are part of the format. */
enum role {
	ROLE_SHAPE,
	ROLE_STEP,
	ROLE_HEAD,
	ROLE_SAME,
	ROLE_PICK,
	ROLE_NUMBER,
	ROLE_FLAG,
	ROLE_TOKEN,
	ROLE_WORD,
	ROLE_FIGURE,
	ROLE_DELTA,
	ROLE_DAYS,
	ROLE_LENGTH,
	ROLE_CODE,
};

/* What is decided: no two decisions of one column share a part. */
enum part {
	PART_VALUE,
	/* The head of an event: columns of no kind, tag 1, these as sub. */
	HEAD_CLOCK,
	HEAD_ACTOR,
	HEAD_VERB,
	HEAD_KIND,
	HEAD_PARENTS,
	HEAD_AGAIN,
	HEAD_BACK,
	HEAD_OWN,
	HEAD_SEQ,
	HEAD_REV,
	HEAD_NOTE,
	HEAD_LINEAR,
	/* Which cell comes next. */
	PART_STEP_OP,
	PART_STEP_SHAPE,
	PART_STEP_TAG,
	PART_STEP_SUB,
	PART_INDEX,
	PART_KEY,
	PART_FOLLOWER, /* and the six after it */
	/* Values. */
	PART_SAME = 32,
	PART_SAME_FAR,
	PART_LITERAL,
	PART_GUESS,
	PART_BIG,
	PART_TOKEN,
	PART_TOKEN_SAME,
	PART_FIGURE,
	PART_FIGURE2,
	PART_WORD,
	PART_PERSON,
	PART_DIGITS,
	PART_ODD,
	PART_FORM,
	PART_CENTURY,
	PART_YEAR,
	PART_DAY,
	PART_ORDINAL,
	PART_KNOWN,
	PART_NEWEST,
	PART_BACK,
	PART_EQUAL,
	PART_ALSO,
	PART_WORKING,
	PART_SINCE,
	PART_WHOLE,
	PART_SECONDS,
	PART_MS,
	PART_DAYS,
	PART_CLOCK_TIME,
	PART_USUAL,
	PART_DATE,
};

/* Bytes kept out of the coder: literal text, and bytes without pattern. */
struct side {
	struct buf to;	    /* writing */
	struct reader from; /* reading */
	bool blank;	    /* reading zeros: a dictionary has no such bytes */
};

/* The office's hours of a batch, for guessing only: seconds of the day. */
struct sessions {
	int32_t from1, to1, from2, to2;
};

struct state {
	bool reading;
	struct coder coder;
	struct memory *memory;
	struct side text, raw;
	const struct sessions *sessions;
	struct id first;    /* of the batch */
	uint32_t number;    /* of the event in the batch */
	struct event event; /* as far as it is known */
	struct buf value;   /* reading: bytes of the value at hand */
	/* The event before. */
	msec clock;
	unsigned pause; /* bits of the milliseconds between the last two */
	uint32_t verb_kind[2], actor;
	/* The record at hand. */
	struct path path;	     /* of the last cell */
	const struct column *column; /* its */
	uint32_t surprises[2];
	uint32_t index;	   /* of the element, or of the scan */
	uint32_t cells[3]; /* hashes of the last values */
	uint32_t words[2]; /* hashes: the second and the last word of a phrase */
	unsigned gap;
	dayno day;		   /* of the last moment or code */
	uint32_t subject, dossier; /* numbers, NOT_KNOWN */
	uint32_t *subject_of;	   /* of each event of the batch */
	int64_t reg[REGS];
	/* The scan before. */
	uint32_t scan_dossier;
	int64_t scan_seq;
	msec scan_at;
	uint32_t near, far; /* contexts of the column at hand */
	unsigned bucket;    /* what a duration is expected to be, in fourths of an octave */
	int64_t pace;	    /* the last step's time over its allotment, in 1/256 */
};

/* Sums and differences of any two numbers, round the end if need be. */
static inline int64_t plus(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t minus(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

/* Come to a column: its contexts are as things stand now. */
void look_at(struct state *s, const struct column *column);
/* A decision of the column looked at: alone, with its far and with its near features. `part` tells decisions
 * apart. */
struct decision decide(const struct state *s, const struct column *column, enum role role, unsigned part);
bool code_flag(struct state *s, const struct column *column, unsigned part, bool flag);

/* Values. When reading, *num and *value are set; bytes live in s->value. */
void code_int(struct state *s, struct column *column, int64_t *num);
void code_bytes(struct state *s, struct column *column, struct span *value);
/* Make s->value a copy of bytes that may move, and `value` point there. */
void keep_value(struct state *s, struct span *value);
/* Parts of values that more than one file codes. */
void code_known(struct state *s, struct column *column, struct span *value, bool memo);
void code_literal(struct state *s, const struct column *column, struct span *value);
void code_person(struct state *s, struct column *column, struct span *value);
void code_phrase(struct state *s, struct column *column, struct span *value);
void code_digits(struct state *s, struct column *column, struct span *value);
void code_id_number(struct state *s, struct column *column, struct span *value);
void code_dossier_code(struct state *s, struct column *column, struct span *value);
void code_dossier_ref(struct state *s, struct column *column, struct span *value);
void code_raw(struct state *s, struct column *column, struct span *value);
void code_time(struct state *s, struct column *column, int64_t *value);
unsigned hours_fit(const struct sessions *hours, const struct rec *rec);
void code_date(struct state *s, struct column *column, int64_t *value);

/* One event: s->event is what it is when writing, and becomes it when reading. False: malformed. */
bool code_event(struct state *s);

#endif
