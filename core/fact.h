/*
 * fact.h - what lists and reports need of a record, in narrow tables that can
 * be scanned whole (db/fact.h): dossiers with their steps, money, scans,
 * assists. Derived from records, kept by project, rebuilt with the rows.
 *
 * fact_of_* are pure but for the namer, which numbers words; they serve the
 * tables here and a fold of the journal as it was known at some past moment.
 * Packed lists are wire.h varints: a fact keeps the few bytes a report may
 * need and no more. The only text in a fact is by number, and none is personal
 * but names of staff.
 */
#ifndef MOTCUA_FACT_H
#define MOTCUA_FACT_H

#include "core/app.h"
#include "db/fact.h"

/*
 * The record `rec` is now `now` (it was `before`, NULL when new): bring the
 * narrow tables up to date. Inside the caller's transaction. A record without
 * its identity any more (its making was undone) leaves them. Scans may come
 * before their dossier.
 */
enum rc fact_project(struct app *app, int64_t rec, const struct rec *before, const struct rec *now,
		     struct err *err) MUST_CHECK;

/* What the narrow tables hold of this record is what `now` gives; RC_DAMAGED names the row that differs. */
enum rc fact_verify(struct app *app, int64_t rec, const struct rec *now, struct err *err) MUST_CHECK;

/* Who numbers words: the same word, the same number; "" is 0. */
struct namer {
	enum rc (*ix)(void *ctx, const char *text, int64_t *ix, struct err *err);
	void *ctx;
};

struct dossier_fact {
	struct fact fact; /* spans point into the buffers here; no scans, no rec */
	struct buf pauses, extensions, steps;
	struct fact_fee *fees;
	size_t fees_count, fees_cap;
};
void dossier_fact_init(struct dossier_fact *out);
void dossier_fact_done(struct dossier_fact *out);
enum rc fact_of_dossier(const struct rec *rec, const struct namer *namer, struct dossier_fact *out,
			struct err *err) MUST_CHECK;
enum rc fact_of_scan(const struct rec *rec, const struct namer *namer, struct fact_scan *out,
		     struct err *err) MUST_CHECK;
enum rc fact_of_assist(const struct rec *rec, const struct namer *namer, struct fact_help *out,
		       struct err *err) MUST_CHECK;

/* Reading the packed lists: `at` begins as packed_on(span); false at the end or at bytes that are no list. */
struct packed {
	struct reader r;
	msec last;
};
struct packed packed_on(struct span span);

struct step_fact {
	int level;            /* LEVEL_*, 0: not said */
	int64_t unit, person; /* name.ix, 0: none */
	msec given_at, due_at, done_at;
};
bool packed_step(struct packed *at, struct step_fact *out);
struct pause_fact {
	msec from, to; /* to: MSEC_NONE while it lasts */
};
bool packed_pause(struct packed *at, struct pause_fact *out);
struct extension_fact {
	msec at, old_due, new_due; /* old_due may be MSEC_NONE */
};
bool packed_extension(struct packed *at, struct extension_fact *out);

#endif
