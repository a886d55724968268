/* transit.c - dossier.h's dossier_change: a verb turns the record as it is into the record as it will be. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/rules/work.h"

static enum rc need_reason(const struct work *w)
{
	return work_reason(w)[0] ? RC_OK : reason_refuse(w->err, "reason", REASON_NEEDED, NULL, NULL);
}

static enum rc supplement(struct work *w)
{
	struct element el = { 0 };
	msec received = rec_num(w->rec, DOSSIER_RECEIVED_AT);
	int64_t reply = rec_num(w->fields, VERB_FIELD_REPLY_BEFORE);

	if (!work_reason(w)[0] && !rec_has(w->fields, VERB_FIELD_ITEMS))
		return reason_refuse(w->err, "items", REASON_NEEDED, NULL, NULL);
	while (received != MSEC_NONE && rec_each(w->rec, DOSSIER_PAUSES, &el))
		if (el_num(w->rec, &el, PAUSE_EL_KIND) == PAUSE_SUPPLEMENT &&
		    el_num(w->rec, &el, PAUSE_EL_FROM) >= received) {
			reason_doubt(w->doubts, REASON_SECOND_SUPPLEMENT, NULL);
			break;
		}
	if (reply != MSEC_NONE)
		rec_put_num(w->rec, DOSSIER_REPLY_BEFORE, reply);
	return work_pause(w, PAUSE_SUPPLEMENT, work_reason(w));
}

/* The request for papers that a stop had cut into stands again, from now on. */
static enum rc supplement_again(struct work *w)
{
	struct element el = { 0 }, last = { 0 };
	struct buf reason = BUF(REC_TEXT_MAX), items = BUF(REC_TEXT_MAX);
	struct path pause = work_born(w, DOSSIER_PAUSES, NULL);

	while (rec_each(w->rec, DOSSIER_PAUSES, &el))
		if (el_num(w->rec, &el, PAUSE_EL_KIND) == PAUSE_SUPPLEMENT)
			last = el;
	if (work_full(w->rec, DOSSIER_PAUSES))
		return reason_refuse(w->err, "pauses", REASON_STEPS_FULL, NULL, NULL);
	buf_text(&reason, el_text(w->rec, &last, PAUSE_EL_REASON));
	buf_text(&items, el_text(w->rec, &last, PAUSE_EL_ITEMS));
	work_put(w->rec, pause, PAUSE_EL_KIND, PAUSE_SUPPLEMENT);
	work_put(w->rec, pause, PAUSE_EL_FROM, w->ctx->at);
	work_put_text(w->rec, pause, PAUSE_EL_REASON, buf_str(&reason));
	work_put_text(w->rec, pause, PAUSE_EL_ITEMS, buf_str(&items));
	buf_done(&reason);
	buf_done(&items);
	return RC_OK;
}

static enum rc resume(struct work *w, int from, int to)
{
	static const int kinds[] = {
		[STATE_SUPPLEMENT] = PAUSE_SUPPLEMENT,
		[STATE_FINANCE] = PAUSE_FINANCE,
		[STATE_STOPPED] = PAUSE_STOP,
	};
	enum rc rc = work_close_pauses(w, kinds[from]);

	if (!rc && to == STATE_SUPPLEMENT)
		return supplement_again(w);
	if (!rc && from == STATE_SUPPLEMENT) {
		struct path reply = path_of(DOSSIER_REPLY_BEFORE);

		rec_unset(w->rec, &reply);
	}
	return rc;
}

static enum rc finance(struct work *w)
{
	int64_t amount = rec_num(w->fields, VERB_FIELD_AMOUNT_VND);
	struct path fee;

	if (amount == MSEC_NONE)
		return reason_refuse(w->err, "amount_vnd", REASON_NEEDED, NULL, NULL);
	if (work_full(w->rec, DOSSIER_FEES))
		return reason_refuse(w->err, "fees", REASON_STEPS_FULL, NULL, NULL);
	fee = work_born(w, DOSSIER_FEES, NULL);
	work_put_text(w->rec, fee, FEE_EL_NAME, dossier_finance_fee.vi);
	work_put(w->rec, fee, FEE_EL_AMOUNT_VND, amount);
	work_put(w->rec, fee, FEE_EL_STATUS, FEE_UNPAID);
	return work_pause(w, PAUSE_FINANCE, w->ctx->note);
}

