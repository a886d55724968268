/*
 * audit.h - who did what: the journal's events and this device's sign-ins, by time.
 */
#ifndef MOTCUA_AUDIT_H
#define MOTCUA_AUDIT_H

#include "core/app.h"

struct audit_row {
	msec at;
	const char *actor;
	const char *what;   /* the verb, or open, refused, backup, restore, rekey, export, recover, passwd */
	const char *kind;   /* of the record: "dossier"; "" for sign-ins */
	const char *key;    /* its identity: a dossier's code; "" when there is none */
	const char *device; /* 16 hex digits */
	const char *note;
};
/* Texts live until the visit returns. */
typedef enum rc audit_visit(void *ctx, const struct audit_row *row, struct err *err);

struct audit_filter {
	const char *actor; /* NULL: everybody */
	dayno from, to;    /* both included; DAYNO_NONE: open */
	const char *kind;  /* of the record; "": sign-ins and what is done to the whole store; NULL: everything */
};

/* Needs MAY_AUDIT. Sign-ins of this device first, then events in the order they arrived. */
enum rc audit_walk(struct app *app, const struct audit_filter *filter, audit_visit *each, void *ctx,
		   struct err *err) MUST_CHECK;

/* What people read for `what` and `kind` of a row; NULL when there is nothing better than the word itself. */
const struct words *audit_what_words(const char *what);
const struct words *audit_kind_words(const char *kind);

#endif
