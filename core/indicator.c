#include "core/indicator.h"

#include <stdlib.h>

#include "core/commit.h"
#include "core/exchange.h"
#include "core/lines.h"
#include "db/base/mem.h"

static enum rc add_over(struct app *app, const struct row *row, const struct rec *indicator,
			enum indicator_change *change, struct err *err)
{
	struct rec diff;
	struct change event = { .verb = VERB_CHANGE, .kind = REC_INDICATOR, .rec = row->rec, .set = &diff };
	enum rc rc = RC_OK;

	rec_init(&diff, REC_INDICATOR);
	rec_diff(&row->body, indicator, &diff);
	*change = diff.count ? INDICATOR_CHANGED : INDICATOR_SAME;
	if (diff.count)
		rc = commit_change(app, &event, NULL, NULL, err);
	rec_done(&diff);
	return rc;
}

enum rc indicator_add(struct app *app, const struct rec *indicator, enum indicator_change *change,
		      struct err *err)
{
	struct change event = { .verb = VERB_ADD, .kind = REC_INDICATOR, .set = indicator };
	enum indicator_change done = INDICATOR_MADE;
	struct buf key = BUF(4096);
	struct row row;
	enum rc rc = app_may(app, MAY_INDICATOR, err);

	if (rc)
		return rc;
	row_init(&row);
	rc = rec_check(indicator, false, err);
	if (!rc)
		rc = rec_key(indicator, &key, err);
	if (!rc)
		rc = row_get(app->db, REC_INDICATOR, buf_str(&key), &row, err);
	if (rc == RC_NONE)
		rc = commit_change(app, &event, NULL, NULL, err);
	else if (!rc)
		rc = add_over(app, &row, indicator, &done, err);
	if (!rc && change)
		*change = done;
	row_done(&row);
	buf_done(&key);
	return rc;
}

struct adding {
	struct app *app;
	struct lines lines;
	struct rec *recs;
	size_t count, cap;
	struct indicator_result *result;
};

static struct rec *new_rec(struct adding *adding)
{
	adding->recs = mem_room(adding->recs, adding->count, &adding->cap, sizeof(*adding->recs));
	rec_init(&adding->recs[adding->count], REC_INDICATOR);
	return &adding->recs[adding->count++];
}

static enum rc read_line(struct adding *adding, struct err *why)
{
	struct rec *rec;
	enum rc rc;

	if (lines_is_blank(&adding->lines))
		return RC_OK;
	adding->result->read++;
	if (adding->lines.too_long)
		return err_field(why, "kind", "dòng dài quá 4 MiB", "the line is longer than 4 MiB");
	rec = new_rec(adding);
	rc = exchange_parse_part(REC_INDICATOR, buf_str(&adding->lines.line), adding->lines.line.len, rec,
				 why);
	return rc ? rc : rec_check(rec, false, why);
}

static enum rc add_all(struct adding *adding, struct err *err)
{
	enum indicator_change change;
	enum rc rc = db_begin(adding->app->db, err);

	for (size_t i = 0; !rc && i < adding->count; i++) {
		rc = indicator_add(adding->app, &adding->recs[i], &change, err);
		if (!rc)
			adding->result->done[change]++;
	}
	if (!rc)
		rc = db_commit(adding->app->db, err);
	if (rc)
		db_rollback(adding->app->db);
	return rc;
}

enum rc indicator_add_lines(struct app *app, FILE *in,
			    void (*refused)(void *ctx, size_t line, const struct err *why), void *ctx,
			    struct indicator_result *result, struct err *err)
{
	struct adding adding = { .app = app, .result = result };
	enum rc rc = app_may(app, MAY_INDICATOR, err);

	*result = (struct indicator_result){ 0 };
	if (rc)
		return rc;
	lines_init(&adding.lines, in, EXCHANGE_LINE_MAX);
	while (!(rc = lines_next(&adding.lines, err))) {
		struct err why = { 0 };

		if (read_line(&adding, &why)) {
			result->refused++;
			refused(ctx, adding.lines.number, &why);
		}
	}
	if (rc == RC_NONE && result->refused)
		rc = err_set(err, RC_INPUT, "Có dòng bị từ chối; chưa có gì thay đổi.",
			     "Lines were refused; nothing was changed.");
	else if (rc == RC_NONE)
		rc = add_all(&adding, err);
	for (size_t i = 0; i < adding.count; i++)
		rec_done(&adding.recs[i]);
	free(adding.recs);
	lines_done(&adding.lines);
	return rc;
}
