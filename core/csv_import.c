/*
 * csv_import.c - rows are read and planned first, as every commit drops the
 * catalogue from memory; then the plan is committed in one transaction.
 */
#include "core/csv_import.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/csv.h"
#include "core/csv_check.h"
#include "core/recalc.h"
#include "db/base/hash.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"

enum { ROWS_MAX = 50000, CODE_TAG = 1, SEQ_TAG = 2 };

static const struct {
	const char *name; /* of `catalog import`, or NULL */
	enum rec_kind kind;
	enum right right;
	unsigned from; /* the tag of effective_from; 0: no versions */
	bool set;      /* rows of one code are one set */
} lists[] = {
	{ "procedures", REC_PROCEDURE, MAY_CATALOG, PROCEDURE_EFFECTIVE_FROM, false },
	{ "documents", REC_DOCUMENT, MAY_CATALOG, DOCUMENT_EFFECTIVE_FROM, true },
	{ "steps", REC_STEP, MAY_CATALOG, STEP_EFFECTIVE_FROM, true },
	{ "fields", REC_FIELD, MAY_CATALOG, 0, false },
	{ "holidays", REC_HOLIDAY, MAY_CATALOG, 0, false },
	{ "categories", REC_CATEGORY, MAY_CATALOG, 0, false },
	{ "targets", REC_TARGET, MAY_TARGET, 0, false },
	{ NULL, REC_HOUSEHOLD, MAY_HOUSEHOLD, 0, false },
	{ NULL, REC_MEMBER, MAY_TEAM, 0, false },
};

struct in_row {
	size_t line;
	struct rec rec; /* cells given, CELL_UNSET for empty ones */
};

/* One event to be. */
struct planned {
	enum verb verb;
	int64_t rec;
	struct rec set;
};

struct load {
	struct app *app;
	const struct csv_import_options *options;
	struct csv_import_result *result;
	size_t list; /* of lists[] */
	struct in_row *rows;
	size_t rows_count, rows_cap;
	struct planned *plan;
	size_t plan_count, plan_cap;
	struct rec next, diff; /* the row as it will be; what leads there */
	struct row row;	       /* the row as it stands */
	struct buf key;
	dayno today;
};

enum rec_kind csv_import_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (lists[i].name && !strcmp(lists[i].name, name))
			return lists[i].kind;
	return REC_NONE;
}

static void note_fault(void *ctx, size_t line, const struct err *why)
{
	struct load *load = ctx;

	load->result->refused++;
	load->options->note(load->options->ctx, line, false, why);
}

static void note_doubt(struct load *load, size_t line, const struct err *why)
{
	load->result->warnings++;
	load->options->note(load->options->ctx, line, true, why);
}

static void plan_event(struct load *load, enum verb verb, int64_t rec, const struct rec *set)
{
	struct planned *planned;

	load->plan = mem_room(load->plan, load->plan_count, &load->plan_cap, sizeof(*load->plan));
	planned = &load->plan[load->plan_count++];
	*planned = (struct planned){ .verb = verb, .rec = rec };
	rec_init(&planned->set, set->kind);
	rec_copy(&planned->set, set);
	load->result->made += verb == VERB_ADD;
	load->result->changed += verb == VERB_CHANGE;
}

static void tell_change(struct load *load, size_t line, const struct rec *before, const struct rec *after)
{
	if (load->options->change)
		load->options->change(load->options->ctx, &(struct csv_change){ line, before, after });
}

/*
 * The event that turns the row with load->next's key into load->next, if one is needed. `base` is the
 * version it follows when it is a row of its own, or NULL.
 */
static enum rc plan_next(struct load *load, size_t line, const struct rec *base, struct err *err)
{
	enum rc rc;

	buf_clear(&load->key);
	rc = rec_key(&load->next, &load->key, err);
	if (!rc)
		rc = row_get(load->app->db, load->next.kind, buf_str(&load->key), &load->row, err);
	if (rc == RC_NONE) {
		tell_change(load, line, base, &load->next);
		plan_event(load, VERB_ADD, 0, &load->next);
		return RC_OK;
	}
	if (rc)
		return rc;
	tell_change(load, line, &load->row.body, &load->next);
	rec_diff(&load->row.body, &load->next, &load->diff);
	if (!load->diff.count)
		load->result->same++;
	else /* a row that shipped has no events: the first one says all of it */
		plan_event(load, VERB_CHANGE, load->row.rec, load->row.rev ? &load->diff : &load->next);
	return RC_OK;
}

static enum rc check_next(struct load *load, size_t line, struct err *err)
{
	struct err why = { 0 };
	enum rc rc = rec_check(&load->next, false, err);

