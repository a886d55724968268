/* intake.c - what the office knows while a dossier is being received. */
#include "tui/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/rules/idcard.h"
#include "core/rules/person.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "db/rec_fields.h"
#include "tui/recform.h"
#include "tui/words.h"

const struct form_row intake_rows[] = {
	{ "procedure_code", W_PICK, T("Thủ tục", "Procedure"), T("gõ vài chữ, không cần dấu", "type a few words"), 0, 200 },
	{ "applicant_name", W_NAME, T("Họ và tên", "Full name"), T("như trên giấy tờ", "as on the papers"), 34, 200 },
	{ "applicant_id_no", W_ID, T("Số CCCD", "ID number"), T("quét thẻ, hoặc gõ 12 số", "scan the card or type 12 digits"), 18, 40 },
	{ "applicant_phone", W_PHONE, T("Số điện thoại", "Phone"), T("0912 345 678", "0912 345 678"), 18, 20 },
	{ "applicant_birth_date", W_DATE, T("Ngày sinh", "Birth date"), T("150390, 15/3/1990 hoặc 1990", "150390, 15/3/1990 or 1990"), 18, 20 },
	{ "applicant_sex", W_CHOICE, T("Giới tính", "Sex"), T("phím Cách, chữ đầu", "Space, first letter"), 18, 0 },
	{ "applicant_address", W_LINE, T("Địa chỉ", "Address"), T("", ""), 0, 300 },
	{ "neighbourhood", W_NUMBER, T("Khu phố", "Neighbourhood"), T("số; F4: chọn", "number; F4: choose"), 6, 4 },
	{ "channel", W_CHOICE, T("Kênh nộp", "Channel"), T("phím Cách để đổi", "Space changes it"), 18, 0 },
	{ "return_method", W_CHOICE, T("Nhận kết quả", "Result goes out"), T("để trống: tại quầy", "empty: at the counter"), 18, 0 },
	{ "applicant_email", W_EMAIL, T("Email", "Email"), T("", ""), 34, 200 },
	{ "submitter_name", W_NAME, T("Người nộp", "Submitter"), T("nếu không phải chủ hồ sơ", "if not the applicant"), 34, 200 },
	{ "submitter_id_no", W_ID, T("CCCD người nộp", "Submitter ID"), T("12 số", "12 digits"), 18, 40 },
	{ "submitter_phone", W_PHONE, T("ĐT người nộp", "Submitter phone"), T("", ""), 18, 20 },
	{ "submitter_relation", W_CHOICE, T("Quan hệ", "Relation"), T("F4: chọn", "F4: choose"), 18, 0 },
	{ "submitter_paper", W_LINE, T("Giấy ủy quyền", "Authorisation"), T("số, ngày, nơi chứng thực", "number, date, who certified"), 0, 200 },
	{ "exempt_reason", W_CHOICE, T("Diện miễn", "Exempt as"), T("F4: chọn; trống là phải nộp", "F4: choose; empty pays"), 18, 0 },
	{ "amount_vnd", W_MONEY, T("Lệ phí", "Fee"), T("50k, 50.000", "50k, 50.000"), 18, 20 },
	{ "method", W_CHOICE, T("Thu tiền", "Paid"), T("F4: chọn; trống là thu sau", "F4: choose; empty: later"), 18, 0 },
	{ "receipt_no", W_CODE, T("Số biên lai", "Receipt number"), T("", ""), 18, 40 },
	{ "due_at", W_TIME, T("Hẹn trả", "Due"), T("thủ tục không có thời hạn: ngày hẹn", "no statutory time: type the date"), 20, 30 },
	{ "note", W_LINE, T("Ghi chú", "Note"), T("", ""), 0, 500 },
};
const size_t intake_row_count = ARRAY_LEN(intake_rows);

const struct field *intake_field(const char *name)
{
	const struct field *fields = rec_type(REC_DOSSIER)->fields, *field = field_named(fields, name);

	return field ? field : field_named(field_tagged(fields, DOSSIER_FEES)->sub, name);
}

static const char *row_text(const struct intake *intake, const char *name)
{
	return form_text(&intake->form, name);
}

static dayno today(void)
{
	return dayno_of(clock_now());
}

