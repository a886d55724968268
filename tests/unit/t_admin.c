/* t_admin.c - settings, drafts, clashes, the audit, clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/audit.h"
#include "core/clash.h"
#include "core/clocks.h"
#include "core/commit.h"
#include "core/draft.h"
#include "core/history.h"
#include "core/session.h"
#include "core/setting.h"
#include "db/journal.h"
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
	ward_close(&app);
	return 0;
}

/* ------------------------------------------------------------------ settings */

static const struct {
	const char *name, *value;
	enum rc rc;
} values[] = {
	{ "lateness_basis", "extended", RC_OK },
	{ "lateness_basis", "never", RC_INPUT },
	{ "truncate", "true", RC_OK },
	{ "truncate", "1", RC_INPUT },
	{ "sync_nag_days", "5", RC_OK },
	{ "sync_nag_days", "0", RC_INPUT },
	{ "sync_nag_days", "5x", RC_INPUT },
	{ "passphrase_min", "7", RC_INPUT },
	{ "hours", "07:30-11:30,13:00-16:30", RC_OK },
	{ "hours", "13:00-11:00", RC_INPUT },
	{ "workdays", "1111110", RC_OK },
	{ "workdays", "0000000", RC_INPUT },
	{ "hub_url", "https://hub.example/ward", RC_OK },
	{ "hub_url", "a\nb", RC_INPUT },
	{ "moon", "full", RC_NONE },
};

static void settings_take_what_they_can_be(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		struct buf value = BUF(8192);

		case_name(values[i].name);
		assert_int_equal(setting_set(&app, values[i].name, values[i].value, NULL), values[i].rc);
		setting_get(&app, values[i].name, &value);
		assert_int_equal(!strcmp(buf_str(&value), values[i].value), values[i].rc == RC_OK);
		buf_done(&value);
	}
	assert_int_equal(setting_set(&app, "sync_nag_days", "", NULL), RC_OK); /* back to the default */
	assert_int_equal(setting_int(&app, "sync_nag_days"), 3);
	assert_true(setting_is(&app, "typing", "telex"));
}

static void every_default_is_a_value(void **state)
{
	(void)state;
	for (const struct setting *setting = settings; setting->name; setting++) {
		case_name(setting->name);
		assert_int_equal(setting_set(&app, setting->name, setting->otherwise, NULL), RC_OK);
	}
	assert_int_equal(row_count(app.db, REC_SETTING), 0); /* the same again is no event */
}

static void only_the_admin_sets(void **state)
{
	(void)state;
	app.role = ROLE_SUPERVISOR;
	assert_int_equal(setting_set(&app, "truncate", "true", NULL), RC_REFUSED);
}

/* ------------------------------------------------------------------ drafts */

static enum rc count_draft(void *ctx, const struct draft_row *draft, struct err *err)
{
	int *count = ctx;

	(void)err;
	assert_string_equal(draft->owner, app.user);
	(*count)++;
	return RC_OK;
}

static void drafts_belong_to_who_wrote_them(void **state)
{
	struct buf body = BUF(DRAFT_BODY_MAX);
	int64_t id = 0, other = 0;
	int count = 0;

	(void)state;
	assert_int_equal(draft_save(&app, &id, "intake", (struct span){ (const uint8_t *)"ab", 2 }, NULL), RC_OK);
	assert_int_equal(draft_save(&app, &id, "intake", (struct span){ (const uint8_t *)"abc", 3 }, NULL), RC_OK);
	assert_int_equal(draft_load(&app, id, &body, NULL), RC_OK);
	assert_string_equal(buf_str(&body), "abc");
	assert_int_equal(draft_list(&app, "intake", count_draft, &count, NULL), RC_OK);
	assert_int_equal(count, 1);
	(void)snprintf(app.user, sizeof(app.user), "lan");
	assert_int_equal(draft_load(&app, id, &body, NULL), RC_NONE);
	assert_int_equal(draft_list(&app, NULL, count_draft, &count, NULL), RC_OK);
	assert_int_equal(count, 1);
	other = id; /* somebody else's: becomes one of my own */
	assert_int_equal(draft_save(&app, &other, "assist", (struct span){ NULL, 0 }, NULL), RC_OK);
	assert_true(other != id);
	assert_int_equal(draft_delete(&app, other, NULL), RC_OK);
	assert_int_equal(draft_delete(&app, other, NULL), RC_OK);
	(void)snprintf(app.user, sizeof(app.user), "admin");
	assert_int_equal(draft_load(&app, id, &body, NULL), RC_OK);
	buf_done(&body);
}

