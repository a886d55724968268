/* intake_read.c - from the form to a record, from the form to a draft and back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/draft.h"
#include "core/rules/person.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tui/intake.h"
#include "tui/words.h"

/* What this user received last: families hand in papers together. */
struct ditto {
	char name[32], text[EDIT_BYTES];
	long chosen;
};

static void fail(struct intake *intake, const char *name, const struct err *err)
{
	form_fail(&intake->form, name, err_text(err, intake->ui->lang));
}

static void read_name(struct intake *intake, const char *row, unsigned tag, bool needed, struct rec *out)
{
	const char *text = form_text(&intake->form, row);
	struct buf name = BUF(2048);
	struct err err = { .rc = RC_OK };

	if (!*text && !needed)
		return;
	if (person_name(text, strlen(text), &name, &err))
		fail(intake, row, &err);
	else
		rec_put_text(out, tag, buf_str(&name));
	buf_done(&name);
}

static void read_id(struct intake *intake, const char *row, unsigned tag, unsigned kind_tag, struct rec *out)
{
	static const int kinds[] = { [PERSON_CCCD] = 1, [PERSON_CMND] = 2, [PERSON_OTHER] = 4 };
	const char *text = form_text(&intake->form, row);
	struct err err = { .rc = RC_OK };
	struct person_id id;

	if (!*text)
		return;
	if (person_id_check(text, 0, 0, 0, &id, &err)) {
		fail(intake, row, &err);
		return;
	}
	rec_put_text(out, tag, id.number);
	if (kind_tag)
		rec_put_num(out, kind_tag, kinds[id.kind]);
}

static void read_phone(struct intake *intake, const char *row, unsigned tag, struct rec *out)
{
	const char *text = form_text(&intake->form, row);
	char phone[PERSON_PHONE_TEXT];
	struct err err = { .rc = RC_OK };

	if (!*text)
		return;
	if (person_phone(text, phone, &err))
		fail(intake, row, &err);
	else
		rec_put_text(out, tag, phone);
}

static void read_birth(struct intake *intake, struct rec *out)
{
	const char *text = form_text(&intake->form, "applicant_birth_date");
	struct err err = { .rc = RC_OK };
	dayno birth;
	int year;

	if (!*text)
		return;
	if (person_birth(text, dayno_of(clock_now()), &birth, &year, &err))
		fail(intake, "applicant_birth_date", &err);
	else if (birth != DAYNO_NONE)
		rec_put_num(out, DOSSIER_APPLICANT_BIRTH_DATE, birth);
	else
		rec_put_num(out, DOSSIER_APPLICANT_BIRTH_YEAR, year);
}

/* Fields that need no rule of their own. */
static void read_plain(struct intake *intake, struct rec *out)
{
	static const char *const names[] = { "applicant_sex", "applicant_address", "neighbourhood", "channel",
					     "return_method", "applicant_email", "due_at", "note" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *field = field_named(rec_type(REC_DOSSIER)->fields, names[i]);
		struct err err = { .rc = RC_OK };

		if (intake_hooks.hidden(intake, form_row_named(&intake->form, names[i])))
			continue;
		if (words_read(field, form_text(&intake->form, names[i]), form_choice(&intake->form, names[i]),
			       dayno_of(clock_now()), (int32_t)(17 * HOUR_MS), out, &err))
			fail(intake, names[i], &err);
	}
}

/* Required papers always, others when they are held. */
static void read_papers(const struct intake *intake, struct rec *out)
{
	unsigned index = 0;

	for (size_t i = 0; i < intake->paper_count; i++) {
		const struct intake_paper *paper = &intake->papers[i];
		struct path path = path_at(DOSSIER_COMPONENTS, index, COMPONENT_EL_COMPONENT);

		if (!paper->required && !paper->held)
			continue;
		rec_set_bytes(out, &path, paper->component, strlen(paper->component));
		path.sub = COMPONENT_EL_HELD;
		rec_set_num(out, &path, paper->held);
		path.sub = COMPONENT_EL_ORIGINALS;
		rec_set_num(out, &path, paper->held ? paper->originals : 0);
		path.sub = COMPONENT_EL_COPIES;
		rec_set_num(out, &path, paper->held ? paper->copies : 0);
		path.sub = COMPONENT_EL_CERTIFIED;
		if (paper->held && paper->certified)
			rec_set_num(out, &path, paper->certified);
		path.sub = COMPONENT_EL_ELECTRONIC;
		if (paper->held && paper->electronic)
			rec_set_num(out, &path, 1);
		index++;
	}
}

enum rc intake_read(struct intake *intake, struct rec *out)
{
	struct form *form = &intake->form;
	long procedure = form_choice(form, "procedure_code");

