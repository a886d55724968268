/*
 * t_slip.c - every paper of both sets against a whole text in tests/fixtures/papers. UPDATE=1 rewrites those; read
 * the difference before you commit it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/commit.h"
#include "core/intake.h"
#include "core/paper_text.h"
#include "core/setting.h"
#include "core/slip.h"
#include "db/base/file.h"
#include "db/base/utf8.h"
#include "db/embed.h"
#include "tests/unit/case.h"
#include "tests/unit/office.h"
#include "tests/unit/ward.h"

enum { ROOM = 1 << 20 };

static void settings_of(struct app *app)
{
	static const char *const values[][2] = {
		{ "parent_name", "Ủy ban nhân dân Thành phố Mẫu" },
		{ "office_address", "1 Lê Lợi, Phường Bình Hưng" },
		{ "office_phone", "0252 3 123 456" },
		{ "leader_name", "Trần Văn Lãnh" },
	};

	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		assert_int_equal(setting_set(app, values[i][0], values[i][1], NULL), RC_OK);
}

/* A dossier of birth registration, received at `when`, its second paper missing. */
static void receive(struct app *app, const char *when, char code[CODE_TEXT])
{
	struct intake_result result;
	struct err err = { .rc = RC_OK };
	struct rec dossier;
	struct path path;

	clock_set_test(at(when));
	rec_init(&dossier, REC_DOSSIER);
	rec_put_text(&dossier, DOSSIER_PROCEDURE_CODE, "2.000635");
	rec_put_text(&dossier, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	rec_put_text(&dossier, DOSSIER_APPLICANT_ID_NO, "060190012345");
	rec_put_text(&dossier, DOSSIER_APPLICANT_PHONE, "+84377305234");
	rec_put_text(&dossier, DOSSIER_APPLICANT_ADDRESS, "12 Võ Thị Sáu, khu phố 8, Phường Bình Hưng");
	rec_put_num(&dossier, DOSSIER_DUE_AT, at("2024-10-31 08:05"));
	path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_COMPONENT);
	rec_set_bytes(&dossier, &path, "01", 2);
	path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_HELD);
	rec_set_num(&dossier, &path, 1);
	path = path_at(DOSSIER_COMPONENTS, 0, COMPONENT_EL_ORIGINALS);
	rec_set_num(&dossier, &path, 1);
	path = path_at(DOSSIER_COMPONENTS, 1, COMPONENT_EL_COMPONENT);
	rec_set_bytes(&dossier, &path, "so-ho-khau", 10);
	path = path_at(DOSSIER_FEES, 0, FEE_EL_NAME);
	rec_set_bytes(&dossier, &path, "Lệ phí", strlen("Lệ phí"));
	path = path_at(DOSSIER_FEES, 0, FEE_EL_AMOUNT_VND);
	rec_set_num(&dossier, &path, 8000);
	path = path_at(DOSSIER_FEES, 0, FEE_EL_STATUS);
	rec_set_num(&dossier, &path, FEE_UNPAID);
	assert_int_equal(intake_receive(app, &dossier, &result, &err), RC_OK);
	memcpy(code, result.code, CODE_TEXT);
	rec_done(&dossier);
}

static void act(struct app *app, const char *code, enum verb verb, const char *when, const char *json)
{
	struct act_input input;
	struct err err = { .rc = RC_OK };

	clock_set_test(at(when));
	act_input_init(&input, verb);
	assert_int_equal(act_input_json(&input, verb, json, strlen(json), &err), RC_OK);
	if (act_run(app, code, verb, &input, NULL, &err))
		fail_msg("%s", err.en);
	act_input_done(&input);
}

static void golden(const char *name, const struct buf *text)
{
	struct buf want = BUF(ROOM);
	char path[256];

	case_name(name);
	(void)snprintf(path, sizeof(path), "tests/fixtures/papers/%s.txt", name);
	if (getenv("UPDATE")) {
		assert_int_equal(file_write_atomic(path, text->data, text->len, NULL), RC_OK);
		assert_int_equal(chmod(path, 0644), 0);
	}
	assert_int_equal(file_read(path, &want, NULL), RC_OK);
	assert_string_equal(buf_str(text), buf_str(&want));
	buf_done(&want);
}

