/*
 * lines.h - a file line by line, each at most a limit long.
 *
 * Line ends are LF or CR LF and are not part of a line; a byte order mark
 * before the first line is skipped. A line past the limit is read over and
 * comes as `too_long` without its text.
 */
#ifndef MOTCUA_LINES_H
#define MOTCUA_LINES_H

#include <stdio.h>

#include "db/base/buf.h"

struct lines {
	FILE *in;
	size_t limit;
	size_t number;   /* of this line, from 1 */
	struct buf line; /* without its end */
	bool too_long;
	/* Kept by the functions. */
	char *chunk;
	size_t at, len;
};

void lines_init(struct lines *lines, FILE *in, size_t limit);
void lines_done(struct lines *lines);
/* The next line; RC_NONE at the end, RC_IO when the file cannot be read. */
enum rc lines_next(struct lines *lines, struct err *err) MUST_CHECK;
/* Nothing but blanks. */
bool lines_is_blank(const struct lines *lines);

#endif
