/* dossier_text.c - see dossier_text.h. */
#include "tui/dossier_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/history.h"
#include "core/office.h"
#include "core/query.h"
#include "core/rules/dossier.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"
#include "tui/recform.h"
#include "tui/words.h"

static const char *both(enum lang lang, const char *vi, const char *en)
{
	return lang == LANG_EN ? en : vi;
}

/* Plain fields, in the order of the field table; those said elsewhere are left out. */
static void add_fields(struct app *app, const struct rec *dossier, struct buf *out)
{
	static const unsigned elsewhere[] = { DOSSIER_CODE, DOSSIER_PROCEDURE_CODE, DOSSIER_STATE, DOSSIER_DUE_AT,
					      DOSSIER_EXTRA, DOSSIER_SLIP_PRINTED };

	for (const struct field *field = rec_type(REC_DOSSIER)->fields; field->tag; field++) {
		char text[WORDS_TEXT];
		bool skip = field->type == FIELD_LIST;

		for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
			skip = skip || field->tag == elsewhere[i];
		if (skip || !rec_has(dossier, field->tag))
			continue;
		words_value(dossier, field, app->lang, text, sizeof(text));
		buf_printf(out, "%s: %s\n", words_in(&field->label, app->lang), text);
	}
}

static const char *short_time(msec at, char out[CLOCK_SHORT_TEXT])
{
	return at == MSEC_NONE ? "" : clock_format_short(at, out);
}

static void add_steps(struct app *app, const struct rec *dossier, struct buf *out)
{
	struct element el = { .from = 0 };
	const struct field *level = field_named(field_named(rec_type(REC_DOSSIER)->fields, "steps")->sub, "level");

	if (!rec_elements(dossier, DOSSIER_STEPS))
		return;
	buf_printf(out, "\n%s\n", both(app->lang, "Các bước", "Steps"));
	while (rec_each(dossier, DOSSIER_STEPS, &el)) {
		char words[64] = "", given[CLOCK_SHORT_TEXT], due[CLOCK_SHORT_TEXT], done[CLOCK_SHORT_TEXT];
		msec due_at = el_num(dossier, &el, STEP_EL_DUE_AT), done_at = el_num(dossier, &el, STEP_EL_DONE_AT);
		bool late = due_at != MSEC_NONE &&
			    dayno_of(done_at == MSEC_NONE ? app_now(app) : done_at) > dayno_of(due_at);

		if (el_num(dossier, &el, STEP_EL_LEVEL) != MSEC_NONE)
			words_choice(level, el_num(dossier, &el, STEP_EL_LEVEL), app->lang, words, sizeof(words));
		buf_printf(out, " %lld %s%s%s%s%s%s\n", (long long)el_num(dossier, &el, STEP_EL_SEQ),
			   el_text(dossier, &el, STEP_EL_UNIT), *words ? " (" : "", words, *words ? ")" : "",
			   *el_text(dossier, &el, STEP_EL_PERSON) ? ", " : "", el_text(dossier, &el, STEP_EL_PERSON));
		if (el_num(dossier, &el, STEP_EL_GIVEN_AT) == MSEC_NONE)
			continue;
		buf_printf(out, "   %s %s", both(app->lang, "giao", "given"),
			   short_time(el_num(dossier, &el, STEP_EL_GIVEN_AT), given));
		if (due_at != MSEC_NONE)
			buf_printf(out, ", %s %s", both(app->lang, "hạn", "due"), short_time(due_at, due));
		if (done_at != MSEC_NONE)
			buf_printf(out, ", %s %s", both(app->lang, "xong", "done"), short_time(done_at, done));
		buf_printf(out, "%s\n", late ? both(app->lang, " QUÁ HẠN", " LATE") : "");
	}
}

