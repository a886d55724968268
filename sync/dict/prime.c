/*
 * prime.c LIVE.jsonl IMPORT.jsonl OUT - events of invented wards, packed: what a dictionary is.
 *
 * Run by build.py, not part of the program. The dossiers of LIVE are lived
 * through, day by day, as clerks would: received, scanned, forwarded, done,
 * paid, returned, rated. The records of IMPORT come from a file. All of it
 * goes through the one write path into a store that is thrown away, so the
 * dictionary learns the very events this program makes. OUT gets the packed
 * events without their hashes; their number goes to stdout.
 */
#include "core/act.h"
#include "core/assist.h"
#include "core/commit.h"
#include "core/exchange.h"
#include "core/intake.h"
#include "db/base/file.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/columns.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THINGS = 20000 };

/* Something that happens at a moment: to a dossier of LIVE, or a record by itself. */
struct thing {
	msec at;
	size_t number; /* as read: keeps equal moments in order */
	enum verb verb;
	size_t rec; /* in records */
	size_t step;
};

struct prime {
	struct app app;
	struct rec *records;
	char (*codes)[CODE_TEXT]; /* what a record's dossier was called in the store */
	size_t count, dossier;	  /* records read; the last dossier among them */
	struct thing things[THINGS];
	size_t things_count;
	uint32_t random;
	struct buf bytes;
	struct event_bytes events[COLUMNS_EVENTS_MAX];
	size_t at[COLUMNS_EVENTS_MAX + 1], events_count;
};

static void fail(const char *what, const struct err *err)
{
	fprintf(stderr, "prime: %s: %s %s\n", what, err ? err->field : "", err ? err->en : "");
	exit(1);
}

static uint32_t any(struct prime *p, uint32_t below)
{
	p->random = p->random * 1664525 + 1013904223;
	return (p->random >> 8) % below;
}

static void happens(struct prime *p, msec at, enum verb verb, size_t rec, size_t step)
{
	if (at == MSEC_NONE || p->things_count == THINGS)
		return;
	p->things[p->things_count] = (struct thing){ at, p->things_count, verb, rec, step };
	p->things_count++;
}

/* What a final record says of how it came to be. */
static void plan(struct prime *p, size_t i)
{
	const struct rec *rec = &p->records[i];
	struct element el = { 0 };
	size_t steps = rec_elements(rec, DOSSIER_STEPS), step = 0;

	if (rec->kind == REC_ASSIST)
		happens(p, rec_num(rec, ASSIST_AT), VERB_ADD, i, 0);
	if (rec->kind == REC_SCAN)
		happens(p, rec_num(rec, SCAN_SCANNED_AT), VERB_SCAN, i, 0);
	if (rec->kind != REC_DOSSIER)
		return;
	happens(p, rec_num(rec, DOSSIER_RECEIVED_AT), VERB_RECEIVE, i, 0);
	for (; rec_each(rec, DOSSIER_STEPS, &el); step++)
		happens(p, el_num(rec, &el, STEP_EL_DONE_AT), step + 1 < steps ? VERB_FORWARD : VERB_DONE, i,
			step);
	el = (struct element){ 0 };
	while (rec_each(rec, DOSSIER_FEES, &el))
		if (el_num(rec, &el, FEE_EL_PAID_AT) != MSEC_NONE)
			happens(p, el_num(rec, &el, FEE_EL_PAID_AT) + 60000, VERB_PAY, i, 0);
	happens(p, rec_num(rec, DOSSIER_RETURNED_AT), VERB_RETURN, i, 0);
	if (rec_has(rec, DOSSIER_RATING))
		happens(p, rec_num(rec, DOSSIER_RETURNED_AT) + 60000, VERB_RATE, i, 0);
}

