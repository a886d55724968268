/* A supervisor's files: what becomes a version, what is changed in place, what changes nothing. */
#include "core/catalog.h"
#include "core/commit.h"
#include "core/csv_import.h"
#include "core/indicator.h"
#include "core/intake.h"
#include "core/rules/deadline.h"
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

static void on_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	buf_printf(ctx, "%s%zu:%s ", is_warning ? "?" : "", line, why->field);
	assert_true(why->vi[0] && why->en[0]);
}

/* Notes as "line:field ", counts as "read made changed same refused warnings". */
static void expect(enum rec_kind kind, const char *text, const char *notes, const char *counts)
{
	struct buf said = BUF(1 << 16);
	struct csv_import_options options = { .note = on_note, .ctx = &said };
	struct csv_import_result result;
	char found[128];
	FILE *in = tmpfile();
	enum rc rc;

	assert_non_null(in);
	assert_int_equal(fwrite(text, 1, strlen(text), in), strlen(text));
	rewind(in);
	rc = csv_import(&app, kind, in, &options, &result, NULL);
	(void)fclose(in);
	(void)snprintf(found, sizeof(found), "%d %d %d %d %d %d", (int)result.read, (int)result.made,
		       (int)result.changed, (int)result.same, (int)result.refused, (int)result.warnings);
	assert_string_equal(buf_str(&said), notes);
	assert_string_equal(found, counts);
	assert_int_equal(rc, result.refused ? RC_INPUT : RC_OK);
	buf_done(&said);
}

static const char *name_on(const char *code, const char *date)
{
	static struct rec rec;
	static char name[400];

	rec_init(&rec, REC_NONE);
	assert_int_equal(catalog_procedure(&app, code, on(date), &rec, NULL), RC_OK);
	(void)snprintf(name, sizeof(name), "%s", rec_text(&rec, PROCEDURE_NAME));
	rec_done(&rec);
	return name;
}

static void a_changed_procedure_is_a_new_version(void **state)
{
	(void)state;
	expect(REC_PROCEDURE, "code,name\n1.001193,Đăng ký khai sinh\n", "", "1 0 0 1 0 0");
	expect(REC_PROCEDURE, "code,name\n1.001193,Khai sinh mới\n", "", "1 1 0 0 0 0");
	expect(REC_PROCEDURE, "code,name\n1.001193,Khai sinh mới\n", "", "1 0 0 1 0 0");
	assert_string_equal(name_on("1.001193", "2024-10-24"), "Đăng ký khai sinh");
	assert_string_equal(name_on("1.001193", "2024-10-25"), "Khai sinh mới");
	assert_string_equal(name_on("1.001193", "2030-01-01"), "Khai sinh mới");
	expect(REC_PROCEDURE, "code,name,effective_from\n1.001193,Khai sinh 2025,2025-01-01\n", "", "1 1 0 0 0 0");
	assert_string_equal(name_on("1.001193", "2024-12-31"), "Khai sinh mới");
	assert_string_equal(name_on("1.001193", "2025-01-01"), "Khai sinh 2025");
	/* The same day again, corrected: that version changes. */
	expect(REC_PROCEDURE, "code,name\n1.001193,Khai sinh sửa\n", "", "1 0 1 0 0 0");
	assert_string_equal(name_on("1.001193", "2024-10-25"), "Khai sinh sửa");
	/* Columns the file does not have stay as they are. */
	{
		struct rec rec;

		rec_init(&rec, REC_NONE);
		assert_int_equal(catalog_procedure(&app, "1.001193", on("2024-10-25"), &rec, NULL), RC_OK);
		assert_string_equal(rec_text(&rec, PROCEDURE_FIELD_NAME), "Hộ tịch");
		rec_done(&rec);
	}
}

static enum rc see_document(void *ctx, const struct rec *row, struct err *err)
{
	(void)err;
	buf_printf(ctx, "%d:%s ", (int)rec_num(row, DOCUMENT_SEQ), rec_text(row, DOCUMENT_DOCUMENT_NAME));
	return RC_OK;
}

