#include "tests/unit/report_brute.h"

#include <stdio.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/rec_fields.h"

struct day_text {
	char text[CLOCK_TEXT];
};

static struct day_text day(msec at)
{
	struct day_text out = { "" };

	if (at != MSEC_NONE) {
		clock_format(at, out.text);
		out.text[10] = '\0';
	}
	return out;
}

static int before(msec at, const char *than)
{
	return strcmp(day(at).text, than) < 0;
}

static int after(msec at, const char *than)
{
	return strcmp(day(at).text, than) > 0;
}

static const char *row_level(const struct rec *rec, const char **field)
{
	static const struct {
		const char *code, *level, *field;
	} procedures[] = {
		{ "1.010803", "province", "Người có công" },
		{ "1.002759", "other", "Thực hiện chính sách BHXH, BHYT" },
		{ "1.001193", "ward", "Hộ tịch" },
		{ "1.000894", "ward", "Hộ tịch" },
	};
	bool ward = false, province = false, other = false;
	struct element el = { 0 };
	size_t i = 0;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		ward |= el_num(rec, &el, STEP_EL_LEVEL) == LEVEL_WARD;
		province |= el_num(rec, &el, STEP_EL_LEVEL) == LEVEL_PROVINCE;
		other |= el_num(rec, &el, STEP_EL_LEVEL) == LEVEL_OTHER;
	}
	while (strcmp(procedures[i].code, rec_text(rec, DOSSIER_PROCEDURE_CODE)) != 0)
		i++;
	*field = rec_has(rec, DOSSIER_FIELD_NAME) ? rec_text(rec, DOSSIER_FIELD_NAME) : procedures[i].field;
	return province ? "province" : other ? "other" : ward ? "ward" : procedures[i].level;
}

static int64_t *brute_row(struct brute *brute, const char *level, const char *field)
{
	size_t i = 0;

	while (i < brute->rows_count &&
	       (strcmp(brute->rows[i].level, level) != 0 || strcmp(brute->rows[i].field, field) != 0))
		i++;
	if (i == brute->rows_count)
		brute->rows[brute->rows_count++] = (struct brute_row){ level, field, { 0 } };
	return brute->rows[i].figures;
}

static msec brute_due(const struct rec *rec, const char *to, bool extended)
{
	struct element el = { 0 };

	while (rec_each(rec, DOSSIER_EXTENSIONS, &el))
		if (!extended || after(el_num(rec, &el, EXTENSION_EL_AT), to))
			return el_num(rec, &el, EXTENSION_EL_OLD_DUE_AT);
	return rec_num(rec, DOSSIER_DUE_AT);
}

static bool brute_paused(const struct rec *rec, const char *to)
{
	int64_t state = rec_num(rec, DOSSIER_STATE);
	struct element el = { 0 };
	bool any = false, paused = false;

	while (rec_each(rec, DOSSIER_PAUSES, &el)) {
		msec until = el_num(rec, &el, PAUSE_EL_TO);

		any = true;
		paused |= !after(el_num(rec, &el, PAUSE_EL_FROM), to) && (until == MSEC_NONE || after(until, to));
	}
	return any ? paused : state == STATE_SUPPLEMENT || state == STATE_FINANCE || state == STATE_STOPPED;
}

static void mark_level(struct brute *brute, const char *level)
{
	brute->late[brute->late_count].ward |= !strcmp(level, "ward");
	brute->late[brute->late_count].province |= !strcmp(level, "province");
	brute->late[brute->late_count].other |= !strcmp(level, "other");
}

static const char *level_of(const struct rec *rec, const struct element *el)
{
	static const char *const words[] = { "", "ward", "province", "other" };

	return words[el_num(rec, el, STEP_EL_LEVEL)];
}

static void brute_blame(struct brute *brute, const struct rec *rec, msec due, bool resolved, const char *to,
			const char *level)
{
	const char *holder = NULL, *given = NULL;
	struct day_text due_day = day(due);
	struct element el = { 0 };
	bool any = false;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		msec done = el_num(rec, &el, STEP_EL_DONE_AT);
		struct day_text end, step_due = day(el_num(rec, &el, STEP_EL_DUE_AT));

		if (after(el_num(rec, &el, STEP_EL_GIVEN_AT), to))
			continue;
		if (done == MSEC_NONE && resolved)
			done = rec_num(rec, DOSSIER_FINISHED_AT);
		end = day(done);
		if (done == MSEC_NONE || after(done, to))
			snprintf(end.text, sizeof(end.text), "%s", to);
		if (strcmp(end.text, step_due.text) > 0) {
			mark_level(brute, level_of(rec, &el));
			any = true;
		}
		if (after(el_num(rec, &el, STEP_EL_GIVEN_AT), due_day.text))
			continue;
		given = level_of(rec, &el);
		if (done == MSEC_NONE || after(done, due_day.text))
			holder = given;
	}
	if (!any)
		mark_level(brute, holder ? holder : given ? given : level);
	brute->late[brute->late_count].code = rec_text(rec, DOSSIER_CODE);
	brute->late[brute->late_count++].resolved = resolved;
}

static void brute_count(struct brute *brute, const struct rec *rec, const char *from, const char *to, bool extended)
{
	msec received = rec_num(rec, DOSSIER_RECEIVED_AT), finished = rec_num(rec, DOSSIER_FINISHED_AT), due;
	int64_t state = rec_num(rec, DOSSIER_STATE), *figures;
	const char *field, *level = row_level(rec, &field);
	int order;

	if (received == MSEC_NONE || state == STATE_REGISTERED || state == STATE_NOT_RECEIVED || after(received, to))
		return;
	if (finished != MSEC_NONE && after(finished, to))
		finished = MSEC_NONE;
	if (finished != MSEC_NONE && before(finished, from))
		return;
	figures = brute_row(brute, level, field);
	if (before(received, from))
		figures[CARRIED]++;
	else
		figures[rec_num(rec, DOSSIER_CHANNEL) == CHANNEL_ONLINE ? ONLINE : OTHER_WAYS]++;
	due = brute_due(rec, to, extended);
	if (finished == MSEC_NONE) {
		bool overdue = due != MSEC_NONE && before(due, to) && !brute_paused(rec, to);

		figures[overdue ? OVERDUE : IN_TIME]++;
		if (overdue)
			brute_blame(brute, rec, due, false, to, level);
		return;
	}
	order = due == MSEC_NONE || state == STATE_WITHDRAWN ? 0 : strcmp(day(finished).text, day(due).text);
	figures[order < 0 ? EARLY : order > 0 ? LATE : ON_TIME]++;
	if (order > 0)
		brute_blame(brute, rec, due, true, to, level);
}

void brute_run(struct brute *brute, const struct rec *recs, size_t recs_count, const char *from, const char *to,
	       bool extended)
{
	memset(brute, 0, sizeof(*brute));
	for (size_t i = 0; i < recs_count; i++)
		if (recs[i].kind == REC_DOSSIER)
			brute_count(brute, &recs[i], from, to, extended);
	for (size_t i = 0; i < brute->rows_count; i++)
		for (int k = 0; k < FIGURES; k++)
			brute->total[k] += brute->rows[i].figures[k];
}
