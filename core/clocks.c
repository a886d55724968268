#include "core/clocks.h"

#include "core/commit.h"
#include "db/journal.h"
#include "db/rec_fields.h"

static const char SQL_LAST[] = "SELECT max(n) FROM event";

static enum rc newest_event(struct app *app, msec *clock, struct err *err)
{
	struct stmt *s = stmt_use(app->db, SQL_LAST);
	struct event event;
	int64_t n = 0;
	enum rc rc = stmt_row(s, err);

	if (!rc)
		n = stmt_int(s, 0);
	stmt_done(s);
	*clock = MSEC_NONE;
	if (rc || !n)
		return rc == RC_NONE ? RC_OK : rc;
	event_init(&event);
	rc = journal_at(app->db, n, &event, err);
	if (!rc)
		*clock = event.clock;
	event_done(&event);
	return rc;
}

enum rc clocks_judge(struct app *app, struct clocks_check *out, struct err *err)
{
	msec newest;
	enum rc rc = newest_event(app, &newest, err);

	if (rc)
		return rc;
	*out = (struct clocks_check){ .now = app_now(app), .newest = newest };
	out->doubt = clock_is_test() ? CLOCK_FINE : clock_doubt(out->now, newest);
	return RC_OK;
}

static enum rc record_offset(struct app *app, msec offset, msec confirmed_at, struct err *err)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = REC_CLOCK, .set = &rec };
	enum rc rc = db_begin(app->db, err);

	if (rc)
		return rc;
	rec_init(&rec, REC_CLOCK);
	rec_put_num(&rec, CLOCK_OFFSET_MS, offset);
	rec_put_num(&rec, CLOCK_CONFIRMED_AT, confirmed_at);
	rc = commit_change(app, &change, NULL, NULL, err);
	if (!rc)
		rc = local_set_int(app->db, "clock_offset", offset, err);
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	rec_done(&rec);
	return rc;
}

enum rc clocks_confirm(struct app *app, msec real_now, struct err *err)
{
	msec before = clock_offset(), offset = real_now - clock_system();
	enum rc rc;

	if (clock_is_test())
		return err_set(err, RC_REFUSED, "đồng hồ đang đặt bằng --now", "the clock is set by --now");
	clock_set_offset(offset); /* the event itself bears the time that was confirmed */
	rc = record_offset(app, offset, real_now, err);
	if (rc)
		clock_set_offset(before);
	return rc;
}
