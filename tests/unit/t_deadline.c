#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/deadline.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"

static struct calendar cal;

static int load(void **state)
{
	(void)state;
	load_holidays(&cal);
	return 0;
}

#define SAME_DAY                                                                                             \
	{                                                                                                    \
		0, UNIT_NONE, true                                                                           \
	}

static const struct {
	const char *what, *received_at, *due_at; /* due_at NULL: refused */
	struct allowance time;
} cases[] = {
	/* The office's own vectors. */
	{ "1: over the new holiday", "2026-11-20 09:00", "2026-11-26 09:00", { 3, WORKING_DAY, false } },
	{ "2: same day, after 15:00, holiday next", "2026-11-23 15:30", "2026-11-25 17:00", SAME_DAY },
	{ "3: day in lieu", "2026-04-24 09:00", "2026-04-28 09:00", { 1, WORKING_DAY, false } },
	{ "4: a make-up Saturday counts", "2026-08-21 09:00", "2026-08-22 09:00", { 1, WORKING_DAY, false } },
	{ "4: and the Monday after it", "2026-08-21 09:00", "2026-08-24 09:00", { 2, WORKING_DAY, false } },
	{ "5: over Tet", "2026-02-13 09:00", "2026-02-23 09:00", { 1, WORKING_DAY, false } },
	{ "6: calendar days that end in Tet",
	  "2026-02-02 09:00",
	  "2026-02-23 09:00",
	  { 15, CALENDAR_DAY, false } },
	{ "7: working hours over a weekend",
	  "2026-11-20 16:00",
	  "2026-11-23 10:00",
	  { 4, WORKING_HOUR, false } },
	{ "8: working minutes over lunch",
	  "2026-11-23 11:00",
	  "2026-11-23 14:00",
	  { 60, WORKING_MINUTE, false } },
	{ "10: a make-up Saturday of 2024",
	  "2024-05-03 09:00",
	  "2024-05-04 09:00",
	  { 1, WORKING_DAY, false } },
	{ "11: received on a Saturday", "2026-11-21 09:00", "2026-11-27 07:00", { 3, WORKING_DAY, false } },
	{ "12: same day, in the morning", "2026-11-23 09:00", "2026-11-23 17:00", SAME_DAY },
	{ "13: same day, received on a Saturday", "2026-11-21 09:00", "2026-11-23 17:00", SAME_DAY },
	/* The edges of 15:00. */
	{ "15:00:00 is still today", "2026-11-23 15:00:00", "2026-11-23 17:00", SAME_DAY },
	{ "a millisecond later is not", "2026-11-23 15:00:00.001", "2026-11-25 17:00", SAME_DAY },
	{ "nor is a second", "2026-11-23 15:00:01", "2026-11-25 17:00", SAME_DAY },
	{ "same day after closing: next morning's", "2026-11-19 18:00", "2026-11-20 17:00", SAME_DAY },
	{ "same day before opening", "2026-11-20 05:00", "2026-11-20 17:00", SAME_DAY },
	{ "same day in the lunch break", "2026-11-20 12:00", "2026-11-20 17:00", SAME_DAY },
	{ "same day, Friday after 15:00", "2026-11-13 16:00", "2026-11-16 17:00", SAME_DAY },
	{ "same day on a make-up Saturday", "2026-08-22 10:00", "2026-08-22 17:00", SAME_DAY },
	{ "same day ignores its length",
	  "2026-11-23 09:00",
	  "2026-11-23 17:00",
	  { 9999, WORKING_DAY, true } },
	/* Reception outside the sessions. */
	{ "at closing time it is the next day's",
	  "2026-11-19 17:00",
	  "2026-11-23 07:00",
	  { 1, WORKING_DAY, false } },
	{ "a second before closing it is today's",
	  "2026-11-19 16:59:59",
	  "2026-11-20 16:59:59",
	  { 1, WORKING_DAY, false } },
	{ "before opening", "2026-11-19 06:30", "2026-11-20 07:00", { 1, WORKING_DAY, false } },
	{ "in the lunch break", "2026-11-19 12:30", "2026-11-20 13:30", { 1, WORKING_DAY, false } },
	{ "on a holiday", "2026-11-24 10:00", "2026-11-26 07:00", { 1, WORKING_DAY, false } },
	/* Other lengths. */
	{ "no days", "2026-11-20 09:00", "2026-11-20 09:00", { 0, WORKING_DAY, false } },
	{ "no days from a Sunday", "2026-11-22 09:00", "2026-11-23 07:00", { 0, WORKING_DAY, false } },
	{ "no calendar days", "2026-11-20 09:00", "2026-11-20 09:00", { 0, CALENDAR_DAY, false } },
	{ "calendar days to a working day",
	  "2026-11-20 09:00",
	  "2026-11-30 09:00",
	  { 10, CALENDAR_DAY, false } },
	{ "calendar days to a Saturday", "2026-11-20 09:00", "2026-11-30 09:00", { 8, CALENDAR_DAY, false } },
	{ "calendar days to a make-up Saturday",
	  "2026-08-20 09:00",
	  "2026-08-22 09:00",
	  { 2, CALENDAR_DAY, false } },
	{ "calendar days received on a Saturday",
	  "2026-11-21 09:00",
	  "2026-11-25 07:00",
	  { 2, CALENDAR_DAY, false } },
	{ "no working hours", "2026-11-20 11:45", "2026-11-20 13:30", { 0, WORKING_HOUR, false } },
	{ "working hours to the end of the morning",
	  "2026-11-20 09:30",
	  "2026-11-20 11:30",
	  { 2, WORKING_HOUR, false } },
	{ "working hours to closing", "2026-11-20 13:00", "2026-11-20 15:30", { 2, WORKING_HOUR, false } },
	{ "eight hours are a day", "2026-11-23 09:00", "2026-11-25 09:00", { 8, WORKING_HOUR, false } },
	{ "wall-clock hours", "2026-11-20 16:00", "2026-11-21 16:00", { 24, HOUR, false } },
	{ "wall-clock hours are not normalised",
	  "2026-11-21 22:10:05",
	  "2026-11-22 00:10:05",
	  { 2, HOUR, false } },
	{ "the longest time", "2024-01-02 09:00", "2025-06-24 09:00", { 366, WORKING_DAY, false } },
	{ "the longest calendar time", "2024-01-02 09:00", "2025-01-02 09:00", { 366, CALENDAR_DAY, false } },
	{ "one more", "2024-01-02 09:00", NULL, { 367, WORKING_DAY, false } },
	{ "one more hour", "2024-01-02 09:00", NULL, { 367, HOUR, false } },
	{ "less than none", "2024-01-02 09:00", NULL, { -1, WORKING_DAY, false } },
	{ "minutes past 366 days", "2024-01-02 09:00", NULL, { 366 * 480 + 1, WORKING_MINUTE, false } },
	{ "no unit", "2024-01-02 09:00", NULL, { 1, UNIT_NONE, false } },
	{ "what is no unit", "2024-01-02 09:00", NULL, { 1, (enum time_unit)9, false } },
	{ "a year that cannot be", "9901-01-02 09:00", NULL, { 1, WORKING_DAY, false } },
};

