/*
 * report_ward.h - the ward of tests/fixtures/report_ward.jsonl: forty-odd dossiers, every edge of a
 * report among them, with their scans, assists and households; and cells of a report by name.
 */
#ifndef MOTCUA_TESTS_REPORT_WARD_H
#define MOTCUA_TESTS_REPORT_WARD_H

#include "core/report.h"

/* The records, once report_ward_open was called. */
extern struct rec report_recs[];
extern size_t report_recs_count;

/* A ward with all of them, each one event; backwards: every scan before its dossier. */
void report_ward_open(struct app *app, bool backwards);
/* Days YYYY-MM-DD. Fails the test when the report does. */
void report_ward_run(struct app *app, const char *name, const char *from, const char *to, msec as_known,
		     struct table *out);

/* Fail the test when there is no such column. */
const struct tcell *cell(const struct table *table, size_t part, size_t row, const char *name);
/* -1 for what is no number; "" for what is no text. */
int64_t num(const struct table *table, size_t part, size_t row, const char *name);
const char *text(const struct table *table, size_t part, size_t row, const char *name);
/* The whole table as JSON lines, replacing `out`. */
void json_of(const struct table *table, struct buf *out);

#endif
