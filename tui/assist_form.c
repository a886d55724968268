/* assist_form.c - see assist_form.h. */
#include "tui/assist_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/assist.h"
#include "core/catalog.h"
#include "tui/ask.h"
#include "tui/words.h"

struct assisting {
	struct ui *ui;
	const struct categories *categories;
	struct form form;
	struct explain doubts;
};

/* Rows by their names in the exchange format, so that errors find them. */
static const struct form_row rows[] = {
	{ "category", W_PICK, T("Loại hỗ trợ", "Category"),
	  T("gõ vài chữ, không cần dấu", "type a few words"), 0, 100 },
	{ "outcome", W_CHOICE, T("Kết quả", "Outcome"), T("phím Cách để đổi", "Space changes it"), 22, 0 },
	{ "minutes", W_NUMBER, T("Số phút", "Minutes"), T("", ""), 8, 6 },
	{ "place", W_CHOICE, T("Nơi hỗ trợ", "Place"), T("phím Cách để đổi", "Space changes it"), 22, 0 },
	{ "neighbourhood", W_NUMBER, T("Khu phố", "Neighbourhood"), T("số", "its number"), 8, 6 },
	{ "consent", W_CHOICE, T("Đồng ý ghi tên", "Consent to a name"), T("phím Cách để đổi", "Space changes it"),
	  22, 0 },
	{ "person_name", W_NAME, T("Họ và tên", "Name"), T("chỉ giữ ở máy này", "kept on this PC only"), 36,
	  100 },
	{ "person_id_no", W_ID, T("Số CCCD", "ID number"), T("chỉ giữ ở máy này", "kept on this PC only"), 16,
	  20 },
	{ "person_birth_year", W_NUMBER, T("Năm sinh", "Birth year"), T("", ""), 8, 4 },
	{ "person_sex", W_CHOICE, T("Giới tính", "Sex"), T("", ""), 22, 0 },
	{ "follow_up", W_DATE, T("Hẹn lại ngày", "Follow-up on"), T("nếu chưa xong", "when it is not done"),
	  16, 12 },
	{ "dossier_code", W_CODE, T("Mã hồ sơ", "Dossier"), T("nếu có", "if there is one"), 24, 40 },
	{ "note", W_LINE, T("Ghi chú", "Note"), T("", ""), 0, 300 },
};

static enum rc add_category(void *ctx, const struct rec *row, struct err *err)
{
	struct categories *categories = ctx;
	struct category *to;

	(void)err;
	if (categories->count == ASSIST_CATEGORIES)
		return RC_OK;
	to = &categories->of[categories->count++];
	snprintf(to->code, sizeof(to->code), "%s", rec_text(row, CATEGORY_CODE));
	snprintf(to->name, sizeof(to->name), "%s", rec_text(row, CATEGORY_NAME_VI));
	snprintf(to->outcomes, sizeof(to->outcomes), "%s", rec_text(row, CATEGORY_OUTCOMES));
	return RC_OK;
}

static enum rc add_category_en(void *ctx, const struct rec *row, struct err *err)
{
	struct categories *categories = ctx;
	enum rc rc = add_category(ctx, row, err);
	struct category *to = &categories->of[categories->count - 1];

	if (rec_has(row, CATEGORY_NAME_EN))
		snprintf(to->name, sizeof(to->name), "%s", rec_text(row, CATEGORY_NAME_EN));
	return rc;
}

void categories_load(struct ui *ui, struct categories *categories)
{
	struct err err = { .rc = RC_OK };

	categories->count = 0;
	if (catalog_walk(ui->app, REC_CATEGORY, ui->lang == LANG_EN ? add_category_en : add_category,
			 categories, &err))
		ui_say_err(ui, &err);
}

const char *category_name(const struct categories *categories, const char *code)
{
	for (size_t i = 0; i < categories->count; i++)
		if (!strcmp(categories->of[i].code, code))
			return categories->of[i].name;
	return code;
}

static const struct field *field_of(const char *row)
{
	return field_named(rec_type(REC_ASSIST)->fields, row);
}

/* The nth outcome, from 0, that the chosen category may have; 0 past the last. */
static int64_t outcome_at(const struct assisting *assisting, size_t nth)
{
	long category = form_choice(&assisting->form, "category");
	const char *outcomes = category < 0 ? "" : assisting->categories->of[category].outcomes;
	int64_t count = (int64_t)words_choice_count(field_of("outcome"));

	for (int64_t value = 1; value <= count; value++)
		if (assist_outcome_fits(outcomes, value) && !nth--)
			return value;
	return 0;
}

static size_t on_count(void *ctx, size_t row)
{
	const struct assisting *assisting = ctx;
	size_t count = 0;

	if (rows[row].kind == W_PICK)
		return assisting->categories->count;
	if (strcmp(rows[row].name, "outcome") != 0)
		return words_choice_count(field_of(rows[row].name));
	while (outcome_at(assisting, count))
		count++;
	return count;
}

