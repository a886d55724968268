#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "db/base/clock.h"
#include "tests/unit/case.h"

static const struct {
	const char *what, *text, *formatted; /* formatted NULL: refused */
} moments[] = {
	{ "local", "2024-10-25T08:03:46+07:00", "2024-10-25T08:03:46+07:00" },
	{ "zulu is converted", "2024-10-25T01:03:46Z", "2024-10-25T08:03:46+07:00" },
	{ "another offset, across midnight", "2024-10-25T20:30:00-05:30", "2024-10-26T09:00:00+07:00" },
	{ "offset without colon", "2024-10-25T08:03:46+0700", "2024-10-25T08:03:46+07:00" },
	{ "offset of hours only", "2024-10-25T08:03:46+07", "2024-10-25T08:03:46+07:00" },
	{ "no seconds", "2024-10-25T08:03+07:00", "2024-10-25T08:03:00+07:00" },
	{ "milliseconds", "2024-10-25T08:03:46.120+07:00", "2024-10-25T08:03:46.120+07:00" },
	{ "one digit of fraction", "2024-10-25T08:03:46.5+07:00", "2024-10-25T08:03:46.500+07:00" },
	{ "microseconds are cut", "2024-10-25T08:03:46.123999+07:00", "2024-10-25T08:03:46.123+07:00" },
	{ "comma fraction", "2024-10-25T08:03:46,25Z", "2024-10-25T15:03:46.250+07:00" },
	{ "zero fraction is not written", "2024-10-25T08:03:46.000+07:00", "2024-10-25T08:03:46+07:00" },
	{ "before 1970", "1969-12-31T23:59:59.999+07:00", "1969-12-31T23:59:59.999+07:00" },
	{ "leap day", "2024-02-29T00:00:00+07:00", "2024-02-29T00:00:00+07:00" },
	{ "leap day of 2000", "2000-02-29T23:59:59+07:00", "2000-02-29T23:59:59+07:00" },
	{ "first moment", "0001-01-01T00:00:00+07:00", "0001-01-01T00:00:00+07:00" },
	{ "last moment", "9999-12-31T23:59:59.999+07:00", "9999-12-31T23:59:59.999+07:00" },
	{ "past the last moment", "9999-12-31T23:59:59Z", NULL },
	{ "before the first moment", "0001-01-01T00:00:00+14:00", NULL },
	{ "no offset", "2024-10-25T08:03:46", NULL },
	{ "only a date", "2024-10-25", NULL },
	{ "29 February of a common year", "2023-02-29T08:00:00+07:00", NULL },
	{ "29 February of 1900", "1900-02-29T08:00:00+07:00", NULL },
	{ "31 April", "2024-04-31T08:00:00+07:00", NULL },
	{ "month 13", "2024-13-01T08:00:00+07:00", NULL },
	{ "month 0", "2024-00-01T08:00:00+07:00", NULL },
	{ "day 0", "2024-01-00T08:00:00+07:00", NULL },
	{ "year 0", "0000-01-01T08:00:00+07:00", NULL },
	{ "24:00", "2024-10-25T24:00:00+07:00", NULL },
	{ "minute 60", "2024-10-25T08:60:00+07:00", NULL },
	{ "leap second", "2016-12-31T23:59:60Z", NULL },
	{ "offset of 24 hours", "2024-10-25T08:00:00+24:00", NULL },
	{ "offset minute 60", "2024-10-25T08:00:00+07:60", NULL },
	{ "half an offset", "2024-10-25T08:00:00+07:", NULL },
	{ "offset of one digit", "2024-10-25T08:00:00+7", NULL },
	{ "words behind", "2024-10-25T08:00:00+07:00x", NULL },
	{ "blank in front", " 2024-10-25T08:00:00+07:00", NULL },
	{ "blank for T", "2024-10-25 08:00:00+07:00", NULL },
	{ "short year", "224-10-25T08:00:00+07:00", NULL },
	{ "five digits of year", "12024-10-25T08:00:00+07:00", NULL },
	{ "one digit of hour", "2024-10-25T8:00:00+07:00", NULL },
	{ "a point without digits", "2024-10-25T08:00:00.+07:00", NULL },
	{ "sign in a number", "2024-+1-25T08:00:00+07:00", NULL },
	{ "empty", "", NULL },
	{ "cut after T", "2024-10-25T", NULL },
};

static void moments_are_read_and_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		struct err err = { 0 };
		char text[CLOCK_TEXT];
		msec at = 42;
		enum rc rc = clock_parse(moments[i].text, &at, &err);

		case_name(moments[i].what);
		if (!moments[i].formatted) {
			assert_int_equal(rc, RC_INPUT);
			assert_int_equal(at, 42);
			assert_true(err.vi[0] && err.en[0]);
			continue;
		}
		assert_int_equal(rc, RC_OK);
		assert_string_equal(clock_format(at, text), moments[i].formatted);
		assert_int_equal(clock_parse(text, &at, NULL), RC_OK);
	}
}

