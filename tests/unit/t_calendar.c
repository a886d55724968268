#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/case.h"
#include "tests/unit/office.h"

static struct calendar cal;

static int load(void **state)
{
	(void)state;
	load_holidays(&cal);
	return 0;
}

static void the_shipped_holidays_are_all_there(void **state)
{
	(void)state;
	assert_int_equal(cal.count, 60);
	assert_string_equal(calendar_row(&cal, on("2026-11-24"))->name_vi, "Ngày Văn hóa Việt Nam");
	assert_string_equal(calendar_row(&cal, on("2024-05-04"))->name_en, "Make-up working day");
	assert_true(calendar_row(&cal, on("2027-02-08"))->projected);
	assert_null(calendar_row(&cal, on("2026-11-25")));
	assert_null(calendar_row(&cal, on("2099-01-01")));
}

static const struct {
	const char *day;
	bool working;
} days[] = {
	{ "2026-11-20", true },	 /* Friday */
	{ "2026-11-21", false }, /* Saturday */
	{ "2026-11-22", false }, /* Sunday */
	{ "2026-11-24", false }, /* the new holiday */
	{ "2026-08-22", true },	 /* make-up Saturday */
	{ "2026-08-31", false }, /* swapped for it */
	{ "2024-05-04", true },	 /* make-up Saturday */
	{ "2026-04-26", false }, /* a holiday on a Sunday */
	{ "2031-09-02", true },	 /* no rows for that year: a plain Tuesday */
	{ "1990-01-01", true },
};

static void working_days_are_told_from_others(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		case_name(days[i].day);
		assert_int_equal(calendar_is_working(&cal, on(days[i].day)), days[i].working);
	}
}

/* Every count and every nth day over nine years, against walking day by day. */
static void counting_agrees_with_walking(void **state)
{
	dayno first = on("2022-06-01"), last = on("2031-06-01");
	int64_t walked = 0;

	(void)state;
	for (dayno day = first + 1; day <= last; day++) {
		dayno next = day;

		walked += calendar_is_working(&cal, day);
		assert_int_equal(calendar_count_days(&cal, first, day), walked);
		assert_int_equal(calendar_count_days(&cal, day, first), -walked);
		if (calendar_is_working(&cal, day)) {
			assert_int_equal(calendar_add_days(&cal, first, walked), day);
		}
		while (!calendar_is_working(&cal, next))
			next++;
		assert_int_equal(calendar_working_from(&cal, day), next);
	}
}

static const struct {
	const char *what, *came, *begins;
} receptions[] = {
	{ "in the morning", "2026-11-23 08:03:46", "2026-11-23 08:03:46" },
	{ "at opening", "2026-11-23 07:00:00", "2026-11-23 07:00:00" },
	{ "a millisecond before opening", "2026-11-23 06:59:59.999", "2026-11-23 07:00:00" },
	{ "at midnight", "2026-11-23 00:00:00", "2026-11-23 07:00:00" },
	{ "last second of the morning", "2026-11-23 11:29:59", "2026-11-23 11:29:59" },
	{ "when lunch begins", "2026-11-23 11:30:00", "2026-11-23 13:30:00" },
	{ "in the lunch break", "2026-11-23 12:15:00", "2026-11-23 13:30:00" },
	{ "when lunch ends", "2026-11-23 13:30:00", "2026-11-23 13:30:00" },
	{ "last second of the day", "2026-11-20 16:59:59", "2026-11-20 16:59:59" },
	{ "closing time is after closing", "2026-11-20 17:00:00", "2026-11-23 07:00:00" },
	{ "late on Friday", "2026-11-20 23:59:59", "2026-11-23 07:00:00" },
	{ "the evening before a holiday", "2026-11-23 18:00:00", "2026-11-25 07:00:00" },
	{ "Saturday", "2026-11-21 09:00:00", "2026-11-23 07:00:00" },
	{ "a make-up Saturday", "2026-08-22 09:00:00", "2026-08-22 09:00:00" },
	{ "before a make-up Saturday", "2026-08-21 17:30:00", "2026-08-22 07:00:00" },
	{ "Tet", "2026-02-16 09:00:00", "2026-02-23 07:00:00" },
};

