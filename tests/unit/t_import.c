/* Files of records into a ward and out again: what is refused, what is the same, what only gives a warning. */
#include "core/export.h"
#include "core/import.h"
#include "db/helped.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "tests/unit/case.h"
#include "tests/unit/ward.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define WARD "{\"kind\":\"ward\",\"name\":\"Phường Bình Hưng\",\"unit\":\"H11.25\"}\n"
#define CODE "H11.25-241024-0101"
#define DOSSIER(more)                                                                                    \
	"{\"kind\":\"dossier\",\"code\":\"" CODE "\",\"procedure_code\":\"1.001193\",\"applicant_name\":\"Bình\","  \
	"\"received_at\":\"2024-10-24T08:00:00+07:00\",\"due_at\":\"2024-10-25T08:00:00+07:00\"" more "}\n"
#define OPEN ",\"state\":\"processing\""
#define DONE(at) ",\"state\":\"done\",\"finished_at\":\"2024-10-24T" at ":00+07:00\""
#define SCAN(code) "{\"kind\":\"scan\",\"dossier_code\":\"" code "\",\"seq\":1,\"pages\":2}\n"
#define ASSIST(more)                                                                                     \
	"{\"kind\":\"assist\",\"at\":\"2024-10-24T09:00:00+07:00\",\"category\":\"DVC_FILE\","          \
	"\"outcome\":\"done\"" more "}\n"
#define HOUSEHOLD(code, members) \
	"{\"kind\":\"household\",\"neighbourhood\":1,\"code\":\"" code "\",\"members\":" members "}\n"

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

/* What an import said, "line:field " a note, a ? before those that are only warnings. */
struct said {
	struct buf notes, rejects;
	struct import_result result;
	enum rc rc;
};

static void on_note(void *ctx, size_t line, bool is_warning, const struct err *why)
{
	buf_printf(ctx, "%s%zu:%s ", is_warning ? "?" : "", line, why->field);
	assert_true(why->vi[0] && why->en[0]);
}

static void run(const char *text, struct import_options options, struct said *said)
{
	static char empty[] = "";
	char *rejects = empty;
	size_t len = 0;
	FILE *in = tmpfile();

	assert_non_null(in);
	assert_int_equal(fwrite(text, 1, strlen(text), in), strlen(text));
	rewind(in);
	*said = (struct said){ BUF(1 << 20), BUF(1 << 20), { 0 }, RC_OK };
	options.note = on_note;
	options.ctx = &said->notes;
	options.rejects = open_memstream(&rejects, &len);
	assert_non_null(options.rejects);
	said->rc = import_file(&app, in, &options, &said->result, NULL);
	(void)fclose(options.rejects);
	buf_add(&said->rejects, rejects, len);
	free(rejects);
	(void)fclose(in);
}

static void said_done(struct said *said)
{
	buf_done(&said->notes);
	buf_done(&said->rejects);
}

static void expect(const char *text, struct import_options options, const char *notes, const char *counts)
{
	char found[128];
	struct said said;

	run(text, options, &said);
	(void)snprintf(found, sizeof(found), "%d %d %d %d %d", (int)said.result.read, (int)said.result.made,
		       (int)said.result.same, (int)said.result.refused, (int)said.result.warnings);
	assert_string_equal(buf_str(&said.notes), notes);
	assert_string_equal(found, counts);
	assert_int_equal(said.rc, said.result.refused ? RC_INPUT : RC_OK);
	said_done(&said);
}

static const struct import_options plain = { 0 }, dry = { .dry_run = true }, keep = { .keep_going = true };

