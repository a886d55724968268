/*
 * csv_import.h - a supervisor's CSV files into the store: the catalogue, the
 * household register, the team roster.
 *
 * A row changes only the columns its file has. Procedures, components and
 * steps are versioned: what differs from the version of the row's
 * `effective_from` (today where there is none) becomes a new one; components
 * and steps of one procedure are one set, written whole. Other kinds are
 * changed in place. What says the same changes nothing. A file with a faulty
 * line changes nothing.
 */
#ifndef MOTCUA_CSV_IMPORT_H
#define MOTCUA_CSV_IMPORT_H

#include <stdio.h>

#include "core/app.h"

/* What one line would do, or (line 0) what the file leaves out of a set. */
struct csv_change {
	size_t line;
	const struct rec *before; /* what stands, or the version it follows; NULL: the line is new */
	const struct rec *after;  /* the same as `before`: the line says nothing new */
};

struct csv_import_options {
	bool dry_run;
	/* Faults and (is_warning) what is only odd, by line. */
	void (*note)(void *ctx, size_t line, bool is_warning, const struct err *why);
	void *ctx; /* of both */
	/* Every line that was not refused, before anything is written; may be NULL. */
	void (*change)(void *ctx, const struct csv_change *change);
};

struct csv_import_result {
	int64_t read, made, changed, same, refused, warnings;
	int64_t recounted; /* promises a new holiday list moved, or in a dry run would */
};

/* "procedures" .. "targets", as `catalog import` calls them; REC_NONE when there is no such list. */
enum rec_kind csv_import_named(const char *name);

/*
 * Rows of `kind`: REC_PROCEDURE to REC_TARGET, REC_HOUSEHOLD or REC_MEMBER; each needs its own
 * right. RC_INPUT when lines were refused; *result is filled also then. RC_FULL: over 64 MiB or
 * 50,000 rows.
 */
enum rc csv_import(struct app *app, enum rec_kind kind, FILE *in, const struct csv_import_options *options,
		   struct csv_import_result *result, struct err *err) MUST_CHECK;

#endif
