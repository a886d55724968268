#include "core/rules/deadline.h"

#include <stdio.h>

#include "core/rules/deadline_why.h"

#define SAME_DAY_UNTIL_MS ((int32_t)(15 * HOUR_MS))
#define YEAR_MAX 9900 /* later promises would not fit the years there are */
#define MILLION INT64_C(1000000)
#define DAY_WORK_MS (DAY_WORK_MINUTES * MINUTE_MS)
/* Ceilings that keep the arithmetic of hostile records inside 64 bits. */
#define ALLOT_WORK_MAX_MS INT64_C(8000000000000)
#define ALLOT_MAX (INT64_C(100000) * MILLION)

static bool of_working_time(const struct allowance *allowance)
{
	return allowance && !allowance->same_day_15h &&
	       (allowance->unit == WORKING_HOUR || allowance->unit == WORKING_MINUTE);
}

static enum rc check(const struct allowance *allowance, msec received_at, struct err *err)
{
	int32_t most = allowance->unit == WORKING_MINUTE ? ALLOWANCE_MAX * DAY_WORK_MINUTES : ALLOWANCE_MAX;

	if (received_at == MSEC_NONE)
		return err_field(err, "received_at", "chưa có thời điểm tiếp nhận",
				 "there is no time of reception");
	if (dayno_civil(dayno_of(received_at)).year > YEAR_MAX)
		return err_field(err, "received_at", "năm tiếp nhận không thể có",
				 "there is no such year of reception");
	if (allowance->same_day_15h)
		return RC_OK;
	if (allowance->unit <= UNIT_NONE || allowance->unit > WORKING_MINUTE)
		return err_field(err, "due_at",
				 "thủ tục không có thời hạn theo quy định: cần nhập ngày hẹn trả",
				 "the procedure has no statutory time: a due date is needed");
	if (allowance->value < 0 || allowance->value > most)
		return err_field(err, "time_value", "thời hạn phải từ 0 đến %d",
				 "a length of time is 0 to %d", most);
	return RC_OK;
}

/* `at` with its clock time, moved to `day`. */
static msec on_day(dayno day, msec at)
{
	return dayno_start(day) + clock_ms_of_day(at);
}

static msec count_due(const struct calendar *cal, const struct allowance *a, msec received_at)
{
	msec start = calendar_normalise(cal, received_at);
	dayno day = dayno_of(start);

	if (a->same_day_15h) {
		if (clock_ms_of_day(start) > SAME_DAY_UNTIL_MS)
			day = calendar_add_days(cal, day, 1);
		return calendar_closing(cal, day);
	}
	switch (a->unit) {
	case WORKING_DAY:
		return on_day(calendar_add_days(cal, day, a->value), start);
	case CALENDAR_DAY:
		return on_day(calendar_working_from(cal, day + a->value), start);
	case WORKING_HOUR:
		return calendar_add_work(cal, start, a->value * HOUR_MS);
	case WORKING_MINUTE:
		return calendar_add_work(cal, start, a->value * MINUTE_MS);
	default:
		return received_at + a->value * HOUR_MS;
	}
}

enum rc deadline_for(const struct calendar *cal, const struct allowance *allowance, msec received_at,
		     msec *due, bool *provisional, struct explain *why, struct err *err)
{
	enum rc rc = check(allowance, received_at, err);

	if (rc)
		return rc;
	*due = count_due(cal, allowance, received_at);
	*provisional = !calendar_knows(cal, dayno_of(received_at), dayno_of(*due));
	if (why)
		why_first(why, cal, allowance, received_at, *due);
	return RC_OK;
}

enum rc deadline_pause(const struct calendar *cal, const struct allowance *allowance, msec due, msec from,
		       msec to, msec *new_due, bool *provisional, struct err *err)
{
	msec moved;

	if (due == MSEC_NONE || from == MSEC_NONE || to == MSEC_NONE || to < from)
		return err_field(err, "to", "kết thúc tạm dừng phải sau lúc bắt đầu",
				 "a pause ends after it begins");
	if (of_working_time(allowance)) {
		msec left = calendar_work_between(cal, from, due);

		moved = left ? calendar_add_work(cal, to, left) : calendar_normalise(cal, to);
	} else {
		int64_t days = calendar_count_days(cal, dayno_of(from), dayno_of(to));

		moved = on_day(calendar_add_days(cal, dayno_of(due), days), due);
	}
	*new_due = moved;
	*provisional = !calendar_knows(cal, dayno_of(from), dayno_of(moved));
	return RC_OK;
}

/* Does the next pause come before the next extension? Pauses count when they end. */
static bool pause_comes_first(const struct promise *p, size_t pause, size_t extension)
{
	if (pause == p->pauses_count || extension == p->extensions_count)
		return pause < p->pauses_count;
	if (p->pauses[pause].to == MSEC_NONE)
		return false;
	return p->pauses[pause].to <= p->extensions[extension].at;
}

