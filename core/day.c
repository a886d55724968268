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
	if (fee->status != FEE_PAID || !period_has(&look->period, fee->paid_at))
		return RC_OK;
	look->out.expected_vnd += fee->method == PAY_CASH ? fee->amount : 0;
	look->out.expected_online_vnd += fee->method == PAY_ONLINE ? fee->amount : 0;
	look->out.expected_transfer_vnd += fee->method == PAY_TRANSFER ? fee->amount : 0;
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

/* What the book says and what was counted; counting again replaces what was counted before. */
static void put_money(struct rec *set, const struct day_close *close, const struct day_closed *book, bool again)
{
	const struct {
		unsigned expected_tag, counted_tag;
		int64_t expected, counted;
	} money[] = {
		{ DAY_EXPECTED_VND, DAY_CASH_VND, book->expected_vnd, close->cash_vnd },
		{ DAY_EXPECTED_ONLINE_VND, DAY_ONLINE_VND, book->expected_online_vnd, close->online_vnd },
		{ DAY_EXPECTED_TRANSFER_VND, DAY_TRANSFER_VND, book->expected_transfer_vnd, close->transfer_vnd },
	};

	for (size_t i = 0; i < ARRAY_LEN(money); i++) {
		struct path counted = path_of(money[i].counted_tag);

		rec_put_num(set, money[i].expected_tag, money[i].expected);
		if (money[i].counted != MSEC_NONE)
			rec_put_num(set, money[i].counted_tag, money[i].counted);
		else if (again)
			rec_set_unset(set, &counted);
	}
	if (close->note)
		rec_put_text(set, DAY_NOTE, close->note);
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
	put_money(&set, close, out, change.rec != 0);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&set);
	return rc;
}
