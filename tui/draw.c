/* draw.c - see draw.h. */
#include "tui/draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/words.h"

void canvas_init(struct canvas *canvas)
{
	memset(canvas, 0, sizeof(*canvas));
	canvas->cursor_row = -1;
	canvas->cursor_col = -1;
}

void canvas_size(struct canvas *canvas, int rows, int cols)
{
	rows = rows < 1 ? 1 : rows > CANVAS_ROWS ? CANVAS_ROWS : rows;
	cols = cols < 1 ? 1 : cols > CANVAS_COLS ? CANVAS_COLS : cols;
	if (rows != canvas->rows || cols != canvas->cols) {
		free(canvas->cells);
		canvas->cells = calloc((size_t)rows * (size_t)cols, sizeof(struct glyph));
		if (!canvas->cells)
			die("no memory for the screen");
		canvas->rows = rows;
		canvas->cols = cols;
	}
	canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
	size_t count = (size_t)canvas->rows * (size_t)canvas->cols;

	for (size_t i = 0; i < count; i++) {
		canvas->cells[i].text[0] = ' ';
		memset(canvas->cells[i].text + 1, 0, GLYPH_BYTES - 1);
		canvas->cells[i].style = STYLE_TEXT;
	}
	canvas->cursor_row = -1;
	canvas->cursor_col = -1;
	memset(&canvas->spoken, 0, sizeof(canvas->spoken));
}

void canvas_done(struct canvas *canvas)
{
	free(canvas->cells);
	canvas_init(canvas);
}

