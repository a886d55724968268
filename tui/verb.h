/*
 * verb.h - doing something to a dossier: the verb's own form, made from its fields, then core/act.
 */
#ifndef MOTCUA_TUI_VERB_H
#define MOTCUA_TUI_VERB_H

#include "core/rules/dossier.h"
#include "tui/screen.h"

/* Ask for what the verb needs and do it; what happened stands on the message line. */
void verb_run(struct ui *ui, const char *code, const struct rec *dossier, const struct dossier_verb *verb);

#endif
