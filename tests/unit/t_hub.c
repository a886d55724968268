/* t_hub.c - enrolment, batches into the hub, receipts back, the feed out; forks, revocation, forgeries. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/hash.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/hub/hub.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

static void what_is_sent_is_acknowledged_once(void **state)
{
	struct buf batch = BUF(BATCH_MAX);
	struct outbox_status status;
	struct ingested in;
	struct err err = { 0 };
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	hubs_dossier(&app, "H11.25-241025-0101");
	assert_int_equal(outbox_status(&app, &status, &err), RC_OK);
	assert_int_equal(status.unsent_events, 3);
	assert_int_equal(status.last_receipt, MSEC_NONE);
	hubs_batch(&app, 0, &batch);
	assert_int_equal(hubs_deliver(&hub, &app, &batch, &in), 3);
	assert_int_equal(in.events_new, 3);
	assert_false(in.known);
	assert_int_equal(outbox_status(&app, &status, &err), RC_OK);
	assert_int_equal(status.unsent_events, 0);
	assert_int_equal(status.unsent_batches, 0);
	assert_true(status.last_receipt != MSEC_NONE);
	/* The same again: known, nothing changes, the receipt comes again. */
	assert_int_equal(hubs_deliver(&hub, &app, &batch, &in), 3);
	assert_true(in.known);
	assert_int_equal(in.events_new, 0);
	assert_int_equal(row_count(hub.wards[0]->app.db, REC_DOSSIER), 1);
	buf_done(&batch);
	ward_close(&app);
	hubs_close(&hub);
}

static void a_later_batch_waits_for_the_one_before(void **state)
{
	struct buf first = BUF(BATCH_MAX), second = BUF(BATCH_MAX);
	struct ingested in;
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	hubs_batch(&app, 0, &first);
	hubs_dossier(&app, "H11.25-241025-0101");
	hubs_batch(&app, 1, &second);
	assert_int_equal(hubs_deliver(&hub, &app, &second, &in), 0);
	assert_true(in.held);
	assert_int_equal(row_count(hub.wards[0]->app.db, REC_DOSSIER), 0);
	assert_int_equal(hubs_deliver(&hub, &app, &first, &in), 3);
	assert_int_equal(row_count(hub.wards[0]->app.db, REC_DOSSIER), 1);
	buf_done(&first);
	buf_done(&second);
	ward_close(&app);
	hubs_close(&hub);
}

static void counters_read_all_and_team_laptops_only_teams(void **state)
{
	struct buf batch = BUF(BATCH_MAX);
	struct ingested in;
	struct hub hub;
	struct app counter, other, team;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &counter, 1, DEVICE_COUNTER);
	hubs_device(&hub, &other, 2, DEVICE_COUNTER);
	hubs_device(&hub, &team, 3, DEVICE_TEAM);
	hubs_dossier(&counter, "H11.25-241025-0101");
	hubs_edit(&team, "tone_style", "new");
	hubs_batch(&counter, 0, &batch);
	(void)hubs_deliver(&hub, &counter, &batch, &in);
	hubs_batch(&team, 0, &batch);
	(void)hubs_deliver(&hub, &team, &batch, &in);
	/* The roster's batch of the hub, and one each of the counter and the team. */
	assert_int_equal(hubs_follow(&hub, &other), 3);
	assert_int_equal(row_count(other.db, REC_DOSSIER), 1);
	assert_int_equal(row_count(other.db, REC_DEVICE), 3);
	assert_int_equal(hubs_follow(&hub, &team), 1);
	assert_int_equal(row_count(team.db, REC_DOSSIER), 0);
	buf_done(&batch);
	ward_close(&counter);
	ward_close(&other);
	ward_close(&team);
	hubs_close(&hub);
}

static void a_team_laptop_cannot_open_a_counters_batch(void **state)
{
	struct buf batch = BUF(BATCH_MAX);
	struct identity identity;
	struct ingested in;
	struct err err = { 0 };
	struct hub hub;
	struct app counter, team;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &counter, 1, DEVICE_COUNTER);
	hubs_device(&hub, &team, 2, DEVICE_TEAM);
	hubs_batch(&counter, 0, &batch);
	assert_int_equal(identity_load(&team, &identity, &err), RC_OK);
	assert_int_equal(ingest_batch(&team, &identity, batch.data, batch.len, &in, &err), RC_REFUSED);
	identity_done(&identity);
	buf_done(&batch);
	ward_close(&counter);
	ward_close(&team);
	hubs_close(&hub);
}

