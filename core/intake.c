#include "core/intake.h"

#include <stdio.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "core/office.h"

static enum rc refuse_field(unsigned tag, struct err *err)
{
	return err_field(err, field_tagged(rec_type(REC_DOSSIER)->fields, tag)->name,
			 "không ghi được khi tiếp nhận: dùng act hoặc import",
			 "cannot be told at reception: use act or import");
}

/* What only later verbs write. */
static enum rc check_given(const struct rec *dossier, struct err *err)
{
	static const unsigned later[] = {
		DOSSIER_PAUSES, DOSSIER_EXTENSIONS, DOSSIER_REFUSED, DOSSIER_FINISHED_AT, DOSSIER_RESULT_NO,
		DOSSIER_ELECTRONIC_RESULT, DOSSIER_RETURNED_AT, DOSSIER_COLLECTED_BY, DOSSIER_RATING,
		DOSSIER_LATE_REASON,
	};
	const struct field *table = rec_type(REC_DOSSIER)->fields;
	static const unsigned needed[] = { DOSSIER_PROCEDURE_CODE, DOSSIER_APPLICANT_NAME };

	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!rec_has(dossier, needed[i]))
			return reason_refuse(err, field_tagged(table, needed[i])->name, REASON_NEEDED, NULL, NULL);
	for (size_t i = 0; i < ARRAY_LEN(later); i++)
		if (rec_has(dossier, later[i]) || rec_elements(dossier, later[i]))
			return refuse_field(later[i], err);
	if (rec_num_or(dossier, DOSSIER_STATE, STATE_RECEIVED) != STATE_RECEIVED)
		return refuse_field(DOSSIER_STATE, err);
	return RC_OK;
}

static enum rc fill_plain(struct app *app, struct rec *dossier, struct err *err)
{
	msec now = app_now(app) / SECOND_MS * SECOND_MS, received = rec_num_or(dossier, DOSSIER_RECEIVED_AT, now);
	char text[CLOCK_SHORT_TEXT];
	struct words when = { text, text };

	dossier_tidy_phones(dossier);
	if (received > app_now(app)) {
		(void)clock_format_short(app_now(app), text);
		return reason_refuse(err, "received_at", REASON_AT_FUTURE, &when, NULL);
	}
	rec_put_num(dossier, DOSSIER_RECEIVED_AT, received);
	rec_put_num(dossier, DOSSIER_STATE, STATE_RECEIVED);
	if (!rec_has(dossier, DOSSIER_CHANNEL))
		rec_put_num(dossier, DOSSIER_CHANNEL, CHANNEL_DIRECT);
	if (!rec_has(dossier, DOSSIER_RECEIVED_BY))
		rec_put_text(dossier, DOSSIER_RECEIVED_BY, app->user);
	return RC_OK;
}

static void fill_from_procedure(struct rec *dossier, const struct rec *procedure)
{
	bool online = rec_num(dossier, DOSSIER_CHANNEL) == CHANNEL_ONLINE;
	int64_t fee = rec_num_or(procedure, online && rec_has(procedure, PROCEDURE_FEE_ONLINE_VND) ?
				 PROCEDURE_FEE_ONLINE_VND : PROCEDURE_FEE_DIRECT_VND, 0);
	struct path path = path_at(DOSSIER_FEES, 0, FEE_EL_NAME);

	if (!rec_has(dossier, DOSSIER_FIELD_NAME))
		rec_put_text(dossier, DOSSIER_FIELD_NAME, rec_text(procedure, PROCEDURE_FIELD_NAME));
	if (rec_elements(dossier, DOSSIER_FEES) || fee <= 0)
		return;
	rec_set_bytes(dossier, &path, dossier_fee.vi, strlen(dossier_fee.vi));
	path.sub = FEE_EL_AMOUNT_VND;
	rec_set_num(dossier, &path, fee);
	path.sub = FEE_EL_STATUS;
	rec_set_num(dossier, &path, FEE_UNPAID);
}

/* The papers a procedure requires: those to submit in every case. */
struct papers {
	struct rec *into;       /* NULL: only look what is missing */
	const struct rec *held;
	unsigned count;
	struct buf missing;
};

static bool is_held(const struct rec *dossier, const char *component)
{
	struct element el = { 0 };

	while (rec_each(dossier, DOSSIER_COMPONENTS, &el))
		if (!strcmp(el_text(dossier, &el, COMPONENT_EL_COMPONENT), component))
			return el_true(dossier, &el, COMPONENT_EL_HELD);
	return false;
}