	if (!rc)
		rc = csv_check(load->app, &load->next, err);
	if (!rc && csv_doubt(&load->next, &why))
		note_doubt(load, line, &why);
	return rc;
}

/* A kind without versions: what stands, changed by the columns given. */
static enum rc plan_plain(struct load *load, const struct in_row *in, struct err *err)
{
	enum rc rc;

	rec_clear(&load->next, in->rec.kind);
	rec_apply(&load->next, &in->rec);
	buf_clear(&load->key);
	rc = rec_key(&load->next, &load->key, err);
	if (!rc)
		rc = row_get(load->app->db, in->rec.kind, buf_str(&load->key), &load->row, err);
	if (!rc) {
		rec_copy(&load->next, &load->row.body);
		rec_apply(&load->next, &in->rec);
	}
	if (rc && rc != RC_NONE)
		return rc;
	rc = check_next(load, in->line, err);
	return rc ? rc : plan_next(load, in->line, NULL, err);
}

static int64_t from_of(const struct load *load, const struct rec *rec)
{
	return rec_num(rec, lists[load->list].from);
}

/* The versions in force that rows of one code are held against. */
struct standing {
	const struct rec *rows[1000];
	size_t count;
};

static enum rc keep_standing(void *ctx, const struct rec *row, struct err *err)
{
	struct standing *standing = ctx;

	if (standing->count == ARRAY_LEN(standing->rows))
		return err_set(err, RC_FULL, "Thủ tục có quá nhiều dòng trong danh mục.",
			       "The procedure has too many rows in the catalogue.");
	standing->rows[standing->count++] = row;
	return RC_OK;
}

static const struct rec *standing_row(const struct load *load, const struct standing *standing,
				      const struct rec *like)
{
	for (size_t i = 0; i < standing->count; i++)
		if (!lists[load->list].set || rec_num(standing->rows[i], SEQ_TAG) == rec_num(like, SEQ_TAG))
			return standing->rows[i];
	return NULL;
}

/* load->next: the version in force, changed by the columns given, from the row's day on. *same: it says
 * nothing new. */
static void next_version(struct load *load, const struct standing *standing, const struct in_row *in,
			 bool *same)
{
	const struct rec *base = standing_row(load, standing, &in->rec);
	struct rec before;

	rec_clear(&load->next, in->rec.kind);
	if (base)
		rec_copy(&load->next, base);
	rec_apply(&load->next, &in->rec);
	*same = false;
	if (!base)
		return;
	rec_init(&before, in->rec.kind);
	rec_copy(&before, base);
	rec_put_num(&before, lists[load->list].from, from_of(load, &in->rec));
	*same = rec_equal(&before, &load->next);
	rec_done(&before);
}

/* Rows [from, to) are all the file says of one code from one day on. */
static enum rc plan_versions(struct load *load, size_t from, size_t to, struct err *err)
{
	const struct in_row *first = &load->rows[from];
	struct standing standing = { .count = 0 };
	bool all_same = true, same;
	enum rc rc = catalog_in_force(load->app, first->rec.kind, rec_text(&first->rec, CODE_TAG),
				      (dayno)from_of(load, &first->rec), keep_standing, &standing, err);

	if (rc)
		return rc;
	for (size_t i = from; i < to; i++) {
		struct err why = { 0 };

		next_version(load, &standing, &load->rows[i], &same);
		all_same = all_same && same;
		if (check_next(load, load->rows[i].line, &why))
			note_fault(load, load->rows[i].line, &why);
	}
	all_same = all_same && (!lists[load->list].set || to - from == standing.count);
	load->result->same += all_same ? (int64_t)(to - from) : 0;
	for (size_t i = from; !rc && i < to; i++) {
		const struct rec *base = standing_row(load, &standing, &load->rows[i].rec);

		next_version(load, &standing, &load->rows[i], &same);
		if (all_same)
			tell_change(load, load->rows[i].line, base, base);
		else
			rc = plan_next(load, load->rows[i].line, base, err);
	}
	return rc;
}

/* Rows of the very same day that the file does not have any more. */
static enum rc plan_dropped(struct load *load, size_t from, size_t to, struct err *err)
{
	const struct rec *first = &load->rows[from].rec;
	unsigned tag = first->kind == REC_STEP ? STEP_CANCELLED : DOCUMENT_CANCELLED;
	struct standing standing = { .count = 0 };
	enum rc rc = catalog_in_force(load->app, first->kind, rec_text(first, CODE_TAG),
				      (dayno)from_of(load, first), keep_standing, &standing, err);

	for (size_t i = 0; !rc && i < standing.count; i++) {
		bool found = from_of(load, standing.rows[i]) != from_of(load, first);

		for (size_t j = from; j < to && !found; j++)
			found = rec_num(standing.rows[i], SEQ_TAG) == rec_num(&load->rows[j].rec, SEQ_TAG);
		if (found)
			continue;
		rec_copy(&load->next, standing.rows[i]);
		rec_put_num(&load->next, tag, 1);
		rc = plan_next(load, 0, NULL, err);
	}
	return rc;
}

