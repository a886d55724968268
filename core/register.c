#include "core/register.h"

#include <string.h>

#include "core/commit.h"
#include "core/csv.h"

struct import {
	struct app *app;
	register_fault *fault;
	void *ctx;
	struct register_result *result;
};

/* Cells of `rec` laid over what stands under its identity; only what differs becomes an event. */
static enum rc put(struct app *app, const struct rec *rec, struct register_result *result, struct err *err)
{
	struct buf key = BUF(4096);
	struct rec after, set;
	struct row row;
	struct change change = { .verb = VERB_CHANGE, .kind = rec->kind, .set = &set };
	enum rc rc;

	row_init(&row);
	rec_init(&after, rec->kind);
	rec_init(&set, rec->kind);
	rc = rec_key(rec, &key, err);
	if (!rc)
		rc = row_get(app->db, rec->kind, buf_str(&key), &row, err);
	if (rc && rc != RC_NONE)
		goto out;
	if (rc == RC_NONE)
		change.verb = VERB_ADD;
	else
		rec_copy(&after, &row.body);
	change.rec = row.rec;
	rec_apply(&after, rec);
	rc = rec_check(&after, false, err);
	rec_diff(&row.body, &after, &set);
	set.kind = rec->kind;
	if (!rc && set.count)
		rc = commit_change(app, &change, NULL, NULL, err);
	if (!rc) {
		result->made += change.verb == VERB_ADD;
		result->changed += change.verb == VERB_CHANGE && set.count;
		result->same += !set.count;
	}
out:
	buf_done(&key);
	rec_done(&after);
	rec_done(&set);
	row_done(&row);
	return rc;
}

static enum rc take_row(void *ctx, size_t line, const struct rec *rec, struct err *err)
{
	struct import *import = ctx;

	(void)line;
	import->result->read++;
	return put(import->app, rec, import->result, err);
}

static void take_fault(void *ctx, size_t line, const struct err *why)
{
	struct import *import = ctx;

	import->result->refused++;
	if (import->fault)
		import->fault(import->ctx, line, why);
}

enum rc register_import(struct app *app, enum rec_kind kind, const char *csv, size_t len, register_fault *fault,
			void *ctx, struct register_result *result, struct err *err)
{
	struct import import = { app, fault, ctx, result };
	const struct csv_reader reader = { .kind = kind, .ctx = &import, .row = take_row, .fault = take_fault };
	enum rc rc = app_may(app, kind == REC_MEMBER ? MAY_TEAM : MAY_HOUSEHOLD, err);

	*result = (struct register_result){ .read = 0 };
	if (!rc)
		rc = db_begin(app->db, err);
	if (rc)
		return rc;
	rc = csv_read(&reader, csv, len, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc) {
		db_rollback(app->db);
		result->made = result->changed = result->same = 0;
	}
	return rc;
}

enum rc register_indicator(struct app *app, const struct rec *indicator, struct register_result *result,
			   struct err *err)
{
	enum rc rc = app_may(app, MAY_INDICATOR, err);

	*result = (struct register_result){ .read = 1 };
	return rc ? rc : put(app, indicator, result, err);
}
