#include "core/many.h"

#include <stdlib.h>
#include <string.h>

#include "core/export.h"
#include "core/query.h"
#include "core/slip.h"
#include "db/signin.h"

/* What this dossier is told: a return without a collector names its own applicant. */
static enum rc told_for(struct app *app, const char *code, enum verb verb, const struct act_input *given,
			struct act_input *own, struct err *err)
{
	struct rec dossier;
	enum rc rc = RC_OK;

	act_input_init(own, verb);
	own->at = given->at;
	memcpy(own->note, given->note, sizeof(own->note));
	rec_copy(&own->fields, &given->fields);
	if (verb != VERB_RETURN || rec_has(&own->fields, VERB_FIELD_COLLECTED_BY))
		return RC_OK;
	rec_init(&dossier, REC_DOSSIER);
	rc = query_dossier(app, code, &dossier, err);
	if (!rc && *rec_text(&dossier, DOSSIER_APPLICANT_NAME))
		rec_put_text(&own->fields, VERB_FIELD_COLLECTED_BY, rec_text(&dossier, DOSSIER_APPLICANT_NAME));
	rec_done(&dossier);
	return rc == RC_NONE ? RC_OK : rc; /* the verb itself says that it is not here */
}

/* An answer about one dossier; anything else is about the store, and ends the work. */
static bool is_its_own(enum rc rc)
{
	return rc == RC_OK || rc == RC_NONE || rc == RC_INPUT || rc == RC_REFUSED;
}

static enum rc check_one(struct app *app, const char *code, enum verb verb, const struct act_input *input,
			 struct act_result *result, struct err *err)
{
	struct act_input own;
	enum rc rc = told_for(app, code, verb, input, &own, err);

	if (!rc)
		rc = act_check(app, code, verb, &own, result, err);
	act_input_done(&own);
	return rc;
}

enum rc many_check(struct app *app, const char *const *codes, size_t count, enum verb verb,
		   const struct act_input *input, many_visit *each, void *ctx, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; !rc && i < count; i++) {
		struct act_result result = { .due_at = MSEC_NONE };
		struct err why = { .rc = RC_OK };
		struct many_outcome outcome = { i, codes[i], &result, &why };

		why.rc = check_one(app, codes[i], verb, input, &result, &why);
		if (is_its_own(why.rc)) {
			rc = each(ctx, &outcome, err);
		} else {
			rc = why.rc;
			if (err)
				*err = why;
		}
	}
	return rc;
}

/* One dossier inside the transaction; when it cannot, not a byte of it stays. */
static enum rc run_one(struct app *app, const char *code, enum verb verb, const struct act_input *input,
		       struct act_result *result, struct err *err)
{
	struct act_input own;
	struct err undone;
	enum rc rc = told_for(app, code, verb, input, &own, err), marked;

	if (!rc)
		rc = db_mark(app->db, err);
	if (!rc) {
		rc = act_run(app, code, verb, &own, result, err);
		marked = db_marked(app->db, rc == RC_OK, &undone);
		if (marked) {
			rc = marked;
			*err = undone;
		}
	}
	act_input_done(&own);
	return rc;
}

/* Some dossiers, all in one transaction. */
struct some {
	struct act_result results[MANY_TOGETHER];
	struct err errs[MANY_TOGETHER];
};

static enum rc run_some(struct app *app, const char *const *codes, size_t count, enum verb verb,
			const struct act_input *input, struct some *some, struct err *err)
{
	enum rc rc = db_begin(app->db, err);

	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < count; i++) {
		some->results[i] = (struct act_result){ .due_at = MSEC_NONE };
		some->errs[i] = (struct err){ .rc = RC_OK };
		some->errs[i].rc = run_one(app, codes[i], verb, input, &some->results[i], &some->errs[i]);
		if (!is_its_own(some->errs[i].rc)) {
			rc = some->errs[i].rc;
			if (err)
				*err = some->errs[i];
		}
	}
	if (!rc)
		rc = db_commit(app->db, err);
	if (rc)
		db_rollback(app->db);
	return rc;
}

/* All of a transaction is told, also when a visit wants to stop: it is done. */
static enum rc tell_some(const char *const *codes, size_t count, size_t from, const struct some *some,
			 many_visit *each, void *ctx, struct err *err)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < count; i++) {
		struct many_outcome outcome = { from + i, codes[i], &some->results[i], &some->errs[i] };
		enum rc told = each(ctx, &outcome, rc ? NULL : err);

		rc = rc ? rc : told;
	}
	return rc;
}

