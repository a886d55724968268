/*
 * project.h - an event in the journal becomes rows. One function for what is
 * typed here, what is imported, what comes from elsewhere, and a rebuild.
 */
#ifndef MOTCUA_PROJECT_H
#define MOTCUA_PROJECT_H

#include "core/app.h"
#include "core/fold.h"
#include "db/journal.h"

/*
 * Fold the event with arrival number `n` into its record's row and all that
 * derives from it. An event whose record has not arrived waits; one that no
 * row may believe is listed as refused. Inside the caller's transaction.
 * *rec (may be NULL) is the row, 0 when there is none.
 */
enum rc project_event(struct app *app, int64_t n, const struct event *event, int64_t *rec, struct err *err) MUST_CHECK;

/*
 * Many events at once: after project_hold a record whose events do not simply
 * follow one another is folded once, by project_settle, and not at every event,
 * so that a run of events costs time in proportion to it whatever it says. Until
 * then such a record's row is as it was. Both inside one transaction;
 * project_settle ends it in any case, project_forget when there is nothing to keep.
 */
void project_hold(struct app *app);
enum rc project_settle(struct app *app, struct err *err) MUST_CHECK;
void project_forget(struct app *app);

/* All events of a row, folded. `out` is initialised. */
enum rc project_fold(struct app *app, int64_t rec, struct folded *out, struct err *err) MUST_CHECK;

/* As project_fold, of events whose clock is not after `as_known` only; RC_NONE when that leaves none. */
enum rc project_fold_as_known(struct app *app, int64_t rec, msec as_known, struct folded *out,
			      struct err *err) MUST_CHECK;

/* The events behind a row in fold order, for a history; free with project_events_done. */
struct event_list {
	struct event *events;
	size_t count;
};
enum rc project_events(struct app *app, int64_t rec, struct event_list *out, struct err *err) MUST_CHECK;
void project_events_done(struct event_list *list);

#endif
