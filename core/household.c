#include "core/household.h"

#include "core/commit.h"
#include "db/rec_fields.h"

/* What stands there becomes `household`, but for cells that have no field of their own. */
static enum rc put_over(struct app *app, const struct row *row, const struct rec *household, struct err *err)
{
	struct rec after, diff;
	struct change event = { .verb = VERB_CHANGE, .kind = REC_HOUSEHOLD, .rec = row->rec, .set = &diff };
	enum rc rc = RC_OK;

	rec_init(&after, REC_HOUSEHOLD);
	rec_init(&diff, REC_HOUSEHOLD);
	rec_copy(&after, &row->body);
	for (const struct field *field = rec_type(REC_HOUSEHOLD)->fields; field->tag; field++) {
		const struct path path = path_of(field->tag);

		if (!(field->flags & FIELD_INNER))
			rec_unset(&after, &path);
	}
	rec_apply(&after, household);
	rec_diff(&row->body, &after, &diff);
	if (diff.count)
		rc = commit_change(app, &event, NULL, NULL, err);
	rec_done(&after);
	rec_done(&diff);
	return rc;
}

static enum rc check(const struct rec *household, struct err *err)
{
	enum rc rc = rec_check(household, false, err);

	if (!rc && rec_has(household, HOUSEHOLD_ADULTS) && rec_has(household, HOUSEHOLD_MEMBERS) &&
	    rec_num(household, HOUSEHOLD_ADULTS) > rec_num(household, HOUSEHOLD_MEMBERS))
		rc = err_field(err, "adults", "nhiều hơn số người trong hộ",
			       "more than the members there are");
	return rc;
}

enum rc household_put(struct app *app, const struct rec *household, bool *made, struct err *err)
{
	struct change event = { .verb = VERB_ADD, .kind = REC_HOUSEHOLD, .set = household };
	struct buf key = BUF(4096);
	struct row row;
	bool is_new = false;
	enum rc rc = app_may(app, MAY_HOUSEHOLD, err);

	row_init(&row);
	if (!rc)
		rc = check(household, err);
	if (!rc)
		rc = rec_key(household, &key, err);
	if (!rc)
		rc = row_get(app->db, REC_HOUSEHOLD, buf_str(&key), &row, err);
	if (rc == RC_NONE) {
		is_new = true;
		rc = commit_change(app, &event, NULL, NULL, err);
	} else if (!rc) {
		rc = put_over(app, &row, household, err);
	}
	if (!rc && made)
		*made = is_new;
	row_done(&row);
	buf_done(&key);
	return rc;
}
