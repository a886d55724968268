/*
 * help.h - help and palette, generated from ACTION_LIST, the bindings and ui_commands.
 */
#ifndef MOTCUA_TUI_HELP_H
#define MOTCUA_TUI_HELP_H

#include "tui/screen.h"

/* The keys of the screen on top, then those that mean the same everywhere. */
void help_run(struct ui *ui);
/* Every command and its key; the chosen one is done. */
void palette_run(struct ui *ui);

#endif
