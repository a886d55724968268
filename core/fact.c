#include "core/fact.h"

#include <stdlib.h>

#include "db/base/mem.h"
#include "db/rec_fields.h"

/* Below this a scan does not meet the standard. */
enum { SCAN_DPI_MIN = 200 };

/* Packed times: which are there (a byte), then each as its distance from the one before. */
static void put_times(struct buf *out, unsigned more, const msec *times, size_t count, msec *last)
{
	unsigned present = 0;

	for (size_t i = 0; i < count; i++)
		present |= (times[i] != MSEC_NONE ? 1u : 0u) << i;
	buf_byte(out, (uint8_t)(present | more << count));
	for (size_t i = 0; i < count; i++) {
		if (times[i] == MSEC_NONE)
			continue;
		wire_put_int(out, (int64_t)((uint64_t)times[i] - (uint64_t)*last));
		*last = times[i];
	}
}

/* The bits above the times. */
static unsigned get_times(struct packed *at, msec *times, size_t count)
{
	unsigned present = wire_byte(&at->r);

	for (size_t i = 0; i < count; i++) {
		times[i] = MSEC_NONE;
		if (!(present >> i & 1))
			continue;
		at->last = (msec)((uint64_t)at->last + (uint64_t)wire_int(&at->r));
		times[i] = at->last;
	}
	return present >> count;
}

struct packed packed_on(struct span span)
{
	struct packed at = { reader_on(span.data, span.len), 0 };

	return at;
}

static bool more(const struct packed *at)
{
	return !at->r.bad && at->r.at < at->r.end;
}

bool packed_step(struct packed *at, struct step_fact *out)
{
	msec times[3];

	if (!more(at))
		return false;
	out->level = (int)get_times(at, times, 3);
	out->given_at = times[0];
	out->due_at = times[1];
	out->done_at = times[2];
	out->unit = (int64_t)wire_uint(&at->r);
	out->person = (int64_t)wire_uint(&at->r);
	return !at->r.bad;
}

bool packed_pause(struct packed *at, struct pause_fact *out)
{
	msec times[2];

	if (!more(at))
		return false;
	get_times(at, times, 2);
	out->from = times[0];
	out->to = times[1];
	return !at->r.bad;
}

bool packed_extension(struct packed *at, struct extension_fact *out)
{
	msec times[3];

	if (!more(at))
		return false;
	get_times(at, times, 3);
	out->at = times[0];
	out->old_due = times[1];
	out->new_due = times[2];
	return !at->r.bad;
}

void dossier_fact_init(struct dossier_fact *out)
{
	*out = (struct dossier_fact){ .pauses = BUF(REC_TEXT_MAX), .extensions = BUF(REC_TEXT_MAX),
				      .steps = BUF(REC_TEXT_MAX) };
}

void dossier_fact_done(struct dossier_fact *out)
{
	buf_done(&out->pauses);
	buf_done(&out->extensions);
	buf_done(&out->steps);
	free(out->fees);
	dossier_fact_init(out);
}

static enum rc name_of(const struct namer *namer, const char *text, int64_t *ix, struct err *err)
{
	*ix = 0;
	return *text ? namer->ix(namer->ctx, text, ix, err) : RC_OK;
}

/* How high a level is: province over other over ward. */
static int rank(int level)
{
	return level == LEVEL_PROVINCE ? 3 : level == LEVEL_OTHER ? 2 : level == LEVEL_WARD ? 1 : 0;
}

static int small(int64_t value)
{
	return value > 0 && value < 1000 ? (int)value : 0;
}

static enum rc pack_steps(const struct rec *rec, const struct namer *namer, struct dossier_fact *out,
			  struct err *err)
{
	struct element el = { 0 };
	msec last = 0;

	while (rec_each(rec, DOSSIER_STEPS, &el)) {
		msec times[3] = { el_num(rec, &el, STEP_EL_GIVEN_AT), el_num(rec, &el, STEP_EL_DUE_AT),
				  el_num(rec, &el, STEP_EL_DONE_AT) };
		int level = small(el_num(rec, &el, STEP_EL_LEVEL));
		int64_t unit, person;
		enum rc rc = name_of(namer, el_text(rec, &el, STEP_EL_UNIT), &unit, err);

		if (!rc)
			rc = name_of(namer, el_text(rec, &el, STEP_EL_PERSON), &person, err);
		if (rc)
			return rc;
		if (!rank(level))
			level = 0;
		if (rank(level) > rank(out->fact.level))
			out->fact.level = level;
		put_times(&out->steps, (unsigned)level, times, 3, &last);
		wire_put_uint(&out->steps, (uint64_t)unit);
		wire_put_uint(&out->steps, (uint64_t)person);
	}
	return RC_OK;
}