/* The batch of a dossier, the device's third event, that its store then knows nothing of. */
static void seal_undone(struct app *app, const struct identity *identity, const char *code, struct buf *out)
{
	struct manifest manifest;
	struct err err = { 0 };

	assert_int_equal(db_begin(app->db, &err), RC_OK);
	hubs_dossier(app, code);
	assert_int_equal(batch_seal(app, identity, 1, 3, &manifest, out, &err), RC_OK);
	db_rollback(app->db);
}

/* A clone goes on from the same epoch: the second history is a fork, and nothing of it is applied. */
static void a_second_history_of_an_epoch_is_a_fork(void **state)
{
	struct buf mine = BUF(BATCH_MAX), clones = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	struct identity identity;
	struct receipt told;
	struct ingested in;
	struct ward *ward;
	struct err err = { 0 };
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &identity, &err), RC_OK);
	seal_undone(&app, &identity, "H11.25-241025-0101", &clones);
	hubs_dossier(&app, "H11.25-241025-0102");
	hubs_batch(&app, 0, &mine);
	assert_int_equal(hubs_deliver(&hub, &app, &mine, &in), 3);
	assert_int_equal(hub_take_any(&hub, clones.data, clones.len, &ward, &in, &receipt, &err), RC_OK);
	assert_true(in.fork);
	assert_int_equal(in.events_new, 0);
	assert_int_equal(row_count(ward->app.db, REC_DOSSIER), 1);
	assert_int_equal(receipt_apply(&app, &identity, receipt.data, receipt.len, &told, &err), RC_DAMAGED);
	assert_true(told.fork);
	identity_done(&identity);
	buf_done(&mine);
	buf_done(&clones);
	buf_done(&receipt);
	ward_close(&app);
	hubs_close(&hub);
}

/* A receipt that knows more of us than we do: an older file was put back. */
static void a_receipt_notices_a_store_put_back(void **state)
{
	struct buf batch = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	struct identity identity;
	struct receipt told;
	struct ingested in;
	struct ward *ward;
	struct err err = { 0 };
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &identity, &err), RC_OK);
	seal_undone(&app, &identity, "H11.25-241025-0101", &batch);
	assert_int_equal(hub_take_any(&hub, batch.data, batch.len, &ward, &in, &receipt, &err), RC_OK);
	assert_int_equal(receipt_apply(&app, &identity, receipt.data, receipt.len, &told, &err), RC_DAMAGED);
	assert_non_null(strstr(err.en, "put back"));
	identity_done(&identity);
	buf_done(&batch);
	buf_done(&receipt);
	ward_close(&app);
	hubs_close(&hub);
}

static void revoking_ends_the_token_and_turns_the_keys(void **state)
{
	struct buf before = BUF(BATCH_MAX), after = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	char lost_hex[2 * DEVICE_ID + 1];
	struct identity kept, lost;
	struct hub_device who;
	struct ingested in;
	struct ward *ward;
	struct err err = { 0 };
	struct hub hub;
	struct app counter, laptop;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &counter, 1, DEVICE_COUNTER);
	hubs_device(&hub, &laptop, 2, DEVICE_COUNTER);
	assert_int_equal(identity_load(&laptop, &lost, &err), RC_OK);
	assert_int_equal(hub_token(&hub, lost.token, &who, &err), RC_OK);
	hubs_batch(&counter, 0, &before);
	(void)hubs_deliver(&hub, &counter, &before, &in);
	hex_of(laptop.device, DEVICE_ID, lost_hex);
	assert_int_equal(hub_revoke(&hub, hub.wards[0], lost_hex, &err), RC_OK);
	assert_int_equal(hub_token(&hub, lost.token, &who, &err), RC_REFUSED);
	/* The next receipt brings the counter the new keys; what it then seals the lost laptop cannot open.
	 */
	hubs_edit(&counter, "tone_style", "new");
	hubs_batch(&counter, 1, &after);
	(void)hubs_deliver(&hub, &counter, &after, &in);
	hubs_edit(&counter, "tone_style", "old");
	hubs_batch(&counter, 2, &after);
	assert_int_equal(identity_load(&counter, &kept, &err), RC_OK);
	assert_int_equal(kept.audiences_count, 4);
	assert_int_equal(ingest_batch(&laptop, &lost, after.data, after.len, &in, &err), RC_REFUSED);
	/* Nor does its own word count any longer. */
	hubs_batch(&laptop, 0, &before);
	clock_set_test(clock_now() + 1000);
	assert_int_equal(hub_take_any(&hub, before.data, before.len, &ward, &in, &receipt, &err), RC_REFUSED);
	identity_done(&kept);
	identity_done(&lost);
	buf_done(&before);
	buf_done(&after);
	buf_done(&receipt);
	ward_close(&counter);
	ward_close(&laptop);
	hubs_close(&hub);
}

