/*
 * calendar.h - which days the office works, at what hours, and arithmetic on both.
 *
 * Pure: no database, no clock, no allocation. Times are msec UTC read in the
 * civil time of Viet Nam, lengths of work are milliseconds inside sessions.
 * A working day is a day of the work week (Monday to Friday unless set) that
 * no row calls off, or any day a row calls a working day. Rows come from the
 * caller, in any order, at most CALENDAR_ROWS. Every question is answered by
 * binary search over the rows, whatever the distance in time. Safe on any
 * value: results are pulled into the years 1 to 9999.
 * A struct calendar is about 270 KB: keep it in the caller's long-lived memory.
 */
#ifndef MOTCUA_CALENDAR_H
#define MOTCUA_CALENDAR_H

#include "db/base/clock.h"

enum {
	CALENDAR_ROWS = 1024,
	CALENDAR_NAME = 120,   /* bytes of a day's name kept, NUL included; longer ones are cut at a letter */
	CALENDAR_SESSIONS = 4, /* a day */
	CALENDAR_EVERY_DAY = -1,
};

#define CALENDAR_HOURS "07:00-11:30,13:30-17:00"

/* A row of the holiday list. */
struct holiday {
	dayno day;
	bool is_workday; /* a make-up day, else a day off */
	bool projected;	 /* not yet decided by the authorities */
	char name_vi[CALENDAR_NAME], name_en[CALENDAR_NAME];
};

/* The hours of one day: sessions in order, milliseconds of the day. */
struct hours {
	int count;
	struct session {
		int32_t from_ms, to_ms;
	} session[CALENDAR_SESSIONS];
};

/* Working days and milliseconds of work, counted from the first day there is. */
struct workload {
	int64_t days;
	msec ms;
};

struct calendar {
	size_t count;
	struct holiday row[CALENDAR_ROWS]; /* by day */
	/* Kept by the functions below. */
	struct workload shift[CALENDAR_ROWS + 1]; /* what the rows before the nth add to a plain week */
	struct workload week[8];		  /* of a plain week, before its nth day; [7]: all of it */
	bool workday[7];			  /* Monday first */
	struct hours hours[7];
	struct hours makeup; /* of a working day outside the work week */
};

/* No rows, Monday to Friday, CALENDAR_HOURS. */
void calendar_init(struct calendar *cal);
/*
 * Add a row; a second row for a day replaces the first. name_en may be NULL.
 * RC_FULL past CALENDAR_ROWS, RC_INPUT for a day outside the years 1900 to 2999.
 */
enum rc calendar_add(struct calendar *cal, dayno day, bool is_workday, bool projected, const char *name_vi,
		     const char *name_en, struct err *err) MUST_CHECK;
/*
 * Set the hours of one weekday (0 Monday), or of all and of make-up days (CALENDAR_EVERY_DAY),
 * from "hh:mm-hh:mm,hh:mm-hh:mm". RC_INPUT, and nothing changed: bad shape, sessions that
 * touch, overlap or run backwards, more than CALENDAR_SESSIONS.
 * Hours alone make no working day.
 */
enum rc calendar_set_hours(struct calendar *cal, int weekday, const char *text, struct err *err) MUST_CHECK;
/* Set the days of the work week (Monday first); RC_INPUT when there is none. */
enum rc calendar_set_week(struct calendar *cal, const bool workday[7], struct err *err) MUST_CHECK;

/* The row about `day`, or NULL. */
const struct holiday *calendar_row(const struct calendar *cal, dayno day);
/* The rows of days in [from, to]: the first of *count, which may be 0. */
const struct holiday *calendar_rows(const struct calendar *cal, dayno from, dayno to, size_t *count);
/* Every year from that of `from` to that of `to` has at least one row: dates between are no guess. */
bool calendar_knows(const struct calendar *cal, dayno from, dayno to);
/* A row of [from, to] is projected. */
bool calendar_is_projected(const struct calendar *cal, dayno from, dayno to);

bool calendar_is_working(const struct calendar *cal, dayno day);
/* The first working day that is not before `day`. */
dayno calendar_working_from(const struct calendar *cal, dayno day);
/* The nth working day after `day`; `day` itself for n <= 0. */
dayno calendar_add_days(const struct calendar *cal, dayno day, int64_t n);
/* Working days in (after, to]; negative when `to` is before `after`. */
int64_t calendar_count_days(const struct calendar *cal, dayno after, dayno to);

/* When the office opens and closes on `day`, as if it were a working day. */
msec calendar_opening(const struct calendar *cal, dayno day);
msec calendar_closing(const struct calendar *cal, dayno day);
/*
 * The moment work on something that came at `at` begins: `at` inside a session, else the start
 * of the next session. The end of a session is outside it.
 */
msec calendar_normalise(const struct calendar *cal, msec at);
/* Milliseconds of work in [from, to); negative when `to` is before `from`. */
msec calendar_work_between(const struct calendar *cal, msec from, msec to);
/*
 * The first moment by which `work_ms` of work have passed since `at`; `at` itself for 0.
 * A negative length goes back. The end of a session is reached before the start of the next.
 */
msec calendar_add_work(const struct calendar *cal, msec at, msec work_ms);

#endif