/* The last pause without an end, if any, is what a paused state waits for. */
static void pack_pauses(const struct rec *rec, struct dossier_fact *out)
{
	struct element el = { 0 };
	bool lasts = false;
	msec last = 0;

	while (rec_each(rec, DOSSIER_PAUSES, &el)) {
		msec times[2] = { el_num(rec, &el, PAUSE_EL_FROM), el_num(rec, &el, PAUSE_EL_TO) };

		lasts = lasts || times[1] == MSEC_NONE;
		put_times(&out->pauses, 0, times, 2, &last);
	}
	if (!lasts && (out->fact.state == STATE_SUPPLEMENT || out->fact.state == STATE_FINANCE ||
		       out->fact.state == STATE_STOPPED))
		out->fact.flags |= FACT_WAITING;
}

static void pack_extensions(const struct rec *rec, struct dossier_fact *out)
{
	struct element el = { 0 };
	bool first = true;
	msec last = 0;

	while (rec_each(rec, DOSSIER_EXTENSIONS, &el)) {
		msec times[3] = { el_num(rec, &el, EXTENSION_EL_AT), el_num(rec, &el, EXTENSION_EL_OLD_DUE_AT),
				  el_num(rec, &el, EXTENSION_EL_NEW_DUE_AT) };

		put_times(&out->extensions, 0, times, 3, &last);
		if (first && times[1] != MSEC_NONE)
			out->fact.first_due = times[1];
		first = false;
	}
}

static struct fact_fee *add_fee(struct dossier_fact *out)
{
	out->fees = mem_room(out->fees, out->fees_count, &out->fees_cap, sizeof(*out->fees));
	return &out->fees[out->fees_count++];
}

static enum rc gather_fees(const struct rec *rec, const struct namer *namer, struct dossier_fact *out,
			   struct err *err)
{
	struct element el = { 0 };

	while (rec_each(rec, DOSSIER_FEES, &el)) {
		struct fact_fee *fee = add_fee(out);
		enum rc rc = name_of(namer, el_text(rec, &el, FEE_EL_NAME), &fee->name, err);

		if (rc)
			return rc;
		fee->rec = 0;
		fee->amount = el_num(rec, &el, FEE_EL_AMOUNT_VND);
		fee->status = small(el_num(rec, &el, FEE_EL_STATUS));
		fee->method = small(el_num(rec, &el, FEE_EL_METHOD));
		fee->paid_at = el_num(rec, &el, FEE_EL_PAID_AT);
		if (fee->amount == MSEC_NONE)
			fee->amount = 0;
		if (!fee->status)
			fee->status = fee->paid_at == MSEC_NONE ? FEE_UNPAID : FEE_PAID;
		if (fee->amount <= 0 || fee->status == FEE_EXEMPT)
			continue;
		out->fact.flags |= FACT_FEE_DUE;
		if (fee->status == FEE_PAID && fee->method == PAY_ONLINE)
			out->fact.flags |= FACT_PAID_ONLINE;
	}
	return RC_OK;
}

/* A record that does not say its state: what its times say. */
static int state_of(const struct rec *rec)
{
	int state = small(rec_num_or(rec, DOSSIER_STATE, 0));

	if (state)
		return state;
	if (rec_has(rec, DOSSIER_RETURNED_AT))
		return STATE_RETURNED;
	if (rec_has(rec, DOSSIER_FINISHED_AT))
		return STATE_DONE;
	return rec_has(rec, DOSSIER_RECEIVED_AT) ? STATE_RECEIVED : STATE_REGISTERED;
}

