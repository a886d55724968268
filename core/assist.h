/*
 * assist.h - help given by the community digital teams: one record a visit and category.
 *
 * The person's name and number stay on this device (db/helped.h) and are
 * blanked after the months that setting person_months says; everything else
 * travels. Times are msec UTC.
 */
#ifndef MOTCUA_ASSIST_H
#define MOTCUA_ASSIST_H

#include "core/app.h"
#include "core/rules/explain.h"
#include "db/rec_fields.h"

/*
 * Record help. `assist` needs `category`; absent are filled in: at now, member the signed-in user.
 * RC_INPUT names the field: an unknown category, an outcome it does not have, a dossier this store
 * does not hold (a team laptop takes any), a name without consent, a time after now, the same record again.
 * On RC_OK it is as stored; `doubts` may be NULL. Needs MAY_ASSIST.
 */
enum rc assist_add(struct app *app, struct rec *assist, struct explain *doubts, struct err *err) MUST_CHECK;

/* May this outcome be told of this category? Pure; "postponed" and "refused" always may. */
bool assist_outcome_fits(const char *outcomes, int64_t outcome);

/* `assist` has its person's fields, where this device keeps them; until the visit returns. */
typedef enum rc assist_visit(void *ctx, const struct rec *assist, struct err *err);
/* Help given on days from..to (DAYNO_NONE: open), by time. Needs MAY_ASSIST or MAY_REPORT_ASSIST. */
enum rc assist_list(struct app *app, dayno from, dayno to, assist_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* Blank the persons of help longer ago than person_months. Never fails a session. */
void assist_expire(struct app *app);

#endif
