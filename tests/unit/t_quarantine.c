/* t_quarantine.c - what was not taken, of four kinds, each with its reason; a round that was stopped is no error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/journal.h"
#include "sync/carrier.h"
#include "sync/hub/hub.h"
#include "sync/quarantine.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

struct seen {
	size_t count;
	struct {
		enum quarantine_kind kind;
		bool own;
		uint64_t first, last;
		char reason[160];
	} of[8];
};

static enum rc take(void *ctx, const struct quarantined *item, struct err *err)
{
	struct seen *seen = ctx;

	(void)err;
	assert_true(seen->count < ARRAY_LEN(seen->of));
	seen->of[seen->count].kind = item->kind;
	seen->of[seen->count].own = item->own;
	seen->of[seen->count].first = item->first;
	seen->of[seen->count].last = item->last;
	snprintf(seen->of[seen->count].reason, sizeof(seen->of[0].reason), "%s", item->reason);
	seen->count++;
	return RC_OK;
}

/* A receipt of this hub that names single events. */
static void apply_receipt(struct hub *hub, struct app *app, struct identity *identity)
{
	struct buf bytes = BUF(RECEIPT_MAX);
	struct receipt receipt = { .epoch = app->epoch, .hub_time = 1000, .refusals_count = 2 }, told;
	struct err err = { 0 };

	memcpy(receipt.device, app->device, DEVICE_ID);
	receipt.refusals[0].seq = 2;
	snprintf(receipt.refusals[0].reason, sizeof(receipt.refusals[0].reason), "no such procedure");
	receipt.refusals[1].seq = 3;
	snprintf(receipt.refusals[1].reason, sizeof(receipt.refusals[1].reason), "a newer kind of record");
	assert_int_equal(receipt_seal(&receipt, hub->sign_sk, identity->sign_pk, &bytes, &err), RC_OK);
	assert_int_equal(receipt_apply(app, identity, bytes.data, bytes.len, &told, &err), RC_OK);
	buf_done(&bytes);
}

static void refuse_here(struct app *app, const char *reason)
{
	static const char SQL[] = "INSERT INTO refused (n, reason) VALUES (1, ?1)";
	struct err err = { 0 };
	struct stmt *s;

	assert_int_equal(db_begin(app->db, &err), RC_OK);
	s = stmt_use(app->db, SQL);
	stmt_bind_text(s, 1, reason);
	assert_int_equal(stmt_run(s, &err), RC_OK);
	stmt_done(s);
	assert_int_equal(db_commit(app->db, &err), RC_OK);
}

static enum rc first_id(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	(void)body;
	(void)err;
	memcpy(ctx, item->manifest.id, BATCH_ID);
	return RC_OK;
}

static void every_kind_is_told_with_its_reason(void **state)
{
	struct manifest other = { .epoch = 1, .first = 5, .last = 9, .events = 5, .sealed_at = 7 };
	struct buf batch = BUF(BATCH_MAX);
	struct seen seen = { .count = 0 };
	struct identity identity;
	struct receipt last;
	struct err err = { 0 };
	uint8_t id[BATCH_ID];
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &identity, &err), RC_OK);
	assert_int_equal(quarantine_count(&app, &identity), 0);
	assert_int_equal(receipt_last(&app, &identity, &last, &err), RC_NONE);
	hubs_dossier(&app, "H11.25-241025-0101");
	hubs_batch(&app, 0, &batch);
	apply_receipt(&hub, &app, &identity);
	assert_int_equal(outbox_walk(&app, false, first_id, id, &err), RC_OK);
	assert_int_equal(outbox_mark(&app, id, BATCH_REFUSED, "merged", &err), RC_OK);
	refuse_here(&app, "needs a newer motcua");
	memset(other.device, 9, DEVICE_ID);
	assert_int_equal(outbox_keep(&app, &other, BATCH_HELD, (struct span){ batch.data, batch.len }, &err), RC_OK);
	assert_int_equal(quarantine_walk(&app, &identity, take, &seen, &err), RC_OK);
	assert_int_equal(seen.count, 5);
	assert_int_equal(seen.of[0].kind, QUARANTINE_BATCH);
	assert_string_equal(seen.of[0].reason, "merged");
	assert_int_equal(seen.of[1].kind, QUARANTINE_EVENT);
	assert_int_equal(seen.of[1].first, 2);
	assert_string_equal(seen.of[2].reason, "a newer kind of record");
	assert_int_equal(seen.of[3].kind, QUARANTINE_HERE);
	assert_string_equal(seen.of[3].reason, "needs a newer motcua");
	assert_int_equal(seen.of[4].kind, QUARANTINE_WAITS);
	assert_int_equal(seen.of[4].last, 9);
	assert_false(seen.of[4].own);
	assert_true(seen.of[0].own && seen.of[1].own && seen.of[3].own);
	assert_int_equal(receipt_last(&app, &identity, &last, &err), RC_OK);
	assert_int_equal(last.refusals_count, 2);
	identity_done(&identity);
	buf_done(&batch);
	ward_close(&app);
	hubs_close(&hub);
}

