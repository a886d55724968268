/* linear.c - see linear.h. */
#include "tui/linear.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/base/vn.h"

enum { LINEAR_MAX = 1 << 20 };

static bool row_differs(const struct canvas *a, const struct canvas *b, int row)
{
	for (int col = 0; col < a->cols; col++)
		if (strcmp(canvas_at(a, row, col)->text, canvas_at(b, row, col)->text))
			return true;
	return false;
}

/* A row that says something: not blank, not only a drawn line. */
static bool row_speaks(const struct canvas *canvas, int row)
{
	for (int col = 0; col < canvas->cols; col++) {
		const char *text = canvas_at(canvas, row, col)->text;

		if (*text && strcmp(text, " ") && strcmp(text, LINE_H))
			return true;
	}
	return false;
}

static void add_row(const struct canvas *canvas, int row, bool plain, const char *mark, struct buf *out)
{
	struct buf line = BUF(CANVAS_COLS * GLYPH_BYTES);

	canvas_line(canvas, row, &line);
	buf_text(out, mark);
	if (plain)
		vn_plain(buf_str(&line), out);
	else
		buf_text(out, buf_str(&line));
	buf_text(out, "\r\n");
	buf_done(&line);
}

void linear_lines(const struct canvas *canvas, struct canvas *shown, bool plain, struct buf *out)
{
	int focus = canvas->cursor_row;
	bool focus_moved = focus != shown->cursor_row;

	if (shown->rows != canvas->rows || shown->cols != canvas->cols)
		canvas_size(shown, canvas->rows, canvas->cols);
	for (int row = 0; row < canvas->rows; row++)
		if (row != focus && row_differs(canvas, shown, row) && row_speaks(canvas, row))
			add_row(canvas, row, plain, "", out);
	if (focus >= 0 && focus < canvas->rows && (focus_moved || row_differs(canvas, shown, focus)))
		add_row(canvas, focus, plain, "> ", out);
	memcpy(shown->cells, canvas->cells, sizeof(struct glyph) * (size_t)canvas->rows * (size_t)canvas->cols);
	shown->cursor_row = focus;
	shown->cursor_col = canvas->cursor_col;
}

void linear_show(const struct canvas *canvas, struct canvas *shown, bool plain)
{
	struct buf out = BUF(LINEAR_MAX);

	linear_lines(canvas, shown, plain, &out);
	for (size_t at = 0; at < out.len;) {
		ssize_t put = write(STDOUT_FILENO, out.data + at, out.len - at);

		if (put <= 0)
			break;
		at += (size_t)put;
	}
	buf_done(&out);
}
