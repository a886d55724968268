/*
 * history.h - every value ever given to a field of a record, on any device.
 *
 * In fold order, one row a cell of an event. A value that another event
 * overrode without having seen it is lost: it is kept, shown and marked.
 */
#ifndef MOTCUA_HISTORY_H
#define MOTCUA_HISTORY_H

#include "core/app.h"

struct history_row {
	msec at;            /* what the device's clock said */
	const char *actor;
	const char *device; /* 16 hex digits */
	struct id event;
	enum verb verb;
	const char *field;  /* "due_at", "steps[2].done_at"; an index counts the elements there ever were, from 1 */
	const char *value;  /* as text; "" when the event removed it */
	bool removed;
	bool lost;          /* overridden by somebody who had not seen it */
	const char *note;   /* why, in the actor's words */
};
/* Texts live until the visit returns. */
typedef enum rc history_visit(void *ctx, const struct history_row *row, struct err *err);

/* RC_NONE: no such record. Needs MAY_READ. */
enum rc history_walk(struct app *app, enum rec_kind kind, const char *key, history_visit *each, void *ctx,
		     struct err *err) MUST_CHECK;

/* The text of a cell of a record of `kind`, as history and clashes show it. */
void history_value(enum rec_kind kind, const struct rec *rec, const struct cell *cell, struct buf *out);
/* "applicant_name", "steps.done_at": the path in names, without an element's place. */
void history_field(enum rec_kind kind, const struct path *path, struct buf *out);

#endif
