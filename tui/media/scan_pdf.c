/*
 * scan_pdf.c - a PDF: version, pages, whether it is signed, and how densely its pictures are set.
 *
 * A PDF says no density; a scanner's page is a picture drawn over the sheet, and its dots over the inches it covers
 * are one. Only pictures that cover a good part of their page count, on the first pages.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "tui/media/run.h"

#define POINTS_IN_INCH 72.0
#define COVERED 0.4 /* of the sheet */

enum { LOOK_AT_PAGES = 5, UP_MAX = 16, NUMBERS = 6, STATES = 16, CONTENT_MAX = 4 << 20, NAME = 64 };

struct matrix {
	double a, b, c, d, e, f;
};

/* What a page's drawing is read with. */
struct reader {
	qpdf_data pdf;
	qpdf_oh pictures;     /* XObject of its resources */
	double sheet;         /* its area in square points */
	struct matrix now, kept[STATES];
	size_t depth;
	double numbers[NUMBERS];
	size_t count;
	char name[NAME];
	double dpi;           /* the lowest met; 0: none */
};

/* A key of a page, its own or one of the nodes above it. */
static qpdf_oh inherited(qpdf_data pdf, qpdf_oh page, const char *key)
{
	qpdf_oh node = page;

	for (int i = 0; i < UP_MAX && qpdf_oh_is_dictionary(pdf, node); i++) {
		if (qpdf_oh_has_key(pdf, node, key))
			return qpdf_oh_get_key(pdf, node, key);
		node = qpdf_oh_get_key(pdf, node, "/Parent");
	}
	return qpdf_oh_new_null(pdf);
}

static double number_at(qpdf_data pdf, qpdf_oh array, int at)
{
	qpdf_oh item = qpdf_oh_get_array_item(pdf, array, at);

	return qpdf_oh_is_number(pdf, item) ? qpdf_oh_get_numeric_value(pdf, item) : 0;
}

static double sheet_of(qpdf_data pdf, qpdf_oh page)
{
	qpdf_oh box = inherited(pdf, page, "/MediaBox");

	if (!qpdf_oh_is_array(pdf, box) || qpdf_oh_get_array_n_items(pdf, box) != 4)
		return 0;
	return fabs((number_at(pdf, box, 2) - number_at(pdf, box, 0)) *
		    (number_at(pdf, box, 3) - number_at(pdf, box, 1)));
}

static long long whole_at(qpdf_data pdf, qpdf_oh dictionary, const char *key)
{
	qpdf_oh value = qpdf_oh_get_key(pdf, dictionary, key);

	return qpdf_oh_is_integer(pdf, value) ? qpdf_oh_get_int_value(pdf, value) : 0;
}

/* The picture drawn now covers the unit square as the matrix has it. */
static void meet_picture(struct reader *r)
{
	double across = hypot(r->now.a, r->now.b), up = hypot(r->now.c, r->now.d), dpi;
	qpdf_oh picture, dictionary;
	long long width;

	if (!r->name[0] || !qpdf_oh_has_key(r->pdf, r->pictures, r->name))
		return;
	picture = qpdf_oh_get_key(r->pdf, r->pictures, r->name);
	if (!qpdf_oh_is_stream(r->pdf, picture))
		return;
	dictionary = qpdf_oh_get_dict(r->pdf, picture);
	width = whole_at(r->pdf, dictionary, "/Width");
	if (!qpdf_oh_is_name_and_equals(r->pdf, qpdf_oh_get_key(r->pdf, dictionary, "/Subtype"), "/Image") ||
	    width <= 0 || !(across > 1) || !(across * up >= COVERED * r->sheet))
		return;
	dpi = (double)width / (across / POINTS_IN_INCH);
	if (r->dpi <= 0 || dpi < r->dpi)
		r->dpi = dpi;
}

static void turn(struct reader *r)
{
	const double *n = r->numbers;
	struct matrix m = r->now;

	if (r->count != NUMBERS)
		return;
	r->now = (struct matrix){ n[0] * m.a + n[1] * m.c,	 n[0] * m.b + n[1] * m.d,
				  n[2] * m.a + n[3] * m.c,	 n[2] * m.b + n[3] * m.d,
				  n[4] * m.a + n[5] * m.c + m.e, n[4] * m.b + n[5] * m.d + m.f };
}

