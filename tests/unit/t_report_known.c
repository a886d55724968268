/*
 * t_report_known.c - the same figures whatever the order records came in, after a rebuild, over two
 * stores, and as they were known before a correction; and what the smaller reports say of the ward.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/day.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/report_ward.h"
#include "tests/unit/ward.h"

static struct app app;

static int open_forwards(void **state)
{
	(void)state;
	report_ward_open(&app, false);
	return 0;
}

static int close_ward(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

static void march(const char *name, msec as_known, struct buf *json)
{
	struct table table;

	report_ward_run(&app, name, "2024-03-01", "2024-03-31", as_known, &table);
	json_of(&table, json);
	table_done(&table);
}

static void the_order_of_arrival_does_not_matter(void **state)
{
	struct buf forwards[16], backwards = BUF(1 << 20);
	size_t count = 0;

	(void)state;
	for (const struct report_type *type = report_types; type->name; type++) {
		forwards[count] = (struct buf)BUF(1 << 20);
		march(type->name, MSEC_NONE, &forwards[count++]);
	}
	ward_close(&app);
	report_ward_open(&app, true);
	count = 0;
	for (const struct report_type *type = report_types; type->name; type++, count++) {
		case_name(type->name);
		march(type->name, MSEC_NONE, &backwards);
		assert_string_equal(buf_str(&backwards), buf_str(&forwards[count]));
		buf_done(&forwards[count]);
	}
	buf_done(&backwards);
}

static int64_t row_of(const char *code)
{
	int64_t rec = 0;

	assert_int_equal(row_find(app.db, REC_DOSSIER, code, &rec, NULL), RC_OK);
	return rec;
}

/* Close an open dossier in the past, scan it, and take another's finish away. */
static void correct(void)
{
	const struct path finish = path_of(DOSSIER_FINISHED_AT);
	struct change change = { .verb = VERB_CORRECT, .kind = REC_DOSSIER, .note = "sửa" };
	struct rec set;
	struct err err;

	rec_init(&set, REC_DOSSIER);
	change.set = &set;
	change.rec = row_of("H99.01-240308-0102");
	rec_put_num(&set, DOSSIER_FINISHED_AT, dayno_start(on("2024-03-22")));
	rec_put_num(&set, DOSSIER_STATE, STATE_DONE);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, &err), RC_OK);
	rec_clear(&set, REC_DOSSIER);
	change.rec = row_of("H99.01-240304-0101");
	rec_set_unset(&set, &finish);
	rec_put_num(&set, DOSSIER_STATE, STATE_PROCESSING);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, &err), RC_OK);
	rec_clear(&set, REC_SCAN);
	change = (struct change){ .verb = VERB_SCAN, .kind = REC_SCAN, .set = &set };
	rec_put_text(&set, SCAN_DOSSIER_CODE, "H99.01-240304-0102");
	rec_put_num(&set, SCAN_SEQ, 9);
	rec_put_num(&set, SCAN_SCANNED_AT, dayno_start(on("2024-03-05")));
	rec_put_num(&set, SCAN_REUSED, 1);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, &err), RC_OK);
	rec_done(&set);
}

static void add(struct rec *set)
{
	struct change change = { .verb = VERB_ADD, .kind = set->kind, .set = set };

	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(set);
}

static void set_setting(const char *name, const char *value)
{
	struct rec set;

	rec_init(&set, REC_SETTING);
	rec_put_text(&set, SETTING_NAME, name);
	rec_put_text(&set, SETTING_VALUE, value);
	add(&set);
}

static void set_target(const char *indicator, int year, int64_t micro)
{
	struct rec set;

	rec_init(&set, REC_TARGET);
	rec_put_text(&set, TARGET_INDICATOR, indicator);
	rec_put_num(&set, TARGET_YEAR, year);
	rec_put_num(&set, TARGET_VALUE, micro);
	add(&set);
}

