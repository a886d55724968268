/*
 * sheet_cols.h - the columns of a table that is there as text only.
 *
 * Pure. A table is a rule of LINE_H with its headings in the line above, the
 * names of groups of columns perhaps over them, and rows below up to an empty
 * line. Where headings and rows all leave two blanks a column ends. So tables
 * can be read to the right by whole columns, with the first ones standing still.
 */
#ifndef MOTCUA_TUI_SHEET_COLS_H
#define MOTCUA_TUI_SHEET_COLS_H

#include "tui/draw.h"

enum { SHEET_COLS = 64 };

struct sheet_table {
	int first, rule, last; /* lines: the first over the rule, the rule, the last row */
	int count;             /* columns */
	int frozen;            /* how many of them stand still */
	int start[SHEET_COLS], width[SHEET_COLS];
};

/* The table whose rule is line `rule`; lines before `from` belong to others. False: that is no table. */
bool sheet_table_find(char *const *lines, int count, int from, int rule, struct sheet_table *out);
/* Is this line a rule? */
bool sheet_is_rule(const char *line);
/* How many columns after the frozen ones can be left out at most in `cols` columns of screen. */
int sheet_table_most(const struct sheet_table *table, int cols);
/* Is there a column to the right that is not drawn when `skip` are left out? */
bool sheet_table_more(const struct sheet_table *table, int skip, int cols);
/* One line of it with `skip` columns left out. */
void sheet_table_draw(const struct sheet_table *table, struct canvas *canvas, struct area row, const char *text,
		      int line, int skip);

#endif
