#include "db/base/clock.h"

#include <string.h>
#include <time.h>

#define LOCAL_OFFSET_MS (7 * HOUR_MS)
#define DAYNO_FIRST (-719162) /* 0001-01-01 */
#define DAYNO_LAST 2932896    /* 9999-12-31 */
#define AHEAD_LIMIT_MS (30 * DAY_MS)

const struct words clock_weekdays[7] = {
	T("Thứ Hai", "Monday"), T("Thứ Ba", "Tuesday"),	  T("Thứ Tư", "Wednesday"), T("Thứ Năm", "Thursday"),
	T("Thứ Sáu", "Friday"), T("Thứ Bảy", "Saturday"), T("Chủ Nhật", "Sunday"),
};

static msec offset_ms;
static msec test_now = MSEC_NONE;

msec clock_system(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_REALTIME, &now))
		die("the system has no clock");
	return (msec)now.tv_sec * SECOND_MS + (msec)(now.tv_nsec / 1000000);
}

msec clock_now(void)
{
	return test_now != MSEC_NONE ? test_now : clock_system() + offset_ms;
}

void clock_set_offset(msec offset)
{
	offset_ms = offset;
}

msec clock_offset(void)
{
	return offset_ms;
}

void clock_set_test(msec now)
{
	test_now = now;
}

bool clock_is_test(void)
{
	return test_now != MSEC_NONE;
}

/* The day before the compiler's date: the compiler may have run in another time zone. */
static dayno build_day(void)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char date[] = __DATE__; /* "Oct 25 2024", " 5" for a day of one digit */
	int year = (date[7] - '0') * 1000 + (date[8] - '0') * 100 + (date[9] - '0') * 10 + date[10] - '0';
	int day = (date[4] == ' ' ? 0 : date[4] - '0') * 10 + date[5] - '0';
	dayno built = DAYNO_FIRST;

	for (int month = 0; month < 12; month++)
		if (!memcmp(months + 3 * month, date, 3) && dayno_from_ymd(year, month + 1, day, &built))
			break;
	return built - 1;
}

enum clock_doubt clock_doubt(msec now, msec newest_event)
{
	if (dayno_of(now) < build_day())
		return CLOCK_BEHIND;
	if (newest_event == MSEC_NONE)
		return CLOCK_FINE;
	if (now < newest_event)
		return CLOCK_BEHIND;
	/* Unsigned, as hostile times may be further apart than a msec can say. */
	return (uint64_t)now - (uint64_t)newest_event > (uint64_t)AHEAD_LIMIT_MS ? CLOCK_AHEAD : CLOCK_FINE;
}

static msec in_range(msec at)
{
	const msec first = (msec)DAYNO_FIRST * DAY_MS - LOCAL_OFFSET_MS;
	const msec last = ((msec)DAYNO_LAST + 1) * DAY_MS - LOCAL_OFFSET_MS - 1;

	return at < first ? first : at > last ? last : at;
}

static dayno day_in_range(dayno day)
{
	return day < DAYNO_FIRST ? DAYNO_FIRST : day > DAYNO_LAST ? DAYNO_LAST : day;
}

dayno dayno_of(msec at)
{
	msec local = in_range(at) + LOCAL_OFFSET_MS;

	return (dayno)((local >= 0 ? local : local - (DAY_MS - 1)) / DAY_MS);
}

msec dayno_start(dayno day)
{
	return (msec)day_in_range(day) * DAY_MS - LOCAL_OFFSET_MS;
}

int32_t clock_ms_of_day(msec at)
{
	return (int32_t)(in_range(at) - dayno_start(dayno_of(at)));
}