/* Work on the dossier is over. */
static enum rc finish(struct work *w)
{
	enum rc rc = work_close_pauses(w, 0);

	if (rc)
		return rc;
	work_close_steps(w, true);
	rec_put_num(w->rec, DOSSIER_FINISHED_AT, w->ctx->at);
	return RC_OK;
}

static enum rc stop(struct work *w)
{
	enum rc rc = need_reason(w);

	if (!rc)
		rc = work_close_pauses(w, 0); /* pauses follow one another, so that each working day counts once */
	if (!rc)
		rc = work_pause(w, PAUSE_STOP, work_reason(w));
	if (rc)
		return rc;
	rec_put_text(w->rec, DOSSIER_REASON, work_reason(w));
	rec_put_text(w->rec, DOSSIER_LEGAL_BASIS, rec_text(w->fields, VERB_FIELD_LEGAL_BASIS));
	return rec_true(w->fields, VERB_FIELD_FINAL) ? finish(w) : RC_OK;
}

static enum rc extend(struct work *w)
{
	msec old_due = rec_num(w->rec, DOSSIER_DUE_AT), new_due = rec_num(w->fields, VERB_FIELD_NEW_DUE_AT);
	char text[CLOCK_SHORT_TEXT];
	struct words when = { text, text };
	struct path extension;
	enum rc rc;

	if (new_due == MSEC_NONE)
		return reason_refuse(w->err, "new_due_at", REASON_NEEDED, NULL, NULL);
	rc = need_reason(w);
	if (rc)
		return rc;
	if (new_due <= w->ctx->at || (old_due != MSEC_NONE && new_due <= old_due)) {
		(void)clock_format_short(old_due > w->ctx->at ? old_due : w->ctx->at, text);
		return reason_refuse(w->err, "new_due_at", REASON_DUE_NOT_LATER, &when, NULL);
	}
	if (work_full(w->rec, DOSSIER_EXTENSIONS))
		return reason_refuse(w->err, "extensions", REASON_STEPS_FULL, NULL, NULL);
	if (rec_elements(w->rec, DOSSIER_EXTENSIONS))
		reason_doubt(w->doubts, REASON_SECOND_EXTENSION, NULL);
	if (old_due != MSEC_NONE && dayno_of(w->ctx->at) > dayno_of(old_due))
		reason_doubt(w->doubts, REASON_EXTEND_LATE, NULL);
	extension = work_born(w, DOSSIER_EXTENSIONS, NULL);
	work_put(w->rec, extension, EXTENSION_EL_AT, w->ctx->at);
	if (old_due != MSEC_NONE)
		work_put(w->rec, extension, EXTENSION_EL_OLD_DUE_AT, old_due);
	work_put(w->rec, extension, EXTENSION_EL_NEW_DUE_AT, new_due);
	work_put_text(w->rec, extension, EXTENSION_EL_REASON, work_reason(w));
	rec_put_num(w->rec, DOSSIER_DUE_AT, new_due);
	return RC_OK;
}

static enum rc refuse(struct work *w, int to)
{
	enum rc rc = need_reason(w);

	if (rc)
		return rc;
	rec_put_text(w->rec, DOSSIER_REASON, work_reason(w));
	rec_put_text(w->rec, DOSSIER_REASON_CODE, rec_text(w->fields, VERB_FIELD_REASON_CODE));
	rec_put_num(w->rec, DOSSIER_REFUSED, 1);
	if (to == STATE_NOT_RECEIVED) { /* never counted as received: it has no time of finishing */
		rc = work_close_pauses(w, 0);
		work_close_steps(w, true);
		return rc;
	}
	return finish(w);
}

static enum rc done(struct work *w)
{
	msec due = rec_num(w->rec, DOSSIER_DUE_AT);

	rec_put_text(w->rec, DOSSIER_RESULT_NO, rec_text(w->fields, VERB_FIELD_RESULT_NO));
	rec_put_text(w->rec, DOSSIER_LATE_REASON, rec_text(w->fields, VERB_FIELD_LATE_REASON));
	if (rec_has(w->fields, VERB_FIELD_ELECTRONIC_RESULT))
		rec_put_num(w->rec, DOSSIER_ELECTRONIC_RESULT, rec_true(w->fields, VERB_FIELD_ELECTRONIC_RESULT));
	if (deadline_timeliness(due, w->ctx->at, false) == TIMELY_LATE && !rec_has(w->rec, DOSSIER_LATE_REASON))
		reason_doubt(w->doubts, REASON_DONE_LATE, NULL);
	return finish(w);
}

