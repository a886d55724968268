/*
 * ratio.h - shares as numerator and denominator, and figures as people here
 * read them.
 *
 * Pure. A share is kept as its two counts and turned into hundredths of a
 * percent only to be shown: half up, or cut off where the ward's setting asks
 * for that. Vietnamese figures have a point between thousands and a decimal
 * comma (5.105 and 90,21%), English ones the other way round.
 */
#ifndef MOTCUA_RATIO_H
#define MOTCUA_RATIO_H

#include "db/base/base.h"

struct ratio {
	int64_t numerator, denominator; /* 0 or more */
};

/* Hundredths of a percent in *percent; false (nothing written) when there is nothing to divide by. */
bool ratio_percent(struct ratio ratio, bool truncate, int64_t *percent) MUST_CHECK;
/* The share, exactly and not as shown, reaches `target_micro` millionths of a percent. False for 0 of 0. */
bool ratio_meets(struct ratio ratio, int64_t target_micro);

enum { FIGURE_TEXT = 40 };
/* 5.105 or 5,105 */
const char *figure_int(int64_t value, enum lang lang, char out[FIGURE_TEXT]);
/* 90,21% or 90.21% from hundredths of a percent. */
const char *figure_percent(int64_t percent, enum lang lang, char out[FIGURE_TEXT]);
/* Millionths, without zeros at the end: 12,5 or 12.5. */
const char *figure_decimal(int64_t micro, enum lang lang, char out[FIGURE_TEXT]);

#endif
