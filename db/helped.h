/*
 * helped.h - who was helped: the fields of an assist that stay on this device.
 *
 * They are kept beside the journal, by the event that made the assist, are
 * never part of an event and never sent, and are dropped after some months.
 * Counts need none of them.
 */
#ifndef MOTCUA_HELPED_H
#define MOTCUA_HELPED_H

#include "db/row.h"

/* Move the cells of local fields out of `rec` into `local` (both initialised; `local` is cleared). */
void helped_take(struct rec *rec, struct rec *local);

/* Keep them for the assist made by `event`, helped at `at`; in the caller's transaction. */
enum rc helped_put(struct db *db, const struct id *event, msec at, const struct rec *local,
		   struct err *err) MUST_CHECK;
/* Lay them over `rec`. RC_NONE: there are none. */
enum rc helped_get(struct db *db, const struct id *event, struct rec *rec, struct err *err) MUST_CHECK;
/* The same for a row, whatever has happened to it since. RC_NONE also for rows of other kinds. */
enum rc helped_of_row(struct db *db, const struct row *row, struct rec *rec, struct err *err) MUST_CHECK;
/* Whether this device keeps any. */
bool helped_any(struct db *db);
/* Drop those helped before `before`; *count of them. */
enum rc helped_drop(struct db *db, msec before, int64_t *count, struct err *err) MUST_CHECK;

#endif
