/*
 * columns_time.c - moments as working time since other moments. The hours here
 * only guess: a moment outside them costs a few bytes more, no more than that.
 */
#include "sync/columns_state.h"

#include "db/rec_fields.h"

enum { ALLOTTED_MAX = 1000000000 /* millionths of a day */ };
enum {
	THURSDAY = 3,
	WEEK = 7,
	WORKDAYS = 5,
	DAY_SECONDS = 86400,
	LAST_DAY = 84000 /* of the years these hours are thought for */
};

static int32_t day_length(const struct sessions *hours)
{
	return hours->to1 - hours->from1 + hours->to2 - hours->from2;
}

/* Mondays to Fridays before a day, and the day of such a number. */
static int64_t workdays_before(int64_t day)
{
	int64_t n = day + THURSDAY, in_week = n % WEEK;

	return n / WEEK * WORKDAYS + (in_week < WORKDAYS ? in_week : WORKDAYS);
}

static int64_t workday_at(int64_t number)
{
	return number / WORKDAYS * WEEK + number % WORKDAYS - THURSDAY;
}

/* Working seconds before a moment; *exact when it lies on a whole working second. */
static int64_t working_before(const struct sessions *hours, msec at, bool *exact)
{
	int64_t day = dayno_of(at), second = clock_ms_of_day(at) / SECOND_MS, in_day;

	*exact = at >= 0 && day < LAST_DAY && at % SECOND_MS == 0 && dayno_weekday((dayno)day) < WORKDAYS;
	if (day < 0 || day >= LAST_DAY)
		return 0;
	if (second < hours->from1 || second >= hours->to2 || (second >= hours->to1 && second < hours->from2))
		*exact = false;
	if (dayno_weekday((dayno)day) >= WORKDAYS || second < hours->from1)
		in_day = 0;
	else if (second < hours->to1)
		in_day = second - hours->from1;
	else if (second < hours->from2)
		in_day = hours->to1 - hours->from1;
	else if (second < hours->to2)
		in_day = hours->to1 - hours->from1 + second - hours->from2;
	else
		in_day = day_length(hours);
	return workdays_before(day) * day_length(hours) + in_day;
}

/* The moment of a working second; any number gives some moment. */
static msec working_moment(const struct sessions *hours, int64_t working)
{
	int32_t length = day_length(hours), first = hours->to1 - hours->from1;
	int64_t second;

	if (working < 0 || working > (int64_t)LAST_DAY * DAY_SECONDS)
		return 0;
	second = working % length;
	second += second < first ? hours->from1 : hours->from2 - first;
	return dayno_start((dayno)workday_at(working / length)) + second * SECOND_MS;
}

/* Milliseconds since another moment, whole seconds apart mostly. */
static void code_since(struct state *s, const struct column *column, msec base, int64_t *value)
{
	int64_t past = minus(*value, base);
	bool whole = code_flag(s, column, PART_WHOLE, past % SECOND_MS == 0);
	struct decision d = decide(s, column, ROLE_NUMBER, whole ? PART_SECONDS : PART_MS);

	past = coder_signed(&s->coder, &d, 4, whole ? past / SECOND_MS : past);
	if (whole)
		past = (int64_t)((uint64_t)past * SECOND_MS);
	*value = plus(base, past);
}

/* Working time since `base`, or plain time when either is outside the hours or the order is another. */
static void code_working(struct state *s, const struct column *column, msec base, int64_t *value)
{
	bool exact, from_exact;
	int64_t from = working_before(s->sessions, base, &from_exact);
	int64_t past = minus(working_before(s->sessions, *value, &exact), from);
	struct decision d;

	if (!code_flag(s, column, PART_WORKING, exact && past >= 0)) {
		code_since(s, column, base, value);
		return;
	}
	d = decide(s, column, ROLE_DELTA, PART_SINCE);
	past = (int64_t)coder_number(&s->coder, &d, column->rule->learnt, (uint64_t)past);
	*value = working_moment(s->sessions, plus(from, past));
}

