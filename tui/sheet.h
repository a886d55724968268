/*
 * sheet.h - lines that are not broken: a report wider and longer than the window.
 *
 * Up and Down, pages, Home and End move along it, Left and Right across it.
 * The text is copied; sheet_done frees it.
 */
#ifndef MOTCUA_TUI_SHEET_H
#define MOTCUA_TUI_SHEET_H

#include "tui/action.h"
#include "tui/draw.h"

struct sheet {
	char *text; /* lines, each ended by NUL */
	char **lines;
	int count, cols; /* lines, and the columns of the widest */
	int top, left;
	int head, foot, freeze; /* set after sheet_set: lines above and below, and columns on the left, that
				   stand still */
	int page, wide;		/* rows and columns drawn last time */
};

void sheet_init(struct sheet *sheet);
/* Another text; shown from its start. */
void sheet_set(struct sheet *sheet, const char *text);
void sheet_done(struct sheet *sheet);
void sheet_draw(struct sheet *sheet, struct canvas *canvas, struct area area, enum lang lang);
/* Moves; false: not ours. */
bool sheet_action(struct sheet *sheet, enum ui_action action);

#endif