static void an_old_print_is_reproduced(void **state)
{
	static const char *const changed[] = { "06a", "kpi", "officers", "digitisation", "day" };
	const msec then = app_now(&app);
	struct buf before = BUF(1 << 20), now = BUF(1 << 20);
	struct buf prints[16];
	size_t count = 0;

	(void)state;
	for (const struct report_type *type = report_types; type->name; type++) {
		prints[count] = (struct buf)BUF(1 << 20);
		march(type->name, MSEC_NONE, &prints[count]);
		case_name(type->name);
		march(type->name, then, &before);
		assert_string_equal(buf_str(&before), buf_str(&prints[count++]));
	}
	clock_set_test(then + DAY_MS);
	correct();
	set_setting("truncate", "true");
	set_setting("lateness_basis", "extended");
	set_target("on_time", 2024, INT64_C(99000000));
	count = 0;
	for (const struct report_type *type = report_types; type->name; type++, count++) {
		case_name(type->name);
		march(type->name, then, &before);
		assert_string_equal(buf_str(&before), buf_str(&prints[count]));
		march(type->name, MSEC_NONE, &now);
		march(type->name, then + DAY_MS, &before);
		assert_string_equal(buf_str(&before), buf_str(&now));
		for (size_t i = 0; i < ARRAY_LEN(changed); i++)
			if (!strcmp(changed[i], type->name))
				assert_string_not_equal(buf_str(&now), buf_str(&prints[count]));
		buf_done(&prints[count]);
	}
	march("assist", then - 1, &before);
	assert_string_equal(buf_str(&before), "{\"row\":\"total\",\"rows\":0,\"minutes\":0}\n");
	buf_done(&before);
	buf_done(&now);
}

static void rows_are_verified_and_rebuilt(void **state)
{
	struct buf before = BUF(1 << 20), after = BUF(1 << 20);
	struct err err;
	int64_t events;

	(void)state;
	correct();
	assert_int_equal(commit_verify(&app, &events, &err), RC_OK);
	march("06a", MSEC_NONE, &before);
	assert_int_equal(commit_rebuild(&app, NULL, NULL, &err), RC_OK);
	assert_int_equal(commit_verify(&app, &events, &err), RC_OK);
	march("06a", MSEC_NONE, &after);
	assert_string_equal(buf_str(&before), buf_str(&after));
	buf_done(&before);
	buf_done(&after);
}

/* A figure quietly changed in the narrow tables is noticed. */
static void a_changed_figure_is_noticed(void **state)
{
	static const char *const changes[] = {
		"UPDATE fact SET due_at = due_at + 86400000 WHERE rec = (SELECT min(rec) FROM fact)",
		"UPDATE fact SET scanned_at = NULL WHERE scanned_at IS NOT NULL",
		"UPDATE fee SET amount = amount + 1",
		"DELETE FROM fact_step WHERE rec = (SELECT max(rec) FROM fact_step)",
		"DELETE FROM fact_scan WHERE rec = (SELECT max(rec) FROM fact_scan)",
		"UPDATE help SET minutes = minutes + 1 WHERE rec = (SELECT min(rec) FROM help)",
		"DELETE FROM fact WHERE rec = (SELECT max(rec) FROM fact)",
	};
	struct err err;
	int64_t events;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		case_name(changes[i]);
		assert_int_equal(db_script(app.db, changes[i], &err), RC_OK);
		assert_int_equal(commit_verify(&app, &events, &err), RC_DAMAGED);
		assert_int_equal(commit_rebuild(&app, NULL, NULL, &err), RC_OK);
		assert_int_equal(commit_verify(&app, &events, &err), RC_OK);
	}
}