static void promises_are_counted_as_the_office_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		static struct explain why;
		struct err err = { 0 };
		msec due = 42;
		bool provisional = false;
		enum rc rc = deadline_for(&cal, &cases[i].time, at(cases[i].received_at), &due, &provisional,
					  NULL, &err);

		case_name(cases[i].what);
		if (!cases[i].due_at) {
			assert_int_equal(rc, RC_INPUT);
			assert_int_equal(due, 42);
			assert_true(err.field[0] && err.vi[0] && err.en[0]);
			continue;
		}
		assert_int_equal(rc, RC_OK);
		assert_int_equal(due, at(cases[i].due_at));
		assert_false(provisional);
		/* The same with words, and every promise can be explained. */
		why.count = 0;
		assert_int_equal(deadline_for(&cal, &cases[i].time, at(cases[i].received_at), &due,
					      &provisional, &why, &err),
				 RC_OK);
		assert_int_equal(due, at(cases[i].due_at));
		assert_true(why.count >= 3 && !why.cut);
	}
}

static void a_year_without_rows_makes_it_provisional(void **state)
{
	const struct allowance five = { 5, WORKING_DAY, false };
	bool provisional = false;
	msec due;

	(void)state;
	assert_int_equal(deadline_for(&cal, &five, at("2027-12-20 09:00"), &due, &provisional, NULL, NULL),
			 RC_OK);
	assert_false(provisional);
	assert_int_equal(deadline_for(&cal, &five, at("2027-12-27 09:00"), &due, &provisional, NULL, NULL),
			 RC_OK);
	assert_int_equal(due, at("2028-01-03 09:00"));
	assert_true(provisional);
	assert_int_equal(deadline_for(&cal, &five, at("2035-05-07 09:00"), &due, &provisional, NULL, NULL),
			 RC_OK);
	assert_int_equal(due, at("2035-05-14 09:00"));
	assert_true(provisional);
}

