/* intake_who.c - the person at the counter: known by number, read from a card, of the household before. */
#include <stdio.h>
#include <string.h>

#include "core/rules/idcard.h"
#include "core/rules/person.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tui/intake.h"
#include "tui/words.h"

static dayno today(void)
{
	return dayno_of(clock_now());
}

/* The person. */

static void notice(struct intake *intake, enum style style, const char *text)
{
	snprintf(intake->notice, sizeof(intake->notice), "%s", text);
	intake->notice_style = style;
}

static bool form_id(const struct intake *intake, struct person_id *id)
{
	return person_id_check(form_text(&intake->form, "applicant_id_no"), 0, 0, 0, id, NULL) == RC_OK;
}

void intake_look_up(struct intake *intake)
{
	const struct intake_procedure *procedure = intake_procedure(intake);
	struct buf codes = BUF(400);
	struct person_id id;
	struct rec known;
	char text[INTAKE_NOTICE];

	rec_init(&known, REC_DOSSIER);
	intake->notice[0] = '\0';
	if (!form_id(intake, &id))
		goto out;
	if (procedure &&
	    intake_duplicates(intake->ui->app, id.number, procedure->code, &codes, NULL) == RC_OK &&
	    codes.len) {
		snprintf(text, sizeof(text),
			 UI_T(intake->ui, "Có thể trùng: người này đang có hồ sơ %s cùng thủ tục.",
			      "Possible duplicate: this person has %s open for the same procedure."),
			 buf_str(&codes));
		notice(intake, STYLE_WARN, text);
	} else if (intake_known(intake->ui->app, id.number, &known, NULL) == RC_OK &&
		   strcmp(rec_text(&known, DOSSIER_APPLICANT_NAME), form_text(&intake->form, "applicant_name"))) {
		snprintf(text, sizeof(text), UI_T(intake->ui, "Số này đã có: %s. F4 ở ô số để lấy.",
						  "This number is known: %s. F4 in the number takes it."),
			 rec_text(&known, DOSSIER_APPLICANT_NAME));
		notice(intake, STYLE_TEXT, text);
	}
out:
	rec_done(&known);
	buf_done(&codes);
}

/* Fields of a person from an earlier dossier; those it does not have stay. */
static void take_person(struct intake *intake, const struct rec *known)
{
	static const char *const names[] = { "applicant_name",	"applicant_birth_date", "applicant_sex",
					     "applicant_phone", "applicant_address",	"neighbourhood" };
	char text[EDIT_BYTES];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *field = intake_field(names[i]);

		if (!rec_has(known, field->tag))
			continue;
		if (field->type == FIELD_ENUM)
			form_choose(&intake->form, names[i], (long)rec_num(known, field->tag) - 1);
		else
			form_put(&intake->form, names[i],
				 words_value(known, field, intake->ui->lang, text, sizeof(text)));
	}
}

bool intake_take_known(struct intake *intake)
{
	struct person_id id;
	struct rec known;
	bool took = false;

	rec_init(&known, REC_DOSSIER);
	if (form_id(intake, &id) && intake_known(intake->ui->app, id.number, &known, NULL) == RC_OK) {
		take_person(intake, &known);
		took = true;
	}
	rec_done(&known);
	return took;
}

/* The doubts of a card as sentences. */
static void card_notice(struct intake *intake, unsigned doubts)
{
	char text[INTAKE_NOTICE];
	size_t at = (size_t)snprintf(text, sizeof(text), "%s", UI_T(intake->ui, "Đã đọc thẻ.", "Card read."));

	for (unsigned bit = 1; bit < 1u << IDCARD_DOUBTS && at < sizeof(text); bit <<= 1)
		if (doubts & bit)
			at += (size_t)snprintf(text + at, sizeof(text) - at, " %s",
					       ui_words(intake->ui, idcard_doubt_words((enum idcard_doubt)bit)));
	notice(intake, doubts ? STYLE_WARN : STYLE_GOOD, text);
}

bool intake_card(struct intake *intake, const char *text, size_t len)
{
	struct form *form = &intake->form;
	char date[CLOCK_DATE_TEXT];
	struct idcard card;

	if (idcard_read(text, len, today(), &card) != RC_OK)
		return false;
	form_put(form, "applicant_id_no", card.id_no);
	form_put(form, "applicant_name", card.name);
	if (card.birth != DAYNO_NONE)
		form_put(form, "applicant_birth_date", clock_format_dmy(card.birth, date));
	if (card.sex)
		form_choose(form, "applicant_sex", card.sex == 'F');
	if (*card.address)
		form_put(form, "applicant_address", card.address);
	intake_look_up(intake);
	if (!*intake->notice || card.doubts)
		card_notice(intake, card.doubts);
	intake->carded = !intake_procedure(intake);
	form_go(form, form_row_named(form, intake->carded ? "procedure_code" : "applicant_phone"));
	return true;
}

/* The name with capitals where names have them. */

bool intake_proper_name(const char *text, char out[EDIT_BYTES])
{
	struct buf lower = BUF(EDIT_BYTES), upper = BUF(EDIT_BYTES), proper = BUF(EDIT_BYTES);
	bool begins = true, good;

	utf8_lower(text, &lower);
	utf8_upper(text, &upper);
	good = !strcmp(text, buf_str(&lower)) || !strcmp(text, buf_str(&upper));
	for (const char *at = buf_str(&lower); *at;) {
		size_t len = utf8_next(at, 0);
		char letter[16];

		snprintf(letter, sizeof(letter), "%.*s", (int)len, at);
		if (begins)
			utf8_upper(letter, &proper);
		else
			buf_text(&proper, letter);
		begins = strchr(" '-", *letter) != NULL;
		at += len;
	}
	good = good && strcmp(text, buf_str(&proper)) != 0;
	if (good)
		snprintf(out, EDIT_BYTES, "%s", buf_str(&proper));
	buf_done(&lower);
	buf_done(&upper);
	buf_done(&proper);
	return good;
}

bool intake_take_proper(struct intake *intake)
{
	struct form *form = &intake->form;
	char proper[EDIT_BYTES];

	if (form->rows[form->at].kind != W_NAME || !intake_proper_name(form->edits[form->at].text, proper))
		return false;
	form_put(form, form->rows[form->at].name, proper);
	intake->owed = true;
	return true;
}
