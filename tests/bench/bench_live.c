/*
 * bench_live.c - batch_live_day_bytes: a day at the counter as it is lived, sealed in the evening: each
 * dossier received, its papers scanned, passed on, decided and handed back, each its own event at its own
 * moment; and eight visits of the teams. Applicants, papers and visits are the demo ward's, the moments are
 * drawn.
 */
#include "core/act.h"
#include "core/assist.h"
#include "core/exchange.h"
#include "core/intake.h"
#include "core/scan.h"
#include "db/rec_fields.h"
#include "sync/hub/hub.h"
#include "tests/bench/bench.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOSSIERS = 25, ASSISTS = 8 };

static const msec MORNING = INT64_C(1795482000000); /* 2026-11-24 08:00 */

struct day {
	struct app *app;
	msec clock;
	uint64_t seed;
	char source[DOSSIERS][CODE_TEXT]; /* codes in the demo ward, */
	char codes[DOSSIERS][CODE_TEXT];  /* and here */
	unsigned received, helped;
};

static uint64_t draw(struct day *day, uint64_t below)
{
	day->seed = day->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (day->seed >> 33) % below;
}

/* Some seconds to so many minutes later. */
static void later(struct day *day, unsigned minutes)
{
	day->clock += 5000 + (msec)draw(day, minutes * (uint64_t)MINUTE_MS);
	clock_set_test(day->clock);
}

static void receive(struct day *day, const struct rec *known)
{
	static const unsigned tags[] = { DOSSIER_PROCEDURE_CODE,    DOSSIER_APPLICANT_NAME,
					 DOSSIER_APPLICANT_SEX,	    DOSSIER_APPLICANT_BIRTH_YEAR,
					 DOSSIER_APPLICANT_ID_NO,   DOSSIER_APPLICANT_PHONE,
					 DOSSIER_APPLICANT_ADDRESS, DOSSIER_NEIGHBOURHOOD };
	struct intake_result result;
	struct rec rec;
	struct err err = { 0 };

	rec_init(&rec, REC_DOSSIER);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (!rec_has(known, tags[i]))
			continue;
		if (field_tagged(rec_type(REC_DOSSIER)->fields, tags[i])->type == FIELD_TEXT)
			rec_put_text(&rec, tags[i], rec_text(known, tags[i]));
		else
			rec_put_num(&rec, tags[i], rec_num(known, tags[i]));
	}
	later(day, 12);
	bench_must(intake_receive(day->app, &rec, &result, &err), &err);
	snprintf(day->source[day->received], CODE_TEXT, "%s", rec_text(known, DOSSIER_CODE));
	snprintf(day->codes[day->received++], CODE_TEXT, "%s", result.code);
	rec_done(&rec);
}

static enum rc pass(void *ctx, const struct scan_added *added, struct err *err)
{
	(void)ctx;
	(void)added;
	(void)err;
	return RC_OK;
}

static void scan(struct day *day, const struct rec *known)
{
	struct scan_file file = { .format = (int)rec_num(known, SCAN_FORMAT),
				  .pages = rec_num(known, SCAN_PAGES),
				  .bytes = rec_num(known, SCAN_BYTES),
				  .dpi = rec_num_or(known, SCAN_DPI, 0) };
	struct err err = { 0 };

	for (size_t i = 0; i < sizeof(file.hash); i++)
		file.hash[i] = (uint8_t)draw(day, 256);
	for (unsigned i = 0; i < day->received; i++)
		if (!strcmp(day->source[i], rec_text(known, SCAN_DOSSIER_CODE))) {
			later(day, 1);
			bench_must(scan_add(day->app, day->codes[i], rec_text(known, SCAN_COMPONENT), &file,
					    1, pass, NULL, &err),
				   &err);
		}
}

static void help(struct day *day, struct rec *known)
{
	struct err err = { 0 };

	if (day->helped == ASSISTS || rec_has(known, ASSIST_DOSSIER_CODE))
		return;
	day->helped++;
	later(day, 3);
	rec_put_num(known, ASSIST_AT, day->clock);
	bench_must(assist_add(day->app, known, NULL, &err), &err);
}

static void act(struct day *day, unsigned dossier, enum verb verb, const char *field, const char *value)
{
	struct act_input input;
	struct err err = { 0 };
	enum rc rc;

	later(day, 3);
	act_input_init(&input, verb);
	if (field)
		bench_must(act_input_put(&input, verb, field, value, &err), &err);
	rc = act_run(day->app, day->codes[dossier], verb, &input, NULL, &err);
	/* A short procedure has no second step to go to. */
	if (rc != RC_INPUT || verb != VERB_FORWARD)
		bench_must(rc, &err);
	act_input_done(&input);
}

static void live(struct day *day)
{
	FILE *in = fopen("tests/fixtures/demo.jsonl", "r");
	char *text = NULL, number[32];
	size_t room = 0;
	ssize_t len;
	struct rec rec;
	struct err err = { 0 };

	if (!in)
		bench_must(RC_IO, &err);
	while ((len = getline(&text, &room, in)) > 0) {
		while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
			len--;
		if (strstr(text, "\"kind\":\"ward\""))
			continue;
		rec_init(&rec, REC_NONE);
		bench_must(exchange_parse_line(text, (size_t)len, &rec, &err), &err);
		if (rec.kind == REC_DOSSIER && day->received < DOSSIERS)
			receive(day, &rec);
		else if (rec.kind == REC_SCAN)
			scan(day, &rec);
		else if (rec.kind == REC_ASSIST)
			help(day, &rec);
		rec_done(&rec);
	}
	free(text);
	(void)fclose(in);
	for (unsigned i = 0; i < day->received; i++) {
		act(day, i, VERB_FORWARD, NULL, NULL);
		act(day, i, VERB_FORWARD, NULL, NULL);
		snprintf(number, sizeof(number), "%u/GXN-UBND", 120 + i);
		act(day, i, VERB_DONE, "result_no", number);
		act(day, i, VERB_RETURN, "method", "counter");
	}
}

struct sum {
	size_t bytes, events;
};

static enum rc add(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct sum *sum = ctx;

	(void)err;
	sum->bytes += body.len;
	sum->events += item->manifest.events;
	return RC_OK;
}

static struct sum sealed(struct app *app)
{
	struct identity identity;
	struct sum sum = { 0, 0 };
	struct err err = { 0 };
	size_t count;

	bench_must(identity_load(app, &identity, &err), &err);
	bench_must(outbox_seal(app, &identity, &count, &err), &err);
	identity_done(&identity);
	bench_must(outbox_walk(app, false, add, &sum, &err), &err);
	return sum;
}

int main(void)
{
	static struct hub hub;
	struct app app;
	struct day day = { .app = &app, .clock = MORNING, .seed = 25 };
	struct sum before, after;

	hubs_open(&hub);
	ward_open_memory(&app, 1);
	(void)snprintf(app.unit, sizeof(app.unit), "H10.16");
	clock_set_test(MORNING);
	hubs_enrol(&hub, &app, 1, DEVICE_COUNTER);
	before = sealed(&app);
	live(&day);
	after = sealed(&app);
	bench_print("batch_live_day_bytes", (double)(after.bytes - before.bytes) / DOSSIERS, "");
	bench_print("batch_live_day_events", (double)(after.events - before.events), "count");
	ward_close(&app);
	hubs_close(&hub);
	return 0;
}
