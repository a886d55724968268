#include "core/query.h"

#include <stdio.h>
#include <string.h>

#include "core/catalog.h"
#include "core/fact.h"
#include "core/rules/dossier.h"
#include "core/search.h"
#include "db/rec_fields.h"

enum { FIND_MAX = 500 };

static const struct {
	const char *name;
	struct words words;
} works[WORK_COUNT] = {
#define X(id, work_name, work_label) [WORK_##id] = { work_name, work_label },
	WORK_LIST(X)
#undef X
};

const struct words *work_words(enum work work)
{
	return &works[work < WORK_COUNT ? work : WORK_OPEN].words;
}

enum work work_named(const char *name)
{
	for (int i = 0; i < WORK_COUNT; i++)
		if (!strcmp(works[i].name, name))
			return (enum work)i;
	return WORK_COUNT;
}

const struct words *level_words(int level)
{
	static const struct words levels[QUERY_LEVELS] = {
		T("chưa rõ cấp", "level not said"),
		[LEVEL_WARD] = T("cấp xã", "ward"),
		[LEVEL_PROVINCE] = T("cấp tỉnh", "province"),
		[LEVEL_OTHER] = T("cơ quan khác", "other office"),
	};

	return &levels[level > 0 && level < QUERY_LEVELS ? level : 0];
}

/* The days lists are judged by. */
struct days {
	const struct calendar *cal;
	dayno today, next;
};

static enum rc load_days(struct app *app, struct days *out, struct err *err)
{
	enum rc rc = app_may(app, MAY_READ, err);

	if (!rc)
		rc = catalog_calendar(app, &out->cal, err);
	if (rc)
		return rc;
	out->today = dayno_of(app_now(app));
	out->next = calendar_add_days(out->cal, out->today, 1);
	return RC_OK;
}

static bool is_paused(const struct fact *fact)
{
	return fact->state == STATE_SUPPLEMENT || fact->state == STATE_FINANCE || fact->state == STATE_STOPPED;
}

/* Does a dossier stand in a worklist? */
static bool in_work(const struct fact *fact, enum work work, const struct days *days)
{
	bool open = fact->finished_at == MSEC_NONE && fact->state < STATE_DONE;
	bool runs = open && fact->due_at != MSEC_NONE && !is_paused(fact) && fact->state != STATE_REGISTERED;
	dayno due = runs ? dayno_of(fact->due_at) : 0;

	switch (work) {
	case WORK_CAME_IN:
		return fact->received_at != MSEC_NONE && dayno_of(fact->received_at) == days->today;
	case WORK_REGISTERED:
		return open && fact->state == STATE_REGISTERED;
	case WORK_HAND_OVER:
		return open && fact->state == STATE_RECEIVED;
	case WORK_DUE_TODAY:
		return runs && due == days->today;
	case WORK_DUE_NEXT:
		return runs && due > days->today && due <= days->next;
	case WORK_OVERDUE:
		return runs && due < days->today;
	case WORK_WAITING:
		return open && is_paused(fact);
	case WORK_TO_RETURN:
		return fact->state == STATE_DONE;
	case WORK_UNSCANNED:
		return open && fact->state != STATE_REGISTERED && fact->channel != CHANNEL_ONLINE &&
		       fact->scanned_at == MSEC_NONE;
	default:
		return open;
	}
}

/* The level of the step that holds it: given and not done. */
static int holding_level(struct app *app, const struct fact *fact)
{
	struct buf steps = BUF(1 << 16);
	struct step_fact step;
	struct packed at;
	int level = 0;

	if (fact_steps_get(app->db, fact->rec, &steps, NULL) == RC_OK) {
		at = packed_on((struct span){ steps.data, steps.len });
		while (packed_step(&at, &step))
			if (step.given_at != MSEC_NONE && step.done_at == MSEC_NONE)
				level = step.level;
	}
	buf_done(&steps);
	return level ? level : fact->level;
}

struct counting {
	struct app *app;
	struct days days;
	struct query_today *out;
};

static enum rc count_open(void *ctx, const struct fact *fact, struct err *err)
{
	struct counting *counting = ctx;

	(void)err;
	for (int work = WORK_REGISTERED; work < WORK_COUNT; work++)
		if (work != WORK_TO_RETURN && in_work(fact, (enum work)work, &counting->days))
			counting->out->count[work]++;
	if (in_work(fact, WORK_OVERDUE, &counting->days)) {
		int level = holding_level(counting->app, fact);

		counting->out->overdue_at[level > 0 && level < QUERY_LEVELS ? level : 0]++;
	}
	return RC_OK;
}

static enum rc count_in(void *ctx, const struct fact *fact, struct err *err)
{
	struct counting *counting = ctx;

	(void)fact;
	(void)err;
	counting->out->count[WORK_CAME_IN]++;
	return RC_OK;
}

static enum rc count_back(void *ctx, const struct fact *fact, struct err *err)
{
	struct counting *counting = ctx;

	(void)fact;
	(void)err;
	counting->out->count[WORK_TO_RETURN]++;
	return RC_OK;
}

enum rc query_today(struct app *app, struct query_today *out, struct err *err)
{
	struct counting counting = { .app = app, .out = out };
	enum rc rc = load_days(app, &counting.days, err);

	if (rc)
		return rc;
	memset(out, 0, sizeof(*out));
	out->today = counting.days.today;
	out->next = counting.days.next;
	rc = fact_walk_open(app->db, count_open, &counting, err);
	if (!rc)
		rc = fact_walk_received(app->db, dayno_start(out->today), dayno_start(out->today + 1), count_in,
					&counting, err);
	if (!rc)
		rc = fact_walk_back(app->db, count_back, &counting, err);
	return rc;
}

