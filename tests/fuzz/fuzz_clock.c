/* Dates, times, office hours, codes and periods as text from outside: read or refused, and what is read can
 * be written. */
#include "core/rules/calendar.h"
#include "core/rules/code.h"
#include "core/rules/period.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void moments(const char *text)
{
	char written[CLOCK_TEXT], longer[CLOCK_LONG_TEXT], shorter[CLOCK_SHORT_TEXT];
	struct err err;
	msec at, again;

	if (clock_parse(text, &at, &err)) {
		if (!err.vi[0] || !err.en[0] || err.rc != RC_INPUT)
			abort();
	} else {
		if (clock_parse(clock_format(at, written), &again, &err) || again != at)
			abort();
		clock_format_long(at, LANG_VI, longer);
		if (clock_parse_typed(text, &again, &err) || again != at)
			abort();
	}
	/* What a list shows has its hour first; a person types it last. */
	if (!clock_parse_typed(text, &at, &err) &&
	    strlen(clock_format_short(at, shorter)) != CLOCK_SHORT_TEXT - 1)
		abort();
}

static void dates(const char *text)
{
	char iso[CLOCK_DATE_TEXT], dmy[CLOCK_DATE_TEXT];
	struct err err;
	dayno day, again;

	if (clock_parse_typed_date(text, &day, &err))
		return;
	if (clock_parse_date(clock_format_date(day, iso), &again, &err) || again != day)
		abort();
	if (clock_parse_typed_date(clock_format_dmy(day, dmy), &again, &err) || again != day)
		abort();
}

static void codes(const char *text)
{
	struct code_parts parts, again;
	char built[CODE_TEXT];
	struct err err;

	if (code_parse(text, &parts, &err)) {
		if (strcmp(err.field, "code") != 0)
			abort();
		return;
	}
	if (!parts.ordinal)
		return;
	if (code_build(&parts, built, &err) || code_parse(built, &again, &err))
		abort();
	if (strcmp(parts.unit, again.unit) != 0 || parts.day != again.day || parts.ordinal != again.ordinal)
		abort();
}

static void hours_and_periods(const char *text)
{
	static struct calendar cal;
	struct period period;
	struct err err;
	msec came = 1700000000000;

	calendar_init(&cal);
	if (!calendar_set_hours(&cal, CALENDAR_EVERY_DAY, text, &err)) {
		msec begins = calendar_normalise(&cal, came);

		if (begins < came || calendar_work_between(&cal, came, begins) != 0)
			abort();
		if (calendar_work_between(&cal, came, calendar_add_work(&cal, came, 12345)) != 12345)
			abort();
	}
	if (!period_parse(text, &period, &err) && period.from >= period.to)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	moments(text);
	dates(text);
	codes(text);
	hours_and_periods(text);
	free(text);
	return 0;
}
