/*
 * signin.h - who opened, was refused, exported, restored on this device: the part of
 * the audit that is no event. Kept here only, never sent.
 */
#ifndef MOTCUA_SIGNIN_H
#define MOTCUA_SIGNIN_H

#include "db/stmt.h"

/* One more line, in the caller's transaction or in its own statement. */
enum rc signin_add(struct db *db, int64_t at, const char *name, const char *what, struct err *err) MUST_CHECK;

struct signin {
	int64_t at; /* ms UTC */
	const char *name, *what; /* until the visit returns */
};
typedef enum rc signin_visit(void *ctx, const struct signin *signin, struct err *err);
/* Lines of from <= at < to, oldest first. */
enum rc signin_walk(struct db *db, int64_t from, int64_t to, signin_visit *each, void *ctx, struct err *err) MUST_CHECK;

#endif
