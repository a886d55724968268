/* verb.c - see verb.h. */
#include "tui/verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/catalog.h"
#include "core/query.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/recform.h"

/* One verb being asked for. */
struct doing {
	struct ui *ui;
	const char *code;
	const struct rec *dossier; /* NULL: many are asked for at once */
	const char *const *codes;  /* those */
	size_t count;
	const struct dossier_verb *verb;
	struct recform recform;
	struct act_result result;
};

/* Fields every verb takes beside its own. */
static const struct field common_fields[] = {
	{ 1, "at", FIELD_TIME, 0, 0, NULL, NULL, T("Thời điểm", "At") },
	{ 2, "change_note", FIELD_TEXT, 0, 2000, NULL, NULL, T("Lý do, ghi chú", "Reason, note") },
	{ 0, NULL, FIELD_TEXT, 0, 0, NULL, NULL, T("", "") },
};

/* What `correct` changes: cells that differ, CELL_UNSET for those emptied. */
static void corrections(const struct doing *doing, const struct rec *typed, struct rec *out)
{
	struct rec after;

	rec_init(&after, REC_DOSSIER);
	rec_copy(&after, doing->dossier);
	for (size_t i = 0; i < doing->recform.count; i++) {
		const struct path path = path_of(doing->recform.fields[i]->tag);

		if (doing->recform.fields[i] >= common_fields &&
		    doing->recform.fields[i] < common_fields + ARRAY_LEN(common_fields))
			continue;
		rec_unset(&after, &path);
	}
	rec_apply(&after, typed);
	rec_diff(doing->dossier, &after, out);
	rec_done(&after);
}

/* Time and note, which stand behind the verb's own rows. */
static enum rc read_common(struct doing *doing, struct act_input *input, struct err *err)
{
	struct form *form = &doing->recform.form;
	struct rec rec;
	enum rc rc;

	rec_init(&rec, REC_NONE);
	rc = words_read(&common_fields[0], form_text(form, "at"), -1, doing->recform.today, doing->recform.day_ms, &rec,
			err);
	if (!rc && rec_has(&rec, 1))
		input->at = rec_num(&rec, 1);
	snprintf(input->note, sizeof(input->note), "%s", form_text(form, "change_note"));
	rec_done(&rec);
	return rc;
}

/* The verb's own fields from the form. */
static enum rc read_fields(struct doing *doing, struct rec *out, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < doing->recform.count; i++) {
		const struct field *field = doing->recform.fields[i];
		enum rc one;

		if (field >= common_fields && field < common_fields + ARRAY_LEN(common_fields))
			continue;
		one = words_read(field, doing->recform.form.edits[i].text, doing->recform.form.chosen[i],
				 doing->recform.today, doing->recform.day_ms, out, err);
		rc = rc ? rc : one;
	}
	return rc;
}

/* A known unit is where it is, as stands beside it, unless another level was chosen. */
static void put_level(struct doing *doing, struct rec *out)
{
	const struct offer *unit = recform_offered(&doing->recform, "unit");

	if (unit && unit->level && !rec_has(out, VERB_FIELD_LEVEL))
		rec_put_num(out, VERB_FIELD_LEVEL, unit->level);
}

/* All that was typed, as the verb takes it. */
static enum rc read_input(struct doing *doing, struct act_input *input, struct err *err)
{
	struct rec typed;
	enum rc rc;

	rec_init(&typed, REC_DOSSIER);
	rc = read_fields(doing, &typed, err);
	if (!rc && doing->verb->verb == VERB_FORWARD)
		put_level(doing, &typed);
	if (!rc)
		rc = read_common(doing, input, err);
	if (!rc && doing->verb->verb == VERB_CORRECT)
		corrections(doing, &typed, &input->fields);
	else if (!rc)
		rec_apply(&input->fields, &typed);
	rec_done(&typed);
	return rc;
}