/* A walk under way: which dossiers, how many still, where they go. */
struct listing {
	struct app *app;
	struct days days;
	enum work work;
	const char *typed; /* NULL: a worklist */
	size_t left;
	query_visit *each;
	void *ctx;
};

/* Which field a hit was met in; of a number the last three digits: "CCCD …456". */
static const char *say_why(struct app *app, const struct rec *dossier, const char *typed, char *out, size_t size)
{
	static const struct {
		uint16_t tag;
		struct words words;
	} numbers[] = {
		{ DOSSIER_APPLICANT_ID_NO, T("CCCD", "ID") },
		{ DOSSIER_APPLICANT_PHONE, T("ĐT", "Phone") },
		{ DOSSIER_SUBMITTER_ID_NO, T("Người nộp", "Submitter") },
		{ DOSSIER_SUBMITTER_PHONE, T("Người nộp", "Submitter") },
	};
	uint16_t tag = search_why(dossier, typed);
	const struct field *field = field_tagged(rec_type(REC_DOSSIER)->fields, tag);
	const char *text = field ? rec_text(dossier, tag) : "";
	size_t len = strlen(text);

	if (!field)
		return "";
	(void)snprintf(out, size, "%s", words_in(&field->label, app->lang));
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].tag == tag)
			(void)snprintf(out, size, "%s …%s", words_in(&numbers[i].words, app->lang),
				       text + (len > 3 ? len - 3 : 0));
	return out;
}

/* One line from the dossier's row. */
static enum rc give_line(struct listing *listing, int64_t rec, int level, struct err *err)
{
	struct query_line line = { .rec = rec, .level = level, .why = "" };
	char why[256];
	char procedure[1600];
	struct row row;
	enum rc rc;

	row_init(&row);
	rc = row_read(listing->app->db, rec, &row, err);
	if (!rc) {
		line.code = rec_text(&row.body, DOSSIER_CODE);
		line.name = rec_text(&row.body, DOSSIER_APPLICANT_NAME);
		line.procedure_code = rec_text(&row.body, DOSSIER_PROCEDURE_CODE);
		line.procedure = query_procedure_name(listing->app, line.procedure_code, procedure, sizeof(procedure));
		line.field_name = rec_text(&row.body, DOSSIER_FIELD_NAME);
		line.state = dossier_state(&row.body);
		line.paused = dossier_is_paused(&row.body);
		line.received_at = rec_num(&row.body, DOSSIER_RECEIVED_AT);
		line.due_at = rec_num(&row.body, DOSSIER_DUE_AT);
		if (line.due_at != MSEC_NONE)
			line.days_left = deadline_days_left(listing->days.cal, line.due_at, listing->days.today);
		if (listing->typed)
			line.why = say_why(listing->app, &row.body, listing->typed, why, sizeof(why));
		rc = listing->each(listing->ctx, &line, err);
	}
	row_done(&row);
	return rc;
}

static enum rc list_fact(void *ctx, const struct fact *fact, struct err *err)
{
	struct listing *listing = ctx;

	if (!listing->left || !in_work(fact, listing->work, &listing->days))
		return RC_OK;
	listing->left--;
	return give_line(listing, fact->rec, holding_level(listing->app, fact), err);
}

enum rc query_worklist(struct app *app, enum work work, size_t limit, query_visit *each, void *ctx, struct err *err)
{
	struct listing listing = { .app = app, .work = work, .left = limit, .each = each, .ctx = ctx };
	enum rc rc = load_days(app, &listing.days, err);

	if (!rc && work == WORK_CAME_IN)
		rc = fact_walk_received(app->db, dayno_start(listing.days.today), dayno_start(listing.days.today + 1),
					list_fact, &listing, err);
	else if (!rc && work == WORK_TO_RETURN)
		rc = fact_walk_back(app->db, list_fact, &listing, err);
	else if (!rc)
		rc = fact_walk_open(app->db, list_fact, &listing, err);
	return rc;
}

static enum rc found_level(void *ctx, const struct fact *fact, struct err *err)
{
	(void)err;
	*(int *)ctx = fact->level;
	return RC_OK;
}

enum rc query_find(struct app *app, const char *typed, size_t limit, query_visit *each, void *ctx, struct err *err)
{
	struct listing listing = { .app = app, .typed = typed, .each = each, .ctx = ctx };
	int64_t recs[FIND_MAX];
	size_t count = 0;
	enum rc rc = load_days(app, &listing.days, err);

	if (!rc)
		rc = search_find(app, REC_DOSSIER, typed, recs, limit < FIND_MAX ? limit : FIND_MAX, &count, err);
	for (size_t i = 0; !rc && i < count; i++) {
		int level = 0;

		rc = fact_one(app->db, recs[i], found_level, &level, err);
		if (!rc || rc == RC_NONE)
			rc = give_line(&listing, recs[i], level, err);
	}
	return rc;
}

enum rc query_dossier(struct app *app, const char *code, struct rec *out, struct err *err)
{
	struct row row;
	enum rc rc = app_may(app, MAY_READ, err);

	if (rc)
		return rc;
	row_init(&row);
	rc = row_get(app->db, REC_DOSSIER, code, &row, err);
	if (!rc)
		rec_copy(out, &row.body);
	row_done(&row);
	return rc;
}

const char *query_procedure_name(struct app *app, const char *code, char *out, size_t size)
{
	struct rec procedure;

	rec_init(&procedure, REC_PROCEDURE);
	(void)snprintf(out, size, "%s", code);
	if (catalog_procedure(app, code, dayno_of(app_now(app)), &procedure, NULL) == RC_OK)
		(void)snprintf(out, size, "%s", rec_text(&procedure, PROCEDURE_NAME));
	rec_done(&procedure);
	return out;
}
