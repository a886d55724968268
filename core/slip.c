#include "core/slip.h"

#include <stdio.h>
#include <string.h>

#include "core/setting.h"
#include "db/base/file.h"
#include "db/embed.h"
#include "db/rec_fields.h"

static const struct {
	const char *name, *in2018, *in2025;
	struct words title;
} forms[SLIP_FORMS] = {
#define X(id, form_name, in2018, in2025, form_title) [SLIP_##id] = { form_name, in2018, in2025, form_title },
	SLIP_LIST(X)
#undef X
};

enum slip_form slip_named(const char *name)
{
	for (int i = 0; i < SLIP_FORMS; i++)
		if (!strcmp(forms[i].name, name))
			return (enum slip_form)i;
	return SLIP_FORMS;
}

const char *slip_name(enum slip_form form)
{
	return form < SLIP_FORMS ? forms[form].name : "";
}

const struct words *slip_title(enum slip_form form)
{
	static const struct words none = T("", "");

	return form < SLIP_FORMS ? &forms[form].title : &none;
}

/* The two names a template may have: of its set, and of both sets. */
struct names {
	char of_set[40], of_both[40];
};

static struct names file_names(enum slip_form form, bool is_2018)
{
	struct names names;

	(void)snprintf(names.of_set, sizeof(names.of_set), "%s-%s.txt", forms[form].name, is_2018 ? "2018" : "2025");
	(void)snprintf(names.of_both, sizeof(names.of_both), "%s.txt", forms[form].name);
	return names;
}

static const char *shipped(const char *name)
{
	for (size_t i = 0; i < paper_files_count; i++)
		if (!strcmp(paper_files[i].name, name))
			return paper_files[i].text;
	return NULL;
}

/* The ward's own file `papers/NAME` beside the store. */
static enum rc read_own(struct app *app, const char *name, struct buf *out, struct err *err)
{
	const char *store = db_path(app->db), *slash = strrchr(store, '/');
	char path[4200];

	buf_clear(out);
	if (snprintf(path, sizeof(path), "%.*spapers/%s", slash ? (int)(slash + 1 - store) : 0, store, name) >=
	    (int)sizeof(path))
		return RC_NONE;
	return file_read(path, out, err);
}

/*
 * The ward's template into `out`. RC_NONE: it has none. One that cannot be used is told and passed over: a
 * receipt must come out all the same.
 */
static enum rc own_template(struct app *app, const struct names *names, struct buf *out, struct explain *doubts)
{
	const char *const tries[] = { names->of_set, names->of_both };

	for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
		struct err why = { .rc = RC_OK };
		enum rc rc = read_own(app, tries[i], out, &why);

		if (rc == RC_NONE)
			continue;
		if (!rc)
			rc = paper_check(buf_str(out), out->len, slip_words, &why);
		if (!rc)
			return RC_OK;
		explain_add(doubts, "papers/%s: " EXPLAIN_VI "; dùng mẫu của chương trình",
			    "papers/%s: " EXPLAIN_EN "; the program's template is used", tries[i], why.vi, why.en);
		return RC_NONE;
	}
	return RC_NONE;
}

static enum rc find_template(struct app *app, enum slip_form form, bool is_2018, struct buf *out,
			     struct explain *doubts, struct err *err)
{
	struct names names = file_names(form, is_2018);
	const char *text;

	if (!*(is_2018 ? forms[form].in2018 : forms[form].in2025))
		return err_set(err, RC_INPUT, "Bộ mẫu 2018 không có giấy này: đặt form_set là 2025.",
			       "The forms of 2018 have no such paper: set form_set to 2025.");
	if (!own_template(app, &names, out, doubts))
		return RC_OK;
	text = shipped(names.of_set);
	if (!text)
		text = shipped(names.of_both);
	if (!text)
		die("a template is missing");
	buf_clear(out);
	buf_text(out, text);
	return RC_OK;
}

/* Lay `more` behind `out` as a new sheet of one paper. */
static void join_sheet(struct buf *out, const struct buf *more)
{
	static const char end[] = "end\n";
	const char *body = strchr(buf_str(more), '\n');

	out->len -= strlen(end);
	buf_text(out, "page\n");
	buf_text(out, body + 1);
}

static const struct words copies_words[] = {
	T("Liên: giao người nộp hồ sơ", "copy for the applicant"), T("Liên: lưu tại nơi tiếp nhận", "copy for the office"),
};

static enum rc fill_copies(const struct buf *template, unsigned copies, struct paper_facts *facts,
			   struct buf *out, struct err *err)
{
	struct buf sheet = BUF(PAPER_OUT_MAX);
	enum rc rc;

	if (copies > 1)
		paper_put(facts, "copy", copies_words[0].vi);
	rc = paper_fill(buf_str(template), template->len, facts, out, err);
	if (!rc && copies > 1) {
		paper_put(facts, "copy", copies_words[1].vi);
		rc = paper_fill(buf_str(template), template->len, facts, &sheet, err);
		if (!rc)
			join_sheet(out, &sheet);
	}
	buf_wipe_done(&sheet);
	return rc;
}

static enum rc gather(struct app *app, const struct slip_ask *ask, struct paper_facts *facts, struct err *err)
{
	struct row row;
	enum rc rc = RC_OK;

	slip_ward_facts(app, facts);
	paper_put(facts, ask->pdf ? "pdf" : "text", "1");
	if (ask->form == SLIP_REGISTER)
		return slip_register_facts(app, ask, facts, err);
	row_init(&row);
	rc = row_get(app->db, REC_DOSSIER, ask->code ? ask->code : "", &row, err);
	if (rc == RC_NONE)
		(void)err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s",
			      ask->code ? ask->code : "");
	if (!rc)
		rc = slip_dossier_facts(app, ask->form, &row.body, facts, err);
	row_done(&row);
	return rc;
}

enum rc slip_template(struct app *app, enum slip_form form, struct buf *out, struct explain *doubts, struct err *err)
{
	struct buf text = BUF(PAPER_TEMPLATE_MAX);
	enum rc rc = app_may(app, MAY_SLIP, err);

	if (!rc)
		rc = find_template(app, form, setting_is(app, "form_set", "2018"), &text, doubts, err);
	if (!rc)
		buf_add(out, text.data, text.len);
	buf_done(&text);
	return rc;
}

enum rc slip_make(struct app *app, const struct slip_ask *ask, struct buf *out, struct explain *doubts,
		  struct err *err)
{
	struct buf template = BUF(PAPER_TEMPLATE_MAX);
	struct paper_facts facts;
	bool is_2018;
	enum rc rc = app_may(app, MAY_SLIP, err);

	if (rc)
		return rc;
	is_2018 = setting_is(app, "form_set", "2018");
	paper_facts_init(&facts, slip_words);
	rc = find_template(app, ask->form, is_2018, &template, doubts, err);
	if (!rc)
		rc = gather(app, ask, &facts, err);
	if (!rc) {
		paper_put(&facts, "form_no", is_2018 ? forms[ask->form].in2018 : forms[ask->form].in2025);
		rc = fill_copies(&template, ask->form == SLIP_RECEIPT ? ask->copies : 1, &facts, out, err);
	}
	paper_facts_done(&facts);
	buf_done(&template);
	return rc;
}