/* No line is wider than the sheet. */
static void assert_width(const struct buf *text, size_t width)
{
	char line[4096];

	for (const char *from = buf_str(text); *from;) {
		size_t len = strcspn(from, "\n");

		assert_true(len < sizeof(line));
		memcpy(line, from, len);
		line[len] = '\0';
		assert_true(utf8_cols(line) <= width);
		from += len + (from[len] == '\n');
	}
}

static void make(struct app *app, const struct slip_ask *ask, const char *name)
{
	struct buf lines = BUF(ROOM), text = BUF(ROOM), narrow = BUF(ROOM);
	struct explain doubts = { .count = 0 };
	struct err err = { .rc = RC_OK };

	if (slip_make(app, ask, &lines, &doubts, &err))
		fail_msg("%s: %s", name, err.en);
	assert_int_equal(doubts.count, 0);
	assert_int_equal(paper_text(lines.data, lines.len, 80, &text, NULL), RC_OK);
	assert_width(&text, 80);
	golden(name, &text);
	assert_int_equal(paper_text(lines.data, lines.len, 42, &narrow, NULL), RC_OK);
	assert_width(&narrow, 42);
	buf_done(&lines);
	buf_done(&text);
	buf_done(&narrow);
}

static void make_form(struct app *app, enum slip_form form, const char *code, const char *name)
{
	const struct slip_ask ask = { .form = form, .code = code };

	make(app, &ask, name);
}

static enum rc refused(struct app *app, enum slip_form form, const char *code)
{
	const struct slip_ask ask = { .form = form, .code = code };
	struct buf lines = BUF(ROOM);
	struct err err = { .rc = RC_OK };
	enum rc rc = slip_make(app, &ask, &lines, NULL, &err);

	assert_true(rc == RC_OK || (err.vi[0] && err.en[0]));
	buf_done(&lines);
	return rc;
}

static void papers_are_as_they_were(void **state)
{
	char code[CODE_TEXT], other[CODE_TEXT];
	struct app app;

	(void)state;
	ward_open(&app);
	settings_of(&app);
	receive(&app, "2024-10-25 08:05", code);
	make(&app, &(struct slip_ask){ .form = SLIP_RECEIPT, .code = code, .copies = 2 }, "receipt");
	make_form(&app, SLIP_SUPPLEMENT, code, "supplement-missing");
	make_form(&app, SLIP_CONTROL, code, "control-new");
	act(&app, code, VERB_FORWARD, "2024-10-25 09:00", "{}");
	act(&app, code, VERB_SUPPLEMENT, "2024-10-25 10:00",
	    "{\"fields\":{\"items\":[\"Giấy chứng sinh\",\"Giấy chứng nhận kết hôn\"],"
	    "\"reason\":\"Thiếu giấy tờ theo quy định\",\"reply_before\":\"2024-11-08\"}}");
	make_form(&app, SLIP_SUPPLEMENT, code, "supplement");
	act(&app, code, VERB_RESUME, "2024-10-28 08:00", "{}");
	act(&app, code, VERB_EXTEND, "2024-10-30 08:00",
	    "{\"fields\":{\"new_due_at\":\"2024-11-05T17:00:00+07:00\",\"reason\":\"Chờ xác minh ở nơi khác\"}}");
	make_form(&app, SLIP_APOLOGY, code, "apology-2025");
	assert_int_equal(setting_set(&app, "form_set", "2018", NULL), RC_OK);
	make_form(&app, SLIP_APOLOGY, code, "apology-2018");
	assert_int_equal(refused(&app, SLIP_STOP, code), RC_INPUT);
	assert_int_equal(setting_set(&app, "form_set", "2025", NULL), RC_OK);
	assert_int_equal(refused(&app, SLIP_STOP, code), RC_INPUT); /* not stopped */
	assert_int_equal(refused(&app, SLIP_REFUSAL, code), RC_INPUT);
	act(&app, code, VERB_STOP, "2024-10-30 09:00",
	    "{\"fields\":{\"reason\":\"Tòa án yêu cầu\",\"legal_basis\":\"Quyết định số 12\"}}");
	make_form(&app, SLIP_STOP, code, "stop");
	act(&app, code, VERB_RESUME, "2024-10-30 10:00", "{}");
	act(&app, code, VERB_DONE, "2024-11-04 15:00", "{}");
	act(&app, code, VERB_RETURN, "2024-11-05 08:30",
	    "{\"fields\":{\"method\":\"counter\",\"collected_by\":\"Nguyễn Thị Bình\"}}");
	make_form(&app, SLIP_CONTROL, code, "control");
	receive(&app, "2024-10-25 09:15", other);
	act(&app, other, VERB_REFUSE, "2024-10-25 09:30",
	    "{\"fields\":{\"reason\":\"Không thuộc thẩm quyền của phường.\\nĐề nghị nộp tại Sở Tư pháp.\"}}");
	make_form(&app, SLIP_REFUSAL, other, "refusal");
	make_form(&app, SLIP_REGISTER, code, "register-one");
	make(&app, &(struct slip_ask){ .form = SLIP_REGISTER, .from = on("2024-10-25"), .to = on("2024-10-25") },
	     "register");
	assert_int_equal(refused(&app, SLIP_RECEIPT, "H11.25-241025-0999"), RC_NONE);
	app.role = ROLE_TEAM_MEMBER;
	assert_int_equal(refused(&app, SLIP_RECEIPT, code), RC_REFUSED);
	ward_close(&app);
}

