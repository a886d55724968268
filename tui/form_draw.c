/* form_draw.c - how a form looks. */
#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/form.h"

enum { FORM_LABEL_MIN = 10, FORM_LIVE_GAP = 2, ERROR_LINE = FORM_ERROR_TEXT + 160 };

static bool row_shown(const struct form *form, size_t row)
{
	return !(form->hooks && form->hooks->hidden && form->hooks->hidden(form->ctx, row));
}

static int label_cols(const struct form *form)
{
	int cols = FORM_LABEL_MIN;

	for (size_t i = 0; i < form->count; i++) {
		int own = (int)utf8_cols(words_in(&form->rows[i].label, form->lang));

		if (row_shown(form, i) && own > cols)
			cols = own;
	}
	return cols;
}

static bool row_failed(const struct form *form, size_t row)
{
	for (size_t i = 0; i < form->error_count; i++)
		if (form->errors[i].row == row)
			return true;
	return false;
}

/* Columns of the field itself. */
static int field_cols(const struct form_row *row, int room)
{
	int cols = row->width ? row->width : room;

	return cols < room ? cols : room;
}

/* What the text means, or the hint of an empty focused field. */
static void draw_live(struct form *form, struct canvas *canvas, int y, int x, int room, size_t row, bool focused)
{
	char text[256] = "";
	enum style style = STYLE_DIM;

	if (form->hooks && form->hooks->live)
		form->hooks->live(form->ctx, row, text, sizeof(text), &style);
	if (!*text && focused && !form->edits[row].len)
		snprintf(text, sizeof(text), "%s", words_in(&form->rows[row].hint, form->lang));
	if (*text)
		draw_text(canvas, y, x, room, style, text);
}

static void draw_field(struct form *form, struct canvas *canvas, int y, struct area area, int labels, size_t row,
		       bool focused)
{
	const struct form_row *def = &form->rows[row];
	struct edit_rules rules = form_rules(def);
	int x = area.col + 2 + labels + 2, room = area.cols - (2 + labels + 2), cols = field_cols(def, room);
	char label[128];

	if (row_failed(form, row))
		draw_text(canvas, y, area.col, 1, STYLE_BAD, "!");
	snprintf(label, sizeof(label), "%s:", words_in(&def->label, form->lang));
	draw_text(canvas, y, area.col + 2, labels + 1, focused ? STYLE_STRONG : STYLE_LABEL, label);
	edit_draw(&form->edits[row], &rules, canvas, y, x, cols, focused);
	if (cols + FORM_LIVE_GAP < room)
		draw_live(form, canvas, y, x + cols + FORM_LIVE_GAP, room - cols - FORM_LIVE_GAP, row, focused);
}

/* The matches of the focused W_PICK, in a box under its row. */
static void draw_matches(struct form *form, struct canvas *canvas, struct area area, int y, int labels)
{
	int x = area.col + 3 + labels, rows = (int)(form->matches.shown_count < FORM_LIST ? form->matches.shown_count :
											    FORM_LIST);
	struct area box = { y + 1, x, (rows ? rows : 1) + 2, area.cols - (x - area.col) }, inside;
	int cursor_row = canvas->cursor_row, cursor_col = canvas->cursor_col;
	static const struct words none = T("Không có mục nào khớp.", "Nothing matches.");

	if (box.row + box.rows > canvas->rows - 2 && y - box.rows > 0) /* no room below: above */
		box.row = y - box.rows;
	inside = (struct area){ box.row + 1, box.col + 1, box.rows - 2, box.cols - 2 };
	draw_box(canvas, box, "");
	form->matches.first = 1;
	canvas->spoken.over = true;
	for (int i = 0; i < box.rows && box.row + i < CANVAS_ROWS; i++)
		canvas->spoken.quiet[box.row + i] = false;
	if (rows)
		list_draw(&form->matches, canvas, inside, form->lang, false);
	else
		draw_text(canvas, inside.row, inside.col + 2, inside.cols - 2, STYLE_DIM,
			  words_in(&none, form->lang));
	draw_cursor(canvas, cursor_row, cursor_col);
}

/* Arrows beside the rows, where more of them lie above or below. */
static void draw_more(const struct form *form, struct canvas *canvas, struct area area, size_t below)
{
	bool up = false, down = false;

	for (size_t row = 0; row < form->count; row++) {
		up = up || (row < form->top && row_shown(form, row));
		down = down || (row >= below && row_shown(form, row));
	}
	if (canvas->bare || area.rows < 2)
		return;
	if (up)
		draw_text(canvas, area.row, area.col + area.cols, 1, STYLE_DIM, "↑");
	if (down)
		draw_text(canvas, area.row + area.rows - 1, area.col + area.cols, 1, STYLE_DIM, "↓");
}

int form_draw(struct form *form, struct canvas *canvas, struct area area, bool focused)
{
	int labels = label_cols(form), y = area.row, focus_y = -1;
	size_t before = 0, row;

	for (size_t i = form->top; i < form->at; i++)
		before += row_shown(form, i);
	if (form->at < form->top)
		form->top = form->at;
	while ((int)before >= area.rows && form->top < form->at)
		before -= row_shown(form, form->top++);
	for (row = form->top; row < form->count && y < area.row + area.rows; row++) {
		bool here = focused && row == form->at;

		if (!row_shown(form, row))
			continue;
		draw_field(form, canvas, y, area, labels, row, here);
		if (y >= 0 && y < CANVAS_ROWS)
			canvas->spoken.quiet[y] = here || !form->edits[row].len;
		if (here)
			focus_y = y;
		y++;
	}
	draw_more(form, canvas, area, row);
	if (focused)
		canvas->spoken.form = form;
	if (focus_y >= 0 && form->open)
		draw_matches(form, canvas, area, focus_y, labels);
	return y - area.row;
}

static void error_text(const struct form *form, size_t i, char *out, size_t size)
{
	const struct form_error *error = &form->errors[i];
	const char *label = error->row < form->count ? words_in(&form->rows[error->row].label, form->lang) : "";

	snprintf(out, size, "%zu. %s%s%s", i + 1, label, *label ? ": " : "", error->text);
}

int form_error_rows(const struct form *form, int cols)
{
	char text[ERROR_LINE];
	int rows = 0;

	for (size_t i = 0; i < form->error_count; i++) {
		error_text(form, i, text, sizeof(text));
		rows += draw_wrapped_rows(text, cols);
	}
	return rows;
}

int form_draw_errors(const struct form *form, struct canvas *canvas, struct area area)
{
	char text[ERROR_LINE];
	int y = 0;

	for (size_t i = 0; i < form->error_count && y < area.rows; i++) {
		struct area left = { area.row + y, area.col, area.rows - y, area.cols };

		error_text(form, i, text, sizeof(text));
		y += draw_wrapped(canvas, left, 0, STYLE_BAD, text);
	}
	return y;
}
