/*
 * sheet.h - lines that are not broken: a report wider and longer than the window.
 *
 * Up and Down, pages, Home and End move along it, Left and Right across its
 * tables, a whole column at a time.
 * The text is copied; sheet_done frees it.
 */
#ifndef MOTCUA_TUI_SHEET_H
#define MOTCUA_TUI_SHEET_H

#include "tui/action.h"
#include "tui/draw.h"
#include "tui/sheet_cols.h"

struct sheet {
	char *text; /* lines, each ended by NUL */
	char **lines;
	int count;
	struct sheet_table *tables;
	int table_count;
	int top, left;  /* the first line shown; columns of tables left out */
	int page, wide; /* rows and columns drawn last time */
};

void sheet_init(struct sheet *sheet);
/* Another text; shown from its start. */
void sheet_set(struct sheet *sheet, const char *text);
void sheet_done(struct sheet *sheet);
void sheet_draw(struct sheet *sheet, struct canvas *canvas, struct area area, enum lang lang);
/* Moves; false: not ours. */
bool sheet_action(struct sheet *sheet, enum ui_action action);

#endif
