/*
 * pdf_parts.c - the parts a letter with marks is put together from, into the PDF with it.
 *
 * libharu 2.3 keeps only the glyphs that were used. A glyph made of others (ế of ê and a mark, ê of e and a mark)
 * is followed, but after a part that has parts itself the rest is lost: ế came out as ê.
 */
#include <ft2build.h>
#include FT_FREETYPE_H

#include "tui/media/pdf.h"

enum { PASSES_MAX = 16 }; /* parts within parts: three or so in fact */

/* Mark the parts of one glyph; how many were not marked before. */
static size_t mark_parts(FT_Face face, FT_UInt glyph, HPDF_BYTE *used, FT_UInt count)
{
	size_t fresh = 0;

	if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_RECURSE | FT_LOAD_NO_SCALE) ||
	    face->glyph->format != FT_GLYPH_FORMAT_COMPOSITE)
		return 0;
	for (FT_UInt i = 0; i < face->glyph->num_subglyphs; i++) {
		FT_Int part, x, y;
		FT_UInt flags;
		FT_Matrix matrix;

		if (FT_Get_SubGlyph_Info(face->glyph, i, &part, &flags, &x, &y, &matrix) || part < 0 ||
		    (FT_UInt)part >= count || used[part])
			continue;
		used[part] = 1;
		fresh++;
	}
	return fresh;
}

bool pdf_keep_parts(HPDF_Font font, const char *path)
{
	HPDF_FontAttr attr = font->attr;
	HPDF_TTFontDefAttr def = attr->fontdef->attr;
	FT_Library library;
	FT_Face face;
	size_t fresh = 1;

	if (FT_Init_FreeType(&library))
		return false;
	if (FT_New_Face(library, path, 0, &face)) {
		(void)FT_Done_FreeType(library);
		return false;
	}
	for (int pass = 0; fresh && pass < PASSES_MAX; pass++) {
		fresh = 0;
		for (FT_UInt glyph = 0; glyph < def->num_glyphs; glyph++)
			if (def->glyph_tbl.flgs[glyph])
				fresh += mark_parts(face, glyph, def->glyph_tbl.flgs, def->num_glyphs);
	}
	(void)FT_Done_Face(face);
	(void)FT_Done_FreeType(library);
	return true;
}
