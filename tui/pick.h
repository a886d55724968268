/*
 * pick.h - choose one of many by typing a part of it.
 *
 * A box with a filter line and the items that hold every typed word, both
 * sides folded. Up and Down move while typing goes on; Enter chooses, Esc does
 * not. In linear mode items are numbered and a number chooses.
 */
#ifndef MOTCUA_TUI_PICK_H
#define MOTCUA_TUI_PICK_H

#include "tui/screen.h"

/* The words of an item. */
typedef void pick_item_fn(void *ctx, size_t item, char *out, size_t size);

/* The chosen item, or -1. Starts at `at`. */
long pick_run(struct ui *ui, const struct words *title, size_t count, pick_item_fn *item, void *ctx, size_t at);

extern const struct screen_ops pick_screen;

#endif