static int by_moment(const void *a, const void *b)
{
	const struct thing *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* The moment as a machine's clock would have it, and who sits there. */
static void sit_down(struct prime *p, msec at, const char *who)
{
	clock_set_test(at + any(p, 1000));
	snprintf(p->app.user, sizeof(p->app.user), "%s", *who ? who : "admin");
}

static void receive(struct prime *p, size_t i)
{
	static const uint16_t asked[] = { DOSSIER_PROCEDURE_CODE,    DOSSIER_APPLICANT_NAME,
					  DOSSIER_APPLICANT_SEX,     DOSSIER_APPLICANT_BIRTH_YEAR,
					  DOSSIER_APPLICANT_ID_NO,   DOSSIER_APPLICANT_PHONE,
					  DOSSIER_APPLICANT_ADDRESS, DOSSIER_NEIGHBOURHOOD,
					  DOSSIER_CHANNEL,	     DOSSIER_NOTE };
	const struct rec *from = &p->records[i];
	struct intake_result result = { 0 };
	struct err err = { 0 };
	struct rec rec;

	rec_init(&rec, REC_DOSSIER);
	for (size_t f = 0; f < ARRAY_LEN(asked); f++) {
		struct path path = path_of(asked[f]);
		const struct cell *cell = rec_find(from, &path);

		if (cell && cell->shape == CELL_BYTES)
			rec_set_bytes(&rec, &path, from->text.data + cell->off, cell->len);
		else if (cell)
			rec_set_num(&rec, &path, cell->num);
	}
	if (intake_receive(&p->app, &rec, &result, &err)) {
		/* A procedure without a statutory time. */
		rec_put_num(&rec, DOSSIER_DUE_AT, rec_num(from, DOSSIER_DUE_AT));
		if (intake_receive(&p->app, &rec, &result, &err))
			fail("receive", &err);
	}
	snprintf(p->codes[i], CODE_TEXT, "%s", result.code);
	rec_done(&rec);
}

static void put(struct act_input *input, enum verb verb, const char *name, const char *value)
{
	struct err err = { 0 };

	if (act_input_put(input, verb, name, value, &err))
		fail(name, &err);
}

static void put_number(struct act_input *input, enum verb verb, const char *name, int64_t value)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	put(input, verb, name, text);
}

static void put_payment(struct prime *p, struct act_input *input, const struct rec *rec)
{
	struct element el = { 0 };

	if (!rec_each(rec, DOSSIER_FEES, &el))
		return;
	put(input, VERB_PAY, "name", el_text(rec, &el, FEE_EL_NAME));
	put_number(input, VERB_PAY, "amount_vnd", el_num(rec, &el, FEE_EL_AMOUNT_VND));
	put(input, VERB_PAY, "method", any(p, 3) ? "online" : "cash");
}

static void act(struct prime *p, const struct thing *thing)
{
	const struct rec *rec = &p->records[thing->rec];
	const struct field *method = field_tagged(rec_type(REC_DOSSIER)->fields, DOSSIER_RETURN_METHOD);
	struct act_input input;
	struct act_result result = { 0 };
	struct err err = { 0 };
	char text[64];

	act_input_init(&input, thing->verb);
	if (thing->verb == VERB_RATE)
		put_number(&input, VERB_RATE, "value", rec_num_or(rec, DOSSIER_RATING, 5));
	enum_word(method, rec_num(rec, DOSSIER_RETURN_METHOD), text, sizeof(text));
	if (thing->verb == VERB_RETURN)
		put(&input, VERB_RETURN, "method", text);
	if (thing->verb == VERB_PAY)
		put_payment(p, &input, rec);
	/* The store's own steps may be fewer: what its rules do not take is left out. */
	(void)!act_run(&p->app, p->codes[thing->rec], thing->verb, &input, &result, &err);
	act_input_done(&input);
}

static void add(struct prime *p, enum verb verb, const struct rec *rec)
{
	struct change change = { .verb = verb, .kind = rec->kind, .set = rec };
	struct err err = { 0 };

	if (commit_change(&p->app, &change, NULL, NULL, &err))
		fail("add", &err);
}

static void live_through(struct prime *p, const struct thing *thing)
{
	struct rec *rec = &p->records[thing->rec];
	char who[80] = "";
	struct element el = { 0 };

	for (size_t i = 0; i <= thing->step && rec_each(rec, DOSSIER_STEPS, &el); i++)
		snprintf(who, sizeof(who), "%s", el_text(rec, &el, STEP_EL_PERSON));
	if (rec->kind == REC_ASSIST)
		snprintf(who, sizeof(who), "%s", rec_text(rec, ASSIST_MEMBER));
	sit_down(p, thing->at, rec->kind == REC_SCAN ? rec_text(rec, SCAN_SCANNED_BY) : who);
	if (thing->verb == VERB_RECEIVE) {
		receive(p, thing->rec);
	} else if (thing->verb == VERB_SCAN) {
		rec_put_text(rec, SCAN_DOSSIER_CODE, p->codes[thing->rec]);
		rec_put_num(rec, SCAN_SCANNED_AT, clock_now());
		add(p, VERB_SCAN, rec);
	} else if (thing->verb == VERB_ADD) {
		add(p, VERB_ADD, rec);
	} else {
		act(p, thing);
	}
}

typedef void take_record(struct prime *p, struct rec *rec);

/* A scan follows its dossier, whose code in the store is known only once it is received: the codes are
 * shared. */
static void keep(struct prime *p, struct rec *rec)
{
	if (p->count == THINGS || rec->kind == REC_WARD)
		return;
	rec_init(&p->records[p->count], rec->kind);
	rec_copy(&p->records[p->count], rec);
	plan(p, p->count);
	p->count++;
}