static void add_pauses(struct app *app, const struct rec *dossier, struct buf *out)
{
	struct element el = { .from = 0 };
	const struct field *kind = field_named(field_named(rec_type(REC_DOSSIER)->fields, "pauses")->sub, "kind");

	while (rec_each(dossier, DOSSIER_PAUSES, &el)) {
		char words[64], from[CLOCK_SHORT_TEXT], to[CLOCK_SHORT_TEXT];
		msec end = el_num(dossier, &el, PAUSE_EL_TO);

		words_choice(kind, el_num(dossier, &el, PAUSE_EL_KIND), app->lang, words, sizeof(words));
		buf_printf(out, "%s (%s): %s - %s%s%s\n", both(app->lang, "Tạm dừng", "Paused"), words,
			   short_time(el_num(dossier, &el, PAUSE_EL_FROM), from),
			   end == MSEC_NONE ? both(app->lang, "nay", "now") : short_time(end, to),
			   *el_text(dossier, &el, PAUSE_EL_REASON) ? ": " : "",
			   el_text(dossier, &el, PAUSE_EL_REASON));
	}
	el = (struct element){ .from = 0 };
	while (rec_each(dossier, DOSSIER_EXTENSIONS, &el)) {
		char old[CLOCK_SHORT_TEXT], new[CLOCK_SHORT_TEXT];

		buf_printf(out, "%s: %s -> %s %s\n", both(app->lang, "Gia hạn", "Extended"),
			   short_time(el_num(dossier, &el, EXTENSION_EL_OLD_DUE_AT), old),
			   short_time(el_num(dossier, &el, EXTENSION_EL_NEW_DUE_AT), new),
			   el_text(dossier, &el, EXTENSION_EL_REASON));
	}
}

static void add_fees(struct app *app, const struct rec *dossier, struct buf *out)
{
	struct element el = { .from = 0 };
	const struct field *fees = field_named(rec_type(REC_DOSSIER)->fields, "fees")->sub;

	while (rec_each(dossier, DOSSIER_FEES, &el)) {
		char money[48], status[64] = "", method[64] = "", why[64] = "";
		const char *receipt = el_text(dossier, &el, FEE_EL_RECEIPT_NO);

		if (el_num(dossier, &el, FEE_EL_STATUS) != MSEC_NONE)
			words_choice(field_named(fees, "status"), el_num(dossier, &el, FEE_EL_STATUS),
				     app->lang, status, sizeof(status));
		if (el_num(dossier, &el, FEE_EL_METHOD) != MSEC_NONE)
			words_choice(field_named(fees, "method"), el_num(dossier, &el, FEE_EL_METHOD),
				     app->lang, method, sizeof(method));
		if (el_num(dossier, &el, FEE_EL_EXEMPT_REASON) != MSEC_NONE)
			words_choice(field_named(fees, "exempt_reason"), el_num(dossier, &el, FEE_EL_EXEMPT_REASON),
				     app->lang, why, sizeof(why));
		buf_printf(out, "%s: %s, %s%s%s%s%s%s%s\n", el_text(dossier, &el, FEE_EL_NAME),
			   words_money(el_num(dossier, &el, FEE_EL_AMOUNT_VND), money, sizeof(money)), status,
			   *method ? " " : "", method, *why ? ": " : "", why,
			   *receipt ? both(app->lang, ", biên lai ", ", receipt ") : "", receipt);
	}
}

/* The names of components, by number. */
struct paper_names {
	const struct rec *dossier;
	struct buf *out;
	const char *component;
	bool found;
};

static enum rc find_name(void *ctx, const struct rec *rec, struct err *err)
{
	struct paper_names *names = ctx;
	char number[24];

	(void)err;
	snprintf(number, sizeof(number), "%02lld", (long long)rec_num_or(rec, DOCUMENT_SEQ, 0));
	if (!names->found && !strcmp(number, names->component)) {
		buf_printf(names->out, " %s", rec_text(rec, DOCUMENT_DOCUMENT_NAME));
		names->found = true;
	}
	return RC_OK;
}

