#include "core/source.h"

#include <stdlib.h>

#include "core/project.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"

/* Facts of a past moment. */
struct known {
	struct dossier_fact *dossiers; /* in the order of rec, once all are there */
	size_t dossiers_count, dossiers_cap;
	struct fact_scan *scans;
	size_t scans_count, scans_cap;
	struct fact_help *helps;
	size_t helps_count, helps_cap;
	struct names codes; /* of dossiers, numbered as they came; of no use once they are sorted */
};

static enum rc map_name(void *ctx, int64_t ix, const char *text, struct err *err)
{
	struct source *source = ctx;

	(void)err;
	if (ix < 0)
		return RC_OK;
	while ((uint64_t)ix >= source->map_count) {
		size_t cap = source->map_count ? 2 * source->map_count : 256;
		int64_t *map = realloc(source->map, cap * sizeof(*map));

		if (!map)
			die("out of memory");
		for (size_t i = source->map_count; i < cap; i++)
			map[i] = 0;
		source->map = map;
		source->map_count = cap;
	}
	source->map[ix] = names_ix(source->names, text);
	return RC_OK;
}

int64_t source_name(const struct source *source, int64_t ix)
{
	if (source->known)
		return ix;
	return ix > 0 && (uint64_t)ix < source->map_count ? source->map[ix] : 0;
}

static enum rc memory_name(void *ctx, const char *text, int64_t *ix, struct err *err)
{
	(void)err;
	*ix = names_ix(ctx, text);
	return RC_OK;
}

static enum rc know_dossier(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct source *source = ctx;
	struct known *known = source->known;
	struct namer namer = { memory_name, source->names };
	struct dossier_fact *made;
	enum rc rc;

	if (!rec_has(now, DOSSIER_CODE) || names_find(&known->codes, rec_text(now, DOSSIER_CODE)))
		return RC_OK;
	known->dossiers = mem_room(known->dossiers, known->dossiers_count, &known->dossiers_cap, sizeof(*made));
	made = &known->dossiers[known->dossiers_count++];
	names_ix(&known->codes, rec_text(now, DOSSIER_CODE));
	dossier_fact_init(made);
	rc = fact_of_dossier(now, &namer, made, err);
	made->fact.rec = rec;
	return rc;
}

static void lay(msec *first, msec at)
{
	if (*first == MSEC_NONE || at < *first)
		*first = at;
}

static enum rc know_scan(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct source *source = ctx;
	struct known *known = source->known;
	struct namer namer = { memory_name, source->names };
	struct fact_scan *scan;
	int64_t dossier = names_find(&known->codes, rec_text(now, SCAN_DOSSIER_CODE));
	enum rc rc;

	if (!rec_has(now, SCAN_DOSSIER_CODE))
		return RC_OK;
	known->scans = mem_room(known->scans, known->scans_count, &known->scans_cap, sizeof(*scan));
	scan = &known->scans[known->scans_count++];
	rc = fact_of_scan(now, &namer, scan, err);
	scan->rec = rec;
	if (!rc && dossier) {
		struct fact *fact = &known->dossiers[dossier - 1].fact;

		lay(&fact->scanned_at, scan->at);
		if (scan->flags & SCAN_FACT_REUSED)
			lay(&fact->reused_at, scan->at);
	}
	return rc;
}

static enum rc know_help(void *ctx, int64_t rec, const struct rec *now, struct err *err)
{
	struct source *source = ctx;
	struct known *known = source->known;
	struct namer namer = { memory_name, source->names };
	struct fact_help *help;
	enum rc rc;

	if (!rec_has(now, ASSIST_CATEGORY))
		return RC_OK;
	known->helps = mem_room(known->helps, known->helps_count, &known->helps_cap, sizeof(*help));
	help = &known->helps[known->helps_count++];
	rc = fact_of_assist(now, &namer, help, err);
	help->rec = rec;
	return rc;
}

static int by_rec(const void *a, const void *b)
{
	const struct dossier_fact *x = a, *y = b;

	return x->fact.rec < y->fact.rec ? -1 : x->fact.rec > y->fact.rec;
}