static void plain_fields(const struct rec *rec, struct fact *fact)
{
	*fact = (struct fact){ .state = state_of(rec) };
	fact->received_at = rec_num(rec, DOSSIER_RECEIVED_AT);
	fact->due_at = fact->first_due = rec_num(rec, DOSSIER_DUE_AT);
	fact->finished_at = rec_num(rec, DOSSIER_FINISHED_AT);
	fact->returned_at = rec_num(rec, DOSSIER_RETURNED_AT);
	fact->channel = small(rec_num_or(rec, DOSSIER_CHANNEL, 0));
	fact->rating = small(rec_num_or(rec, DOSSIER_RATING, 0));
	fact->scanned_at = fact->reused_at = MSEC_NONE;
	if (rec_true(rec, DOSSIER_REFUSED))
		fact->flags |= FACT_REFUSED;
	if (rec_true(rec, DOSSIER_ELECTRONIC_RESULT))
		fact->flags |= FACT_ELECTRONIC;
}

enum rc fact_of_dossier(const struct rec *rec, const struct namer *namer, struct dossier_fact *out,
			struct err *err)
{
	enum rc rc;

	buf_clear(&out->pauses);
	buf_clear(&out->extensions);
	buf_clear(&out->steps);
	out->fees_count = 0;
	plain_fields(rec, &out->fact);
	rc = name_of(namer, rec_text(rec, DOSSIER_FIELD_NAME), &out->fact.field, err);
	if (!rc)
		rc = name_of(namer, rec_text(rec, DOSSIER_PROCEDURE_CODE), &out->fact.procedure, err);
	if (!rc)
		rc = name_of(namer, rec_text(rec, DOSSIER_RECEIVED_BY), &out->fact.clerk, err);
	if (!rc)
		rc = pack_steps(rec, namer, out, err);
	if (!rc)
		rc = gather_fees(rec, namer, out, err);
	if (rc)
		return rc;
	pack_pauses(rec, out);
	pack_extensions(rec, out);
	out->fact.pauses = (struct span){ out->pauses.data, out->pauses.len };
	out->fact.extensions = (struct span){ out->extensions.data, out->extensions.len };
	return RC_OK;
}

enum rc fact_of_scan(const struct rec *rec, const struct namer *namer, struct fact_scan *out, struct err *err)
{
	int64_t dpi = rec_num(rec, SCAN_DPI);

	*out = (struct fact_scan){ .at = rec_num_or(rec, SCAN_SCANNED_AT, 0) };
	out->pages = rec_num_or(rec, SCAN_PAGES, 0);
	out->bytes = rec_num_or(rec, SCAN_BYTES, 0);
	if (rec_true(rec, SCAN_REUSED))
		out->flags |= SCAN_FACT_REUSED;
	if (rec_true(rec, SCAN_SIGNED))
		out->flags |= SCAN_FACT_SIGNED;
	if (dpi != MSEC_NONE && dpi < SCAN_DPI_MIN)
		out->flags |= SCAN_FACT_COARSE;
	return name_of(namer, rec_text(rec, SCAN_SCANNED_BY), &out->person, err);
}

enum rc fact_of_assist(const struct rec *rec, const struct namer *namer, struct fact_help *out, struct err *err)
{
	enum rc rc;

	*out = (struct fact_help){ .at = rec_num_or(rec, ASSIST_AT, 0) };
	out->team = rec_num(rec, ASSIST_TEAM);
	out->neighbourhood = rec_num(rec, ASSIST_NEIGHBOURHOOD);
	out->place = small(rec_num_or(rec, ASSIST_PLACE, 0));
	out->outcome = small(rec_num_or(rec, ASSIST_OUTCOME, 0));
	out->minutes = rec_num_or(rec, ASSIST_MINUTES, 0);
	rc = name_of(namer, rec_text(rec, ASSIST_CATEGORY), &out->category, err);
	return rc ? rc : name_of(namer, rec_text(rec, ASSIST_MEMBER), &out->member, err);
}

/* The tables of this store as the namer. */
static enum rc store_name(void *ctx, const char *text, int64_t *ix, struct err *err)
{
	return name_ix(ctx, text, ix, err);
}

struct scans {
	struct db *db;
	int64_t dossier;
};

static enum rc lay_scan(void *ctx, const struct row *row, struct err *err)
{
	const struct scans *scans = ctx;

	return fact_add_scan(scans->db, scans->dossier, rec_num_or(&row->body, SCAN_SCANNED_AT, 0),
			     rec_true(&row->body, SCAN_REUSED), err);
}

