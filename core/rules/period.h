/*
 * period.h - reporting periods: which days they hold, and what they are called.
 *
 * Pure, no allocation. The periods of administrative reports end on the 14th:
 * 2024 runs from 15 December 2023 to 14 December 2024. Free ranges hold any
 * days. Both ends are inside the period.
 */
#ifndef MOTCUA_PERIOD_H
#define MOTCUA_PERIOD_H

#include "db/base/clock.h"

enum { PERIOD_TEXT = 64 };

struct period {
	enum period_kind {
		PERIOD_RANGE,
		PERIOD_YEAR,
		PERIOD_HALF,
		PERIOD_NINE_MONTHS,
		PERIOD_QUARTER,
		PERIOD_MONTH,
	} kind;
	int year, number; /* the quarter, half or month; 0 for others */
	dayno from, to;
};

/* Read 2024, 2024-Q3, 2024-H1, 2024-9M or 2024-M10 (years 1900 to 2999). RC_INPUT, field "period". */
enum rc period_parse(const char *text, struct period *out, struct err *err) MUST_CHECK;
/* Read a free range of two dates YYYY-MM-DD. RC_INPUT, field "from" or "to": no date, or to before from. */
enum rc period_range(const char *from, const char *to, struct period *out, struct err *err) MUST_CHECK;
/* Read what `report` was given: a period, or both ends of a range; the others NULL. RC_USAGE for another mix.
 */
enum rc period_choose(const char *period, const char *from, const char *to, struct period *out,
		      struct err *err) MUST_CHECK;
/* "Quý III năm 2024", "Quarter 3 of 2024"; a range: "01/01/2024 - 22/05/2024". */
const char *period_label(const struct period *period, enum lang lang, char out[PERIOD_TEXT]);
/* The first moment after the period. */
msec period_end(const struct period *period);

#endif