static void expect_documents(const char *date, const char *text)
{
	struct buf seen = BUF(1 << 16);

	assert_int_equal(catalog_components(&app, "9.000001", on(date), see_document, &seen, NULL), RC_OK);
	assert_string_equal(buf_str(&seen), text);
	buf_done(&seen);
}

static void components_are_one_set(void **state)
{
#define HEAD "procedure_code,seq,document_name,kind\n"
	(void)state;
	expect(REC_DOCUMENT, HEAD "9.000001,1,Đơn,submit\n", "2:procedure_code ", "1 0 0 0 1 0");
	expect(REC_PROCEDURE, "code,name,effective_from\n9.000001,Việc mới,2020-01-01\n", "", "1 1 0 0 0 0");
	expect(REC_DOCUMENT, HEAD "9.000001,1,Đơn,submit\n9.000001,2,Sổ,submit\n", "", "2 2 0 0 0 0");
	expect_documents("2024-10-25", "1:Đơn 2:Sổ ");
	expect(REC_DOCUMENT, HEAD "9.000001,2,Sổ,submit\n9.000001,1,Đơn,submit\n", "", "2 0 0 2 0 0");
	/* One of two, from another day: the set of that day has one. */
	expect(REC_DOCUMENT,
	       "procedure_code,seq,document_name,kind,effective_from\n9.000001,1,Đơn,submit,2025-01-01\n", "",
	       "1 1 0 0 0 0");
	expect_documents("2024-12-31", "1:Đơn 2:Sổ ");
	expect_documents("2025-01-01", "1:Đơn ");
	/* One of two, the very same day: the other is dropped, and comes back. */
	expect(REC_DOCUMENT, HEAD "9.000001,1,Đơn,submit\n", "", "1 0 1 1 0 0");
	expect_documents("2024-10-25", "1:Đơn ");
	expect(REC_DOCUMENT, HEAD "9.000001,1,Đơn,submit\n9.000001,2,Sổ,submit\n", "", "2 0 1 1 0 0");
	expect_documents("2024-10-25", "1:Đơn 2:Sổ ");
#undef HEAD
}

static void steps_should_add_up(void **state)
{
#define HEAD "procedure_code,seq,unit,level,role,share\n"
	(void)state;
	expect(REC_STEP, HEAD "1.001193,1,Một cửa,ward,intake,0.5\n1.001193,2,Lãnh đạo,ward,sign,0.5\n", "",
	       "2 2 0 0 0 0");
	expect(REC_STEP, HEAD "1.000894,1,Một cửa,ward,intake,0.5\n", "?2:share ", "1 1 0 0 0 1");
	expect(REC_STEP, HEAD "1.000894,1,Một cửa,ward,intake,1.5\n", "2:share ?2:share ", "1 0 0 0 1 1");
	expect(REC_STEP, HEAD "*,1,Một cửa,ward,intake,1\n", "", "1 1 0 0 0 0");
#undef HEAD
}

static void a_holiday_is_changed_in_place(void **state)
{
#define HEAD "date,name_vi,kind,is_workday\n"
	const struct calendar *calendar;

	(void)state;
	expect(REC_HOLIDAY, HEAD "2024-01-01,Tết Dương lịch,public_holiday,0\n", "", "1 0 0 1 0 0");
	expect(REC_HOLIDAY, HEAD "2028-01-03,Tết Dương lịch,public_holiday,0\n2028-01-08,Làm bù,makeup_workday,1\n", "",
	       "2 2 0 0 0 0");
	assert_int_equal(catalog_calendar(&app, &calendar, NULL), RC_OK);
	assert_false(calendar_is_working(calendar, on("2028-01-03")));
	assert_true(calendar_is_working(calendar, on("2028-01-08")));
	expect(REC_HOLIDAY, HEAD "2028-01-08,Nghỉ,makeup_workday,0\n", "2:is_workday ", "1 0 0 0 1 0");
	expect(REC_HOLIDAY, "date,name_vi,kind,is_workday,cancelled\n2028-01-03,Tết,public_holiday,0,1\n", "",
	       "1 0 1 0 0 0");
	assert_int_equal(catalog_calendar(&app, &calendar, NULL), RC_OK);
	assert_true(calendar_is_working(calendar, on("2028-01-03")));
#undef HEAD
}

