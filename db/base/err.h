/*
 * err.h - errors are values.
 *
 * A fallible function returns enum rc (0 is good) and fills struct err: the
 * same sentence in both languages, and for RC_INPUT the field it is about.
 * RC_NONE (no such record) is an answer: it may leave `err` alone.
 * No allocation; a sentence that does not fit is cut at a letter.
 * Never put personal data into a sentence: a message may be logged.
 */
#ifndef MOTCUA_ERR_H
#define MOTCUA_ERR_H

#include "db/base/base.h"

enum rc {
	RC_OK = 0,
	RC_NONE,    /* no such record */
	RC_INPUT,   /* what came in is malformed or breaks a rule */
	RC_REFUSED, /* passphrase, role, lock, store in use, never enrolled */
	RC_FULL,    /* a ceiling or the disk is full */
	RC_IO,      /* the operating system said no */
	RC_DAMAGED, /* bytes at rest or on the wire that are not what was written */
	RC_FORK,    /* another history under the same name: a device restored or copied */
	RC_LINK,    /* no connection; kept in the outbox */
	RC_USAGE,   /* a command that cannot be understood */
	RC_FAILED,  /* anything else */
};

struct err {
	enum rc rc;
	char field[64]; /* a name of CONTRACT section 4, or "" */
	char vi[512];
	char en[512];
};

/* Fill `err` (which may be NULL) and return `rc`. Both sentences take the same arguments. */
enum rc err_set(struct err *err, enum rc rc, const char *vi, const char *en, ...)
	PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);

/* As err_set with RC_INPUT, about `field`. */
enum rc err_field(struct err *err, const char *field, const char *vi, const char *en, ...)
	PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);

/* Put context in front of a filled `err` ("context: sentence"); returns err->rc. */
enum rc err_in(struct err *err, const char *vi, const char *en, ...)
	PRINTF_LIKE(2, 4) PRINTF_LIKE(3, 4);

/* The sentence in `lang`; never NULL. */
const char *err_text(const struct err *err, enum lang lang);

/* The exit code of CONTRACT section 1 for `rc`. */
int err_exit_code(enum rc rc);

/* Out of memory or a broken invariant of our own: one line on stderr, exit 1. Never for input. */
_Noreturn void die(const char *what);

#endif
