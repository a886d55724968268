/*
 * bitmap.c - lines of text as a picture for a thermal printer: ESC/POS raster (GS v 0), so that the printer's code
 * page does not matter. One letter a column, from DejaVu Sans Mono; letters with two marks, which that font lacks,
 * from DejaVu Sans, made narrow enough.
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
	FT_Face face, other; /* one width a letter; all the letters there are */
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

/* 26.6 fixed point, rounded up. */
static unsigned dots_of(FT_Pos length)
{
	return length > 0 ? (unsigned)(length + 63) / 64 : 0;
}

/* Capitals with two marks stand higher than the font says its letters do. */
static unsigned highest(const struct canvas *c)
{
	static const FT_ULong tall[] = { 0x1EA8, 0x1EAA, 0x1EB2, 0x1EC2, 0x1ED4 }; /* Ẩ Ẫ Ẳ Ể Ổ */
	unsigned most = dots_of(c->other->size->metrics.ascender);

	for (size_t i = 0; i < ARRAY_LEN(tall); i++)
		if (!FT_Load_Char(c->other, tall[i], FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) &&
		    c->other->glyph->bitmap_top > (int)most)
			most = (unsigned)c->other->glyph->bitmap_top;
	return most;
}

/* The largest size whose letters all fit. */
static bool set_size(struct canvas *c, size_t cols)
{
	c->cell = c->dots / (unsigned)cols;
	for (unsigned size = c->cell * 2; size >= 4; size--) {
		if (FT_Set_Pixel_Sizes(c->face, 0, size) || FT_Set_Pixel_Sizes(c->other, 0, size))
			return false;
		if ((unsigned)(c->face->size->metrics.max_advance + 63) / 64 <= c->cell) {
			c->ascent = highest(c);
			c->height = c->ascent + dots_of(-c->other->size->metrics.descender) + 1;
			return true;
		}
	}
	return false;
}

/* The letter drawn, from the font that has it; *indent: where in its cell. NULL: neither has it. */
static FT_GlyphSlot draw(struct canvas *c, int32_t cp, int *indent)
{
	FT_Matrix narrow = { 0x10000, 0, 0, 0x10000 };
	unsigned wide;

	*indent = 0;
	if (FT_Get_Char_Index(c->face, (FT_ULong)cp))
		return FT_Load_Char(c->face, (FT_ULong)cp, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) ? NULL :
												   c->face->glyph;
	FT_Set_Transform(c->other, NULL, NULL);
	if (FT_Load_Char(c->other, (FT_ULong)cp, FT_LOAD_TARGET_MONO))
		return NULL;
	wide = dots_of(c->other->glyph->advance.x);
	if (wide > c->cell)
		narrow.xx = (FT_Fixed)0x10000 * (FT_Fixed)c->cell / (FT_Fixed)wide;
	else
		*indent = (int)(c->cell - wide) / 2;
	FT_Set_Transform(c->other, &narrow, NULL);
	return FT_Load_Char(c->other, (FT_ULong)cp, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) ? NULL : c->other->glyph;
}

static void put_glyph(struct canvas *c, int32_t cp, unsigned col)
{
	const FT_Bitmap *map;
	int left, top;
	FT_GlyphSlot glyph = draw(c, cp, &left);

	if (!glyph)
		return;
	map = &glyph->bitmap;
	left += (int)(col * c->cell) + glyph->bitmap_left;
	top = (int)c->ascent - glyph->bitmap_top;
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

static bool open_fonts(struct canvas *c, char path[4096])
{
	return font_path("DejaVuSansMono.ttf", path, 4096) && !FT_New_Face(c->library, path, 0, &c->face) &&
	       font_path("DejaVuSans.ttf", path, 4096) && !FT_New_Face(c->library, path, 0, &c->other);
}

enum media_fault run_bitmap(const struct buf *in, unsigned dots, struct buf *out)
{
	struct canvas c = { .dots = dots / 8 * 8, .across = dots / 8 };
	size_t cols = widest(buf_str(in));
	enum media_fault fault = MEDIA_FAULT_FAILED;
	char path[4096];

	if (dots < DOTS_MIN || dots > DOTS_MAX || cols > COLS_MAX || strlen(buf_str(in)) != in->len)
		return MEDIA_FAULT_STREAM;
	if (FT_Init_FreeType(&c.library))
		return MEDIA_FAULT_FAILED;
	if (!open_fonts(&c, path)) {
		fault = MEDIA_FAULT_FONT;
	} else if (set_size(&c, cols)) {
		c.rows = calloc(c.height, c.across);
		if (!c.rows)
			die("out of memory");
		fault = put_lines(&c, buf_str(in), out);
	}
	free(c.rows);
	if (c.face)
		(void)FT_Done_Face(c.face);
	if (c.other)
		(void)FT_Done_Face(c.other);
	(void)FT_Done_FreeType(c.library);
	return fault;
}
