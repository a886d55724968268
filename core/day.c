#include "core/day.h"

#include "core/commit.h"
#include "core/judge.h"
#include "db/rec_fields.h"

struct look {
	struct period_days period;
	struct day_closed out;
};

static enum rc look_fact(void *ctx, const struct fact *fact, struct err *err)
{
	struct look *look = ctx;
	struct judged judged;

	(void)err;
	judge(fact, &look->period, BASIS_ORIGINAL, &judged);
	look->out.received += judged.received;
	look->out.finished += judged.resolved;
	look->out.returned += period_has(&look->period, fact->returned_at);
	return RC_OK;
}

static enum rc look_fee(void *ctx, const struct fact_fee *fee, struct err *err)
{
	struct look *look = ctx;

	(void)err;
	if (fee->status == FEE_PAID && fee->method == PAY_CASH && period_has(&look->period, fee->paid_at))
		look->out.expected_vnd += fee->amount;
	return RC_OK;
}

enum rc day_look(struct app *app, dayno date, struct day_closed *out, struct err *err)
{
	struct look look = { .period = period_days(date, date) };
	enum rc rc = app_may(app, MAY_READ, err);

	if (!rc)
		rc = fact_walk(app->db, look_fact, &look, err);
	if (!rc)
		rc = fact_fee_walk(app->db, look_fee, &look, err);
	if (!rc)
		*out = look.out;
	return rc;
}

/* The row of this person and day; 0 when he has not closed it before. */
static enum rc find_own(struct app *app, dayno date, int64_t *rec, struct err *err)
{
	struct buf key = BUF(256);
	char text[CLOCK_DATE_TEXT];
	enum rc rc;

	buf_printf(&key, "%s/%s", clock_format_date(date, text), app->user);
	*rec = 0;
	rc = row_find(app->db, REC_DAY, buf_str(&key), rec, err);
	buf_done(&key);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc day_close(struct app *app, const struct day_close *close, struct day_closed *out, struct err *err)
{
	struct rec set;
	struct change change = { .verb = VERB_ADD, .kind = REC_DAY, .set = &set };
	enum rc rc = app_may(app, MAY_DAY_CLOSE, err);

	if (!rc && close->date > dayno_of(app_now(app)))
		rc = err_field(err, "date", "ngày này chưa đến", "that day has not begun");
	if (!rc)
		rc = find_own(app, close->date, &change.rec, err);
	if (!rc)
		rc = day_look(app, close->date, out, err);
	if (rc)
		return rc;
	rec_init(&set, REC_DAY);
	if (change.rec) {
		change.verb = VERB_CHANGE;
	} else {
		rec_put_num(&set, DAY_DATE, close->date);
		rec_put_text(&set, DAY_CLOSED_BY, app->user);
	}
	rec_put_num(&set, DAY_CLOSED_AT, app_now(app));
	rec_put_num(&set, DAY_EXPECTED_VND, out->expected_vnd);
	if (close->cash_vnd != MSEC_NONE)
		rec_put_num(&set, DAY_CASH_VND, close->cash_vnd);
	if (close->note)
		rec_put_text(&set, DAY_NOTE, close->note);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&set);
	return rc;
}
