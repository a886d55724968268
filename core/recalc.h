/*
 * recalc.h - the calendar changes: promises of open dossiers that were counted are counted again.
 *
 * Between recalc_begin and recalc_finish the caller changes holidays, hours or
 * working days, all in one transaction. Only a promise that counting gave
 * before is counted again, with the due date of the step that is being worked
 * on: imported, typed and corrected ones are kept. Every new promise is an
 * event (VERB_RECALC). Printed receipts stay true to the
 * history of the dossier, which shows both.
 */
#ifndef MOTCUA_RECALC_H
#define MOTCUA_RECALC_H

#include "core/app.h"

struct recalc_row {
	int64_t rec; /* its promise was counted */
	bool step;   /* and so was what its open step has */
};

struct recalc {
	struct recalc_row *rows;
	size_t count, cap;
};

enum rc recalc_begin(struct app *app, struct recalc *recalc, struct err *err) MUST_CHECK;
/* *changed promises moved (may be NULL). */
enum rc recalc_finish(struct app *app, struct recalc *recalc, int64_t *changed, struct err *err) MUST_CHECK;
/* Safe on a zeroed one. */
void recalc_done(struct recalc *recalc);

#endif
