#include "core/scan.h"

#include <stdio.h>
#include <string.h>

#include "core/commit.h"
#include "core/search.h"
#include "db/rec_fields.h"

enum { PERSON_DOSSIERS = 200, KEY_ROOM = 64 };

struct adding {
	struct app *app;
	const char *code, *component;
	struct row dossier;
	struct rec scan;        /* the one being added, or the one that is there */
	int64_t last;           /* the highest number so far */
	const struct scan_file *file;
	bool found;             /* by a search for the hash */
};

static bool is_component(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text) &&
	       strlen(text) <= SCAN_COMPONENT_MAX;
}

static bool same_hash(const struct rec *scan, const struct scan_file *file)
{
	struct span hash = rec_bytes(scan, SCAN_HASH);

	return hash.len == SCAN_HASH_BYTES && !memcmp(hash.data, file->hash, SCAN_HASH_BYTES);
}

static enum rc look_at(void *ctx, const struct row *row, struct err *err)
{
	struct adding *a = ctx;
	int64_t seq = rec_num_or(&row->body, SCAN_SEQ, 0);

	(void)err;
	a->last = seq > a->last ? seq : a->last;
	if (!a->found && same_hash(&row->body, a->file)) {
		a->found = true;
		rec_copy(&a->scan, &row->body);
	}
	return RC_OK;
}

static enum rc look_in_own(struct adding *a, struct err *err)
{
	char prefix[KEY_ROOM];

	a->found = false;
	(void)snprintf(prefix, sizeof(prefix), "%s/", a->code);
	return row_walk_prefix(a->app->db, REC_SCAN, prefix, look_at, a, err);
}

static enum rc look_for_hash(void *ctx, const struct row *row, struct err *err)
{
	struct adding *a = ctx;

	(void)err;
	a->found = a->found || same_hash(&row->body, a->file);
	return RC_OK;
}

/* Has another dossier of this person the same file? */
static enum rc look_in_others(struct adding *a, struct err *err)
{
	const char *id_no = rec_text(&a->dossier.body, DOSSIER_APPLICANT_ID_NO);
	int64_t recs[PERSON_DOSSIERS];
	size_t count = 0;
	struct row row;
	enum rc rc = RC_OK;

	a->found = false;
	if (*id_no)
		rc = search_find(a->app, REC_DOSSIER, id_no, recs, PERSON_DOSSIERS, &count, err);
	row_init(&row);
	for (size_t i = 0; !rc && !a->found && i < count; i++) {
		char prefix[KEY_ROOM];

		rc = row_read(a->app->db, recs[i], &row, err);
		if (rc || !strcmp(rec_text(&row.body, DOSSIER_CODE), a->code) ||
		    strcmp(rec_text(&row.body, DOSSIER_APPLICANT_ID_NO), id_no))
			continue;
		(void)snprintf(prefix, sizeof(prefix), "%s/", rec_text(&row.body, DOSSIER_CODE));
		rc = row_walk_prefix(a->app->db, REC_SCAN, prefix, look_for_hash, a, err);
	}
	row_done(&row);
	return rc;
}

static enum rc record(struct adding *a, bool reused, struct err *err)
{
	struct change change = { .verb = VERB_SCAN, .kind = REC_SCAN, .set = &a->scan };
	const struct path hash = path_of(SCAN_HASH);

	rec_clear(&a->scan, REC_SCAN);
	rec_put_text(&a->scan, SCAN_DOSSIER_CODE, a->code);
	rec_put_num(&a->scan, SCAN_SEQ, a->last + 1);
	rec_put_text(&a->scan, SCAN_COMPONENT, a->component);
	rec_put_num(&a->scan, SCAN_PAGES, a->file->pages);
	if (a->file->dpi > 0)
		rec_put_num(&a->scan, SCAN_DPI, a->file->dpi);
	rec_put_num(&a->scan, SCAN_FORMAT, a->file->format);
	rec_put_num(&a->scan, SCAN_BYTES, a->file->bytes);
	rec_set_bytes(&a->scan, &hash, a->file->hash, SCAN_HASH_BYTES);
	rec_put_num(&a->scan, SCAN_SCANNED_AT, app_now(a->app) / SECOND_MS * SECOND_MS);
	rec_put_text(&a->scan, SCAN_SCANNED_BY, a->app->user);
	rec_put_num(&a->scan, SCAN_REUSED, reused);
	rec_put_num(&a->scan, SCAN_SIGNED, a->file->has_signature);
	return commit_change(a->app, &change, NULL, NULL, err);
}

static enum rc add_one(struct adding *a, size_t which, scan_visit *each, void *ctx, struct err *err)
{
	struct scan_added added = { .file = which, .scan = &a->scan };
	enum rc rc = look_in_own(a, err);

	added.known = a->found;
	if (!rc && !added.known) {
		rc = look_in_others(a, err);
		added.reused = a->found;
		if (!rc)
			rc = record(a, added.reused, err);
	}
	return rc ? rc : each(ctx, &added, err);
}

enum rc scan_add(struct app *app, const char *code, const char *component, const struct scan_file *files,
		 size_t count, scan_visit *each, void *ctx, struct err *err)
{
	struct adding a = { .app = app, .code = code, .component = component };
	enum rc rc = app_may(app, MAY_SCAN, err);

	if (rc)
		return rc;
	if (!is_component(component))
		return err_field(err, "component", "gồm chữ thường không dấu, chữ số, gạch nối; nhiều nhất 40",
				 "is small letters, digits and dashes, at most 40");
	row_init(&a.dossier);
	rec_init(&a.scan, REC_SCAN);
	rc = row_get(app->db, REC_DOSSIER, code, &a.dossier, err);
	if (rc == RC_NONE)
		(void)err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s", code);
	if (!rc)
		rc = db_begin(app->db, err);
	for (size_t i = 0; !rc && i < count; i++) {
		a.file = &files[i];
		rc = add_one(&a, i, each, ctx, err);
	}
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	rec_done(&a.scan);
	row_done(&a.dossier);
	return rc;
}
