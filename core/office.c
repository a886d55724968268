#include "core/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/setting.h"

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
	free(office->cal);
	office->cal = NULL;
}

static enum rc add_holiday(void *ctx, const struct row *row, struct err *err)
{
	const struct rec *day = &row->body;

	if (rec_true(day, HOLIDAY_CANCELLED) || !rec_has(day, HOLIDAY_DATE))
		return RC_OK;
	return calendar_add(ctx, (dayno)rec_num(day, HOLIDAY_DATE), rec_true(day, HOLIDAY_IS_WORKDAY),
			    !strcmp(rec_text(day, HOLIDAY_VERIFIED), "projected"), rec_text(day, HOLIDAY_NAME_VI),
			    rec_text(day, HOLIDAY_NAME_EN), err);
}

static enum rc load_calendar(struct app *app, struct calendar *cal, struct err *err)
{
	struct buf hours = BUF(8192), week = BUF(8192);
	bool workday[7];
	enum rc rc;

	calendar_init(cal);
	setting_get(app, "hours", &hours);
	setting_get(app, "workdays", &week);
	rc = calendar_set_hours(cal, CALENDAR_EVERY_DAY, buf_str(&hours), err);
	for (size_t i = 0; i < 7; i++)
		workday[i] = i < week.len && week.data[i] == '1';
	if (!rc)
		rc = calendar_set_week(cal, workday, err);
	if (!rc)
		rc = row_walk(app->db, REC_HOLIDAY, add_holiday, cal, err);
	buf_done(&hours);
	buf_done(&week);
	return rc;
}

/* The newest version in force on a day. */
struct version {
	struct rec *best;
	dayno day;
	int64_t from;
	bool any;
};

static enum rc take_newer(void *ctx, const struct row *row, struct err *err)
{
	struct version *version = ctx;
	int64_t from = rec_num(&row->body, PROCEDURE_EFFECTIVE_FROM), to = rec_num(&row->body, PROCEDURE_EFFECTIVE_TO);

	(void)err;
	if ((from != MSEC_NONE && from > version->day) || (to != MSEC_NONE && to < version->day) ||
	    (version->any && from < version->from))
		return RC_OK;
	rec_copy(version->best, &row->body);
	version->from = from;
	version->any = true;
	return RC_OK;
}

static enum rc load_procedure(struct app *app, const char *code, dayno day, struct rec *out, struct err *err)
{
	struct version version = { .best = out, .day = day };
	char prefix[64];

	(void)snprintf(prefix, sizeof(prefix), "%s@", code);
	return row_walk_prefix(app->db, REC_PROCEDURE, prefix, take_newer, &version, err);
}

/* Steps of one template: all rows of its newest version in force. */
struct template {
	struct office *office;
	dayno day;
	int64_t from;
};

static enum rc take_step(void *ctx, const struct row *row, struct err *err)
{
	struct template *template = ctx;
	struct office *office = template->office;
	int64_t from = rec_num(&row->body, STEP_EFFECTIVE_FROM);

	(void)err;
	if ((from != MSEC_NONE && from > template->day) || (office->steps_count && from < template->from))
		return RC_OK;
	if (office->steps_count && from > template->from)
		office->steps_count = 0;
	template->from = from;
	if (office->steps_count < DOSSIER_STEPS_MAX)
		rec_copy(&office->rows[office->steps_count++], &row->body);
	return RC_OK;
}

static enum rc load_template(struct app *app, const char *name, dayno day, struct office *office, struct err *err)
{
	struct template template = { .office = office, .day = day, .from = MSEC_NONE };
	char prefix[64];

	office->steps_count = 0;
	(void)snprintf(prefix, sizeof(prefix), "%s/", name);
	return row_walk_prefix(app->db, REC_STEP, prefix, take_step, &template, err);
}

static bool is_one_day(const struct allowance *allowance)
{
	return allowance->same_day_15h || (allowance->unit == WORKING_DAY && allowance->value <= 1) ||
	       (allowance->unit == CALENDAR_DAY && allowance->value <= 1) ||
	       (allowance->unit == WORKING_HOUR && allowance->value <= 8) ||
	       (allowance->unit == HOUR && allowance->value <= 24);
}

static enum rc load_steps(struct app *app, const char *code, dayno day, struct office *out, struct err *err)
{
	enum rc rc = load_template(app, code, day, out, err);

	if (!rc && !out->steps_count && is_one_day(&out->allowance))
		rc = load_template(app, "#one_day", day, out, err);
	if (!rc && !out->steps_count)
		rc = load_template(app, "*", day, out, err);
	for (size_t i = 0; !rc && i < out->steps_count; i++)
		out->steps[i] = (struct dossier_step){
			.unit = rec_text(&out->rows[i], STEP_UNIT),
			.role = rec_text(&out->rows[i], STEP_ROLE),
			.level = (int)rec_num_or(&out->rows[i], STEP_LEVEL, LEVEL_WARD),
			.share = rec_num_or(&out->rows[i], STEP_SHARE, 0),
		};
	return rc;
}

static struct allowance allowance_of(const struct rec *procedure, int64_t channel)
{
	static const unsigned tags[][2] = {
		[CHANNEL_DIRECT] = { PROCEDURE_TIME_VALUE, PROCEDURE_TIME_UNIT },
		[CHANNEL_ONLINE] = { PROCEDURE_TIME_ONLINE_VALUE, PROCEDURE_TIME_ONLINE_UNIT },
		[CHANNEL_POSTAL] = { PROCEDURE_TIME_POSTAL_VALUE, PROCEDURE_TIME_POSTAL_UNIT },
	};
	size_t row = channel >= CHANNEL_DIRECT && channel <= CHANNEL_POSTAL ? (size_t)channel : CHANNEL_DIRECT;

	if (!rec_has(procedure, tags[row][0])) /* an offered channel without a time has the counter's */
		row = CHANNEL_DIRECT;
	if (!rec_has(procedure, tags[row][0]) && !rec_true(procedure, PROCEDURE_AFTER_15H_NEXT_DAY))
		return (struct allowance){ 0, UNIT_NONE, false };
	return (struct allowance){
		.value = (int32_t)rec_num_or(procedure, tags[row][0], 0),
		.unit = (enum time_unit)rec_num_or(procedure, tags[row][1], WORKING_DAY),
		.same_day_15h = rec_true(procedure, PROCEDURE_AFTER_15H_NEXT_DAY),
	};
}

enum rc office_load(struct app *app, const struct rec *dossier, struct office *out, struct err *err)
{
	const char *code = rec_text(dossier, DOSSIER_PROCEDURE_CODE);
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT);
	dayno day = dayno_of(received == MSEC_NONE ? app_now(app) : received);
	enum rc rc;

	out->cal = malloc(sizeof(*out->cal));
	if (!out->cal)
		die("out of memory");
	rc = load_calendar(app, out->cal, err);
	if (!rc)
		rc = load_procedure(app, code, day, &out->procedure, err);
	if (rc)
		return rc;
	out->allowance = allowance_of(&out->procedure, rec_num_or(dossier, DOSSIER_CHANNEL, CHANNEL_DIRECT));
	return load_steps(app, code, day, out, err);
}

void office_context(struct app *app, const struct office *office, msec at, const char *note, struct dossier_context *out)
{
	*out = (struct dossier_context){
		.cal = office->cal, .allowance = office->allowance, .steps = office->steps,
		.steps_count = office->steps_count, .at = at, .actor = app->user, .note = note,
	};
	memcpy(out->device, app->device, sizeof(out->device));
}
