/* recform.c - see recform.h. */
#include "tui/recform.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"

enum {
	OFFER_WIDTH = 36,       /* of a field with offers; beside it stands what its value is */
	OFFER_WIDTH_SHORT = 20, /* of one whose values are short */
	OFFER_SHORT = 100,      /* letters such a one may hold */
	OFFER_VALUE = 60,       /* columns of a value in the list */
};

static const struct offers *offers_of(struct recform *recform, size_t row)
{
	struct recform_offer *offer = &recform->offers[row];

	if (offer->fill && !offer->filled)
		offer->fill(offer->ctx, recform->fields[row]->name, &offer->offers);
	offer->filled = true;
	return &offer->offers;
}

static size_t on_count(void *ctx, size_t row)
{
	struct recform *recform = ctx;

	return recform->offers[row].fill ? offers_of(recform, row)->count :
					   words_choice_count(recform->fields[row]);
}

void offer_words(const struct offer *offer, char *out, size_t size)
{
	snprintf(out, size, "%.*s%s%.*s", (int)utf8_cut_cols(offer->value, OFFER_VALUE), offer->value,
		 *offer->what ? "  " : "", (int)utf8_cut_cols(offer->what, OFFER_VALUE), offer->what);
}

static void on_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	struct recform *recform = ctx;
	const struct field *field = recform->fields[row];

	if (recform->offers[row].fill)
		offer_words(&offers_of(recform, row)->list[item], out, size);
	else if (field->type == FIELD_BOOL)
		snprintf(out, size, "%s", words_yes_no(item != 0, recform->lang));
	else
		words_choice(field, (int64_t)item + 1, recform->lang, out, size);
}

static void on_value(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	snprintf(out, size, "%s", offers_of(ctx, row)->list[item].value);
}

static bool on_several(void *ctx, size_t row)
{
	const struct recform *recform = ctx;

	return recform->fields[row]->type == FIELD_TEXTS;
}

/* Who or what a value is that is offered too. There is room for the name only of "Nguyễn Thị Lan, lãnh đạo". */
static void live_offer(struct recform *recform, size_t row, char *out, size_t size)
{
	const struct offer *offer = recform_offered(recform, recform->fields[row]->name);

	if (offer)
		snprintf(out, size, "%.*s", (int)strcspn(offer->what, ","), offer->what);
}

/* What a typed date, time or amount means. */
/* NOLINTNEXTLINE(readability-non-const-parameter): a hook of form.h */
static void on_live(void *ctx, size_t row, char *out, size_t size, enum style *style)
{
	struct recform *recform = ctx;
	const struct field *field = recform->fields[row];
	const char *text = recform->form.edits[row].text;
	struct rec rec;

	(void)style;
	if (*text && recform->offers[row].fill && recform->rows[row].kind == W_LINE &&
	    field->type == FIELD_TEXT)
		live_offer(recform, row, out, size);
	if (!*text || (field->type != FIELD_DATE && field->type != FIELD_TIME && field->type != FIELD_INT))
		return;
	rec_init(&rec, REC_NONE);
	if (words_read(field, text, -1, recform->today, recform->day_ms, &rec, NULL) == RC_OK)
		words_value(&rec, field, recform->lang, out, size);
	if (!strcmp(out, text))
		out[0] = '\0';
	rec_done(&rec);
}

static const struct form_hooks hooks = {
	.count = on_count, .item = on_item, .value = on_value, .several = on_several, .live = on_live,
};

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

enum form_kind recform_kind(const struct field *field)
{
	switch (field->type) {
	case FIELD_ENUM:
	case FIELD_BOOL:
		return W_CHOICE;
	case FIELD_INT:
		return ends_with(field->name, "_vnd") ? W_MONEY : W_NUMBER;
	case FIELD_DEC:
		return W_NUMBER;
	case FIELD_TIME:
		return W_TIME;
	case FIELD_DATE:
		return W_DATE;
	default:
		break;
	}
	if (ends_with(field->name, "id_no"))
		return W_ID;
	if (ends_with(field->name, "phone"))
		return W_PHONE;
	if (ends_with(field->name, "email"))
		return W_EMAIL;
	if (ends_with(field->name, "code") || ends_with(field->name, "_no"))
		return W_CODE;
	if ((ends_with(field->name, "_name") || ends_with(field->name, "_by")) && (field->flags & FIELD_PERSONAL))
		return W_NAME;
	return W_LINE;
}

static struct words kind_hint(enum form_kind kind)
{
	static const struct words hints[W_KINDS] = {
		[W_LINE] = T("", ""),
		[W_NAME] = T("như trên giấy tờ", "as on the papers"),
		[W_CHOICE] = T("chữ đầu hoặc phím Cách", "first letter or Space"),
		[W_DATE] = T("010190 hoặc 1/1/1990", "010190 or 1/1/1990"),
		[W_TIME] = T("ngày, hoặc ngày giờ", "date, or date and time"),
		[W_MONEY] = T("đồng", "VND"),
	};

	return hints[kind].vi ? hints[kind] : hints[W_LINE];
}

static int kind_width(enum form_kind kind)
{
	switch (kind) {
	case W_CHOICE:
		return 22;
	case W_ID:
	case W_PHONE:
	case W_DATE:
	case W_MONEY:
	case W_NUMBER:
		return 16;
	case W_TIME:
		return 20;
	case W_NAME:
		return 36;
	default:
		return 0;
	}
}

