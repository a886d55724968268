#include "core/draft.h"

enum rc draft_save(struct app *app, int64_t *id, const char *form, struct span body, struct err *err)
{
	return draft_put(app->db, id, app_now(app), app->user, form, body, err);
}

enum rc draft_save_then(struct app *app, int64_t *id, const char *form, struct span body, void (*written)(void *ctx),
			void *ctx, struct err *err)
{
	enum rc rc;

	db_on_written(app->db, written, ctx);
	rc = draft_save(app, id, form, body, err);
	db_on_written(app->db, NULL, NULL);
	return rc;
}

enum rc draft_load(struct app *app, int64_t id, struct buf *body, struct err *err)
{
	return draft_get(app->db, id, app->user, body, err);
}

enum rc draft_list(struct app *app, const char *form, draft_visit *each, void *ctx, struct err *err)
{
	return draft_walk(app->db, app->user, form, each, ctx, err);
}

enum rc draft_delete(struct app *app, int64_t id, struct err *err)
{
	return draft_drop(app->db, id, app->user, err);
}
