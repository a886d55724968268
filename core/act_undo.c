/*
 * act_undo.c - take the last change of a dossier back, by one more event.
 *
 * Undone pairs are passed over, so undoing twice goes two changes back. A
 * printed receipt is no change: it stays printed.
 */
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/commit.h"
#include "core/project.h"
#include "db/sealed.h"

/* The change to take back; -1 when nothing is left. */
static ptrdiff_t last_change(const struct event_list *list)
{
	size_t skip = 0;

	for (size_t i = list->count; i-- > 0;) {
		enum verb verb = list->events[i].verb;

		if (verb == VERB_PRINT)
			continue;
		if (verb == VERB_UNDO)
			skip++;
		else if (skip)
			skip--;
		else
			return (ptrdiff_t)i;
	}
	return -1;
}

static enum rc may_undo(struct app *app, const struct rec *now, const struct event *event, struct err *err)
{
	bool sealed, foreign = memcmp(event->id.device, app->device, DEVICE_ID) != 0;
	enum rc rc = sealed_holds(app->db, &event->id, &sealed, err);

	if (rc)
		return rc;
	if (strcmp(event->actor, app->user))
		return err_set(err, RC_REFUSED, "việc gần nhất do người khác làm (%s)",
			       "the last change was made by someone else (%s)", event->actor);
	if (sealed || foreign)
		return reason_refuse(err, "", REASON_UNDO_SEALED, NULL, NULL);
	if (event->parents_count == 0 && event->verb != VERB_RECEIVE)
		return reason_refuse(err, "", REASON_NOTHING_TO_UNDO, NULL, NULL);
	if (event->verb == VERB_RECEIVE && rec_true(now, DOSSIER_SLIP_PRINTED))
		return reason_refuse(err, "", REASON_UNDO_PRINTED, NULL, NULL);
	return RC_OK;
}

/*
 * As the record was before event `at`: all before it folded. A reception
 * leaves a dossier that was never received: its code is not used again.
 */
static void record_before(const struct event_list *list, size_t at, const struct rec *now, struct rec *out)
{
	const struct event **events = calloc(at + 1, sizeof(*events));
	struct folded folded;

	if (!events)
		die("out of memory");
	folded_init(&folded);
	for (size_t i = 0; i < at; i++)
		events[i] = &list->events[i];
	fold_events(events, at, NULL, &folded);
	rec_copy(out, at ? &folded.rec : now);
	if (!at)
		rec_put_num(out, DOSSIER_STATE, STATE_NOT_RECEIVED);
	else if (rec_true(now, DOSSIER_SLIP_PRINTED))
		rec_put_num(out, DOSSIER_SLIP_PRINTED, 1);
	folded_done(&folded);
	free(events);
}

static enum rc undo_change(struct app *app, const struct row *row, const struct event_list *list, const char *note,
			   bool keep, struct err *err)
{
	ptrdiff_t at = last_change(list);
	struct rec before, set;
	struct change change = { .verb = VERB_UNDO, .kind = REC_DOSSIER, .rec = row->rec, .set = &set, .note = note };
	enum rc rc;

	if (row->heads_count > 1)
		return reason_refuse(err, "", REASON_UNDO_CLASH, NULL, NULL);
	if (at < 0)
		return reason_refuse(err, "", REASON_NOTHING_TO_UNDO, NULL, NULL);
	rc = may_undo(app, &row->body, &list->events[at], err);
	if (rc || !keep)
		return rc;
	rec_init(&before, REC_DOSSIER);
	rec_init(&set, REC_DOSSIER);
	record_before(list, (size_t)at, &row->body, &before);
	rec_diff(&row->body, &before, &set);
	rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&before);
	rec_done(&set);
	return rc;
}

enum rc act_undo(struct app *app, const struct row *row, const char *note, bool keep, struct err *err)
{
	struct event_list list;
	enum rc rc = project_events(app, row->rec, &list, err);

	if (rc)
		return rc;
	rc = undo_change(app, row, &list, note, keep, err);
	project_events_done(&list);
	return rc;
}