static void add_row(struct recform *recform, const struct field *field)
{
	struct form_row *row = &recform->rows[recform->count];

	if (recform->count == FORM_ROWS)
		return;
	*row = (struct form_row){ .name = field->name, .kind = recform_kind(field), .label = field->label };
	row->hint = kind_hint(row->kind);
	row->width = kind_width(row->kind);
	if (field->type == FIELD_TEXT && field->limit > 0 && field->limit < 2000)
		row->letters = (unsigned)field->limit;
	recform->fields[recform->count++] = field;
}

/* The form over the rows as they are now. */
static void build(struct recform *recform)
{
	form_init(&recform->form, recform->rows, recform->count, &hooks, recform, recform->lang);
}

static void start(struct recform *recform, msec now, enum lang lang)
{
	memset(recform, 0, sizeof(*recform));
	recform->lang = lang;
	recform->today = dayno_of(now);
	recform->day_ms = (int32_t)(17 * HOUR_MS);
}

void recform_init(struct recform *recform, const struct field *fields, msec now, enum lang lang)
{
	start(recform, now, lang);
	for (; fields && fields->tag; fields++)
		if (fields->type != FIELD_LIST && fields->type != FIELD_HEX && !(fields->flags & FIELD_INNER))
			add_row(recform, fields);
	build(recform);
}

void recform_init_some(struct recform *recform, const struct field *fields, const char *const *names, msec now,
		       enum lang lang)
{
	start(recform, now, lang);
	for (; *names; names++)
		if (field_named(fields, *names))
			add_row(recform, field_named(fields, *names));
	build(recform);
}

void recform_more(struct recform *recform, const struct field *fields)
{
	struct form old = recform->form;

	for (; fields->tag; fields++)
		add_row(recform, fields);
	build(recform);
	for (size_t i = 0; i < old.count; i++) {
		recform->form.edits[i] = old.edits[i];
		recform->form.chosen[i] = old.chosen[i];
	}
	form_done(&old);
}

void recform_offer(struct recform *recform, const char *name, recform_fill *fill, void *ctx)
{
	static const struct words hint = T("F4: chọn", "F4: choose");
	size_t row = form_row_named(&recform->form, name);

	if (row == FORM_ROWS)
		return;
	recform->offers[row].fill = fill;
	recform->offers[row].ctx = ctx;
	recform->rows[row].hint = hint;
	if (recform->fields[row]->type == FIELD_TEXT && !recform->rows[row].width)
		recform->rows[row].width =
			recform->fields[row]->limit <= OFFER_SHORT ? OFFER_WIDTH_SHORT : OFFER_WIDTH;
}

const struct offer *recform_offered(struct recform *recform, const char *name)
{
	size_t row = form_row_named(&recform->form, name);
	const struct offers *offers;

	if (row == FORM_ROWS || !recform->offers[row].fill)
		return NULL;
	offers = offers_of(recform, row);
	for (size_t i = 0; i < offers->count; i++)
		if (!strcmp(offers->list[i].value, recform->form.edits[row].text))
			return &offers->list[i];
	return NULL;
}

void recform_done(struct recform *recform)
{
	for (size_t i = 0; i < recform->count; i++)
		offers_done(&recform->offers[i].offers);
	form_done(&recform->form);
}

/* A value as it would be typed. */
static const char *typed_value(const struct rec *rec, const struct field *field, enum lang lang, char *out, size_t size)
{
	char day[CLOCK_DATE_TEXT];
	struct civil civil;

	if (field->type == FIELD_INT) {
		snprintf(out, size, "%lld", (long long)rec_num(rec, field->tag));
	} else if (field->type == FIELD_TIME) {
		civil = clock_civil(rec_num(rec, field->tag));
		snprintf(out, size, "%s %02d:%02d", clock_format_dmy(dayno_of(rec_num(rec, field->tag)), day),
			 civil.hour, civil.minute);
	} else {
		words_value(rec, field, lang, out, size);
	}
	return out;
}

void recform_put(struct recform *recform, const struct rec *rec)
{
	for (size_t i = 0; i < recform->count; i++) {
		const struct field *field = recform->fields[i];
		char text[EDIT_BYTES];

		if (!rec_has(rec, field->tag))
			continue;
		if (field->type == FIELD_ENUM)
			form_choose(&recform->form, field->name, (long)rec_num(rec, field->tag) - 1);
		else if (field->type == FIELD_BOOL)
			form_choose(&recform->form, field->name, rec_true(rec, field->tag));
		else
			form_put(&recform->form, field->name,
				 typed_value(rec, field, recform->lang, text, sizeof(text)));
	}
}

enum rc recform_read(struct recform *recform, struct rec *out, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < recform->count; i++) {
		const struct field *field = recform->fields[i];
		struct err own = { .rc = RC_OK };

		if (words_read(field, recform->form.edits[i].text, recform->form.chosen[i], recform->today,
			       recform->day_ms, out, &own) == RC_OK)
			continue;
		form_fail(&recform->form, field->name, err_text(&own, recform->lang));
		if (!rc && err)
			*err = own;
		rc = RC_INPUT;
	}
	return rc;
}