static void on_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	const struct assisting *assisting = ctx;
	const struct field *field = field_of(rows[row].name);

	if (rows[row].kind == W_PICK)
		snprintf(out, size, "%s", assisting->categories->of[item].name);
	else if (field->type == FIELD_BOOL)
		snprintf(out, size, "%s", words_yes_no(item != 0, assisting->ui->lang));
	else if (!strcmp(rows[row].name, "outcome"))
		words_choice(field, outcome_at(assisting, item), assisting->ui->lang, out, size);
	else
		words_choice(field, (int64_t)item + 1, assisting->ui->lang, out, size);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): a hook of form.h */
static void on_live(void *ctx, size_t row, char *out, size_t size, enum style *style)
{
	const struct assisting *assisting = ctx;
	const char *text = assisting->form.edits[row].text;
	char day_text[CLOCK_DATE_TEXT];
	dayno day;

	(void)style;
	if (rows[row].kind == W_DATE && *text &&
	    words_read_date(text, dayno_of(app_now(assisting->ui->app)), &day, NULL) == RC_OK)
		snprintf(out, size, "%s %s", ui_words(assisting->ui, &clock_weekdays[dayno_weekday(day)]),
			 clock_format_dmy(day, day_text));
}

static const struct form_hooks hooks = { .count = on_count, .item = on_item, .live = on_live };

/* Every field as typed; what cannot be read becomes an error at its row. */
static enum rc read_rows(struct assisting *assisting, struct rec *out)
{
	dayno today = dayno_of(app_now(assisting->ui->app));
	enum rc rc = RC_OK;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct field *field = field_of(rows[i].name);
		long item = assisting->form.chosen[i];
		struct err err = { .rc = RC_OK };

		if (rows[i].kind == W_PICK) {
			if (item >= 0)
				rec_put_text(out, ASSIST_CATEGORY, assisting->categories->of[item].code);
			continue;
		}
		if (!strcmp(rows[i].name, "outcome") && item >= 0)
			item = (long)outcome_at(assisting, (size_t)item) - 1;
		if (words_read(field, assisting->form.edits[i].text, item, today, 0, out, &err) == RC_OK)
			continue;
		form_fail(&assisting->form, rows[i].name, err_text(&err, assisting->ui->lang));
		rc = RC_INPUT;
	}
	return rc;
}

static enum rc save(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct assisting *assisting = ctx;
	struct rec rec;
	enum rc rc;

	(void)form;
	rec_init(&rec, REC_ASSIST);
	rc = read_rows(assisting, &rec);
	if (!rc && !rec_has(&rec, ASSIST_CATEGORY))
		rc = err_field(err, "category", "Chọn một loại hỗ trợ.", "Choose a category.");
	if (!rc && !rec_has(&rec, ASSIST_OUTCOME))
		rc = err_field(err, "outcome", "Chọn một kết quả: phím Cách.", "Choose an outcome: Space.");
	if (!rc)
		rc = assist_add(ui->app, &rec, &assisting->doubts, err);
	rec_done(&rec);
	return rc;
}

bool assist_form_run(struct ui *ui, const struct categories *categories, struct assist_again *again)
{
	static const struct words title = T("Ghi lượt hỗ trợ", "Record help");
	struct assisting *assisting = calloc(1, sizeof(*assisting));
	bool saved;

	if (!assisting)
		die("no memory for a form");
	assisting->ui = ui;
	assisting->categories = categories;
	form_init(&assisting->form, rows, ARRAY_LEN(rows), &hooks, assisting, ui->lang);
	if (again->place >= 0)
		form_choose(&assisting->form, "place", again->place);
	form_put(&assisting->form, "neighbourhood", again->neighbourhood);
	saved = ask_form_kept(ui, &title,
			 UI_T(ui, "Họ tên và số CCCD chỉ giữ ở máy này, không gửi đi đâu.",
			      "The name and the number stay on this PC and are sent nowhere."),
			 &assisting->form, save, assisting, "assist");
	if (saved) {
		again->place = form_choice(&assisting->form, "place");
		snprintf(again->neighbourhood, sizeof(again->neighbourhood), "%.15s",
			 form_text(&assisting->form, "neighbourhood"));
		ui_format(ui, assisting->doubts.count ? STYLE_WARN : STYLE_GOOD, "%s%s%s",
			  UI_T(ui, "Đã ghi lượt hỗ trợ", "Recorded"), assisting->doubts.count ? ": " : ".",
			  assisting->doubts.count ? explain_text(&assisting->doubts, 0, ui->lang) : "");
	}
	form_done(&assisting->form);
	free(assisting);
	return saved;
}