static void two_stores_add_up(void **state)
{
	struct report_query query = { .name = "06a", .as_known = MSEC_NONE };
	struct app *apps[2] = { &app, &app };
	struct table one, two;
	struct err err;
	size_t rows;

	(void)state;
	query.period.from = on("2024-03-01");
	query.period.to = on("2024-03-31");
	table_init(&one);
	table_init(&two);
	assert_int_equal(report_run_over(apps, 1, &query, &one, &err), RC_OK);
	assert_int_equal(report_run_over(apps, 2, &query, &two, &err), RC_OK);
	rows = table_rows(&one.parts[0]);
	assert_int_equal(rows, table_rows(&two.parts[0]));
	for (size_t row = 0; row < rows; row++) {
		assert_int_equal(2 * num(&one, 0, row, "received_total"), num(&two, 0, row, "received_total"));
		assert_int_equal(2 * num(&one, 0, row, "open_overdue"), num(&two, 0, row, "open_overdue"));
	}
	table_done(&one);
	table_done(&two);
}

static const struct {
	const char *report, *line; /* one of its lines, whole */
} lines[] = {
	{ "06a", "{\"row\":\"level\",\"level\":\"province\",\"field_name\":null,\"received_total\":7,"
		 "\"received_online\":5,\"received_direct\":1,\"carried_in\":1," },
	{ "fees", "{\"row\":\"fee\",\"name\":\"Lệ phí\",\"due_vnd\":24000,\"exempt\":2,\"payments\":3,"
		  "\"paid_vnd\":16000,\"cash_vnd\":8000,\"online_vnd\":8000,\"transfer_vnd\":0,\"owed_vnd\":8000}\n" },
	{ "fees", "{\"row\":\"fee\",\"name\":\"Phí thẩm định\",\"due_vnd\":150000,\"exempt\":0,\"payments\":0,"
		  "\"paid_vnd\":0,\"cash_vnd\":0,\"online_vnd\":0,\"transfer_vnd\":0,\"owed_vnd\":150000}\n" },
	{ "digitisation", "{\"row\":\"total\",\"field_name\":null,\"received\":33,\"digitised\":4,\"reused\":1,"
			  "\"percent\":12.12}\n" },
	{ "digitisation", "{\"row\":\"person\",\"person\":\"cb02\",\"scans\":1,\"pages\":2,\"bytes\":100001,"
			  "\"reused\":0,\"signed\":0,\"coarse\":1}\n" },
	{ "causes", "{\"row\":\"cause\",\"level\":\"ward\",\"field_name\":\"Hộ tịch\",\"dossiers\":2,"
		    "\"late_reason\":\"b\"}\n" },
	{ "causes", "{\"row\":\"total\",\"level\":null,\"field_name\":null,\"dossiers\":17,\"late_reason\":null}\n" },
	{ "late", "{\"row\":\"person\",\"person\":\"so01\",\"late_resolved\":3,\"overdue_open\":2}\n" },
	{ "households", "{\"row\":\"total\",\"neighbourhood\":null,\"households\":3,\"with_account\":2,"
			"\"percent\":66.67,\"members\":15,\"adults\":8,\"portal_accounts\":4,"
			"\"accounts_percent\":50.00,\"vneid1\":1,\"vneid2\":2,\"signatures\":1,\"fibre\":2}\n" },
	{ "indicators", "{\"row\":\"indicator\",\"name\":\"Dân số\",\"period\":\"2024-03\",\"value\":4180,"
			"\"unit\":\"người\",\"source\":null}\n" },
	{ "day", "{\"row\":\"count\",\"what\":\"overdue\",\"dossiers\":8}\n" },
	{ "day", "{\"row\":\"count\",\"what\":\"due_today\",\"dossiers\":1}\n" },
	{ "day", "{\"row\":\"cash\",\"method\":\"cash\",\"payments\":1,\"paid_vnd\":8000}\n" },
	{ "register", "{\"row\":\"gap\",\"code\":\"H99.01-240304-0103\",\"to\":\"H99.01-240304-0104\"," },
	{ "officers", "{\"row\":\"officer\",\"person\":\"so01\",\"received\":0,\"steps_done\":4,\"steps_late\":2,"
		      "\"steps_open\":2,\"steps_overdue\":2,\"percent\":50.00}\n" },
};

