/*
 * fact.h - what lists and reports need of a record, in narrow tables that can
 * be scanned whole: `fact` (dossiers and their scans), `help` (assists) and
 * `fee` (money). Derived from rows, kept by project, rebuilt with them.
 */
#ifndef MOTCUA_FACT_H
#define MOTCUA_FACT_H

#include "core/app.h"

/*
 * The record `rec` is now `now` (it was `before`, NULL when new): bring the
 * narrow tables up to date. Inside the caller's transaction.
 */
enum rc fact_project(struct app *app, int64_t rec, const struct rec *before, const struct rec *now,
		     struct err *err) MUST_CHECK;

/* What the narrow tables hold of this record is what `now` gives; RC_DAMAGED names the row that differs. */
enum rc fact_verify(struct app *app, int64_t rec, const struct rec *now, struct err *err) MUST_CHECK;

#endif
