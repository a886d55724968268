/*
 * catalog.h - procedures, their components and steps, fields, holidays,
 * categories of help, targets: versioned data the rules ask for.
 *
 * Rows come with the program (core/catalog, CSV, written when the store's
 * catalogue event is projected, so a rebuild gives the same) and from a
 * supervisor's files (core/catalog_import.h, events). They are read into memory
 * when first asked for and dropped by catalog_forget.
 *
 * A procedure, and the set of components or steps of one, has versions by
 * `effective_from` (none: always). A day's version is the last that begins by
 * that day, or the first there is. Records handed out live until the catalogue
 * changes. Dates are dayno; RC_DAMAGED when rows cannot be read.
 */
#ifndef MOTCUA_CATALOG_H
#define MOTCUA_CATALOG_H

#include "core/app.h"
#include "core/rules/calendar.h"
#include "core/rules/deadline.h"

/* Which catalogue this program ships: a hash of its files, in hex. */
const char *catalog_shipped_version(void);
/*
 * Write the rows of the shipped catalogue `version`, but none that events have changed. A
 * version this program does not carry changes nothing, unless the store has no catalogue at all.
 */
enum rc catalog_load_shipped(struct app *app, const char *version, struct err *err) MUST_CHECK;
/* Drop what was loaded into memory; it is loaded again when asked for. */
void catalog_forget(struct app *app);
/* Load it now, for callers of the functions below that have no way to say it failed. */
enum rc catalog_load(struct app *app, struct err *err) MUST_CHECK;

/* The version of a procedure on `on`. RC_NONE: no such procedure. `out` is initialised. */
enum rc catalog_procedure(struct app *app, const char *code, dayno on, struct rec *out, struct err *err) MUST_CHECK;
/* Whether there is any version of it; false also when the catalogue cannot be read. */
bool catalog_knows_procedure(struct app *app, const char *code);
bool catalog_knows_category(struct app *app, const char *code);

/* Ends the walk by another answer than RC_OK, which the walk returns. */
typedef enum rc catalog_visit(void *ctx, const struct rec *row, struct err *err);
/* The rows of a versioned kind with this very code in force on `on`, by number. */
enum rc catalog_in_force(struct app *app, enum rec_kind kind, const char *code, dayno on, catalog_visit *visit,
			 void *ctx, struct err *err) MUST_CHECK;
/* The components (REC_DOCUMENT) of a procedure on `on`, by number. */
enum rc catalog_components(struct app *app, const char *code, dayno on, catalog_visit *visit, void *ctx,
			   struct err *err) MUST_CHECK;
/* The template steps (REC_STEP): its own, else those for one day or less, else those of any procedure. */
enum rc catalog_steps(struct app *app, const char *code, dayno on, bool is_one_day, catalog_visit *visit,
		      void *ctx, struct err *err) MUST_CHECK;
/* All rows of a kind, by code, date and number. */
enum rc catalog_walk(struct app *app, enum rec_kind kind, catalog_visit *visit, void *ctx,
		     struct err *err) MUST_CHECK;

/*
 * Procedures for what a clerk typed, best first: every word must be in the code, the name or the
 * field, without accents; today's versions that are not ended. "" gives all.
 */
enum rc catalog_search_procedures(struct app *app, const char *typed, catalog_visit *visit, void *ctx,
				  struct err *err) MUST_CHECK;

/* Holidays, work week and hours (settings "workdays" and "hours"). Lives until catalog_forget. */
enum rc catalog_calendar(struct app *app, const struct calendar **out, struct err *err) MUST_CHECK;
/* The target of an indicator for a year, in millionths; false when none is set. */
bool catalog_target(struct app *app, const char *indicator, int year, int64_t *millionths);

/*
 * The time a procedure has through a channel (CHANNEL_DIRECT ..): the channel's own, else the
 * direct channel's; UNIT_NONE when neither is set, so that due_at must be given.
 */
struct allowance catalog_allowance(const struct rec *procedure, int64_t channel);
/* Due the same day, or within one day, eight working hours or 24 hours. */
bool catalog_is_one_day(const struct allowance *allowance);

#endif