static void a_slot_is_given_once(void **state)
{
	struct buf json = BUF(64 << 10), mce = BUF(64 << 10);
	struct enrol_request request;
	struct err err = { 0 };
	struct hub hub;
	struct app first, second;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &first, 1, DEVICE_COUNTER);
	ward_open_device(&second, 2);
	assert_int_equal(enrol_request(&second, &json, &err), RC_OK);
	assert_int_equal(enrol_request_parse(buf_str(&json), json.len, &request, &err), RC_OK);
	assert_int_equal(hub_enrol(&hub, &request, 1, DEVICE_COUNTER, "", &mce, &err), RC_INPUT);
	/* And an enrolment is for one device. */
	assert_int_equal(hub_enrol(&hub, &request, 2, DEVICE_COUNTER, "", &mce, &err), RC_OK);
	assert_int_equal(enrolment_accept(&first, mce.data, mce.len, &err), RC_REFUSED);
	mce.data[mce.len / 2] ^= 1;
	assert_int_equal(enrolment_accept(&second, mce.data, mce.len, &err), RC_REFUSED);
	buf_done(&json);
	buf_done(&mce);
	ward_close(&first);
	ward_close(&second);
	hubs_close(&hub);
}

static void receipts_are_believed_only_from_the_hub(void **state)
{
	struct buf receipt = BUF(RECEIPT_MAX), copy = BUF(RECEIPT_MAX);
	struct identity identity, stranger;
	struct hub_device self;
	struct receipt told;
	struct err err = { 0 };
	struct hub hub;
	struct app app, other;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	hubs_device(&hub, &other, 2, DEVICE_COUNTER);
	assert_int_equal(hub_device_get(hub.wards[0], app.device, &self, &err), RC_OK);
	assert_int_equal(hub_receipt(&hub, hub.wards[0], &self, 1, NULL, NULL, &receipt, &err), RC_OK);
	assert_int_equal(identity_load(&app, &identity, &err), RC_OK);
	assert_int_equal(identity_load(&other, &stranger, &err), RC_OK);
	assert_int_equal(receipt_open(&identity, receipt.data, receipt.len, &told, &err), RC_OK);
	assert_int_equal(receipt_open(&stranger, receipt.data, receipt.len, &told, &err), RC_REFUSED);
	for (size_t i = 0; i < receipt.len; i++) {
		buf_clear(&copy);
		buf_add(&copy, receipt.data, receipt.len);
		copy.data[i] ^= 0x20;
		assert_true(receipt_open(&identity, copy.data, copy.len, &told, &err) != RC_OK);
		assert_true(receipt_open(&identity, receipt.data, i, &told, &err) != RC_OK);
	}
	/* The right box, the right device, another signer. */
	memset(&told, 0, sizeof(told));
	memcpy(told.device, app.device, DEVICE_ID);
	told.epoch = 1;
	told.hub_time = 1;
	buf_clear(&copy);
	assert_int_equal(receipt_seal(&told, stranger.sign_sk, identity.sign_pk, &copy, &err), RC_OK);
	assert_int_equal(receipt_open(&identity, copy.data, copy.len, &told, &err), RC_REFUSED);
	identity_done(&identity);
	identity_done(&stranger);
	buf_done(&receipt);
	buf_done(&copy);
	ward_close(&app);
	ward_close(&other);
	hubs_close(&hub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sent_is_acknowledged_once),
		cmocka_unit_test(a_later_batch_waits_for_the_one_before),
		cmocka_unit_test(counters_read_all_and_team_laptops_only_teams),
		cmocka_unit_test(a_team_laptop_cannot_open_a_counters_batch),
		cmocka_unit_test(a_second_history_of_an_epoch_is_a_fork),
		cmocka_unit_test(a_receipt_notices_a_store_put_back),
		cmocka_unit_test(revoking_ends_the_token_and_turns_the_keys),
		cmocka_unit_test(a_slot_is_given_once),
		cmocka_unit_test(receipts_are_believed_only_from_the_hub),
	};

	return cmocka_run_group_tests_name("hub", tests, NULL, NULL);
}
