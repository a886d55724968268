/*
 * recform.h - a form over a field table: rows, values and reading come from the fields.
 */
#ifndef MOTCUA_TUI_RECFORM_H
#define MOTCUA_TUI_RECFORM_H

#include "core/offer.h"
#include "tui/form.h"
#include "tui/words.h"

/* Values for the field `name` into `out`, which is empty: asked once, when they are first wanted. */
typedef void recform_fill(void *ctx, const char *name, struct offers *out);

/* What F4 offers in a row of free text. */
struct recform_offer {
	recform_fill *fill; /* NULL: nothing */
	void *ctx;
	bool filled;
	struct offers offers;
};

struct recform {
	const struct field *fields[FORM_ROWS];
	struct form_row rows[FORM_ROWS];
	struct recform_offer offers[FORM_ROWS];
	size_t count;
	enum lang lang;
	dayno today;     /* for dates with two digits of a year */
	int32_t day_ms;  /* the time of a date typed without one */
	struct form form;
};

/* Rows of `fields` (ends with tag 0), lists and inner fields left out. `form` is ready. */
void recform_init(struct recform *recform, const struct field *fields, msec now, enum lang lang);
void recform_done(struct recform *recform);
/* Only these names, in this order (NULL ends). */
void recform_init_some(struct recform *recform, const struct field *fields, const char *const *names, msec now,
		       enum lang lang);
/* More rows behind those there are; nothing has been typed yet. */
void recform_more(struct recform *recform, const struct field *fields);
/* Propose values in the row of this name, which still takes any other; no such row: nothing. */
void recform_offer(struct recform *recform, const char *name, recform_fill *fill, void *ctx);
/* The value of the row of this name as it is offered; NULL when it is none of those. */
const struct offer *recform_offered(struct recform *recform, const char *name);
/* Fill in what a record has. */
void recform_put(struct recform *recform, const struct rec *rec);
/* Read what was typed into `out` (initialised); what cannot be read becomes an error of the form. */
enum rc recform_read(struct recform *recform, struct rec *out, struct err *err) MUST_CHECK;
/* A value and what it is, as F4 lists it. */
void offer_words(const struct offer *offer, char *out, size_t size);
/* How a field is typed. */
enum form_kind recform_kind(const struct field *field);

#endif
