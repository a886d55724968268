#include "tui/media/pdf.h"

#include <qrencode.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/media/run.h"

#define LINE_WEIGHT 0.5F
#define PRESS_MOST 0.72F /* how far a line is pressed together before it is left to stick out */

enum { SHOWN_MAX = 4096 };

static void note(struct pdf *pdf, enum media_fault fault)
{
	if (!pdf->fault)
		pdf->fault = fault;
}

static HPDF_Font load(struct pdf *pdf, const char *file, char path[512])
{
	const char *name;

	if (!font_path(file, path, 512)) {
		note(pdf, MEDIA_FAULT_FONT);
		return NULL;
	}
	name = HPDF_LoadTTFontFromFile(pdf->doc, path, HPDF_TRUE);
	return name ? HPDF_GetFont(pdf->doc, name, "UTF-8") : NULL;
}

enum media_fault pdf_begin(struct pdf *pdf, float width, float height, float margin)
{
	*pdf = (struct pdf){ .width = width, .height = height, .left = margin, .right = margin, .top = margin,
			     .bottom = margin };
	pdf->doc = HPDF_New(NULL, NULL);
	if (!pdf->doc) {
		pdf->fault = MEDIA_FAULT_FAILED;
		return pdf->fault;
	}
	(void)HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
	(void)HPDF_UseUTFEncodings(pdf->doc);
	pdf->fonts[0] = load(pdf, "DejaVuSans.ttf", pdf->paths[0]);
	pdf->fonts[1] = load(pdf, "DejaVuSans-Bold.ttf", pdf->paths[1]);
	if (!pdf->fonts[0] || !pdf->fonts[1])
		note(pdf, MEDIA_FAULT_FAILED);
	return pdf->fault;
}

void pdf_page(struct pdf *pdf)
{
	pdf->y = pdf->top;
	pdf->foot = 0;
	if (pdf->fault)
		return;
	if (pdf->pages == PDF_PAGES_MAX) {
		note(pdf, MEDIA_FAULT_TOO_BIG);
		return;
	}
	pdf->page = HPDF_AddPage(pdf->doc);
	if (!pdf->page || HPDF_Page_SetWidth(pdf->page, pdf->width) || HPDF_Page_SetHeight(pdf->page, pdf->height) ||
	    HPDF_Page_SetLineWidth(pdf->page, LINE_WEIGHT))
		note(pdf, MEDIA_FAULT_FAILED);
	pdf->pages++;
}

float pdf_across(const struct pdf *pdf)
{
	return pdf->width - pdf->left - pdf->right;
}

float pdf_floor(const struct pdf *pdf)
{
	return pdf->height - pdf->bottom - pdf->foot;
}

/* What the font can show: of one line, no controls, nothing past the first plane. */
static void shown(const char *text, size_t len, char out[SHOWN_MAX])
{
	const char *end = text + len;
	size_t at = 0;

	while (text < end && at + 4 < SHOWN_MAX) {
		int32_t cp = utf8_get(&text, end);

		if (cp < 0 || cp > 0xFFFF)
			cp = 0xFFFD;
		else if (cp < 0x20 || cp == 0x7F || cp == 0xA0)
			cp = ' ';
		at += utf8_encode(cp, out + at);
	}
	out[at] = '\0';
}

float pdf_text_width(const struct pdf *pdf, const char *text, size_t len, bool bold, float size)
{
	char line[SHOWN_MAX];
	HPDF_TextWidth width;

	if (pdf->fault || !len)
		return 0;
	shown(text, len, line);
	width = HPDF_Font_TextWidth(pdf->fonts[bold], (const HPDF_BYTE *)line, (HPDF_UINT)strlen(line));
	return (float)width.width * size / 1000;
}

/* The longest beginning of a word that fits; at least one letter. */
static size_t cut_word(const struct pdf *pdf, const char *text, size_t len, float width, bool bold, float size)
{
	size_t fits = utf8_next(text, 0);

	while (fits < len) {
		size_t next = utf8_next(text, fits);

		if (next > len || pdf_text_width(pdf, text, next, bold, size) > width)
			break;
		fits = next;
	}
	return fits < len ? fits : len;
}

