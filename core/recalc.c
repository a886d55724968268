#include "core/recalc.h"

#include <stdlib.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/office.h"
#include "core/rules/deadline.h"
#include "db/base/mem.h"
#include "db/journal.h"

static const char SQL_OPEN[] = "SELECT rec FROM fact WHERE finished_at IS NULL AND state <= 6 AND received_at NOT NULL"
			       " AND due_at NOT NULL ORDER BY rec";

void recalc_done(struct recalc *recalc)
{
	free(recalc->rows);
	*recalc = (struct recalc){ NULL, 0, 0 };
}

static void keep(struct recalc *recalc, int64_t rec, bool step)
{
	recalc->rows = mem_room(recalc->rows, recalc->count, &recalc->cap, sizeof(*recalc->rows));
	recalc->rows[recalc->count++] = (struct recalc_row){ rec, step };
}

/* The step that is being worked on, and when it is due if the dossier is due at `due`; false: no such count. */
static bool count_step(struct app *app, const struct rec *dossier, msec due, struct element *found, msec *step_due)
{
	const struct calendar *calendar;
	struct element el = { 0 };
	msec given = MSEC_NONE;
	int64_t allotted;

	while (rec_each(dossier, DOSSIER_STEPS, &el)) {
		msec at = el_num(dossier, &el, STEP_EL_GIVEN_AT);

		if (at == MSEC_NONE || el_num(dossier, &el, STEP_EL_DONE_AT) != MSEC_NONE ||
		    (given != MSEC_NONE && at < given))
			continue;
		*found = el;
		given = at;
	}
	if (given == MSEC_NONE || due == MSEC_NONE || catalog_calendar(app, &calendar, NULL))
		return false;
	allotted = el_num(dossier, found, STEP_EL_ALLOTTED_DAYS);
	if (allotted == MSEC_NONE)
		return false;
	*step_due = deadline_step(calendar, given, allotted, due) / SECOND_MS * SECOND_MS;
	return true;
}

static bool step_is_counted(struct app *app, const struct rec *dossier)
{
	struct element el;
	msec due;

	return count_step(app, dossier, rec_num(dossier, DOSSIER_DUE_AT), &el, &due) &&
	       el_num(dossier, &el, STEP_EL_DUE_AT) == due;
}

/* A promise that came in a file is kept whatever the calendar says. */
static enum rc is_imported(struct app *app, int64_t rec, bool *imported, struct err *err)
{
	struct event first;
	int64_t *n = NULL;
	size_t count = 0;
	enum rc rc = row_events(app->db, rec, &n, &count, err);

	event_init(&first);
	if (!rc && count)
		rc = journal_at(app->db, n[0], &first, err);
	*imported = !rc && first.verb == VERB_IMPORT && rec_has(&first.set, DOSSIER_DUE_AT);
	event_done(&first);
	free(n);
	return rc;
}

static enum rc keep_counted(struct app *app, struct recalc *recalc, int64_t rec, struct row *row, struct err *err)
{
	struct office_due due;
	bool imported;
	enum rc rc = is_imported(app, rec, &imported, err);

	if (rc || imported)
		return rc;
	rc = row_read(app->db, rec, row, err);
	if (rc)
		return rc;
	/* What cannot be counted at all was not. */
	if (!office_count(app, &row->body, &due, NULL) && due.counted == due.due_at)
		keep(recalc, rec, step_is_counted(app, &row->body));
	return RC_OK;
}

enum rc recalc_begin(struct app *app, struct recalc *recalc, struct err *err)
{
	struct recalc open = { NULL, 0, 0 };
	struct stmt *s = stmt_use(app->db, SQL_OPEN);
	struct row row;
	enum rc rc;

	*recalc = (struct recalc){ NULL, 0, 0 };
	while (!(rc = stmt_row(s, err)))
		keep(&open, stmt_int(s, 0), false);
	stmt_done(s);
	rc = rc == RC_NONE ? RC_OK : rc;
	row_init(&row);
	for (size_t i = 0; !rc && i < open.count; i++)
		rc = keep_counted(app, recalc, open.rows[i].rec, &row, err);
	row_done(&row);
	recalc_done(&open);
	if (rc)
		recalc_done(recalc);
	return rc;
}

static void put_step(struct app *app, const struct rec *dossier, msec due, struct rec *set)
{
	struct element el;
	struct path path;
	msec step_due;

	if (!count_step(app, dossier, due, &el, &step_due) || el_num(dossier, &el, STEP_EL_DUE_AT) == step_due)
		return;
	path = el_path(DOSSIER_STEPS, &el, STEP_EL_DUE_AT);
	rec_set_num(set, &path, step_due);
}

static enum rc count_again(struct app *app, struct recalc_row kept, struct row *row, int64_t *changed, struct err *err)
{
	struct office_due due;
	struct rec set;
	struct change change = { .verb = VERB_RECALC, .kind = REC_DOSSIER, .rec = kept.rec, .set = &set };
	struct path provisional = path_of(DOSSIER_PROVISIONAL);
	enum rc rc = row_read(app->db, kept.rec, row, err);

	if (!rc)
		rc = office_count(app, &row->body, &due, err);
	if (rc)
		return rc;
	rec_init(&set, REC_DOSSIER);
	if (due.counted != due.due_at)
		rec_put_num(&set, DOSSIER_DUE_AT, due.counted);
	if (due.provisional && !rec_true(&row->body, DOSSIER_PROVISIONAL))
		rec_put_num(&set, DOSSIER_PROVISIONAL, 1);
	if (!due.provisional && rec_has(&row->body, DOSSIER_PROVISIONAL))
		rec_set_unset(&set, &provisional);
	if (kept.step)
		put_step(app, &row->body, due.counted, &set);
	if (set.count)
		rc = commit_change(app, &change, NULL, NULL, err);
	if (!rc)
		*changed += due.counted != due.due_at;
	rec_done(&set);
	return rc;
}

enum rc recalc_finish(struct app *app, struct recalc *recalc, int64_t *changed, struct err *err)
{
	int64_t moved = 0;
	struct row row;
	enum rc rc = RC_OK;

	row_init(&row);
	for (size_t i = 0; !rc && i < recalc->count; i++)
		rc = count_again(app, recalc->rows[i], &row, &moved, err);
	row_done(&row);
	if (!rc && changed)
		*changed = moved;
	return rc;
}
