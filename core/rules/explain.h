/*
 * explain.h - why a date is what it is: a few lines in both languages.
 *
 * Pure, no allocation. Lines past EXPLAIN_LINES are dropped and `cut` is set;
 * a line that does not fit is cut at a letter. No personal data goes in.
 */
#ifndef MOTCUA_EXPLAIN_H
#define MOTCUA_EXPLAIN_H

#include "db/base/base.h"

enum { EXPLAIN_LINES = 48, EXPLAIN_TEXT = 240 };

struct explain {
	size_t count;
	bool cut;
	struct explain_line {
		char vi[EXPLAIN_TEXT], en[EXPLAIN_TEXT];
	} line[EXPLAIN_LINES];
};

/* Two arguments, Vietnamese then English, of which each sentence takes its own. */
#define EXPLAIN_VI "%s%.0s"
#define EXPLAIN_EN "%.0s%s"

/* Add a line; both sentences take the same arguments. Nothing happens when `why` is NULL. */
void explain_add(struct explain *why, const char *vi, const char *en, ...) PRINTF_LIKE(2, 4)
	PRINTF_LIKE(3, 4);
/* The nth line in `lang`. */
const char *explain_text(const struct explain *why, size_t n, enum lang lang);

#endif