static const struct {
	const char *what, *due, *from, *to, *moved; /* moved NULL: refused */
	struct allowance time;
} pauses[] = {
	{ "9: over a weekend and the holiday",
	  "2026-11-26 09:00",
	  "2026-11-20 10:00",
	  "2026-11-25 08:00",
	  "2026-11-30 09:00",
	  { 3, WORKING_DAY, false } },
	{ "within one day",
	  "2026-11-26 09:00",
	  "2026-11-20 08:00",
	  "2026-11-20 16:00",
	  "2026-11-26 09:00",
	  { 3, WORKING_DAY, false } },
	{ "over midnight",
	  "2026-11-26 09:00",
	  "2026-11-19 16:59",
	  "2026-11-20 07:01",
	  "2026-11-27 09:00",
	  { 3, WORKING_DAY, false } },
	{ "resumed on a Sunday",
	  "2026-11-26 09:00",
	  "2026-11-20 08:00",
	  "2026-11-22 16:00",
	  "2026-11-26 09:00",
	  { 3, WORKING_DAY, false } },
	{ "calendar days move by working days",
	  "2026-11-26 09:00",
	  "2026-11-20 10:00",
	  "2026-11-25 08:00",
	  "2026-11-30 09:00",
	  { 15, CALENDAR_DAY, false } },
	{ "the same-day promise stays at closing", "2026-11-20 17:00", "2026-11-20 10:00", "2026-11-25 08:00",
	  "2026-11-25 17:00", SAME_DAY },
	{ "hours of the wall clock too",
	  "2026-11-21 16:00",
	  "2026-11-20 17:00",
	  "2026-11-23 08:00",
	  "2026-11-23 16:00",
	  { 24, HOUR, false } },
	{ "an overdue promise stays as late as it was",
	  "2026-11-18 09:00",
	  "2026-11-20 10:00",
	  "2026-11-25 08:00",
	  "2026-11-20 09:00",
	  { 3, WORKING_DAY, false } },
	{ "working hours left are added",
	  "2026-11-20 16:00",
	  "2026-11-20 15:00",
	  "2026-11-23 10:00",
	  "2026-11-23 11:00",
	  { 4, WORKING_HOUR, false } },
	{ "over lunch",
	  "2026-11-20 16:00",
	  "2026-11-20 15:00",
	  "2026-11-23 11:00",
	  "2026-11-23 14:00",
	  { 4, WORKING_HOUR, false } },
	{ "resumed on a Sunday",
	  "2026-11-20 16:00",
	  "2026-11-20 15:00",
	  "2026-11-22 11:00",
	  "2026-11-23 08:00",
	  { 4, WORKING_HOUR, false } },
	{ "nothing was left",
	  "2026-11-20 16:00",
	  "2026-11-20 16:00",
	  "2026-11-22 11:00",
	  "2026-11-23 07:00",
	  { 4, WORKING_HOUR, false } },
	{ "already late by an hour",
	  "2026-11-20 15:00",
	  "2026-11-20 16:00",
	  "2026-11-23 09:00",
	  "2026-11-23 08:00",
	  { 4, WORKING_HOUR, false } },
	{ "working minutes",
	  "2026-11-23 14:00",
	  "2026-11-23 11:20",
	  "2026-11-25 11:20",
	  "2026-11-25 14:00",
	  { 60, WORKING_MINUTE, false } },
	{ "ends before it begins",
	  "2026-11-26 09:00",
	  "2026-11-20 10:00",
	  "2026-11-20 09:59",
	  NULL,
	  { 3, WORKING_DAY, false } },
};