static void take_word(struct reader *r, const char *word, size_t len)
{
	char text[NAME], *end;
	double number;

	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, word, len);
	text[len] = '\0';
	if (text[0] == '/') {
		memcpy(r->name, text, len + 1);
		return;
	}
	number = strtod(text, &end);
	if (!*end && end != text && isfinite(number)) {
		if (r->count == NUMBERS) {
			memmove(r->numbers, r->numbers + 1, (NUMBERS - 1) * sizeof(r->numbers[0]));
			r->count--;
		}
		r->numbers[r->count++] = number;
		return;
	}
	if (!strcmp(text, "q") && r->depth < STATES)
		r->kept[r->depth++] = r->now;
	else if (!strcmp(text, "Q") && r->depth)
		r->now = r->kept[--r->depth];
	else if (!strcmp(text, "cm"))
		turn(r);
	else if (!strcmp(text, "Do"))
		meet_picture(r);
	r->count = 0;
	r->name[0] = '\0';
}

static void read_drawing(struct reader *r, const char *text, size_t len)
{
	static const char blank[] = " \t\r\n\f[]<>(){}";
	size_t at = 0;

	while (at < len) {
		size_t from;

		while (at < len && (!text[at] || strchr(blank, text[at])))
			at++;
		from = at;
		if (at < len && text[at] == '/')
			at++;
		while (at < len && text[at] && text[at] != '/' && !strchr(blank, text[at]))
			at++;
		if (at > from)
			take_word(r, text + from, at - from);
	}
}

static double page_dpi(qpdf_data pdf, qpdf_oh page)
{
	struct reader r = { .pdf = pdf, .sheet = sheet_of(pdf, page), .now = { 1, 0, 0, 1, 0, 0 } };
	qpdf_oh resources = inherited(pdf, page, "/Resources");
	unsigned char *text = NULL;
	size_t len = 0;

	if (!qpdf_oh_is_dictionary(pdf, resources) || r.sheet < 1)
		return 0;
	r.pictures = qpdf_oh_get_key(pdf, resources, "/XObject");
	if (!qpdf_oh_is_dictionary(pdf, r.pictures))
		return 0;
	if (!(qpdf_oh_get_page_content_data(pdf, page, &text, &len) & QPDF_ERRORS) && text && len <= CONTENT_MAX)
		read_drawing(&r, (const char *)text, len);
	free(text);
	return r.dpi;
}

static void look_at_pages(qpdf_data pdf, struct media_scan *out)
{
	double least = 0;

	for (size_t i = 0; i < out->pages && i < LOOK_AT_PAGES; i++) {
		double dpi = page_dpi(pdf, qpdf_get_page_n(pdf, i));

		if (dpi > 0 && (least <= 0 || dpi < least))
			least = dpi;
	}
	out->dpi = scan_dpi(least);
}

static bool is_signed(qpdf_data pdf)
{
	qpdf_oh form = qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/AcroForm");

	return qpdf_oh_is_dictionary(pdf, form) && (whole_at(pdf, form, "/SigFlags") & 1);
}

/* "1.4" is 14. */
static uint64_t version_of(const char *text)
{
	return text && text[0] >= '1' && text[0] <= '9' && text[1] == '.' && text[2] >= '0' && text[2] <= '9' ?
		       (uint64_t)(text[0] - '0') * 10 + (uint64_t)(text[2] - '0') : 0;
}

static bool is_locked(qpdf_data pdf)
{
	return qpdf_has_error(pdf) && qpdf_get_error_code(pdf, qpdf_get_error(pdf)) == qpdf_e_password;
}

enum media_fault scan_pdf(const uint8_t *data, size_t len, struct media_scan *out)
{
	qpdf_data pdf = qpdf_init();
	enum media_fault fault = MEDIA_FAULT_BROKEN;
	int pages;

	qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
	qpdf_silence_errors(pdf);
	if (qpdf_read_memory(pdf, "scan", (const char *)data, len, NULL) & QPDF_ERRORS) {
		if (is_locked(pdf))
			fault = MEDIA_FAULT_LOCKED;
		goto out;
	}
	pages = qpdf_get_num_pages(pdf);
	if (pages < 1)
		goto out;
	fault = MEDIA_FINE;
	out->pages = (uint64_t)pages;
	out->version = version_of(qpdf_get_pdf_version(pdf));
	look_at_pages(pdf, out);
	if (is_signed(pdf))
		out->flags |= MEDIA_SIGNED;
	if (qpdf_more_warnings(pdf))
		out->flags |= MEDIA_MENDED;
out:
	qpdf_cleanup(&pdf);
	return fault;
}