/* One file into an empty ward; counts are read, made, same, refused, warnings. */
static const struct {
	const char *what, *text, *notes, *counts;
} cases[] = {
	{ "a small ward", WARD DOSSIER(OPEN) SCAN(CODE) ASSIST(",\"dossier_code\":\"" CODE "\"") HOUSEHOLD("H-1", "4"), "", "5 5 0 0 0" },
	{ "no ward line", DOSSIER(OPEN), "?1:kind ", "1 1 0 0 1" },
	{ "blank lines, CR LF, a mark", "\xef\xbb\xbf" WARD "\r\n\n" "  \n" HOUSEHOLD("H-1", "4"), "", "2 2 0 0 0" },
	{ "nothing", "", "", "0 0 0 0 0" },
	{ "another unit", "{\"kind\":\"ward\",\"name\":\"X\",\"unit\":\"H11.26\"}\n", "1:unit ", "1 0 0 1 0" },
	{ "bad syntax", WARD "{\n" HOUSEHOLD("H-1", "4"), "2:kind ", "3 0 0 1 0" },
	{ "an unknown procedure",
	  WARD "{\"kind\":\"dossier\",\"code\":\"" CODE "\",\"procedure_code\":\"9.9\","
	  "\"applicant_name\":\"B\"}\n",
	  "2:procedure_code ", "2 0 0 1 0" },
	{ "an unknown category",
	  WARD "{\"kind\":\"assist\",\"at\":\"2024-10-24T09:00:00+07:00\","
	  "\"category\":\"NONE\"}\n", "2:category ", "2 0 0 1 0" },
	{ "a scan before its dossier", WARD SCAN(CODE) DOSSIER(OPEN), "", "3 3 0 0 0" },
	{ "a scan of no dossier", WARD SCAN(CODE), "2:dossier_code ", "2 0 0 1 0" },
	{ "a scan of a refused dossier", WARD SCAN(CODE) DOSSIER(",\"state\":\"lost\""), "3:state 2:dossier_code ", "3 0 0 2 0" },
	{ "help with no dossier", WARD ASSIST(",\"dossier_code\":\"" CODE "\""), "2:dossier_code ", "2 0 0 1 0" },
	{ "the same twice", WARD HOUSEHOLD("H-1", "4") HOUSEHOLD("H-1", "4"), "", "3 2 1 0 0" },
	{ "the same code, other content", WARD HOUSEHOLD("H-1", "4") HOUSEHOLD("H-1", "5"), "3:code ", "3 0 0 1 0" },
	{ "the same help, other person",
	  WARD ASSIST(",\"person_name\":\"Bình\"") ASSIST(","
	  "\"person_name\":\"Sang\"") ASSIST(""), "", "4 2 2 0 0" },
	{ "finished before it was received", WARD DOSSIER(DONE("07:59")), "2:finished_at ", "2 0 0 1 0" },
	{ "returned before it was received", WARD DOSSIER(OPEN ",\"returned_at\":\"2024-10-24T07:00:00+07:00\""),
	  "2:returned_at ", "2 0 0 1 0" },
	{ "done before it was given",
	  WARD DOSSIER(OPEN ",\"steps\":[{\"seq\":1,\"given_at\":\"2024-10-24T09:00:00+07:00\","
	  "\"done_at\":\"2024-10-24T08:30:00+07:00\"}]"),
	  "2:done_at ", "2 0 0 1 0" },
	{ "finished before a pause ended",
	  WARD DOSSIER(DONE("10:00") ",\"pauses\":[{\"kind\":\"supplement\","
	  "\"from\":\"2024-10-24T09:00:00+07:00\",\"to\":\"2024-10-24T11:00:00+07:00\"}]"),
	  "2:finished_at ", "2 0 0 1 0" },
	{ "due before the day of reception",
	  WARD "{\"kind\":\"dossier\",\"code\":\"" CODE "\",\"procedure_code\":\"1.001193\","
	  "\"applicant_name\":\"B\",\"state\":\"received\","
	  "\"received_at\":\"2024-10-24T08:00:00+07:00\",\"due_at\":\"2024-10-23T23:00:00+07:00\"}\n",
	  "2:due_at ", "2 0 0 1 0" },
	{ "due earlier the same day",
	  WARD "{\"kind\":\"dossier\",\"code\":\"" CODE "\",\"procedure_code\":\"1.001193\","
	  "\"applicant_name\":\"B\",\"state\":\"received\","
	  "\"received_at\":\"2024-10-24T08:00:00+07:00\",\"due_at\":\"2024-10-24T07:00:00+07:00\"}\n",
	  "", "2 2 0 0 0" },
	{ "unpaid and paid",
	  WARD DOSSIER(OPEN ",\"fees\":[{\"name\":\"Lệ phí\",\"amount_vnd\":1,\"status\":\"unpaid\","
	  "\"paid_at\":\"2024-10-24T09:00:00+07:00\"}]"),
	  "2:paid_at ", "2 0 0 1 0" },
	{ "an id of the other sex", WARD DOSSIER(OPEN ",\"applicant_sex\":\"M\",\"applicant_id_no\":\"060190012345\""),
	  "?2:applicant_id_no ", "2 2 0 0 1" },
	{ "a birth year that is not the id's",
	  WARD DOSSIER(OPEN ",\"applicant_birth_year\":1991,"
	  "\"applicant_id_no\":\"060190012345\""), "?2:applicant_id_no ", "2 2 0 0 1" },
	{ "open, yet finished", WARD DOSSIER(OPEN ",\"finished_at\":\"2024-10-24T10:00:00+07:00\""), "?2:state ", "2 2 0 0 1" },
	{ "done, yet not finished", WARD DOSSIER(",\"state\":\"done\""), "?2:finished_at ", "2 2 0 0 1" },
	{ "received tomorrow",
	  WARD "{\"kind\":\"dossier\",\"code\":\"H11.25-241026-0101\",\"procedure_code\":\"1.001193\","
	  "\"applicant_name\":\"B\","
	  "\"state\":\"received\",\"received_at\":\"2024-10-26T08:00:00+07:00\","
	  "\"due_at\":\"2024-10-28T08:00:00+07:00\"}\n",
	  "?2:received_at ", "2 2 0 0 1" },
	{ "another unit's code",
	  WARD "{\"kind\":\"dossier\",\"code\":\"H11.26-241024-0101\",\"procedure_code\":\"1.001193\","
	  "\"applicant_name\":\"B\","
	  "\"state\":\"registered\"}\n",
	  "?2:code ", "2 2 0 0 1" },
};