/* What the ward puts beside its store is used; what cannot be used is told, and the paper comes out. */
static void a_ward_may_have_its_own(void **state)
{
	static const char own[] = "@center *PHIẾU RIÊNG\n{code}: {applicant_name}\n", broken[] = "{nobody}\n";
	struct buf lines = BUF(ROOM), again = BUF(ROOM);
	struct explain doubts = { .count = 0 };
	char code[CODE_TEXT];
	struct slip_ask ask = { .form = SLIP_CONTROL, .code = code };
	char folder[128], file[160];
	struct app app;

	(void)state;
	ward_open(&app);
	receive(&app, "2024-10-25 08:05", code);
	(void)snprintf(folder, sizeof(folder), "%.*s/papers", (int)(strrchr(db_path(app.db), '/') - db_path(app.db)),
		       db_path(app.db));
	(void)snprintf(file, sizeof(file), "%s/control-2025.txt", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(file_write_atomic(file, own, strlen(own), NULL), RC_OK);
	assert_int_equal(slip_make(&app, &ask, &lines, &doubts, NULL), RC_OK);
	assert_int_equal(doubts.count, 0);
	assert_non_null(strstr(buf_str(&lines), "PHIẾU RIÊNG"));
	assert_non_null(strstr(buf_str(&lines), ": Nguyễn Thị Bình"));
	assert_int_equal(file_write_atomic(file, broken, strlen(broken), NULL), RC_OK);
	assert_int_equal(slip_make(&app, &ask, &again, &doubts, NULL), RC_OK);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(doubts.count, 1);
	assert_non_null(strstr(doubts.line[0].en, "control-2025.txt: template, line 1"));
	assert_non_null(strstr(buf_str(&again), "PHIẾU KIỂM SOÁT"));
	buf_done(&lines);
	buf_done(&again);
	ward_close(&app);
}

static void shipped_templates_know_their_names(void **state)
{
	(void)state;
	assert_true(paper_files_count >= SLIP_FORMS);
	for (size_t i = 0; i < paper_files_count; i++) {
		struct err err = { .rc = RC_OK };

		case_name(paper_files[i].name);
		assert_int_equal(paper_check(paper_files[i].text, strlen(paper_files[i].text), slip_words, &err),
				 RC_OK);
	}
}

static void names_are_said_once(void **state)
{
	(void)state;
	for (const struct paper_word *a = slip_words; a->name; a++) {
		assert_true(a->meaning.vi[0] && a->meaning.en[0]);
		for (const struct paper_word *b = a + 1; b->name; b++)
			assert_false(!strcmp(a->name, b->name) && !a->list == !b->list &&
				     (!a->list || !strcmp(a->list, b->list)));
	}
}

static const struct {
	int64_t vnd;
	const char *text;
} sums[] = {
	{ 0, "0 đồng" }, { 8000, "8.000 đồng" }, { 999, "999 đồng" }, { 1234567, "1.234.567 đồng" },
	{ -50000, "-50.000 đồng" }, { INT64_MAX, "9.223.372.036.854.775.807 đồng" },
};

static void sums_are_grouped(void **state)
{
	char text[48];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sums); i++)
		assert_string_equal(slip_money(sums[i].vnd, text), sums[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_are_as_they_were),
		cmocka_unit_test(a_ward_may_have_its_own),
		cmocka_unit_test(shipped_templates_know_their_names),
		cmocka_unit_test(names_are_said_once),
		cmocka_unit_test(sums_are_grouped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