size_t pdf_line(const struct pdf *pdf, const char *text, float width, bool bold, float size, size_t *pass)
{
	size_t all = strcspn(text, "\n"), fits = 0, at = 0;

	if (pdf_text_width(pdf, text, all, bold, size) <= width) {
		*pass = all + (text[all] == '\n');
		return all;
	}
	while (at < all) {
		size_t word = at + strspn(text + at, " ");

		word += strcspn(text + word, " \n");
		if (pdf_text_width(pdf, text, word, bold, size) > width)
			break;
		fits = at = word;
	}
	if (!fits)
		fits = cut_word(pdf, text, all, width, bold, size);
	*pass = fits + strspn(text + fits, " ");
	return fits;
}

size_t pdf_lines(const struct pdf *pdf, const char *text, float width, bool bold, float size)
{
	size_t lines = 0;

	do {
		size_t pass;

		(void)pdf_line(pdf, text, width, bold, size, &pass);
		text += pass;
		lines++;
	} while (*text);
	return lines;
}

void pdf_put(struct pdf *pdf, const char *text, size_t len, float x, float y, float width, enum pdf_align align,
	     bool bold, float size)
{
	float wide = pdf_text_width(pdf, text, len, bold, size), press = 1;
	char line[SHOWN_MAX];

	if (pdf->fault || !len)
		return;
	shown(text, len, line);
	if (wide > width && wide > 0) {
		press = width / wide > PRESS_MOST ? width / wide : PRESS_MOST;
		wide *= press;
	}
	if (align != PDF_LEFT)
		x += (width - wide) / (align == PDF_CENTER ? 2 : 1);
	if (HPDF_Page_BeginText(pdf->page) || HPDF_Page_SetFontAndSize(pdf->page, pdf->fonts[bold], size) ||
	    HPDF_Page_SetHorizontalScalling(pdf->page, press * 100) ||
	    HPDF_Page_TextOut(pdf->page, x, pdf->height - y - size, line) || HPDF_Page_EndText(pdf->page))
		note(pdf, MEDIA_FAULT_FAILED);
}

void pdf_rule(struct pdf *pdf, float x1, float y1, float x2, float y2)
{
	if (pdf->fault)
		return;
	if (HPDF_Page_MoveTo(pdf->page, x1, pdf->height - y1) || HPDF_Page_LineTo(pdf->page, x2, pdf->height - y2) ||
	    HPDF_Page_Stroke(pdf->page))
		note(pdf, MEDIA_FAULT_FAILED);
}

void pdf_qr(struct pdf *pdf, const char *text, float x, float y, float side)
{
	QRcode *code = *text ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;
	float square;

	if (!code || pdf->fault)
		goto out;
	square = side / (float)code->width;
	for (int row = 0; row < code->width; row++)
		for (int col = 0; col < code->width; col++)
			if (code->data[row * code->width + col] & 1)
				(void)HPDF_Page_Rectangle(pdf->page, x + (float)col * square,
							  pdf->height - y - (float)(row + 1) * square, square, square);
	if (HPDF_Page_Fill(pdf->page))
		note(pdf, MEDIA_FAULT_FAILED);
out:
	QRcode_free(code);
}

enum media_fault pdf_end(struct pdf *pdf, struct buf *out)
{
	HPDF_UINT32 left;

	for (size_t i = 0; !pdf->fault && i < ARRAY_LEN(pdf->fonts); i++)
		if (!pdf_keep_parts(pdf->fonts[i], pdf->paths[i]))
			note(pdf, MEDIA_FAULT_FAILED);
	if (!pdf->fault && HPDF_SaveToStream(pdf->doc))
		note(pdf, MEDIA_FAULT_FAILED);
	left = pdf->fault ? 0 : HPDF_GetStreamSize(pdf->doc);
	while (left && !pdf->fault) {
		HPDF_UINT32 part = left < MEDIA_OUT_PART ? left : MEDIA_OUT_PART;
		uint8_t *room = buf_room(out, part);

		if (!room) {
			note(pdf, MEDIA_FAULT_TOO_BIG);
			break;
		}
		(void)HPDF_ReadFromStream(pdf->doc, room, &part); /* says "end" with the last part */
		if (!part) {
			note(pdf, MEDIA_FAULT_FAILED);
			break;
		}
		out->len += part;
		left -= part;
	}
	if (pdf->doc)
		HPDF_Free(pdf->doc);
	pdf->doc = NULL;
	return pdf->fault;
}