static void a_missing_offset_and_a_missing_time_say_so(void **state)
{
	struct err err = { 0 };
	msec at;

	(void)state;
	assert_int_equal(clock_parse("2024-10-25T08:03:46", &at, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "offset"));
	assert_int_equal(clock_parse("2024-10-25", &at, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "time of day"));
	assert_int_equal(clock_parse("2023-02-29T08:00:00Z", &at, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "no such day"));
}

static const struct {
	const char *text, *iso; /* iso NULL: refused */
} typed_dates[] = {
	{ "25/10/2024", "2024-10-25" }, { "5/3/1990", "1990-03-05" }, { " 05-03-1990 ", "1990-03-05" },
	{ "5.3.1990", "1990-03-05" },	{ "15031990", "1990-03-15" }, { "1990-03-15", "1990-03-15" },
	{ "5/3-1990", NULL },		{ "5/3/90", NULL },	      { "31/02/2024", NULL },
	{ "5/3/19901", NULL },		{ "1503199", NULL },	      { "150319901", NULL },
	{ "15031990x", NULL },		{ "3/15/1990", NULL },	      { "", NULL },
	{ "1990/03/15", NULL },		{ "1990-03-155", NULL },      { "005/3/1990", NULL },
};

static void typed_dates_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed_dates); i++) {
		char text[CLOCK_DATE_TEXT];
		dayno day = 7, iso = 7;
		enum rc rc = clock_parse_typed_date(typed_dates[i].text, &day, NULL);

		case_name(typed_dates[i].text);
		assert_int_equal(rc, typed_dates[i].iso ? RC_OK : RC_INPUT);
		if (!typed_dates[i].iso) {
			assert_int_equal(day, 7);
			continue;
		}
		assert_string_equal(clock_format_date(day, text), typed_dates[i].iso);
		assert_int_equal(clock_parse_date(typed_dates[i].iso, &iso, NULL), RC_OK);
		assert_int_equal(day, iso);
	}
}

static const struct {
	const char *text, *iso;
} typed_times[] = {
	{ "25/10/2024 08:05", "2024-10-25T08:05:00+07:00" },
	{ "25/10/2024  8:05:09 ", "2024-10-25T08:05:09+07:00" },
	{ "2024-10-25 08:05", "2024-10-25T08:05:00+07:00" },
	{ "2024-10-25T08:05Z", "2024-10-25T15:05:00+07:00" },
	{ "25/10/2024", NULL },
	{ "25/10/202408:05", NULL },
	{ "25/10/2024 24:00", NULL },
	{ "29/02/2023 08:00", NULL },
	{ "25/10/2024 08:05 pm", NULL },
};

static void typed_times_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(typed_times); i++) {
		char text[CLOCK_TEXT];
		msec at = 7;

		case_name(typed_times[i].text);
		assert_int_equal(clock_parse_typed(typed_times[i].text, &at, NULL),
				 typed_times[i].iso ? RC_OK : RC_INPUT);
		if (typed_times[i].iso)
			assert_string_equal(clock_format(at, text), typed_times[i].iso);
		else
			assert_int_equal(at, 7);
	}
}

static void only_a_date_is_a_date(void **state)
{
	static const char *const bad[] = { "",		 "2024-10",   "2024-1-2", "2024-10-25T08:00:00+07:00",
					   "2023-02-29", "2024-10-2x" };
	dayno day = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(clock_parse_date(bad[i], &day, NULL), RC_INPUT);
	assert_int_equal(day, 7);
}

/* Every day of four centuries against a walking count. */
static void the_calendar_walks_day_by_day(void **state)
{
	static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = 1890, month = 1, day = 1, weekday = 2; /* 1 January 1890 was a Wednesday */
	dayno at = 0;

	(void)state;
	assert_true(dayno_from_ymd(year, month, day, &at));
	for (; year < 2290; at++) {
		struct civil c = dayno_civil(at);
		bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		dayno back = 0;

		assert_true(c.year == year && c.month == month && c.day == day && c.weekday == weekday);
		assert_true(dayno_from_ymd(year, month, day, &back) && back == at);
		assert_int_equal(dayno_of(dayno_start(at)), at);
		assert_int_equal(dayno_of(dayno_start(at) + DAY_MS - 1), at);
		weekday = (weekday + 1) % 7;
		if (++day > lengths[month - 1] + (month == 2 && leap)) {
			day = 1;
			month = month % 12 + 1;
			year += month == 1;
		}
	}
}

