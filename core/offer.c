/* offer.c - see offer.h. */
#include "core/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/fact.h"
#include "core/office.h"
#include "core/query.h"
#include "core/session.h"
#include "db/base/vn.h"

enum {
	OPEN_LOOKED_AT = 2000,   /* dossiers whose steps are asked for units */
	REFUSED_LOOKED_AT = 1000,
	UNITS_SEEN = 400,
	PLACES = 1000,           /* numbers of neighbourhoods below this */
	PLACES_SAID = 100,       /* what a ward says of itself is believed up to here */
};

void offers_done(struct offers *offers)
{
	for (size_t i = 0; i < offers->count; i++) {
		free(offers->list[i].value);
		free(offers->list[i].what);
	}
	free(offers->list);
	*offers = (struct offers){ NULL, 0 };
}

static char *copy_of(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		die("out of memory");
	return copy;
}

void offers_add(struct offers *offers, const char *value, const char *what)
{
	if (!*value || offers->count == OFFERS_MAX)
		return;
	for (size_t i = 0; i < offers->count; i++)
		if (!strcmp(offers->list[i].value, value))
			return;
	if (!offers->list)
		offers->list = calloc(OFFERS_MAX, sizeof(*offers->list));
	if (!offers->list)
		die("out of memory");
	offers->list[offers->count++] = (struct offer){ copy_of(value), copy_of(what), 0 };
}

static int by_alphabet(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;
	struct buf one = BUF(8192), other = BUF(8192);
	int order;

	vn_sort_key_text(x->value, &one);
	vn_sort_key_text(y->value, &other);
	order = strcmp(buf_str(&one), buf_str(&other));
	buf_done(&one);
	buf_done(&other);
	return order;
}

/* Those from the nth on, by the alphabet. */
static void sort_from(struct offers *offers, size_t from)
{
	if (offers->count > from)
		qsort(offers->list + from, offers->count - from, sizeof(*offers->list), by_alphabet);
}

/* Units. */

struct finding {
	struct app *app;
	struct offers *out;
	size_t looked;
	struct seen {
		int64_t ix; /* of its name */
		int level;
	} seen[UNITS_SEEN];
	size_t seen_count;
};

/* A unit; where it is is said unless that is where we are. */
static void add_unit(const struct app *app, struct offers *out, const char *unit, int64_t level)
{
	bool away = level == LEVEL_PROVINCE || level == LEVEL_OTHER;
	size_t before = out->count;

	offers_add(out, unit, away ? words_in(level_words((int)level), app->lang) : "");
	if (out->count > before && level >= LEVEL_WARD && level <= LEVEL_OTHER)
		out->list[before].level = (int)level;
}

enum rc offer_template(struct app *app, const struct rec *dossier, struct offers *out, struct err *err)
{
	struct office *office = calloc(1, sizeof(*office));
	enum rc rc = app_may(app, MAY_READ, err);

	if (!office)
		die("out of memory");
	office_init(office);
	if (!rc)
		rc = office_load(app, dossier, office, err);
	for (size_t i = 0; !rc && i < office->steps_count; i++)
		add_unit(app, out, office->steps[i].unit, office->steps[i].level);
	office_done(office);
	free(office);
	return rc;
}

static enum rc add_step(void *ctx, const struct rec *step, struct err *err)
{
	struct finding *finding = ctx;

	(void)err;
	add_unit(finding->app, finding->out, rec_text(step, STEP_UNIT), rec_num_or(step, STEP_LEVEL, 0));
	return RC_OK;
}

static const struct seen *seen_unit(const struct finding *finding, int64_t ix)
{
	for (size_t i = 0; i < finding->seen_count; i++)
		if (finding->seen[i].ix == ix)
			return &finding->seen[i];
	return NULL;
}

static enum rc see_units(void *ctx, const struct fact *fact, struct err *err)
{
	struct finding *finding = ctx;
	struct buf steps = BUF(REC_TEXT_MAX);
	struct step_fact step;
	struct packed at;
	enum rc rc;

	if (finding->looked++ >= OPEN_LOOKED_AT)
		return RC_OK;
	rc = fact_steps_get(finding->app->db, fact->rec, &steps, err);
	at = packed_on((struct span){ steps.data, steps.len });
	while (!rc && packed_step(&at, &step))
		if (step.unit && finding->seen_count < UNITS_SEEN && !seen_unit(finding, step.unit))
			finding->seen[finding->seen_count++] = (struct seen){ step.unit, step.level };
	buf_done(&steps);
	return rc;
}

