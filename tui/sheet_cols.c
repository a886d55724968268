/* sheet_cols.c - see sheet_cols.h. */
#include "tui/sheet_cols.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

enum { SHEET_WIDE = 1024, SHEET_GAP = 2, WORDY = 12 };

bool sheet_is_rule(const char *line)
{
	size_t step = strlen(LINE_H), count = 0;

	for (; !strncmp(line, LINE_H, step); line += step)
		count++;
	return !*line && count > 3;
}

/* Which columns of the screen a line uses. */
static void mark_used(const char *line, bool used[SHEET_WIDE])
{
	for (int col = 0; *line && col < SHEET_WIDE; col++) {
		used[col] = used[col] || *line != ' ';
		line += utf8_next(line, 0);
	}
}

/* Runs of used columns, with a gap of two between them. */
static void take_columns(const bool used[SHEET_WIDE], struct sheet_table *out)
{
	int end = 0;

	for (int col = 0; col < SHEET_WIDE; col++) {
		if (!used[col])
			continue;
		if ((!out->count || col - end >= SHEET_GAP) && out->count < SHEET_COLS)
			out->start[out->count++] = col;
		end = col + 1;
		out->width[out->count - 1] = end - out->start[out->count - 1];
	}
}

/* What says which row one reads stands still: the columns up to the first wide one, if they leave room. */
static int frozen_columns(const struct sheet_table *table)
{
	for (int i = 0; i + 1 < table->count; i++)
		if (table->width[i] > WORDY)
			return table->start[i] + table->width[i] <= FRAME_COLS * 2 / 3 ? i + 1 : i;
	return table->count > 1 ? 1 : 0;
}

bool sheet_table_find(char *const *lines, int count, int from, int rule, struct sheet_table *out)
{
	bool used[SHEET_WIDE] = { false };

	memset(out, 0, sizeof(*out));
	if (rule < 1 || rule - 1 < from || !*lines[rule - 1])
		return false;
	out->rule = out->last = rule;
	out->first = rule - 1;
	if (rule - 2 >= from && *lines[rule - 2] == ' ')
		out->first = rule - 2;
	mark_used(lines[rule - 1], used);
	while (out->last + 1 < count && *lines[out->last + 1])
		mark_used(lines[++out->last], used);
	take_columns(used, out);
	out->frozen = frozen_columns(out);
	return out->count > 0;
}

/* What columns from `skip` after the frozen ones on take; *last is the last that fits whole. */
static void fit(const struct sheet_table *table, int skip, int cols, int *last)
{
	int at = 0;

	*last = -1;
	for (int i = 0; i < table->count; i++) {
		if (i >= table->frozen && i < table->frozen + skip)
			continue;
		if (at + table->width[i] > cols && *last >= table->frozen)
			return;
		*last = i;
		at += table->width[i] + SHEET_GAP;
	}
}

bool sheet_table_more(const struct sheet_table *table, int skip, int cols)
{
	int last;

	fit(table, skip, cols, &last);
	return last < table->count - 1;
}

int sheet_table_most(const struct sheet_table *table, int cols)
{
	int skip = 0;

	while (table->frozen + skip < table->count - 1 && sheet_table_more(table, skip, cols))
		skip++;
	return skip;
}

/* The part of a line in columns [start, start + width), without blanks at its end. */
static void slice(const char *text, int start, int width, char out[SHEET_WIDE * 4])
{
	size_t from = utf8_cut_cols(text, (size_t)start), len;

	len = utf8_cut_cols(text + from, (size_t)width);
	while (len && text[from + len - 1] == ' ')
		len--;
	snprintf(out, SHEET_WIDE * 4, "%.*s", (int)len, text + from);
}

/* The name of the group of columns that begins at or before `col`, its start in *at; "" when there is none. */
static void group_at(const char *text, int col, int *at, char out[SHEET_WIDE * 4])
{
	int here = 0;

	out[0] = '\0';
	*at = -1;
	while (*text) {
		size_t blanks = strspn(text, " "), len = 0;
		const char *two;

		text += blanks;
		here += (int)blanks;
		two = strstr(text, "  ");
		len = two ? (size_t)(two - text) : strlen(text);
		if (here > col || !len)
			return;
		snprintf(out, SHEET_WIDE * 4, "%.*s", (int)len, text);
		*at = here;
		here += (int)utf8_cols(out);
		text += len;
	}
}

/* Columns of the screen from column `i` of the table to the next group that is shown; `rest` if there is none. */
static int group_room(const struct sheet_table *table, const char *text, int i, int last, int group, int rest)
{
	char name[SHEET_WIDE * 4];
	int room = -SHEET_GAP, at;

	for (; i <= last; i++) {
		group_at(text, table->start[i], &at, name);
		if (at != group)
			return room;
		room += table->width[i] + SHEET_GAP;
	}
	return rest;
}

static void draw_groups(const struct sheet_table *table, struct canvas *canvas, struct area row, const char *text,
			int skip, int last)
{
	char name[SHEET_WIDE * 4];
	int x = 0, before = -1, at;

	for (int i = 0; i <= last; i++) {
		if (i >= table->frozen && i < table->frozen + skip)
			continue;
		group_at(text, table->start[i] + table->width[i] - 1, &at, name);
		if (at >= 0 && at != before) {
			int room = group_room(table, text, i, last, at, row.cols - x);

			draw_text(canvas, row.row, row.col + x, room, STYLE_TEXT, name);
		}
		before = at;
		x += table->width[i] + SHEET_GAP;
	}
}

void sheet_table_draw(const struct sheet_table *table, struct canvas *canvas, struct area row, const char *text,
		      int line, int skip)
{
	char piece[SHEET_WIDE * 4];
	int x = 0, last;

	fit(table, skip, row.cols, &last);
	if (line < table->rule - 1) {
		draw_groups(table, canvas, row, text, skip, last);
		return;
	}
	for (int i = 0; i <= last; i++) {
		int room = row.cols - x < table->width[i] ? row.cols - x : table->width[i];

		if (i >= table->frozen && i < table->frozen + skip)
			continue;
		slice(text, table->start[i], table->width[i], piece);
		if (line == table->rule)
			draw_rule(canvas, row.row, row.col + x, i < last ? room + SHEET_GAP : room);
		else
			draw_text(canvas, row.row, row.col + x, room, STYLE_TEXT, piece);
		x += table->width[i] + SHEET_GAP;
	}
}
