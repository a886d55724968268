#include "core/act.h"

#include <stdio.h>
#include <string.h>

#include "core/commit.h"
#include "core/exchange.h"
#include "core/office.h"

static void at_words(msec at, char text[CLOCK_SHORT_TEXT], struct words *words)
{
	(void)clock_format_short(at, text);
	*words = (struct words){ text, text };
}

/* When it happened: told, or now; a clock that went back must not keep a clerk from working. */
static enum rc settle_time(struct app *app, const struct rec *dossier, msec told, msec *at, struct err *err)
{
	msec last = dossier_last_fact(dossier), now = app_now(app) / SECOND_MS * SECOND_MS;
	char text[CLOCK_SHORT_TEXT];
	struct words when;

	if (told == MSEC_NONE) {
		*at = last != MSEC_NONE && last > now ? last : now;
		return RC_OK;
	}
	if (told > app_now(app)) {
		at_words(app_now(app), text, &when);
		return reason_refuse(err, "at", REASON_AT_FUTURE, &when, NULL);
	}
	if (last != MSEC_NONE && told < last) {
		at_words(last, text, &when);
		return reason_refuse(err, "at", REASON_AT_BEFORE, &when, NULL);
	}
	*at = told;
	return RC_OK;
}

enum rc act_may(struct app *app, const struct rec *dossier, enum verb verb, struct err *err)
{
	msec at = app_now(app);
	enum rc rc = app_may(app, dossier_right(dossier, verb, at), err);

	return rc ? rc : dossier_allows(dossier, verb, at, NULL, err);
}

/* A correction may not name a procedure that nobody knows. */
static enum rc check_procedure(const struct act_input *input, const struct office *office, enum verb verb,
			       struct err *err)
{
	if (verb == VERB_CORRECT && rec_has(&input->fields, DOSSIER_PROCEDURE_CODE) && !office->procedure.count)
		return err_field(err, "procedure_code", "không có thủ tục này trong danh mục",
				 "there is no such procedure in the catalogue");
	return RC_OK;
}

/* What became of it: state, promise, and the unit of the step given last and not done. */
static void tell_result(const struct rec *dossier, struct act_result *result)
{
	struct element el = { 0 };
	msec given = MSEC_NONE;

	result->state = dossier_state(dossier);
	result->due_at = rec_num(dossier, DOSSIER_DUE_AT);
	result->holder[0] = '\0';
	while (dossier_is_open(dossier) && rec_each(dossier, DOSSIER_STEPS, &el)) {
		msec at = el_num(dossier, &el, STEP_EL_GIVEN_AT);

		if (at == MSEC_NONE || el_num(dossier, &el, STEP_EL_DONE_AT) != MSEC_NONE ||
		    (given != MSEC_NONE && at < given))
			continue;
		given = at;
		(void)snprintf(result->holder, sizeof(result->holder), "%s", el_text(dossier, &el, STEP_EL_UNIT));
	}
}

/* What the verb makes of the dossier, as cells to set: nothing is written. */
static enum rc judge_change(struct app *app, const struct row *row, enum verb verb, const struct act_input *input,
			    msec at, struct rec *set, struct act_result *result, struct err *err)
{
	struct rec after, view;
	struct office office;
	struct dossier_context ctx;
	enum rc rc;

	rec_init(&after, REC_DOSSIER);
	rec_init(&view, REC_DOSSIER);
	office_init(&office);
	rec_copy(&view, &row->body);
	if (verb == VERB_CORRECT && rec_has(&input->fields, DOSSIER_PROCEDURE_CODE))
		rec_put_text(&view, DOSSIER_PROCEDURE_CODE, rec_text(&input->fields, DOSSIER_PROCEDURE_CODE));
	if (verb == VERB_ACCEPT)
		rec_put_num(&view, DOSSIER_RECEIVED_AT, rec_num_or(&input->fields, VERB_FIELD_RECEIVED_AT, at));
	rc = office_load(app, &view, &office, err);
	if (!rc)
		rc = check_procedure(input, &office, verb, err);
	if (!rc) {
		office_context(app, &office, at, input->note, &ctx);
		rc = dossier_change(&row->body, verb, &input->fields, &ctx, &after, &result->doubts, err);
	}
	if (!rc && verb == VERB_CORRECT)
		rc = exchange_check_shapes(&after, err);
	if (!rc) {
		rec_diff(&row->body, &after, set);
		tell_result(&after, result);
	}
	office_done(&office);
	rec_done(&view);
	rec_done(&after);
	return rc;
}