static enum rc add_seen(void *ctx, int64_t ix, const char *text, struct err *err)
{
	struct finding *finding = ctx;
	const struct seen *seen = seen_unit(finding, ix);

	(void)err;
	if (seen)
		add_unit(finding->app, finding->out, text, seen->level);
	return RC_OK;
}

enum rc offer_units(struct app *app, const struct rec *dossier, struct offers *out, struct err *err)
{
	struct finding finding = { .app = app, .out = out };
	enum rc rc = dossier ? offer_template(app, dossier, out, err) : app_may(app, MAY_READ, err);
	struct element el = { .from = 0 };
	size_t from;

	while (!rc && dossier && rec_each(dossier, DOSSIER_STEPS, &el))
		add_unit(app, out, el_text(dossier, &el, STEP_EL_UNIT), el_num(dossier, &el, STEP_EL_LEVEL));
	from = out->count;
	if (!rc)
		rc = catalog_walk(app, REC_STEP, add_step, &finding, err);
	sort_from(out, from);
	from = out->count;
	if (!rc)
		rc = fact_walk_open(app->db, see_units, &finding, err);
	if (!rc && finding.seen_count)
		rc = name_walk(app->db, add_seen, &finding, err);
	sort_from(out, from);
	return rc;
}

/* People. */

/* Who does what the next step of the dossier asks for. */
static enum role next_role(const struct rec *dossier)
{
	struct element el = { .from = 0 };
	int64_t first = INT64_MAX;
	const char *role = "";

	while (dossier && rec_each(dossier, DOSSIER_STEPS, &el)) {
		int64_t seq = el_num(dossier, &el, STEP_EL_SEQ);

		if (el_num(dossier, &el, STEP_EL_GIVEN_AT) == MSEC_NONE && seq < first) {
			first = seq;
			role = el_text(dossier, &el, STEP_EL_ROLE);
		}
	}
	if (!strcmp(role, "sign"))
		return ROLE_LEADER;
	return !strcmp(role, "intake") || !strcmp(role, "result") ? ROLE_CLERK : ROLE_OFFICER;
}

struct people {
	const struct app *app;
	enum role role;
	struct offers *out;
};

static enum rc add_person(void *ctx, const struct session_user *user, struct err *err)
{
	const struct people *people = ctx;
	const char *role = words_in(role_label(user->role), people->app->lang);
	char what[300];

	(void)err;
	if (user->role != people->role || user->disabled)
		return RC_OK;
	snprintf(what, sizeof(what), "%s%s%s", user->full_name, *user->full_name ? ", " : "", role);
	offers_add(people->out, user->name, what);
	return RC_OK;
}

enum rc offer_people(struct app *app, const struct rec *dossier, struct offers *out, struct err *err)
{
	const enum role order[] = { next_role(dossier), ROLE_OFFICER, ROLE_LEADER, ROLE_CLERK, ROLE_ADMIN };
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < ARRAY_LEN(order); i++) {
		struct people people = { app, order[i], out };
		size_t from = out->count;

		rc = session_list(app, add_person, &people, err);
		sort_from(out, from);
	}
	return rc;
}

/* Why dossiers were refused. */

static enum rc add_reason(void *ctx, const struct fact *fact, struct err *err)
{
	struct finding *finding = ctx;
	struct row row;
	enum rc rc;

	if (fact->state != STATE_NOT_RECEIVED && !(fact->flags & FACT_REFUSED))
		return RC_OK;
	if (finding->looked++ >= REFUSED_LOOKED_AT)
		return RC_OK;
	row_init(&row);
	rc = row_read(finding->app->db, fact->rec, &row, err);
	if (!rc)
		offers_add(finding->out, rec_text(&row.body, DOSSIER_REASON_CODE),
			   rec_text(&row.body, DOSSIER_REASON));
	row_done(&row);
	return rc;
}

enum rc offer_reason_codes(struct app *app, struct offers *out, struct err *err)
{
	struct finding finding = { .app = app, .out = out };
	enum rc rc = app_may(app, MAY_READ, err);
	size_t from = out->count;

	if (!rc)
		rc = fact_walk(app->db, add_reason, &finding, err);
	sort_from(out, from);
	return rc;
}

/* Papers. */

