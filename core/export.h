/*
 * export.h - records back out, as they came: export(import(x)) = x.
 */
#ifndef MOTCUA_EXPORT_H
#define MOTCUA_EXPORT_H

#include <stdio.h>

#include "core/app.h"

struct export_filter {
	enum rec_kind kind; /* REC_NONE: all */
	dayno from, to;     /* DAYNO_NONE: no bound */
};

/*
 * One line a record, in the order they came; a ward line first unless a kind is asked for (the
 * imported one, else one made from the store's unit). Dates are those of reception (of submission
 * before it), of help, and of a scan's dossier; what has no date is left out when there is a
 * bound. *count (may be NULL) of lines. The audit notes who exported. RC_IO: cannot be written. Needs MAY_EXPORT.
 */
enum rc export_records(struct app *app, FILE *out, const struct export_filter *filter, int64_t *count,
		       struct err *err) MUST_CHECK;

/* Append one record as a line's text (without its end), with what this device keeps of a person. */
enum rc export_row(struct app *app, const struct row *row, struct buf *out, struct err *err) MUST_CHECK;

#endif
