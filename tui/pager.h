/*
 * pager.h - a long text to read: help, history, an explanation.
 */
#ifndef MOTCUA_TUI_PAGER_H
#define MOTCUA_TUI_PAGER_H

#include "tui/screen.h"

/* Show `text` (copied) until Esc, Enter or `q`. Lines are broken at spaces. */
void pager_run(struct ui *ui, const struct words *title, const char *text);

extern const struct screen_ops pager_screen;

#endif
