/*
 * household.h - the register of households, kept by the digital teams.
 */
#ifndef MOTCUA_HOUSEHOLD_H
#define MOTCUA_HOUSEHOLD_H

#include "core/app.h"

/*
 * The household as it shall stand (REC_HOUSEHOLD, complete but for what nobody knows): new, or in the
 * place of the one with its neighbourhood and code; fields left out are emptied, x_ fields stay.
 * *made (may be NULL) says whether it is new. RC_INPUT names the field. Needs MAY_HOUSEHOLD.
 */
enum rc household_put(struct app *app, const struct rec *household, bool *made, struct err *err) MUST_CHECK;

#endif