static void doubt_shares(struct load *load, size_t from, size_t to)
{
	int64_t sum = 0;
	struct err why;

	for (size_t i = from; i < to; i++)
		sum += rec_num_or(&load->rows[i].rec, STEP_SHARE, 0);
	if (sum > 999000 && sum < 1001000)
		return;
	(void)err_field(&why, "share", "tổng tỷ lệ các bước của thủ tục khác 1",
			"the shares of the procedure's steps do not add up to 1");
	note_doubt(load, load->rows[to - 1].line, &why);
}

static int compare_in_rows(const void *one, const void *two)
{
	const struct in_row *a = one, *b = two;
	unsigned from = 0;
	int order = strcmp(rec_text(&a->rec, CODE_TAG), rec_text(&b->rec, CODE_TAG));
	int64_t x, y;

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (lists[i].kind == a->rec.kind)
			from = lists[i].from;
	x = rec_num(&a->rec, from);
	y = rec_num(&b->rec, from);
	if (!order && x == y) {
		x = rec_num(&a->rec, SEQ_TAG);
		y = rec_num(&b->rec, SEQ_TAG);
	}
	if (!order && x == y) {
		x = (int64_t)a->line;
		y = (int64_t)b->line;
	}
	return order ? order : (x > y) - (x < y);
}

static enum rc plan_versioned(struct load *load, struct err *err)
{
	enum rc rc = RC_OK;

	qsort(load->rows, load->rows_count, sizeof(*load->rows), compare_in_rows);
	for (size_t from = 0, to; !rc && from < load->rows_count; from = to) {
		const struct rec *first = &load->rows[from].rec;

		for (to = from + 1; to < load->rows_count; to++)
			if (strcmp(rec_text(&load->rows[to].rec, CODE_TAG), rec_text(first, CODE_TAG)) != 0 ||
			    from_of(load, &load->rows[to].rec) != from_of(load, first))
				break;
		rc = plan_versions(load, from, to, err);
		if (!rc && lists[load->list].set)
			rc = plan_dropped(load, from, to, err);
		if (!rc && first->kind == REC_STEP)
			doubt_shares(load, from, to);
	}
	return rc;
}

static enum rc plan_rows(struct load *load, struct err *err)
{
	enum rc rc = RC_OK;

	if (!load->rows_count)
		return RC_OK;
	if (lists[load->list].from)
		return plan_versioned(load, err);
	for (size_t i = 0; !rc && i < load->rows_count; i++) {
		struct err why = { 0 };

		rc = plan_plain(load, &load->rows[i], &why);
		if (rc == RC_INPUT) {
			note_fault(load, load->rows[i].line, &why);
			rc = RC_OK;
		} else if (rc && err) {
			*err = why;
		}
	}
	return rc;
}

/* Two lines about one thing: which is meant? */
struct named {
	uint8_t hash[HASH_SHORT];
	size_t line;
};

static int compare_named(const void *one, const void *two)
{
	const struct named *a = one, *b = two;
	int order = memcmp(a->hash, b->hash, HASH_SHORT);

	return order ? order : a->line < b->line ? -1 : 1;
}

static enum rc refuse_doubles(struct load *load, struct err *err)
{
	struct named *named = calloc(load->rows_count + 1, sizeof(*named));
	enum rc rc = RC_OK;

	if (!named)
		die("out of memory");
	for (size_t i = 0; !rc && i < load->rows_count; i++) {
		buf_clear(&load->key);
		rc = rec_key(&load->rows[i].rec, &load->key, err);
		hash_of(buf_str(&load->key), load->key.len, named[i].hash, HASH_SHORT);
		named[i].line = load->rows[i].line;
	}
	qsort(named, load->rows_count, sizeof(*named), compare_named);
	for (size_t i = 1; !rc && i < load->rows_count; i++) {
		struct err why;

		if (memcmp(named[i].hash, named[i - 1].hash, HASH_SHORT) != 0)
			continue;
		(void)err_field(&why, "?", "dòng %zu đã nói về cùng một mục",
				"line %zu is about the same thing", named[i - 1].line);
		note_fault(load, named[i].line, &why);
	}
	free(named);
	return rc;
}

static enum rc keep_row(void *ctx, size_t line, const struct rec *rec, struct err *err)
{
	struct load *load = ctx;
	struct in_row *row;

