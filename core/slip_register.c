/* slip_register.c - the lines of the book. */
#include <stdio.h>
#include <string.h>

#include "core/query.h"
#include "core/slip.h"
#include "db/fact.h"
#include "db/rec_fields.h"

static void put_short(struct paper_facts *facts, const char *name, msec at)
{
	char text[CLOCK_SHORT_TEXT];

	if (at != MSEC_NONE)
		paper_put_row(facts, name, clock_format_short(at, text));
}

static void put_line(struct app *app, struct paper_facts *facts, const struct rec *dossier)
{
	static const struct words methods[] = {
		T("", ""), T("tại quầy", "counter"), T("bưu chính", "post"), T("trực tuyến", "online"),
	};
	int64_t method = rec_num_or(dossier, DOSSIER_RETURN_METHOD, 0);
	const char *phone = rec_text(dossier, DOSSIER_APPLICANT_PHONE);
	const char *address = rec_text(dossier, DOSSIER_APPLICANT_ADDRESS);
	char procedure[2000], text[1024], digits[24];

	paper_row(facts, "dossiers");
	paper_put_row(facts, "code", rec_text(dossier, DOSSIER_CODE));
	(void)query_procedure_name(app, rec_text(dossier, DOSSIER_PROCEDURE_CODE), procedure, sizeof(procedure));
	paper_put_row(facts, "procedure", procedure);
	paper_put_row(facts, "sets", "01");
	paper_put_row(facts, "applicant_name", rec_text(dossier, DOSSIER_APPLICANT_NAME));
	(void)snprintf(text, sizeof(text), "%s%s%s", address, *address && *phone ? ", " : "",
		       slip_phone(phone, digits));
	paper_put_row(facts, "address_phone", text);
	paper_put_row(facts, "deciding_unit", slip_deciding(dossier));
	put_short(facts, "received", rec_num(dossier, DOSSIER_RECEIVED_AT));
	put_short(facts, "due", rec_num(dossier, DOSSIER_DUE_AT));
	put_short(facts, "returned", rec_num(dossier, DOSSIER_RETURNED_AT));
	paper_put_row(facts, "return_method", methods[method > 0 && method < 4 ? method : 0].vi);
	paper_put_row(facts, "collected_by", rec_text(dossier, DOSSIER_COLLECTED_BY));
	paper_put_row(facts, "note", rec_text(dossier, DOSSIER_NOTE));
}

struct book {
	struct app *app;
	struct paper_facts *facts;
	struct row row;
};

static enum rc take_line(void *ctx, const struct fact *fact, struct err *err)
{
	struct book *book = ctx;
	enum rc rc;

	if (fact->state == STATE_REGISTERED || fact->state == STATE_NOT_RECEIVED)
		return RC_OK;
	if (book->facts->rows == PAPER_ROWS_MAX)
		return err_set(err, RC_FULL, "Kỳ có quá nhiều hồ sơ để in một sổ; hãy chọn kỳ ngắn hơn.",
			       "The period has too many dossiers for one book; choose a shorter one.");
	rc = row_read(book->app->db, fact->rec, &book->row, err);
	if (!rc)
		put_line(book->app, book->facts, &book->row.body);
	return rc;
}

enum rc slip_register_facts(struct app *app, const struct slip_ask *ask, struct paper_facts *facts, struct err *err)
{
	struct book book = { .app = app, .facts = facts };
	char day[CLOCK_DATE_TEXT];
	enum rc rc;

	row_init(&book.row);
	if (ask->code) {
		rc = row_get(app->db, REC_DOSSIER, ask->code, &book.row, err);
		if (rc == RC_NONE)
			(void)err_set(err, RC_NONE, "không có hồ sơ %.40s", "there is no dossier %.40s", ask->code);
		if (!rc)
			put_line(app, facts, &book.row.body);
	} else {
		paper_put(facts, "from", clock_format_dmy(ask->from, day));
		paper_put(facts, "to", clock_format_dmy(ask->to, day));
		rc = fact_walk_received(app->db, dayno_start(ask->from), dayno_start(ask->to + 1), take_line, &book,
					err);
	}
	row_done(&book.row);
	return rc;
}
