/*
 * work.h - what the verbs of transit.c share: one change under way, its steps and its pauses.
 *
 * Pure but for memory, as dossier.h.
 */
#ifndef MOTCUA_RULES_WORK_H
#define MOTCUA_RULES_WORK_H

#include "core/rules/dossier.h"

struct work {
	const struct rec *fields;
	const struct dossier_context *ctx;
	struct rec *rec; /* becomes `after` */
	struct explain *doubts;
	struct err *err;
};

/* Field `sub` of the element at `path`. */
void work_put(struct rec *rec, struct path path, unsigned sub, int64_t value);
void work_put_text(struct rec *rec, struct path path, unsigned sub, const char *text);
/*
 * The key of a new element of list `tag`: behind `after` (an element of the first record, may be NULL), then by
 * moment, device and count, so that two devices never write into one element.
 */
struct path work_born(const struct work *w, unsigned tag, const struct element *after);
/* The list holds all it may. */
bool work_full(const struct rec *rec, unsigned tag);
/* The reason given, or the note in its place; "" when neither. */
const char *work_reason(const struct work *w);

/* The open step, or all of them, ends now. */
void work_close_steps(struct work *w, bool all);
/* Hand over: close the open step and give the next, or the one the fields name. */
enum rc work_forward(struct work *w) MUST_CHECK;

/* A pause begins now. */
enum rc work_pause(struct work *w, int kind, const char *reason) MUST_CHECK;
/* Open pauses of `kind` (0: all) end now; the promise and open steps move on when none is left. */
enum rc work_close_pauses(struct work *w, int kind) MUST_CHECK;

#endif