static void a_shipped_row_that_is_changed_survives_a_rebuild(void **state)
{
	const struct calendar *calendar;

	(void)state;
	expect(REC_HOLIDAY, "date,name_vi,kind,is_workday,cancelled\n2024-09-02,Quốc khánh,public_holiday,0,1\n", "",
	       "1 0 1 0 0 0");
	for (int round = 0; round < 2; round++) {
		assert_int_equal(catalog_calendar(&app, &calendar, NULL), RC_OK);
		assert_true(calendar_is_working(calendar, on("2024-09-02")));
		assert_false(calendar_is_working(calendar, on("2024-09-03")));
		assert_int_equal(commit_rebuild(&app, NULL, NULL, NULL), RC_OK);
	}
}

static void targets_have_years(void **state)
{
	int64_t value = 0;

	(void)state;
	expect(REC_TARGET, "indicator,year,value\non_time,2024,95\nonline_filing,2024,50.5\n", "", "2 2 0 0 0 0");
	assert_true(catalog_target(&app, "online_filing", 2024, &value));
	assert_int_equal(value, 50500000);
	assert_false(catalog_target(&app, "online_filing", 2025, &value));
	expect(REC_TARGET, "indicator,year,value\non_time,2024,95\nnonsense,2024,1\n", "?3:indicator ", "2 1 0 1 0 1");
	expect(REC_TARGET, "indicator,year,value\non_time,2024,96\n", "", "1 0 1 0 0 0");
}

static void households_keep_what_a_file_does_not_say(void **state)
{
	struct row row;

	(void)state;
	expect(REC_HOUSEHOLD, "neighbourhood,code,head_name,members\n1,H-1,Lê Sang,4\n1,H-2,Vi Tú,2\n", "",
	       "2 2 0 0 0 0");
	expect(REC_HOUSEHOLD, "neighbourhood,code,members\n1,H-1,5\n1,H-2,2\n", "", "2 0 1 1 0 0");
	expect(REC_HOUSEHOLD, "neighbourhood,code,head_name\n1,H-2,\n", "", "1 0 1 0 0 0");
	row_init(&row);
	assert_int_equal(row_get(app.db, REC_HOUSEHOLD, "0001/H-1", &row, NULL), RC_OK);
	assert_string_equal(rec_text(&row.body, HOUSEHOLD_HEAD_NAME), "Lê Sang");
	assert_int_equal(rec_num(&row.body, HOUSEHOLD_MEMBERS), 5);
	assert_int_equal(row_get(app.db, REC_HOUSEHOLD, "0001/H-2", &row, NULL), RC_OK);
	assert_false(rec_has(&row.body, HOUSEHOLD_HEAD_NAME));
	row_done(&row);
}

static void a_faulty_line_stops_the_file(void **state)
{
	(void)state;
	expect(REC_HOUSEHOLD, "neighbourhood,code\n1,H-1\nmột,H-2\n1,H-1\n", "3:neighbourhood 4:? ", "2 0 0 0 2 0");
	assert_int_equal(row_count(app.db, REC_HOUSEHOLD), 0);
	expect(REC_MEMBER, "team,name,colour\n1,Sang,red\n", "1:colour ", "0 0 0 0 1 0");
}

static void on_change(void *ctx, const struct csv_change *change)
{
	buf_printf(ctx, "%zu%s ", change->line,
		   !change->before ? "+" : rec_equal(change->before, change->after) ? "=" : "~");
}

static void count_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	(void)why;
	buf_printf(ctx, "%zu%s ", line, is_warning ? "?" : "!");
}

