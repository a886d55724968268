/*
 * dossier.h - the states of a dossier and the verbs that move it. Pure.
 */
#ifndef MOTCUA_RULES_DOSSIER_H
#define MOTCUA_RULES_DOSSIER_H

#include "db/event.h"

/* Does the state of the record as folded so far allow the event's verb? Pure; true for verbs that move nothing. */
bool dossier_fits(const struct rec *so_far, const struct event *event);

#endif
