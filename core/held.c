#define _GNU_SOURCE /* memmem */
#include "core/held.h"

#include <stdio.h>
#include <string.h>

#include "core/draft.h"
#include "core/project.h"
#include "core/rules/person.h"
#include "db/helped.h"
#include "db/rec_fields.h"

struct holding {
	struct app *app;
	const char *id_no;
	held_visit *each;
	void *ctx;
	struct rec whole;
	size_t drafts;
};

static const char *part_in(const struct rec *dossier, const char *id_no)
{
	if (!strcmp(rec_text(dossier, DOSSIER_APPLICANT_ID_NO), id_no))
		return "applicant";
	return !strcmp(rec_text(dossier, DOSSIER_SUBMITTER_ID_NO), id_no) ? "submitter" : NULL;
}

/* Did any event of the record set the number? */
static enum rc had_once(struct holding *h, int64_t rec, bool *had, struct err *err)
{
	struct event_list list;
	enum rc rc = project_events(h->app, rec, &list, err);

	*had = false;
	if (rc)
		return rc;
	for (size_t i = 0; i < list.count && !*had; i++)
		*had = part_in(&list.events[i].set, h->id_no) != NULL;
	project_events_done(&list);
	return RC_OK;
}

static enum rc tell(struct holding *h, const struct rec *rec, const char *as, struct err *err)
{
	const struct held held = { rec, as };

	return h->each(h->ctx, &held, err);
}

static enum rc tell_scan(void *ctx, const struct row *row, struct err *err)
{
	return tell(ctx, &row->body, "scan", err);
}

static enum rc on_dossier(void *ctx, const struct row *row, struct err *err)
{
	struct holding *h = ctx;
	const char *as = part_in(&row->body, h->id_no);
	bool had = false;
	char prefix[64];
	enum rc rc = RC_OK;

	if (!as && row->rev > 1)
		rc = had_once(h, row->rec, &had, err);
	if (!as && had)
		as = "earlier";
	if (rc || !as)
		return rc;
	rc = tell(h, &row->body, as, err);
	(void)snprintf(prefix, sizeof(prefix), "%s/", rec_text(&row->body, DOSSIER_CODE));
	return rc ? rc : row_walk_prefix(h->app->db, REC_SCAN, prefix, tell_scan, h, err);
}

static enum rc on_assist(void *ctx, const struct row *row, struct err *err)
{
	struct holding *h = ctx;
	enum rc rc;

	rec_copy(&h->whole, &row->body);
	rc = helped_of_row(h->app->db, row, &h->whole, err);
	if (rc == RC_NONE)
		return RC_OK;
	if (rc || strcmp(rec_text(&h->whole, ASSIST_PERSON_ID_NO), h->id_no))
		return rc;
	return tell(h, &h->whole, "helped", err);
}

static enum rc on_draft(void *ctx, const struct draft_row *draft, struct err *err)
{
	struct holding *h = ctx;

	(void)err;
	h->drafts += draft->body.len &&
		     memmem(draft->body.data, draft->body.len, h->id_no, strlen(h->id_no)) != NULL;
	return RC_OK;
}

enum rc held_walk(struct app *app, const char *id_no, held_visit *each, void *ctx, size_t *drafts, struct err *err)
{
	struct holding h = { .app = app, .each = each, .ctx = ctx };
	struct person_id id;
	enum rc rc = app_may(app, MAY_PERSON, err);

	if (!rc)
		rc = person_id_check(id_no, 0, 0, 0, &id, err);
	if (rc)
		return rc;
	h.id_no = id.number;
	rec_init(&h.whole, REC_ASSIST);
	rc = row_walk(app->db, REC_DOSSIER, on_dossier, &h, err);
	if (!rc && helped_any(app->db))
		rc = row_walk(app->db, REC_ASSIST, on_assist, &h, err);
	if (!rc)
		rc = draft_list(app, NULL, on_draft, &h, err);
	rec_done(&h.whole);
	if (!rc)
		*drafts = h.drafts;
	return rc;
}
