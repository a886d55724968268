/*
 * clash.h - two people changed one field without knowing of each other: show both, let one decide.
 *
 * A decision is one more event that follows both, so it travels and ends the
 * clash on every device.
 */
#ifndef MOTCUA_CLASH_H
#define MOTCUA_CLASH_H

#include "core/app.h"

enum { CLASH_ID_TEXT = 17 };

struct clash_side {
	const char *value, *actor; /* value "": removed */
	msec at;
	enum verb verb;
};

struct clash_view {
	char id[CLASH_ID_TEXT];
	enum rec_kind kind;
	const char *key;   /* of the record: a dossier's code */
	const char *field;
	struct clash_side a, b; /* a stands, b is kept */
};
/* Texts live until the visit returns. */
typedef enum rc clash_view_visit(void *ctx, const struct clash_view *view, struct err *err);

/* Needs MAY_READ. */
enum rc clash_list(struct app *app, clash_view_visit *each, void *ctx, struct err *err) MUST_CHECK;
int64_t clash_open_count(struct app *app);
/* Needs MAY_CLASH. `keep_b`: the kept value shall stand. RC_NONE: no such clash (any more). */
enum rc clash_resolve(struct app *app, const char *id, bool keep_b, struct err *err) MUST_CHECK;

#endif