static void drop_components(struct rec *rec)
{
	for (size_t i = rec->count; i-- > 0;)
		if (rec->cells[i].path.tag == DOSSIER_COMPONENTS) {
			struct path path = rec->cells[i].path;

			rec_unset(rec, &path);
		}
}

static void put_component(struct papers *papers, const struct rec *document, const char *component)
{
	struct path path = path_at(DOSSIER_COMPONENTS, papers->count, COMPONENT_EL_COMPONENT);

	rec_set_bytes(papers->into, &path, component, strlen(component));
	path.sub = COMPONENT_EL_HELD;
	rec_set_num(papers->into, &path, 1);
	path.sub = COMPONENT_EL_ORIGINALS;
	rec_set_num(papers->into, &path, rec_num_or(document, DOCUMENT_ORIGINALS, 0));
	path.sub = COMPONENT_EL_COPIES;
	rec_set_num(papers->into, &path, rec_num_or(document, DOCUMENT_COPIES, 0));
}

static enum rc take_document(void *ctx, const struct rec *document, struct err *err)
{
	struct papers *papers = ctx;
	char component[24];

	(void)err;
	if (rec_num_or(document, DOCUMENT_KIND, DOC_SUBMIT) != DOC_SUBMIT || rec_has(document, DOCUMENT_CONDITION))
		return RC_OK;
	(void)snprintf(component, sizeof(component), "%02lld", (long long)rec_num_or(document, DOCUMENT_SEQ, 0));
	if (papers->into)
		put_component(papers, document, component);
	else if (!is_held(papers->held, component))
		buf_printf(&papers->missing, "%s%s", papers->missing.len ? ", " : "", component);
	papers->count++;
	return RC_OK;
}

static enum rc walk_papers(struct app *app, const struct rec *dossier, struct papers *papers, struct err *err)
{
	msec received = rec_num(dossier, DOSSIER_RECEIVED_AT);
	dayno day = dayno_of(received == MSEC_NONE ? app_now(app) : received);

	return catalog_components(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), day, take_document, papers, err);
}

enum rc intake_components(struct app *app, struct rec *dossier, struct err *err)
{
	struct papers papers = { .into = dossier, .missing = BUF(400) };
	enum rc rc;

	drop_components(dossier);
	rc = walk_papers(app, dossier, &papers, err);
	buf_done(&papers.missing);
	return rc;
}

static enum rc fill_components(struct app *app, struct rec *dossier, struct explain *doubts, struct err *err)
{
	struct papers papers = { .held = dossier, .missing = BUF(400) };
	struct words missing;
	enum rc rc;

	if (!rec_elements(dossier, DOSSIER_COMPONENTS))
		return intake_components(app, dossier, err);
	rc = walk_papers(app, dossier, &papers, err);
	missing = (struct words){ buf_str(&papers.missing), buf_str(&papers.missing) };
	if (!rc && papers.missing.len)
		reason_doubt(doubts, REASON_COMPONENT_MISSING, &missing);
	buf_done(&papers.missing);
	return rc;
}

static enum rc warn_of_duplicates(struct app *app, const struct rec *dossier, struct explain *doubts, struct err *err)
{
	struct buf codes = BUF(400);
	struct words words;
	enum rc rc = RC_OK;

	if (rec_has(dossier, DOSSIER_APPLICANT_ID_NO))
		rc = intake_duplicates(app, rec_text(dossier, DOSSIER_APPLICANT_ID_NO),
				       rec_text(dossier, DOSSIER_PROCEDURE_CODE), &codes, err);
	words = (struct words){ buf_str(&codes), buf_str(&codes) };
	if (!rc && codes.len)
		reason_doubt(doubts, REASON_DUPLICATE, &words);
	buf_done(&codes);
	return rc;
}

enum rc intake_preview(struct app *app, struct rec *dossier, struct intake_result *result, struct err *err)
{
	struct office office;
	struct dossier_context ctx;
	enum rc rc = app_may(app, MAY_RECEIVE, err);

