/*
 * t_report.c - a small ward with every edge there is, its figures counted twice: by the reports, and
 * here from the records alone, day by day as text. The totals are also written down, so that the
 * two cannot err together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/commit.h"
#include "core/report.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/report_brute.h"
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

static void set(enum rec_kind kind, unsigned tag, const char *name, unsigned value_tag, const char *value)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = kind, .set = &rec };
	struct err err;

	rec_init(&rec, kind);
	rec_put_text(&rec, tag, name);
	rec_put_text(&rec, value_tag, value);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, &err), RC_OK);
	rec_done(&rec);
}

static void run(const char *name, const char *from, const char *to, msec as_known, struct table *out)
{
	report_ward_run(&app, name, from, to, as_known, out);
}

static const char *const figure_names[FIGURES] = {
	"received_online", "received_direct", "carried_in",   "resolved_early",
	"resolved_on_time", "resolved_late",  "open_in_time", "open_overdue",
};

static const struct {
	const char *from, *to;
	bool extended;
	int64_t total[FIGURES]; /* worked out by hand and by another program */
} periods[] = {
	{ "2024-02-01", "2024-02-29", false, { 4, 1, 0, 1, 1, 0, 3, 0 } },
	{ "2024-03-01", "2024-03-31", false, { 23, 10, 3, 6, 5, 9, 8, 8 } },
	{ "2024-03-01", "2024-03-31", true, { 23, 10, 3, 7, 5, 8, 9, 7 } },
	{ "2024-04-01", "2024-04-30", false, { 0, 1, 16, 1, 0, 3, 5, 8 } },
	{ "2024-03-20", "2024-03-25", false, { 0, 0, 19, 0, 1, 3, 11, 4 } },
	{ "2024-05-01", "2024-05-31", false, { 0, 0, 13, 0, 0, 0, 5, 8 } },
	{ "2023-01-01", "2023-12-31", false, { 0, 0, 0, 0, 0, 0, 0, 0 } },
};

static void same_figures(const struct table *table, size_t row, const int64_t *figures)
{
	int64_t received = figures[ONLINE] + figures[OTHER_WAYS] + figures[CARRIED];
	int64_t resolved = figures[EARLY] + figures[ON_TIME] + figures[LATE];
	int64_t open = figures[IN_TIME] + figures[OVERDUE];

	for (int k = 0; k < FIGURES; k++)
		assert_int_equal(num(table, 0, row, figure_names[k]), figures[k]);
	assert_int_equal(num(table, 0, row, "received_total"), received);
	assert_int_equal(num(table, 0, row, "resolved_total"), resolved);
	assert_int_equal(num(table, 0, row, "open_total"), open);
	assert_int_equal(received, resolved + open);
}

static void compare_06a(const struct table *table, const struct brute *brute)
{
	size_t rows = table_rows(&table->parts[0]), fields = 0;
	int64_t level_sum[FIGURES] = { 0 };

	for (size_t row = 0; row + 1 < rows; row++) {
		size_t i = 0;

		if (!strcmp(text(table, 0, row, "row"), "level")) {
			assert_int_equal(cell(table, 0, row, "field_name")->kind, TCELL_NULL);
			for (int k = 0; k < FIGURES; k++)
				level_sum[k] += num(table, 0, row, figure_names[k]);
			continue;
		}
		assert_string_equal(text(table, 0, row, "row"), "field");
		while (i < brute->rows_count && (strcmp(brute->rows[i].level, text(table, 0, row, "level")) != 0 ||
						 strcmp(brute->rows[i].field, text(table, 0, row, "field_name")) != 0))
			i++;
		assert_true(i < brute->rows_count);
		same_figures(table, row, brute->rows[i].figures);
		fields++;
	}
	assert_int_equal(fields, brute->rows_count);
	assert_string_equal(text(table, 0, rows - 1, "row"), "total");
	same_figures(table, rows - 1, brute->total);
	assert_memory_equal(level_sum, brute->total, sizeof(level_sum));
}

static void set_basis(bool extended)
{
	static bool made;
	struct row row;
	struct rec rec;
	struct err err;
	struct change change = { .verb = VERB_CHANGE, .kind = REC_SETTING, .set = &rec };

	row_init(&row);
	made = row_get(app.db, REC_SETTING, "lateness_basis", &row, NULL) == RC_OK;
	rec_init(&rec, REC_SETTING);
	if (!made) {
		rec_put_text(&rec, SETTING_NAME, "lateness_basis");
		change.verb = VERB_ADD;
	}
	rec_put_text(&rec, SETTING_VALUE, extended ? "extended" : "original");
	change.rec = made ? row.rec : 0;
	assert_int_equal(commit_change(&app, &change, NULL, NULL, &err), RC_OK);
	rec_done(&rec);
	row_done(&row);
}