static void reception_is_normalised(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(receptions); i++) {
		case_name(receptions[i].what);
		assert_int_equal(calendar_normalise(&cal, at(receptions[i].came)), at(receptions[i].begins));
	}
}

static const struct {
	const char *what, *from;
	int64_t minutes;
	const char *to;
} works[] = {
	{ "across lunch", "2026-11-23 11:00:00", 60, "2026-11-23 14:00:00" },
	{ "to the very end of the morning", "2026-11-23 11:00:00", 30, "2026-11-23 11:30:00" },
	{ "to closing", "2026-11-20 16:00:00", 60, "2026-11-20 17:00:00" },
	{ "one minute over the weekend", "2026-11-20 17:00:00", 1, "2026-11-23 07:01:00" },
	{ "four hours over the weekend", "2026-11-20 16:00:00", 240, "2026-11-23 10:00:00" },
	{ "a whole day", "2026-11-23 07:00:00", 480, "2026-11-23 17:00:00" },
	{ "two days over the holiday", "2026-11-23 09:00:00", 960, "2026-11-26 09:00:00" },
	{ "seconds are kept", "2026-11-20 16:59:30", 1, "2026-11-23 07:00:30" },
	{ "from before opening", "2026-11-23 03:00:00", 5, "2026-11-23 07:05:00" },
	{ "from a Sunday", "2026-11-22 03:00:00", 5, "2026-11-23 07:05:00" },
	{ "over Tet", "2026-02-13 16:00:00", 120, "2026-02-23 08:00:00" },
	{ "into a make-up Saturday", "2026-08-21 16:00:00", 120, "2026-08-22 08:00:00" },
};

static void work_is_counted_in_sessions(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(works); i++) {
		msec from = at(works[i].from), to = at(works[i].to), work = works[i].minutes * MINUTE_MS;

		case_name(works[i].what);
		assert_int_equal(calendar_add_work(&cal, from, work), to);
		assert_int_equal(calendar_work_between(&cal, from, to), work);
		assert_int_equal(calendar_work_between(&cal, to, from), -work);
	}
	assert_int_equal(calendar_add_work(&cal, at("2026-11-22 03:00:00"), 0), at("2026-11-22 03:00:00"));
	assert_int_equal(calendar_add_work(&cal, at("2026-11-23 10:00:00"), -240 * MINUTE_MS),
			 at("2026-11-20 16:00:00"));
	assert_int_equal(calendar_add_work(&cal, at("2026-11-23 07:00:00"), -60 * MINUTE_MS),
			 at("2026-11-20 16:00:00"));
}

/* Adding and measuring undo each other from any moment, for any length. */
static void adding_and_measuring_agree(void **state)
{
	uint32_t seed = 12345;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		msec from, work, to;

		seed = seed * 1664525u + 1013904223u;
		from = at("2023-01-01 00:00:00") + (msec)(seed >> 4) * 600;
		seed = seed * 1664525u + 1013904223u;
		work = (msec)(seed >> 8) * 100 + 1;
		to = calendar_add_work(&cal, from, work);
		assert_int_equal(calendar_work_between(&cal, from, to), work);
		assert_int_equal(calendar_work_between(&cal, from, to - 1), work - 1);
	}
}

static const struct {
	const char *text;
	bool good;
} texts[] = {
	{ "07:00-11:30,13:30-17:00", true },
	{ "07:00-11:30, 13:30-17:00", true },
	{ "07:30-17:00", true },
	{ "00:00-23:59", true },
	{ "07:00-08:00,09:00-10:00,11:00-12:00,13:00-14:00", true },
	{ "07:00-08:00,09:00-10:00,11:00-12:00,13:00-14:00,15:00-16:00", false },
	{ "", false },
	{ "7:00-11:30", false },
	{ "07:00", false },
	{ "07:00-07:00", false },
	{ "11:30-07:00", false },
	{ "07:00-24:00", false },
	{ "07:00-11:60", false },
	{ "07:00-11:30,11:30-17:00", false },
	{ "13:30-17:00,07:00-11:30", false },
	{ "07:00-11:30,", false },
	{ "07:00-11:30x", false },
	{ "07:00-11:30;13:30-17:00", false },
	{ "07:00-1", false },
};

