#include "core/rules/deadline_why.h"

#include <stdio.h>

#include "db/rec_fields.h"

/* "07:00 Thứ Hai 23/11/2026", in both languages. */
struct moment {
	char vi[64], en[64];
};

static struct moment moment_of(msec at)
{
	struct civil c = clock_civil(at);
	const struct words *weekday = &clock_weekdays[c.weekday];
	struct moment m;

	snprintf(m.vi, sizeof(m.vi), "%02d:%02d %s %02d/%02d/%04d", c.hour, c.minute, weekday->vi, c.day,
		 c.month, c.year);
	snprintf(m.en, sizeof(m.en), "%02d:%02d %s %02d/%02d/%04d", c.hour, c.minute, weekday->en, c.day,
		 c.month, c.year);
	return m;
}

/* Why work did not begin the moment the dossier came. */
static const struct words *late_start(const struct calendar *cal, msec received_at)
{
	static const struct words off =
		T("tiếp nhận vào ngày không làm việc", "received on a day the office does not work");
	static const struct words early = T("tiếp nhận trước giờ mở cửa", "received before opening");
	static const struct words closed = T("tiếp nhận sau giờ đóng cửa", "received after closing");
	static const struct words lunch = T("tiếp nhận trong giờ nghỉ trưa", "received in the lunch break");
	dayno day = dayno_of(received_at);

	if (!calendar_is_working(cal, day))
		return &off;
	if (received_at < calendar_opening(cal, day))
		return &early;
	return received_at >= calendar_closing(cal, day) ? &closed : &lunch;
}

static void why_start(struct explain *why, const struct calendar *cal, const struct allowance *a,
		      msec received_at, msec start)
{
	struct moment came = moment_of(received_at), begins = moment_of(start);
	const struct holiday *row = calendar_row(cal, dayno_of(received_at));

	explain_add(why, "tiếp nhận " EXPLAIN_VI, "received " EXPLAIN_EN, came.vi, came.en);
	if (a->unit == HOUR && !a->same_day_15h) {
		explain_add(why, "tính theo giờ liên tục, kể cả ngoài giờ làm việc",
			    "hours of the wall clock, also outside office hours");
		return;
	}
	if (start == received_at)
		return;
	if (row && !row->is_workday)
		explain_add(why, "ngày tiếp nhận là ngày nghỉ: " EXPLAIN_VI,
			    "the day of reception is off: " EXPLAIN_EN, row->name_vi, row->name_en);
	explain_add(why, EXPLAIN_VI " → tính từ " EXPLAIN_VI, EXPLAIN_EN " → counted from " EXPLAIN_EN,
		    late_start(cal, received_at)->vi, late_start(cal, received_at)->en, begins.vi, begins.en);
}

static void why_length(struct explain *why, const struct allowance *a, msec start)
{
	char vi[ALLOWANCE_TEXT], en[ALLOWANCE_TEXT];

	if (a->same_day_15h) {
		if (clock_ms_of_day(start) > 15 * HOUR_MS)
			explain_add(why, "trả trong ngày; tiếp nhận sau 15:00 → ngày làm việc tiếp theo",
				    "due the same day; received after 15:00 → the next working day");
		else
			explain_add(why, "trả trong ngày (tiếp nhận đến 15:00)",
				    "due the same day (received until 15:00)");
		return;
	}
	allowance_format(a, LANG_VI, vi);
	allowance_format(a, LANG_EN, en);
	if (a->unit == WORKING_DAY || a->unit == CALENDAR_DAY)
		explain_add(why, "thời hạn " EXPLAIN_VI ", không tính ngày tiếp nhận",
			    "time: " EXPLAIN_EN ", the day of reception not counted", vi, en);
	else
		explain_add(why, "thời hạn " EXPLAIN_VI, "time: " EXPLAIN_EN, vi, en);
}

/* The rows of (after, to] that change a plain week, and how many plain days off lie between. */
static void why_days(struct explain *why, const struct calendar *cal, dayno after, dayno to)
{
	size_t count;
	const struct holiday *row = calendar_rows(cal, after + 1, to, &count);
	int64_t off = to > after ? to - after - calendar_count_days(cal, after, to) : 0;

	for (size_t i = 0; i < count; i++) {
		char day[CLOCK_DATE_TEXT];
		bool plain = cal->workday[dayno_weekday(row[i].day)];

		clock_format_dmy(row[i].day, day);
		if (!row[i].is_workday && plain)
			off--;
		if (row[i].is_workday == plain)
			continue;
		if (row[i].is_workday)
			explain_add(why, "%s là ngày làm bù: " EXPLAIN_VI,
				    "%s is a make-up working day: " EXPLAIN_EN, day, row[i].name_vi,
				    row[i].name_en);
		else
			explain_add(why, "%s là ngày nghỉ: " EXPLAIN_VI, "%s is a holiday: " EXPLAIN_EN, day,
				    row[i].name_vi, row[i].name_en);
	}
	if (off > 0)
		explain_add(why, "không tính %d ngày nghỉ cuối tuần", "%d weekend days are not counted",
			    (int)off);
}