/* Lay all scans of the dossier with this code over its fact. */
static enum rc lay_scans(struct db *db, int64_t dossier, const char *code, struct err *err)
{
	struct scans scans = { db, dossier };
	struct buf prefix = BUF(256);
	enum rc rc;

	buf_printf(&prefix, "%s/", code);
	rc = row_walk_prefix(db, REC_SCAN, buf_str(&prefix), lay_scan, &scans, err);
	buf_done(&prefix);
	return rc;
}

static enum rc put_fees(struct db *db, int64_t rec, struct dossier_fact *from, bool fresh, struct err *err)
{
	enum rc rc = fresh ? RC_OK : fact_fees_drop(db, rec, err);

	for (size_t i = 0; !rc && i < from->fees_count; i++) {
		from->fees[i].rec = rec;
		rc = fact_fee_put(db, &from->fees[i], (int64_t)i, err);
	}
	return rc;
}

static enum rc project_dossier(struct db *db, int64_t rec, const struct rec *before, const struct rec *now,
			       struct err *err)
{
	struct namer namer = { store_name, db };
	struct dossier_fact made;
	enum rc rc;

	if (!rec_has(now, DOSSIER_CODE))
		return fact_drop(db, rec, err);
	dossier_fact_init(&made);
	rc = fact_of_dossier(now, &namer, &made, err);
	if (rc)
		goto out;
	made.fact.rec = rec;
	rc = fact_put(db, &made.fact, err);
	if (!rc && (before || made.steps.len))
		rc = fact_steps_put(db, rec, (struct span){ made.steps.data, made.steps.len }, err);
	if (!rc)
		rc = put_fees(db, rec, &made, !before, err);
	if (!rc && (!before || !rec_has(before, DOSSIER_CODE)))
		rc = lay_scans(db, rec, rec_text(now, DOSSIER_CODE), err);
out:
	dossier_fact_done(&made);
	return rc;
}

/* A scan that is gone or changed: what its dossier knows of scans is laid anew. */
static enum rc relay(struct db *db, const char *code, struct err *err)
{
	int64_t dossier;
	enum rc rc = row_find(db, REC_DOSSIER, code, &dossier, err);

	if (!rc)
		rc = fact_clear_scans(db, dossier, err);
	if (!rc)
		rc = lay_scans(db, dossier, code, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc project_scan(struct db *db, int64_t rec, const struct rec *before, const struct rec *now,
			    struct err *err)
{
	struct namer namer = { store_name, db };
	struct fact_scan scan;
	int64_t dossier;
	enum rc rc;

	if (!rec_has(now, SCAN_DOSSIER_CODE)) {
		rc = fact_scan_drop(db, rec, err);
		return rc || !before ? rc : relay(db, rec_text(before, SCAN_DOSSIER_CODE), err);
	}
	rc = fact_of_scan(now, &namer, &scan, err);
	if (rc)
		return rc;
	scan.rec = rec;
	rc = fact_scan_put(db, &scan, err);
	if (rc)
		return rc;
	if (before)
		return relay(db, rec_text(now, SCAN_DOSSIER_CODE), err);
	rc = row_find(db, REC_DOSSIER, rec_text(now, SCAN_DOSSIER_CODE), &dossier, err);
	if (!rc)
		rc = fact_add_scan(db, dossier, scan.at, scan.flags & SCAN_FACT_REUSED, err);
	return rc == RC_NONE ? RC_OK : rc;
}

static enum rc project_assist(struct db *db, int64_t rec, const struct rec *now, struct err *err)
{
	struct namer namer = { store_name, db };
	struct fact_help help;
	enum rc rc;

	if (!rec_has(now, ASSIST_CATEGORY))
		return fact_help_drop(db, rec, err);
	rc = fact_of_assist(now, &namer, &help, err);
	help.rec = rec;
	return rc ? rc : fact_help_put(db, &help, err);
}

enum rc fact_project(struct app *app, int64_t rec, const struct rec *before, const struct rec *now, struct err *err)
{
	switch (now->kind) {
	case REC_DOSSIER:
		return project_dossier(app->db, rec, before, now, err);
	case REC_SCAN:
		return project_scan(app->db, rec, before, now, err);
	case REC_ASSIST:
		return project_assist(app->db, rec, now, err);
	default:
		return RC_OK;
	}
}
