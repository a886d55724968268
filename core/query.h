/*
 * query.h - what a list shows: today's work, worklists, search hits, one dossier.
 *
 * Reads only; needs MAY_READ. Lists come by visit: texts live until it
 * returns, and a visit that returns non-RC_OK ends the walk with that.
 * Timeliness is by local date (core/rules/deadline.h).
 */
#ifndef MOTCUA_QUERY_H
#define MOTCUA_QUERY_H

#include "core/app.h"

/*  id          config      words */
#define WORK_LIST(X) \
	X(CAME_IN,   "in",       T("Tiếp nhận hôm nay", "Received today")) \
	X(REGISTERED, "online",  T("Nộp trực tuyến, chờ tiếp nhận", "Filed online, to be received")) \
	X(HAND_OVER, "forward",  T("Chờ chuyển xử lý", "To hand over")) \
	X(DUE_TODAY, "today",    T("Đến hạn hôm nay", "Due today")) \
	X(DUE_NEXT,  "tomorrow", T("Đến hạn ngày làm việc tới", "Due the next working day")) \
	X(OVERDUE,   "overdue",  T("Quá hạn", "Overdue")) \
	X(WAITING,   "waiting",  T("Chờ công dân, tạm dừng", "Waiting for the citizen")) \
	X(TO_RETURN, "return",   T("Chờ trả kết quả", "Results to return")) \
	X(OPEN,      "open",     T("Đang giải quyết", "Open")) \
	/* over the counter, and no picture of its papers */ \
	X(UNSCANNED, "unscanned", T("Đang giải quyết, chưa quét", "Open, not scanned"))

enum work {
#define X(id, name, words) WORK_##id,
	WORK_LIST(X)
#undef X
	WORK_COUNT
};
const struct words *work_words(enum work work);
/* "overdue"; WORK_COUNT when there is none of that name. */
enum work work_named(const char *name);

/* Where a dossier is, LEVEL_*: "cấp xã"; "chưa rõ" when nobody said. */
enum { QUERY_LEVELS = 4 };
const struct words *level_words(int level);

struct query_today {
	dayno today, next; /* and the next working day */
	int64_t count[WORK_COUNT];
	int64_t overdue_at[QUERY_LEVELS]; /* by the level that holds it now: LEVEL_*, 0 not said */
};
enum rc query_today(struct app *app, struct query_today *out, struct err *err) MUST_CHECK;

/* One line of a list of dossiers. */
struct query_line {
	int64_t rec;
	const char *code, *name, *procedure_code, *procedure, *field_name;
	int state;           /* STATE_* */
	int level;           /* LEVEL_* that holds it now, 0 not said */
	msec received_at, due_at; /* MSEC_NONE: none */
	int64_t days_left;   /* working days to the due date; negative overdue; only with due_at */
	bool paused;
	const char *why; /* query_find: the field that met what was typed, in app->lang; else "" */
};
typedef enum rc query_visit(void *ctx, const struct query_line *line, struct err *err);

/* By due date (CAME_IN by reception, TO_RETURN by the day it was done); at most `limit` lines. */
enum rc query_worklist(struct app *app, enum work work, size_t limit, query_visit *each, void *ctx,
		       struct err *err) MUST_CHECK;
/* What was typed (core/search.h), best first. */
enum rc query_find(struct app *app, const char *typed, size_t limit, query_visit *each, void *ctx,
		   struct err *err) MUST_CHECK;

/* The record as it stands, with its number. RC_NONE: no such dossier. `out` is initialised. */
enum rc query_dossier(struct app *app, const char *code, struct rec *out, struct err *err) MUST_CHECK;

/* The name of a procedure, its code when the catalogue does not know it. */
const char *query_procedure_name(struct app *app, const char *code, char *out, size_t size);

#endif
