#include "core/rules/work.h"

#include <string.h>

void work_put(struct rec *rec, struct path path, unsigned sub, int64_t value)
{
	path.sub = (uint16_t)sub;
	rec_set_num(rec, &path, value);
}

void work_put_text(struct rec *rec, struct path path, unsigned sub, const char *text)
{
	path.sub = (uint16_t)sub;
	rec_set_bytes(rec, &path, text, strlen(text));
}

/*
 * The key of a new element of list `tag`: behind `after` (an element's key of the first record, may be NULL),
 * then by moment, device and count, so that two devices never write into one element.
 */
struct path work_born(const struct work *w, unsigned tag, const struct element *after)
{
	uint8_t key[KEY_MAX];
	size_t len = 0;
	uint64_t at = (uint64_t)w->ctx->at;

	if (after && after->key_len >= 2 && !(after->key[0] & 0x80)) {
		key[len++] = after->key[0];
		key[len++] = after->key[1];
	}
	key[len++] = 0x80;
	for (int shift = 40; shift >= 0; shift -= 8)
		key[len++] = (uint8_t)(at >> shift);
	memcpy(key + len, w->ctx->device, sizeof(w->ctx->device));
	len += sizeof(w->ctx->device);
	key[len++] = (uint8_t)rec_elements(w->rec, tag);
	return path_key(tag, key, len, 0);
}

bool work_full(const struct rec *rec, unsigned tag)
{
	return rec_elements(rec, tag) >= DOSSIER_ENTRIES_MAX;
}

/* The reason given, or the note in its place. */
const char *work_reason(const struct work *w)
{
	const char *reason = rec_text(w->fields, VERB_FIELD_REASON);

	return reason[0] ? reason : w->ctx->note;
}

/* The step given last and not done; false when there is none. */
static bool open_step(const struct rec *rec, struct element *found)
{
	struct element el = { 0 };
	msec given = MSEC_NONE;
	bool any = false;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		msec at = el_num(rec, &el, STEP_EL_GIVEN_AT);

		if (at == MSEC_NONE || el_num(rec, &el, STEP_EL_DONE_AT) != MSEC_NONE || (any && at < given))
			continue;
		*found = el;
		given = at;
		any = true;
	}
	return any;
}

/* The first step in order that was never given. */
static bool next_step(const struct rec *rec, struct element *found)
{
	struct element el = { 0 };
	int64_t seq = 0;
	bool any = false;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		int64_t here = el_num(rec, &el, STEP_EL_SEQ);

		if (el_num(rec, &el, STEP_EL_GIVEN_AT) != MSEC_NONE || el_num(rec, &el, STEP_EL_DONE_AT) != MSEC_NONE ||
		    (any && here >= seq))
			continue;
		*found = el;
		seq = here;
		any = true;
	}
	return any;
}

void work_close_steps(struct work *w, bool all)
{
	struct element el;

	while (open_step(w->rec, &el)) {
		work_put(w->rec, el_path(DOSSIER_STEPS, &el, 0), STEP_EL_DONE_AT, w->ctx->at);
		if (!all)
			break;
	}
}

/* Hand a step over at `at`: due from its allotment. */
static void give(struct work *w, struct path step, int64_t allotted, msec at)
{
	msec due = rec_num(w->rec, DOSSIER_DUE_AT);

	work_put(w->rec, step, STEP_EL_GIVEN_AT, at);
	if (allotted != MSEC_NONE && due != MSEC_NONE)
		work_put(w->rec, step, STEP_EL_DUE_AT,
			 deadline_step(w->ctx->cal, at, allotted, due) / SECOND_MS * SECOND_MS);
}

/* Everything after `seq` moves up by one; a set of a number that is there moves no cell. */
static void make_room(struct rec *rec, int64_t seq)
{
	struct element el = { 0 };

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		int64_t here = el_num(rec, &el, STEP_EL_SEQ);

		if (here > seq)
			work_put(rec, el_path(DOSSIER_STEPS, &el, 0), STEP_EL_SEQ, here + 1);
	}
}

/* A step the template does not have, behind the one just left. */
static struct path insert_step(struct work *w, const struct element *left)
{
	struct element el = { 0 };
	int64_t seq = 0;
	struct path step;

	if (left) {
		seq = el_num(w->rec, left, STEP_EL_SEQ);
	} else {
		while (rec_each(w->rec, DOSSIER_STEPS, &el))
			if (el_num(w->rec, &el, STEP_EL_SEQ) > seq)
				seq = el_num(w->rec, &el, STEP_EL_SEQ);
	}
	step = work_born(w, DOSSIER_STEPS, left);
	make_room(w->rec, seq);
	work_put(w->rec, step, STEP_EL_SEQ, seq + 1);
	work_put(w->rec, step, STEP_EL_LEVEL, LEVEL_WARD);
	return step;
}

enum rc work_forward(struct work *w)
{
	const char *unit = rec_text(w->fields, VERB_FIELD_UNIT), *person = rec_text(w->fields, VERB_FIELD_PERSON);
	int64_t level = rec_num(w->fields, VERB_FIELD_LEVEL);
	int64_t allotted = rec_num(w->fields, VERB_FIELD_ALLOTTED_DAYS);
	struct element left, next;
	bool has_left = open_step(w->rec, &left), has_next = next_step(w->rec, &next);
	struct path step;

