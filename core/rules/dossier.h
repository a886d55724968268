/*
 * dossier.h - what may happen to a dossier, and what it then looks like.
 *
 * One table has a row a verb: from which states, to which, what it takes, who
 * may, which paper comes out, and the words. Everything that offers, checks or
 * does a verb walks it. dossier_change turns the record as it is into the
 * record as it will be; the difference is the event.
 *
 * Pure but for the memory of records. Times are msec UTC; the calendar is the
 * caller's. Errors are RC_INPUT with the field of the exchange format.
 */
#ifndef MOTCUA_DOSSIER_H
#define MOTCUA_DOSSIER_H

#include "core/rules/access.h"
#include "core/rules/deadline.h"
#include "core/rules/explain.h"
#include "core/rules/reason.h"
#include "db/event.h"
#include "db/rec_fields.h"


/* Tags of what verbs take; one space for all verbs. */
enum verb_field {
	VERB_FIELD_RECEIVED_AT = 1,
	VERB_FIELD_UNIT,
	VERB_FIELD_LEVEL,
	VERB_FIELD_PERSON,
	VERB_FIELD_ALLOTTED_DAYS,
	VERB_FIELD_RESULT_NO,
	VERB_FIELD_ELECTRONIC_RESULT,
	VERB_FIELD_ITEMS,
	VERB_FIELD_REASON,
	VERB_FIELD_REPLY_BEFORE,
	VERB_FIELD_AMOUNT_VND,
	VERB_FIELD_LEGAL_BASIS,
	VERB_FIELD_FINAL,
	VERB_FIELD_NEW_DUE_AT,
	VERB_FIELD_REASON_CODE,
	VERB_FIELD_METHOD,
	VERB_FIELD_COLLECTED_BY,
	VERB_FIELD_VALUE,
	VERB_FIELD_NAME,
	VERB_FIELD_DUE_AT,
	VERB_FIELD_LATE_REASON,
	VERB_FIELD_RECEIPT_NO,
};

#define STATE_BIT(state) (1u << (state))
#define STATES_ANY 0x7feu /* every state */
/* Received or not, the office still has something to do. */
#define STATES_OPEN (STATE_BIT(STATE_REGISTERED) | STATE_BIT(STATE_RECEIVED) | STATE_BIT(STATE_PROCESSING) | \
		     STATE_BIT(STATE_SUPPLEMENT) | STATE_BIT(STATE_FINANCE) | STATE_BIT(STATE_STOPPED))

struct dossier_verb {
	enum verb verb;
	const char *name;     /* "forward" */
	unsigned from;        /* STATE_BITs */
	int to;               /* STATE_*; 0: it depends, or stays */
	enum right right;     /* refuse and correct: see dossier_right */
	const struct field *fields; /* ends with tag 0; NULL: none (`correct`: the dossier's own) */
	const char *paper;    /* the slip's form that goes with it, or NULL */
	struct words label;   /* "chuyển bước" */
	struct words done;    /* in a history: "đã chuyển bước" */
};

/* In the order a menu shows them; ends with VERB_NONE. */
extern const struct dossier_verb dossier_verbs[];
/* The row of a verb, or of its name; NULL when `act` has no such verb. */
const struct dossier_verb *dossier_verb(enum verb verb);
const struct dossier_verb *dossier_verb_named(const char *name);
/* Words of any verb of the journal, also those `act` does not take ("nhập từ tệp"). */
const struct words *verb_words(enum verb verb);
/* "import", "receive" ..: the verb in JSON. */
const char *verb_name(enum verb verb);
const struct words *state_words(int64_t state);

/* The state of a record; a record without one counts as received, or registered before reception. */
int dossier_state(const struct rec *dossier);
/* Not finished, withdrawn, finally stopped or turned away. */
bool dossier_is_open(const struct rec *dossier);
/* The clock stands: an open pause. */
bool dossier_is_paused(const struct rec *dossier);
/* The last thing known to have happened to it; MSEC_NONE when nothing has. */
msec dossier_last_fact(const struct rec *dossier);

/*
 * May `verb` happen at `at`? RC_OK, or RC_INPUT with the reason. *to (may be NULL) is the state after,
 * as far as it can be told without the fields.
 */
enum rc dossier_allows(const struct rec *dossier, enum verb verb, msec at, int *to, struct err *err) MUST_CHECK;
/* Phone numbers that can be read become E.164, as they are dialled and searched; others stay as given. */
void dossier_tidy_phones(struct rec *dossier);
/* Does the state of the record as folded so far allow the event's verb? True for verbs that move nothing. */
bool dossier_fits(const struct rec *so_far, const struct event *event);
/* Which right `verb` needs at `at`. */
enum right dossier_right(const struct rec *dossier, enum verb verb, msec at);

/* A step of a template; texts are the caller's. */
struct dossier_step {
	const char *unit, *role;
	int level;     /* LEVEL_* */
	int64_t share; /* millionths of the time */
};

/* Fees by their usual names; records keep the Vietnamese one, whatever the language of the screen. */
extern const struct words dossier_fee, dossier_finance_fee;

enum { DOSSIER_STEPS_MAX = 64, DOSSIER_ENTRIES_MAX = 1000 /* elements of one list after which verbs refuse */ };

/* What a change is judged by. */
struct dossier_context {
	const struct calendar *cal;
	struct allowance allowance; /* of the procedure, version and channel; UNIT_NONE: typed promise */
	const struct dossier_step *steps; /* the template, for accept and receive */
	size_t steps_count;
	msec at;             /* when it happened */
	const char *actor;   /* who does it */
	const char *note;    /* "" when none */
	uint8_t device[3];   /* keeps keys of list elements made here apart from those made elsewhere */
};

/*
 * What `verb` makes of `before`. `fields` has cells by enum verb_field (`correct`: dossier cells, CELL_UNSET
 * removes). `after` is initialised and written only on RC_OK; it may equal `before` (RC_INPUT then).
 * `doubts` (may be NULL) gets what the clerk should hear. Not for VERB_UNDO.
 */
enum rc dossier_change(const struct rec *before, enum verb verb, const struct rec *fields,
		       const struct dossier_context *ctx, struct rec *after, struct explain *doubts,
		       struct err *err) MUST_CHECK;

/*
 * The plan of a dossier just received: due_at unless it is set already, steps from the template unless set, step 1
 * given. Needs received_at. RC_INPUT when the procedure sets no time and none was typed, or due comes first.
 */
enum rc dossier_plan(struct rec *dossier, const struct dossier_context *ctx, struct explain *doubts,
		     struct err *err) MUST_CHECK;

/* Times that cannot be: due, finished, returned, done before received or given; unpaid with paid_at. */
enum rc dossier_check_times(const struct rec *dossier, struct err *err) MUST_CHECK;

#endif
