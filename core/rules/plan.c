/* plan.c - dossier.h's dossier_plan and dossier_check_times. */
#include <stdio.h>

#include "core/rules/work.h"

/* Steps from the template; the counter holds the first one from reception on. */
static void plan_steps(struct rec *dossier, const struct dossier_context *ctx, msec received, msec due)
{
	char person[104]; /* a copy: the record's text moves as it grows */

	(void)snprintf(person, sizeof(person), "%s", rec_text(dossier, DOSSIER_RECEIVED_BY));
	for (size_t i = 0; i < ctx->steps_count && i < DOSSIER_STEPS_MAX; i++) {
		struct path step = path_at(DOSSIER_STEPS, (unsigned)i, 0);
		int64_t allotted = deadline_allot(ctx->cal, received, due, ctx->steps[i].share);

		work_put(dossier, step, STEP_EL_SEQ, (int64_t)i + 1);
		work_put_text(dossier, step, STEP_EL_UNIT, ctx->steps[i].unit);
		work_put(dossier, step, STEP_EL_LEVEL, ctx->steps[i].level);
		work_put_text(dossier, step, STEP_EL_ROLE, ctx->steps[i].role);
		work_put(dossier, step, STEP_EL_ALLOTTED_DAYS, allotted);
		if (!i) {
			work_put_text(dossier, step, STEP_EL_PERSON, person);
			work_put(dossier, step, STEP_EL_GIVEN_AT, received);
			work_put(dossier, step, STEP_EL_DUE_AT,
				 deadline_step(ctx->cal, received, allotted, due) / SECOND_MS * SECOND_MS);
		}
	}
}

enum rc dossier_plan(struct rec *dossier, const struct dossier_context *ctx, struct explain *doubts, struct err *err)
{
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT), due = rec_num(dossier, DOSSIER_DUE_AT);
	bool provisional = false;
	enum rc rc;

	if (received == MSEC_NONE)
		return reason_refuse(err, "received_at", REASON_NEEDED, NULL, NULL);
	if (due == MSEC_NONE) {
		rc = deadline_for(ctx->cal, &ctx->allowance, received, &due, &provisional, NULL, err);
		if (rc)
			return rc;
		rec_put_num(dossier, DOSSIER_DUE_AT, due);
	}
	if (due < received)
		return reason_refuse(err, "due_at", REASON_DUE_BEFORE, NULL, NULL);
	if (provisional) {
		rec_put_num(dossier, DOSSIER_PROVISIONAL, 1);
		reason_doubt(doubts, REASON_DUE_PROVISIONAL, NULL);
	}
	if (!rec_elements(dossier, DOSSIER_STEPS))
		plan_steps(dossier, ctx, received, due);
	return RC_OK;
}

/* Times that cannot come before another. */
static const struct {
	unsigned tag, not_before;
} time_order[] = {
	{ DOSSIER_DUE_AT, DOSSIER_RECEIVED_AT },
	{ DOSSIER_FINISHED_AT, DOSSIER_RECEIVED_AT },
	{ DOSSIER_RETURNED_AT, DOSSIER_RECEIVED_AT },
};

enum rc dossier_check_times(const struct rec *dossier, struct err *err)
{
	const struct field *table = rec_type(REC_DOSSIER)->fields, *steps = field_tagged(table, DOSSIER_STEPS);
	msec finished = rec_num(dossier, DOSSIER_FINISHED_AT);
	struct element el = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(time_order); i++) {
		msec at = rec_num(dossier, time_order[i].tag), base = rec_num(dossier, time_order[i].not_before);

		if (at != MSEC_NONE && base != MSEC_NONE && at < base)
			return reason_refuse(err, field_tagged(table, time_order[i].tag)->name, REASON_ORDER,
					     &field_tagged(table, time_order[i].not_before)->label, NULL);
	}
	while (rec_each(dossier, DOSSIER_STEPS, &el)) {
		msec given = el_num(dossier, &el, STEP_EL_GIVEN_AT), done_at = el_num(dossier, &el, STEP_EL_DONE_AT);

		if (given != MSEC_NONE && done_at != MSEC_NONE && done_at < given)
			return reason_refuse(err, "steps", REASON_ORDER,
					     &field_tagged(steps->sub, STEP_EL_GIVEN_AT)->label, NULL);
	}
	for (el = (struct element){ 0 }; rec_each(dossier, DOSSIER_PAUSES, &el);)
		if (finished != MSEC_NONE && el_num(dossier, &el, PAUSE_EL_TO) > finished)
			return reason_refuse(err, "finished_at", REASON_ORDER,
					     &field_tagged(table, DOSSIER_PAUSES)->label, NULL);
	for (el = (struct element){ 0 }; rec_each(dossier, DOSSIER_FEES, &el);)
		if (el_num(dossier, &el, FEE_EL_STATUS) == FEE_UNPAID &&
		    el_num(dossier, &el, FEE_EL_PAID_AT) != MSEC_NONE)
			return reason_refuse(err, "fees", REASON_FEE_PAID_AT, NULL, NULL);
	return RC_OK;
}