const struct intake_procedure *intake_procedure(const struct intake *intake)
{
	long at = form_choice(&intake->form, "procedure_code");

	return at >= 0 && (size_t)at < intake->procedure_count ? &intake->procedures[at] : NULL;
}

/* The hooks of the form. */

static bool is_place(size_t row)
{
	return !strcmp(intake_rows[row].name, "neighbourhood");
}

/* The ward's neighbourhoods, asked once; the field takes any other number. */
static const struct offers *places_of(struct intake *intake)
{
	struct err err = { .rc = RC_OK };

	if (!intake->places_known && offer_neighbourhoods(intake->ui->app, &intake->places, &err))
		ui_say_err(intake->ui, &err);
	intake->places_known = true;
	return &intake->places;
}

static size_t on_count(void *ctx, size_t row)
{
	struct intake *intake = ctx;

	if (intake_rows[row].kind == W_PICK)
		return intake->procedure_count;
	if (is_place(row))
		return places_of(intake)->count;
	return words_choice_count(intake_field(intake_rows[row].name));
}

static void on_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	struct intake *intake = ctx;

	if (is_place(row))
		offer_words(&places_of(intake)->list[item], out, size);
	else if (intake_rows[row].kind == W_PICK)
		snprintf(out, size, "%.*s", (int)utf8_cut_letters(intake->procedures[item].name, 60),
			 intake->procedures[item].name);
	else
		words_choice(intake_field(intake_rows[row].name), (int64_t)item + 1, intake->ui->lang, out, size);
}

static void on_value(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	if (is_place(row))
		snprintf(out, size, "%s", places_of(ctx)->list[item].value);
	else
		on_item(ctx, row, item, out, size);
}

/* Every word must be there; the words as typed, side by side, come first, and of two the shorter name. */
static unsigned on_rank(void *ctx, size_t row, size_t item, const char *folded)
{
	const struct intake *intake = ctx;
	const char *text = intake->procedures[item].folded;
	unsigned rank = (unsigned)sizeof(intake->procedures[item].folded) - (unsigned)strlen(text);

	(void)row;
	if (*folded && strstr(text, folded))
		rank += (unsigned)sizeof(intake->procedures[item].folded);
	while (*folded) {
		size_t len = strcspn(folded, " ");
		char word[128];

		snprintf(word, sizeof(word), "%.*s", (int)len, folded);
		if (!strstr(text, word))
			return 0;
		folded += len;
		folded += strspn(folded, " ");
	}
	return rank + 1;
}

static bool on_hidden(void *ctx, size_t row)
{
	const struct intake *intake = ctx;
	const char *name = intake_rows[row].name;

	if (!strncmp(name, "submitter_", 10) && strcmp(name, "submitter_name") != 0)
		return !*row_text(intake, "submitter_name");
	if (!strcmp(name, "applicant_email"))
		return form_choice(&intake->form, "channel") <= CHANNEL_DIRECT - 1 &&
		       form_choice(&intake->form, "return_method") < RETURN_ONLINE - 1 && !*row_text(intake, name);
	if (intake_is_fee(name))
		return intake_fee_hidden(intake, name);
	if (!strcmp(name, "due_at"))
		return !intake_procedure(intake) || !intake_procedure(intake)->untimed;
	return false;
}

/* The sex given in the form, or 0. */
static char form_sex(const struct intake *intake)
{
	long sex = form_choice(&intake->form, "applicant_sex");

	return sex == 0 ? 'M' : sex == 1 ? 'F' : 0;
}

static void live_id(const struct intake *intake, const char *text, bool owner, char *out, size_t size,
		    enum style *style)
{
	struct person_id id;
	int year = 0;
	dayno birth;

	if (owner && person_birth(row_text(intake, "applicant_birth_date"), today(), &birth, &year, NULL))
		year = 0;
	if (person_id_check(text, owner ? form_sex(intake) : 0, year, dayno_civil(today()).year, &id, NULL) ||
	    id.kind != PERSON_CCCD)
		return;
	for (unsigned bit = 1; bit <= PERSON_UNBORN; bit <<= 1) {
		if (id.doubts & bit) {
			snprintf(out, size, "? %s", ui_words(intake->ui, person_doubt_words((enum person_doubt)bit)));
			*style = STYLE_WARN;
			return;
		}
	}
	snprintf(out, size, "%s, %s, %d", id.province ? id.province->name : "",
		 id.sex == 'F' ? UI_T(intake->ui, "nữ", "female") : UI_T(intake->ui, "nam", "male"), id.birth_year);
}