void why_first(struct explain *why, const struct calendar *cal, const struct allowance *a, msec received_at,
	       msec due)
{
	bool wall_clock = a->unit == HOUR && !a->same_day_15h;
	bool calendar_days = a->unit == CALENDAR_DAY && !a->same_day_15h;
	msec start = wall_clock ? received_at : calendar_normalise(cal, received_at);
	dayno from = dayno_of(start);
	struct moment m = moment_of(due);

	why_start(why, cal, a, received_at, start);
	why_length(why, a, start);
	if (calendar_days && dayno_of(due) > from + a->value) {
		char day[CLOCK_DATE_TEXT];

		from += a->value;
		clock_format_dmy(from, day);
		explain_add(why, "ngày cuối %s không làm việc → ngày làm việc tiếp theo",
			    "the last day, %s, is not a working day → the next one that is", day);
		why_days(why, cal, from - 1, dayno_of(due));
	} else if (!calendar_days && !wall_clock) {
		why_days(why, cal, from, dayno_of(due));
	}
	explain_add(why, "hẹn trả " EXPLAIN_VI, "due " EXPLAIN_EN, m.vi, m.en);
}

void why_typed(struct explain *why, msec received_at, msec due)
{
	struct moment came = moment_of(received_at), m = moment_of(due);

	if (received_at != MSEC_NONE)
		explain_add(why, "tiếp nhận " EXPLAIN_VI, "received " EXPLAIN_EN, came.vi, came.en);
	if (due == MSEC_NONE)
		explain_add(why, "không có ngày hẹn trả", "there is no due date");
	else
		explain_add(why, "ngày hẹn trả được nhập, không tính từ thời hạn: " EXPLAIN_VI,
			    "the due date was typed, not counted from a time: " EXPLAIN_EN, m.vi, m.en);
}

void why_pause(struct explain *why, const struct calendar *cal, const struct pause *pause, msec before,
	       msec after)
{
	static const struct words kinds[] = {
		T("", ""),
		[PAUSE_SUPPLEMENT] = T("chờ bổ sung", "waiting for papers"),
		[PAUSE_FINANCE] = T("chờ nghĩa vụ tài chính", "waiting for a payment"),
		[PAUSE_STOP] = T("do dừng xử lý", "stopped"),
	};
	const struct words *kind = &kinds[pause->kind > 0 && pause->kind <= PAUSE_STOP ? pause->kind : 0];
	struct moment from = moment_of(pause->from), to = moment_of(pause->to), due = moment_of(after);

	if (pause->to == MSEC_NONE) {
		explain_add(why,
			    "đang tạm dừng " EXPLAIN_VI " từ " EXPLAIN_VI "; ngày hẹn sẽ dời khi tiếp tục",
			    "paused, " EXPLAIN_EN ", since " EXPLAIN_EN
			    "; the due date moves on when work resumes",
			    kind->vi, kind->en, from.vi, from.en);
		return;
	}
	explain_add(why, "tạm dừng %d ngày làm việc " EXPLAIN_VI " (từ " EXPLAIN_VI " đến " EXPLAIN_VI ")",
		    "paused %d working days, " EXPLAIN_EN " (from " EXPLAIN_EN " to " EXPLAIN_EN ")",
		    (int)calendar_count_days(cal, dayno_of(pause->from), dayno_of(pause->to)), kind->vi,
		    kind->en, from.vi, from.en, to.vi, to.en);
	if (before == after)
		return;
	why_days(why, cal, dayno_of(before), dayno_of(after));
	explain_add(why, "hẹn trả dời đến " EXPLAIN_VI, "due moves to " EXPLAIN_EN, due.vi, due.en);
}

void why_extension(struct explain *why, const struct extension *extension)
{
	struct moment at = moment_of(extension->at), due = moment_of(extension->new_due_at);

	explain_add(why, "gia hạn lúc " EXPLAIN_VI " → hẹn trả " EXPLAIN_VI,
		    "extended at " EXPLAIN_EN " → due " EXPLAIN_EN, at.vi, at.en, due.vi, due.en);
}

/* The first year between the dates that the calendar has no rows for, or 0. */
static int unknown_year(const struct calendar *cal, dayno from, dayno to)
{
	for (int year = dayno_civil(from).year; year <= dayno_civil(to).year; year++) {
		dayno day = from;

		if (dayno_from_ymd(year, 1, 1, &day) && !calendar_knows(cal, day, day))
			return year;
	}
	return 0;
}

void why_end(struct explain *why, const struct calendar *cal, const struct promise *p, msec due,
	     bool provisional)
{
	struct moment stands = moment_of(p->due_at), counted = moment_of(due);

	if (provisional)
		explain_add(why, "năm %d chưa có lịch nghỉ lễ: ngày hẹn là tạm tính",
			    "there is no holiday list for %d yet: the due date is provisional",
			    unknown_year(cal, dayno_of(p->received_at), dayno_of(due)));
	if (p->received_at != MSEC_NONE &&
	    calendar_is_projected(cal, dayno_of(p->received_at), dayno_of(due)))
		explain_add(why, "lịch nghỉ trong khoảng này có ngày dự kiến, chưa có quyết định",
			    "the holiday list has days here that are projected, not yet decided");
	if (p->due_at == MSEC_NONE || p->due_at == due)
		return;
	explain_add(why, "hồ sơ đang ghi hẹn trả " EXPLAIN_VI ", giữ nguyên; cách tính cho " EXPLAIN_VI,
		    "the dossier says due " EXPLAIN_EN ", which is kept; counting gives " EXPLAIN_EN,
		    stands.vi, stands.en, counted.vi, counted.en);
}