static enum rc do_verb(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct doing *doing = ctx;
	struct act_input input;
	enum rc rc;

	(void)form;
	act_input_init(&input, doing->verb->verb);
	rc = read_input(doing, &input, err);
	if (!rc)
		rc = act_run(ui->app, doing->code, doing->verb->verb, &input, &doing->result, err);
	if (rc && !strcmp(err->field, "note")) /* of what is done now, not the dossier's own */
		snprintf(err->field, sizeof(err->field), "%s", common_fields[1].name);
	act_input_done(&input);
	return rc;
}

/* Papers that are not held, by name: what a request for papers must list. */
static void put_missing(struct ui *ui, struct doing *doing)
{
	struct offers papers = { NULL, 0 };
	struct buf items = BUF(EDIT_BYTES);

	if (offer_missing(ui->app, doing->dossier, &papers, NULL) == RC_OK)
		for (size_t i = 0; i < papers.count; i++)
			buf_printf(&items, "%s%s", i ? "; " : "", papers.list[i].value);
	form_put(&doing->recform.form, "items", buf_str(&items));
	buf_done(&items);
	offers_done(&papers);
}

/* The first fee that is still to be paid; the duty itself while the dossier waits for it. */
static void put_fee(struct doing *doing)
{
	bool waits = dossier_state(doing->dossier) == STATE_FINANCE;
	struct element el = { .from = 0 };
	char amount[32];

	while (rec_each(doing->dossier, DOSSIER_FEES, &el)) {
		if (el_num(doing->dossier, &el, FEE_EL_STATUS) != FEE_UNPAID ||
		    (waits && strcmp(el_text(doing->dossier, &el, FEE_EL_NAME), dossier_finance_fee.vi) != 0))
			continue;
		snprintf(amount, sizeof(amount), "%lld", (long long)el_num(doing->dossier, &el, FEE_EL_AMOUNT_VND));
		form_put(&doing->recform.form, "name", el_text(doing->dossier, &el, FEE_EL_NAME));
		form_put(&doing->recform.form, "amount_vnd", amount);
		return;
	}
}

enum { TEMPLATES = 100 }; /* dossiers, of many, whose procedures' units are offered first */

/* Units for many: those of their procedures first. */
static enum rc fill_units(struct doing *doing, struct offers *out, struct err *err)
{
	struct app *app = doing->ui->app;
	struct rec dossier;
	enum rc rc = RC_OK;

	rec_init(&dossier, REC_DOSSIER);
	for (size_t i = 0; !rc && i < doing->count && i < TEMPLATES; i++) {
		rec_clear(&dossier, REC_DOSSIER);
		rc = query_dossier(app, doing->codes[i], &dossier, err);
		if (!rc)
			rc = offer_template(app, &dossier, out, err);
		else if (rc == RC_NONE)
			rc = RC_OK;
	}
	rec_done(&dossier);
	return rc ? rc : offer_units(app, doing->dossier, out, err);
}

/* A recform_fill. What cannot be read is offered as far as it goes: the field takes any text. */
static void fill_offers(void *ctx, const char *name, struct offers *out)
{
	struct doing *doing = ctx;
	struct app *app = doing->ui->app;
	struct err err = { .rc = RC_OK };
	enum rc rc = RC_OK;

	if (!strcmp(name, "unit"))
		rc = fill_units(doing, out, &err);
	else if (!strcmp(name, "person"))
		rc = offer_people(app, doing->dossier, out, &err);
	else if (!strcmp(name, "reason_code"))
		rc = offer_reason_codes(app, out, &err);
	else if (!strcmp(name, "items") && doing->dossier)
		rc = offer_papers(app, doing->dossier, out, &err);
	else if (!strcmp(name, "neighbourhood"))
		rc = offer_neighbourhoods(app, out, &err);
	if (rc)
		ui_say_err(doing->ui, &err);
}

