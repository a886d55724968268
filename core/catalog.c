/*
 * catalog.c - the catalogue in memory: rows of a kind sorted by code, date of
 * effect and number, found by binary search.
 */
#include "core/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "db/base/mem.h"
#include "db/rec_fields.h"

#define FIRST_KIND REC_PROCEDURE
#define LAST_KIND REC_TARGET
enum { CODE_TAG = 1 };

struct table {
	struct rec *rows;
	size_t count, cap;
};

struct catalog {
	struct table tables[LAST_KIND - FIRST_KIND + 1];
	struct calendar calendar;
};

/* The field that says from when a row holds; 0: rows of this kind have no versions. */
static unsigned from_tag(enum rec_kind kind)
{
	switch (kind) {
	case REC_PROCEDURE:
		return PROCEDURE_EFFECTIVE_FROM;
	case REC_DOCUMENT:
		return DOCUMENT_EFFECTIVE_FROM;
	case REC_STEP:
		return STEP_EFFECTIVE_FROM;
	default:
		return 0;
	}
}

static int64_t from_of(const struct rec *row)
{
	unsigned tag = from_tag(row->kind);

	return tag ? rec_num(row, tag) : MSEC_NONE;
}

static int compare_rows(const void *one, const void *two)
{
	const struct rec *a = one, *b = two;
	int order = strcmp(rec_text(a, CODE_TAG), rec_text(b, CODE_TAG));
	int64_t x = from_of(a), y = from_of(b);

	if (!order && x == y) { /* seq, the year of a target, the date of a holiday */
		x = a->kind == REC_HOLIDAY ? rec_num(a, HOLIDAY_DATE) : rec_num(a, 2);
		y = b->kind == REC_HOLIDAY ? rec_num(b, HOLIDAY_DATE) : rec_num(b, 2);
	}
	return order ? order : (x > y) - (x < y);
}

static struct rec *new_row(struct table *table)
{
	table->rows = mem_room(table->rows, table->count, &table->cap, sizeof(*table->rows));
	return &table->rows[table->count++];
}

static enum rc keep_row(void *ctx, const struct row *row, struct err *err)
{
	struct rec *kept = new_row(ctx);

	(void)err;
	rec_init(kept, row->kind);
	rec_copy(kept, &row->body);
	return RC_OK;
}

static enum rc add_holiday(struct calendar *calendar, const struct rec *row, struct err *err)
{
	const char *verified = rec_text(row, HOLIDAY_VERIFIED);

	if (rec_true(row, HOLIDAY_CANCELLED))
		return RC_OK;
	return calendar_add(calendar, (dayno)rec_num(row, HOLIDAY_DATE), rec_true(row, HOLIDAY_IS_WORKDAY),
			    !strcmp(verified, "projected"), rec_text(row, HOLIDAY_NAME_VI),
			    rec_text(row, HOLIDAY_NAME_EN), err);
}

/* The settings are checked when they are set; a value this program does not take leaves the default. */
static void set_week(struct app *app, struct calendar *calendar)
{
	struct buf room = BUF(8192);
	const char *text = app_setting(app, "workdays", "1111100", &room);
	bool workday[7];

	if (strlen(text) == 7) {
		for (int i = 0; i < 7; i++)
			workday[i] = text[i] == '1';
		(void)!calendar_set_week(calendar, workday, NULL);
	}
	text = app_setting(app, "hours", CALENDAR_HOURS, &room);
	(void)!calendar_set_hours(calendar, CALENDAR_EVERY_DAY, text, NULL);
	buf_done(&room);
}

static struct table *table_of(struct catalog *catalog, enum rec_kind kind)
{
	return &catalog->tables[kind - FIRST_KIND];
}

static void catalog_free(struct catalog *catalog)
{
	for (size_t i = 0; i < ARRAY_LEN(catalog->tables); i++) {
		for (size_t j = 0; j < catalog->tables[i].count; j++)
			rec_done(&catalog->tables[i].rows[j]);
		free(catalog->tables[i].rows);
	}
	free(catalog);
}

