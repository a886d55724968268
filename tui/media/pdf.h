/*
 * pdf.h - sheets of paper for paper_pdf.c and table_pdf.c, over libharu.
 *
 * Lengths are points (1/72 inch), `y` counts down from the top edge. Text is
 * UTF-8 with all its marks, set in DejaVu. Errors stick: after the first one
 * nothing more is drawn, and pdf_end tells it.
 */
#ifndef MOTCUA_MEDIA_PDF_H
#define MOTCUA_MEDIA_PDF_H

#include <hpdf.h>

#include "tui/media/media.h"

enum { PDF_PAGES_MAX = 20000 };

struct pdf {
	HPDF_Doc doc;
	HPDF_Page page;
	HPDF_Font fonts[2];    /* plain, bold */
	char paths[2][512];
	float width, height;   /* of the sheet */
	float left, right, top, bottom; /* margins */
	float foot;            /* kept free above the bottom margin of this page */
	float y;               /* where the next line begins */
	size_t pages;
	enum media_fault fault;
};

enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };

/* A document of sheets of this size; the first page is not there yet. */
enum media_fault pdf_begin(struct pdf *pdf, float width, float height, float margin);
void pdf_page(struct pdf *pdf);
/* Room between the margins, across; the lowest `y` text may reach on this page. */
float pdf_across(const struct pdf *pdf);
float pdf_floor(const struct pdf *pdf);

float pdf_text_width(const struct pdf *pdf, const char *text, size_t len, bool bold, float size);
/*
 * The next line of a wrapped text: bytes that fit `width`, and *pass to move on by. Breaks at blanks and line
 * ends; a word that is too long is cut.
 */
size_t pdf_line(const struct pdf *pdf, const char *text, float width, bool bold, float size, size_t *pass);
/* How many lines a text takes. */
size_t pdf_lines(const struct pdf *pdf, const char *text, float width, bool bold, float size);
/* One line with its top at `y`, between x and x + width; pressed together when it is a little too wide. */
void pdf_put(struct pdf *pdf, const char *text, size_t len, float x, float y, float width, enum pdf_align align,
	     bool bold, float size);
void pdf_rule(struct pdf *pdf, float x1, float y1, float x2, float y2);
/* `text` as a QR code in a square of `side` with its top left corner there. */
void pdf_qr(struct pdf *pdf, const char *text, float x, float y, float side);

/* Before it is saved: the parts of all glyphs used of a font that was loaded from `path`. For pdf.c. */
bool pdf_keep_parts(HPDF_Font font, const char *path);

/* Append the file, and forget all. Safe after a failed pdf_begin. */
enum media_fault pdf_end(struct pdf *pdf, struct buf *out);

#endif
