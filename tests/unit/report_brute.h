/*
 * report_brute.h - form 06a and whose lateness, counted from records one by one with days as
 * text: slow, and nothing like core/report.
 */
#ifndef MOTCUA_TESTS_REPORT_BRUTE_H
#define MOTCUA_TESTS_REPORT_BRUTE_H

#include "db/rec.h"

enum { RECS_MAX = 80 };

enum { ONLINE, OTHER_WAYS, CARRIED, EARLY, ON_TIME, LATE, IN_TIME, OVERDUE, FIGURES };

struct brute_row {
	const char *level, *field;
	int64_t figures[FIGURES];
};

struct brute {
	struct brute_row rows[RECS_MAX];
	size_t rows_count;
	int64_t total[FIGURES];
	struct {
		const char *code;
		bool resolved, ward, province, other;
	} late[RECS_MAX];
	size_t late_count;
};

/* Days YYYY-MM-DD; records live longer than the count. */
void brute_run(struct brute *brute, const struct rec *recs, size_t recs_count, const char *from, const char *to,
	       bool extended);

#endif