	*result = (struct intake_result){ .due_at = MSEC_NONE };
	if (!rc)
		rc = check_given(dossier, err);
	if (!rc)
		rc = fill_plain(app, dossier, err);
	if (rc)
		return rc;
	office_init(&office);
	rc = office_load(app, dossier, &office, err);
	if (!rc && !office.procedure.count)
		rc = err_field(err, "procedure_code", "không có thủ tục này trong danh mục",
			       "there is no such procedure in the catalogue");
	if (!rc) {
		fill_from_procedure(dossier, &office.procedure);
		rc = fill_components(app, dossier, &result->doubts, err);
	}
	if (!rc) {
		office_context(app, &office, rec_num(dossier, DOSSIER_RECEIVED_AT), "", &ctx);
		rc = dossier_plan(dossier, &ctx, &result->doubts, err);
	}
	if (!rc)
		rc = dossier_check_times(dossier, err);
	if (!rc)
		rc = warn_of_duplicates(app, dossier, &result->doubts, err);
	if (!rc)
		result->due_at = rec_num(dossier, DOSSIER_DUE_AT);
	office_done(&office);
	return rc;
}

/* Minting asks whether a code stands already. */
struct mint {
	struct app *app;
	dayno day;
	enum rc rc;
	struct err *err;
};

static bool is_taken(void *ctx, uint32_t ordinal)
{
	struct mint *mint = ctx;
	struct code_parts parts = { .day = mint->day, .ordinal = ordinal };
	char code[CODE_TEXT];
	int64_t rec;

	(void)snprintf(parts.unit, sizeof(parts.unit), "%.*s", CODE_UNIT_TEXT - 1, mint->app->unit);
	if (mint->rc || code_build(&parts, code, mint->err))
		return false; /* told by the caller */
	mint->rc = row_find(mint->app->db, REC_DOSSIER, code, &rec, mint->err);
	if (mint->rc == RC_NONE) {
		mint->rc = RC_OK;
		return false;
	}
	return true;
}

/* The next code of the day of reception, and the note that it is used up whatever becomes of the dossier. */
static enum rc mint_code(struct app *app, struct rec *dossier, char code[CODE_TEXT], struct err *err)
{
	struct code_parts parts = { .day = dayno_of(rec_num(dossier, DOSSIER_RECEIVED_AT)) };
	struct mint mint = { .app = app, .day = parts.day, .err = err };
	int64_t last_day = local_int(app->db, "code_day", DAYNO_NONE);
	struct code_block block = {
		.slot = app->slot, .epoch = app->epoch,
		/* What was minted for days up to the restore may have been lost with the store. */
		.restored_today = parts.day <= local_int(app->db, "restored_on", DAYNO_NONE),
	};
	uint32_t last = last_day == parts.day ? (uint32_t)local_int(app->db, "code_last", 0) : 0;
	enum rc rc;

	(void)snprintf(parts.unit, sizeof(parts.unit), "%.*s", CODE_UNIT_TEXT - 1, app->unit);
	rc = code_next(&block, last, is_taken, &mint, &parts.ordinal, err);
	if (!rc)
		rc = mint.rc;
	if (!rc)
		rc = code_build(&parts, code, err);
	if (rc)
		return rc;
	rec_put_text(dossier, DOSSIER_CODE, code);
	if (parts.day < last_day)
		return RC_OK;
	rc = local_set_int(app->db, "code_day", parts.day, err);
	return rc ? rc : local_set_int(app->db, "code_last", parts.ordinal, err);
}

static enum rc store(struct app *app, struct rec *dossier, struct intake_result *result, struct err *err)
{
	struct change change = { .verb = VERB_RECEIVE, .kind = REC_DOSSIER, .set = dossier };
	enum rc rc = RC_OK;

	if (rec_has(dossier, DOSSIER_CODE))
		(void)snprintf(result->code, sizeof(result->code), "%s", rec_text(dossier, DOSSIER_CODE));
	else
		rc = app_before_event(app, err);
	if (!rc && !rec_has(dossier, DOSSIER_CODE))
		rc = mint_code(app, dossier, result->code, err);
	return rc ? rc : commit_change(app, &change, NULL, NULL, err);
}

enum rc intake_receive(struct app *app, struct rec *dossier, struct intake_result *result, struct err *err)
{
	struct rec given;
	enum rc rc;

	rec_init(&given, REC_DOSSIER);
	rec_copy(&given, dossier);
	rc = intake_preview(app, dossier, result, err);
	if (!rc) {
		bool own = !db_in_transaction(app->db);

		rc = own ? db_begin(app->db, err) : RC_OK;
		if (!rc)
			rc = store(app, dossier, result, err);
		if (!rc && own)
			rc = db_commit(app->db, err);
		if (rc && own)
			db_rollback(app->db);
	}
	if (rc)
		rec_copy(dossier, &given); /* as the clerk left it: another try starts from there */
	rec_done(&given);
	return rc;
}
