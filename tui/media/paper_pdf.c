/* paper_pdf.c - a filled paper (core/rules/paper.h) on sheets of A5 or A4. */
#include <stdlib.h>
#include <string.h>

#include "db/base/stream.h"
#include "tui/media/pdf.h"
#include "tui/media/run.h"

enum { COLUMNS_MAX = 20 };

#define MM 2.834646F
#define LEADING 1.38F  /* of a line, in its size */
#define GAP 0.75F      /* of an empty line, in lines */
#define LETTER 0.58F   /* what a letter of a column's width is, in its size */
#define PAD 2.0F       /* beside the text of a cell */
#define QR_SIDE 44.0F
#define QR_ROOM 52.0F

struct sheet {
	struct pdf pdf;
	float size; /* of letters */
	bool right[COLUMNS_MAX];
	float widths[COLUMNS_MAX];
	char *titles[COLUMNS_MAX]; /* to be said again on the next page */
	size_t columns; /* of the open table; 0: none */
};

static float line_height(const struct sheet *s)
{
	return s->size * LEADING;
}

/* Room for `height` more, on a new page if need be. */
static void need(struct sheet *s, float height)
{
	if (s->pdf.y + height > pdf_floor(&s->pdf) && s->pdf.y > s->pdf.top)
		pdf_page(&s->pdf);
}

static void put_text(struct sheet *s, bool bold, size_t indent, const char *text)
{
	float x = (float)(indent < 40 ? indent : 40) * s->size * LETTER;
	float width = pdf_across(&s->pdf) - x;

	do {
		size_t pass, len = pdf_line(&s->pdf, text, width, bold, s->size, &pass);

		need(s, line_height(s));
		pdf_put(&s->pdf, text, len, s->pdf.left + x, s->pdf.y, width, PDF_LEFT, bold, s->size);
		s->pdf.y += line_height(s);
		text += pass;
	} while (*text);
}

/* Centred between x and x + width from `y` on; where it ends. What nearly fits is pressed, the rest wrapped. */
static float put_centered(struct sheet *s, const char *text, float x, float y, float width, bool bold, float size)
{
	if (!*text)
		return y;
	do {
		size_t pass, len = strcspn(text, "\n");

		if (pdf_text_width(&s->pdf, text, len, bold, size) * 0.8F > width)
			len = pdf_line(&s->pdf, text, width, bold, size, &pass);
		else
			pass = len + (text[len] == '\n');
		pdf_put(&s->pdf, text, len, x, y, width, PDF_CENTER, bold, size);
		y += size * LEADING;
		text += pass;
	} while (*text);
	return y;
}

static void put_center(struct sheet *s, bool bold, const char *text)
{
	float size = bold ? s->size * 1.2F : s->size;

	need(s, size * LEADING);
	s->pdf.y = put_centered(s, text, s->pdf.left, s->pdf.y, pdf_across(&s->pdf), bold, size);
}

/* The right part is the wider one: the nation's name stands there. */
static void put_two(struct sheet *s, const struct stream *line)
{
	float across = pdf_across(&s->pdf), part = across * 0.45F, y, other;
	const char *left = stream_word(line, 2), *right = stream_word(line, 4);
	bool left_bold = *stream_word(line, 1) == 'b', right_bold = *stream_word(line, 3) == 'b';

	need(s, line_height(s));
	y = put_centered(s, left, s->pdf.left, s->pdf.y, part, left_bold, s->size);
	other = put_centered(s, right, s->pdf.left + part, s->pdf.y, across - part, right_bold, s->size);
	s->pdf.y = (y > other ? y : other);
	if (!*left && !*right)
		s->pdf.y += line_height(s);
}