static void a_file_is_judged_by_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		case_name(cases[i].what);
		ward_open(&app);
		expect(cases[i].text, plain, cases[i].notes, cases[i].counts);
		ward_close(&app);
	}
}

static int64_t events(void)
{
	uint8_t head[DB_HEAD_SIZE];
	uint64_t seq;

	assert_int_equal(journal_head(app.db, app.device, app.epoch, &seq, head, NULL), RC_OK);
	return (int64_t)seq;
}

static void the_same_again_changes_nothing(void **state)
{
	static const char text[] = WARD DOSSIER(OPEN) SCAN(CODE) ASSIST(","
		"\"person_name\":\"Bình\"") HOUSEHOLD("H-1", "4");
	int64_t before;

	(void)state;
	before = events();
	expect(text, dry, "", "5 5 0 0 0");
	assert_int_equal(events(), before);
	expect(text, plain, "", "5 5 0 0 0");
	assert_int_equal(events(), before + 5);
	expect(text, plain, "", "5 0 5 0 0");
	expect(WARD DOSSIER(OPEN ",\"rating\":5"), plain, "?2:rating 2:code ", "2 0 1 1 1");
	expect(WARD SCAN(CODE), plain, "", "2 0 2 0 0");
	assert_int_equal(events(), before + 5);
}

static void good_lines_are_kept_when_asked(void **state)
{
	static const char text[] = WARD HOUSEHOLD("H-1", "4") HOUSEHOLD("H-2", "-4") SCAN(CODE) HOUSEHOLD("H-3", "4");
	int64_t before;
	struct said said;

	(void)state;
	before = events();
	expect(text, plain, "3:members 4:dossier_code ", "5 0 0 2 0");
	assert_int_equal(events(), before);
	run(text, keep, &said);
	assert_int_equal(said.rc, RC_INPUT);
	assert_int_equal(said.result.made, 3);
	assert_string_equal(buf_str(&said.rejects), HOUSEHOLD("H-2", "-4") SCAN(CODE));
	assert_int_equal(events(), before + 3);
	said_done(&said);
}

static void a_long_line_is_one_refusal(void **state)
{
	size_t len = (4 << 20) + 100;
	struct buf text = BUF(16 << 20);

	(void)state;
	buf_text(&text, WARD);
	for (size_t i = 0; i < len; i++)
		buf_byte(&text, 'x');
	buf_text(&text, "\n" HOUSEHOLD("H-1", "4"));
	expect(buf_str(&text), keep, "2:kind ", "3 2 0 1 0");
	buf_done(&text);
}

static void export_all(const struct export_filter *filter, struct buf *out)
{
	char *text = NULL;
	size_t len = 0;
	FILE *file = open_memstream(&text, &len);

	assert_non_null(file);
	assert_int_equal(export_records(&app, file, filter, NULL, NULL), RC_OK);
	(void)fclose(file);
	buf_clear(out);
	buf_add(out, text, len);
	free(text);
}