/* ------------------------------------------------------------------ clashes */

static const char ward_code[] = "H11.25-241025-0101";

static int64_t make_dossier(struct id *event)
{
	struct rec rec;
	struct change change = { .verb = VERB_RECEIVE, .kind = REC_DOSSIER, .set = &rec };
	int64_t row = 0;

	rec_init(&rec, REC_DOSSIER);
	rec_put_text(&rec, DOSSIER_CODE, ward_code);
	rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "A");
	rec_put_num(&rec, DOSSIER_STATE, STATE_RECEIVED);
	assert_int_equal(commit_change(&app, &change, &row, event, NULL), RC_OK);
	rec_done(&rec);
	return row;
}

/* A sibling that had seen the reception alone names the applicant its way. */
static void sibling_says(const struct id *parent, const char *name)
{
	struct event event;
	struct buf bytes = BUF(EVENT_MAX);

	event_init(&event);
	event.id = (struct id){ .device = { 9 }, .epoch = 1, .seq = 1 };
	event.clock = at("2024-10-25 09:00");
	(void)snprintf(event.actor, sizeof(event.actor), "tam");
	event.verb = VERB_CORRECT;
	event.subject = *parent;
	event.rev = 2;
	event.parents_count = 1;
	event.parents[0] = *parent;
	rec_clear(&event.set, REC_DOSSIER);
	rec_put_text(&event.set, DOSSIER_APPLICANT_NAME, name);
	assert_int_equal(event_pack(&event, &bytes, NULL), RC_OK);
	assert_int_equal(commit_foreign(&app, (struct span){ bytes.data, bytes.len }, NULL), RC_OK);
	buf_done(&bytes);
	event_done(&event);
}

static void i_say(int64_t row, const char *name)
{
	struct rec set;
	struct change change = { .verb = VERB_CORRECT, .kind = REC_DOSSIER, .rec = row, .set = &set };

	rec_init(&set, REC_DOSSIER);
	rec_put_text(&set, DOSSIER_APPLICANT_NAME, name);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(&set);
}

struct seen {
	char id[CLASH_ID_TEXT];
	char a[8], b[8];
	int count, lost;
};

static enum rc see_clash(void *ctx, const struct clash_view *view, struct err *err)
{
	struct seen *seen = ctx;

	(void)err;
	assert_string_equal(view->field, "applicant_name");
	assert_string_equal(view->key, ward_code);
	(void)snprintf(seen->id, sizeof(seen->id), "%s", view->id);
	(void)snprintf(seen->a, sizeof(seen->a), "%s", view->a.value);
	(void)snprintf(seen->b, sizeof(seen->b), "%s", view->b.value);
	seen->count++;
	return RC_OK;
}

static enum rc see_lost(void *ctx, const struct history_row *row, struct err *err)
{
	struct seen *seen = ctx;

	(void)err;
	if (row->lost) {
		assert_string_equal(row->value, seen->b);
		seen->lost++;
	}
	return RC_OK;
}

static void name_is(const char *name)
{
	struct row row;

	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, ward_code, &row, NULL), RC_OK);
	assert_string_equal(rec_text(&row.body, DOSSIER_APPLICANT_NAME), name);
	row_done(&row);
}

