/*
 * deadline.h - when a dossier is due, and whether it was in time.
 *
 * Pure: no database, no clock, no allocation. Times are msec UTC read in the
 * civil time of Viet Nam; a time that is not there is MSEC_NONE. Lengths are
 * in the unit that `allowance` names; allotments and shares are decimals in
 * millionths, as records keep them (one day of a step is 480 working minutes).
 * The calendar is the caller's, read-only; in a year it has no rows for, the
 * work week alone counts and *provisional is set. Safe on any input.
 * `why` (may be NULL) gets lines appended, `*due` and the like are written
 * only on RC_OK. Errors name the field of the exchange format.
 */
#ifndef MOTCUA_DEADLINE_H
#define MOTCUA_DEADLINE_H

#include "core/rules/calendar.h"
#include "core/rules/explain.h"

/* As a procedure's record keeps it (the choices of time_unit, counted from 1); minutes are ours. */
enum time_unit {
	UNIT_NONE, /* the procedure sets no time: the promise is typed */
	WORKING_DAY,
	CALENDAR_DAY,
	WORKING_HOUR,
	HOUR,
	WORKING_MINUTE,
};

enum {
	ALLOWANCE_MAX = 366,	/* of its unit; WORKING_MINUTE: 480 times as many */
	DAY_WORK_MINUTES = 480, /* what one day of an allotment is worth */
	ALLOWANCE_TEXT = 64,
};

struct allowance {
	int32_t value;
	enum time_unit unit;
	bool same_day_15h; /* the result is due the same day; value and unit are ignored */
};

/* One stay of the clock. kind is PAUSE_SUPPLEMENT .. PAUSE_STOP of db/rec_fields.h. */
struct pause {
	int kind;
	msec from, to; /* to MSEC_NONE: still paused */
};

/* The promise moved by a leader. */
struct extension {
	msec at, old_due_at, new_due_at;
};

/*
 * The promise for what was received at `received_at`. RC_INPUT: a length out of range
 * (0..ALLOWANCE_MAX), no unit (due_at must be typed), a year past 9900.
 */
enum rc deadline_for(const struct calendar *cal, const struct allowance *allowance, msec received_at,
		     msec *due, bool *provisional, struct explain *why, struct err *err) MUST_CHECK;
/*
 * `due` after a pause from `from` to `to`: moved on by the working days in (from, to] at the
 * same clock time; for hours and minutes of work, what was left at `from` is added from `to` on.
 * Step dues move the same way. `allowance` may be NULL. RC_INPUT: to before from.
 */
enum rc deadline_pause(const struct calendar *cal, const struct allowance *allowance, msec due, msec from,
		       msec to, msec *new_due, bool *provisional, struct err *err) MUST_CHECK;

/* All that moved a promise. Pauses and extensions are in the order they happened. */
struct promise {
	struct allowance allowance; /* UNIT_NONE: the first promise was typed */
	msec received_at;
	msec due_at; /* as it stands in the record; kept even where counting gives another */
	const struct pause *pauses;
	size_t pauses_count;
	const struct extension *extensions;
	size_t extensions_count;
};
/*
 * Count the promise from nothing and say line by line why. *due is what counting gives: the
 * last extension or the shifted first promise (for UNIT_NONE: due_at as it stands).
 */
enum rc deadline_explain(const struct calendar *cal, const struct promise *promise, msec *due,
			 bool *provisional, struct explain *why, struct err *err) MUST_CHECK;

/* "3 ngày làm việc", "trong ngày": for the receipt and lists. "" for UNIT_NONE. */
const char *allowance_format(const struct allowance *allowance, enum lang lang, char out[ALLOWANCE_TEXT]);

/*
 * What a step with `share` (millionths) of the time gets: share x working minutes from the
 * normalised reception to `due_at` / 480, in millionths of a day; 0 when due comes first.
 */
int64_t deadline_allot(const struct calendar *cal, msec received_at, msec due_at, int64_t share);
/* When a step given at `given_at` is due: that much work later, never past the dossier's `due_at`. */
msec deadline_step(const struct calendar *cal, msec given_at, int64_t allotted_days, msec due_at);
/* When the counter must have handed a dossier on: closing that day; received after 15:00, the next opening.
 */
msec deadline_handover(const struct calendar *cal, msec received_at);

enum timeliness { TIMELY_EARLY, TIMELY_ON_TIME, TIMELY_LATE };
/* By local date alone. No due date, or withdrawn: on time. */
enum timeliness deadline_timeliness(msec due_at, msec finished_at, bool withdrawn);
/* An open dossier at the end of `day`: its due date is past and the clock runs. */
bool deadline_overdue(msec due_at, dayno day, bool paused);
/* Calendar days `day` is past the due date; 0 when it is not. */
int32_t deadline_days_late(msec due_at, dayno day);
/* Working days from `today` to the due date, today not counted: 0 due today, 1 tomorrow, negative overdue. */
int64_t deadline_days_left(const struct calendar *cal, msec due_at, dayno today);

#endif