static void what_came_in_goes_out(void **state)
{
	static const char text[] = WARD SCAN(CODE) DOSSIER(OPEN ",\"x_zalo\":true")
		ASSIST(",\"person_name\":\"Bình\",\"person_id_no\":\"060190012345\","
			"\"x_a\":1") HOUSEHOLD("H-1", "4");
	static const struct {
		const char *what;
		struct export_filter filter;
		const char *text;
	} filters[] = {
		{ "all", { REC_NONE, DAYNO_NONE, DAYNO_NONE }, NULL },
		{ "a kind", { REC_HOUSEHOLD, DAYNO_NONE, DAYNO_NONE }, HOUSEHOLD("H-1", "4") },
		{ "days before", { REC_NONE, DAYNO_NONE, 20019 }, WARD },
		{ "days after", { REC_SCAN, 20021, DAYNO_NONE }, "" },
		{ "the day", { REC_SCAN, 20020, 20020 }, SCAN(CODE) },
	};
	struct buf out = BUF(1 << 20);

	(void)state;
	export_all(&filters[0].filter, &out);
	assert_string_equal(buf_str(&out), WARD);
	/* Names in table order: the assist's outcome stands behind the person. */
	expect(text, plain, "", "5 5 0 0 0");
	for (size_t i = 1; i < ARRAY_LEN(filters); i++) {
		case_name(filters[i].what);
		export_all(&filters[i].filter, &out);
		assert_string_equal(buf_str(&out), filters[i].text);
	}
	export_all(&filters[0].filter, &out);
	assert_non_null(strstr(buf_str(&out), "\"person_name\":\"Bình\","
		"\"person_id_no\":\"060190012345\",\"outcome\":\"done\",\"x_a\":1"));
	ward_close(&app);
	ward_open(&app);
	expect(buf_str(&out), plain, "", "5 5 0 0 0");
	{
		struct buf again = BUF(1 << 20);

		export_all(&filters[0].filter, &again);
		assert_string_equal(buf_str(&out), buf_str(&again));
		buf_done(&again);
	}
	buf_done(&out);
}

/* A person's name is in no event and leaves with its months. */
static enum rc holds_name(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	static const char name[] = "Nguyễn Thị Kín";

	(void)n;
	(void)id;
	(void)err;
	for (size_t at = 0; at + strlen(name) <= bytes.len; at++)
		if (!memcmp(bytes.data + at, name, strlen(name)))
			*(bool *)ctx = true;
	return RC_OK;
}

static void a_person_stays_beside_the_journal(void **state)
{
	struct export_filter all = { REC_ASSIST, DAYNO_NONE, DAYNO_NONE };
	struct buf out = BUF(1 << 20);
	bool found = false;
	int64_t count = 0;

	(void)state;
	expect(WARD ASSIST(",\"person_name\":\"Nguyễn Thị Kín\""), plain, "", "2 2 0 0 0");
	assert_int_equal(journal_walk(app.db, 0, holds_name, &found, NULL), RC_OK);
	assert_false(found);
	export_all(&all, &out);
	assert_non_null(strstr(buf_str(&out), "Nguyễn Thị Kín"));
	assert_true(helped_any(app.db));
	assert_int_equal(helped_drop(app.db, app_now(&app), &count, NULL), RC_OK);
	assert_int_equal(count, 1);
	assert_false(helped_any(app.db));
	export_all(&all, &out);
	assert_null(strstr(buf_str(&out), "Nguyễn Thị Kín"));
	assert_non_null(strstr(buf_str(&out), "DVC_FILE"));
	buf_done(&out);
}

static void a_team_laptop_takes_codes_it_does_not_hold(void **state)
{
	(void)state;
	app.team = true;
	expect(WARD ASSIST(",\"dossier_code\":\"" CODE "\"") SCAN(CODE), keep, "3:dossier_code ", "3 2 0 1 0");
}

static void who_may_not_import_does_not(void **state)
{
	struct said said;

	(void)state;
	app.role = ROLE_LEADER;
	run(WARD, plain, &said);
	assert_int_equal(said.rc, RC_REFUSED);
	said_done(&said);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_judged_by_line),
		cmocka_unit_test_setup_teardown(the_same_again_changes_nothing, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(good_lines_are_kept_when_asked, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(a_long_line_is_one_refusal, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(what_came_in_goes_out, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(a_person_stays_beside_the_journal, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(a_team_laptop_takes_codes_it_does_not_hold, open_ward, close_ward),
		cmocka_unit_test_setup_teardown(who_may_not_import_does_not, open_ward, close_ward),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
