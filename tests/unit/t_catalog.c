/* The catalogue: what ships, versions by date, the picker, files of a supervisor. */
#include "core/catalog.h"
#include "core/csv.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static struct app app;

static int open_ward(void **state)
{
	(void)state;
	ward_open(&app);
	return 0;
}

static int close_ward(void **state)
{
	(void)state;
	ward_close(&app);
	return 0;
}

static enum rc count_row(void *ctx, const struct rec *row, struct err *err)
{
	(void)row;
	(void)err;
	++*(int *)ctx;
	return RC_OK;
}

static int count_of(enum rec_kind kind)
{
	int count = 0;

	assert_int_equal(catalog_walk(&app, kind, count_row, &count, NULL), RC_OK);
	return count;
}

static void what_ships_is_there(void **state)
{
	struct rec rec;

	(void)state;
	assert_int_equal(count_of(REC_PROCEDURE), 157);
	assert_int_equal(count_of(REC_DOCUMENT), 607);
	assert_int_equal(count_of(REC_STEP), 92);
	assert_int_equal(count_of(REC_FIELD), 38);
	assert_int_equal(count_of(REC_HOLIDAY), 60);
	assert_int_equal(count_of(REC_CATEGORY), 27);
	assert_true(catalog_knows_procedure(&app, "1.001193"));
	assert_false(catalog_knows_procedure(&app, "1.00119"));
	assert_false(catalog_knows_procedure(&app, ""));
	assert_true(catalog_knows_category(&app, "DVC_FILE"));
	assert_false(catalog_knows_category(&app, "dvc_file"));
	rec_init(&rec, REC_NONE);
	assert_int_equal(catalog_procedure(&app, "1.001193", on("2024-10-25"), &rec, NULL), RC_OK);
	assert_string_equal(rec_text(&rec, PROCEDURE_NAME), "Đăng ký khai sinh");
	assert_int_equal(catalog_procedure(&app, "9.999999", on("2024-10-25"), &rec, NULL), RC_NONE);
	rec_done(&rec);
}

static enum rc keep_role(void *ctx, const struct rec *row, struct err *err)
{
	(void)err;
	buf_printf(ctx, "%s ", rec_text(row, STEP_ROLE));
	return RC_OK;
}

static void steps_are_its_own_or_a_template(void **state)
{
	static const struct {
		const char *code;
		bool is_one_day;
		const char *roles;
	} cases[] = {
		{ "1.012753", false, "intake verify sign process result " },
		{ "1.001193", true, "intake sign " },
		{ "1.001193", false, "intake process sign " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf roles = BUF(1024);

		case_name(cases[i].roles);
		assert_int_equal(catalog_steps(&app, cases[i].code, on("2024-10-25"), cases[i].is_one_day, keep_role,
					       &roles, NULL),
				 RC_OK);
		assert_string_equal(buf_str(&roles), cases[i].roles);
		buf_done(&roles);
	}
}

static void the_calendar_knows_the_holidays(void **state)
{
	const struct calendar *calendar;

	(void)state;
	assert_int_equal(catalog_calendar(&app, &calendar, NULL), RC_OK);
	assert_false(calendar_is_working(calendar, on("2024-02-08")));
	assert_true(calendar_is_working(calendar, on("2024-05-04")));
	assert_true(calendar_is_working(calendar, on("2024-10-25")));
	assert_false(calendar_is_working(calendar, on("2024-10-26")));
}

static const struct {
	const char *what;
	int64_t value, online, postal, channel; /* working days; MSEC_NONE: none */
	int32_t expect;                         /* -1: no time */
} times[] = {
	{ "the direct channel's own", 3, 2, 5, CHANNEL_DIRECT, 3 },
	{ "the line's own", 3, 2, 5, CHANNEL_ONLINE, 2 },
	{ "the post's own", 3, 2, 5, CHANNEL_POSTAL, 5 },
	{ "the line's, which has none", 3, MSEC_NONE, 5, CHANNEL_ONLINE, 3 },
	{ "a channel that was not given", 3, 2, 5, MSEC_NONE, 3 },
	{ "none anywhere", MSEC_NONE, MSEC_NONE, MSEC_NONE, CHANNEL_POSTAL, -1 },
};

static void put_time(struct rec *rec, unsigned time, unsigned unit, int64_t days)
{
	if (days == MSEC_NONE)
		return;
	rec_put_num(rec, time, days);
	rec_put_num(rec, unit, TIME_WORKING_DAY);
}

static void an_empty_time_is_the_direct_channels(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		struct allowance allowance;
		struct rec rec;

		case_name(times[i].what);
		rec_init(&rec, REC_PROCEDURE);
		put_time(&rec, PROCEDURE_TIME_VALUE, PROCEDURE_TIME_UNIT, times[i].value);
		put_time(&rec, PROCEDURE_TIME_ONLINE_VALUE, PROCEDURE_TIME_ONLINE_UNIT, times[i].online);
		put_time(&rec, PROCEDURE_TIME_POSTAL_VALUE, PROCEDURE_TIME_POSTAL_UNIT, times[i].postal);
		allowance = catalog_allowance(&rec, times[i].channel);
		assert_int_equal(allowance.unit, times[i].expect < 0 ? UNIT_NONE : WORKING_DAY);
		if (times[i].expect >= 0)
			assert_int_equal(allowance.value, times[i].expect);
		rec_done(&rec);
	}
}

