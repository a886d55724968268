#include "core/rules/calendar.h"

#include <stdio.h>
#include <string.h>

#define FIRST_DAY (-719162)			    /* 0001-01-01, a Monday */
#define LAST_DAY 2932896			    /* 9999-12-31 */
#define WORK_MAX_MS (INT64_C(10000) * 366 * DAY_MS) /* more than there is, and far from overflow */

static dayno in_range(int64_t day)
{
	return day < FIRST_DAY ? FIRST_DAY : day > LAST_DAY ? LAST_DAY : (dayno)day;
}

static msec hours_total(const struct hours *hours)
{
	msec total = 0;

	for (int i = 0; i < hours->count; i++)
		total += hours->session[i].to_ms - hours->session[i].from_ms;
	return total;
}

/* The hours of `day` were it a working day. */
static const struct hours *hours_of(const struct calendar *cal, dayno day)
{
	int weekday = dayno_weekday(day);

	return cal->workday[weekday] ? &cal->hours[weekday] : &cal->makeup;
}

/* Rows of days before `day`. */
static size_t rows_before(const struct calendar *cal, dayno day)
{
	size_t low = 0, high = cal->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cal->row[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Work before `day` begins. `day` is in [FIRST_DAY, LAST_DAY + 1]. */
static struct workload work_before(const struct calendar *cal, dayno day)
{
	int64_t weeks = ((int64_t)day - FIRST_DAY) / 7;
	const struct workload *rest = &cal->week[((int64_t)day - FIRST_DAY) % 7];
	const struct workload *shift = &cal->shift[rows_before(cal, day)];

	return (struct workload){
		.days = weeks * cal->week[7].days + rest->days + shift->days,
		.ms = weeks * cal->week[7].ms + rest->ms + shift->ms,
	};
}

/* Recompute what rows from `from` on add, and the plain week. */
static void recount(struct calendar *cal, size_t from)
{
	for (int i = 0; i < 7; i++) {
		cal->week[i + 1] = cal->week[i];
		if (cal->workday[i]) {
			cal->week[i + 1].days++;
			cal->week[i + 1].ms += hours_total(&cal->hours[i]);
		}
	}
	for (size_t i = from; i < cal->count; i++) {
		const struct holiday *row = &cal->row[i];
		bool plain = cal->workday[dayno_weekday(row->day)];
		msec ms = hours_total(hours_of(cal, row->day));

		cal->shift[i + 1] = cal->shift[i];
		if (row->is_workday != plain) {
			cal->shift[i + 1].days += row->is_workday ? 1 : -1;
			cal->shift[i + 1].ms += row->is_workday ? ms : -ms;
		}
	}
}

void calendar_init(struct calendar *cal)
{
	cal->count = 0;
	cal->shift[0] = cal->week[0] = (struct workload){ 0, 0 };
	for (int i = 0; i < 7; i++)
		cal->workday[i] = i < 5;
	if (calendar_set_hours(cal, CALENDAR_EVERY_DAY, CALENDAR_HOURS, NULL))
		die("the default office hours cannot be read");
}

static void put_name(char out[CALENDAR_NAME], const char *name)
{
	size_t len = strnlen(name, CALENDAR_NAME);

	if (len == CALENDAR_NAME)
		for (len--; len > 0 && ((unsigned char)name[len] & 0xc0) == 0x80; len--)
			;
	memcpy(out, name, len);
	out[len] = '\0';
}

enum rc calendar_add(struct calendar *cal, dayno day, bool is_workday, bool projected, const char *name_vi,
		     const char *name_en, struct err *err)
{
	struct civil date = dayno_civil(day);
	size_t at = rows_before(cal, day);

	if (date.year < 1900 || date.year > 2999)
		return err_field(err, "date", "ngày nghỉ phải trong các năm 1900 đến 2999",
				 "a holiday must be in the years 1900 to 2999");
	if (at == cal->count || cal->row[at].day != day) {
		if (cal->count == CALENDAR_ROWS)
			return err_set(err, RC_FULL, "lịch đã đủ %d ngày nghỉ, hãy bỏ bớt các năm cũ",
				       "the calendar already has %d days; leave out old years",
				       CALENDAR_ROWS);
		memmove(&cal->row[at + 1], &cal->row[at], (cal->count - at) * sizeof(cal->row[0]));
		cal->count++;
	}
	cal->row[at].day = day;
	cal->row[at].is_workday = is_workday;
	cal->row[at].projected = projected;
	put_name(cal->row[at].name_vi, name_vi);
	put_name(cal->row[at].name_en, name_en && *name_en ? name_en : name_vi);
	recount(cal, at);
	return RC_OK;
}

/* hh:mm at *text, moved on; -1 when it is not there. */
static int32_t read_minute(const char **text)
{
	const char *t = *text;
	int hour, minute;

	for (int i = 0; i < 5; i++)
		if (i == 2 ? t[i] != ':' : t[i] < '0' || t[i] > '9')
			return -1;
	hour = (t[0] - '0') * 10 + t[1] - '0';
	minute = (t[3] - '0') * 10 + t[4] - '0';
	*text += 5;
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static bool read_hours(const char *text, struct hours *out)
{
	int32_t last = -1;

	out->count = 0;
	for (;;) {
		struct session *session = &out->session[out->count];
		int32_t from, to;

		if (out->count == CALENDAR_SESSIONS)
			return false;
		from = read_minute(&text);
		if (from <= last || *text++ != '-')
			return false;
		to = read_minute(&text);
		if (to <= from)
			return false;
		session->from_ms = from * (int32_t)MINUTE_MS;
		session->to_ms = to * (int32_t)MINUTE_MS;
		out->count++;
		last = to;
		if (!*text)
			return true;
		if (*text++ != ',')
			return false;
		text += strspn(text, " ");
	}
}

enum rc calendar_set_hours(struct calendar *cal, int weekday, const char *text, struct err *err)
{
	struct hours hours;

	if (weekday < CALENDAR_EVERY_DAY || weekday > 6 || !read_hours(text, &hours))
		return err_set(err, RC_INPUT,
			       "giờ làm việc phải viết như %s, buổi trước kết thúc rồi mới đến buổi sau",
			       "office hours are written like %s, one session ending before the next begins",
			       CALENDAR_HOURS);
	for (int i = 0; i < 7; i++)
		if (weekday == CALENDAR_EVERY_DAY || weekday == i)
			cal->hours[i] = hours;
	if (weekday == CALENDAR_EVERY_DAY)
		cal->makeup = hours;
	recount(cal, 0);
	return RC_OK;
}

enum rc calendar_set_week(struct calendar *cal, const bool workday[7], struct err *err)
{
	int days = 0;

	for (int i = 0; i < 7; i++)
		days += workday[i];
	if (!days)
		return err_set(err, RC_INPUT, "tuần phải có ít nhất một ngày làm việc",
			       "a week has at least one working day");
	memcpy(cal->workday, workday, sizeof(cal->workday));
	recount(cal, 0);
	return RC_OK;
}

const struct holiday *calendar_row(const struct calendar *cal, dayno day)
{
	size_t at = rows_before(cal, day);

	return at < cal->count && cal->row[at].day == day ? &cal->row[at] : NULL;
}

const struct holiday *calendar_rows(const struct calendar *cal, dayno from, dayno to, size_t *count)
{
	size_t first = rows_before(cal, from);
	size_t after = to == INT32_MAX ? cal->count : rows_before(cal, to + 1);

	*count = after > first ? after - first : 0;
	return &cal->row[first < cal->count ? first : 0];
}

bool calendar_knows(const struct calendar *cal, dayno from, dayno to)
{
	int last = dayno_civil(to).year;

	for (int year = dayno_civil(from).year; year <= last; year++) {
		dayno begins = 0, ends = 0;
		size_t count = 0;

		if (dayno_from_ymd(year, 1, 1, &begins) && dayno_from_ymd(year, 12, 31, &ends))
			calendar_rows(cal, begins, ends, &count);
		if (!count)
			return false;
	}
	return true;
}

bool calendar_is_projected(const struct calendar *cal, dayno from, dayno to)
{
	size_t count;
	const struct holiday *row = calendar_rows(cal, from, to, &count);

	for (size_t i = 0; i < count; i++)
		if (row[i].projected)
			return true;
	return false;
}

bool calendar_is_working(const struct calendar *cal, dayno day)
{
	const struct holiday *row = calendar_row(cal, day);

	return row ? row->is_workday : cal->workday[dayno_weekday(day)];
}

/* The first day from `from` on by whose end so many days, or (days 0) milliseconds, have been worked. */
static dayno day_reaching(const struct calendar *cal, dayno from, int64_t days, msec ms)
{
	int64_t low = from, step = 1, high;

	/* From here on: not before low; reached at high, or high is the last day there is. */
	for (high = from; high < LAST_DAY; high = low + step, step *= 2) {
		struct workload work = work_before(cal, in_range(high) + 1);

		if (days ? work.days >= days : work.ms >= ms)
			break;
		low = high + 1;
	}
	high = in_range(high);
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct workload work = work_before(cal, (dayno)middle + 1);

		if (days ? work.days >= days : work.ms >= ms)
			high = middle;
		else
			low = middle + 1;
	}
	return (dayno)high;
}

dayno calendar_working_from(const struct calendar *cal, dayno day)
{
	day = in_range(day);
	return calendar_is_working(cal, day) ? day : calendar_add_days(cal, day, 1);
}

dayno calendar_add_days(const struct calendar *cal, dayno day, int64_t n)
{
	day = in_range(day);
	if (n <= 0 || day == LAST_DAY)
		return day;
	if (n > LAST_DAY - FIRST_DAY)
		return LAST_DAY;
	return day_reaching(cal, day, work_before(cal, day + 1).days + n, 0);
}

int64_t calendar_count_days(const struct calendar *cal, dayno after, dayno to)
{
	return work_before(cal, in_range(to) + 1).days - work_before(cal, in_range(after) + 1).days;
}

msec calendar_opening(const struct calendar *cal, dayno day)
{
	return dayno_start(day) + hours_of(cal, day)->session[0].from_ms;
}

msec calendar_closing(const struct calendar *cal, dayno day)
{
	const struct hours *hours = hours_of(cal, day);

	return dayno_start(day) + hours->session[hours->count - 1].to_ms;
}

msec calendar_normalise(const struct calendar *cal, msec at)
{
	dayno day = dayno_of(at);
	const struct hours *hours = hours_of(cal, day);
	int32_t now = clock_ms_of_day(at);

	if (!calendar_is_working(cal, day))
		return calendar_opening(cal, calendar_add_days(cal, day, 1));
	for (int i = 0; i < hours->count; i++) {
		const struct session *session = &hours->session[i];

		if (now < session->to_ms)
			return dayno_start(day) + (now > session->from_ms ? now : session->from_ms);
	}
	return calendar_opening(cal, calendar_add_days(cal, day, 1));
}

/* Work done by `at` since the first day there is. */
static msec work_by(const struct calendar *cal, msec at)
{
	dayno day = dayno_of(at);
	const struct hours *hours = hours_of(cal, day);
	int32_t now = clock_ms_of_day(at);
	msec work = work_before(cal, day).ms;

	if (!calendar_is_working(cal, day))
		return work;
	for (int i = 0; i < hours->count && now > hours->session[i].from_ms; i++) {
		const struct session *session = &hours->session[i];

		work += (now < session->to_ms ? now : session->to_ms) - session->from_ms;
	}
	return work;
}

msec calendar_work_between(const struct calendar *cal, msec from, msec to)
{
	return work_by(cal, to) - work_by(cal, from);
}

/* A day on or before that of `at` before which less than `work` has been done. */
static dayno day_short_of(const struct calendar *cal, msec at, msec work)
{
	int64_t day = dayno_of(at), step = 1;

	while (day > FIRST_DAY && work_before(cal, (dayno)day).ms >= work) {
		day = in_range(day - step);
		step *= 2;
	}
	return (dayno)day;
}

msec calendar_add_work(const struct calendar *cal, msec at, msec work_ms)
{
	msec work, left;
	dayno day;
	const struct hours *hours;

	if (!work_ms)
		return at;
	if (work_ms > WORK_MAX_MS || work_ms < -WORK_MAX_MS)
		work_ms = work_ms > 0 ? WORK_MAX_MS : -WORK_MAX_MS;
	work = work_by(cal, at) + work_ms;
	if (work <= 0)
		return calendar_opening(cal, FIRST_DAY);
	day = day_reaching(cal, day_short_of(cal, at, work), 0, work);
	left = work - work_before(cal, day).ms;
	hours = hours_of(cal, day);
	for (int i = 0; i < hours->count; i++) {
		const struct session *session = &hours->session[i];

		if (left <= session->to_ms - session->from_ms)
			return dayno_start(day) + session->from_ms + left;
		left -= session->to_ms - session->from_ms;
	}
	return calendar_closing(cal, day); /* the last day there is */
}
