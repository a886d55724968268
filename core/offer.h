/*
 * offer.h - what a field may hold that takes any text: the values the office already has, likeliest first.
 *
 * Reads only; needs MAY_READ. A list belongs to its caller (offers_done), holds no value twice and at most
 * OFFERS_MAX; a value more is left out, as nothing depends on the list being whole. A fill adds behind what
 * stands there. RC_DAMAGED when rows cannot be read; what was found by then stays.
 */
#ifndef MOTCUA_OFFER_H
#define MOTCUA_OFFER_H

#include "core/app.h"

enum { OFFERS_MAX = 500 };

struct offer {
	char *value; /* what the field takes */
	char *what;  /* who or what that is, in words; may be "" */
	int level;   /* of a unit: LEVEL_*, 0 when nobody said */
};

struct offers {
	struct offer *list;
	size_t count;
};

void offers_done(struct offers *offers);
/* One more, unless it is empty or stands there already. */
void offers_add(struct offers *offers, const char *value, const char *what);

/*
 * Units a dossier is handed to: those of the template steps of its procedure, in their order, and of its own steps;
 * then those of the other templates, then those that open dossiers went to, each by the alphabet. `dossier` may be
 * NULL. Adding for several dossiers one after the other: offer_template for each, then this with NULL.
 */
enum rc offer_units(struct app *app, const struct rec *dossier, struct offers *out, struct err *err) MUST_CHECK;
enum rc offer_template(struct app *app, const struct rec *dossier, struct offers *out, struct err *err) MUST_CHECK;

/*
 * Users who may work on a dossier, with full name and role: first the role that the dossier's next step asks for
 * (`dossier` NULL: that processes), then officers, leaders, clerks and admins, each by name.
 */
enum rc offer_people(struct app *app, const struct rec *dossier, struct offers *out, struct err *err) MUST_CHECK;

/* Codes that refusals of this store gave, by the alphabet, with the reason one of them stands for. */
enum rc offer_reason_codes(struct app *app, struct offers *out, struct err *err) MUST_CHECK;

/* Papers of the dossier's procedure: those its list says are not held, in the procedure's order; then all others. */
enum rc offer_missing(struct app *app, const struct rec *dossier, struct offers *out, struct err *err) MUST_CHECK;
enum rc offer_papers(struct app *app, const struct rec *dossier, struct offers *out, struct err *err) MUST_CHECK;

/*
 * Neighbourhoods by number: as many as the ward says it has, and those of households, assists and the roster of the
 * teams; with the number of households known there.
 */
enum rc offer_neighbourhoods(struct app *app, struct offers *out, struct err *err) MUST_CHECK;

#endif
