/*
 * bitmap.c - lines of text as a picture for a thermal printer: ESC/POS raster (GS v 0), so that the printer's code
 * page does not matter. One letter a column, from DejaVu Sans Mono.
 */
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/media/run.h"

enum {
	DOTS_MIN = 200,
	DOTS_MAX = 2400,
	COLS_MAX = 200,
	LINES_MAX = 2000,
	CUT_FEED = 4, /* lines fed before the cut */
};

struct canvas {
	FT_Library library;
	FT_Face face;
	unsigned dots, across; /* dots a line, bytes a line */
	unsigned cell, height, ascent; /* of a letter, in dots */
	uint8_t *rows;         /* of one line of text: height * across bytes */
};

static size_t widest(const char *text)
{
	size_t most = 1;

	while (*text) {
		size_t len = strcspn(text, "\n"), cols;
		char *line = strndup(text, len);

		if (!line)
			die("out of memory");
		cols = utf8_cols(line);
		free(line);
		most = cols > most ? cols : most;
		text += len + (text[len] == '\n');
	}
	return most;
}

/* The largest size whose letters all fit. */
static bool set_size(struct canvas *c, size_t cols)
{
	c->cell = c->dots / (unsigned)cols;
	for (unsigned size = c->cell * 2; size >= 4; size--) {
		if (FT_Set_Pixel_Sizes(c->face, 0, size))
			return false;
		if ((unsigned)(c->face->size->metrics.max_advance + 63) / 64 <= c->cell) {
			c->height = (unsigned)(c->face->size->metrics.height + 63) / 64;
			c->ascent = (unsigned)(c->face->size->metrics.ascender + 63) / 64;
			return c->height > 0;
		}
	}
	return false;
}

static void put_glyph(struct canvas *c, int32_t cp, unsigned col)
{
	const FT_Bitmap *map;
	int left, top;

	if (FT_Load_Char(c->face, (FT_ULong)cp, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO))
		return;
	map = &c->face->glyph->bitmap;
	left = (int)(col * c->cell) + c->face->glyph->bitmap_left;
	top = (int)c->ascent - c->face->glyph->bitmap_top;
	for (int y = 0; y < (int)map->rows; y++)
		for (int x = 0; x < (int)map->width; x++) {
			int row = top + y, dot = left + x;

			if (row >= 0 && row < (int)c->height && dot >= 0 && dot < (int)c->dots &&
			    map->buffer[y * map->pitch + x / 8] >> (7 - x % 8) & 1)
				c->rows[(unsigned)row * c->across + (unsigned)dot / 8] |= (uint8_t)(0x80 >> dot % 8);
		}
}

static void put_line(struct canvas *c, const char *text, size_t len, struct buf *out)
{
	const char *end = text + len;
	unsigned col = 0;

	memset(c->rows, 0, (size_t)c->height * c->across);
	while (text < end) {
		int32_t cp = utf8_get(&text, end);

		if (cp > ' ')
			put_glyph(c, cp, col);
		if (cp < 0 || !utf8_is_mark(cp))
			col++;
	}
	buf_add(out, "\x1dv0\0", 4);
	buf_byte(out, (uint8_t)(c->across & 0xff));
	buf_byte(out, (uint8_t)(c->across >> 8));
	buf_byte(out, (uint8_t)(c->height & 0xff));
	buf_byte(out, (uint8_t)(c->height >> 8));
	buf_add(out, c->rows, (size_t)c->height * c->across);
}

static enum media_fault put_lines(struct canvas *c, const char *text, struct buf *out)
{
	size_t lines = 0;

	buf_add(out, "\x1b@", 2);
	while (*text) {
		size_t len = strcspn(text, "\n\f");

		if (++lines > LINES_MAX)
			return MEDIA_FAULT_TOO_BIG;
		put_line(c, text, len, out);
		text += len + (text[len] != '\0');
	}
	buf_add(out, "\x1b" "d", 2);
	buf_byte(out, CUT_FEED);
	buf_add(out, "\x1dV\x42\0", 4);
	return out->full ? MEDIA_FAULT_TOO_BIG : MEDIA_FINE;
}

enum media_fault run_bitmap(const struct buf *in, unsigned dots, struct buf *out)
{
	struct canvas c = { .dots = dots / 8 * 8, .across = dots / 8 };
	size_t cols = widest(buf_str(in));
	enum media_fault fault = MEDIA_FAULT_FAILED;
	char path[4096];

	if (dots < DOTS_MIN || dots > DOTS_MAX || cols > COLS_MAX || strlen(buf_str(in)) != in->len)
		return MEDIA_FAULT_STREAM;
	if (!font_path("DejaVuSansMono.ttf", path, sizeof(path)))
		return MEDIA_FAULT_FONT;
	if (FT_Init_FreeType(&c.library))
		return MEDIA_FAULT_FAILED;
	if (!FT_New_Face(c.library, path, 0, &c.face) && set_size(&c, cols)) {
		c.rows = calloc(c.height, c.across);
		if (!c.rows)
			die("out of memory");
		fault = put_lines(&c, buf_str(in), out);
	}
	free(c.rows);
	if (c.face)
		(void)FT_Done_Face(c.face);
	(void)FT_Done_FreeType(c.library);
	return fault;
}