static enum rc withdraw(struct work *w)
{
	rec_put_text(w->rec, DOSSIER_REASON, work_reason(w));
	return finish(w);
}

static enum rc hand_back(struct work *w)
{
	struct element el = { 0 };

	rec_put_num(w->rec, DOSSIER_RETURNED_AT, w->ctx->at);
	rec_put_num(w->rec, DOSSIER_RETURN_METHOD, rec_num_or(w->fields, VERB_FIELD_METHOD, RETURN_COUNTER));
	rec_put_text(w->rec, DOSSIER_COLLECTED_BY, rec_text(w->fields, VERB_FIELD_COLLECTED_BY));
	while (rec_each(w->rec, DOSSIER_FEES, &el))
		if (el_num(w->rec, &el, FEE_EL_STATUS) == FEE_UNPAID && el_num(w->rec, &el, FEE_EL_AMOUNT_VND) > 0) {
			reason_doubt(w->doubts, REASON_FEE_UNPAID, NULL);
			break;
		}
	return RC_OK;
}

static enum rc rate(struct work *w)
{
	int64_t value = rec_num_or(w->fields, VERB_FIELD_VALUE, 0);

	if (value < 1 || value > 5)
		return reason_refuse(w->err, "value", REASON_BAD_RATING, NULL, NULL);
	rec_put_num(w->rec, DOSSIER_RATING, value);
	return RC_OK;
}

/* The unpaid fee of this name ("": any); how many there are. */
static size_t unpaid(const struct rec *rec, const char *name, struct element *found)
{
	struct element el = { 0 };
	size_t count = 0;

	while (rec_each(rec, DOSSIER_FEES, &el)) {
		if (el_num(rec, &el, FEE_EL_STATUS) != FEE_UNPAID ||
		    (name[0] && strcmp(name, el_text(rec, &el, FEE_EL_NAME))))
			continue;
		if (!count++)
			*found = el;
	}
	return count;
}

static enum rc pay(struct work *w)
{
	const char *name = rec_text(w->fields, VERB_FIELD_NAME);
	int64_t amount = rec_num(w->fields, VERB_FIELD_AMOUNT_VND), due;
	struct element el;
	size_t count = unpaid(w->rec, name, &el);
	char text[24];
	struct words due_words = { text, text };
	struct path fee;

	if (!name[0] && count > 1)
		return reason_refuse(w->err, "name", REASON_FEE_WHICH, NULL, NULL);
	if (!count && amount == MSEC_NONE)
		return reason_refuse(w->err, "amount_vnd", REASON_NEEDED, NULL, NULL);
	if (count) {
		due = el_num(w->rec, &el, FEE_EL_AMOUNT_VND);
		(void)snprintf(text, sizeof(text), "%" PRId64, due);
		if (amount != MSEC_NONE && amount != due)
			return reason_refuse(w->err, "amount_vnd", REASON_FEE_AMOUNT, &due_words, NULL);
		fee = el_path(DOSSIER_FEES, &el, 0);
	} else {
		if (work_full(w->rec, DOSSIER_FEES))
			return reason_refuse(w->err, "fees", REASON_STEPS_FULL, NULL, NULL);
		fee = work_born(w, DOSSIER_FEES, NULL);
		work_put_text(w->rec, fee, FEE_EL_NAME, name[0] ? name : dossier_fee.vi);
		work_put(w->rec, fee, FEE_EL_AMOUNT_VND, amount);
	}
	work_put(w->rec, fee, FEE_EL_STATUS, FEE_PAID);
	work_put(w->rec, fee, FEE_EL_METHOD, rec_num_or(w->fields, VERB_FIELD_METHOD, PAY_CASH));
	work_put(w->rec, fee, FEE_EL_PAID_AT, w->ctx->at);
	if (rec_has(w->fields, VERB_FIELD_RECEIPT_NO))
		work_put_text(w->rec, fee, FEE_EL_RECEIPT_NO, rec_text(w->fields, VERB_FIELD_RECEIPT_NO));
	return RC_OK;
}

static enum rc accept(struct work *w)
{
	msec received = rec_num(w->fields, VERB_FIELD_RECEIVED_AT), due = rec_num(w->fields, VERB_FIELD_DUE_AT);

