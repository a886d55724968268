/*
 * office.h - what the catalogue and the calendar say about one dossier: how
 * long it may take, who works on it, which papers it needs.
 *
 * Owns memory: office_done. Versions are those in force on the day given.
 */
#ifndef MOTCUA_OFFICE_H
#define MOTCUA_OFFICE_H

#include "core/app.h"
#include "core/rules/dossier.h"

struct office {
	struct calendar *cal;
	struct rec procedure; /* empty when the catalogue does not know it */
	struct allowance allowance;
	struct rec rows[DOSSIER_STEPS_MAX]; /* the template's, whose texts `steps` points into */
	struct dossier_step steps[DOSSIER_STEPS_MAX];
	size_t steps_count;
};

void office_init(struct office *office);
void office_done(struct office *office);

/*
 * For a dossier's procedure, channel and day of reception (today for one not received). An unknown
 * procedure is no error: its allowance has no unit.
 */
enum rc office_load(struct app *app, const struct rec *dossier, struct office *out, struct err *err) MUST_CHECK;

/* What dossier_change is judged by. */
void office_context(struct app *app, const struct office *office, msec at, const char *note, struct dossier_context *out);

#endif
