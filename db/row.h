/*
 * row.h - records as they stand now: the rebuildable rows of the store.
 *
 * A row is found by its number in this file (`rec`) or by kind and key
 * (rec_key). Only core/project writes rows.
 */
#ifndef MOTCUA_ROW_H
#define MOTCUA_ROW_H

#include "db/event.h"
#include "db/stmt.h"

struct row {
	int64_t rec;
	enum rec_kind kind;
	uint32_t rev;
	size_t heads_count;
	struct id heads[EVENT_PARENTS_MAX];
	struct rec body;
};

void row_init(struct row *row);
void row_done(struct row *row);

/* *rec of the record, or RC_NONE. */
enum rc row_find(struct db *db, enum rec_kind kind, const char *key, int64_t *rec, struct err *err) MUST_CHECK;
/* The whole row. `row` is initialised. RC_NONE when there is none. */
enum rc row_read(struct db *db, int64_t rec, struct row *row, struct err *err) MUST_CHECK;
/* row_find and row_read in one. */
enum rc row_get(struct db *db, enum rec_kind kind, const char *key, struct row *row, struct err *err) MUST_CHECK;
/* Every record of a kind in key order, or (REC_NONE) every record in the order they came. */
typedef enum rc row_visit(void *ctx, const struct row *row, struct err *err);
enum rc row_walk(struct db *db, enum rec_kind kind, row_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* As row_walk, for keys that start with `prefix`. */
enum rc row_walk_prefix(struct db *db, enum rec_kind kind, const char *prefix, row_visit *each, void *ctx,
			struct err *err) MUST_CHECK;
int64_t row_count(struct db *db, enum rec_kind kind);

/* For core/project. A new row has rec 0 and gets its number. */
enum rc row_write(struct db *db, struct row *row, const char *key, struct err *err) MUST_CHECK;
/* The journal entries behind a record. */
enum rc row_add_event(struct db *db, int64_t rec, int64_t n, struct err *err) MUST_CHECK;
/* Which record the event with arrival number `n` belongs to; RC_NONE when none. */
enum rc row_of_event(struct db *db, int64_t n, int64_t *rec, struct err *err) MUST_CHECK;
/* Arrival numbers of a record's events, rising; the caller frees *n. */
enum rc row_events(struct db *db, int64_t rec, int64_t **n, size_t *count, struct err *err) MUST_CHECK;

/* Small values only this device knows (table local). RC_NONE when unset. */
enum rc local_get(struct db *db, const char *name, struct buf *out, struct err *err) MUST_CHECK;
enum rc local_set(struct db *db, const char *name, const void *data, size_t len, struct err *err) MUST_CHECK;
int64_t local_int(struct db *db, const char *name, int64_t otherwise);
enum rc local_set_int(struct db *db, const char *name, int64_t value, struct err *err) MUST_CHECK;

#endif