static void offer_values(struct doing *doing)
{
	static const char *const names[] = { "unit", "person", "reason_code", "items", "neighbourhood" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		recform_offer(&doing->recform, names[i], fill_offers, doing);
}

/* What a verb most often says stands in its form already. */
static void put_usual(struct ui *ui, struct doing *doing)
{
	struct form *form = &doing->recform.form;

	switch (doing->verb->verb) {
	case VERB_SUPPLEMENT:
		put_missing(ui, doing);
		break;
	case VERB_EXTEND:
		doing->recform.day_ms = clock_ms_of_day(rec_num_or(doing->dossier, DOSSIER_DUE_AT, app_now(ui->app)));
		break;
	case VERB_RETURN:
		form_choose(form, "method",
			    (long)rec_num_or(doing->dossier, DOSSIER_RETURN_METHOD, RETURN_COUNTER) - RETURN_COUNTER);
		form_put(form, "collected_by", rec_text(doing->dossier, DOSSIER_APPLICANT_NAME));
		break;
	case VERB_PAY:
		form_choose(form, "method", 0);
		put_fee(doing);
		break;
	default:
		break;
	}
}

/* The rows of a verb's form. */
static void verb_form(struct ui *ui, struct doing *doing)
{
	static const char *const corrected[] = { "applicant_name", "applicant_id_no", "applicant_phone",
						 "applicant_email", "applicant_birth_date", "applicant_sex",
						 "applicant_address", "neighbourhood", "submitter_name",
						 "submitter_id_no", "submitter_phone", "submitter_relation",
						 "submitter_paper", "channel", "return_method", "procedure_code",
						 "due_at", "late_reason", "note", NULL };
	msec now = app_now(ui->app);

	if (doing->verb->verb == VERB_CORRECT) {
		recform_init_some(&doing->recform, rec_type(REC_DOSSIER)->fields, corrected, now, ui->lang);
		recform_put(&doing->recform, doing->dossier);
	} else {
		recform_init(&doing->recform, doing->verb->fields, now, ui->lang);
		put_usual(ui, doing);
	}
	recform_more(&doing->recform, common_fields);
	offer_values(doing);
}

/* One line over the form: what may be left out. */
static const char *verb_help(struct ui *ui, enum verb verb)
{
	switch (verb) {
	case VERB_FORWARD:
		return UI_T(ui, "Để trống để giao bước tiếp theo của quy trình.",
			    "Leave empty to give the template's next step.");
	case VERB_SUPPLEMENT:
		return UI_T(ui, "Ghi đủ giấy tờ một lần, cách nhau bằng dấu ;",
			    "List every paper at once, separated by ;");
	case VERB_CORRECT:
		return UI_T(ui, "Sửa ô cần sửa; phải ghi lý do.", "Change what is wrong; a reason is needed.");
	case VERB_UNDO:
		return UI_T(ui, "Hoàn tác việc gần nhất của hồ sơ này.",
			    "Take back the last thing done to this dossier.");
	case VERB_RESUME:
		return UI_T(ui, "Tiếp tục tính thời hạn từ bây giờ.", "The clock runs on from now.");
	default:
		return "";
	}
}

/* What cannot be taken back lightly is asked for by a typed word. */
static bool is_sure(struct ui *ui, const struct dossier_verb *verb)
{
	static const struct words word = T("đồng ý", "agree");

	if (verb->verb != VERB_REFUSE && verb->verb != VERB_WITHDRAW)
		return true;
	return ask_word(ui, &verb->label, UI_T(ui, "Việc này kết thúc hồ sơ. Gõ \"đồng ý\" rồi Enter để làm.",
					       "This ends the dossier. Type \"agree\" and Enter to go on."), &word);
}

static void say_done(struct ui *ui, const struct doing *doing)
{
	char when[CLOCK_SHORT_TEXT], before[CLOCK_SHORT_TEXT];
	msec was = rec_num(doing->dossier, DOSSIER_DUE_AT);
	bool moved = was != MSEC_NONE && doing->result.due_at != MSEC_NONE && was != doing->result.due_at;
	const char *doubt = doing->result.doubts.count ? explain_text(&doing->result.doubts, 0, ui->lang) : "";

	ui_format(ui, *doubt ? STYLE_WARN : STYLE_GOOD, "%s: %s%s%s%s%s%s%s%s", UI_T(ui, "Đã ghi", "Recorded"),
		  ui_words(ui, &doing->verb->done),
		  doing->result.due_at != MSEC_NONE ? UI_T(ui, ". Hẹn trả ", ". Due ") : "",
		  doing->result.due_at != MSEC_NONE ? clock_format_short(doing->result.due_at, when) : "",
		  moved ? UI_T(ui, ", trước là ", ", it was ") : "", moved ? clock_format_short(was, before) : "",
		  *doubt ? ". " : "", doubt,
		  !*doubt && doing->verb->paper ? UI_T(ui, ". F9 in giấy", ". F9 prints") : "");
}

void verb_run(struct ui *ui, const char *code, const struct rec *dossier, const struct dossier_verb *verb)
{
	struct doing *doing = calloc(1, sizeof(*doing));
	char draft[120];
	struct rec copy; /* the screen below reads its own again while this runs */

	if (!doing)
		die("no memory for a form");
	rec_init(&copy, REC_DOSSIER);
	rec_copy(&copy, dossier);
	doing->ui = ui;
	doing->code = code;
	doing->dossier = &copy;
	doing->verb = verb;
	if (is_sure(ui, verb)) {
		verb_form(ui, doing);
		snprintf(draft, sizeof(draft), "act/%s/%s", verb->name, code);
		if (ask_form_kept(ui, &verb->label, verb_help(ui, verb->verb), &doing->recform.form, do_verb, doing,
				  draft))
			say_done(ui, doing);
		recform_done(&doing->recform);
	}
	rec_done(&copy);
	free(doing);
}

/* Many dossiers are being asked for at once. */
struct asking {
	struct doing doing;
	struct act_input *input;
};

static enum rc take_input(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct asking *asking = ctx;

	(void)ui;
	(void)form;
	act_input_done(asking->input); /* what an earlier try left */
	act_input_init(asking->input, asking->doing.verb->verb);
	return read_input(&asking->doing, asking->input, err);
}

/* One line over the form of many. */
static const char *many_help(struct ui *ui, enum verb verb)
{
	switch (verb) {
	case VERB_RETURN:
		return UI_T(ui, "Người nhận để trống: hồ sơ nào trả cho người đứng tên hồ sơ ấy.",
			    "Collected by, left empty: each by its own applicant.");
	case VERB_DONE:
		return UI_T(ui, "Số kết quả ghi vào mọi hồ sơ; để trống nếu mỗi hồ sơ một số.",
			    "A result number goes into every dossier; leave it empty if each has its own.");
	case VERB_UNDO:
		return UI_T(ui, "Hoàn tác việc gần nhất của từng hồ sơ.", "Take back the last thing done to each.");
	default:
		return verb_help(ui, verb);
	}
}

bool verb_ask(struct ui *ui, const struct dossier_verb *verb, const char *const *codes, size_t count,
	      struct act_input *input)
{
	struct asking *asking = calloc(1, sizeof(*asking));
	struct recform *recform;
	bool said;

	if (!asking)
		die("no memory for a form");
	asking->doing = (struct doing){ .ui = ui, .codes = codes, .count = count, .verb = verb };
	asking->input = input;
	recform = &asking->doing.recform;
	recform_init(recform, verb->fields, app_now(ui->app), ui->lang);
	if (verb->verb == VERB_RETURN)
		form_choose(&recform->form, "method", 0);
	recform_more(recform, common_fields);
	offer_values(&asking->doing);
	said = is_sure(ui, verb) &&
	       ask_form(ui, &verb->label, many_help(ui, verb->verb), &recform->form, take_input, asking);
	recform_done(recform);
	free(asking);
	return said;
}
