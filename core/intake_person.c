/* intake_person.c - who was here before, and with what. */
#include <string.h>

#include "core/intake.h"
#include "core/search.h"

enum { LOOK_AT = 50 };

/* Dossiers of this id number; the search gives tails, the row decides. */
typedef enum rc each_dossier(void *ctx, const struct rec *dossier, struct err *err);

static enum rc walk_person(struct app *app, const char *id_no, each_dossier *each, void *ctx, struct err *err)
{
	int64_t recs[LOOK_AT];
	size_t count = 0;
	struct row row;
	enum rc rc = search_find(app, REC_DOSSIER, id_no, recs, LOOK_AT, &count, err);

	row_init(&row);
	for (size_t i = 0; !rc && i < count; i++) {
		rc = row_read(app->db, recs[i], &row, err);
		if (!rc && !strcmp(rec_text(&row.body, DOSSIER_APPLICANT_ID_NO), id_no))
			rc = each(ctx, &row.body, err);
	}
	row_done(&row);
	return rc;
}

struct duplicates {
	const char *procedure_code;
	struct buf *codes;
};

static enum rc take_duplicate(void *ctx, const struct rec *dossier, struct err *err)
{
	struct duplicates *duplicates = ctx;

	(void)err;
	if (!dossier_is_open(dossier) ||
	    strcmp(rec_text(dossier, DOSSIER_PROCEDURE_CODE), duplicates->procedure_code))
		return RC_OK;
	if (duplicates->codes->len)
		buf_text(duplicates->codes, ", ");
	buf_text(duplicates->codes, rec_text(dossier, DOSSIER_CODE));
	return RC_OK;
}

enum rc intake_duplicates(struct app *app, const char *id_no, const char *procedure_code, struct buf *codes,
			  struct err *err)
{
	struct duplicates duplicates = { procedure_code, codes };

	return walk_person(app, id_no, take_duplicate, &duplicates, err);
}

struct known {
	struct rec *out;
	msec newest;
	bool any;
};

static enum rc take_newest(void *ctx, const struct rec *dossier, struct err *err)
{
	static const unsigned personal[] = {
		DOSSIER_APPLICANT_NAME, DOSSIER_APPLICANT_SEX, DOSSIER_APPLICANT_BIRTH_DATE,
		DOSSIER_APPLICANT_BIRTH_YEAR,
		DOSSIER_APPLICANT_ID_NO, DOSSIER_APPLICANT_ID_KIND, DOSSIER_APPLICANT_PHONE, DOSSIER_APPLICANT_EMAIL,
		DOSSIER_APPLICANT_ADDRESS, DOSSIER_NEIGHBOURHOOD,
	};
	struct known *known = ctx;
	msec at = rec_num(dossier, DOSSIER_RECEIVED_AT);

	(void)err;
	if (known->any && at <= known->newest)
		return RC_OK;
	rec_clear(known->out, REC_DOSSIER);
	for (size_t i = 0; i < ARRAY_LEN(personal); i++) {
		const struct path path = path_of(personal[i]);
		const struct cell *cell = rec_find(dossier, &path);

		if (cell && cell->shape == CELL_INT)
			rec_put_num(known->out, personal[i], cell->num);
		else if (cell)
			rec_put_text(known->out, personal[i], cell_text(dossier, cell));
	}
	known->newest = at;
	known->any = true;
	return RC_OK;
}

enum rc intake_known(struct app *app, const char *id_no, struct rec *out, struct err *err)
{
	struct known known = { .out = out };
	enum rc rc = walk_person(app, id_no, take_newest, &known, err);

	return rc ? rc : known.any ? RC_OK : RC_NONE;
}
