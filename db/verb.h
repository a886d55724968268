/*
 * verb.h - what can happen to a record, as events number it.
 */
#ifndef MOTCUA_VERB_H
#define MOTCUA_VERB_H

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

#endif