static void hours_are_read_or_refused(void **state)
{
	static struct calendar mine;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };

		case_name(texts[i].text);
		calendar_init(&mine);
		assert_int_equal(calendar_set_hours(&mine, CALENDAR_EVERY_DAY, texts[i].text, &err),
				 texts[i].good ? RC_OK : RC_INPUT);
		if (!texts[i].good) {
			assert_int_equal(calendar_closing(&mine, on("2026-11-23")), at("2026-11-23 17:00"));
			assert_true(err.vi[0] && err.en[0]);
		}
	}
	assert_int_equal(calendar_set_hours(&mine, 7, CALENDAR_HOURS, NULL), RC_INPUT);
	assert_int_equal(calendar_set_hours(&mine, -2, CALENDAR_HOURS, NULL), RC_INPUT);
}

static void a_ward_may_have_its_own_week(void **state)
{
	static struct calendar mine;
	const bool six[7] = { true, true, true, true, true, true, false };
	const bool none[7] = { false };

	(void)state;
	load_holidays(&mine);
	/* Saturday morning opens the door, but is no working day until the week says so. */
	assert_int_equal(calendar_set_hours(&mine, 5, "07:00-11:00", NULL), RC_OK);
	assert_false(calendar_is_working(&mine, on("2026-11-21")));
	/* and a make-up Saturday has the hours of a whole day. */
	assert_int_equal(calendar_closing(&mine, on("2026-08-22")), at("2026-08-22 17:00"));
	assert_int_equal(calendar_set_week(&mine, six, NULL), RC_OK);
	assert_true(calendar_is_working(&mine, on("2026-11-21")));
	assert_int_equal(calendar_count_days(&mine, on("2026-11-20"), on("2026-11-25")), 3);
	assert_int_equal(calendar_closing(&mine, on("2026-11-21")), at("2026-11-21 11:00"));
	assert_int_equal(calendar_add_work(&mine, at("2026-11-20 16:00"), 360 * MINUTE_MS),
			 at("2026-11-23 08:00"));
	/* The four hours of every Saturday are in the count of a year. */
	assert_int_equal(calendar_work_between(&mine, at("2028-01-03 00:00"), at("2028-01-10 00:00")),
			 44 * HOUR_MS);
	assert_int_equal(calendar_set_week(&mine, none, NULL), RC_INPUT);
	assert_true(calendar_is_working(&mine, on("2026-11-21")));
}

static void years_without_rows_are_guesses(void **state)
{
	(void)state;
	assert_true(calendar_knows(&cal, on("2024-01-01"), on("2027-12-31")));
	assert_false(calendar_knows(&cal, on("2023-12-31"), on("2024-01-02")));
	assert_false(calendar_knows(&cal, on("2027-12-31"), on("2028-01-01")));
	assert_false(calendar_knows(&cal, on("2050-01-01"), on("2050-01-02")));
	assert_true(calendar_is_projected(&cal, on("2027-02-01"), on("2027-02-05")));
	assert_false(calendar_is_projected(&cal, on("2027-01-01"), on("2027-02-04")));
	assert_false(calendar_is_projected(&cal, on("2026-01-01"), on("2026-12-31")));
}

static void rows_come_in_any_order_and_replace(void **state)
{
	static struct calendar mine;
	size_t count;
	const struct holiday *row;

	(void)state;
	calendar_init(&mine);
	for (dayno day = on("2026-03-31"); day >= on("2026-03-01"); day -= 2)
		assert_int_equal(calendar_add(&mine, day, false, false, "nghỉ", NULL, NULL), RC_OK);
	for (dayno day = on("2026-03-02"); day <= on("2026-03-31"); day += 2)
		assert_int_equal(calendar_add(&mine, day, true, false, "làm", "work", NULL), RC_OK);
	row = calendar_rows(&mine, on("2026-03-01"), on("2026-03-31"), &count);
	assert_int_equal(count, 31);
	for (size_t i = 0; i < count; i++)
		assert_true(row[i].day == on("2026-03-01") + (dayno)i && row[i].is_workday == (i % 2 == 1));
	assert_string_equal(row[0].name_en, "nghỉ");
	assert_int_equal(calendar_count_days(&mine, on("2026-02-28"), on("2026-03-31")), 15);
	assert_int_equal(calendar_add(&mine, on("2026-03-01"), true, true, "đổi", NULL, NULL), RC_OK);
	assert_int_equal(mine.count, 31);
	assert_int_equal(calendar_count_days(&mine, on("2026-02-28"), on("2026-03-31")), 16);
	calendar_rows(&mine, on("2026-04-01"), on("2026-03-01"), &count);
	assert_int_equal(count, 0);
}

