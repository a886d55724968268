/*
 * many.h - one verb to many dossiers: asked first, then done in a few transactions.
 *
 * What act.h says of one dossier holds for each. A dossier that cannot is told
 * and passed over; the others are done. A transaction holds MANY_TOGETHER
 * dossiers: after a power cut each dossier is done or untouched, never half,
 * and the first ones are done. A return that names no collector is collected
 * by each dossier's own applicant.
 */
#ifndef MOTCUA_MANY_H
#define MOTCUA_MANY_H

#include "core/act.h"
#include "core/table.h"

enum { MANY_TOGETHER = 16 };

/* What came, or would come, of one dossier. It lives until the visit returns. */
struct many_outcome {
	size_t nth;		       /* of the codes given */
	const char *code;
	const struct act_result *result; /* with RC_OK */
	const struct err *err;	       /* err->rc says whether it was done */
};
/* A visit that returns non-RC_OK ends the work there; what was told is done. */
typedef enum rc many_visit(void *ctx, const struct many_outcome *outcome, struct err *err);

/* Would it be done? Nothing is written. Errors other than a dossier's own end the walk. */
enum rc many_check(struct app *app, const char *const *codes, size_t count, enum verb verb,
		   const struct act_input *input, many_visit *each, void *ctx, struct err *err) MUST_CHECK;
/*
 * Do it. Each outcome is told when it stands in the store. On an error (disk full, damage, a visit that stops)
 * the dossiers not yet told are untouched. RC_REFUSED, without any outcome, inside a transaction.
 */
enum rc many_run(struct app *app, const char *const *codes, size_t count, enum verb verb,
		 const struct act_input *input, many_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* The dossiers as a table for people, one row each, and as lines of the exchange format. Both need MAY_EXPORT,
 * and the audit notes who took them. RC_NONE: one of them is not here. */
enum rc many_table(struct app *app, const char *const *codes, size_t count, struct table *out,
		   struct err *err) MUST_CHECK;
enum rc many_lines(struct app *app, const char *const *codes, size_t count, struct buf *out,
		   struct err *err) MUST_CHECK;

#endif