/* One more of 4 March, two numbers on. */
static void leave_a_gap(void)
{
	struct change change = { .verb = VERB_IMPORT, .kind = REC_DOSSIER };
	struct rec set;

	rec_init(&set, REC_DOSSIER);
	change.set = &set;
	rec_put_text(&set, DOSSIER_CODE, "H99.01-240304-0105");
	rec_put_text(&set, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&set, DOSSIER_APPLICANT_NAME, "Lò Thị Mai");
	rec_put_num(&set, DOSSIER_STATE, STATE_NOT_RECEIVED);
	rec_put_num(&set, DOSSIER_RECEIVED_AT, dayno_start(on("2024-03-04")) + 9 * HOUR_MS);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(&set);
}

static void the_smaller_reports_say_so(void **state)
{
	struct buf json = BUF(1 << 20);

	(void)state;
	leave_a_gap();
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		case_name(lines[i].line);
		march(lines[i].report, MSEC_NONE, &json);
		if (!strstr(buf_str(&json), lines[i].line))
			fail_msg("not in %s:\n%s", lines[i].report, buf_str(&json));
	}
	buf_done(&json);
}

static void every_report_needs_its_role(void **state)
{
	struct report_query query = { .name = "06a", .as_known = MSEC_NONE };
	struct table table;
	struct err err;

	(void)state;
	table_init(&table);
	app.role = ROLE_TEAM_MEMBER;
	for (const struct report_type *type = report_types; type->name; type++) {
		query.name = type->name;
		assert_int_equal(report_run(&app, &query, &table, &err),
				 strcmp(type->name, "assist") != 0 ? RC_REFUSED : RC_OK);
	}
	app.role = ROLE_ADMIN;
	query.name = "6a";
	assert_int_equal(report_run(&app, &query, &table, &err), RC_USAGE);
	table_done(&table);
}

static void a_day_is_closed_by_name(void **state)
{
	struct day_close close = { .date = on("2024-03-04"), .cash_vnd = 8000, .online_vnd = MSEC_NONE,
				   .transfer_vnd = 0, .note = "đủ" };
	struct day_closed closed;
	struct err err;
	struct row row;

	(void)state;
	assert_int_equal(day_close(&app, &close, &closed, &err), RC_OK);
	assert_int_equal(closed.received, 2);
	assert_int_equal(closed.expected_vnd, 8000);
	close.cash_vnd = 7000;
	assert_int_equal(day_close(&app, &close, &closed, &err), RC_OK);
	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DAY, "2024-03-04/admin", &row, NULL), RC_OK);
	assert_int_equal(rec_num(&row.body, DAY_CASH_VND), 7000);
	assert_int_equal(rec_num(&row.body, DAY_EXPECTED_VND), 8000);
	assert_false(rec_has(&row.body, DAY_ONLINE_VND));
	assert_int_equal(rec_num(&row.body, DAY_TRANSFER_VND), 0);
	assert_int_equal(row.rev, 2);
	row_done(&row);
	close.date = on("2024-10-26");
	assert_int_equal(day_close(&app, &close, &closed, &err), RC_INPUT);
	app.role = ROLE_TEAM_MEMBER;
	assert_int_equal(day_close(&app, &close, &closed, &err), RC_REFUSED);
}

#define IN_THE_WARD(test) cmocka_unit_test_setup_teardown(test, open_forwards, close_ward)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_THE_WARD(the_order_of_arrival_does_not_matter),
		IN_THE_WARD(an_old_print_is_reproduced),
		IN_THE_WARD(rows_are_verified_and_rebuilt),
		IN_THE_WARD(a_changed_figure_is_noticed),
		IN_THE_WARD(two_stores_add_up),
		IN_THE_WARD(the_smaller_reports_say_so),
		IN_THE_WARD(every_report_needs_its_role),
		IN_THE_WARD(a_day_is_closed_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
