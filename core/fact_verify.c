/*
 * fact_verify.c - the narrow tables hold what the rows give, or they do not.
 */
#include <string.h>

#include "core/fact.h"
#include "db/rec_fields.h"

/* As store_name, but makes none: a word nobody wrote down is a difference. */
static enum rc known_name(void *ctx, const char *text, int64_t *ix, struct err *err)
{
	enum rc rc = name_find(ctx, text, ix, err);

	if (rc == RC_NONE)
		*ix = -1;
	return rc == RC_NONE ? RC_OK : rc;
}

struct compare {
	struct dossier_fact dossier;
	struct fact_scan scan;
	struct fact_help help;
	size_t fees; /* seen so far */
	msec scanned_at, reused_at;
	bool same;
};

static bool same_span(struct span a, struct span b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

static enum rc compare_fact(void *ctx, const struct fact *b, struct err *err)
{
	struct compare *compare = ctx;
	const struct fact *a = &compare->dossier.fact;

	(void)err;
	compare->same = a->state == b->state && a->received_at == b->received_at && a->due_at == b->due_at &&
			a->first_due == b->first_due && a->finished_at == b->finished_at &&
			a->returned_at == b->returned_at && a->level == b->level && a->field == b->field &&
			a->procedure == b->procedure && a->clerk == b->clerk && a->channel == b->channel &&
			a->flags == b->flags && a->rating == b->rating && same_span(a->pauses, b->pauses) &&
			same_span(a->extensions, b->extensions) && compare->scanned_at == b->scanned_at &&
			compare->reused_at == b->reused_at;
	return RC_OK;
}

static enum rc compare_fee(void *ctx, const struct fact_fee *b, struct err *err)
{
	struct compare *compare = ctx;
	const struct fact_fee *a = NULL;

	(void)err;
	if (compare->fees < compare->dossier.fees_count)
		a = &compare->dossier.fees[compare->fees];
	compare->fees++;
	if (!a || a->name != b->name || a->amount != b->amount ||
	    a->status != b->status || a->method != b->method || a->paid_at != b->paid_at)
		compare->same = false;
	return RC_OK;
}

static enum rc compare_scan(void *ctx, const struct fact_scan *b, struct err *err)
{
	struct compare *compare = ctx;
	const struct fact_scan *a = &compare->scan;

	(void)err;
	compare->same = a->at == b->at && a->person == b->person && a->pages == b->pages && a->bytes == b->bytes &&
			a->flags == b->flags;
	return RC_OK;
}

static enum rc compare_help(void *ctx, const struct fact_help *b, struct err *err)
{
	struct compare *compare = ctx;
	const struct fact_help *a = &compare->help;

	(void)err;
	compare->same = a->at == b->at && a->team == b->team && a->neighbourhood == b->neighbourhood &&
			a->category == b->category && a->member == b->member && a->place == b->place &&
			a->outcome == b->outcome && a->minutes == b->minutes;
	return RC_OK;
}

static enum rc gather_scan(void *ctx, const struct row *row, struct err *err)
{
	struct compare *compare = ctx;
	msec at = rec_num_or(&row->body, SCAN_SCANNED_AT, 0);

	(void)err;
	if (compare->scanned_at == MSEC_NONE || at < compare->scanned_at)
		compare->scanned_at = at;
	if (rec_true(&row->body, SCAN_REUSED) && (compare->reused_at == MSEC_NONE || at < compare->reused_at))
		compare->reused_at = at;
	return RC_OK;
}

static enum rc verify_dossier(struct db *db, int64_t rec, const struct rec *now, struct compare *compare,
			      struct err *err)
{
	struct namer namer = { known_name, db };
	struct buf prefix = BUF(256), steps = BUF(REC_TEXT_MAX);
	enum rc rc = fact_of_dossier(now, &namer, &compare->dossier, err);

	compare->scanned_at = compare->reused_at = MSEC_NONE;
	buf_printf(&prefix, "%s/", rec_text(now, DOSSIER_CODE));
	if (!rc)
		rc = row_walk_prefix(db, REC_SCAN, buf_str(&prefix), gather_scan, compare, err);
	if (!rc)
		rc = fact_one(db, rec, compare_fact, compare, err);
	if (!rc && compare->same)
		rc = fact_fees_of(db, rec, compare_fee, compare, err);
	if (!rc && compare->same)
		rc = fact_steps_get(db, rec, &steps, err);
	if (!rc && compare->same)
		compare->same = compare->fees == compare->dossier.fees_count &&
				same_span((struct span){ steps.data, steps.len },
					  (struct span){ compare->dossier.steps.data, compare->dossier.steps.len });
	buf_done(&steps);
	buf_done(&prefix);
	return rc;
}

enum rc fact_verify(struct app *app, int64_t rec, const struct rec *now, struct err *err)
{
	struct namer namer = { known_name, app->db };
	struct compare compare = { .same = false };
	enum rc rc;

	dossier_fact_init(&compare.dossier);
	if (now->kind == REC_DOSSIER && rec_has(now, DOSSIER_CODE)) {
		rc = verify_dossier(app->db, rec, now, &compare, err);
	} else if (now->kind == REC_SCAN && rec_has(now, SCAN_DOSSIER_CODE)) {
		rc = fact_of_scan(now, &namer, &compare.scan, err);
		if (!rc)
			rc = fact_scan_one(app->db, rec, compare_scan, &compare, err);
	} else if (now->kind == REC_ASSIST && rec_has(now, ASSIST_CATEGORY)) {
		rc = fact_of_assist(now, &namer, &compare.help, err);
		if (!rc)
			rc = fact_help_one(app->db, rec, compare_help, &compare, err);
	} else {
		rc = RC_OK;
		compare.same = true;
	}
	dossier_fact_done(&compare.dossier);
	if (rc == RC_NONE || (!rc && !compare.same))
		rc = err_set(err, RC_DAMAGED,
			     "Số liệu báo cáo của dòng %lld không khớp. Chạy `motcua rebuild` để dựng lại.",
			     "Report figures of row %lld do not match. `motcua rebuild` mends them.", (long long)rec);
	return rc;
}
