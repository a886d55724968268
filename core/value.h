/*
 * value.h - one cell as text, as CSV files and command lines write it.
 *
 * Numbers in decimal with a point, dates YYYY-MM-DD (or as people type them:
 * 5/3/1990), times ISO 8601 with offset (or a typed date and hh:mm, local),
 * yes and no as 1 and 0 or true and false, choices by their words, hex in
 * digits, a list of texts by line.
 * Pure but for memory.
 */
#ifndef MOTCUA_VALUE_H
#define MOTCUA_VALUE_H

#include "db/rec.h"

/* Decimals are kept in millionths. */
#define DEC_ONE INT64_C(1000000)

/*
 * Put `text` into the cell at `path`; "" removes it. RC_INPUT names the field. Lists of elements
 * have no such text. Limits and ranges are rec_check's.
 */
enum rc value_parse(const struct field *field, const char *text, struct rec *rec, const struct path *path,
		    struct err *err) MUST_CHECK;
/* Append the cell's text; nothing for a NULL cell. */
void value_format(const struct field *field, const struct rec *rec, const struct cell *cell, struct buf *out);

/* "0.5", "11809": as few digits as say it. */
void dec_format(int64_t millionths, struct buf *out);
/* Digits with at most one point and six places after it, a sign before. */
bool dec_parse(const char *text, int64_t *millionths);

#endif
