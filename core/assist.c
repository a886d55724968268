#include "core/assist.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/rules/reason.h"
#include "core/setting.h"
#include "db/base/mem.h"
#include "db/helped.h"

bool assist_outcome_fits(const char *outcomes, int64_t outcome)
{
	const struct field *field = field_tagged(rec_type(REC_ASSIST)->fields, ASSIST_OUTCOME);
	char word[24];
	size_t len;

	if (outcome == OUTCOME_POSTPONED || outcome == OUTCOME_REFUSED || !*outcomes)
		return true;
	enum_word(field, outcome, word, sizeof(word));
	for (len = strlen(word); *outcomes; outcomes += strcspn(outcomes,
								"|") + (outcomes[strcspn(outcomes, "|")] == '|'))
		if (strcspn(outcomes, "|") == len && !memcmp(outcomes, word, len))
			return true;
	return false;
}

struct wanted {
	const char *code;
	struct rec *found;
};

static enum rc take_category(void *ctx, const struct rec *row, struct err *err)
{
	struct wanted *wanted = ctx;

	(void)err;
	if (!strcmp(rec_text(row, CATEGORY_CODE), wanted->code))
		rec_copy(wanted->found, row);
	return RC_OK;
}

static enum rc check_category(struct app *app, const struct rec *assist, struct explain *doubts, struct err *err)
{
	struct rec category;
	struct wanted wanted = { rec_text(assist, ASSIST_CATEGORY), &category };
	enum rc rc;

	rec_init(&category, REC_NONE);
	rc = catalog_walk(app, REC_CATEGORY, take_category, &wanted, err);
	if (!rc && !category.count)
		rc = err_field(err, "category", "không có loại hỗ trợ này", "there is no such category");
	else if (!rc && rec_has(assist, ASSIST_OUTCOME) &&
		 !assist_outcome_fits(rec_text(&category, CATEGORY_OUTCOMES), rec_num(assist, ASSIST_OUTCOME)))
		rc = err_field(err, "outcome", "loại hỗ trợ này không có kết quả đó (chỉ: %s)",
			       "this category has no such outcome (only: %s)", rec_text(&category, CATEGORY_OUTCOMES));
	if (!rc && rec_has(assist, ASSIST_DOSSIER_CODE) && !rec_true(&category, CATEGORY_MAY_LINK_DOSSIER))
		explain_add(doubts, "loại hỗ trợ này thường không gắn hồ sơ",
			    "this category seldom goes with a dossier");
	rec_done(&category);
	return rc;
}

static enum rc check_links(struct app *app, const struct rec *assist, struct explain *doubts, struct err *err)
{
	bool person = rec_has(assist, ASSIST_PERSON_NAME) || rec_has(assist, ASSIST_PERSON_ID_NO);
	int64_t rec;
	enum rc rc = RC_OK;

	if (rec_num(assist, ASSIST_AT) > app_now(app))
		return err_field(err, "at", "thời điểm sau bây giờ", "a time after now");
	if (person && rec_has(assist, ASSIST_CONSENT) && !rec_true(assist, ASSIST_CONSENT))
		return err_field(err, "consent", "người được hỗ trợ không đồng ý: bỏ tên và số giấy tờ",
				 "there is no consent: leave out the name and the number");
	if (person && !rec_has(assist, ASSIST_CONSENT))
		explain_add(doubts, "chưa ghi người được hỗ trợ có đồng ý không", "consent is not recorded");
	if (rec_num_or(assist, ASSIST_OUTCOME, 0) == OUTCOME_POSTPONED && !rec_has(assist, ASSIST_FOLLOW_UP))
		explain_add(doubts, "hẹn lại nhưng chưa ghi ngày (follow_up)", "postponed without a day (follow_up)");
	if (rec_has(assist, ASSIST_DOSSIER_CODE) && !app->team)
		rc = row_find(app->db, REC_DOSSIER, rec_text(assist, ASSIST_DOSSIER_CODE), &rec, err);
	return rc == RC_NONE ? err_field(err, "dossier_code", "không có hồ sơ này", "there is no such dossier") : rc;
}

