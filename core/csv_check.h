/*
 * csv_check.h - what the office would say of a row of the catalogue.
 *
 * Pure but for the catalogue, which must have been loaded (catalog_load).
 */
#ifndef MOTCUA_CSV_CHECK_H
#define MOTCUA_CSV_CHECK_H

#include "core/app.h"

/* RC_INPUT names the field: a time without its unit, an end before the beginning, an unknown procedure ... */
enum rc csv_check(struct app *app, const struct rec *row, struct err *err) MUST_CHECK;
/* True, with *why, for what is odd but taken. */
bool csv_doubt(const struct rec *row, struct err *why);

#endif