int dayno_weekday(dayno day)
{
	/* Day 0 was a Thursday; the first day of the range is a Monday. */
	return (day_in_range(day) - DAYNO_FIRST) % 7;
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool dayno_from_ymd(int year, int month, int day, dayno *out)
{
	int from_march, years;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	/* Years that begin in March, so that the leap day is the last of its year. */
	years = month > 2 ? year : year - 1;
	from_march = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	*out = years * 365 + years / 4 - years / 100 + years / 400 + from_march - 719468;
	return true;
}

struct civil dayno_civil(dayno day)
{
	struct civil c = { 0 };
	int days = day_in_range(day) + 719468; /* since 0000-03-01 */
	int era = days / 146097, of_era = days % 146097;
	int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (5 * of_year + 2) / 153; /* 0 is March */

	c.day = of_year - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = year + era * 400 + (c.month <= 2);
	c.weekday = dayno_weekday(day);
	return c;
}

struct civil clock_civil(msec at)
{
	struct civil c = dayno_civil(dayno_of(at));
	int32_t ms = clock_ms_of_day(at);

	c.hour = ms / (int32_t)HOUR_MS;
	c.minute = ms / (int32_t)MINUTE_MS % 60;
	c.second = ms / (int32_t)SECOND_MS % 60;
	c.milli = ms % (int32_t)SECOND_MS;
	return c;
}

/* Reading: each function moves *at past what it read, and says whether it was there. */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool read_char(const char **at, char want)
{
	if (**at != want)
		return false;
	++*at;
	return true;
}

/* Between `least` and `most` digits, no more behind them. `most` is at most 8. */
static bool read_number(const char **at, int least, int most, int *out)
{
	int value = 0, count = 0;

	while (count < most && digit(**at)) {
		value = value * 10 + (*(*at)++ - '0');
		count++;
	}
	*out = value;
	return count >= least;
}

static bool read_date(const char **at, int *year, int *month, int *day)
{
	return read_number(at, 4, 4, year) && read_char(at, '-') && read_number(at, 2, 2, month) &&
	       read_char(at, '-') && read_number(at, 2, 2, day);
}

/* hh:mm[:ss[.fraction]] as milliseconds; *valid says whether there is such a time. */
static bool read_clock(const char **at, int least_hour_digits, int32_t *ms, bool *valid)
{
	int hour, minute, second = 0, milli = 0;

	if (!read_number(at, least_hour_digits, 2, &hour) || !read_char(at, ':') ||
	    !read_number(at, 2, 2, &minute))
		return false;
	if (read_char(at, ':')) {
		if (!read_number(at, 2, 2, &second))
			return false;
		if (read_char(at, '.') || read_char(at, ',')) {
			const char *from = *at;

			if (!read_number(at, 1, 3, &milli))
				return false;
			for (long digits = *at - from; digits < 3; digits++)
				milli *= 10;
			while (digit(**at))
				++*at;
		}
	}
	*valid = hour < 24 && minute < 60 && second < 60;
	*ms = ((hour * 60 + minute) * 60 + second) * 1000 + milli;
	return true;
}

/* Z, +07:00, +0700 or +07. */
static bool read_offset(const char **at, msec *offset, bool *valid)
{
	int hours, minutes = 0;
	bool behind;

	*valid = true;
	*offset = 0;
	if (read_char(at, 'Z'))
		return true;
	behind = **at == '-';
	if (!read_char(at, '+') && !read_char(at, '-'))
		return false;
	if (!read_number(at, 2, 2, &hours))
		return false;
	if ((read_char(at, ':') || digit(**at)) && !read_number(at, 2, 2, &minutes))
		return false;
	*valid = hours < 24 && minutes < 60;
	*offset = (hours * HOUR_MS + minutes * MINUTE_MS) * (behind ? -1 : 1);
	return true;
}

static enum rc bad_shape(struct err *err)
{
	return err_set(err, RC_INPUT, "thời điểm phải viết như 2024-10-25T08:03:46+07:00",
		       "a time is written like 2024-10-25T08:03:46+07:00");
}

static enum rc no_such_day(struct err *err)
{
	return err_set(err, RC_INPUT, "không có ngày này trong lịch", "there is no such day");
}

static enum rc no_such_hour(struct err *err)
{
	return err_set(err, RC_INPUT, "không có giờ này trong ngày (từ 00:00:00 đến 23:59:59)",
		       "there is no such time of day (00:00:00 to 23:59:59)");
}

enum rc clock_parse(const char *text, msec *out, struct err *err)
{
	int year, month, day;
	int32_t ms;
	msec offset, utc;
	dayno date;
	bool real_hour, real_offset;

	if (!read_date(&text, &year, &month, &day))
		return bad_shape(err);
	if (!*text)
		return err_set(err, RC_INPUT, "cần cả giờ, ví dụ 2024-10-25T08:03:46+07:00",
			       "a time of day is needed too, like 2024-10-25T08:03:46+07:00");
	if (!read_char(&text, 'T') || !read_clock(&text, 2, &ms, &real_hour))
		return bad_shape(err);
	if (!*text)
		return err_set(err, RC_INPUT, "thiếu múi giờ, thêm +07:00 vào cuối",
			       "no offset; put +07:00 at the end");
	if (!read_offset(&text, &offset, &real_offset) || *text)
		return bad_shape(err);
	if (!dayno_from_ymd(year, month, day, &date))
		return no_such_day(err);
	if (!real_hour || !real_offset)
		return no_such_hour(err);
	utc = (msec)date * DAY_MS + ms - offset;
	if (in_range(utc) != utc)
		return no_such_day(err);
	*out = utc;
	return RC_OK;
}

enum rc clock_parse_date(const char *text, dayno *out, struct err *err)
{
	int year, month, day;

	if (!read_date(&text, &year, &month, &day) || *text)
		return err_set(err, RC_INPUT, "ngày phải viết như 2024-10-25",
			       "a date is written like 2024-10-25");
	return dayno_from_ymd(year, month, day, out) ? RC_OK : no_such_day(err);
}

/* A typed date without the blanks around it: with separators, all digits, or year first. */
static bool read_typed_date(const char **at, int *year, int *month, int *day)
{
	const char *start = *at;
	size_t digits = strspn(start, "0123456789");
	char separator;

	if (digits == 4)
		return read_date(at, year, month, day);
	if (digits == 8)
		return read_number(at, 2, 2, day) && read_number(at, 2, 2, month) &&
		       read_number(at, 4, 4, year);
	if (!read_number(at, 1, 2, day))
		return false;
	separator = **at;
	if (separator != '/' && separator != '-' && separator != '.')
		return false;
	++*at;
	return read_number(at, 1, 2, month) && read_char(at, separator) && read_number(at, 4, 4, year) &&
	       !digit(**at);
}

static void skip_blanks(const char **at)
{
	while (**at == ' ' || **at == '\t')
		++*at;
}

enum rc clock_parse_typed_date(const char *text, dayno *out, struct err *err)
{
	int year, month, day;

	skip_blanks(&text);
	if (!read_typed_date(&text, &year, &month, &day))
		goto bad;
	skip_blanks(&text);
	if (*text)
		goto bad;
	return dayno_from_ymd(year, month, day, out) ? RC_OK : no_such_day(err);
bad:
	return err_set(err, RC_INPUT, "ngày phải viết như 25/10/2024", "a date is written like 25/10/2024");
}

enum rc clock_parse_typed(const char *text, msec *out, struct err *err)
{
	int year, month, day;
	int32_t ms;
	dayno date;
	bool real_hour;

	if (!clock_parse(text, out, NULL))
		return RC_OK;
	skip_blanks(&text);
	if (!read_typed_date(&text, &year, &month, &day) || (*text != ' ' && *text != '\t'))
		goto bad;
	skip_blanks(&text);
	if (!read_clock(&text, 1, &ms, &real_hour))
		goto bad;
	skip_blanks(&text);
	if (*text)
		goto bad;
	if (!dayno_from_ymd(year, month, day, &date))
		return no_such_day(err);
	if (!real_hour)
		return no_such_hour(err);
	*out = dayno_start(date) + ms;
	return RC_OK;
bad:
	return err_set(err, RC_INPUT, "ngày giờ phải viết như 25/10/2024 08:05",
		       "date and time are written like 25/10/2024 08:05");
}

/* Writing: each function returns the end of what it wrote. */

static char *put_number(char *at, int value, int width)
{
	for (int i = width - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + width;
}

static char *put_text(char *at, const char *text)
{
	size_t len = strlen(text);

	memcpy(at, text, len + 1);
	return at + len;
}

static char *put_ymd(char *at, const struct civil *c)
{
	at = put_number(at, c->year, 4);
	*at++ = '-';
	at = put_number(at, c->month, 2);
	*at++ = '-';
	return put_number(at, c->day, 2);
}

static char *put_dmy(char *at, const struct civil *c)
{
	at = put_number(at, c->day, 2);
	*at++ = '/';
	at = put_number(at, c->month, 2);
	*at++ = '/';
	return put_number(at, c->year, 4);
}

const char *clock_format(msec moment, char out[CLOCK_TEXT])
{
	struct civil c = clock_civil(moment);
	char *at = put_ymd(out, &c);

	*at++ = 'T';
	at = put_number(at, c.hour, 2);
	*at++ = ':';
	at = put_number(at, c.minute, 2);
	*at++ = ':';
	at = put_number(at, c.second, 2);
	if (c.milli) {
		*at++ = '.';
		at = put_number(at, c.milli, 3);
	}
	put_text(at, "+07:00");
	return out;
}

const char *clock_format_date(dayno day, char out[CLOCK_DATE_TEXT])
{
	struct civil c = dayno_civil(day);

	*put_ymd(out, &c) = '\0';
	return out;
}

const char *clock_format_dmy(dayno day, char out[CLOCK_DATE_TEXT])
{
	struct civil c = dayno_civil(day);

	*put_dmy(out, &c) = '\0';
	return out;
}

const char *clock_format_short(msec moment, char out[CLOCK_SHORT_TEXT])
{
	struct civil c = clock_civil(moment);
	char *at = put_number(out, c.hour, 2);

	*at++ = ':';
	at = put_number(at, c.minute, 2);
	*at++ = ' ';
	*put_dmy(at, &c) = '\0';
	return out;
}

const char *clock_format_long(msec moment, enum lang lang, char out[CLOCK_LONG_TEXT])
{
	struct civil c = clock_civil(moment);
	char *at = put_number(out, c.hour, c.hour < 10 ? 1 : 2);

	at = put_text(at, lang == LANG_EN ? ":" : " giờ ");
	at = put_number(at, c.minute, 2);
	at = put_text(at, lang == LANG_EN ? " on " : " phút, ngày ");
	*put_dmy(at, &c) = '\0';
	return out;
}
