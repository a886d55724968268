/*
 * theme.h - how a style looks: a table a theme.
 *
 * Pure. Reverse, bold and underline tell styles apart in every theme; colour
 * only adds, so that nothing is lost on a terminal without it. Colours are
 * curses' eight, -1 the terminal's own.
 */
#ifndef MOTCUA_TUI_THEME_H
#define MOTCUA_TUI_THEME_H

#include "tui/draw.h"

enum { LOOK_BOLD = 1, LOOK_UNDERLINE = 2, LOOK_REVERSE = 4 };

struct look {
	int8_t attr;   /* LOOK_* */
	int8_t fg, bg;
};

struct theme {
	const char *name; /* as in the setting `theme` and in MOTCUA_THEME */
	bool color;
	struct look looks[STYLE_COUNT];
};

/* Ends with a NULL name; the first is the usual one. */
extern const struct theme themes[];
/* The theme of that name; NULL when there is none. */
const struct theme *theme_named(const char *name);
/* The theme for a terminal without colours. */
const struct theme *theme_mono(void);

#endif
