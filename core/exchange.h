/*
 * exchange.h - records as lines of JSON, in and out, by the field tables.
 *
 * A line is one object with `kind` and the fields of that kind; names, words
 * and shapes are those of the tables in db/rec_fields.c. Absent, null, "" and
 * [] are the same. Text is cleaned and put into NFC on the way in. Fields of
 * other systems whose name starts with x_ are kept as they are (in the cell
 * `extra`, as compact JSON) and given back. Decimals keep six places.
 * No clock, no store, no I/O.
 */
#ifndef MOTCUA_EXCHANGE_H
#define MOTCUA_EXCHANGE_H

#include "db/rec.h"

enum { EXCHANGE_LINE_MAX = 4 << 20 };

/*
 * Read one line (without its line end). `out` is initialised. Refuses
 * (RC_INPUT, err->field names the field) bad JSON, wrong types, duplicate and
 * unknown names, unclean text, times without offset, fractions where whole
 * numbers belong, words that are no choice, ids of a wrong length, codes and
 * components of a wrong shape, missing required fields. What needs other
 * records or the catalogue to be judged is core/import.h's.
 */
enum rc exchange_parse_line(const char *line, size_t len, struct rec *out, struct err *err) MUST_CHECK;

/* The same for a part of a record of `kind`: nothing is required, and `kind` may be left out. */
enum rc exchange_parse_part(enum rec_kind kind, const char *text, size_t len, struct rec *out,
			    struct err *err) MUST_CHECK;
/* Ids, codes and component names of a record have their shapes. RC_INPUT names the field. Both above call it. */
enum rc exchange_check_shapes(const struct rec *rec, struct err *err) MUST_CHECK;

/* One object, without a line end: kind, then the fields in table order, then x_ fields. Inner fields are left out. */
void exchange_format(const struct rec *rec, struct buf *out);

/* A JSON string with its quotes. */
void exchange_quote(const char *text, size_t len, struct buf *out);

/* Written here rather than called: whether a kind may stand in a file of records. */
bool exchange_has_kind(enum rec_kind kind);

#endif
