/*
 * recform.h - a form over a field table: rows, values and reading come from the fields.
 */
#ifndef MOTCUA_TUI_RECFORM_H
#define MOTCUA_TUI_RECFORM_H

#include "tui/form.h"
#include "tui/words.h"

struct recform {
	const struct field *fields[FORM_ROWS];
	struct form_row rows[FORM_ROWS];
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
/* Fill in what a record has. */
void recform_put(struct recform *recform, const struct rec *rec);
/* Read what was typed into `out` (initialised); what cannot be read becomes an error of the form. */
enum rc recform_read(struct recform *recform, struct rec *out, struct err *err) MUST_CHECK;
/* How a field is typed. */
enum form_kind recform_kind(const struct field *field);

#endif