/* Working days since `base`, then the time of that day, evenly over what is left of it. */
static void code_daytime(struct state *s, const struct column *column, msec base, int64_t *value)
{
	int32_t length = day_length(s->sessions);
	bool exact, from_exact;
	int64_t from = working_before(s->sessions, base, &from_exact);
	int64_t to = working_before(s->sessions, *value, &exact), days, start;
	struct decision d;

	if (!code_flag(s, column, PART_WORKING, exact && to >= from)) {
		code_since(s, column, base, value);
		return;
	}
	d = decide(s, column, ROLE_DAYS, PART_DAYS);
	days = (int64_t)coder_number(&s->coder, &d, column->rule->learnt,
				     (uint64_t)(to / length - from / length));
	start = days ? 0 : from % length;
	days = plus(from / length, days);
	if (days < 0 || days > LAST_DAY) {
		s->coder.bad = true;
		return;
	}
	to = start + coder_even(&s->coder, (uint32_t)(length - start),
				s->reading ? 0 : (uint32_t)(to % length - start));
	*value = working_moment(s->sessions, days * length + to);
}

/* Time of day, of moments any day. */
static msec time_of_day(msec at)
{
	return minus(at, dayno_start(dayno_of(at)));
}

/* A number of working days after reception, at its time of day or at that of the last such promise. */
static void code_due(struct state *s, const struct column *column, msec base, int64_t *value)
{
	int64_t from = dayno_of(base), day = dayno_of(*value), days;
	msec time = time_of_day(base), usual = time_of_day(column->last_num);
	bool fits = from >= 0 && day >= from && day < LAST_DAY && dayno_weekday((dayno)day) < WORKDAYS;
	struct decision d;

	if (!code_flag(s, column, PART_CLOCK_TIME, fits && time_of_day(*value) == time)) {
		time = usual;
		if (!code_flag(s, column, PART_USUAL, fits && time_of_day(*value) == time)) {
			code_working(s, column, base, value);
			return;
		}
	}
	d = decide(s, column, ROLE_DAYS, PART_DAYS);
	days = workdays_before(day) - workdays_before(from);
	days = plus(coder_signed(&s->coder, &d, column->rule->learnt, days), workdays_before(from));
	if (days < 0 || days > LAST_DAY) {
		s->coder.bad = true;
		return;
	}
	*value = plus(dayno_start((dayno)workday_at(days)), time);
}

/* Given, and the working time allotted; off by little when time was rounded, by days over holidays. */
static void code_step_due(struct state *s, const struct column *column, msec base, int64_t *value)
{
	int32_t length = day_length(s->sessions);
	bool exact, from_exact;
	int64_t from = working_before(s->sessions, base, &from_exact), allotted = s->reg[REG_ALLOTTED], off;
	struct decision d;

	if (allotted < 0 || allotted > ALLOTTED_MAX)
		allotted = 0;
	from += allotted * length / 1000000;
	off = minus(working_before(s->sessions, *value, &exact), from);
	if (!code_flag(s, column, PART_WORKING, exact)) {
		code_since(s, column, base, value);
		return;
	}
	d = decide(s, column, ROLE_DELTA, PART_SINCE);
	off = coder_signed(&s->coder, &d, column->rule->learnt, off);
	*value = working_moment(s->sessions, plus(from, off));
}

/* Fourths of an octave of what the step before made of its allotment, for this one's. */
static void expect(struct state *s)
{
	uint64_t expected = 0;
	unsigned bucket = 0;

	if (s->reg[REG_ALLOTTED] > 0 && s->reg[REG_ALLOTTED] < ALLOTTED_MAX)
		expected = (uint64_t)s->reg[REG_ALLOTTED] * (uint64_t)day_length(s->sessions) / 1000000 *
			   (uint64_t)s->pace / 256;
	for (expected <<= 2; expected >= 8; expected >>= 1)
		bucket += 4;
	s->bucket = bucket + (unsigned)(expected & 3);
}

