/*
 * search.h - finding records by what a citizen says or shows.
 *
 * Folded words (db/base/vn.h) of name, code, note and address, and the tails
 * of id and phone numbers. Lives inside the store; rebuilt with the rows.
 */
#ifndef MOTCUA_SEARCH_H
#define MOTCUA_SEARCH_H

#include "core/app.h"

/* Keep the index with the record (dossier, household). Inside the caller's transaction. */
enum rc search_project(struct app *app, int64_t rec, const struct rec *before, const struct rec *now,
		       struct err *err) MUST_CHECK;

/*
 * Up to `limit` rows of `kind` for what was typed, best first: every word a
 * prefix in any order, accents only where typed; digits also as tails of id
 * and phone. No hit is RC_OK with *count 0.
 */
enum rc search_find(struct app *app, enum rec_kind kind, const char *typed, int64_t *recs, size_t limit,
		    size_t *count, struct err *err) MUST_CHECK;
/* Which field of a hit met what was typed (its tag; the first of several that is not just the name); 0 none. Pure. */
uint16_t search_why(const struct rec *rec, const char *typed);

#endif