static void pauses_move_the_promise(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pauses); i++) {
		msec moved = 42;
		bool provisional = true;
		enum rc rc = deadline_pause(&cal, &pauses[i].time, at(pauses[i].due), at(pauses[i].from),
					    at(pauses[i].to), &moved, &provisional, NULL);

		case_name(pauses[i].what);
		assert_int_equal(rc, pauses[i].moved ? RC_OK : RC_INPUT);
		assert_int_equal(moved, pauses[i].moved ? at(pauses[i].moved) : 42);
		assert_int_equal(provisional, !pauses[i].moved);
	}
}

static void a_typed_promise_moves_by_working_days(void **state)
{
	msec moved = 0;
	bool provisional;

	(void)state;
	assert_int_equal(deadline_pause(&cal, NULL, at("2026-11-26 09:00"), at("2026-11-20 10:00"),
					at("2026-11-25 08:00"), &moved, &provisional, NULL),
			 RC_OK);
	assert_int_equal(moved, at("2026-11-30 09:00"));
	assert_int_equal(deadline_pause(&cal, NULL, MSEC_NONE, 0, 1, &moved, &provisional, NULL), RC_INPUT);
	assert_int_equal(deadline_pause(&cal, NULL, 0, 0, MSEC_NONE, &moved, &provisional, NULL), RC_INPUT);
}

static bool says(const struct explain *why, enum lang lang, const char *words)
{
	for (size_t i = 0; i < why->count; i++)
		if (strstr(explain_text(why, i, lang), words))
			return true;
	for (size_t i = 0; i < why->count; i++)
		print_message("  %s\n", explain_text(why, i, lang));
	return false;
}

static void a_promise_is_explained_line_by_line(void **state)
{
	static struct explain why;
	const struct pause paused[] = { { PAUSE_SUPPLEMENT, at("2026-11-25 10:00"),
					  at("2026-11-27 08:00") } };
	const struct extension extended[] = { { at("2026-11-27 09:00"), at("2026-12-01 07:00"),
						at("2026-12-07 07:00") } };
	struct promise promise = { .allowance = { 3, WORKING_DAY, false },
				   .received_at = at("2026-11-20 17:30"),
				   .due_at = at("2026-12-01 07:00"),
				   .pauses = paused,
				   .pauses_count = 1 };
	msec due = 0;
	bool provisional = true;

	(void)state;
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
	assert_int_equal(due, at("2026-12-01 07:00"));
	assert_false(provisional);
	assert_true(says(&why, LANG_VI, "tiếp nhận sau giờ đóng cửa → tính từ 07:00 Thứ Hai 23/11/2026"));
	assert_true(says(&why, LANG_EN, "received after closing → counted from 07:00 Monday 23/11/2026"));
	assert_true(says(&why, LANG_VI, "thời hạn 3 ngày làm việc"));
	assert_true(says(&why, LANG_EN, "3 working days"));
	assert_true(says(&why, LANG_VI, "24/11/2026 là ngày nghỉ: Ngày Văn hóa Việt Nam"));
	assert_true(says(&why, LANG_EN, "24/11/2026 is a holiday"));
	assert_true(says(&why, LANG_VI, "tạm dừng 2 ngày làm việc chờ bổ sung"));
	assert_true(says(&why, LANG_EN, "paused 2 working days, waiting for papers"));
	assert_true(says(&why, LANG_VI, "không tính 2 ngày nghỉ cuối tuần"));
	assert_true(says(&why, LANG_VI, "hẹn trả dời đến 07:00 Thứ Ba 01/12/2026"));
	assert_false(says(&why, LANG_EN, "which is kept"));

	why.count = 0;
	promise.extensions = extended;
	promise.extensions_count = 1;
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
	assert_int_equal(due, at("2026-12-07 07:00"));
	assert_true(says(&why, LANG_VI,
			 "gia hạn lúc 09:00 Thứ Sáu 27/11/2026 → hẹn trả 07:00 Thứ Hai 07/12/2026"));
	assert_true(says(&why, LANG_EN, "the dossier says due 07:00 Tuesday 01/12/2026, which is kept"));
}