	if (received == MSEC_NONE)
		received = w->ctx->at;
	rec_put_num(w->rec, DOSSIER_RECEIVED_AT, received);
	if (due != MSEC_NONE)
		rec_put_num(w->rec, DOSSIER_DUE_AT, due);
	if (!rec_has(w->rec, DOSSIER_RECEIVED_BY) && w->ctx->actor)
		rec_put_text(w->rec, DOSSIER_RECEIVED_BY, w->ctx->actor);
	return dossier_plan(w->rec, w->ctx, w->doubts, w->err);
}

/* Every cell of a list, so that a corrected list replaces the old one. */
static void drop_list(struct rec *rec, unsigned tag)
{
	for (size_t i = rec->count; i-- > 0;)
		if (rec->cells[i].path.tag == tag) {
			struct path path = rec->cells[i].path;

			rec_unset(rec, &path);
		}
}

static enum rc correct(struct work *w)
{
	const struct field *table = rec_type(REC_DOSSIER)->fields;
	bool counted = false;
	enum rc rc;

	if (!w->ctx->note[0])
		return reason_refuse(w->err, "note", REASON_NOTE_NEEDED, NULL, NULL);
	for (size_t i = 0; i < w->fields->count; i++) {
		unsigned tag = w->fields->cells[i].path.tag;
		const struct field *field = field_tagged(table, tag);

		if (!field || field->flags & FIELD_INNER)
			return reason_refuse(w->err, field ? field->name : "", REASON_NO_FIELD, NULL, NULL);
		if (field->flags & FIELD_FIXED)
			return reason_refuse(w->err, field->name, REASON_FIXED, NULL, NULL);
		if (tag == DOSSIER_STATE)
			return reason_refuse(w->err, field->name, REASON_STATE_BY_VERB, NULL, NULL);
		if (field->type == FIELD_LIST && (!i || w->fields->cells[i - 1].path.tag != tag))
			drop_list(w->rec, tag);
		counted = counted || tag == DOSSIER_PROCEDURE_CODE || tag == DOSSIER_RECEIVED_AT ||
			  tag == DOSSIER_CHANNEL;
	}
	rec_apply(w->rec, w->fields);
	rc = rec_check(w->rec, false, w->err);
	if (!rc)
		rc = dossier_check_times(w->rec, w->err);
	if (!rc && counted && !rec_has(w->fields, DOSSIER_DUE_AT))
		reason_doubt(w->doubts, REASON_DUE_KEPT, NULL);
	return rc;
}

static enum rc apply_verb(struct work *w, enum verb verb, int from, int to)
{
	switch (verb) {
	case VERB_ACCEPT:
		return accept(w);
	case VERB_FORWARD:
		return work_forward(w);
	case VERB_DONE:
		return done(w);
	case VERB_SUPPLEMENT:
		return supplement(w);
	case VERB_RESUME:
		return resume(w, from, to);
	case VERB_FINANCE:
		return finance(w);
	case VERB_STOP:
		return stop(w);
	case VERB_EXTEND:
		return extend(w);
	case VERB_REFUSE:
		return refuse(w, to);
	case VERB_WITHDRAW:
		return withdraw(w);
	case VERB_RETURN:
		return hand_back(w);
	case VERB_RATE:
		return rate(w);
	case VERB_PAY:
		return pay(w);
	case VERB_CORRECT:
		return correct(w);
	default:
		return reason_refuse(w->err, "", REASON_UNKNOWN_VERB, NULL, NULL);
	}
}

enum rc dossier_change(const struct rec *before, enum verb verb, const struct rec *fields,
		       const struct dossier_context *ctx, struct rec *after, struct explain *doubts, struct err *err)
{
	struct rec rec;
	struct work w = { .fields = fields, .ctx = ctx, .rec = &rec, .doubts = doubts, .err = err };
	int from = dossier_state(before), to = from;
	enum rc rc = dossier_allows(before, verb, ctx->at, &to, err);

	if (rc)
		return rc;
	rec_init(&rec, REC_DOSSIER);
	rec_copy(&rec, before);
	rc = apply_verb(&w, verb, from, to);
	if (!rc && verb != VERB_CORRECT && to != from)
		rec_put_num(&rec, DOSSIER_STATE, to);
	if (!rc && rec_equal(&rec, before))
		rc = reason_refuse(err, "", REASON_NOTHING, NULL, NULL);
	if (!rc)
		rec_copy(after, &rec);
	rec_done(&rec);
	return rc;
}