static void add_papers(struct app *app, const struct rec *dossier, struct buf *out)
{
	struct element el = { .from = 0 };

	if (!rec_elements(dossier, DOSSIER_COMPONENTS))
		return;
	buf_printf(out, "\n%s\n", both(app->lang, "Thành phần hồ sơ", "Papers"));
	while (rec_each(dossier, DOSSIER_COMPONENTS, &el)) {
		struct paper_names names = { dossier, out, el_text(dossier, &el, COMPONENT_EL_COMPONENT), false };

		buf_printf(out, " [%c] %s", el_true(dossier, &el, COMPONENT_EL_HELD) ? 'x' : ' ', names.component);
		/* A name that cannot be read leaves the number, which is the truth. */
		if (catalog_components(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), dayno_of(app_now(app)),
				       find_name, &names, NULL))
			names.found = false;
		buf_byte(out, '\n');
	}
}

void dossier_text(struct app *app, const struct rec *dossier, struct buf *out)
{
	char procedure[1600];

	buf_printf(out, "%s: %s (%s)\n", both(app->lang, "Thủ tục", "Procedure"),
		   query_procedure_name(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), procedure, sizeof(procedure)),
		   rec_text(dossier, DOSSIER_PROCEDURE_CODE));
	add_fields(app, dossier, out);
	add_fees(app, dossier, out);
	add_pauses(app, dossier, out);
	add_steps(app, dossier, out);
	add_papers(app, dossier, out);
}

/* The words of a path like "steps[2].done_at". */
static const struct field *path_words(const char *path, enum lang lang, char *out, size_t size)
{
	size_t name_len = strcspn(path, "[.");
	const char *index = strchr(path, '['), *dot = strchr(path, '.');
	const struct field *field, *sub = NULL;
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)name_len, path);
	field = field_named(rec_type(REC_DOSSIER)->fields, name);
	snprintf(out, size, "%s", field ? words_in(&field->label, lang) : path);
	if (field && field->sub && dot)
		sub = field_named(field->sub, dot + 1);
	if (sub)
		snprintf(out, size, "%s %.*s, %s", words_in(&field->label, lang),
			 index ? (int)strcspn(index + 1, "]") : 0, index ? index + 1 : "",
			 words_in(&sub->label, lang));
	return sub ? sub : field;
}

/* What a step is for, by the names of the catalogue. */
static const struct {
	const char *role;
	struct words words;
} roles[] = {
	{ "intake", T("tiếp nhận", "intake") },	    { "process", T("xử lý", "process") },
	{ "verify", T("thẩm định", "verify") },
	{ "sign", T("ký duyệt", "sign") },	    { "issue", T("ban hành", "issue") },
	{ "insurance", T("bảo hiểm", "insurance") }, { "residence", T("cư trú", "residence") },
	{ "result", T("trả kết quả", "result") },
};

static const char *role_words(const char *role, enum lang lang)
{
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		if (!strcmp(roles[i].role, role))
			return words_in(&roles[i].words, lang);
	return role;
}

/* A value of the history in the words of the screen. */
static void value_words(const struct field *field, const char *value, enum lang lang, char *out, size_t size)
{
	char text[CLOCK_SHORT_TEXT];
	dayno day;
	msec at;

	snprintf(out, size, "%s", value);
	if (!field)
		return;
	if (field->type == FIELD_ENUM && enum_value(field, value))
		words_choice(field, enum_value(field, value), lang, out, size);
	else if (field->type == FIELD_BOOL)
		snprintf(out, size, "%s", words_yes_no(*value == '1' || *value == 't', lang));
	else if (field->type == FIELD_TIME && clock_parse(value, &at, NULL) == RC_OK)
		snprintf(out, size, "%s", clock_format_short(at, text));
	else if (field->type == FIELD_DATE && clock_parse_date(value, &day, NULL) == RC_OK)
		snprintf(out, size, "%s", clock_format_dmy(day, text));
	else if (field->type == FIELD_INT && recform_kind(field) == W_MONEY)
		words_money(strtoll(value, NULL, 10), out, size);
	else if (field->type == FIELD_DEC && lang == LANG_VI && strchr(out, '.'))
		*strchr(out, '.') = ',';
	else if (!strcmp(field->name, "role"))
		snprintf(out, size, "%s", role_words(value, lang));
}