static void put_code(struct sheet *s, const char *text)
{
	float y = s->pdf.height - s->pdf.bottom - QR_SIDE;

	s->pdf.foot = QR_ROOM;
	pdf_qr(&s->pdf, text, s->pdf.left, y, QR_SIDE);
	pdf_put(&s->pdf, text, strlen(text), s->pdf.left + QR_SIDE + 8, y + QR_SIDE - s->size * LEADING,
		pdf_across(&s->pdf) - QR_SIDE - 8, PDF_LEFT, true, s->size);
}

/* Cells of one row with their frame; how high it is. */
static void put_cells(struct sheet *s, const char *const *cells, bool bold)
{
	float x = s->pdf.left, top, height = 0;

	for (size_t i = 0; i < s->columns; i++) {
		float lines = (float)pdf_lines(&s->pdf, cells[i], s->widths[i] - 2 * PAD, bold, s->size);

		height = lines * line_height(s) > height ? lines * line_height(s) : height;
	}
	height += PAD;
	need(s, height);
	top = s->pdf.y;
	for (size_t i = 0; i < s->columns; i++) {
		const char *text = cells[i];
		float y = top + PAD / 2;

		do {
			size_t pass, len = pdf_line(&s->pdf, text, s->widths[i] - 2 * PAD, bold, s->size, &pass);

			pdf_put(&s->pdf, text, len, x + PAD, y, s->widths[i] - 2 * PAD,
				bold ? PDF_CENTER : s->right[i] ? PDF_RIGHT : PDF_LEFT, bold, s->size);
			y += line_height(s);
			text += pass;
		} while (*text && y < pdf_floor(&s->pdf)); /* a cell higher than a sheet is cut */
		pdf_rule(&s->pdf, x, top, x, top + height);
		x += s->widths[i];
	}
	pdf_rule(&s->pdf, x, top, x, top + height);
	pdf_rule(&s->pdf, s->pdf.left, top, x, top);
	pdf_rule(&s->pdf, s->pdf.left, top + height, x, top + height);
	s->pdf.y = top + height;
}

static void close_table(struct sheet *s)
{
	for (size_t i = 0; i < s->columns; i++) {
		free(s->titles[i]);
		s->titles[i] = NULL;
	}
	if (s->columns)
		s->pdf.y += PAD;
	s->columns = 0;
}

/* Columns of 0 share the rest; when there is none, all are pressed together. */
static void settle_widths(struct sheet *s)
{
	float across = pdf_across(&s->pdf), fixed = 0, least = 12 * s->size * LETTER, scale = 1;
	size_t open = 0;

	for (size_t i = 0; i < s->columns; i++) {
		fixed += s->widths[i];
		open += s->widths[i] <= 0;
	}
	if (fixed + (float)open * least > across)
		scale = (across - (float)open * least > across / 4 ? across - (float)open * least : across / 4) / fixed;
	else if (!open && fixed > 0)
		scale = across / fixed;
	for (size_t i = 0; i < s->columns; i++)
		s->widths[i] = s->widths[i] > 0 ? s->widths[i] * scale : (across - fixed * scale) / (float)open;
}

static enum media_fault put_columns(struct sheet *s, const struct stream *line)
{
	size_t columns = (line->count - 1) / 2;

	if (!columns || columns > COLUMNS_MAX)
		return MEDIA_FAULT_STREAM;
	s->columns = columns;
	for (size_t i = 0; i < columns; i++) {
		const char *width = stream_word(line, 1 + 2 * i);
		unsigned long letters;

		s->right[i] = *width == '>';
		letters = strtoul(width + s->right[i], NULL, 10);
		s->widths[i] = letters && letters < 1000 ? (float)letters * s->size * LETTER + 2 * PAD : 0;
		s->titles[i] = strdup(stream_word(line, 2 + 2 * i));
		if (!s->titles[i])
			die("out of memory");
	}
	settle_widths(s);
	need(s, 3 * line_height(s));
	put_cells(s, (const char *const *)s->titles, true);
	return MEDIA_FINE;
}

static enum media_fault put_row(struct sheet *s, const struct stream *line)
{
	const char *cells[COLUMNS_MAX];
	size_t pages = s->pdf.pages;
	float high = 0;