static void form_06a_equals_the_count_by_hand(void **state)
{
	struct brute brute;
	struct table table;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(periods); i++) {
		case_name(periods[i].from);
		set_basis(periods[i].extended);
		brute_run(&brute, report_recs, report_recs_count, periods[i].from, periods[i].to, periods[i].extended);
		assert_memory_equal(brute.total, periods[i].total, sizeof(brute.total));
		run("06a", periods[i].from, periods[i].to, MSEC_NONE, &table);
		compare_06a(&table, &brute);
		table_done(&table);
	}
}

static bool has_line(const char *lines, const char *line)
{
	const char *at = strstr(lines, line);

	return at != NULL;
}

static void levels_equal_the_count_by_hand(void **state)
{
	struct brute brute;
	struct table table;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(periods); i++) {
		int64_t ward = 0, counts[2][3] = { { 0 } };

		case_name(periods[i].from);
		set_basis(periods[i].extended);
		brute_run(&brute, report_recs, report_recs_count, periods[i].from, periods[i].to, periods[i].extended);
		run("levels", periods[i].from, periods[i].to, MSEC_NONE, &table);
		assert_int_equal(table_rows(&table.parts[2]), brute.late_count);
		for (size_t k = 0; k < brute.late_count; k++) {
			bool open = !brute.late[k].resolved;
			size_t row = 0;

			while (strcmp(text(&table, 2, row, "code"), brute.late[k].code) != 0)
				assert_true(++row < brute.late_count);
			assert_int_equal(has_line(text(&table, 2, row, "levels"), "ward"), brute.late[k].ward);
			assert_int_equal(has_line(text(&table, 2, row, "levels"), "province"), brute.late[k].province);
			assert_int_equal(has_line(text(&table, 2, row, "levels"), "other"), brute.late[k].other);
			assert_int_equal(num(&table, 2, row, "finished_at") == -1, open);
			ward += brute.late[k].ward;
			counts[open][0] += brute.late[k].province;
			counts[open][1] += brute.late[k].ward;
			counts[open][2] += brute.late[k].other;
		}
		assert_int_equal(num(&table, 1, 0, "ward"), ward);
		assert_int_equal(num(&table, 1, 0, "elsewhere"), (int64_t)brute.late_count - ward);
		for (size_t row = 0; row < 3; row++) {
			assert_int_equal(num(&table, 0, row, "late_resolved"), counts[0][row]);
			assert_int_equal(num(&table, 0, row, "overdue_open"), counts[1][row]);
		}
		table_done(&table);
	}
}

/* Whatever day parts two periods: what one leaves open the next carries in. */
static void periods_join(void **state)
{
	char from[CLOCK_DATE_TEXT], to[CLOCK_DATE_TEXT], next[CLOCK_DATE_TEXT];
	dayno first = on("2024-02-01"), last = on("2024-05-05");
	struct brute brute;
	struct table a, b;

	(void)state;
	clock_format_date(first, from);
	for (dayno cut = first; cut < last; cut++) {
		case_name(clock_format_date(cut, to));
		run("06a", from, to, MSEC_NONE, &a);
		brute_run(&brute, report_recs, report_recs_count, from, to, false);
		compare_06a(&a, &brute);
		clock_format_date(cut + 1, next);
		run("06a", next, "2024-05-05", MSEC_NONE, &b);
		assert_int_equal(num(&a, 0, table_rows(&a.parts[0]) - 1, "open_total"),
				 num(&b, 0, table_rows(&b.parts[0]) - 1, "carried_in"));
		table_done(&a);
		table_done(&b);
	}
}

static const struct {
	const char *indicator;
	int64_t numerator, denominator, percent, target;
	int met; /* -1: null */
} kpis[] = {
	{ "online_filing", 23, 33, 6970, INT64_C(50000000), 1 },
	{ "digitised", 4, 33, 1212, INT64_C(80000000), 0 },
	{ "reused", 1, 33, 303, -1, -1 },
	{ "online_payment", 2, 4, 5000, -1, -1 },
	{ "electronic_result", 3, 20, 1500, -1, -1 },
	{ "on_time", 11, 20, 5500, -1, -1 },
	{ "satisfaction", 2, 5, 4000, -1, -1 },
};

static void set_target(const char *indicator, int year, int64_t micro)
{
	struct rec rec;
	struct change change = { .verb = VERB_ADD, .kind = REC_TARGET, .set = &rec };

	rec_init(&rec, REC_TARGET);
	rec_put_text(&rec, TARGET_INDICATOR, indicator);
	rec_put_num(&rec, TARGET_YEAR, year);
	rec_put_num(&rec, TARGET_VALUE, micro);
	assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	rec_done(&rec);
}

