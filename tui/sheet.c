/* sheet.c - see sheet.h. */
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"

void sheet_init(struct sheet *sheet)
{
	memset(sheet, 0, sizeof(*sheet));
}

void sheet_done(struct sheet *sheet)
{
	free(sheet->text);
	free(sheet->lines);
	free(sheet->tables);
	sheet_init(sheet);
}

static void find_tables(struct sheet *sheet)
{
	int rules = 0, from = 0;

	for (int i = 0; i < sheet->count; i++)
		rules += sheet_is_rule(sheet->lines[i]);
	sheet->tables = calloc((size_t)rules + 1, sizeof(*sheet->tables));
	if (!sheet->tables)
		die("no memory for a text");
	for (int i = 0; i < sheet->count; i++) {
		struct sheet_table *table = &sheet->tables[sheet->table_count];

		if (!sheet_is_rule(sheet->lines[i]) ||
		    !sheet_table_find(sheet->lines, sheet->count, from, i, table))
			continue;
		from = i = table->last + 1;
		sheet->table_count++;
	}
}

void sheet_set(struct sheet *sheet, const char *text)
{
	char *line;
	size_t count = 1;

	sheet_done(sheet);
	sheet->text = strdup(text);
	for (const char *at = text; *at; at++)
		count += *at == '\n';
	sheet->lines = calloc(count, sizeof(*sheet->lines));
	if (!sheet->text || !sheet->lines)
		die("no memory for a text");
	for (line = sheet->text; line && *line && sheet->count < INT32_MAX;) {
		char *end = strchr(line, '\n');

		if (end)
			*end++ = '\0';
		sheet->lines[sheet->count++] = line;
		line = end;
	}
	find_tables(sheet);
}

static int clamp(int value, int max)
{
	return value < 0 || max < 0 ? 0 : value > max ? max : value;
}

/* How many columns can be left out until every table has shown its last. */
static int most_left(const struct sheet *sheet)
{
	int most = 0;

	for (int i = 0; i < sheet->table_count; i++) {
		int own = sheet_table_most(&sheet->tables[i], sheet->wide);

		most = own > most ? own : most;
	}
	return most;
}

/* Is something of a table that is on the screen to the right of it? */
static bool more_right(const struct sheet *sheet)
{
	for (int i = 0; i < sheet->table_count; i++) {
		const struct sheet_table *table = &sheet->tables[i];

		if (table->last >= sheet->top && table->first < sheet->top + sheet->page &&
		    sheet_table_more(table, clamp(sheet->left, sheet_table_most(table, sheet->wide)), sheet->wide))
			return true;
	}
	return false;
}

static void draw_line(const struct sheet *sheet, struct canvas *canvas, struct area area, int line)
{
	for (int i = 0; i < sheet->table_count; i++) {
		const struct sheet_table *table = &sheet->tables[i];

		if (line >= table->first && line <= table->last) {
			sheet_table_draw(table, canvas, area, sheet->lines[line], line,
					 clamp(sheet->left, sheet_table_most(table, area.cols)));
			return;
		}
	}
	draw_text(canvas, area.row, area.col, area.cols, STYLE_TEXT, sheet->lines[line]);
}

void sheet_draw(struct sheet *sheet, struct canvas *canvas, struct area area, enum lang lang)
{
	sheet->page = area.rows - 1;
	sheet->wide = area.cols;
	sheet->top = clamp(sheet->top, sheet->count - sheet->page);
	sheet->left = clamp(sheet->left, most_left(sheet));
	for (int i = 0; i < sheet->page && sheet->top + i < sheet->count; i++) {
		struct area line = { area.row + i, area.col, 1, area.cols };

		draw_line(sheet, canvas, line, sheet->top + i);
	}
	draw_format(
		canvas, area.row + area.rows - 1, area.col, area.cols, STYLE_DIM,
		lang == LANG_EN ? "lines %d-%d of %d%s%s" : "dòng %d-%d trong %d%s%s",
		sheet->count ? sheet->top + 1 : 0,
		sheet->top + sheet->page < sheet->count ? sheet->top + sheet->page : sheet->count,
		sheet->count, sheet->left ? (lang == LANG_EN ? ", more to the left" : ", còn bên trái") : "",
		more_right(sheet) ? (lang == LANG_EN ? ", more to the right" : ", còn bên phải") : "");
	draw_cursor(canvas, area.row, area.col);
}

bool sheet_action(struct sheet *sheet, enum ui_action action)
{
	int page = sheet->page > 1 ? sheet->page - 1 : 1;

	switch (action) {
	case UI_NEXT:
		sheet->top++;
		break;
	case UI_PREV:
		sheet->top--;
		break;
	case UI_PAGEDOWN:
	case UI_TOGGLE:
		sheet->top += page;
		break;
	case UI_PAGEUP:
		sheet->top -= page;
		break;
	case UI_HOME:
		sheet->top = sheet->left = 0;
		break;
	case UI_END:
		sheet->top = sheet->count;
		break;
	case UI_LEFT:
		sheet->left--;
		break;
	case UI_RIGHT:
		sheet->left++;
		break;
	default:
		return false;
	}
	sheet->top = clamp(sheet->top, sheet->count - sheet->page);
	sheet->left = clamp(sheet->left, most_left(sheet));
	return true;
}