	form_errors_clear(form);
	if (procedure >= 0 && (size_t)procedure < intake->procedure_count)
		rec_put_text(out, DOSSIER_PROCEDURE_CODE, intake->procedures[procedure].code);
	else
		form_fail(form, "procedure_code", UI_T(intake->ui, "Chọn một thủ tục.", "Choose a procedure."));
	read_name(intake, "applicant_name", DOSSIER_APPLICANT_NAME, true, out);
	read_id(intake, "applicant_id_no", DOSSIER_APPLICANT_ID_NO, DOSSIER_APPLICANT_ID_KIND, out);
	read_phone(intake, "applicant_phone", DOSSIER_APPLICANT_PHONE, out);
	read_birth(intake, out);
	if (*form_text(form, "submitter_name")) {
		read_name(intake, "submitter_name", DOSSIER_SUBMITTER_NAME, false, out);
		read_id(intake, "submitter_id_no", DOSSIER_SUBMITTER_ID_NO, 0, out);
		read_phone(intake, "submitter_phone", DOSSIER_SUBMITTER_PHONE, out);
		if (form_choice(form, "submitter_relation") >= 0)
			rec_put_num(out, DOSSIER_SUBMITTER_RELATION, form_choice(form, "submitter_relation") + 1);
		if (*form_text(form, "submitter_paper"))
			rec_put_text(out, DOSSIER_SUBMITTER_PAPER, form_text(form, "submitter_paper"));
	}
	read_plain(intake, out);
	intake_fee_read(intake, out);
	read_papers(intake, out);
	return form->error_count ? RC_INPUT : RC_OK;
}

/* The draft. */

static bool is_blank(const struct intake *intake)
{
	for (size_t i = 0; i < intake->form.count; i++)
		if (intake->form.edits[i].len && strcmp(intake->form.rows[i].name, "channel"))
			return false;
	return true;
}

static void put_counts(const struct intake *intake, struct buf *out)
{
	wire_put_uint(out, intake->cell);
	wire_put_uint(out, intake->carded);
	for (size_t i = 0; i < intake->paper_count; i++) {
		const struct intake_paper *paper = &intake->papers[i];

		wire_put_uint(out, paper->electronic);
		wire_put_uint(out, (uint64_t)paper->originals);
		wire_put_uint(out, (uint64_t)paper->copies);
		wire_put_uint(out, (uint64_t)paper->certified);
	}
}

static int get_count(struct reader *r, int otherwise)
{
	uint64_t count = wire_uint(r);

	return !r->bad && count <= 9999 ? (int)count : otherwise;
}

/* Drafts of older programs have no counts: those of the catalogue stay. */
static void get_counts(struct intake *intake, struct reader *r, uint64_t count)
{
	int cell = get_count(r, CELL_TICK);

	intake->cell = cell < CELL_KINDS ? (enum intake_cell)cell : CELL_TICK;
	intake->carded = get_count(r, 0);
	for (uint64_t i = 0; i < count && i < intake->paper_count && !r->bad; i++) {
		struct intake_paper *paper = &intake->papers[i];

		paper->electronic = get_count(r, 0);
		paper->originals = get_count(r, paper->originals);
		paper->copies = get_count(r, paper->copies);
		paper->certified = get_count(r, paper->certified);
	}
}

void intake_keep(struct intake *intake)
{
	struct buf body = BUF(DRAFT_MAX);
	struct err err = { .rc = RC_OK };

	if (!intake->owed && !intake->form.dirty)
		return;
	intake->owed = intake->form.dirty = false;
	if (!intake->draft && is_blank(intake))
		return;
	draft_write(&intake->form, &body);
	wire_put_uint(&body, intake->in_papers);
	wire_put_uint(&body, intake->paper_at);
	wire_put_bytes(&body, intake->papers_of, strlen(intake->papers_of));
	wire_put_uint(&body, intake->paper_count);
	for (size_t i = 0; i < intake->paper_count; i++)
		wire_put_uint(&body, intake->papers[i].held);
	wire_put_uint(&body, intake->paper_top);
	wire_put_uint(&body, intake->notice_style);
	wire_put_bytes(&body, intake->notice, strlen(intake->notice));
	put_counts(intake, &body);
	if (draft_save_then(intake->ui->app, &intake->draft, "intake", (struct span){ body.data, body.len }, ui_kept,
			    intake->ui, &err))
		ui_say_err(intake->ui, &err);
	buf_wipe_done(&body);
}

/* A draft keeps the procedure by name and place; the catalogue may have changed since: find it by its code. */
static void settle_procedure(struct intake *intake, const char *code)
{
	size_t row = form_row_named(&intake->form, "procedure_code");
	struct edit *edit = &intake->form.edits[row];
	char name[FORM_ITEM];

	for (size_t i = 0; i < intake->procedure_count; i++) {
		if (strcmp(intake->procedures[i].code, code) != 0)
			continue;
		intake->form.chosen[row] = (long)i;
		intake_hooks.item(intake, row, i, name, sizeof(name));
		if (edit->len && strcmp(edit->text, name) != 0)
			edit_set(edit, name);
		return;
	}
	intake->form.chosen[row] = -1;
}

