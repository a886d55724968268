/*
 * provinces.h - what the first three digits of a 12-digit personal number say.
 *
 * A constant table in the order of the codes. The codes did not change when
 * provinces merged on 2025-07-01: 060 is Bình Thuận, now in Lâm Đồng. Numbers
 * of people born abroad carry country codes from 100 up, which are not here.
 */
#ifndef MOTCUA_PROVINCES_H
#define MOTCUA_PROVINCES_H

#include "db/base/base.h"

struct province {
	char code[4];
	const char *name;      /* at the time of issue */
	const char *successor; /* since 2025-07-01 */
};

extern const struct province provinces[];
extern const size_t provinces_count;

/* The province whose code `code` begins with; NULL if there is none. */
const struct province *province_find(const char *code);

#endif