/* Dates, times and amounts. */
static void live_value(const struct intake *intake, size_t row, const char *text, char *out, size_t size)
{
	char date[CLOCK_DATE_TEXT], when[CLOCK_SHORT_TEXT];
	int64_t vnd;
	dayno birth;
	msec due;
	int year;

	if (intake_rows[row].kind == W_DATE && person_birth(text, today(), &birth, &year, NULL) == RC_OK)
		snprintf(out, size, "%s", birth == DAYNO_NONE ? UI_T(intake->ui, "chỉ có năm", "year only") :
								clock_format_dmy(birth, date));
	else if (intake_rows[row].kind == W_TIME &&
		 words_read_time(text, today(), (int32_t)(17 * HOUR_MS), &due, NULL) == RC_OK)
		snprintf(out, size, "%s", clock_format_short(due, when));
	else if (intake_rows[row].kind == W_MONEY && words_read_money(text, &vnd, NULL) == RC_OK)
		words_money(vnd, out, size);
}

static void on_live(void *ctx, size_t row, char *out, size_t size, enum style *style)
{
	const struct intake *intake = ctx;
	const char *name = intake_rows[row].name, *text = intake->form.edits[row].text;
	char phone[PERSON_PHONE_TEXT], proper[EDIT_BYTES];

	if (!*text)
		return;
	if (intake_rows[row].kind == W_ID)
		live_id(intake, text, *name == 'a', out, size, style);
	else if (intake_rows[row].kind == W_PHONE && person_phone(text, phone, NULL) == RC_OK)
		snprintf(out, size, "%s", phone);
	else if (intake_rows[row].kind == W_NAME && intake_proper_name(text, proper))
		snprintf(out, size, "F4: %s", proper);
	else
		live_value(intake, row, text, out, size);
}

const struct form_hooks intake_hooks = {
	.count = on_count, .item = on_item, .value = on_value, .rank = on_rank, .live = on_live, .hidden = on_hidden,
};

/* Start and end. */

static enum rc add_procedure(void *ctx, const struct rec *rec, struct err *err)
{
	struct intake *intake = ctx;
	struct intake_procedure *procedure;
	struct allowance allowance = catalog_allowance(rec, CHANNEL_DIRECT);
	struct buf folded = BUF(4096);

	(void)err;
	if (intake->procedure_count == INTAKE_PROCEDURES)
		return RC_OK;
	if (intake->procedure_count % 64 == 0) {
		procedure = realloc(intake->procedures, (intake->procedure_count + 64) * sizeof(*procedure));
		if (!procedure)
			die("no memory for the catalogue");
		intake->procedures = procedure;
	}
	procedure = &intake->procedures[intake->procedure_count++];
	memset(procedure, 0, sizeof(*procedure));
	snprintf(procedure->code, sizeof(procedure->code), "%s", rec_text(rec, PROCEDURE_CODE));
	snprintf(procedure->name, sizeof(procedure->name), "%.*s",
		 (int)utf8_cut_letters(rec_text(rec, PROCEDURE_NAME), 130), rec_text(rec, PROCEDURE_NAME));
	vn_fold(rec_text(rec, PROCEDURE_NAME), &folded);
	buf_byte(&folded, ' ');
	vn_fold(rec_text(rec, PROCEDURE_FIELD_NAME), &folded);
	snprintf(procedure->folded, sizeof(procedure->folded), "%s %s", procedure->code, buf_str(&folded));
	procedure->fee = rec_num_or(rec, PROCEDURE_FEE_DIRECT_VND, 0);
	procedure->fee_online = rec_num_or(rec, PROCEDURE_FEE_ONLINE_VND, procedure->fee);
	procedure->local_fee = rec_has(rec, PROCEDURE_FEE_NOTE);
	procedure->untimed = allowance.unit == UNIT_NONE && !allowance.same_day_15h;
	buf_done(&folded);
	return RC_OK;
}

enum rc intake_start(struct intake *intake, struct ui *ui, struct err *err)
{
	enum rc rc;

