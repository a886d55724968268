/*
 * report_late.h - the late and overdue dossiers of a period, gathered once: for core/report*.c only.
 */
#ifndef MOTCUA_REPORT_LATE_H
#define MOTCUA_REPORT_LATE_H

#include "core/report_run.h"

enum { LATE_CODE = 44 };

struct late {
	struct source *source;
	int64_t rec;
	char code[LATE_CODE];
	int64_t reason;   /* word of late_reason, 0: none given */
	bool apology;     /* an extension was given by T */
	struct fact fact; /* without its spans */
	struct judged judged;
	struct blame blame;
	int level;        /* of its 06a row */
	int64_t field;
};

struct late_list {
	struct late *items; /* by due date, then code */
	size_t count, cap;
};

/* Resolved late in the period, or overdue at its end, and whose lateness it is. */
enum rc late_gather(struct report *report, struct late_list *out, struct err *err) MUST_CHECK;
void late_done(struct late_list *list);
/* The units, or the persons, of the steps to blame, a line each; `out` is appended to. */
enum rc late_units(struct report *report, const struct late *late, bool persons, struct buf *out,
		   struct err *err) MUST_CHECK;

#endif