static void import(struct prime *p, struct rec *rec)
{
	static const struct path local[] = { { .tag = ASSIST_PERSON_NAME }, { .tag = ASSIST_PERSON_ID_NO } };

	for (size_t i = 0; rec->kind == REC_ASSIST && i < ARRAY_LEN(local); i++)
		rec_unset(rec, &local[i]);
	clock_set_test(clock_now() + any(p, 4));
	add(p, VERB_IMPORT, rec);
}

static void each_line(struct prime *p, const char *path, take_record *take)
{
	struct buf file = BUF(64 << 20);
	struct err err = { 0 };
	struct rec rec;
	char *at, *end;

	if (file_read(path, &file, &err))
		fail(path, &err);
	rec_init(&rec, REC_NONE);
	buf_byte(&file, '\n');
	for (at = (char *)file.data; (end = strchr(at, '\n')) && *at; at = end + 1) {
		if (end > at && exchange_parse_line(at, (size_t)(end - at), &rec, &err))
			fail("line", &err);
		if (end > at)
			take(p, &rec);
	}
	rec_done(&rec);
	buf_done(&file);
}

/* A scan's code is its dossier's. */
static void share_codes(struct prime *p)
{
	for (size_t i = 0; i < p->things_count; i++) {
		struct thing *thing = &p->things[i];
		size_t d = thing->rec;

		while (d && p->records[d].kind != REC_DOSSIER)
			d--;
		if (thing->verb == VERB_SCAN)
			memcpy(p->codes[thing->rec], p->codes[d], CODE_TEXT);
	}
}

static void live(struct prime *p)
{
	qsort(p->things, p->things_count, sizeof(*p->things), by_moment);
	for (size_t i = 0; i < p->things_count; i++) {
		share_codes(p);
		live_through(p, &p->things[i]);
	}
}

static enum rc gather(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct prime *p = ctx;

	(void)n;
	(void)id;
	(void)err;
	if (p->events_count == COLUMNS_EVENTS_MAX)
		return RC_NONE;
	buf_add(&p->bytes, bytes.data, bytes.len);
	p->at[++p->events_count] = p->bytes.len;
	return RC_OK;
}

/* Hours, count, decisions, hashes, texts: all but the hashes. */
static void write_out(const char *path, const struct buf *packed)
{
	struct reader r = reader_on(packed->data, packed->len);
	struct buf out = BUF(1 << 20);
	struct span coded;
	struct err err = { 0 };

	buf_byte(&out, wire_byte(&r));
	wire_put_uint(&out, wire_uint(&r));
	coded = wire_bytes(&r);
	wire_put_bytes(&out, coded.data, coded.len);
	(void)wire_bytes(&r);
	wire_put_bytes(&out, NULL, 0);
	buf_add(&out, r.at, (size_t)(r.end - r.at));
	if (r.bad || file_write_atomic(path, out.data, out.len, &err))
		fail("write", &err);
	buf_done(&out);
}

static void pack(struct prime *p, const char *path)
{
	const struct columns_base base = { 0, "" };
	struct buf packed = BUF(COLUMNS_RAW_MAX);
	struct err err = { 0 };

	p->bytes = (struct buf)BUF(COLUMNS_RAW_MAX);
	if (journal_slice(p->app.db, p->app.device, 1, 1, COLUMNS_EVENTS_MAX, gather, p, &err))
		fail("journal", &err);
	for (size_t i = 0; i < p->events_count; i++)
		p->events[i].bytes = (struct span){ p->bytes.data + p->at[i], p->at[i + 1] - p->at[i] };
	if (columns_pack(p->events, p->events_count, &base, &packed, &err))
		fail("pack", &err);
	write_out(path, &packed);
	printf("%zu\n", p->events_count);
	buf_done(&packed);
	buf_done(&p->bytes);
}

int main(int argc, char **argv)
{
	const struct app_make make = { .unit = "H99.99",
				       .unit_name = "H99.99",
				       .admin = "admin",
				       .passphrase = "invented-wards",
				       .slot = 1,
				       .demo = true };
	struct prime *p = calloc(1, sizeof(*p));
	char path[4096], recovery[DB_RECOVERY_TEXT];
	struct err err = { 0 };

	if (argc != 4 || !p)
		fail("usage: prime LIVE.jsonl IMPORT.jsonl OUT", NULL);
	p->records = calloc(THINGS, sizeof(*p->records));
	p->codes = calloc(THINGS, sizeof(*p->codes));
	(void)snprintf(path, sizeof(path), "%s.motcua", argv[3]);
	clock_set_test(1700000000000);
	if (app_make(path, &make, recovery, &err) ||
	    app_open(&p->app, path, make.admin, make.passphrase, &err))
		fail("store", &err);
	memset(p->app.device, 0, DEVICE_ID);
	each_line(p, argv[1], keep);
	live(p);
	sit_down(p, clock_now(), "admin");
	each_line(p, argv[2], import);
	pack(p, argv[3]);
	app_close(&p->app);
	(void)unlink(path);
	return 0;
}