/* The last value of each field, so that a change can show what was before. */
struct told {
	char *field, *value;
};

struct memory {
	struct told *told;
	size_t count, room;
};

static void memory_done(struct memory *memory)
{
	for (size_t i = 0; i < memory->count; i++) {
		free(memory->told[i].field);
		free(memory->told[i].value);
	}
	free(memory->told);
}

static char *kept(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		die("no memory for a history");
	return copy;
}

/* The value before, "" when there was none; from now on it is `value`. Freed by the caller. */
static char *remember(struct memory *memory, const char *field, const char *value)
{
	struct told *told = NULL;
	char *before;

	for (size_t i = 0; i < memory->count && !told; i++)
		if (!strcmp(memory->told[i].field, field))
			told = &memory->told[i];
	if (!told) {
		memory->told = mem_room(memory->told, memory->count, &memory->room, sizeof(*memory->told));
		told = &memory->told[memory->count++];
		*told = (struct told){ kept(field), kept("") };
	}
	before = told->value;
	told->value = kept(value);
	return before;
}

/* History, one event after the other, its values under it. */
struct telling {
	struct app *app;
	struct buf *out;
	struct memory memory;
	struct id event;
	bool any;
};

static enum rc tell(void *ctx, const struct history_row *row, struct err *err)
{
	struct telling *telling = ctx;
	char when[CLOCK_SHORT_TEXT], label[128], value[WORDS_TEXT];
	const struct field *field;
	const char *lost = both(telling->app->lang, "  [bị ghi đè ở nơi khác]", "  [overridden elsewhere]");
	char *before;

	(void)err;
	if (!telling->any || id_compare(&telling->event, &row->event)) {
		buf_printf(telling->out, "%s%s  %s: %s%s%s\n", telling->any ? "\n" : "",
			   clock_format_short(row->at, when), row->actor,
			   words_in(verb_words(row->verb), telling->app->lang), *row->note ? ". " : "",
			   row->note);
		telling->event = row->event;
		telling->any = true;
	}
	field = path_words(row->field, telling->app->lang, label, sizeof(label));
	value_words(field, row->value, telling->app->lang, value, sizeof(value));
	if (row->removed)
		snprintf(value, sizeof(value), "%s", both(telling->app->lang, "(bỏ)", "(removed)"));
	before = row->lost ? kept("") : remember(&telling->memory, row->field, row->removed ? "" : value);
	buf_printf(telling->out, "   %s: %s%s%s%s\n", label, before, *before ? " -> " : "", value,
		   row->lost ? lost : "");
	free(before);
	return RC_OK;
}

enum rc dossier_history_text(struct app *app, const char *code, struct buf *out, struct err *err)
{
	struct telling telling = { .app = app, .out = out };
	enum rc rc = history_walk(app, REC_DOSSIER, code, tell, &telling, err);

	memory_done(&telling.memory);
	return rc;
}

enum rc dossier_due_text(struct app *app, const char *code, struct buf *out, struct err *err)
{
	struct office_due due;
	char when[CLOCK_SHORT_TEXT];
	enum rc rc = office_explain(app, code, &due, err);

	if (rc)
		return rc;
	buf_printf(out, "%s: %s\n\n", both(app->lang, "Hẹn trả", "Due"), short_time(due.due_at, when));
	for (size_t i = 0; i < due.why.count; i++)
		buf_printf(out, "- %s\n", explain_text(&due.why, i, app->lang));
	if (due.counted != due.due_at)
		buf_printf(out, "\n%s: %s\n", both(app->lang, "Tính lại được", "Counted anew"),
			   short_time(due.counted, when));
	if (due.provisional)
		buf_printf(out, "\n%s\n", both(app->lang, "Lịch nghỉ của năm đó chưa đủ: ngày hẹn là tạm tính.",
					      "That year's holidays are not complete: the date is provisional."));
	return RC_OK;
}