/* What was said beside the form; drafts of older programs have none. */
static void read_notice(struct intake *intake, struct reader *r)
{
	uint64_t top = wire_uint(r), style = wire_uint(r);
	struct span text = wire_bytes(r);

	if (r->bad || style >= STYLE_COUNT || !utf8_valid((const char *)text.data, text.len))
		return;
	intake->paper_top = top <= intake->paper_at ? (size_t)top : intake->paper_at;
	intake->notice_style = (enum style)style;
	snprintf(intake->notice, sizeof(intake->notice), "%.*s", (int)text.len, (const char *)text.data);
}

bool intake_open_draft(struct intake *intake, int64_t draft)
{
	struct buf body = BUF(DRAFT_MAX);
	struct err err = { .rc = RC_OK };
	struct reader r;
	struct span code;
	char procedure[44];
	uint64_t count, in_papers, paper_at;
	bool good = draft_load(intake->ui->app, draft, &body, &err) == RC_OK;

	r = reader_on(body.data, body.len);
	good = good && draft_read(&intake->form, &r);
	if (good) {
		in_papers = wire_uint(&r);
		paper_at = wire_uint(&r);
		code = wire_bytes(&r);
		snprintf(procedure, sizeof(procedure), "%.*s", (int)(r.bad ? 0 : code.len), (const char *)code.data);
		if (*procedure)
			settle_procedure(intake, procedure);
		intake_replan(intake);
		count = wire_uint(&r);
		for (uint64_t i = 0; i < count && !r.bad; i++) {
			bool held = wire_uint(&r) != 0;

			if (i < intake->paper_count && !r.bad)
				intake->papers[i].held = held;
		}
		intake->in_papers = in_papers && intake->paper_count;
		intake->paper_at = paper_at < intake->paper_count ? (size_t)paper_at : 0;
		intake->draft = draft;
		read_notice(intake, &r);
		get_counts(intake, &r, count);
	}
	intake->form.dirty = intake->owed = false;
	buf_wipe_done(&body);
	return good;
}

void intake_forget_draft(struct intake *intake)
{
	struct err err = { .rc = RC_OK };

	if (intake->draft && draft_delete(intake->ui->app, intake->draft, &err))
		ui_say_err(intake->ui, &err);
	intake->draft = 0;
	intake->owed = intake->form.dirty = false;
}

/* Ditto. */

void intake_ditto_free(struct ui *ui)
{
	volatile unsigned char *at = (volatile unsigned char *)ui->ditto;

	for (size_t i = 0; at && i < FORM_ROWS * sizeof(*ui->ditto); i++)
		at[i] = 0;
	free(ui->ditto);
	ui->ditto = NULL;
}

void intake_remember(struct intake *intake)
{
	struct ditto *ditto = intake->ui->ditto;

	if (!ditto)
		ditto = intake->ui->ditto = calloc(FORM_ROWS, sizeof(*ditto));
	if (!ditto)
		die("no memory for a form");
	for (size_t i = 0; i < intake->form.count; i++) {
		snprintf(ditto[i].name, sizeof(ditto[i].name), "%s", intake->form.rows[i].name);
		snprintf(ditto[i].text, sizeof(ditto[i].text), "%s", intake->form.edits[i].text);
		ditto[i].chosen = intake->form.chosen[i];
	}
}

void intake_ditto(struct intake *intake)
{
	const struct ditto *ditto = intake->ui->ditto;
	struct form *form = &intake->form;
	enum form_kind kind = form->rows[form->at].kind;

	if (!ditto)
		ui_say(intake->ui, STYLE_TEXT,
		       UI_T(intake->ui, "Chưa có hồ sơ nào trước đó.", "There is no earlier dossier."));
	else if (kind == W_CHOICE || kind == W_PICK)
		form_choose(form, ditto[form->at].name, ditto[form->at].chosen);
	else
		form_put(form, ditto[form->at].name, ditto[form->at].text);
	form->open = false;
}

void intake_household(struct intake *intake)
{
	static const char *const shared[] = { "applicant_phone", "applicant_email", "applicant_address",
					      "neighbourhood", "channel", "return_method", "submitter_name",
					      "submitter_id_no", "submitter_phone", "submitter_relation",
					      "submitter_paper" };
	const struct ditto *ditto = intake->ui->ditto;
	struct form *form = &intake->form;

	for (size_t i = 0; ditto && i < ARRAY_LEN(shared); i++) {
		size_t row = form_row_named(form, shared[i]);

		if (form->rows[row].kind == W_CHOICE)
			form_choose(form, shared[i], ditto[row].chosen);
		else
			form_put(form, shared[i], ditto[row].text);
	}
	if (ditto) {
		intake->notice_style = STYLE_TEXT;
		snprintf(intake->notice, sizeof(intake->notice), "%s",
			 UI_T(intake->ui, "Cùng hộ với hồ sơ vừa nhận: giữ địa chỉ, điện thoại, người nộp.",
			      "The household of the last dossier: address, phone and submitter are kept."));
	}
	form->dirty = false; /* nothing of this dossier has been typed yet */
}
