/*
 * fact.h - the narrow tables behind lists and reports: dossiers (`fact`,
 * `fact_step`), money (`fee`), scans (`fact_scan`), assists (`help`), and the
 * words they repeat (`name`).
 *
 * All of it is derived from rows (core/fact.c) and can be dropped. Times are
 * msec, MSEC_NONE when absent. Calls run inside the caller's transaction.
 * Walks go in the order of `rec`; a visit that returns non-RC_OK ends its walk
 * with that. Spans live until the visit returns.
 */
#ifndef MOTCUA_DB_FACT_H
#define MOTCUA_DB_FACT_H

#include "db/stmt.h"

enum fact_flag {
	FACT_REFUSED = 1 << 0,    /* closed by a refusal on substance */
	FACT_ELECTRONIC = 1 << 1, /* the result is electronic */
	FACT_FEE_DUE = 1 << 2,    /* has a fee above 0 that is not exempt */
	FACT_PAID_ONLINE = 1 << 3, /* such a fee was paid online */
	FACT_WAITING = 1 << 4,    /* its state says paused, and no pause says since when */
};

struct fact {
	int64_t rec;
	int state; /* STATE_*, 0 never */
	msec received_at, due_at, first_due, finished_at, returned_at;
	int level; /* LEVEL_*, 0: no step says */
	int64_t field, procedure, clerk; /* name.ix, 0: none */
	int channel; /* 0: none */
	unsigned flags;
	int rating; /* 0: none */
	msec scanned_at, reused_at; /* first of each */
	struct span pauses, extensions;
};

struct fact_fee {
	int64_t rec; /* of the dossier */
	int64_t name, amount;
	int status, method; /* 0: none */
	msec paid_at;
};

enum scan_flag {
	SCAN_FACT_REUSED = 1 << 0,
	SCAN_FACT_SIGNED = 1 << 1,
	SCAN_FACT_COARSE = 1 << 2, /* below 200 dots an inch */
};

struct fact_scan {
	int64_t rec; /* of the scan */
	msec at;     /* 0: nobody said when */
	int64_t person, pages, bytes;
	unsigned flags;
};

struct fact_help {
	int64_t rec; /* of the assist */
	msec at;
	int64_t team, neighbourhood; /* MSEC_NONE: none */
	int64_t category, member;
	int place, outcome; /* 0: none */
	int64_t minutes;
};

/* The number of a word, made on first sight; 0 for "". name_find makes none: RC_NONE. */
enum rc name_ix(struct db *db, const char *text, int64_t *ix, struct err *err) MUST_CHECK;
enum rc name_find(struct db *db, const char *text, int64_t *ix, struct err *err) MUST_CHECK;
typedef enum rc name_visit(void *ctx, int64_t ix, const char *text, struct err *err);
enum rc name_walk(struct db *db, name_visit *each, void *ctx, struct err *err) MUST_CHECK;

/* Write all but scanned_at and reused_at, which stay as they are (absent in a new row). */
enum rc fact_put(struct db *db, const struct fact *fact, struct err *err) MUST_CHECK;
/* Lay one more scan over scanned_at and reused_at (the earlier stays). */
enum rc fact_add_scan(struct db *db, int64_t rec, msec at, bool reused, struct err *err) MUST_CHECK;
/* Forget both; the scans are laid over again. */
enum rc fact_clear_scans(struct db *db, int64_t rec, struct err *err) MUST_CHECK;
/* The dossier's row, steps and fees go. */
enum rc fact_drop(struct db *db, int64_t rec, struct err *err) MUST_CHECK;
/* No steps (len 0): no row. */
enum rc fact_steps_put(struct db *db, int64_t rec, struct span steps, struct err *err) MUST_CHECK;
/* Empty when there are none; `out` is replaced. */
enum rc fact_steps_get(struct db *db, int64_t rec, struct buf *out, struct err *err) MUST_CHECK;

/*
 * Steps beside a walk of facts: for a rec that does not fall from call to call, at a fraction of
 * what fact_steps_get costs. The span lives until the next call.
 */
struct fact_steps {
	struct stmt *s;
	int64_t rec; /* where it stands */
	bool ended;
};
void fact_steps_begin(struct db *db, struct fact_steps *along);
enum rc fact_steps_at(struct fact_steps *along, int64_t rec, struct span *out, struct err *err) MUST_CHECK;
void fact_steps_end(struct fact_steps *along);

enum rc fact_fees_drop(struct db *db, int64_t rec, struct err *err) MUST_CHECK;
enum rc fact_fee_put(struct db *db, const struct fact_fee *fee, int64_t n, struct err *err) MUST_CHECK;
enum rc fact_scan_put(struct db *db, const struct fact_scan *scan, struct err *err) MUST_CHECK;
enum rc fact_scan_drop(struct db *db, int64_t rec, struct err *err) MUST_CHECK;
enum rc fact_help_put(struct db *db, const struct fact_help *help, struct err *err) MUST_CHECK;
enum rc fact_help_drop(struct db *db, int64_t rec, struct err *err) MUST_CHECK;

typedef enum rc fact_visit(void *ctx, const struct fact *fact, struct err *err);
enum rc fact_walk(struct db *db, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* The row of one record; RC_NONE when there is none. The same for scans and assists below; a dossier's fees. */
enum rc fact_one(struct db *db, int64_t rec, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* Received from `from` on and before `to`, in that order. */
enum rc fact_walk_received(struct db *db, msec from, msec to, fact_visit *each, void *ctx,
			   struct err *err) MUST_CHECK;
/* Not finished and not closed, by due date. */
enum rc fact_walk_open(struct db *db, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* Done and not returned, by the day they were done. */
enum rc fact_walk_back(struct db *db, fact_visit *each, void *ctx, struct err *err) MUST_CHECK;
typedef enum rc fact_fee_visit(void *ctx, const struct fact_fee *fee, struct err *err);
enum rc fact_fees_of(struct db *db, int64_t rec, fact_fee_visit *each, void *ctx, struct err *err) MUST_CHECK;
enum rc fact_fee_walk(struct db *db, fact_fee_visit *each, void *ctx, struct err *err) MUST_CHECK;
typedef enum rc fact_scan_visit(void *ctx, const struct fact_scan *scan, struct err *err);
enum rc fact_scan_one(struct db *db, int64_t rec, fact_scan_visit *each, void *ctx,
		     struct err *err) MUST_CHECK;
enum rc fact_scan_walk(struct db *db, fact_scan_visit *each, void *ctx, struct err *err) MUST_CHECK;
typedef enum rc fact_help_visit(void *ctx, const struct fact_help *help, struct err *err);
enum rc fact_help_one(struct db *db, int64_t rec, fact_help_visit *each, void *ctx,
		     struct err *err) MUST_CHECK;
enum rc fact_help_walk(struct db *db, fact_help_visit *each, void *ctx, struct err *err) MUST_CHECK;

#endif
