/*
 * office.h - the shipped holidays in a calendar, and times written short: for tests.
 */
#ifndef MOTCUA_TEST_OFFICE_H
#define MOTCUA_TEST_OFFICE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rules/calendar.h"
#include "db/embed.h"

/* "2026-11-20 16:00[:00[.000]]" in local time. */
static inline msec at(const char *text)
{
	char whole[40];
	msec time = 0;

	snprintf(whole, sizeof(whole), "%.10sT%s+07:00", text, text + 11);
	if (clock_parse(whole, &time, NULL)) {
		fprintf(stderr, "bad time in a test: %s\n", text);
		abort();
	}
	return time;
}

static inline dayno on(const char *text)
{
	dayno day = 0;

	if (clock_parse_date(text, &day, NULL)) {
		fprintf(stderr, "bad date in a test: %s\n", text);
		abort();
	}
	return day;
}

/* Copy the nth column of an unquoted CSV line. */
static inline void column(const char *line, int n, char out[120])
{
	size_t len;

	while (n-- > 0)
		line += strcspn(line, ",") + 1;
	len = strcspn(line, ",\r\n");
	if (len > 119)
		len = 119;
	memcpy(out, line, len);
	out[len] = '\0';
}

/* core/catalog/holidays.csv, whose first seven columns are plain. */
static inline void load_holidays(struct calendar *cal)
{
	const char *line = NULL;

	calendar_init(cal);
	for (size_t i = 0; i < catalog_files_count; i++)
		if (!strcmp(catalog_files[i].name, "holidays.csv"))
			line = catalog_files[i].text;
	while (line && (line = strchr(line, '\n')) && *++line) {
		char date[120], vi[120], en[120], workday[120], rest[400];

		column(line, 0, date);
		column(line, 3, vi);
		column(line, 4, en);
		column(line, 6, workday);
		snprintf(rest, sizeof(rest), "%.*s", (int)strcspn(line, "\r\n"), line);
		if (calendar_add(cal, on(date), workday[0] == '1', strstr(rest, ",projected") != NULL, vi, en,
				 NULL))
			abort();
	}
}

#endif
