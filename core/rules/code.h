/*
 * code.h - dossier codes: UNIT-YYMMDD-N.
 *
 * Pure, no allocation. UNIT is one to four groups of one to four digits and
 * capital letters joined by dots; YYMMDD is the local date of reception, of
 * the years 2000 to 2099; N has four to six digits and restarts each day.
 * Every device has its own block of N, so two counters without a line never
 * mint the same code. A code is compared as text: 0101 and 00101 are two.
 */
#ifndef MOTCUA_CODE_H
#define MOTCUA_CODE_H

#include "db/base/clock.h"

enum {
	CODE_UNIT_TEXT = 20, /* four groups, three dots, NUL */
	CODE_TEXT = 34,
	CODE_SLOT_MAX = 99,
};

struct code_parts {
	char unit[CODE_UNIT_TEXT];
	dayno day;
	uint32_t ordinal;
};

/* Take a code apart. RC_INPUT, field "code": another shape, or a date there is not. */
enum rc code_parse(const char *text, struct code_parts *out, struct err *err) MUST_CHECK;
/* The unit part alone, as `init --unit` takes it. */
bool code_unit_valid(const char *unit);
/*
 * Put a code together; N gets four digits, or as many as it needs. RC_INPUT: a unit that is
 * none, a date outside 2000 to 2099, an ordinal past 999999 or 0.
 */
enum rc code_build(const struct code_parts *parts, char out[CODE_TEXT], struct err *err) MUST_CHECK;

/* Who mints, and whether its store came out of a backup today. */
struct code_block {
	unsigned slot; /* 1..CODE_SLOT_MAX */
	unsigned epoch;
	bool restored_today;
};

/* Does a dossier of today with this ordinal exist already, in whatever state? */
typedef bool code_taken(void *ctx, uint32_t ordinal);

/*
 * The next ordinal of today. Slot k gives k*100+1 to k*100+99, then k*10000+100 to k*10000+9999;
 * on the day of a restore only k*10000 + 1000*(epoch mod 10) + 100 and above, as the backup does
 * not know what was minted after it. `last` is the one this device minted last today (0: none):
 * what comes up to it is not looked at again, so a code whose dossier was undone stays unused.
 * Ordinals `taken` (may be NULL) says are present are skipped.
 * RC_FULL: the block is used up for today. RC_INPUT: no such slot.
 */
enum rc code_next(const struct code_block *block, uint32_t last, code_taken *taken, void *ctx,
		  uint32_t *ordinal, struct err *err) MUST_CHECK;
/* The slot whose block holds `ordinal`, or 0. */
unsigned code_slot(uint32_t ordinal);

#endif