/* By line: + new, ~ changed, = the same, ! refused; line 0 is what the file leaves out. */
static void a_dry_run_tells_every_line(void **state)
{
	static const struct {
		enum rec_kind kind;
		const char *text, *told;
	} files[] = {
		{ REC_HOUSEHOLD, "neighbourhood,code,members\n1,H-1,4\n1,H-2,3\n1,H-9,1\nx,H-3,1\n", "5! 2= 3~ 4+ " },
		{ REC_HOLIDAY, "date,name_vi,kind,is_workday\n2024-01-01,Tết Dương lịch,public_holiday,0\n2031-01-01,Tết,public_holiday,0\n",
		  "2= 3+ " },
		{ REC_PROCEDURE, "code,name\n1.001193,Đăng ký khai sinh\n9.000009,Việc mới\n1.000894,Kết hôn mới\n",
		  "4~ 2= 3+ " },
	};
	struct buf told = BUF(4096);
	struct csv_import_options options = { true, count_note, &told, on_change };
	struct csv_import_result result;

	(void)state;
	expect(REC_HOUSEHOLD, "neighbourhood,code,members\n1,H-1,4\n1,H-2,2\n", "", "2 2 0 0 0 0");
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		FILE *in = tmpfile();

		assert_non_null(in);
		assert_int_equal(fputs(files[i].text, in) < 0, 0);
		rewind(in);
		buf_clear(&told);
		assert_int_equal(csv_import(&app, files[i].kind, in, &options, &result, NULL),
				 i ? RC_OK : RC_INPUT);
		assert_string_equal(buf_str(&told), files[i].told);
		(void)fclose(in);
	}
	assert_int_equal(row_count(app.db, REC_HOUSEHOLD), 2); /* nothing was written */
	expect(REC_HOLIDAY, "date,name_vi,kind,is_workday\n2031-01-01,Tết,public_holiday,0\n", "", "1 1 0 0 0 0");
	buf_done(&told);
}

static void who_may_not_does_not(void **state)
{
	struct csv_import_options options = { .note = on_note };
	struct csv_import_result result;
	FILE *in = tmpfile();

	(void)state;
	assert_non_null(in);
	app.role = ROLE_CLERK;
	assert_int_equal(csv_import(&app, REC_HOLIDAY, in, &options, &result, NULL), RC_REFUSED);
	(void)fclose(in);
}

static void no_refusal(void *ctx, size_t line, const struct err *why)
{
	(void)why;
	buf_printf(ctx, "%zu ", line);
}

static void figures_are_entered_by_line(void **state)
{
	static const struct {
		const char *what, *text, *refused;
		int made, changed, same;
	} files[] = {
		{ "two", "{\"name\":\"a\",\"period\":\"2024-10\",\"value\":1}\n{\"kind\":\"indicator\",\"name\":\"b\",\"period\":\"2024\",\"value\":2.5}\n",
		  "", 2, 0, 0 },
		{ "one changed, one the same", "{\"name\":\"a\",\"period\":\"2024-10\",\"value\":3}\n{\"name\":\"b\",\"period\":\"2024\",\"value\":2.5}\n",
		  "", 0, 1, 1 },
		{ "one without a value: none", "{\"name\":\"c\",\"period\":\"2024\",\"value\":1}\n{\"name\":\"d\",\"period\":\"2024\"}\n",
		  "2 ", 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct buf said = BUF(4096);
		struct indicator_result result;
		FILE *in = tmpfile();

		case_name(files[i].what);
		assert_non_null(in);
		(void)fputs(files[i].text, in);
		rewind(in);
		assert_int_equal(indicator_add_lines(&app, in, no_refusal, &said, &result, NULL),
				 *files[i].refused ? RC_INPUT : RC_OK);
		(void)fclose(in);
		assert_string_equal(buf_str(&said), files[i].refused);
		assert_int_equal(result.done[INDICATOR_MADE], files[i].made);
		assert_int_equal(result.done[INDICATOR_CHANGED], files[i].changed);
		assert_int_equal(result.done[INDICATOR_SAME], files[i].same);
		buf_done(&said);
	}
	assert_int_equal(row_count(app.db, REC_INDICATOR), 2);
}

/* A dossier of one working day: received by the clerk, or (typed) from a file with the same promise. */
static void make_dossier(bool imported, char code[CODE_TEXT])
{
	struct intake_result result;
	struct rec dossier;
	struct change change = { .verb = VERB_IMPORT, .kind = REC_DOSSIER, .set = &dossier };

	rec_init(&dossier, REC_DOSSIER);
	rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "1.000894");
	rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, "Bình");
	if (!imported) {
		assert_int_equal(intake_receive(&app, &dossier, &result, NULL), RC_OK);
		(void)snprintf(code, CODE_TEXT, "%s", result.code);
	} else {
		(void)snprintf(code, CODE_TEXT, "H11.25-241025-0909");
		rec_put_text(&dossier, DOSSIER_CODE, code);
		rec_put_num(&dossier, DOSSIER_STATE, STATE_PROCESSING);
		rec_put_num(&dossier, DOSSIER_RECEIVED_AT, dayno_start(on("2024-10-25")) + 8 * HOUR_MS);
		rec_put_num(&dossier, DOSSIER_DUE_AT, dayno_start(on("2024-10-28")) + 8 * HOUR_MS);
		assert_int_equal(commit_change(&app, &change, NULL, NULL, NULL), RC_OK);
	}
	rec_done(&dossier);
}