	intake->ui = ui;
	burst_init(&intake->burst);
	form_init(&intake->form, intake_rows, intake_row_count, &intake_hooks, intake, ui->lang);
	rc = catalog_search_procedures(ui->app, "", add_procedure, intake, err);
	if (rc)
		return rc;
	intake->usual_fee = -1;
	form_choose(&intake->form, "channel", CHANNEL_DIRECT - 1);
	intake->form.dirty = false;
	return RC_OK;
}

void intake_free(struct intake *intake)
{
	form_done(&intake->form);
	edit_wipe(&intake->before);
	burst_init(&intake->burst);
	offers_done(&intake->places);
	free(intake->procedures);
	free(intake);
}

/* Papers and the promise. */

static enum rc add_paper(void *ctx, const struct rec *rec, struct err *err)
{
	struct intake *intake = ctx;
	struct intake_paper *paper = &intake->papers[intake->paper_count];

	(void)err;
	if (intake->paper_count == INTAKE_PAPERS)
		return RC_OK;
	memset(paper, 0, sizeof(*paper));
	snprintf(paper->component, sizeof(paper->component), "%02lld", (long long)rec_num_or(rec, DOCUMENT_SEQ, 0));
	snprintf(paper->name, sizeof(paper->name), "%.*s",
		 (int)utf8_cut_letters(rec_text(rec, DOCUMENT_DOCUMENT_NAME), 130),
		 rec_text(rec, DOCUMENT_DOCUMENT_NAME));
	paper->originals = (int)rec_num_or(rec, DOCUMENT_ORIGINALS, 0);
	paper->copies = (int)rec_num_or(rec, DOCUMENT_COPIES, 0);
	paper->required = rec_num_or(rec, DOCUMENT_KIND, DOC_SUBMIT) == DOC_SUBMIT && !rec_has(rec, DOCUMENT_CONDITION);
	paper->held = paper->required;
	intake->paper_count++;
	return RC_OK;
}

static void load_papers(struct intake *intake, const char *code)
{
	struct err err = { .rc = RC_OK };

	if (!strcmp(intake->papers_of, code))
		return;
	intake->paper_count = intake->paper_at = intake->paper_top = 0;
	snprintf(intake->papers_of, sizeof(intake->papers_of), "%s", code);
	if (*code && catalog_components(intake->ui->app, code, today(), add_paper, intake, &err))
		ui_say_err(intake->ui, &err);
}

/* The promise for what is chosen so far, through the same rules that will make it. */
static void plan_due(struct intake *intake, const char *code)
{
	struct intake_result result;
	char when[CLOCK_SHORT_TEXT], time[ALLOWANCE_TEXT];
	struct rec rec, procedure;
	struct allowance allowance;
	msec due;

	rec_init(&rec, REC_DOSSIER);
	rec_init(&procedure, REC_PROCEDURE);
	rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, code);
	rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "-");
	rec_put_num(&rec, DOSSIER_CHANNEL, form_choice(&intake->form, "channel") + 1);
	if (words_read_time(row_text(intake, "due_at"), today(), (int32_t)(17 * HOUR_MS), &due, NULL) == RC_OK)
		rec_put_num(&rec, DOSSIER_DUE_AT, due);
	if (intake_preview(intake->ui->app, &rec, &result, NULL) == RC_OK && result.due_at != MSEC_NONE &&
	    catalog_procedure(intake->ui->app, code, today(), &procedure, NULL) == RC_OK) {
		allowance = catalog_allowance(&procedure, rec_num(&rec, DOSSIER_CHANNEL));
		allowance_format(&allowance, intake->ui->lang, time);
		snprintf(intake->due, sizeof(intake->due), "%s %s%s%s%s", UI_T(intake->ui, "Hẹn trả", "Due"),
			 clock_format_short(result.due_at, when), *time ? " (" : "", time, *time ? ")" : "");
		if (rec_true(&rec, DOSSIER_PROVISIONAL))
			snprintf(intake->due + strlen(intake->due), sizeof(intake->due) - strlen(intake->due), "%s",
				 UI_T(intake->ui, ", tạm tính", ", provisional"));
	}
	rec_done(&rec);
	rec_done(&procedure);
}

void intake_replan(struct intake *intake)
{
	const struct intake_procedure *procedure = intake_procedure(intake);

	load_papers(intake, procedure ? procedure->code : "");
	intake_fee_usual(intake);
	intake->due[0] = '\0';
	if (procedure)
		plan_due(intake, procedure->code);
}