/* The first hit for what was typed; "" for none. */
static const struct {
	const char *typed, *first;
} searches[] = {
	{ "khai sinh", "1.001193" },
	{ "KHAI SINH", "1.001193" },
	{ "đăng ký khai sinh", "1.001193" },
	{ "dang ky khai sinh", "1.001193" },
	{ "sinh khai", "1.001193" },
	{ "1.000894", "1.000894" },
	{ "ket hon", "1.000894" },
	{ "  kết   hôn ", "1.000894" },
	{ "không có thủ tục nào như vậy", "" },
};

static enum rc first_code(void *ctx, const struct rec *row, struct err *err)
{
	(void)err;
	buf_text(ctx, rec_text(row, PROCEDURE_CODE));
	return RC_FAILED; /* one is enough */
}

static void the_picker_finds_what_is_meant(void **state)
{
	int all = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
		struct buf code = BUF(100);
		enum rc rc;

		case_name(searches[i].typed);
		rc = catalog_search_procedures(&app, searches[i].typed, first_code, &code, NULL);
		assert_string_equal(buf_str(&code), searches[i].first);
		assert_int_equal(rc, *searches[i].first ? RC_FAILED : RC_OK);
		buf_done(&code);
	}
	assert_int_equal(catalog_search_procedures(&app, "", count_row, &all, NULL), RC_OK);
	assert_int_equal(all, 157);
}

/* Files: what csv_read says of them. */
struct heard {
	struct buf text;
};

static enum rc hear_row(void *ctx, size_t line, const struct rec *rec, struct err *err)
{
	struct heard *heard = ctx;

	(void)err;
	buf_printf(&heard->text, "%zu:%s/%s ", line, rec_text(rec, HOUSEHOLD_CODE), rec_text(rec, HOUSEHOLD_HEAD_NAME));
	return RC_OK;
}

static void hear_fault(void *ctx, size_t line, const struct err *err)
{
	struct heard *heard = ctx;

	buf_printf(&heard->text, "!%zu:%s ", line, err->field);
}

static const struct {
	const char *what, *file, *heard;
} csvs[] = {
	{ "two rows", "neighbourhood,code,head_name\n1,H-1,Sang\n1,H-2,\n", "2:H-1/Sang 3:H-2/ " },
	{ "CR LF, a mark, no last line end", "\xef\xbb\xbfneighbourhood,code\r\n1,H-1\r\n1,H-2", "2:H-1/ 3:H-2/ " },
	{ "semicolons", "neighbourhood;code;head_name\n1;H-1;\"Sang; Tâm\"\n", "2:H-1/Sang; Tâm " },
	{ "columns in another order", "code,neighbourhood\nH-1,1\n", "2:H-1/ " },
	{ "blank lines", "\n\nneighbourhood,code\n\n1,H-1\n\n1,H-2\n", "5:H-1/ 7:H-2/ " },
	{ "a line end in quotes", "neighbourhood,code,head_name\n1,H-1,\"Sa\nng\"\n1,H-2,x\n", "!2:head_name 4:H-2/x " },
	{ "quotes in quotes", "neighbourhood,code,head_name\n1,H-1,\"a\"\"b\"\n", "2:H-1/a\"b " },
	{ "a bad number", "neighbourhood,code\nmột,H-1\n2,H-2\n", "!2:neighbourhood 3:H-2/ " },
	{ "a number out of range", "neighbourhood,code\n-1,H-1\n", "!2:neighbourhood " },
	{ "too few cells", "neighbourhood,code\n1\n1,H-1\n", "!2:? 3:H-1/ " },
	{ "too many cells", "neighbourhood,code\n1,H-1,x\n", "!2:? " },
	{ "a required cell empty", "neighbourhood,code\n1,\n", "!2:code " },
	{ "an unknown column", "neighbourhood,code,colour\n1,H-1,red\n", "!1:colour " },
	{ "a doubled column", "neighbourhood,code,code\n1,H-1,H-1\n", "!1:code " },
	{ "a missing column", "neighbourhood\n1\n", "!1:code " },
	{ "a quote never closed", "neighbourhood,code\n1,\"H-1\n", "!2:? " },
	{ "a misplaced quote", "neighbourhood,code\n1,\"H\"-1\n", "!2:? " },
	{ "nothing", "", "!1:? " },
	{ "only a header", "neighbourhood,code\n", "" },
};

static void a_file_is_read_by_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(csvs); i++) {
		struct heard heard = { BUF(4096) };
		struct csv_reader reader = { REC_HOUSEHOLD, &heard, hear_row, hear_fault };
		enum rc rc;

		case_name(csvs[i].what);
		rc = csv_read(&reader, csvs[i].file, strlen(csvs[i].file), NULL);
		assert_string_equal(buf_str(&heard.text), csvs[i].heard);
		assert_int_equal(rc, strchr(csvs[i].heard, '!') ? RC_INPUT : RC_OK);
		buf_done(&heard.text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_ships_is_there, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(steps_are_its_own_or_a_template, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(the_calendar_knows_the_holidays, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(the_picker_finds_what_is_meant, open_ward, close_ward),
		cmocka_unit_test(an_empty_time_is_the_direct_channels),
		cmocka_unit_test(a_file_is_read_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
