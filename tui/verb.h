/*
 * verb.h - doing something to a dossier: the verb's own form, made from its fields, then core/act.
 */
#ifndef MOTCUA_TUI_VERB_H
#define MOTCUA_TUI_VERB_H

#include "core/act.h"
#include "tui/screen.h"

/* Ask for what the verb needs and do it; what happened stands on the message line. */
void verb_run(struct ui *ui, const char *code, const struct rec *dossier, const struct dossier_verb *verb);
/*
 * Ask once for what these dossiers will be told: into `input`, which is initialised for the verb. Nothing is done.
 * False: Esc, or the word that ends dossiers was not typed.
 */
bool verb_ask(struct ui *ui, const struct dossier_verb *verb, const char *const *codes, size_t count,
	      struct act_input *input);

#endif