enum rc catalog_load(struct app *app, struct err *err)
{
	struct catalog *catalog;
	const struct table *holidays;
	enum rc rc = RC_OK;

	if (app->catalog)
		return RC_OK;
	catalog = calloc(1, sizeof(*catalog));
	if (!catalog)
		die("out of memory");
	for (enum rec_kind kind = FIRST_KIND; !rc && kind <= LAST_KIND; kind++) {
		struct table *table = table_of(catalog, kind);

		rc = row_walk(app->db, kind, keep_row, table, err);
		if (!rc && table->count)
			qsort(table->rows, table->count, sizeof(*table->rows), compare_rows);
	}
	calendar_init(&catalog->calendar);
	set_week(app, &catalog->calendar);
	holidays = table_of(catalog, REC_HOLIDAY);
	for (size_t i = 0; !rc && i < holidays->count; i++)
		rc = add_holiday(&catalog->calendar, &holidays->rows[i], err);
	if (rc)
		catalog_free(catalog);
	else
		app->catalog = catalog;
	return rc;
}

void catalog_forget(struct app *app)
{
	if (app->catalog)
		catalog_free(app->catalog);
	app->catalog = NULL;
}

/* Rows [*lo, *hi) have this code. */
static void range_of(const struct table *table, const char *code, size_t *lo, size_t *hi)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(rec_text(&table->rows[middle], CODE_TAG), code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*lo = low;
	while (low < table->count && !strcmp(rec_text(&table->rows[low], CODE_TAG), code))
		low++;
	*hi = low;
}

/* Of the rows with this code, those in force on `on`: the last version that begins by then, or the first. */
static void in_force(const struct table *table, const char *code, dayno on, size_t *lo, size_t *hi)
{
	size_t end, from;

	range_of(table, code, lo, &end);
	for (from = *lo; from < end; from++)
		if (from > *lo && from_of(&table->rows[from]) != from_of(&table->rows[from - 1])) {
			if (from_of(&table->rows[from]) > on)
				break;
			*lo = from;
		}
	*hi = from;
}

enum rc catalog_procedure(struct app *app, const char *code, dayno on, struct rec *out, struct err *err)
{
	const struct table *table;
	size_t lo, hi;
	enum rc rc = catalog_load(app, err);

	if (rc)
		return rc;
	table = table_of(app->catalog, REC_PROCEDURE);
	in_force(table, code, on, &lo, &hi);
	if (lo == hi)
		return err_set(err, RC_NONE, "Không có thủ tục này trong danh mục.",
			       "There is no such procedure in the catalogue.");
	rec_copy(out, &table->rows[lo]);
	return RC_OK;
}

static bool knows(struct app *app, enum rec_kind kind, const char *code)
{
	size_t lo, hi;

	if (catalog_load(app, NULL))
		return false;
	range_of(table_of(app->catalog, kind), code, &lo, &hi);
	return lo < hi;
}

bool catalog_knows_procedure(struct app *app, const char *code)
{
	return knows(app, REC_PROCEDURE, code);
}

bool catalog_knows_category(struct app *app, const char *code)
{
	return knows(app, REC_CATEGORY, code);
}

static bool is_cancelled(const struct rec *row)
{
	return (row->kind == REC_DOCUMENT && rec_true(row, DOCUMENT_CANCELLED)) ||
	       (row->kind == REC_STEP && rec_true(row, STEP_CANCELLED));
}

static enum rc visit_rows(const struct table *table, size_t lo, size_t hi, catalog_visit *visit, void *ctx,
			  struct err *err)
{
	enum rc rc = RC_OK;

	for (; !rc && lo < hi; lo++)
		if (!is_cancelled(&table->rows[lo]))
			rc = visit(ctx, &table->rows[lo], err);
	return rc;
}

enum rc catalog_in_force(struct app *app, enum rec_kind kind, const char *code, dayno on, catalog_visit *visit,
			 void *ctx, struct err *err)
{
	const struct table *table;
	size_t lo, hi;
	enum rc rc = catalog_load(app, err);

	if (rc || kind < FIRST_KIND || kind > LAST_KIND)
		return rc;
	table = table_of(app->catalog, kind);
	in_force(table, code, on, &lo, &hi);
	return visit_rows(table, lo, hi, visit, ctx, err);
}

