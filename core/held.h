/*
 * held.h - everything the store holds on one person, by id number: for the person, under the law on personal data.
 *
 * Reads only, and reads everything: no index decides what a person is told.
 * Found are dossiers whose applicant or submitter has the number, now or in
 * their history, with their scans; assists of the person kept on this device;
 * and where drafts of the signed-in user hold it.
 */
#ifndef MOTCUA_HELD_H
#define MOTCUA_HELD_H

#include "core/app.h"

struct held {
	const struct rec *rec; /* whole, with what stays on this device; lives until the visit returns */
	const char *as;        /* "applicant", "submitter", "earlier" (it had the number once), "scan", "helped" */
};
typedef enum rc held_visit(void *ctx, const struct held *held, struct err *err);

/* Needs MAY_PERSON. RC_INPUT: not a number. *drafts: how many of the user's drafts hold it. Nothing found is RC_OK. */
enum rc held_walk(struct app *app, const char *id_no, held_visit *each, void *ctx, size_t *drafts,
		  struct err *err) MUST_CHECK;

#endif
