/*
 * deadline_why.h - the sentences behind a due date; for deadline.c alone.
 *
 * Pure. Each function appends to `why`, which may be NULL.
 */
#ifndef MOTCUA_DEADLINE_WHY_H
#define MOTCUA_DEADLINE_WHY_H

#include "core/rules/deadline.h"

/* How reception became the first promise `due`. */
void why_first(struct explain *why, const struct calendar *cal, const struct allowance *allowance,
	       msec received_at, msec due);
/* The first promise was typed, not counted. */
void why_typed(struct explain *why, msec received_at, msec due);
void why_pause(struct explain *why, const struct calendar *cal, const struct pause *pause, msec before,
	       msec after);
void why_extension(struct explain *why, const struct extension *extension);
/* The promise that stands, what is still a guess about it, and whether the record says otherwise. */
void why_end(struct explain *why, const struct calendar *cal, const struct promise *promise, msec due,
	     bool provisional);

#endif
