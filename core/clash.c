#include "core/clash.h"

#include <string.h>

#include "core/commit.h"
#include "core/history.h"
#include "core/rules/dossier.h"
#include "db/base/hash.h"
#include "db/clash.h"
#include "db/journal.h"

static enum rc read_event(struct app *app, const struct id *id, struct event *out, struct err *err)
{
	int64_t n;
	enum rc rc = journal_find(app->db, id, &n, NULL, err);

	return rc ? rc : journal_at(app->db, n, out, err);
}

static void fill_side(const struct event *event, enum rec_kind kind, const struct path *path, struct clash_side *side,
		      struct buf *value)
{
	history_value(kind, &event->set, rec_find(&event->set, path), value);
	*side = (struct clash_side){ buf_str(value), event->actor, event->clock, event->verb };
}

struct list {
	struct app *app;
	clash_view_visit *each;
	void *ctx;
};

static enum rc view(void *ctx, const struct clash_row *clash, struct err *err)
{
	struct list *list = ctx;
	struct clash_view view = { .kind = REC_NONE };
	struct buf key = BUF(4096), field = BUF(300), a_value = BUF(REC_TEXT_MAX), b_value = BUF(REC_TEXT_MAX);
	struct event a, b;
	struct row row;
	enum rc rc;

	event_init(&a);
	event_init(&b);
	row_init(&row);
	rc = row_read(list->app->db, clash->rec, &row, err);
	if (!rc)
		rc = read_event(list->app, &clash->a, &a, err);
	if (!rc)
		rc = read_event(list->app, &clash->b, &b, err);
	if (!rc)
		rc = rec_key(&row.body, &key, err);
	if (!rc) {
		hex_of(clash->id, sizeof(clash->id), view.id);
		view.kind = row.kind;
		view.key = buf_str(&key);
		history_field(row.kind, &clash->path, &field);
		view.field = buf_str(&field);
		fill_side(&a, row.kind, &clash->path, &view.a, &a_value);
		fill_side(&b, row.kind, &clash->path, &view.b, &b_value);
		rc = list->each(list->ctx, &view, err);
	}
	row_done(&row);
	event_done(&a);
	event_done(&b);
	buf_done(&key);
	buf_done(&field);
	buf_done(&a_value);
	buf_done(&b_value);
	return rc;
}

enum rc clash_list(struct app *app, clash_view_visit *each, void *ctx, struct err *err)
{
	struct list list = { app, each, ctx };
	enum rc rc = app_may(app, MAY_READ, err);

	return rc ? rc : clash_rows(app->db, view, &list, err);
}

int64_t clash_open_count(struct app *app)
{
	return clash_count(app->db);
}

/* The chosen event's cell, set again by who knows both. */
static enum rc set_again(struct app *app, const struct clash_row *clash, const struct event *chosen, struct err *err)
{
	const struct cell *cell = rec_find(&chosen->set, &clash->path);
	struct rec set;
	struct change change = { .verb = VERB_RESOLVE, .kind = chosen->set.kind, .rec = clash->rec, .set = &set };
	enum rc rc;

	rec_init(&set, chosen->set.kind);
	if (!cell || cell->shape == CELL_UNSET)
		rec_set_unset(&set, &clash->path);
	else if (cell->shape == CELL_INT)
		rec_set_num(&set, &clash->path, cell->num);
	else
		rec_set_bytes(&set, &clash->path, cell_text(&chosen->set, cell), cell->len);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&set);
	return rc;
}

enum rc clash_resolve(struct app *app, const char *id, bool keep_b, struct err *err)
{
	struct clash_row clash;
	struct event chosen;
	uint8_t bytes[8];
	enum rc rc = app_may(app, MAY_CLASH, err);

	if (rc)
		return rc;
	if (!hex_parse(id, bytes, sizeof(bytes)) || strlen(id) != 2 * sizeof(bytes))
		return err_set(err, RC_NONE, "không có xung đột %.20s", "there is no clash %.20s", id);
	event_init(&chosen);
	rc = clash_row_get(app->db, bytes, &clash, err);
	if (rc == RC_NONE)
		(void)err_set(err, RC_NONE, "không có xung đột %.20s (có thể đã xử lý)",
			      "there is no clash %.20s (it may be decided already)", id);
	if (!rc)
		rc = read_event(app, keep_b ? &clash.b : &clash.a, &chosen, err);
	if (!rc)
		rc = set_again(app, &clash, &chosen, err);
	event_done(&chosen);
	return rc;
}