struct glyph *canvas_at(const struct canvas *canvas, int row, int col)
{
	if (row < 0 || col < 0 || row >= canvas->rows || col >= canvas->cols)
		return NULL;
	return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

void canvas_line(const struct canvas *canvas, int row, struct buf *out)
{
	const struct glyph *glyphs = canvas_at(canvas, row, 0);
	int last = canvas->cols - 1;

	if (!glyphs)
		return;
	while (last >= 0 && !strcmp(glyphs[last].text, " "))
		last--;
	for (int col = 0; col <= last; col++)
		buf_text(out, glyphs[col].text);
}

/* One letter of `len` bytes and `cols` columns. */
static void put_letter(struct canvas *canvas, int row, int col, int cols, enum style style, const char *text,
		       size_t len)
{
	for (int i = 0; i < cols; i++) {
		struct glyph *cell = canvas_at(canvas, row, col + i);

		if (!cell)
			return;
		memset(cell->text, 0, sizeof(cell->text));
		if (i == 0)
			memcpy(cell->text, text, len < GLYPH_BYTES ? len : 0);
		cell->style = (uint8_t)style;
	}
}

/* The letter at `text`: its bytes and columns. What no terminal can show is `?`. */
static size_t letter_at(const char *text, char letter[GLYPH_BYTES], int *cols)
{
	size_t len = utf8_next(text, 0);
	size_t keep = len < GLYPH_BYTES ? len : GLYPH_BYTES - 1;

	memcpy(letter, text, keep);
	letter[keep] = '\0';
	*cols = (int)utf8_cols(letter);
	if (len >= GLYPH_BYTES || *cols < 1 || (unsigned char)letter[0] < 0x20 || letter[0] == 0x7f ||
	    (len == 1 && (unsigned char)letter[0] >= 0x80)) {
		memcpy(letter, "?", 2);
		*cols = 1;
	}
	return len;
}

int draw_text(struct canvas *canvas, int row, int col, int width, enum style style, const char *text)
{
	int used = 0, total = (int)utf8_cols(text);
	bool cut = total > width;

	if (width < 1)
		return 0;
	while (*text) {
		char letter[GLYPH_BYTES];
		int cols;
		size_t len = letter_at(text, letter, &cols);

		if (used + cols > (cut ? width - 1 : width))
			break;
		put_letter(canvas, row, col + used, cols, style, letter, strlen(letter));
		used += cols;
		text += len;
	}
	if (cut && used < width) {
		put_letter(canvas, row, col + used, 1, style, "…", strlen("…"));
		used++;
	}
	return used;
}

void draw_pad(struct canvas *canvas, int row, int col, int width, enum style style, const char *text)
{
	int used = draw_text(canvas, row, col, width, style, text);

	for (; used < width; used++)
		put_letter(canvas, row, col + used, 1, style, " ", 1);
}

void draw_right(struct canvas *canvas, int row, int col, int width, enum style style, const char *text)
{
	int total = (int)utf8_cols(text);

	draw_text(canvas, row, total < width ? col + width - total : col, width, style, text);
}

int draw_format(struct canvas *canvas, int row, int col, int width, enum style style, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return draw_text(canvas, row, col, width, style, text);
}

void draw_fill(struct canvas *canvas, struct area area, enum style style)
{
	for (int row = 0; row < area.rows; row++)
		draw_pad(canvas, area.row + row, area.col, area.cols, style, "");
}

static void put_line(struct canvas *canvas, int row, int col, const char *line)
{
	put_letter(canvas, row, col, 1, STYLE_DIM, line, strlen(line));
}

void draw_rule(struct canvas *canvas, int row, int col, int width)
{
	for (int i = 0; i < width; i++)
		put_line(canvas, row, col + i, LINE_H);
}

void draw_box(struct canvas *canvas, struct area area, const char *title)
{
	int right = area.col + area.cols - 1, bottom = area.row + area.rows - 1;
	char words[1024];

	words_capital(title, words, sizeof(words));
	if (canvas->bare) {
		struct area rows = { area.row, 0, area.rows, canvas->cols };

		draw_fill(canvas, rows, STYLE_TEXT);
		draw_text(canvas, area.row, area.col, area.cols, STYLE_STRONG, words);
		return;
	}
	draw_fill(canvas, area, STYLE_TEXT);
	draw_rule(canvas, area.row, area.col, area.cols);
	draw_rule(canvas, bottom, area.col, area.cols);
	for (int row = area.row + 1; row < bottom; row++) {
		put_line(canvas, row, area.col, LINE_V);
		put_line(canvas, row, right, LINE_V);
	}
	put_line(canvas, area.row, area.col, LINE_TL);
	put_line(canvas, area.row, right, LINE_TR);
	put_line(canvas, bottom, area.col, LINE_BL);
	put_line(canvas, bottom, right, LINE_BR);
	if (*title)
		draw_format(canvas, area.row, area.col + 2, area.cols - 4, STYLE_STRONG, " %s ", words);
}

void draw_bar(struct canvas *canvas, int row, int col, int width, int64_t value, int64_t max)
{
	int full = max > 0 && value > 0 ? (int)((value >= max ? 1.0 : (double)value / (double)max) * width) : 0;

	for (int i = 0; i < width; i++)
		put_letter(canvas, row, col + i, 1, i < full ? STYLE_STRONG : STYLE_DIM, i < full ? "#" : ".", 1);
}

/* Bytes of the next line of `text` in `width` columns; *skip is what stands between it and the one after. */
static size_t wrap_line(const char *text, int width, size_t *skip)
{
	size_t end = strcspn(text, "\n");
	size_t fit = utf8_cut_cols(text, (size_t)(width < 1 ? 1 : width));
	size_t space;

	if (fit >= end) {
		*skip = text[end] == '\n' ? 1 : 0;
		return end;
	}
	for (space = fit; space > 0 && text[space] != ' '; space--)
		;
	*skip = space ? 1 : 0;
	if (space)
		return space;
	return fit ? fit : utf8_next(text, 0);
}

/* How far the rest of a line is moved in: to where the line itself begins, while that leaves it room. */
static int hanging(const char *text, int width)
{
	int blanks = (int)strspn(text, " ");

	return blanks < width / 2 ? blanks : 0;
}

/* A text being broken into lines of `width` columns. */
struct wrap {
	const char *at;
	int width, in, hang;
};

static struct wrap wrap_begin(const char *text, int width)
{
	return (struct wrap){ text, width, 0, hanging(text, width) };
}

/* The next line: its start, bytes, and how far it is moved in; false at the end. */
static bool wrap_next(struct wrap *wrap, const char **line, size_t *len, int *in)
{
	size_t gap;

	if (!*wrap->at)
		return false;
	*line = wrap->at;
	*in = wrap->in;
	*len = wrap_line(wrap->at, wrap->width - wrap->in, &gap);
	wrap->at += *len + gap;
	wrap->in = wrap->hang;
	if ((*line)[*len] == '\n') {
		wrap->in = 0;
		wrap->hang = hanging(wrap->at, wrap->width);
	}
	return true;
}

int draw_wrapped(struct canvas *canvas, struct area area, int skip, enum style style, const char *text)
{
	struct wrap wrap = wrap_begin(text, area.cols);
	char piece[CANVAS_COLS * 4 + 1];
	const char *line;
	int row = 0, in;
	size_t len;

	while (row < area.rows && wrap_next(&wrap, &line, &len, &in)) {
		if (skip-- > 0)
			continue;
		snprintf(piece, sizeof(piece), "%.*s", (int)len, line);
		draw_text(canvas, area.row + row++, area.col + in, area.cols - in, style, piece);
	}
	return row;
}

int draw_wrapped_rows(const char *text, int width)
{
	struct wrap wrap = wrap_begin(text, width);
	const char *line;
	int rows = 0, in;
	size_t len;

	while (wrap_next(&wrap, &line, &len, &in))
		rows++;
	return rows;
}

void draw_cursor(struct canvas *canvas, int row, int col)
{
	canvas->cursor_row = row;
	canvas->cursor_col = col;
}

int hint_bar_cols(const struct hint *hints, size_t count)
{
	int cols = 0;

	for (size_t i = 0; i < count; i++)
		cols += (int)(utf8_cols(hints[i].key) + 1 + utf8_cols(hints[i].words) + (i ? 2 : 0));
	return cols;
}

/* Whole hints only: one that would be cut is left out. */
static void draw_hints(struct canvas *canvas, int row, const struct frame *frame)
{
	int col = 0;

	for (size_t i = 0; i < frame->hint_count; i++) {
		const struct hint *hint = &frame->hints[i];
		int need = hint_bar_cols(hint, 1);

		if (col + need > canvas->cols)
			return;
		col += draw_text(canvas, row, col, canvas->cols, STYLE_KEY, hint->key) + 1;
		col += draw_text(canvas, row, col, canvas->cols - col, STYLE_TEXT, hint->words) + 2;
	}
}

/* The message over the hint bar, up to the rows it needs; returns how many it took. */
static int draw_message(struct canvas *canvas, const struct frame *frame)
{
	int last = canvas->rows - 2, state = (int)utf8_cols(frame->state);
	struct area area = { last, 0, 1, canvas->cols - state - 1 };
	int need = draw_wrapped_rows(frame->message, area.cols);

	area.rows = need < 1 ? 1 : need > MESSAGE_ROWS ? MESSAGE_ROWS : need;
	area.row = last + 1 - area.rows;
	draw_wrapped(canvas, area, 0, frame->message_style, frame->message);
	draw_right(canvas, last, 0, canvas->cols, STYLE_DIM, frame->state);
	return area.rows;
}

struct area draw_frame(struct canvas *canvas, const struct frame *frame)
{
	char title[512];
	int right, message;

	snprintf(title, sizeof(title), " %s%s%s ", frame->user, *frame->user ? " · " : "", frame->date);
	right = (int)utf8_cols(title);
	draw_pad(canvas, 0, 0, canvas->cols, STYLE_TITLE, "");
	draw_right(canvas, 0, 0, canvas->cols, STYLE_TITLE, title);
	snprintf(title, sizeof(title), " %s%s%s", frame->unit, *frame->unit ? " · " : "", frame->screen);
	draw_text(canvas, 0, 0, canvas->cols - right, STYLE_TITLE, title);
	message = draw_message(canvas, frame);
	draw_hints(canvas, canvas->rows - 1, frame);
	return (struct area){ 1, 0, canvas->rows - 2 - message, canvas->cols };
}