/* What the step just closed made of its allotment. */
static void keep_pace(struct state *s, msec done)
{
	bool exact;
	int64_t spent = working_before(s->sessions, done, &exact) -
			working_before(s->sessions, s->reg[REG_GIVEN], &exact);
	int64_t allotted = s->reg[REG_ALLOTTED];

	if (allotted < 1000 || allotted >= ALLOTTED_MAX || spent < 0)
		return;
	allotted = allotted * day_length(s->sessions) / 1000000;
	s->pace = spent * 256 / (allotted ? allotted : 1);
	s->pace = s->pace < 8 ? 8 : s->pace > 4096 ? 4096 : s->pace;
}

/* The column's last value; for a record with a day of its own, the start of that day when it is another. */
static msec base_of(const struct state *s, const struct column *column)
{
	msec base = column->rule->from == REG_LAST ? column->last_num : s->reg[column->rule->from];

	if (column->rule->from == REG_LAST && s->day != DAYNO_NONE && dayno_of(base) != s->day)
		return dayno_start(s->day) + s->sessions->from1 * SECOND_MS;
	return base == MSEC_NONE ? s->clock : base;
}

static bool code_equal(struct state *s, const struct column *column, enum reg reg, unsigned part,
		       int64_t *value)
{
	if (reg == REG_NONE || s->reg[reg] == MSEC_NONE || !code_flag(s, column, part, *value == s->reg[reg]))
		return false;
	*value = s->reg[reg];
	return true;
}

void code_time(struct state *s, struct column *column, int64_t *value)
{
	const struct column_rule *rule = column->rule;
	msec base = base_of(s, column);

	if (rule->near & F_BUCKET) {
		expect(s);
		look_at(s, column);
	}
	if (code_equal(s, column, rule->same, PART_EQUAL, value) ||
	    (rule->also != rule->same && code_equal(s, column, rule->also, PART_ALSO, value)))
		goto out;
	if (rule->how == HOW_DAYTIME)
		code_daytime(s, column, base, value);
	else if (rule->how == HOW_DUE)
		code_due(s, column, base, value);
	else if (rule->how == HOW_STEP_DUE)
		code_step_due(s, column, base, value);
	else
		code_working(s, column, base, value);
out:
	if (rule->near & F_BUCKET)
		keep_pace(s, *value);
	s->gap = (unsigned)(dayno_of(*value) - dayno_of(base));
	s->gap = s->gap < 7 ? s->gap : 7;
	s->day = dayno_of(*value);
	s->reg[REG_BEFORE] = *value;
}

/* Days since the day we are at. */
void code_date(struct state *s, struct column *column, int64_t *value)
{
	int64_t base = s->day == DAYNO_NONE ? dayno_of(s->clock) : s->day;
	struct decision d = decide(s, column, ROLE_DAYS, PART_DATE);

	*value = plus(base, coder_signed(&s->coder, &d, column->rule->learnt, minus(*value, base)));
}

/* How well hours explain the steps' due times of a record: 1 for each that is given and allotted working time
 * exactly. */
unsigned hours_fit(const struct sessions *hours, const struct rec *rec)
{
	struct element el = { 0 };
	unsigned fit = 0;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		int64_t allotted = el_num(rec, &el, STEP_EL_ALLOTTED_DAYS);
		msec given = el_num(rec, &el, STEP_EL_GIVEN_AT), due = el_num(rec, &el, STEP_EL_DUE_AT);
		bool exact, from_exact;
		int64_t past;

		if (given == MSEC_NONE || due == MSEC_NONE || allotted < 0 || allotted > ALLOTTED_MAX)
			continue;
		past = working_before(hours, due, &exact) - working_before(hours, given, &from_exact);
		fit += exact && from_exact && past == allotted * day_length(hours) / 1000000;
	}
	return fit;
}