enum rc source_open(struct source *source, struct app *app, struct names *names, msec as_known, struct err *err)
{
	enum rc rc;

	*source = (struct source){ .app = app, .names = names, .as_known = as_known };
	if (as_known == MSEC_NONE)
		return name_walk(app->db, map_name, source, err);
	source->known = calloc(1, sizeof(*source->known));
	if (!source->known)
		die("out of memory");
	names_init(&source->known->codes);
	rc = source_recs(source, REC_DOSSIER, know_dossier, source, err);
	if (!rc)
		rc = source_recs(source, REC_SCAN, know_scan, source, err);
	if (!rc)
		rc = source_recs(source, REC_ASSIST, know_help, source, err);
	if (source->known->dossiers_count)
		qsort(source->known->dossiers, source->known->dossiers_count, sizeof(struct dossier_fact), by_rec);
	return rc;
}

void source_close(struct source *source)
{
	struct known *known = source->known;

	if (known) {
		for (size_t i = 0; i < known->dossiers_count; i++)
			dossier_fact_done(&known->dossiers[i]);
		free(known->dossiers);
		free(known->scans);
		free(known->helps);
		names_done(&known->codes);
		free(known);
	}
	free(source->map);
	*source = (struct source){ 0 };
}

/* A walk of the store's table, with words by the report's numbers. */
struct mapped {
	struct source *source;
	fact_visit *fact;
	fact_fee_visit *fee;
	fact_scan_visit *scan;
	fact_help_visit *help;
	void *ctx;
};

static enum rc map_fact(void *ctx, const struct fact *fact, struct err *err)
{
	const struct mapped *mapped = ctx;
	struct fact ours = *fact;

	ours.field = source_name(mapped->source, fact->field);
	ours.procedure = source_name(mapped->source, fact->procedure);
	ours.clerk = source_name(mapped->source, fact->clerk);
	return mapped->fact(mapped->ctx, &ours, err);
}

enum rc source_facts(struct source *source, fact_visit *each, void *ctx, struct err *err)
{
	struct mapped mapped = { .source = source, .fact = each, .ctx = ctx };
	enum rc rc = RC_OK;

	if (!source->known)
		return fact_walk(source->app->db, map_fact, &mapped, err);
	for (size_t i = 0; !rc && i < source->known->dossiers_count; i++)
		rc = each(ctx, &source->known->dossiers[i].fact, err);
	return rc;
}

static enum rc map_fee(void *ctx, const struct fact_fee *fee, struct err *err)
{
	const struct mapped *mapped = ctx;
	struct fact_fee ours = *fee;

	ours.name = source_name(mapped->source, fee->name);
	return mapped->fee(mapped->ctx, &ours, err);
}

enum rc source_fees(struct source *source, fact_fee_visit *each, void *ctx, struct err *err)
{
	struct mapped mapped = { .source = source, .fee = each, .ctx = ctx };
	enum rc rc = RC_OK;

	if (!source->known)
		return fact_fee_walk(source->app->db, map_fee, &mapped, err);
	for (size_t i = 0; i < source->known->dossiers_count; i++) {
		struct dossier_fact *dossier = &source->known->dossiers[i];

		for (size_t k = 0; !rc && k < dossier->fees_count; k++) {
			dossier->fees[k].rec = dossier->fact.rec;
			rc = each(ctx, &dossier->fees[k], err);
		}
	}
	return rc;
}

static enum rc map_scan(void *ctx, const struct fact_scan *scan, struct err *err)
{
	const struct mapped *mapped = ctx;
	struct fact_scan ours = *scan;

	ours.person = source_name(mapped->source, scan->person);
	return mapped->scan(mapped->ctx, &ours, err);
}

enum rc source_scans(struct source *source, fact_scan_visit *each, void *ctx, struct err *err)
{
	struct mapped mapped = { .source = source, .scan = each, .ctx = ctx };
	enum rc rc = RC_OK;