static bool stop_at_once(void *ctx, size_t done, size_t total, const char *what)
{
	(void)done;
	(void)total;
	(void)what;
	++*(int *)ctx;
	return false;
}

/* Stopped at its first batch: what waits waits on, and nobody is told of an error. */
static void a_stopped_round_is_no_error(void **state)
{
	struct outbox_status status;
	struct round round;
	struct err err = { 0 };
	struct hub hub;
	struct app app;
	int asked = 0;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	hubs_dossier(&app, "H11.25-241025-0101");
	assert_int_equal(folder_round(&app, "/tmp", &round, stop_at_once, &asked, &err), RC_FAILED);
	assert_true(round.cancelled);
	assert_int_equal(asked, 1);
	assert_int_equal(outbox_status(&app, &status, &err), RC_OK);
	assert_int_equal(status.last_error.rc, RC_OK);
	assert_int_equal(status.unsent_events, 3);
	ward_close(&app);
	hubs_close(&hub);
}

/* Why the last round failed is kept in both languages; a store of before has the Vietnamese sentence alone. */
static void an_error_is_kept_in_both_languages(void **state)
{
	static const char old[] = "Chưa kết nối được trung tâm.";
	struct outbox_status status;
	struct err why = { 0 };
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	(void)err_set(&why, RC_LINK, "Chưa kết nối được.", "No connection.");
	assert_int_equal(outbox_note_error(&app, &why, NULL), RC_OK);
	assert_int_equal(outbox_status(&app, &status, NULL), RC_OK);
	assert_int_not_equal(status.last_error.rc, RC_OK);
	assert_string_equal(err_text(&status.last_error, LANG_VI), "Chưa kết nối được.");
	assert_string_equal(err_text(&status.last_error, LANG_EN), "No connection.");
	/* The longest there can be. */
	memset(why.vi, 'v', sizeof(why.vi) - 1);
	memset(why.en, 'e', sizeof(why.en) - 1);
	assert_int_equal(outbox_note_error(&app, &why, NULL), RC_OK);
	assert_int_equal(outbox_status(&app, &status, NULL), RC_OK);
	assert_string_equal(err_text(&status.last_error, LANG_VI), why.vi);
	assert_string_equal(err_text(&status.last_error, LANG_EN), why.en);
	assert_int_equal(local_set(app.db, "sync_error", old, strlen(old), NULL), RC_OK);
	assert_int_equal(outbox_status(&app, &status, NULL), RC_OK);
	assert_string_equal(err_text(&status.last_error, LANG_VI), old);
	assert_string_equal(err_text(&status.last_error, LANG_EN), old);
	assert_int_equal(outbox_note_error(&app, NULL, NULL), RC_OK);
	assert_int_equal(outbox_status(&app, &status, NULL), RC_OK);
	assert_int_equal(status.last_error.rc, RC_OK);
	ward_close(&app);
	hubs_close(&hub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_told_with_its_reason),
		cmocka_unit_test(a_stopped_round_is_no_error),
		cmocka_unit_test(an_error_is_kept_in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
