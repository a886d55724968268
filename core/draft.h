/*
 * draft.h - the signed-in user's half-filled forms.
 *
 * The bytes are the form's own. Saving is one durable commit: what the screen
 * has shown survives a power cut. Drafts never leave the store.
 */
#ifndef MOTCUA_DRAFT_H
#define MOTCUA_DRAFT_H

#include "core/app.h"
#include "db/draft.h"

/* *id 0 makes a new draft and sets it. */
enum rc draft_save(struct app *app, int64_t *id, const char *form, struct span body, struct err *err) MUST_CHECK;
/*
 * The same; `written` is called (at most once) when the draft would outlive this process and the disk has not
 * confirmed it yet: what is shown from there is never ahead of what is kept, nor does it wait for the disk.
 */
enum rc draft_save_then(struct app *app, int64_t *id, const char *form, struct span body, void (*written)(void *ctx),
			void *ctx, struct err *err) MUST_CHECK;
/* RC_NONE when it is gone. `body` is initialised. */
enum rc draft_load(struct app *app, int64_t id, struct buf *body, struct err *err) MUST_CHECK;
/* Mine, newest first; of one form, or all when NULL. */
enum rc draft_list(struct app *app, const char *form, draft_visit *each, void *ctx, struct err *err) MUST_CHECK;
/* Gone for good; fine when it was gone already. */
enum rc draft_delete(struct app *app, int64_t id, struct err *err) MUST_CHECK;

#endif