	if (!source->known)
		return fact_scan_walk(source->app->db, map_scan, &mapped, err);
	for (size_t i = 0; !rc && i < source->known->scans_count; i++)
		rc = each(ctx, &source->known->scans[i], err);
	return rc;
}

static enum rc map_help(void *ctx, const struct fact_help *help, struct err *err)
{
	const struct mapped *mapped = ctx;
	struct fact_help ours = *help;

	ours.category = source_name(mapped->source, help->category);
	ours.member = source_name(mapped->source, help->member);
	return mapped->help(mapped->ctx, &ours, err);
}

enum rc source_helps(struct source *source, fact_help_visit *each, void *ctx, struct err *err)
{
	struct mapped mapped = { .source = source, .help = each, .ctx = ctx };
	enum rc rc = RC_OK;

	if (!source->known)
		return fact_help_walk(source->app->db, map_help, &mapped, err);
	for (size_t i = 0; !rc && i < source->known->helps_count; i++)
		rc = each(ctx, &source->known->helps[i], err);
	return rc;
}

static const struct dossier_fact *known_dossier(const struct known *known, int64_t rec)
{
	size_t low = 0, high = known->dossiers_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (known->dossiers[middle].fact.rec < rec)
			low = middle + 1;
		else
			high = middle;
	}
	return low < known->dossiers_count && known->dossiers[low].fact.rec == rec ? &known->dossiers[low] : NULL;
}

enum rc source_steps(struct source *source, int64_t rec, struct buf *room, struct span *out, struct err *err)
{
	const struct dossier_fact *dossier;
	enum rc rc;

	if (source->known) {
		dossier = known_dossier(source->known, rec);
		*out = dossier ? (struct span){ dossier->steps.data, dossier->steps.len } : (struct span){ NULL, 0 };
		return RC_OK;
	}
	rc = fact_steps_get(source->app->db, rec, room, err);
	if (!rc)
		*out = (struct span){ room->data, room->len };
	return rc;
}

enum rc source_facts_and_steps(struct source *source, fact_visit *each, void *ctx, struct err *err)
{
	enum rc rc;

	if (source->known)
		return source_facts(source, each, ctx, err);
	fact_steps_begin(source->app->db, &source->along);
	rc = source_facts(source, each, ctx, err);
	fact_steps_end(&source->along);
	return rc;
}

enum rc source_steps_along(struct source *source, int64_t rec, struct span *out, struct err *err)
{
	struct buf none = BUF(0);

	return source->known ? source_steps(source, rec, &none, out, err) :
			       fact_steps_at(&source->along, rec, out, err);
}

enum rc source_rec(struct source *source, int64_t rec, struct rec *out, struct err *err)
{
	struct folded folded;
	struct row row;
	enum rc rc;

	if (source->as_known == MSEC_NONE) {
		row_init(&row);
		rc = row_read(source->app->db, rec, &row, err);
		if (!rc)
			rec_copy(out, &row.body);
		row_done(&row);
		return rc;
	}
	folded_init(&folded);
	rc = project_fold_as_known(source->app, rec, source->as_known, &folded, err);
	if (!rc)
		rec_copy(out, &folded.rec);
	folded_done(&folded);
	return rc;
}

struct rec_walk {
	struct source *source;
	source_rec_visit *each;
	void *ctx;
};

static enum rc visit_row(void *ctx, const struct row *row, struct err *err)
{
	const struct rec_walk *walk = ctx;
	struct rec then;
	enum rc rc;

	if (walk->source->as_known == MSEC_NONE)
		return walk->each(walk->ctx, row->rec, &row->body, err);
	rec_init(&then, row->kind);
	rc = source_rec(walk->source, row->rec, &then, err);
	if (!rc)
		rc = walk->each(walk->ctx, row->rec, &then, err);
	else if (rc == RC_NONE)
		rc = RC_OK;
	rec_done(&then);
	return rc;
}

enum rc source_recs(struct source *source, enum rec_kind kind, source_rec_visit *each, void *ctx, struct err *err)
{
	struct rec_walk walk = { source, each, ctx };

	return row_walk(source->app->db, kind, visit_row, &walk, err);
}
