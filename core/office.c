#include "core/office.h"

#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/query.h"
#include "db/base/mem.h"

void office_init(struct office *office)
{
	*office = (struct office){ .cal = NULL };
	rec_init(&office->procedure, REC_PROCEDURE);
	for (size_t i = 0; i < DOSSIER_STEPS_MAX; i++)
		rec_init(&office->rows[i], REC_STEP);
}

void office_done(struct office *office)
{
	rec_done(&office->procedure);
	for (size_t i = 0; i < DOSSIER_STEPS_MAX; i++)
		rec_done(&office->rows[i]);
}

static enum rc take_step(void *ctx, const struct rec *row, struct err *err)
{
	struct office *office = ctx;
	struct rec *copy;

	(void)err;
	if (office->steps_count == DOSSIER_STEPS_MAX)
		return RC_OK;
	copy = &office->rows[office->steps_count];
	rec_copy(copy, row);
	office->steps[office->steps_count++] = (struct dossier_step){
		.unit = rec_text(copy, STEP_UNIT),
		.role = rec_text(copy, STEP_ROLE),
		.level = (int)rec_num_or(copy, STEP_LEVEL, LEVEL_WARD),
		.share = rec_num_or(copy, STEP_SHARE, 0),
	};
	return RC_OK;
}

enum rc office_load(struct app *app, const struct rec *dossier, struct office *out, struct err *err)
{
	const char *code = rec_text(dossier, DOSSIER_PROCEDURE_CODE);
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT);
	dayno day = dayno_of(received == MSEC_NONE ? app_now(app) : received);
	enum rc rc = catalog_calendar(app, &out->cal, err);

	if (!rc)
		rc = catalog_procedure(app, code, day, &out->procedure, err);
	if (rc == RC_NONE)
		rec_clear(&out->procedure, REC_PROCEDURE);
	else if (rc)
		return rc;
	out->allowance = catalog_allowance(&out->procedure, rec_num_or(dossier, DOSSIER_CHANNEL, CHANNEL_DIRECT));
	return catalog_steps(app, code, day, catalog_is_one_day(&out->allowance), take_step, out, err);
}

void office_context(struct app *app, const struct office *office, msec at, const char *note,
		    struct dossier_context *out)
{
	*out = (struct dossier_context){
		.cal = office->cal, .allowance = office->allowance, .steps = office->steps,
		.steps_count = office->steps_count, .at = at, .actor = app->user, .note = note,
	};
	memcpy(out->device, app->device, sizeof(out->device));
}

/* Pauses and extensions of a record, as deadline_explain takes them. */
struct moves {
	struct pause *pauses;
	struct extension *extensions;
};

static void read_moves(const struct rec *dossier, struct moves *moves, struct promise *promise)
{
	struct element el = { 0 };

	moves->pauses = mem_zeroed(rec_elements(dossier, DOSSIER_PAUSES), sizeof(*moves->pauses));
	moves->extensions = mem_zeroed(rec_elements(dossier, DOSSIER_EXTENSIONS), sizeof(*moves->extensions));
	while (rec_each(dossier, DOSSIER_PAUSES, &el))
		moves->pauses[promise->pauses_count++] = (struct pause){
			(int)el_num(dossier, &el, PAUSE_EL_KIND), el_num(dossier, &el, PAUSE_EL_FROM),
			el_num(dossier, &el, PAUSE_EL_TO),
		};
	el = (struct element){ 0 };
	while (rec_each(dossier, DOSSIER_EXTENSIONS, &el))
		moves->extensions[promise->extensions_count++] = (struct extension){
			el_num(dossier, &el, EXTENSION_EL_AT), el_num(dossier, &el, EXTENSION_EL_OLD_DUE_AT),
			el_num(dossier, &el, EXTENSION_EL_NEW_DUE_AT),
		};
	promise->pauses = moves->pauses;
	promise->extensions = moves->extensions;
}

enum rc office_count(struct app *app, const struct rec *dossier, struct office_due *out, struct err *err)
{
	struct office office;
	struct moves moves = { NULL, NULL };
	struct promise promise = {
		.received_at = rec_num(dossier, DOSSIER_RECEIVED_AT),
		.due_at = rec_num(dossier, DOSSIER_DUE_AT),
	};
	enum rc rc;

	*out = (struct office_due){ .due_at = promise.due_at, .counted = promise.due_at };
	if (promise.received_at == MSEC_NONE) {
		explain_add(&out->why, "Hồ sơ chưa được tiếp nhận: chưa có hẹn trả.",
			    "The dossier has not been received: nothing is promised yet.");
		return RC_OK;
	}
	office_init(&office);
	rc = office_load(app, dossier, &office, err);
	if (!rc) {
		promise.allowance = office.allowance;
		read_moves(dossier, &moves, &promise);
		rc = deadline_explain(office.cal, &promise, &out->counted, &out->provisional, &out->why, err);
	}
	free(moves.pauses);
	free(moves.extensions);
	office_done(&office);
	return rc;
}

enum rc office_explain(struct app *app, const char *code, struct office_due *out, struct err *err)
{
	struct rec dossier;
	enum rc rc;

	rec_init(&dossier, REC_DOSSIER);
	rc = query_dossier(app, code, &dossier, err);
	if (rc == RC_NONE)
		(void)err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s", code);
	if (!rc)
		rc = office_count(app, &dossier, out, err);
	rec_done(&dossier);
	return rc;
}