	if (load->rows_count == ROWS_MAX)
		return err_set(err, RC_FULL, "Tệp có quá %d dòng; hãy chia nhỏ.",
			       "The file has over %d lines; split it.", ROWS_MAX);
	load->rows = mem_room(load->rows, load->rows_count, &load->rows_cap, sizeof(*load->rows));
	row = &load->rows[load->rows_count++];
	row->line = line;
	rec_init(&row->rec, rec->kind);
	rec_copy(&row->rec, rec);
	if (lists[load->list].from && !rec_has(&row->rec, lists[load->list].from))
		rec_put_num(&row->rec, lists[load->list].from, load->today);
	load->result->read++;
	return RC_OK;
}

static enum rc read_all(FILE *in, struct buf *out, struct err *err)
{
	uint8_t chunk[16384];
	size_t got;

	while (!out->full && (got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		buf_add(out, chunk, got);
	if (ferror(in))
		return err_set(err, RC_IO, "Không đọc được tệp.", "The file cannot be read.");
	if (out->full)
		return err_set(err, RC_FULL, "Tệp lớn quá 64 MiB.", "The file is over 64 MiB.");
	return RC_OK;
}

/* Read, judge and plan; RC_OK also when lines were refused. */
static enum rc prepare(struct load *load, FILE *in, struct err *err)
{
	struct csv_reader reader = { lists[load->list].kind, load, keep_row, note_fault };
	struct buf text = BUF(CSV_FILE_MAX);
	enum rc rc = read_all(in, &text, err);

	if (!rc)
		rc = csv_read(&reader, buf_str(&text), text.len, err);
	if (rc == RC_INPUT)
		rc = RC_OK; /* the lines that passed are judged too: one reading of the file tells all */
	if (!rc)
		rc = catalog_load(load->app, err);
	if (!rc)
		rc = refuse_doubles(load, err);
	if (!rc)
		rc = plan_rows(load, err);
	buf_wipe_done(&text);
	return rc;
}

static enum rc commit_plan(struct load *load, struct err *err)
{
	bool calendar = lists[load->list].kind == REC_HOLIDAY;
	struct recalc recalc = { NULL, 0, 0 };
	enum rc rc = db_begin(load->app->db, err);

	if (!rc && calendar)
		rc = recalc_begin(load->app, &recalc, err);
	for (size_t i = 0; !rc && i < load->plan_count; i++) {
		const struct planned *planned = &load->plan[i];
		struct change change = { .verb = planned->verb,
					 .kind = planned->set.kind,
					 .rec = planned->rec,
					 .set = &planned->set };

		rc = commit_change(load->app, &change, NULL, NULL, err);
	}
	if (!rc && calendar)
		rc = recalc_finish(load->app, &recalc, &load->result->recounted, err);
	if (!rc && !load->options->dry_run)
		rc = db_commit(load->app->db, err);
	if (rc || load->options->dry_run) {
		db_rollback(load->app->db);
		catalog_forget(load->app); /* it may have been read in between */
	}
	recalc_done(&recalc);
	return rc;
}

static void load_init(struct load *load)
{
	rec_init(&load->next, REC_NONE);
	rec_init(&load->diff, REC_NONE);
	row_init(&load->row);
	load->key = (struct buf)BUF(4096);
	load->today = dayno_of(app_now(load->app));
	*load->result = (struct csv_import_result){ 0 };
}

static void load_done(struct load *load)
{
	for (size_t i = 0; i < load->rows_count; i++)
		rec_done(&load->rows[i].rec);
	for (size_t i = 0; i < load->plan_count; i++)
		rec_done(&load->plan[i].set);
	free(load->rows);
	free(load->plan);
	rec_done(&load->next);
	rec_done(&load->diff);
	row_done(&load->row);
	buf_done(&load->key);
}

enum rc csv_import(struct app *app, enum rec_kind kind, FILE *in, const struct csv_import_options *options,
		   struct csv_import_result *result, struct err *err)
{
	struct load load = { .app = app, .options = options, .result = result };
	enum rc rc;

	while (load.list < ARRAY_LEN(lists) && lists[load.list].kind != kind)
		load.list++;
	if (load.list == ARRAY_LEN(lists))
		return err_set(err, RC_USAGE, "Loại này không nhập từ CSV.",
			       "This kind does not come from CSV.");
	rc = app_may(app, lists[load.list].right, err);
	if (rc)
		return rc;
	load_init(&load);
	rc = prepare(&load, in, err);
	if (!rc && result->refused) {
		result->made = result->changed = 0;
		rc = err_set(err, RC_INPUT, "Tệp có dòng sai; chưa có gì thay đổi.",
			     "The file has faulty lines; nothing was changed.");
	} else if (!rc && (!options->dry_run || kind == REC_HOLIDAY)) {
		rc = commit_plan(&load, err); /* in a dry run: to count the promises it would move */
	}
	load_done(&load);
	return rc;
}