enum rc many_run(struct app *app, const char *const *codes, size_t count, enum verb verb,
		 const struct act_input *input, many_visit *each, void *ctx, struct err *err)
{
	struct some *some;
	enum rc rc = RC_OK;

	if (db_in_transaction(app->db))
		return err_set(err, RC_REFUSED, "Việc khác đang ghi vào kho.", "Something else is being written.");
	some = calloc(1, sizeof(*some));
	if (!some)
		die("out of memory");
	for (size_t from = 0; !rc && from < count; from += MANY_TOGETHER) {
		size_t here = count - from < MANY_TOGETHER ? count - from : MANY_TOGETHER;

		rc = run_some(app, codes + from, here, verb, input, some, err);
		if (!rc)
			rc = tell_some(codes + from, here, from, some, each, ctx, err);
	}
	free(some);
	return rc;
}

static const struct column columns[] = {
	{ "code", COLUMN_CODE, 0, T("", ""), T("Mã hồ sơ", "Code"), NULL },
	{ "applicant_name", COLUMN_TEXT, 0, T("", ""), T("Họ và tên", "Name"), NULL },
	{ "applicant_phone", COLUMN_CODE, 0, T("", ""), T("Điện thoại", "Phone"), NULL },
	{ "field_name", COLUMN_TEXT, 0, T("", ""), T("Lĩnh vực", "Field"), NULL },
	{ "procedure", COLUMN_TEXT, 0, T("", ""), T("Thủ tục", "Procedure"), NULL },
	{ "received_at", COLUMN_TIME, 0, T("", ""), T("Tiếp nhận", "Received"), NULL },
	{ "due_at", COLUMN_TIME, 0, T("", ""), T("Hẹn trả", "Due"), NULL },
	{ "state", COLUMN_TEXT, 0, T("", ""), T("Trạng thái", "State"), NULL },
	{ "deciding_unit", COLUMN_TEXT, 0, T("", ""), T("Đơn vị giải quyết", "Decided by"), NULL },
	{ "note", COLUMN_TEXT, 0, T("", ""), T("Ghi chú", "Note"), NULL },
};

static void put_row(struct app *app, const struct rec *dossier, struct table *out)
{
	char procedure[2000];

	table_text(out, rec_text(dossier, DOSSIER_CODE));
	table_text(out, rec_text(dossier, DOSSIER_APPLICANT_NAME));
	table_text(out, rec_text(dossier, DOSSIER_APPLICANT_PHONE));
	table_text(out, rec_text(dossier, DOSSIER_FIELD_NAME));
	table_text(out, query_procedure_name(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), procedure,
					     sizeof(procedure)));
	table_num(out, rec_num(dossier, DOSSIER_RECEIVED_AT));
	table_num(out, rec_num(dossier, DOSSIER_DUE_AT));
	table_text(out, words_in(state_words(dossier_state(dossier)), app->lang));
	table_text(out, slip_deciding(dossier));
	table_text(out, rec_text(dossier, DOSSIER_NOTE));
	table_row_end(out);
}

/* The rights and the audit of an export, then each dossier. */
static enum rc begin_export(struct app *app, struct err *err)
{
	enum rc rc = app_may(app, MAY_EXPORT, err);

	return rc ? rc : signin_add(app->db, app_now(app), app->user, "export", err);
}

enum rc many_table(struct app *app, const char *const *codes, size_t count, struct table *out, struct err *err)
{
	struct rec dossier;
	enum rc rc = begin_export(app, err);

	if (rc)
		return rc;
	rec_init(&dossier, REC_DOSSIER);
	table_say_title(out, app->lang, "%s", "%s", app->unit_name);
	table_part(out, "dossiers", columns, ARRAY_LEN(columns), (struct words)T("", ""));
	for (size_t i = 0; !rc && i < count; i++) {
		rec_clear(&dossier, REC_DOSSIER);
		rc = query_dossier(app, codes[i], &dossier, err);
		if (!rc)
			put_row(app, &dossier, out);
	}
	rec_done(&dossier);
	return rc;
}

enum rc many_lines(struct app *app, const char *const *codes, size_t count, struct buf *out, struct err *err)
{
	struct row row;
	enum rc rc = begin_export(app, err);

	row_init(&row);
	for (size_t i = 0; !rc && i < count; i++) {
		rc = row_get(app->db, REC_DOSSIER, codes[i], &row, err);
		if (!rc)
			rc = export_row(app, &row, out, err);
		buf_byte(out, '\n');
	}
	row_done(&row);
	return rc;
}
