/* sheet.c - see sheet.h. */
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"

enum { SHEET_STEP = 20 };

void sheet_init(struct sheet *sheet)
{
	memset(sheet, 0, sizeof(*sheet));
}

void sheet_done(struct sheet *sheet)
{
	free(sheet->text);
	free(sheet->lines);
	sheet_init(sheet);
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
		int cols;

		if (end)
			*end++ = '\0';
		cols = (int)utf8_cols(line);
		sheet->cols = cols > sheet->cols ? cols : sheet->cols;
		sheet->lines[sheet->count++] = line;
		line = end;
	}
}

static int clamp(int value, int max)
{
	return value < 0 || max < 0 ? 0 : value > max ? max : value;
}

/* How far to the right there is something to see. */
static int most_left(const struct sheet *sheet)
{
	int lost = sheet->freeze - sheet->wide * 5 / 8;

	return sheet->cols - sheet->wide - (lost > 0 ? lost : 0);
}

/* One line; the frozen columns stay in front, as far as they leave room for others. */
static void draw_line(const struct sheet *sheet, struct canvas *canvas, struct area area, int line)
{
	const char *text = sheet->lines[line];
	int freeze = sheet->freeze > area.cols * 5 / 8 ? area.cols * 5 / 8 : sheet->freeze;
	char kept[1024];

	if (line < sheet->head || line >= sheet->count - sheet->foot || !sheet->left) {
		draw_text(canvas, area.row, area.col, area.cols, STYLE_TEXT, text);
		return;
	}
	(void)snprintf(kept, sizeof(kept), "%.*s", (int)utf8_cut_cols(text, (size_t)freeze), text);
	draw_text(canvas, area.row, area.col, freeze, STYLE_TEXT, kept);
	text += utf8_cut_cols(text, (size_t)sheet->freeze + (size_t)sheet->left);
	draw_text(canvas, area.row, area.col + freeze, area.cols - freeze, STYLE_TEXT, text);
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
		sheet->left < most_left(sheet) ? (lang == LANG_EN ? ", more to the right" : ", còn bên phải")
					       : "");
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
		sheet->left -= SHEET_STEP;
		break;
	case UI_RIGHT:
		sheet->left += SHEET_STEP;
		break;
	default:
		return false;
	}
	sheet->top = clamp(sheet->top, sheet->count - sheet->page);
	sheet->left = clamp(sheet->left, most_left(sheet));
	return true;
}
