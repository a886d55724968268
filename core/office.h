/*
 * office.h - what the catalogue and the calendar say about one dossier: how
 * long it may take, who works on it.
 *
 * Owns memory: office_done. Versions are those in force on the day the dossier
 * was received (today for one not received). The calendar is the catalogue's,
 * good until catalog_forget.
 */
#ifndef MOTCUA_OFFICE_H
#define MOTCUA_OFFICE_H

#include "core/app.h"
#include "core/rules/dossier.h"

struct office {
	const struct calendar *cal;
	struct rec procedure; /* empty when the catalogue does not know it */
	struct allowance allowance;
	struct rec rows[DOSSIER_STEPS_MAX]; /* the template's, whose texts `steps` points into */
	struct dossier_step steps[DOSSIER_STEPS_MAX];
	size_t steps_count;
};

void office_init(struct office *office);
void office_done(struct office *office);

/* An unknown procedure is no error: its allowance has no unit. */
enum rc office_load(struct app *app, const struct rec *dossier, struct office *out, struct err *err) MUST_CHECK;

/* What dossier_change is judged by. `note` lives as long as the context. */
void office_context(struct app *app, const struct office *office, msec at, const char *note,
		    struct dossier_context *out);

/* A promise counted anew and why it is what it is. */
struct office_due {
	msec due_at;      /* as the record has it; MSEC_NONE when there is none */
	msec counted;     /* as counting gives it */
	bool provisional;
	struct explain why;
};
/* Of a record at hand. RC_INPUT: it cannot be counted. */
enum rc office_count(struct app *app, const struct rec *dossier, struct office_due *out, struct err *err) MUST_CHECK;
/* By code. RC_NONE: no such dossier. Needs MAY_READ. */
enum rc office_explain(struct app *app, const char *code, struct office_due *out, struct err *err) MUST_CHECK;

#endif
