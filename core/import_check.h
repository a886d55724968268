/*
 * import_check.h - what the office would say of a record from a file.
 *
 * Pure but for the catalogue, which must have been loaded (catalog_load).
 * Refused is what cannot have been; odd things are doubts, and taken.
 */
#ifndef MOTCUA_IMPORT_CHECK_H
#define MOTCUA_IMPORT_CHECK_H

#include "core/app.h"

/*
 * RC_INPUT names the field: a ward line of another unit, an unknown procedure or category,
 * finished, returned or done before received or given, finished before a pause ended, due before
 * the day of reception, unpaid with a time of payment.
 */
enum rc import_refuse(struct app *app, const struct rec *rec, struct err *err) MUST_CHECK;

/* Everything odd, one call each. */
typedef void import_doubt(void *ctx, const struct err *why);
void import_doubts(struct app *app, const struct rec *rec, import_doubt *doubt, void *ctx);

#endif
