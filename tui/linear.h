/*
 * linear.h - the screen as lines: for screen readers, very slow links, logs.
 *
 * Prints every line of `canvas` that differs from `shown`, top to bottom, the
 * line under the cursor last and marked `> `; then makes `shown` the same.
 * Never moves the cursor, never erases. `plain` takes the marks off letters.
 */
#ifndef MOTCUA_TUI_LINEAR_H
#define MOTCUA_TUI_LINEAR_H

#include "tui/draw.h"

void linear_show(const struct canvas *canvas, struct canvas *shown, bool plain);
/* The same, appended to `out` instead of standard output. */
void linear_lines(const struct canvas *canvas, struct canvas *shown, bool plain, struct buf *out);

#endif