	if (work_full(w->rec, DOSSIER_STEPS))
		return reason_refuse(w->err, "steps", REASON_STEPS_FULL, NULL, NULL);
	if (!has_next && !unit[0] && rec_elements(w->rec, DOSSIER_STEPS))
		return reason_refuse(w->err, "unit", REASON_NO_STEP, NULL, NULL);
	if (!has_next && !unit[0] && dossier_state(w->rec) == STATE_PROCESSING)
		return reason_refuse(w->err, "unit", REASON_NO_STEP, NULL, NULL);
	if (!has_next && !unit[0])
		return RC_OK; /* an imported dossier without steps: it is handed over, nothing more is known */
	if (has_next && (!unit[0] || !strcmp(unit, el_text(w->rec, &next, STEP_EL_UNIT)))) {
		step = el_path(DOSSIER_STEPS, &next, 0);
		if (allotted == MSEC_NONE)
			allotted = el_num(w->rec, &next, STEP_EL_ALLOTTED_DAYS);
		work_close_steps(w, false);
	} else {
		step = insert_step(w, has_left ? &left : NULL);
		if (has_left)
			work_put(w->rec, el_path(DOSSIER_STEPS, &left, 0), STEP_EL_DONE_AT, w->ctx->at);
		work_put_text(w->rec, step, STEP_EL_UNIT, unit);
	}
	if (level != MSEC_NONE)
		work_put(w->rec, step, STEP_EL_LEVEL, level);
	if (person[0])
		work_put_text(w->rec, step, STEP_EL_PERSON, person);
	if (allotted != MSEC_NONE)
		work_put(w->rec, step, STEP_EL_ALLOTTED_DAYS, allotted);
	give(w, step, allotted, w->ctx->at);
	return RC_OK;
}

/* The clock stood from `from` to now: promise and open steps move on. */
static enum rc shift(struct work *w, msec from)
{
	const struct allowance *allowance = &w->ctx->allowance;
	msec due = rec_num(w->rec, DOSSIER_DUE_AT), moved;
	struct element el = { 0 };
	bool provisional = false;
	enum rc rc = RC_OK;

	if (due == MSEC_NONE || !rec_has(w->rec, DOSSIER_RECEIVED_AT))
		return RC_OK;
	rc = deadline_pause(w->ctx->cal, allowance, due, from, w->ctx->at, &moved, &provisional, w->err);
	if (rc)
		return rc;
	rec_put_num(w->rec, DOSSIER_DUE_AT, moved);
	if (provisional)
		rec_put_num(w->rec, DOSSIER_PROVISIONAL, 1);
	while (!rc && rec_each(w->rec, DOSSIER_STEPS, &el)) {
		due = el_num(w->rec, &el, STEP_EL_DUE_AT);
		if (due == MSEC_NONE || el_num(w->rec, &el, STEP_EL_DONE_AT) != MSEC_NONE)
			continue;
		rc = deadline_pause(w->ctx->cal, allowance, due, from, w->ctx->at, &moved, &provisional, w->err);
		if (!rc)
			work_put(w->rec, el_path(DOSSIER_STEPS, &el, 0), STEP_EL_DUE_AT, moved);
	}
	return rc;
}

/* Close open pauses of `kind` (0: all). The clock starts again when none is left, from the first one's start. */
enum rc work_close_pauses(struct work *w, int kind)
{
	struct element el = { 0 };
	msec first = MSEC_NONE;
	bool left = false;

	for (;;) {
		bool found = false;

		el = (struct element){ 0 };
		left = false;
		while (!found && rec_each(w->rec, DOSSIER_PAUSES, &el)) {
			if (el_num(w->rec, &el, PAUSE_EL_TO) != MSEC_NONE)
				continue;
			found = !kind || el_num(w->rec, &el, PAUSE_EL_KIND) == kind;
			left = left || !found;
		}
		if (!found)
			break;
		if (first == MSEC_NONE || el_num(w->rec, &el, PAUSE_EL_FROM) < first)
			first = el_num(w->rec, &el, PAUSE_EL_FROM);
		work_put(w->rec, el_path(DOSSIER_PAUSES, &el, 0), PAUSE_EL_TO, w->ctx->at);
	}
	return first == MSEC_NONE || left ? RC_OK : shift(w, first);
}

enum rc work_pause(struct work *w, int kind, const char *reason)
{
	struct span items = rec_bytes(w->fields, VERB_FIELD_ITEMS);
	struct path pause;

	if (work_full(w->rec, DOSSIER_PAUSES))
		return reason_refuse(w->err, "pauses", REASON_STEPS_FULL, NULL, NULL);
	pause = work_born(w, DOSSIER_PAUSES, NULL);
	work_put(w->rec, pause, PAUSE_EL_KIND, kind);
	work_put(w->rec, pause, PAUSE_EL_FROM, w->ctx->at);
	work_put_text(w->rec, pause, PAUSE_EL_REASON, reason);
	pause.sub = PAUSE_EL_ITEMS;
	rec_set_bytes(w->rec, &pause, items.data, items.len);
	return RC_OK;
}