struct papers {
	const struct rec *dossier;
	struct offers *out;
	enum lang lang;
	bool missing; /* these, or the others */
};

/* The dossier's list has it, and as one that is still to come. */
static bool is_missing(const struct rec *dossier, const struct rec *document)
{
	struct element el = { .from = 0 };
	char number[24];

	snprintf(number, sizeof(number), "%02lld", (long long)rec_num_or(document, DOCUMENT_SEQ, 0));
	while (rec_each(dossier, DOSSIER_COMPONENTS, &el))
		if (!strcmp(el_text(dossier, &el, COMPONENT_EL_COMPONENT), number))
			return !el_true(dossier, &el, COMPONENT_EL_HELD);
	return false;
}

static enum rc add_paper(void *ctx, const struct rec *document, struct err *err)
{
	static const struct words missing = T("chưa có", "missing");
	struct papers *papers = ctx;

	(void)err;
	if (is_missing(papers->dossier, document) == papers->missing)
		offers_add(papers->out, rec_text(document, DOCUMENT_DOCUMENT_NAME),
			   papers->missing ? words_in(&missing, papers->lang) : "");
	return RC_OK;
}

static enum rc add_papers(struct app *app, const struct rec *dossier, bool missing, struct offers *out,
			  struct err *err)
{
	struct papers papers = { dossier, out, app->lang, missing };
	const char *code = rec_text(dossier, DOSSIER_PROCEDURE_CODE);
	enum rc rc = app_may(app, MAY_READ, err);

	return rc ? rc : catalog_components(app, code, dayno_of(app_now(app)), add_paper, &papers, err);
}

enum rc offer_missing(struct app *app, const struct rec *dossier, struct offers *out, struct err *err)
{
	return add_papers(app, dossier, true, out, err);
}

enum rc offer_papers(struct app *app, const struct rec *dossier, struct offers *out, struct err *err)
{
	enum rc rc = offer_missing(app, dossier, out, err);

	return rc ? rc : add_papers(app, dossier, false, out, err);
}

/* Neighbourhoods. */

struct places {
	bool there[PLACES];
	int64_t households[PLACES];
};

static void see_place(struct places *places, int64_t number, bool household)
{
	if (number < 1 || number >= PLACES)
		return;
	places->there[number] = true;
	places->households[number] += household;
}

static enum rc see_place_of(void *ctx, const struct row *row, struct err *err)
{
	struct places *places = ctx;

	(void)err;
	switch (row->kind) {
	case REC_WARD:
		for (int64_t n = rec_num_or(&row->body, WARD_NEIGHBOURHOODS, 0); n > 0; n--)
			if (n <= PLACES_SAID)
				see_place(places, n, false);
		break;
	case REC_HOUSEHOLD:
		see_place(places, rec_num_or(&row->body, HOUSEHOLD_NEIGHBOURHOOD, 0), true);
		break;
	case REC_MEMBER:
		see_place(places, rec_num_or(&row->body, MEMBER_NEIGHBOURHOOD, 0), false);
		break;
	default:
		break;
	}
	return RC_OK;
}

static enum rc see_place_helped(void *ctx, const struct fact_help *help, struct err *err)
{
	(void)err;
	see_place(ctx, help->neighbourhood, false);
	return RC_OK;
}

enum rc offer_neighbourhoods(struct app *app, struct offers *out, struct err *err)
{
	static const enum rec_kind kinds[] = { REC_WARD, REC_HOUSEHOLD, REC_MEMBER };
	static const struct words one = T("hộ", "household"), many = T("hộ", "households");
	struct places *places = calloc(1, sizeof(*places));
	enum rc rc = app_may(app, MAY_READ, err);

	if (!places)
		die("out of memory");
	for (size_t i = 0; !rc && i < ARRAY_LEN(kinds); i++)
		rc = row_walk(app->db, kinds[i], see_place_of, places, err);
	if (!rc)
		rc = fact_help_walk(app->db, see_place_helped, places, err);
	for (int i = 1; !rc && i < PLACES; i++) {
		long long count = (long long)places->households[i];
		char number[16], what[64] = "";

		snprintf(number, sizeof(number), "%d", i);
		if (count)
			snprintf(what, sizeof(what), "%lld %s", count, words_in(count == 1 ? &one : &many, app->lang));
		if (places->there[i])
			offers_add(out, number, what);
	}
	free(places);
	return rc;
}
