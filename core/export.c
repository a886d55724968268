#include "core/export.h"

#include <string.h>

#include "core/exchange.h"
#include "db/helped.h"
#include "db/rec_fields.h"
#include "db/signin.h"

struct export
{
	struct app *app;
	FILE *out;
	const struct export_filter *filter;
	struct buf line;
	struct row dossier; /* the last one a scan named, its date in dossier_day */
	char code[44];
	dayno dossier_day;
	bool persons, wards; /* there are any; this walk writes wards */
	int64_t count;
};

static enum rc format_row(struct app *app, const struct row *row, bool persons, struct buf *out,
			  struct err *err)
{
	struct rec whole;
	enum rc rc = RC_OK;

	if (!persons || row->kind != REC_ASSIST) {
		exchange_format(&row->body, out);
		return RC_OK;
	}
	rec_init(&whole, row->kind);
	rec_copy(&whole, &row->body);
	rc = helped_of_row(app->db, row, &whole, err);
	if (!rc || rc == RC_NONE)
		exchange_format(&whole, out);
	rec_done(&whole);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc export_row(struct app *app, const struct row *row, struct buf *out, struct err *err)
{
	return format_row(app, row, true, out, err);
}

static dayno day_of(msec at)
{
	return at == MSEC_NONE ? DAYNO_NONE : dayno_of(at);
}

static dayno day_of_dossier(const struct rec *rec)
{
	return day_of(rec_num_or(rec, DOSSIER_RECEIVED_AT, rec_num(rec, DOSSIER_SUBMITTED_AT)));
}

/* Scans mostly follow their dossier: the last one is remembered. */
static enum rc day_of_scan(struct export *ex, const struct rec *rec, dayno *day, struct err *err)
{
	const char *code = rec_text(rec, SCAN_DOSSIER_CODE);
	enum rc rc = RC_OK;

	if (strcmp(code, ex->code) != 0) {
		(void)snprintf(ex->code, sizeof(ex->code), "%s", code);
		ex->dossier_day = day_of(rec_num(rec, SCAN_SCANNED_AT));
		rc = row_get(ex->app->db, REC_DOSSIER, code, &ex->dossier, err);
		if (!rc)
			ex->dossier_day = day_of_dossier(&ex->dossier.body);
	}
	*day = ex->dossier_day;
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc is_wanted(struct export *ex, const struct row *row, bool *wanted, struct err *err)
{
	const struct export_filter *filter = ex->filter;
	dayno day = DAYNO_NONE;
	enum rc rc = RC_OK;

	*wanted = exchange_has_kind(row->kind) && (filter->kind == REC_NONE || filter->kind == row->kind) &&
		  (row->kind == REC_WARD) == ex->wards;
	if (!*wanted || row->kind == REC_WARD || (filter->from == DAYNO_NONE && filter->to == DAYNO_NONE))
		return RC_OK;
	if (row->kind == REC_DOSSIER)
		day = day_of_dossier(&row->body);
	else if (row->kind == REC_SCAN)
		rc = day_of_scan(ex, &row->body, &day, err);
	else if (row->kind == REC_ASSIST)
		day = day_of(rec_num(&row->body, ASSIST_AT));
	*wanted = day != DAYNO_NONE && day >= filter->from && (filter->to == DAYNO_NONE || day <= filter->to);
	return rc;
}

static enum rc write_line(struct export *ex, struct err *err)
{
	buf_byte(&ex->line, '\n');
	if (ex->line.full || fwrite(ex->line.data, 1, ex->line.len, ex->out) != ex->line.len)
		return err_set(err, RC_IO, "Không ghi được tệp xuất: đĩa đầy?",
			       "The export cannot be written: disk full?");
	ex->count++;
	return RC_OK;
}

static enum rc on_row(void *ctx, const struct row *row, struct err *err)
{
	struct export *ex = ctx;
	bool wanted;
	enum rc rc = is_wanted(ex, row, &wanted, err);

	if (rc || !wanted)
		return rc;
	buf_clear(&ex->line);
	rc = format_row(ex->app, row, ex->persons, &ex->line, err);
	return rc ? rc : write_line(ex, err);
}

/* No ward line was imported: whose records these are is known all the same. */
static enum rc write_own_ward(struct export *ex, struct err *err)
{
	struct rec ward;

	rec_init(&ward, REC_WARD);
	rec_put_text(&ward, WARD_NAME, ex->app->unit_name);
	rec_put_text(&ward, WARD_UNIT, ex->app->unit);
	buf_clear(&ex->line);
	exchange_format(&ward, &ex->line);
	rec_done(&ward);
	return write_line(ex, err);
}

static enum rc write_wards(struct export *ex, struct err *err)
{
	enum rc rc;

	if (ex->filter->kind != REC_NONE && ex->filter->kind != REC_WARD)
		return RC_OK;
	if (!row_count(ex->app->db, REC_WARD))
		return write_own_ward(ex, err);
	ex->wards = true;
	rc = row_walk(ex->app->db, REC_WARD, on_row, ex, err);
	ex->wards = false;
	return rc;
}

enum rc export_records(struct app *app, FILE *out, const struct export_filter *filter, int64_t *count,
		       struct err *err)
{
	struct export ex = { .app = app, .out = out, .filter = filter, .line = BUF(64 << 20) };
	enum rc rc = app_may(app, MAY_EXPORT, err);

	if (rc)
		return rc;
	rc = signin_add(app->db, app_now(app), app->user, "export", err);
	if (rc)
		return rc;
	row_init(&ex.dossier);
	ex.persons = helped_any(app->db);
	rc = write_wards(&ex, err);
	if (!rc && filter->kind != REC_WARD)
		rc = row_walk(app->db, REC_NONE, on_row, &ex, err);
	if (!rc && fflush(out))
		rc = err_set(err, RC_IO, "Không ghi được tệp xuất: đĩa đầy?",
			     "The export cannot be written: disk full?");
	if (!rc && count)
		*count = ex.count;
	row_done(&ex.dossier);
	buf_wipe_done(&ex.line);
	return rc;
}