static void rows_have_a_ceiling_and_names_a_length(void **state)
{
	static struct calendar mine;
	struct err err = { 0 };
	dayno day = on("2030-01-01");
	char name[300] = "";

	(void)state;
	calendar_init(&mine);
	for (size_t i = 0; i + 3 < sizeof(name); i += 2)
		memcpy(name + i, "đ", 3);
	assert_int_equal(calendar_add(&mine, day, false, false, name, NULL, NULL), RC_OK);
	assert_int_equal(strlen(mine.row[0].name_vi), 118); /* 59 letters of two bytes */
	for (int i = 1; i < CALENDAR_ROWS; i++)
		assert_int_equal(calendar_add(&mine, day + i, false, false, "nghỉ", NULL, NULL), RC_OK);
	assert_int_equal(calendar_add(&mine, day - 1, false, false, "nghỉ", NULL, &err), RC_FULL);
	assert_int_equal(mine.count, CALENDAR_ROWS);
	assert_int_equal(calendar_add(&mine, day, true, false, "làm", NULL, NULL), RC_OK);
	assert_int_equal(calendar_add(&mine, on("1899-12-31"), false, false, "nghỉ", NULL, &err), RC_INPUT);
	assert_int_equal(calendar_add(&mine, INT32_MAX, false, false, "nghỉ", NULL, &err), RC_INPUT);
	/* Three years off in a row end at last. */
	assert_int_equal(calendar_add_days(&mine, day, 1), on("2032-10-21"));
}

static void the_ends_of_time_hold(void **state)
{
	static const msec moments[] = { INT64_MIN, INT64_MIN + 1, -1, 0, INT64_MAX };
	static const msec amounts[] = { INT64_MIN, -1, 0, 1, INT64_MAX };

	(void)state;
	assert_int_equal(calendar_add_days(&cal, INT32_MAX, 5), on("9999-12-31"));
	assert_int_equal(calendar_add_days(&cal, 0, INT64_MAX), on("9999-12-31"));
	assert_int_equal(calendar_add_days(&cal, on("9999-12-30"), 2), on("9999-12-31"));
	assert_int_equal(calendar_add_days(&cal, on("2026-11-23"), 0), on("2026-11-23"));
	assert_int_equal(calendar_add_days(&cal, on("2026-11-23"), -3), on("2026-11-23"));
	assert_true(calendar_count_days(&cal, INT32_MIN, INT32_MAX) > 2000000);
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		calendar_normalise(&cal, moments[i]);
		calendar_work_between(&cal, moments[i], 0);
		for (size_t k = 0; k < ARRAY_LEN(amounts); k++)
			calendar_add_work(&cal, moments[i], amounts[k]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_holidays_are_all_there),
		cmocka_unit_test(working_days_are_told_from_others),
		cmocka_unit_test(counting_agrees_with_walking),
		cmocka_unit_test(reception_is_normalised),
		cmocka_unit_test(work_is_counted_in_sessions),
		cmocka_unit_test(adding_and_measuring_agree),
		cmocka_unit_test(hours_are_read_or_refused),
		cmocka_unit_test(a_ward_may_have_its_own_week),
		cmocka_unit_test(years_without_rows_are_guesses),
		cmocka_unit_test(rows_come_in_any_order_and_replace),
		cmocka_unit_test(rows_have_a_ceiling_and_names_a_length),
		cmocka_unit_test(the_ends_of_time_hold),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