static void a_pause_after_an_extension_moves_the_new_promise(void **state)
{
	const struct pause paused[] = { { PAUSE_SUPPLEMENT, at("2026-11-25 10:00"), at("2026-11-26 08:00") },
					{ PAUSE_FINANCE, at("2026-12-01 10:00"), at("2026-12-03 08:00") },
					{ PAUSE_STOP, at("2026-12-04 10:00"), MSEC_NONE } };
	const struct extension extended[] = { { at("2026-11-27 09:00"), MSEC_NONE, at("2026-12-07 07:00") } };
	const struct promise promise = { .allowance = { 3, WORKING_DAY, false },
					 .received_at = at("2026-11-20 09:00"),
					 .due_at = MSEC_NONE,
					 .pauses = paused,
					 .pauses_count = 3,
					 .extensions = extended,
					 .extensions_count = 1 };
	static struct explain why;
	msec due = 0;
	bool provisional = true;

	(void)state;
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
	assert_int_equal(due, at("2026-12-09 07:00"));
	assert_true(says(&why, LANG_VI, "đang tạm dừng do dừng xử lý từ 10:00 Thứ Sáu 04/12/2026"));
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, NULL, NULL), RC_OK);
	assert_int_equal(due, at("2026-12-09 07:00"));
}

static const struct {
	const char *what, *received_at;
	struct allowance time;
	const char *vi;
} reasons[] = {
	{ "holiday",
	  "2026-11-24 09:00",
	  { 1, WORKING_DAY, false },
	  "ngày tiếp nhận là ngày nghỉ: Ngày Văn hóa Việt Nam" },
	{ "weekend", "2026-11-21 09:00", { 1, WORKING_DAY, false }, "tiếp nhận vào ngày không làm việc" },
	{ "early", "2026-11-20 06:00", { 1, WORKING_DAY, false }, "trước giờ mở cửa" },
	{ "lunch",
	  "2026-11-20 12:00",
	  { 1, WORKING_DAY, false },
	  "giờ nghỉ trưa → tính từ 13:30 Thứ Sáu 20/11/2026" },
	{ "same day", "2026-11-20 09:00", SAME_DAY, "trả trong ngày (tiếp nhận đến 15:00)" },
	{ "after three", "2026-11-20 15:01", SAME_DAY, "tiếp nhận sau 15:00 → ngày làm việc tiếp theo" },
	{ "make-up", "2026-08-21 09:00", { 2, WORKING_DAY, false }, "22/08/2026 là ngày làm bù" },
	{ "calendar",
	  "2026-02-02 09:00",
	  { 15, CALENDAR_DAY, false },
	  "ngày cuối 17/02/2026 không làm việc" },
	{ "calendar's holidays",
	  "2026-02-02 09:00",
	  { 15, CALENDAR_DAY, false },
	  "20/02/2026 là ngày nghỉ: Tết" },
	{ "wall clock", "2026-11-21 09:00", { 2, HOUR, false }, "tính theo giờ liên tục" },
	{ "projected", "2027-02-03 09:00", { 3, WORKING_DAY, false }, "ngày dự kiến" },
	{ "unknown year", "2027-12-30 09:00", { 3, WORKING_DAY, false }, "năm 2028 chưa có lịch nghỉ lễ" },
};

static void every_reason_has_its_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		static struct explain why;
		const struct promise promise = { .allowance = reasons[i].time,
						 .received_at = at(reasons[i].received_at),
						 .due_at = MSEC_NONE };
		msec due;
		bool provisional;

		case_name(reasons[i].what);
		why.count = 0;
		assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
		assert_true(says(&why, LANG_VI, reasons[i].vi));
		assert_true(says(&why, LANG_VI, "hẹn trả"));
	}
}

static void a_typed_promise_says_so(void **state)
{
	static struct explain why;
	const struct pause paused[] = { { PAUSE_SUPPLEMENT, at("2026-11-25 10:00"),
					  at("2026-11-26 08:00") } };
	const struct promise promise = { .received_at = at("2026-11-20 09:00"),
					 .due_at = at("2026-12-10 09:00"),
					 .pauses = paused,
					 .pauses_count = 1 };
	msec due = 0;
	bool provisional = true;

	(void)state;
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
	assert_int_equal(due, at("2026-12-10 09:00"));
	assert_false(provisional);
	assert_true(says(&why, LANG_VI, "được nhập"));
	assert_true(says(&why, LANG_VI, "tạm dừng 1 ngày làm việc"));
}