static void a_person_decides_a_clash(void **state)
{
	struct seen seen = { .count = 0 };
	struct id first;
	int64_t row = make_dossier(&first);

	(void)state;
	clock_set_test(at("2024-10-25 10:00"));
	i_say(row, "B");
	sibling_says(&first, "C");
	assert_int_equal(clash_open_count(&app), 1);
	assert_int_equal(clash_list(&app, see_clash, &seen, NULL), RC_OK);
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.a, "B");
	assert_string_equal(seen.b, "C");
	assert_int_equal(history_walk(&app, REC_DOSSIER, ward_code, see_lost, &seen, NULL), RC_OK);
	assert_int_equal(seen.lost, 1);
	app.role = ROLE_CLERK;
	assert_int_equal(clash_resolve(&app, seen.id, true, NULL), RC_REFUSED);
	app.role = ROLE_SUPERVISOR;
	assert_int_equal(clash_resolve(&app, "0123456789abcdef", true, NULL), RC_NONE);
	assert_int_equal(clash_resolve(&app, "x", true, NULL), RC_NONE);
	assert_int_equal(clash_resolve(&app, seen.id, true, NULL), RC_OK);
	name_is("C");
	assert_int_equal(clash_open_count(&app), 0);
	assert_int_equal(clash_resolve(&app, seen.id, false, NULL), RC_NONE);
}

/* ------------------------------------------------------------------ the audit, clocks */

static enum rc count_audit(void *ctx, const struct audit_row *row, struct err *err)
{
	int *counts = ctx;

	(void)err;
	counts[0]++;
	counts[1] += !strcmp(row->what, "receive") && !strcmp(row->key, ward_code);
	counts[2] += !strcmp(row->what, "export");
	return RC_OK;
}

static void the_audit_has_events_and_openings(void **state)
{
	struct audit_filter all = { NULL, DAYNO_NONE, DAYNO_NONE, NULL };
	struct audit_filter later = { NULL, on("2024-10-26"), DAYNO_NONE, NULL };
	struct audit_filter lan = { "lan", DAYNO_NONE, DAYNO_NONE, NULL };
	int counts[3] = { 0 };

	(void)state;
	make_dossier(NULL);
	session_note(&app, "export");
	assert_int_equal(audit_walk(&app, &all, count_audit, counts, NULL), RC_OK);
	assert_int_equal(counts[0], 4); /* the catalogue, the admin, the dossier, the export */
	assert_int_equal(counts[1], 1);
	assert_int_equal(counts[2], 1);
	assert_int_equal(audit_walk(&app, &later, count_audit, counts, NULL), RC_OK);
	assert_int_equal(audit_walk(&app, &lan, count_audit, counts, NULL), RC_OK);
	assert_int_equal(counts[0], 4);
	app.role = ROLE_CLERK;
	assert_int_equal(audit_walk(&app, &all, count_audit, counts, NULL), RC_REFUSED);
}

static void a_doubtful_clock_is_confirmed_by_an_event(void **state)
{
	struct clocks_check check;
	msec real = clock_system() + 3 * DAY_MS;

	(void)state;
	assert_int_equal(clocks_judge(&app, &check, NULL), RC_OK);
	assert_int_equal(check.doubt, CLOCK_FINE); /* a test clock is not questioned */
	assert_int_equal(check.newest, at("2024-10-25 08:00"));
	assert_int_equal(clocks_confirm(&app, real, NULL), RC_REFUSED);
	clock_set_test(MSEC_NONE);
	assert_int_equal(clocks_judge(&app, &check, NULL), RC_OK);
	assert_int_equal(check.doubt, CLOCK_AHEAD);
	assert_int_equal(clocks_confirm(&app, real, NULL), RC_OK);
	assert_true(app_now(&app) >= real);
	assert_int_equal(row_count(app.db, REC_CLOCK), 1);
	assert_true(local_int(app.db, "clock_offset", 0) > 2 * DAY_MS);
	assert_int_equal(clocks_judge(&app, &check, NULL), RC_OK);
	assert_int_equal(check.doubt, CLOCK_FINE); /* the confirmation is the newest event */
	clock_set_offset(0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(settings_take_what_they_can_be),
		TEST(every_default_is_a_value),
		TEST(only_the_admin_sets),
		TEST(drafts_belong_to_who_wrote_them),
		TEST(a_person_decides_a_clash),
		TEST(the_audit_has_events_and_openings),
		TEST(a_doubtful_clock_is_confirmed_by_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