enum rc catalog_components(struct app *app, const char *code, dayno on, catalog_visit *visit, void *ctx,
			   struct err *err)
{
	return catalog_in_force(app, REC_DOCUMENT, code, on, visit, ctx, err);
}

enum rc catalog_steps(struct app *app, const char *code, dayno on, bool is_one_day, catalog_visit *visit,
		      void *ctx, struct err *err)
{
	const struct table *table;
	size_t lo, hi;
	enum rc rc = catalog_load(app, err);

	if (rc)
		return rc;
	table = table_of(app->catalog, REC_STEP);
	in_force(table, code, on, &lo, &hi);
	if (lo == hi && is_one_day)
		in_force(table, "#one_day", on, &lo, &hi);
	if (lo == hi)
		in_force(table, "*", on, &lo, &hi);
	return visit_rows(table, lo, hi, visit, ctx, err);
}

enum rc catalog_walk(struct app *app, enum rec_kind kind, catalog_visit *visit, void *ctx, struct err *err)
{
	const struct table *table;
	enum rc rc = catalog_load(app, err);

	if (rc || kind < FIRST_KIND || kind > LAST_KIND)
		return rc;
	table = table_of(app->catalog, kind);
	return visit_rows(table, 0, table->count, visit, ctx, err);
}

enum rc catalog_calendar(struct app *app, const struct calendar **out, struct err *err)
{
	enum rc rc = catalog_load(app, err);

	if (!rc)
		*out = &app->catalog->calendar;
	return rc;
}

bool catalog_target(struct app *app, const char *indicator, int year, int64_t *millionths)
{
	const struct table *table;
	size_t lo, hi;

	if (catalog_load(app, NULL))
		return false;
	table = table_of(app->catalog, REC_TARGET);
	range_of(table, indicator, &lo, &hi);
	for (; lo < hi; lo++)
		if (rec_num(&table->rows[lo], TARGET_YEAR) == year) {
			*millionths = rec_num(&table->rows[lo], TARGET_VALUE);
			return true;
		}
	return false;
}

struct allowance catalog_allowance(const struct rec *procedure, int64_t channel)
{
	static const struct {
		unsigned value, unit;
	} tags[] = {
		[CHANNEL_DIRECT] = { PROCEDURE_TIME_VALUE, PROCEDURE_TIME_UNIT },
		[CHANNEL_ONLINE] = { PROCEDURE_TIME_ONLINE_VALUE, PROCEDURE_TIME_ONLINE_UNIT },
		[CHANNEL_POSTAL] = { PROCEDURE_TIME_POSTAL_VALUE, PROCEDURE_TIME_POSTAL_UNIT },
	};
	struct allowance allowance = { .same_day_15h = rec_true(procedure, PROCEDURE_AFTER_15H_NEXT_DAY) };

	if (channel < CHANNEL_DIRECT || channel > CHANNEL_POSTAL ||
	    !rec_has(procedure, tags[channel].value) || !rec_has(procedure, tags[channel].unit))
		channel = CHANNEL_DIRECT;
	if (rec_has(procedure, tags[channel].value) && rec_has(procedure, tags[channel].unit)) {
		allowance.value = (int32_t)rec_num(procedure, tags[channel].value);
		allowance.unit = (enum time_unit)rec_num(procedure, tags[channel].unit);
	}
	return allowance;
}

bool catalog_is_one_day(const struct allowance *allowance)
{
	switch (allowance->unit) {
	case WORKING_DAY:
	case CALENDAR_DAY:
		return allowance->same_day_15h || allowance->value <= 1;
	case WORKING_HOUR:
		return allowance->same_day_15h || allowance->value <= 8;
	case HOUR:
		return allowance->same_day_15h || allowance->value <= 24;
	default:
		return allowance->same_day_15h;
	}
}
