/*
 * indicator.h - figures the office types in: one by name and period.
 */
#ifndef MOTCUA_INDICATOR_H
#define MOTCUA_INDICATOR_H

#include <stdio.h>

#include "core/app.h"

enum indicator_change { INDICATOR_MADE, INDICATOR_CHANGED, INDICATOR_SAME, INDICATOR_CHANGES };

/*
 * Enter one (REC_INDICATOR, complete): new, or a new value for what stands under its name and
 * period. *change (may be NULL) says which. Needs MAY_INDICATOR.
 */
enum rc indicator_add(struct app *app, const struct rec *indicator, enum indicator_change *change,
		      struct err *err) MUST_CHECK;

struct indicator_result {
	int64_t read, done[INDICATOR_CHANGES], refused;
};
/*
 * Lines of exchange records (`kind` may be left out), all or none. Faulty lines are told to
 * `refused`; then RC_INPUT with *result filled.
 */
enum rc indicator_add_lines(struct app *app, FILE *in, void (*refused)(void *ctx, size_t line, const struct err *why),
			    void *ctx, struct indicator_result *result, struct err *err) MUST_CHECK;

#endif
