/*
 * draw.h - the only file that writes cells.
 *
 * A canvas is a grid of cells in memory; widgets draw a whole frame into it
 * and term_show puts on the terminal what differs from the frame before. So
 * drawing needs no terminal, tests can read a screen as text, and the linear
 * mode can print changed lines.
 *
 * Rows and columns count from 0; widths are columns, never bytes. Text is
 * UTF-8 NFC and is cut at a letter, with `…` where something was cut off.
 * Everything outside the canvas is silently not drawn. A canvas is owned by
 * its caller (canvas_done); at most CANVAS_ROWS x CANVAS_COLS.
 */
#ifndef MOTCUA_TUI_DRAW_H
#define MOTCUA_TUI_DRAW_H

#include "db/base/buf.h"

enum {
	CANVAS_ROWS = 200,
	CANVAS_COLS = 500,
	GLYPH_BYTES = 12, /* a letter with its marks, NUL included */
	FRAME_ROWS = 24, /* the smallest window the program works in */
	FRAME_COLS = 80,
	HINTS_MAX = 9,
	MESSAGE_ROWS = 8, /* a message of 1024 bytes in 80 columns needs no more */
};

struct form;
struct list;
struct edit;

/* What a cell is, not how it looks: term.c knows colours and monochrome. */
enum style {
	STYLE_TEXT,
	STYLE_TITLE,  /* the first line */
	STYLE_LABEL,
	STYLE_FIELD,  /* what can be typed into */
	STYLE_FOCUS,  /* the field or row under the cursor */
	STYLE_KEY,    /* a key's name in the hint bar */
	STYLE_DIM,    /* explanation */
	STYLE_STRONG,
	STYLE_BAD,    /* late, wrong; a word or mark always says so too */
	STYLE_WARN,
	STYLE_GOOD,
	STYLE_COUNT
};

struct glyph {
	char text[GLYPH_BYTES]; /* one letter; "" right of a wide one */
	uint8_t style;
};

/*
 * Linear mode (linear.h): what a frame says beside its cells. Whoever draws fills it in; canvas_clear forgets it.
 */
struct spoken {
	struct form *form;       /* what takes the next line: a form's focused field, */
	struct list *list;       /* the number of a row, */
	struct edit *edit;       /* a filter */
	int side;                /* what stands from this column on is said after what stands left of it; 0 none */
	int page;                /* another number: every line is new */
	bool over;               /* some lines lie over others, which are not new when seen again */
	bool quiet[CANVAS_ROWS]; /* said only when all is said again */
	char prompt[128];        /* "" as fits what takes the line */
};

struct canvas {
	int rows, cols;
	struct glyph *cells;
	bool bare;                  /* linear mode: a box takes whole rows and has no lines */
	struct spoken spoken;
	int cursor_row, cursor_col; /* -1: nowhere said; the terminal then puts it at the message line */
};

struct area {
	int row, col, rows, cols;
};

/* Lines, drawn by the terminal's own means or as + - | in plain mode. */
#define LINE_H "─"
#define LINE_V "│"
#define LINE_TL "┌"
#define LINE_TR "┐"
#define LINE_BL "└"
#define LINE_BR "┘"

void canvas_init(struct canvas *canvas);
/* Make it `rows` x `cols` (clamped to 1.. the limits), blank. */
void canvas_size(struct canvas *canvas, int rows, int cols);
void canvas_clear(struct canvas *canvas);
void canvas_done(struct canvas *canvas);
/* One row as text, blanks at the end left off; appended to `out`. */
void canvas_line(const struct canvas *canvas, int row, struct buf *out);
struct glyph *canvas_at(const struct canvas *canvas, int row, int col); /* NULL outside */

/* Text from (row, col) in at most `width` columns; returns the columns used. */
int draw_text(struct canvas *canvas, int row, int col, int width, enum style style, const char *text);
/* The same, and blanks in `style` up to `width`. */
void draw_pad(struct canvas *canvas, int row, int col, int width, enum style style, const char *text);
/* Against the right edge of `width`. */
void draw_right(struct canvas *canvas, int row, int col, int width, enum style style, const char *text);
int draw_format(struct canvas *canvas, int row, int col, int width, enum style style, const char *format, ...)
	PRINTF_LIKE(6, 7);
void draw_fill(struct canvas *canvas, struct area area, enum style style);
void draw_rule(struct canvas *canvas, int row, int col, int width);
/* A box with its title in the upper line; what was inside is blanked. */
void draw_box(struct canvas *canvas, struct area area, const char *title);
/* `value` of `max` as a bar of `#` in `width` columns. */
void draw_bar(struct canvas *canvas, int row, int col, int width, int64_t value, int64_t max);
/* Text over several rows, broken at spaces; returns the rows used. `skip` rows are left out from the top. */
int draw_wrapped(struct canvas *canvas, struct area area, int skip, enum style style, const char *text);
/* The rows `text` needs in `width` columns. */
int draw_wrapped_rows(const char *text, int width);
/* Where the cursor stands when the frame is shown. */
void draw_cursor(struct canvas *canvas, int row, int col);

/* The frame around a screen's body. */
struct hint {
	const char *key;
	const char *words;
};

struct frame {
	const char *unit, *screen, *user, *date;
	const char *message;
	enum style message_style;
	const char *state; /* `[VN Telex]` and what else stands at the right of the message line */
	struct hint hints[HINTS_MAX];
	size_t hint_count;
};

/* Title, message and hint bar; returns the body between them: a long message takes rows of it. */
struct area draw_frame(struct canvas *canvas, const struct frame *frame);
/* The columns the hint bar needs. */
int hint_bar_cols(const struct hint *hints, size_t count);

#endif