static enum rc apply_pause(const struct calendar *cal, const struct promise *p, const struct pause *pause,
			   msec *due, bool *provisional, struct explain *why, struct err *err)
{
	msec before = *due;
	bool guess = false;
	enum rc rc = RC_OK;

	if (pause->to != MSEC_NONE && p->allowance.unit != UNIT_NONE)
		rc = deadline_pause(cal, &p->allowance, before, pause->from, pause->to, due, &guess, err);
	if (rc)
		return rc;
	*provisional |= guess;
	why_pause(why, cal, pause, before, *due);
	return RC_OK;
}

enum rc deadline_explain(const struct calendar *cal, const struct promise *promise, msec *due,
			 bool *provisional, struct explain *why, struct err *err)
{
	size_t pause = 0, extension = 0;
	msec counted = promise->due_at;
	bool typed = promise->allowance.unit == UNIT_NONE && !promise->allowance.same_day_15h, guess = false;
	enum rc rc = RC_OK;

	if (typed)
		why_typed(why, promise->received_at, promise->due_at);
	else
		rc = deadline_for(cal, &promise->allowance, promise->received_at, &counted, &guess, why, err);
	while (!rc && (pause < promise->pauses_count || extension < promise->extensions_count)) {
		if (pause_comes_first(promise, pause, extension)) {
			rc = apply_pause(cal, promise, &promise->pauses[pause++], &counted, &guess, why, err);
		} else {
			const struct extension *e = &promise->extensions[extension++];

			why_extension(why, e);
			if (!typed && e->new_due_at != MSEC_NONE)
				counted = e->new_due_at;
		}
	}
	if (rc)
		return rc;
	why_end(why, cal, promise, counted, guess);
	*due = counted;
	*provisional = guess;
	return RC_OK;
}

const char *allowance_format(const struct allowance *allowance, enum lang lang, char out[ALLOWANCE_TEXT])
{
	static const struct words units[] = {
		[UNIT_NONE] = T("", ""),
		[WORKING_DAY] = T("ngày làm việc", "working day"),
		[CALENDAR_DAY] = T("ngày", "calendar day"),
		[WORKING_HOUR] = T("giờ làm việc", "working hour"),
		[HOUR] = T("giờ", "hour"),
		[WORKING_MINUTE] = T("phút làm việc", "working minute"),
	};
	static const struct words same_day = T("trong ngày", "the same day");
	enum time_unit unit = allowance->unit;

	if (allowance->same_day_15h)
		snprintf(out, ALLOWANCE_TEXT, "%s", words_in(&same_day, lang));
	else if (unit <= UNIT_NONE || unit > WORKING_MINUTE)
		out[0] = '\0';
	else
		snprintf(out, ALLOWANCE_TEXT, "%d %s%s", allowance->value, words_in(&units[unit], lang),
			 lang == LANG_EN && allowance->value != 1 ? "s" : "");
	return out;
}

int64_t deadline_allot(const struct calendar *cal, msec received_at, msec due_at, int64_t share)
{
	msec work;

	if (due_at == MSEC_NONE || received_at == MSEC_NONE || share <= 0)
		return 0;
	work = calendar_work_between(cal, calendar_normalise(cal, received_at), due_at);
	if (work <= 0)
		return 0;
	if (work > ALLOT_WORK_MAX_MS)
		work = ALLOT_WORK_MAX_MS;
	if (share > MILLION)
		share = MILLION;
	return (work * share + DAY_WORK_MS / 2) / DAY_WORK_MS;
}

msec deadline_step(const struct calendar *cal, msec given_at, int64_t allotted_days, msec due_at)
{
	msec due;

	if (allotted_days < 0)
		allotted_days = 0;
	if (allotted_days > ALLOT_MAX)
		allotted_days = ALLOT_MAX;
	due = calendar_add_work(cal, given_at, allotted_days * DAY_WORK_MINUTES * 60 / 1000);
	return due_at != MSEC_NONE && due > due_at ? due_at : due;
}

msec deadline_handover(const struct calendar *cal, msec received_at)
{
	msec start = calendar_normalise(cal, received_at);
	dayno day = dayno_of(start);

	if (clock_ms_of_day(start) > SAME_DAY_UNTIL_MS)
		return calendar_opening(cal, calendar_add_days(cal, day, 1));
	return calendar_closing(cal, day);
}

enum timeliness deadline_timeliness(msec due_at, msec finished_at, bool withdrawn)
{
	dayno due = dayno_of(due_at), finished = dayno_of(finished_at);

	if (withdrawn || due_at == MSEC_NONE || due == finished)
		return TIMELY_ON_TIME;
	return finished < due ? TIMELY_EARLY : TIMELY_LATE;
}

bool deadline_overdue(msec due_at, dayno day, bool paused)
{
	return due_at != MSEC_NONE && !paused && dayno_of(due_at) < day;
}

int32_t deadline_days_late(msec due_at, dayno day)
{
	if (due_at == MSEC_NONE || day <= dayno_of(due_at))
		return 0;
	return day - dayno_of(due_at);
}

int64_t deadline_days_left(const struct calendar *cal, msec due_at, dayno today)
{
	return calendar_count_days(cal, today, dayno_of(due_at));
}