	if (!s->columns || line->count - 1 != s->columns)
		return MEDIA_FAULT_STREAM;
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		cells[i] = stream_word(line, 1 + i);
	for (size_t i = 0; i < s->columns; i++) {
		float lines = (float)pdf_lines(&s->pdf, cells[i], s->widths[i] - 2 * PAD, false, s->size);

		high = lines > high ? lines : high;
	}
	need(s, high * line_height(s) + PAD);
	if (s->pdf.pages != pages)
		put_cells(s, (const char *const *)s->titles, true);
	put_cells(s, cells, false);
	return MEDIA_FINE;
}

static enum media_fault put_plain(struct sheet *s, const struct stream *line)
{
	const char *word = stream_word(line, 0);
	bool bold = *stream_word(line, 1) == 'b';

	if (!strcmp(word, "text")) {
		put_text(s, bold, strtoul(stream_word(line, 2), NULL, 10), stream_word(line, 3));
	} else if (!strcmp(word, "two")) {
		put_two(s, line);
	} else if (!strcmp(word, "center")) {
		put_center(s, bold, stream_word(line, 2));
	} else if (!strcmp(word, "gap")) {
		s->pdf.y += (float)(strtoul(stream_word(line, 1), NULL, 10) % 100) * line_height(s) * GAP;
	} else if (!strcmp(word, "line")) {
		need(s, line_height(s) / 2);
		pdf_rule(&s->pdf, s->pdf.left, s->pdf.y + 2, s->pdf.width - s->pdf.right, s->pdf.y + 2);
		s->pdf.y += 4;
	} else if (!strcmp(word, "page")) {
		pdf_page(&s->pdf);
	} else if (!strcmp(word, "code")) {
		put_code(s, stream_word(line, 1));
	} else {
		return MEDIA_FAULT_STREAM;
	}
	return MEDIA_FINE;
}

static enum media_fault put_line(struct sheet *s, const struct stream *line)
{
	const char *word = stream_word(line, 0);

	if (!strcmp(word, "row"))
		return put_row(s, line);
	close_table(s);
	return !strcmp(word, "columns") ? put_columns(s, line) : put_plain(s, line);
}

static enum media_fault begin(struct sheet *s, struct stream *line)
{
	const char *size;
	enum media_fault fault;

	if (!stream_next(line) || strcmp(stream_word(line, 0), "motcua-paper") || strcmp(stream_word(line, 1), "1"))
		return MEDIA_FAULT_STREAM;
	size = stream_word(line, 2);
	if (!strcmp(size, "A4L")) {
		s->size = 7;
		fault = pdf_begin(&s->pdf, 297 * MM, 210 * MM, 10 * MM);
	} else if (!strcmp(size, "A4")) {
		s->size = 10;
		fault = pdf_begin(&s->pdf, 210 * MM, 297 * MM, 18 * MM);
	} else {
		s->size = 8.2F;
		fault = pdf_begin(&s->pdf, 148 * MM, 210 * MM, 10 * MM);
	}
	if (!fault)
		pdf_page(&s->pdf);
	return fault;
}

enum media_fault run_paper_pdf(const struct buf *in, struct buf *out)
{
	struct sheet s = { .columns = 0 };
	struct stream line;
	bool ended = false;
	enum media_fault fault, end;

	stream_init(&line, in->data, in->len);
	fault = begin(&s, &line);
	while (!fault && !ended && stream_next(&line)) {
		ended = !strcmp(stream_word(&line, 0), "end");
		if (!ended)
			fault = put_line(&s, &line);
		if (!fault)
			fault = s.pdf.fault;
	}
	if (!fault && !ended)
		fault = MEDIA_FAULT_STREAM;
	close_table(&s);
	stream_done(&line);
	if (fault)
		s.pdf.fault = fault;
	end = pdf_end(&s.pdf, out);
	return fault ? fault : end;
}
