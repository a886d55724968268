/*
 * dossier_text.h - one dossier to read: its fields, steps, pauses, fees, papers, its history, its due date.
 *
 * Texts are lines for a pager, in the language of the screen; they hold
 * personal data and are wiped by their owner (buf_wipe_done).
 */
#ifndef MOTCUA_TUI_DOSSIER_TEXT_H
#define MOTCUA_TUI_DOSSIER_TEXT_H

#include "core/app.h"

void dossier_text(struct app *app, const struct rec *dossier, struct buf *out);
enum rc dossier_history_text(struct app *app, const char *code, struct buf *out, struct err *err) MUST_CHECK;
enum rc dossier_due_text(struct app *app, const char *code, struct buf *out, struct err *err) MUST_CHECK;

#endif
