/*
 * clock.h - now, civil dates, and how both are written.
 *
 * Civil time is UTC+07:00 always: no function here reads TZ or the C library's
 * time zones. Times are msec UTC, dates dayno (base.h); the range is the years
 * 0001 to 9999, and anything outside is pulled to its nearest end, so every
 * function is safe on any value. Everything is pure but clock_system and
 * clock_now. Texts are written into the caller's array, NUL included.
 */
#ifndef MOTCUA_CLOCK_H
#define MOTCUA_CLOCK_H

#include "db/base/err.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

enum {
	CLOCK_TEXT = 30,      /* 2024-10-25T08:03:46.123+07:00 */
	CLOCK_DATE_TEXT = 11, /* 2024-10-25 or 25/10/2024 */
	CLOCK_SHORT_TEXT = 17, /* 08:05 25/10/2024 */
	CLOCK_LONG_TEXT = 48, /* 8 giờ 05 phút, ngày 25/10/2024 */
};

/* A moment as a person in Viet Nam reads it. */
struct civil {
	int year, month, day;             /* month 1..12, day 1..31 */
	int hour, minute, second, milli;
	int weekday;                      /* 0 Monday .. 6 Sunday */
};

/* Thứ Hai .. Chủ Nhật, Monday .. Sunday. */
extern const struct words clock_weekdays[7];

/* What the machine's clock says, in msec. */
msec clock_system(void);
/* The moment the ward works with: the test clock if one is set, else the system clock and the offset. */
msec clock_now(void);
/* The recorded offset added to the system clock, in milliseconds (0 at start). */
void clock_set_offset(msec offset_ms);
msec clock_offset(void);
/* Stop the clock at `now`; MSEC_NONE lets it run again. Demo wards only: the caller sees to that. */
void clock_set_test(msec now);
bool clock_is_test(void);

/* What makes a clock doubtful (DESIGN: the clerk confirms, work goes on). */
enum clock_doubt {
	CLOCK_FINE,
	CLOCK_BEHIND, /* earlier than the newest event or than the day this program was built */
	CLOCK_AHEAD,  /* more than 30 days after the newest event */
};
/* Judge `now` against the newest event's time (MSEC_NONE: no events yet). */
enum clock_doubt clock_doubt(msec now, msec newest_event);

/* The civil date of a moment, the moment a civil date begins, and milliseconds since then (0..DAY_MS-1). */
dayno dayno_of(msec at);
msec dayno_start(dayno day);
int32_t clock_ms_of_day(msec at);
/* 0 Monday .. 6 Sunday. */
int dayno_weekday(dayno day);
/* Year, month, day of a date. */
struct civil dayno_civil(dayno day);
/* The date, if there is such a day in the years 1 to 9999; false and *out untouched if not. */
bool dayno_from_ymd(int year, int month, int day, dayno *out) MUST_CHECK;
/* All parts of a moment. */
struct civil clock_civil(msec at);

/*
 * Read an ISO 8601 moment: YYYY-MM-DDThh:mm[:ss[.fraction]] and an offset (Z, +07:00,
 * +0700 or +07), which must be there. Digits past the millisecond are dropped.
 * RC_INPUT, without field and without quoting the text: bad shape, no offset, a day or an
 * hour there is not (24:00 and second 60 among them), only a date.
 */
enum rc clock_parse(const char *text, msec *out, struct err *err) MUST_CHECK;
/* Read YYYY-MM-DD. RC_INPUT as above. */
enum rc clock_parse_date(const char *text, dayno *out, struct err *err) MUST_CHECK;
/*
 * Read a date as people type it: 5/3/1990, 05-03-1990, 5.3.1990, 05031990, or YYYY-MM-DD.
 * Blanks around it are ignored; years have four digits.
 */
enum rc clock_parse_typed_date(const char *text, dayno *out, struct err *err) MUST_CHECK;
/* A date as above, a blank, and hh:mm[:ss] in local time; or any text clock_parse reads. */
enum rc clock_parse_typed(const char *text, msec *out, struct err *err) MUST_CHECK;

/* 2024-10-25T08:03:46+07:00; milliseconds only when there are some. */
const char *clock_format(msec moment, char out[CLOCK_TEXT]);
/* 2024-10-25 */
const char *clock_format_date(dayno day, char out[CLOCK_DATE_TEXT]);
/* 25/10/2024, as people here read it. */
const char *clock_format_dmy(dayno day, char out[CLOCK_DATE_TEXT]);
/* 08:05 25/10/2024, for lists and lines of explanation. */
const char *clock_format_short(msec moment, char out[CLOCK_SHORT_TEXT]);
/* For papers: "8 giờ 05 phút, ngày 25/10/2024", "8:05 on 25/10/2024". */
const char *clock_format_long(msec moment, enum lang lang, char out[CLOCK_LONG_TEXT]);

#endif