static void an_explanation_has_a_ceiling(void **state)
{
	static struct explain why;
	static struct pause paused[200];
	struct promise promise = { .allowance = { 3, WORKING_DAY, false },
				   .received_at = at("2026-11-20 09:00") };
	msec due = 0;
	bool provisional;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paused); i++)
		paused[i] = (struct pause){ (int)i - 5, at("2026-11-20 10:00"), at("2026-11-23 10:00") };
	promise.pauses = paused;
	promise.pauses_count = ARRAY_LEN(paused);
	assert_int_equal(deadline_explain(&cal, &promise, &due, &provisional, &why, NULL), RC_OK);
	assert_int_equal(why.count, EXPLAIN_LINES);
	assert_true(why.cut);
	assert_int_equal(dayno_of(due), calendar_add_days(&cal, on("2026-11-26"), 200));
}

static void a_long_line_is_cut_at_a_letter(void **state)
{
	static struct explain why;
	char text[400] = "";

	(void)state;
	for (size_t i = 0; i < 390; i += 3)
		memcpy(text + i, "ạ", 4);
	explain_add(&why, "x%s", "%s", text);
	assert_int_equal(strlen(why.line[0].vi), 238); /* x and 79 letters of three bytes */
	assert_int_equal(strlen(why.line[0].en), 237);
	explain_add(NULL, "x", "y");
}

static void steps_share_the_time(void **state)
{
	msec received_at = at("2026-11-20 09:00"), due_at = at("2026-11-26 09:00");

	(void)state;
	/* Three working days are 1440 minutes. */
	assert_int_equal(deadline_allot(&cal, received_at, due_at, 1000000), 3000000);
	assert_int_equal(deadline_allot(&cal, received_at, due_at, 150000), 450000);
	assert_int_equal(deadline_allot(&cal, received_at, due_at, 600000), 1800000);
	assert_int_equal(deadline_allot(&cal, at("2026-11-20 17:30"), at("2026-11-23 09:00"), 1000000),
			 250000);
	assert_int_equal(deadline_allot(&cal, received_at, due_at, 0), 0);
	assert_int_equal(deadline_allot(&cal, received_at, due_at, -1), 0);
	assert_int_equal(deadline_allot(&cal, received_at, at("2026-11-19 09:00"), 500000), 0);
	assert_int_equal(deadline_allot(&cal, received_at, MSEC_NONE, 500000), 0);
	assert_true(deadline_allot(&cal, INT64_MIN + 1, INT64_MAX, INT64_MAX) > 0);

	assert_int_equal(deadline_step(&cal, received_at, 450000, due_at), at("2026-11-20 14:36"));
	assert_int_equal(deadline_step(&cal, at("2026-11-20 14:36"), 1800000, due_at),
			 at("2026-11-25 11:00"));
	assert_int_equal(deadline_step(&cal, at("2026-11-25 16:00"), 1800000, due_at), due_at);
	assert_int_equal(deadline_step(&cal, at("2026-11-25 16:00"), 1000000, MSEC_NONE),
			 at("2026-11-26 16:00"));
	assert_int_equal(deadline_step(&cal, at("2026-11-27 16:00"), 1800000, due_at), due_at);
	assert_int_equal(deadline_step(&cal, received_at, 0, due_at), received_at);
	assert_int_equal(deadline_step(&cal, received_at, INT64_MIN, due_at), received_at);
	assert_int_equal(deadline_step(&cal, received_at, INT64_MAX, due_at), due_at);
}

static void the_counter_hands_over_the_same_day(void **state)
{
	(void)state;
	assert_int_equal(deadline_handover(&cal, at("2026-11-23 09:00")), at("2026-11-23 17:00"));
	assert_int_equal(deadline_handover(&cal, at("2026-11-23 15:00")), at("2026-11-23 17:00"));
	assert_int_equal(deadline_handover(&cal, at("2026-11-23 15:00:01")), at("2026-11-25 07:00"));
	assert_int_equal(deadline_handover(&cal, at("2026-11-21 16:00")), at("2026-11-23 17:00"));
}

