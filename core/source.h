/*
 * source.h - where a report's facts come from: the narrow tables of a store as
 * it stands, or the same facts folded from the journal as it was known at some
 * moment. Accumulators cannot tell the two apart.
 *
 * Words are numbered by the report's `names`, so several stores may feed one
 * report. A visit that returns non-RC_OK ends its walk with that.
 */
#ifndef MOTCUA_SOURCE_H
#define MOTCUA_SOURCE_H

#include "core/fact.h"
#include "core/names.h"

struct known;

struct source {
	struct app *app;
	struct names *names;
	int64_t *map; /* the store's numbers to the report's */
	size_t map_count;
	msec as_known;       /* MSEC_NONE: as it stands */
	struct known *known; /* then the facts, in memory */
	struct fact_steps along;
};

/* `names` outlives the source. */
enum rc source_open(struct source *source, struct app *app, struct names *names, msec as_known,
		    struct err *err) MUST_CHECK;
void source_close(struct source *source);

enum rc source_facts(struct source *source, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc source_fees(struct source *source, fact_fee_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc source_scans(struct source *source, fact_scan_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc source_helps(struct source *source, fact_help_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* The packed steps of a dossier; their words are numbered as source_name says. `room` owns them. */
enum rc source_steps(struct source *source, int64_t rec, struct buf *room, struct span *out,
		     struct err *err) MUST_CHECK;
/*
 * source_facts for a visit that asks for most dossiers' steps, with source_steps_along, of the one
 * it is shown; the span lives until it returns.
 */
enum rc source_facts_and_steps(struct source *source, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc source_steps_along(struct source *source, int64_t rec, struct span *out, struct err *err) MUST_CHECK;
/* The report's number of a word in a step. */
int64_t source_name(const struct source *source, int64_t ix);

/* Records whole. `out` is initialised; RC_NONE when it was not known then. */
enum rc source_rec(struct source *source, int64_t rec, struct rec *out, struct err *err) MUST_CHECK;
typedef enum rc source_rec_visit(void *ctx, int64_t rec, const struct rec *now, struct err *err);
enum rc source_recs(struct source *source, enum rec_kind kind, source_rec_visit *each, void *ctx,
		    struct err *err) MUST_CHECK;

#endif