static void expect_due(const char *code, const char *date)
{
	struct row row;

	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	assert_int_equal(dayno_of(rec_num(&row.body, DOSSIER_DUE_AT)), on(date));
	row_done(&row);
}

/* Of the step that is being worked on, as the store has it; and as it would be counted from nothing now. */
static void step_due(const char *code, msec *stands, msec *counted)
{
	const struct calendar *calendar;
	struct element el = { 0 };
	struct row row;

	row_init(&row);
	assert_int_equal(row_get(app.db, REC_DOSSIER, code, &row, NULL), RC_OK);
	assert_true(rec_each(&row.body, DOSSIER_STEPS, &el));
	assert_int_equal(catalog_calendar(&app, &calendar, NULL), RC_OK);
	*stands = el_num(&row.body, &el, STEP_EL_DUE_AT);
	*counted = deadline_step(calendar, el_num(&row.body, &el, STEP_EL_GIVEN_AT),
				 el_num(&row.body, &el, STEP_EL_ALLOTTED_DAYS), rec_num(&row.body, DOSSIER_DUE_AT));
	*counted -= *counted % SECOND_MS;
	row_done(&row);
}

static void the_open_step_moves_with_the_promise(void **state)
{
	msec before, stands, counted;
	char code[CODE_TEXT];

	(void)state;
	make_dossier(false, code);
	step_due(code, &before, &counted);
	assert_true(before == counted);
	/* The rest of the day it came is off: the step cannot be due on it. */
	expect(REC_HOLIDAY,
	       "date,name_vi,kind,is_workday\n2024-10-25,Bão,public_holiday,0\n2024-10-28,Bão,public_holiday,0\n", "",
	       "2 2 0 0 0 0");
	step_due(code, &stands, &counted);
	assert_true(stands > before);
	assert_true(stands == counted);
}

static void a_new_holiday_moves_promises(void **state)
{
#define HEAD "date,name_vi,kind,is_workday,cancelled\n"
	char received[CODE_TEXT], imported[CODE_TEXT];

	(void)state;
	make_dossier(false, received);
	make_dossier(true, imported);
	expect_due(received, "2024-10-28");
	expect(REC_HOLIDAY, HEAD "2024-10-28,Nghỉ,public_holiday,0,\n", "", "1 1 0 0 0 0");
	expect_due(received, "2024-10-29");
	expect_due(imported, "2024-10-28");
	expect(REC_HOLIDAY, HEAD "2024-10-28,Nghỉ,public_holiday,0,1\n", "", "1 0 1 0 0 0");
	expect_due(received, "2024-10-28");
#undef HEAD
}

#define IN_WARD(test) cmocka_unit_test_setup_teardown(test, open_ward, close_ward)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_WARD(a_changed_procedure_is_a_new_version),
		IN_WARD(components_are_one_set),
		IN_WARD(steps_should_add_up),
		IN_WARD(a_holiday_is_changed_in_place),
		IN_WARD(a_shipped_row_that_is_changed_survives_a_rebuild),
		IN_WARD(a_new_holiday_moves_promises),
		IN_WARD(the_open_step_moves_with_the_promise),
		IN_WARD(targets_have_years),
		IN_WARD(households_keep_what_a_file_does_not_say),
		IN_WARD(a_faulty_line_stops_the_file),
		IN_WARD(a_dry_run_tells_every_line),
		IN_WARD(who_may_not_does_not),
		IN_WARD(figures_are_entered_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