static void no_value_breaks_it(void **state)
{
	static const msec odd[] = { INT64_MIN,
				    INT64_MIN + 1,
				    INT64_MAX,
				    -1,
				    0,
				    1,
				    INT64_C(-62135596800001),
				    INT64_C(253402300800000) };
	char text[CLOCK_TEXT], longer[CLOCK_LONG_TEXT], date[CLOCK_DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		assert_true(strlen(clock_format(odd[i], text)) >= 25);
		assert_true(clock_ms_of_day(odd[i]) >= 0 && clock_ms_of_day(odd[i]) < DAY_MS);
		clock_format_long(odd[i], LANG_VI, longer);
	}
	assert_string_equal(clock_format_date(INT32_MIN, date), "0001-01-01");
	assert_string_equal(clock_format_dmy(INT32_MAX, date), "31/12/9999");
	assert_true(dayno_weekday(INT32_MIN) == 0);
}

static void papers_and_lists_read_as_people_write(void **state)
{
	char longer[CLOCK_LONG_TEXT], shorter[CLOCK_SHORT_TEXT], date[CLOCK_DATE_TEXT];
	msec at = 0;

	(void)state;
	assert_int_equal(clock_parse("2024-10-25T08:05:59.9+07:00", &at, NULL), RC_OK);
	assert_string_equal(clock_format_long(at, LANG_VI, longer), "8 giờ 05 phút, ngày 25/10/2024");
	assert_string_equal(clock_format_long(at, LANG_EN, longer), "8:05 on 25/10/2024");
	assert_string_equal(clock_format_short(at, shorter), "08:05 25/10/2024");
	assert_string_equal(clock_format_dmy(dayno_of(at), date), "25/10/2024");
	assert_string_equal(clock_weekdays[dayno_weekday(dayno_of(at))].vi, "Thứ Sáu");
	assert_int_equal(clock_parse("2024-10-25T16:30:00+07:00", &at, NULL), RC_OK);
	assert_string_equal(clock_format_long(at, LANG_VI, longer), "16 giờ 30 phút, ngày 25/10/2024");
}

static void the_zone_is_viet_nam_whatever_tz_says(void **state)
{
	static const char *const zones[] = { "UTC", "America/New_York", "Asia/Ho_Chi_Minh", ":bad" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
		struct civil c;

		assert_int_equal(setenv("TZ", zones[i], 1), 0);
		tzset();
		c = clock_civil(0);
		assert_true(c.year == 1970 && c.day == 1 && c.hour == 7 && c.minute == 0);
	}
}

static void now_is_system_plus_offset_or_the_test_clock(void **state)
{
	msec system = clock_system();

	(void)state;
	clock_set_offset(3 * DAY_MS);
	assert_true(clock_now() >= system + 3 * DAY_MS && clock_now() < system + 4 * DAY_MS);
	assert_int_equal(clock_offset(), 3 * DAY_MS);
	clock_set_test(123456);
	assert_true(clock_is_test());
	assert_int_equal(clock_now(), 123456);
	clock_set_test(MSEC_NONE);
	clock_set_offset(0);
	assert_false(clock_is_test());
	assert_true(clock_now() >= system);
}

static void a_lying_clock_is_doubted(void **state)
{
	msec now = clock_system();

	(void)state;
	assert_int_equal(clock_doubt(now, MSEC_NONE), CLOCK_FINE);
	assert_int_equal(clock_doubt(now, now), CLOCK_FINE);
	assert_int_equal(clock_doubt(now, now + 1), CLOCK_BEHIND);
	assert_int_equal(clock_doubt(now, now - 30 * DAY_MS), CLOCK_FINE);
	assert_int_equal(clock_doubt(now, now - 30 * DAY_MS - 1), CLOCK_AHEAD);
	assert_int_equal(clock_doubt(INT64_C(978307200000), MSEC_NONE), CLOCK_BEHIND); /* 2001 */
	assert_int_equal(clock_doubt(INT64_MAX, INT64_MIN + 1), CLOCK_AHEAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_read_and_written),
		cmocka_unit_test(a_missing_offset_and_a_missing_time_say_so),
		cmocka_unit_test(typed_dates_are_understood),
		cmocka_unit_test(typed_times_are_understood),
		cmocka_unit_test(only_a_date_is_a_date),
		cmocka_unit_test(the_calendar_walks_day_by_day),
		cmocka_unit_test(no_value_breaks_it),
		cmocka_unit_test(papers_and_lists_read_as_people_write),
		cmocka_unit_test(the_zone_is_viet_nam_whatever_tz_says),
		cmocka_unit_test(now_is_system_plus_offset_or_the_test_clock),
		cmocka_unit_test(a_lying_clock_is_doubted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
