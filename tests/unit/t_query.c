/* t_query.c - worklists and today's counts follow what is done to a dossier. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/intake.h"
#include "core/query.h"
#include "core/rules/dossier.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

static struct app app;

static int setup(void **state)
{
	(void)state;
	ward_open(&app);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	clock_set_test(MSEC_NONE);
	ward_close(&app);
	return 0;
}

/* What a walk saw. */
struct seen {
	size_t count;
	char code[44];
	int64_t days_left, at_level[QUERY_LEVELS];
	int state;
};

static enum rc see(void *ctx, const struct query_line *line, struct err *err)
{
	struct seen *seen = ctx;

	(void)err;
	seen->count++;
	snprintf(seen->code, sizeof(seen->code), "%s", line->code);
	seen->days_left = line->days_left;
	seen->state = line->state;
	seen->at_level[line->level > 0 && line->level < QUERY_LEVELS ? line->level : 0]++;
	assert_true(*line->name && *line->procedure && *line->field_name);
	return RC_OK;
}

static size_t listed(enum work work)
{
	struct seen seen = { .count = 0 };

	assert_int_equal(query_worklist(&app, work, 100, see, &seen, NULL), RC_OK);
	return seen.count;
}

/* What home counts as late at a level is what the list shows there. */
static void levels_are_counted_alike(const struct query_today *today)
{
	struct seen seen = { .count = 0 };

	assert_int_equal(query_worklist(&app, WORK_OVERDUE, 100, see, &seen, NULL), RC_OK);
	for (size_t level = 0; level < QUERY_LEVELS; level++)
		assert_int_equal(seen.at_level[level], today->overdue_at[level]);
}

static void act(const char *code, enum verb verb)
{
	struct act_input input;
	struct err err = { .rc = RC_OK };

	act_input_init(&input, verb);
	if (verb == VERB_SUPPLEMENT)
		assert_int_equal(act_input_put(&input, verb, "items", "Giấy chứng sinh", &err), RC_OK);
	assert_int_equal(act_run(&app, code, verb, &input, NULL, &err), RC_OK);
	act_input_done(&input);
}

/* Steps of one dossier's life: what is done at which moment, and the lists it then stands in. */
static const struct {
	const char *what, *now;
	enum verb verb; /* VERB_NONE: time passes */
	unsigned lists;
} steps[] = {
#define IN(id) (1u << WORK_##id)
#define OPEN (IN(OPEN) | IN(UNSCANNED)) /* nothing of it is scanned */
	{ "received", "2026-11-25 08:00:00", VERB_RECEIVE, IN(CAME_IN) | IN(HAND_OVER) | OPEN | IN(DUE_NEXT) },
	{ "handed over", "2026-11-25 09:00:00", VERB_FORWARD, IN(CAME_IN) | OPEN | IN(DUE_NEXT) },
	{ "the day it is due", "2026-11-26 09:00:00", VERB_NONE, OPEN | IN(DUE_TODAY) },
	{ "papers are asked for", "2026-11-26 09:30:00", VERB_SUPPLEMENT, OPEN | IN(WAITING) },
	{ "days later, still no papers", "2026-11-30 09:30:00", VERB_NONE, OPEN | IN(WAITING) },
	{ "the papers come", "2026-11-30 10:00:00", VERB_RESUME, OPEN | IN(DUE_TODAY) },
	{ "too late", "2026-12-02 10:00:00", VERB_NONE, OPEN | IN(OVERDUE) },
	{ "done", "2026-12-02 11:00:00", VERB_DONE, IN(TO_RETURN) },
	{ "returned", "2026-12-03 08:00:00", VERB_RETURN, 0 },
};

static void lists_follow_a_dossier(void **state)
{
	struct intake_result result = { .due_at = MSEC_NONE };
	struct query_today today;
	struct err err = { .rc = RC_OK };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		case_name(steps[i].what);
		clock_set_test(at(steps[i].now));
		if (steps[i].verb == VERB_RECEIVE) {
			struct rec rec;

			rec_init(&rec, REC_DOSSIER);
			rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.000894"); /* one working day */
			rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
			assert_int_equal(intake_receive(&app, &rec, &result, &err), RC_OK);
			rec_done(&rec);
		} else if (steps[i].verb) {
			act(result.code, steps[i].verb);
		}
		assert_int_equal(query_today(&app, &today, &err), RC_OK);
		for (int work = 0; work < WORK_COUNT; work++) {
			bool in = steps[i].lists >> work & 1;

			print_message("%s\n", words_in(work_words((enum work)work), LANG_EN));
			assert_int_equal(listed((enum work)work), in);
			assert_int_equal(today.count[work], in);
		}
		assert_int_equal(today.overdue_at[LEVEL_WARD], steps[i].lists & IN(OVERDUE) ? 1 : 0);
		levels_are_counted_alike(&today);
	}
}

static void a_hit_comes_as_a_line(void **state)
{
	struct seen seen = { .count = 0 };
	struct rec rec;

	(void)state;
	assert_int_equal(query_find(&app, "binh nguyen", 10, see, &seen, NULL), RC_OK);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.state, STATE_RETURNED);
	rec_init(&rec, REC_DOSSIER);
	assert_int_equal(query_dossier(&app, seen.code, &rec, NULL), RC_OK);
	assert_string_equal(rec_text(&rec, DOSSIER_APPLICANT_NAME), "Nguyễn Thị Bình");
	assert_int_equal(query_dossier(&app, "H99-261125-0101", &rec, NULL), RC_NONE);
	rec_done(&rec);
	seen.count = 0;
	assert_int_equal(query_find(&app, "khong co ai", 10, see, &seen, NULL), RC_OK);
	assert_int_equal(seen.count, 0);
}

static void every_list_has_its_name(void **state)
{
	(void)state;
	assert_int_equal(work_named("overdue"), WORK_OVERDUE);
	assert_int_equal(work_named("moon"), WORK_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_follow_a_dossier),
		cmocka_unit_test(a_hit_comes_as_a_line),
		cmocka_unit_test(every_list_has_its_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