static void indicators_are_shares_against_targets(void **state)
{
	struct table table;

	(void)state;
	set_target("online_filing", 2024, INT64_C(50000000));
	set_target("digitised", 2024, INT64_C(80000000));
	set_target("reused", 2023, INT64_C(1000000));
	run("kpi", "2024-03-01", "2024-03-31", MSEC_NONE, &table);
	assert_int_equal(table_rows(&table.parts[0]), ARRAY_LEN(kpis));
	for (size_t i = 0; i < ARRAY_LEN(kpis); i++) {
		case_name(kpis[i].indicator);
		assert_string_equal(text(&table, 0, i, "indicator"), kpis[i].indicator);
		assert_int_equal(num(&table, 0, i, "numerator"), kpis[i].numerator);
		assert_int_equal(num(&table, 0, i, "denominator"), kpis[i].denominator);
		assert_int_equal(num(&table, 0, i, "percent"), kpis[i].percent);
		assert_int_equal(num(&table, 0, i, "target"), kpis[i].target);
		assert_int_equal(num(&table, 0, i, "met"), kpis[i].met);
	}
	table_done(&table);
	set(REC_SETTING, SETTING_NAME, "truncate", SETTING_VALUE, "true");
	run("kpi", "2024-03-01", "2024-03-31", MSEC_NONE, &table);
	assert_int_equal(num(&table, 0, 0, "percent"), 6969);
	table_done(&table);
	run("kpi", "2023-01-01", "2023-12-31", MSEC_NONE, &table);
	assert_int_equal(cell(&table, 0, 2, "percent")->kind, TCELL_NULL);
	assert_int_equal(num(&table, 0, 2, "target"), INT64_C(1000000));
	assert_int_equal(cell(&table, 0, 2, "met")->kind, TCELL_NULL); /* nothing was measured: not missed */
	table_done(&table);
}

static void assists_are_counted_by_their_keys(void **state)
{
	struct buf json = BUF(1 << 16);
	struct table table;

	(void)state;
	run("assist", "2024-03-01", "2024-03-31", MSEC_NONE, &table);
	json_of(&table, &json);
	assert_string_equal(buf_str(&json),
			    "{\"row\":\"total\",\"rows\":5,\"minutes\":67}\n"
			    "{\"row\":\"category\",\"key\":\"DVC_FILE\",\"rows\":3,\"minutes\":50}\n"
			    "{\"row\":\"category\",\"key\":\"VNEID_USE\",\"rows\":1,\"minutes\":12}\n"
			    "{\"row\":\"category\",\"key\":\"VNEID2\",\"rows\":1,\"minutes\":5}\n"
			    "{\"row\":\"outcome\",\"key\":\"done\",\"rows\":2,\"minutes\":50}\n"
			    "{\"row\":\"outcome\",\"key\":\"referred\",\"rows\":1,\"minutes\":5}\n"
			    "{\"row\":\"outcome\",\"key\":\"postponed\",\"rows\":1,\"minutes\":12}\n"
			    "{\"row\":\"outcome\",\"key\":\"failed\",\"rows\":1,\"minutes\":0}\n"
			    "{\"row\":\"neighbourhood\",\"key\":1,\"rows\":2,\"minutes\":25}\n"
			    "{\"row\":\"neighbourhood\",\"key\":2,\"rows\":2,\"minutes\":42}\n"
			    "{\"row\":\"neighbourhood\",\"key\":3,\"rows\":1,\"minutes\":0}\n"
			    "{\"row\":\"team\",\"key\":1,\"rows\":2,\"minutes\":25}\n"
			    "{\"row\":\"team\",\"key\":2,\"rows\":2,\"minutes\":30}\n"
			    "{\"row\":\"team\",\"key\":null,\"rows\":1,\"minutes\":12}\n");
	table_done(&table);
	app.role = ROLE_TEAM_MEMBER;
	snprintf(app.user, sizeof(app.user), "%s", "Sùng A Chớ");
	run("assist", "2024-03-01", "2024-03-31", MSEC_NONE, &table);
	assert_int_equal(num(&table, 0, 0, "rows"), 2);
	table_done(&table);
	buf_done(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(form_06a_equals_the_count_by_hand, open_forwards, close_ward),
		cmocka_unit_test_setup_teardown(levels_equal_the_count_by_hand, open_forwards, close_ward),
		cmocka_unit_test_setup_teardown(periods_join, open_forwards, close_ward),
		cmocka_unit_test_setup_teardown(indicators_are_shares_against_targets, open_forwards, close_ward),
		cmocka_unit_test_setup_teardown(assists_are_counted_by_their_keys, open_forwards, close_ward),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
