/*
 * scan.h - scanned papers of a dossier: what the files are was told by motcua-media, here they become records.
 *
 * The pictures stay where they are; the store keeps what they are and their
 * hash. Times are msec UTC, hashes BLAKE2b-128 of the file.
 */
#ifndef MOTCUA_SCAN_H
#define MOTCUA_SCAN_H

#include "core/app.h"

enum { SCAN_HASH_BYTES = 16, SCAN_COMPONENT_MAX = 40 };

struct scan_file {
	int format;      /* the choices of the field, from 1: pdf, tiff, jpeg, png */
	int64_t pages, bytes;
	int64_t dpi;     /* 0: the file does not say */
	bool has_signature;
	uint8_t hash[SCAN_HASH_BYTES];
};

struct scan_added {
	size_t file;      /* which of the files, from 0 */
	bool known;       /* this dossier has it already, as `scan`: nothing was recorded */
	bool reused;      /* another dossier of the same person has it: recorded as used again */
	const struct rec *scan;
};
typedef enum rc scan_visit(void *ctx, const struct scan_added *added, struct err *err);

/*
 * Record files as scans of the dossier, numbered on from its last one, all or none. `component` may be "".
 * Needs MAY_SCAN. RC_NONE: no such dossier. RC_INPUT: not a component's name.
 */
enum rc scan_add(struct app *app, const char *code, const char *component, const struct scan_file *files,
		 size_t count, scan_visit *each, void *ctx, struct err *err) MUST_CHECK;

#endif
