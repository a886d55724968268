/*
 * import.h - a file of exchange records into the store.
 *
 * Two passes: the whole file is read and judged, then what is new becomes
 * events in one transaction. Between them records are held as packed bytes
 * (about a third of their JSON), 384 MiB at most. A record whose identity
 * stands already with the same content is `same` and changes nothing; with
 * other content it is refused. Local fields of assists go beside the journal.
 */
#ifndef MOTCUA_IMPORT_H
#define MOTCUA_IMPORT_H

#include <stdio.h>

#include "core/app.h"

struct import_options {
	bool dry_run;    /* judge, change nothing */
	bool keep_going; /* take what is good although other lines are refused */
	FILE *rejects;   /* refused lines are written here, or NULL */
	/* Refusals (is_warning false) and doubts, as they are found: those about other records come last. */
	void (*note)(void *ctx, size_t line, bool is_warning, const struct err *why);
	void *ctx;
};

struct import_result {
	int64_t read, made, same, refused, warnings;
};

/*
 * RC_INPUT when lines were refused; *result is filled also then, and `made` is 0 unless
 * keep_going. RC_FULL: the file is too large to be held. RC_IO: it, or the rejects, cannot be
 * read or written. Needs MAY_IMPORT.
 */
enum rc import_file(struct app *app, FILE *in, const struct import_options *options, struct import_result *result,
		    struct err *err) MUST_CHECK;

#endif