static const struct {
	const char *what, *due, *finished;
	bool withdrawn;
	enum timeliness timely;
} finishes[] = {
	{ "the day before, late at night", "2026-11-26 09:00", "2026-11-25 23:59:59", false, TIMELY_EARLY },
	{ "the same day, hours after", "2026-11-26 09:00", "2026-11-26 23:59:59", false, TIMELY_ON_TIME },
	{ "the same day, hours before", "2026-11-26 09:00", "2026-11-26 00:00", false, TIMELY_ON_TIME },
	{ "the first minute of the next day", "2026-11-26 09:00", "2026-11-27 00:00", false, TIMELY_LATE },
	{ "withdrawn early", "2026-11-26 09:00", "2026-11-20 00:00", true, TIMELY_ON_TIME },
	{ "withdrawn late", "2026-11-26 09:00", "2026-11-30 00:00", true, TIMELY_ON_TIME },
	{ "no due date", NULL, "2026-11-30 00:00", false, TIMELY_ON_TIME },
};

static void timeliness_is_by_local_date(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(finishes); i++) {
		msec due = finishes[i].due ? at(finishes[i].due) : MSEC_NONE;

		case_name(finishes[i].what);
		assert_int_equal(deadline_timeliness(due, at(finishes[i].finished), finishes[i].withdrawn),
				 finishes[i].timely);
	}
}

static void overdue_and_days_late(void **state)
{
	msec due = at("2026-11-26 09:00");

	(void)state;
	assert_false(deadline_overdue(due, on("2026-11-26"), false));
	assert_true(deadline_overdue(due, on("2026-11-27"), false));
	assert_false(deadline_overdue(due, on("2026-11-27"), true));
	assert_false(deadline_overdue(MSEC_NONE, on("2026-11-27"), false));
	assert_int_equal(deadline_days_late(due, on("2026-11-25")), 0);
	assert_int_equal(deadline_days_late(due, on("2026-11-26")), 0);
	assert_int_equal(deadline_days_late(due, on("2026-11-30")), 4);
	assert_int_equal(deadline_days_late(MSEC_NONE, on("2026-11-30")), 0);
	assert_int_equal(deadline_days_left(&cal, due, on("2026-11-26")), 0);
	assert_int_equal(deadline_days_left(&cal, due, on("2026-11-23")), 2);
	assert_int_equal(deadline_days_left(&cal, due, on("2026-11-30")), -2);
}

static void lengths_are_written_for_people(void **state)
{
	char text[ALLOWANCE_TEXT];

	(void)state;
	assert_string_equal(allowance_format(&(struct allowance){ 3, WORKING_DAY, false }, LANG_VI, text),
			    "3 ngày làm việc");
	assert_string_equal(allowance_format(&(struct allowance){ 3, WORKING_DAY, false }, LANG_EN, text),
			    "3 working days");
	assert_string_equal(allowance_format(&(struct allowance){ 1, HOUR, false }, LANG_EN, text), "1 hour");
	assert_string_equal(allowance_format(&(struct allowance)SAME_DAY, LANG_VI, text), "trong ngày");
	assert_string_equal(allowance_format(&(struct allowance){ 0, UNIT_NONE, false }, LANG_VI, text), "");
	assert_string_equal(
		allowance_format(&(struct allowance){ 0, (enum time_unit)77, false }, LANG_VI, text), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promises_are_counted_as_the_office_does),
		cmocka_unit_test(a_year_without_rows_makes_it_provisional),
		cmocka_unit_test(pauses_move_the_promise),
		cmocka_unit_test(a_typed_promise_moves_by_working_days),
		cmocka_unit_test(a_promise_is_explained_line_by_line),
		cmocka_unit_test(a_pause_after_an_extension_moves_the_new_promise),
		cmocka_unit_test(every_reason_has_its_words),
		cmocka_unit_test(a_typed_promise_says_so),
		cmocka_unit_test(an_explanation_has_a_ceiling),
		cmocka_unit_test(a_long_line_is_cut_at_a_letter),
		cmocka_unit_test(steps_share_the_time),
		cmocka_unit_test(the_counter_hands_over_the_same_day),
		cmocka_unit_test(timeliness_is_by_local_date),
		cmocka_unit_test(overdue_and_days_late),
		cmocka_unit_test(lengths_are_written_for_people),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