static enum rc change_dossier(struct app *app, const struct row *row, enum verb verb, const struct act_input *input,
			      msec at, bool keep, struct act_result *result, struct err *err)
{
	struct rec set;
	struct change change = { .verb = verb, .kind = REC_DOSSIER, .rec = row->rec, .set = &set, .note = input->note };
	enum rc rc;

	rec_init(&set, REC_DOSSIER);
	rc = judge_change(app, row, verb, input, at, &set, result, err);
	if (!rc && keep)
		rc = commit_change(app, &change, NULL, NULL, err);
	rec_done(&set);
	return rc;
}

/* Reception told with `accept` is the moment it happened, unless another was told. */
static msec told_at(enum verb verb, const struct act_input *input)
{
	if (verb == VERB_ACCEPT && input->at == MSEC_NONE)
		return rec_num(&input->fields, VERB_FIELD_RECEIVED_AT);
	return input->at;
}

static enum rc run_on(struct app *app, const char *code, struct row *row, enum verb verb, const struct act_input *input,
		      bool keep, struct act_result *result, struct err *err)
{
	msec at = MSEC_NONE;
	enum rc rc = settle_time(app, &row->body, told_at(verb, input), &at, err);

	if (!rc)
		rc = app_may(app, dossier_right(&row->body, verb, at), err);
	if (!rc && verb == VERB_UNDO)
		rc = act_undo(app, row, input->note, keep, err);
	else if (!rc)
		rc = change_dossier(app, row, verb, input, at, keep, result, err);
	if (rc || !keep)
		return rc;
	rc = row_get(app->db, REC_DOSSIER, code, row, err);
	if (rc)
		return rc;
	tell_result(&row->body, result);
	return RC_OK;
}

static enum rc run_or_check(struct app *app, const char *code, enum verb verb, const struct act_input *input,
			    bool keep, struct act_result *result, struct err *err)
{
	struct act_result own = { .due_at = MSEC_NONE };
	struct row row;
	enum rc rc;

	row_init(&row);
	rc = row_get(app->db, REC_DOSSIER, code, &row, err);
	if (rc == RC_NONE)
		(void)err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s", code);
	if (!rc)
		rc = run_on(app, code, &row, verb, input, keep, &own, err);
	if (!rc && result)
		*result = own;
	row_done(&row);
	return rc;
}

enum rc act_run(struct app *app, const char *code, enum verb verb, const struct act_input *input,
		struct act_result *result, struct err *err)
{
	return run_or_check(app, code, verb, input, true, result, err);
}

enum rc act_check(struct app *app, const char *code, enum verb verb, const struct act_input *input,
		  struct act_result *result, struct err *err)
{
	return run_or_check(app, code, verb, input, false, result, err);
}

enum rc act_printed(struct app *app, const char *code, struct err *err)
{
	struct rec set;
	struct row row;
	struct change change = { .verb = VERB_PRINT, .kind = REC_DOSSIER, .set = &set };
	enum rc rc;

	row_init(&row);
	rec_init(&set, REC_DOSSIER);
	rc = row_get(app->db, REC_DOSSIER, code, &row, err);
	if (!rc && !rec_true(&row.body, DOSSIER_SLIP_PRINTED)) {
		change.rec = row.rec;
		rec_put_num(&set, DOSSIER_SLIP_PRINTED, 1);
		rc = commit_change(app, &change, NULL, NULL, err);
	}
	rec_done(&set);
	row_done(&row);
	return rc;
}
