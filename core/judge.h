/*
 * judge.h - one dossier seen from the end of a period: does it count, is it
 * open, is it late, and whose lateness is it.
 *
 * Pure. A period is whole days; the end T is the last moment of its last day.
 * What happened after T has not happened, whenever it was recorded. Timeliness
 * goes by local date, never by hours. Source: DOMAIN sections 5 and 9 of the
 * office's rules; the columns of form II.06a follow from `counted` alone:
 * received + carried in = resolved + open holds for every dossier.
 */
#ifndef MOTCUA_JUDGE_H
#define MOTCUA_JUDGE_H

#include "core/fact.h"
#include "core/rules/deadline.h"

struct period_days {
	dayno from, to;  /* both inclusive */
	msec start, end; /* start <= t < end */
};
struct period_days period_days(dayno from, dayno to);

static inline bool period_has(const struct period_days *period, msec at)
{
	return at != MSEC_NONE && at >= period->start && at < period->end;
}

/* Which promise an extended dossier is held to. */
enum lateness_basis { BASIS_ORIGINAL, BASIS_EXTENDED };

struct judged {
	bool received;   /* within the period */
	bool carried_in; /* open when it began */
	bool resolved;   /* within the period, as `timeliness` says */
	bool open;       /* at T */
	bool paused;     /* at T: open, and the clock stands */
	bool overdue;    /* at T: open and late */
	enum timeliness timeliness;
	msec due;        /* the promise it is held to; MSEC_NONE: none */
	int64_t days_late; /* of a late or overdue one */
};
/* All false for what no report counts: never received, registered only, turned away. */
void judge(const struct fact *fact, const struct period_days *period, enum lateness_basis basis, struct judged *out);

/* Whose lateness. Bit 1 << LEVEL_*. */
struct blame {
	unsigned levels;
	uint64_t steps; /* which of them: bit n is the n-th of the first 64 steps */
};
/*
 * For a late or overdue dossier: the level of every step that overran its own
 * due date; if none did, of the step that held the dossier at the end of the
 * due date; without such a step, `row_level`. A step that says no level counts
 * as `row_level`.
 */
void blame(struct span steps, const struct fact *fact, const struct judged *judged, const struct period_days *period,
	   int row_level, struct blame *out);
/* The step was done after its due date, or is not done and that date is past at T. */
bool step_overran(const struct step_fact *step, const struct fact *fact, const struct period_days *period);

#endif