/* The event and the person beside it, both or neither. */
static enum rc store(struct app *app, const struct rec *shared, const struct rec *local, struct err *err)
{
	struct change change = { .verb = VERB_ADD, .kind = REC_ASSIST, .set = shared };
	struct id event;
	enum rc rc = db_begin(app->db, err);

	if (!rc)
		rc = commit_change(app, &change, NULL, &event, err);
	if (!rc && local->count)
		rc = helped_put(app->db, &event, rec_num(shared, ASSIST_AT), local, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	return rc;
}

enum rc assist_add(struct app *app, struct rec *assist, struct explain *doubts, struct err *err)
{
	struct rec shared, local;
	enum rc rc = app_may(app, MAY_ASSIST, err);

	if (rc)
		return rc;
	if (!rec_has(assist, ASSIST_AT))
		rec_put_num(assist, ASSIST_AT, app_now(app) / SECOND_MS * SECOND_MS);
	if (!rec_has(assist, ASSIST_MEMBER))
		rec_put_text(assist, ASSIST_MEMBER, app->user);
	if (!rec_has(assist, ASSIST_CATEGORY))
		return reason_refuse(err, "category", REASON_NEEDED, NULL, NULL);
	rec_init(&shared, REC_ASSIST);
	rec_init(&local, REC_ASSIST);
	rc = rec_check(assist, false, err);
	if (!rc)
		rc = check_category(app, assist, doubts, err);
	if (!rc)
		rc = check_links(app, assist, doubts, err);
	if (!rc) {
		rec_copy(&shared, assist);
		helped_take(&shared, &local);
		rc = store(app, &shared, &local, err);
	}
	rec_done(&shared);
	rec_done(&local);
	return rc;
}

/* Rows of the days asked for, by time. */
struct found {
	msec at;
	int64_t rec;
};
struct gather {
	msec from, to;
	struct found *found;
	size_t count, cap;
};

static enum rc gather_one(void *ctx, const struct row *row, struct err *err)
{
	struct gather *gather = ctx;
	msec at = rec_num(&row->body, ASSIST_AT);

	(void)err;
	if (at < gather->from || at >= gather->to)
		return RC_OK;
	gather->found = mem_room(gather->found, gather->count, &gather->cap, sizeof(*gather->found));
	gather->found[gather->count++] = (struct found){ at, row->rec };
	return RC_OK;
}

static int by_time(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->rec < y->rec ? -1 : x->rec > y->rec;
}

enum rc assist_list(struct app *app, dayno from, dayno to, assist_visit *each, void *ctx, struct err *err)
{
	struct gather gather = {
		.from = from == DAYNO_NONE ? INT64_MIN : dayno_start(from),
		.to = to == DAYNO_NONE ? INT64_MAX : dayno_start(to + 1),
	};
	struct row row;
	enum rc rc = app_may(app, MAY_REPORT_ASSIST, err);

	if (rc)
		return rc;
	row_init(&row);
	rc = row_walk(app->db, REC_ASSIST, gather_one, &gather, err);
	if (!rc && gather.count)
		qsort(gather.found, gather.count, sizeof(*gather.found), by_time);
	for (size_t i = 0; !rc && i < gather.count; i++) {
		rc = row_read(app->db, gather.found[i].rec, &row, err);
		if (!rc)
			rc = helped_of_row(app->db, &row, &row.body, err);
		if (!rc || rc == RC_NONE)
			rc = each(ctx, &row.body, err);
	}
	row_done(&row);
	free(gather.found);
	return rc;
}

void assist_expire(struct app *app)
{
	struct civil now = clock_civil(app_now(app));
	int64_t months = setting_int(app, "person_months"), dropped;
	int month = now.year * 12 + now.month - 1 - (int)months;
	dayno day;

	if (!helped_any(app->db) || !dayno_from_ymd(month / 12, month % 12 + 1, 1, &day))
		return;
	if (helped_drop(app->db, dayno_start(day), &dropped, NULL))
		return; /* tried again at the next sign-in */
}
