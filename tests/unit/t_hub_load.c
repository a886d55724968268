/* t_hub_load.c - what keeps many or hostile clients from holding a hub: deadlines, debts, uploads, folds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "core/commit.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/batch_file.h"
#include "sync/hub/clients.h"
#include "sync/hub/uploads.h"
#include "sync/hub/debts.h"
#include "sync/pack.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

static void slow_clients_are_told_apart(void **state)
{
	struct clients clients = { .max = 3, .head_ms = 30, .vain_ms = 20 };
	struct client *a, *b, *c, *d;

	(void)state;
	a = client_came(&clients, 1, 100);
	b = client_came(&clients, 2, 110);
	c = client_came(&clients, 3, 120);
	assert_null(client_to_shed(&clients));
	assert_null(client_overdue(&clients, 130));
	client_turns(a, CLIENT_SENDING, 125);
	assert_int_equal(clients_busy(&clients), 1);
	/* One that sends has no deadline; a head has one, and what is read in vain another. */
	client_turns(b, CLIENT_IN_VAIN, 126);
	assert_ptr_equal(client_overdue(&clients, 150), b);
	client_turns(b, CLIENT_SHUT, 150);
	assert_null(client_overdue(&clients, 150));
	client_turns(b, CLIENT_ASKED, 150); /* who was shut stays shut */
	assert_ptr_equal(client_overdue(&clients, 151), c);
	/* One too many: the one that waits longest goes, but for those that send and those that were shut. */
	d = client_came(&clients, 4, 151);
	assert_null(client_to_shed(&clients));
	(void)client_came(&clients, 5, 152);
	assert_ptr_equal(client_to_shed(&clients), c);
	client_left(&clients, c);
	assert_null(client_to_shed(&clients));
	client_left(&clients, b);
	client_left(&clients, a);
	client_left(&clients, d);
	assert_int_equal(clients.count, 1);
	client_left(&clients, clients.list);
	assert_int_equal(clients.count, 0);
}

static void a_device_pays_for_its_work(void **state)
{
	static struct debts debts;
	uint8_t one[DEVICE_ID] = { 1 }, two[DEVICE_ID] = { 2 };

	(void)state;
	memset(&debts, 0, sizeof(debts));
	debts_add(&debts, one, DEBT_BURST_MS, 0);
	assert_int_equal(debts_wait(&debts, one, 0), 0);
	debts_add(&debts, one, 500, 0);
	assert_int_equal(debts_wait(&debts, one, 0), 5);
	assert_int_equal(debts_wait(&debts, two, 0), 0);
	/* Time pays a tenth; a clock that goes back takes nothing. */
	assert_int_equal(debts_wait(&debts, one, 5000), 0);
	assert_int_equal(debts_wait(&debts, one, -100000), 5);
	/* A crowd of small debts does not make a large one forgotten. */
	for (unsigned i = 0; i < 3 * DEBTS_MAX; i++) {
		uint8_t other[DEVICE_ID] = { 3, (uint8_t)i, (uint8_t)(i >> 8) };

		debts_add(&debts, other, 1, 0);
	}
	assert_int_equal(debts.count, DEBTS_MAX);
	assert_int_equal(debts_wait(&debts, one, 0), 5);
}

static void uploads_are_given_up_in_time(void **state)
{
	char dir[] = "/tmp/motcua-uploads-XXXXXX", path[64];
	uint8_t mine[DEVICE_ID] = { 1 }, other[DEVICE_ID] = { 2 };
	struct uploads uploads;
	struct upload *upload;
	struct err err;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(uploads_open(&uploads, dir, &err), RC_OK);
	for (unsigned i = 0; i < UPLOADS_PER_DEVICE; i++) {
		uint8_t id[BATCH_ID] = { (uint8_t)i };

		assert_int_equal(uploads_create(&uploads, id, mine, 100, &upload, &err), RC_OK);
		upload->touched = clock_system() - (msec)i * MINUTE_MS;
	}
	{
		uint8_t id[BATCH_ID] = { 99 };

		assert_int_equal(uploads_create(&uploads, id, mine, 100, &upload, &err), RC_FULL);
		/* One left alone for an hour makes room. */
		uploads.list[7].touched -= UPLOADS_MINUTES * MINUTE_MS;
		assert_int_equal(uploads_create(&uploads, id, mine, 100, &upload, &err), RC_OK);
		assert_int_equal(uploads.count, UPLOADS_PER_DEVICE);
		id[0] = 7;
		assert_null(uploads_find(&uploads, id, mine));
		/* The same batch from another device stands by itself, whatever length it tells. */
		id[0] = 3;
		assert_int_equal(uploads_create(&uploads, id, other, 50, &upload, &err), RC_OK);
		assert_int_equal(uploads_append(&uploads, upload, "abc", 3, &err), RC_OK);
		assert_int_equal(uploads_find(&uploads, id, mine)->offset, 0);
		assert_int_equal(uploads_find(&uploads, id, other)->offset, 3);
	}
	uploads_expire(&uploads, clock_system() + UPLOADS_DAYS * DAY_MS - HOUR_MS);
	assert_int_equal(uploads.count, UPLOADS_PER_DEVICE + 1);
	uploads_expire(&uploads, clock_system() + (UPLOADS_DAYS + 1) * DAY_MS);
	assert_int_equal(uploads.count, 0);
	uploads_close(&uploads);
	(void)snprintf(path, sizeof(path), "%s/incoming", dir);
	assert_int_equal(rmdir(path), 0); /* nothing stays on disk */
	assert_int_equal(rmdir(dir), 0);
}

enum { PASTS = 12000 };

/* Event i of a record that is changed again and again by one who claims to have seen its first event only. */
static void liars_event(const struct app *app, unsigned i, struct buf *out)
{
	struct event e;
	char value[16];

	event_init(&e);
	memcpy(e.id.device, app->device, DEVICE_ID);
	e.id.epoch = 1;
	e.id.seq = i + 1;
	e.clock = clock_now();
	(void)snprintf(e.actor, sizeof(e.actor), "admin");
	e.subject = e.id;
	e.subject.seq = 1;
	e.verb = i ? VERB_CHANGE : VERB_ADD;
	e.rev = i ? 2 : 1;
	e.parents_count = i ? 1 : 0;
	e.parents[0] = e.subject;
	rec_clear(&e.set, REC_SETTING);
	(void)snprintf(value, sizeof(value), "%u", i);
	rec_put_text(&e.set, SETTING_VALUE, value);
	if (!i)
		rec_put_text(&e.set, SETTING_NAME, "tone_style");
	assert_int_equal(event_pack(&e, out, NULL), RC_OK);
	event_done(&e);
}

static void seal_liars(const struct app *app, const struct identity *keys, struct buf *out)
{
	static struct event_bytes events[PASTS];
	struct buf bytes = BUF(COLUMNS_RAW_MAX), columns = BUF(COLUMNS_RAW_MAX);
	struct batch_header h = { .dictionary = pack_dictionary() };
	struct manifest m = { .epoch = 1, .first = 1, .last = PASTS, .events = PASTS,
			      .sealed_at = clock_now(), .certificate = keys->certificate };
	struct columns_base base = { h.dictionary, app->unit };
	static size_t at[PASTS + 1];

	for (unsigned i = 0; i < PASTS; i++) {
		liars_event(app, i, &bytes);
		at[i + 1] = bytes.len;
		chain_link(m.head, bytes.data + at[i], at[i + 1] - at[i]);
	}
	for (unsigned i = 0; i < PASTS; i++)
		events[i].bytes = (struct span){ bytes.data + at[i], at[i + 1] - at[i] };
	assert_int_equal(columns_pack(events, PASTS, &base, &columns, NULL), RC_OK);
	memcpy(m.device, app->device, DEVICE_ID);
	h.to_count = batch_recipients(keys, h.to);
	assert_int_equal(batch_seal_payload(&h, keys, &m, (struct span){ columns.data, columns.len }, out, NULL),
			 RC_OK);
	buf_done(&bytes);
	buf_done(&columns);
}

/*
 * A few kilobytes that name one record from twelve thousand pasts: when each
 * event folded the record again this took hours. A rebuild has the same to do.
 */
static void one_record_from_many_pasts(void **state)
{
	struct buf file = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	struct ingested in = { 0 };
	struct identity keys;
	struct ward *ward;
	struct err err = { 0 };
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &keys, &err), RC_OK);
	seal_liars(&app, &keys, &file);
	assert_in_range(file.len, 1, 64 << 10);
	assert_int_equal(hub_take_any(&hub, file.data, file.len, &ward, &in, &receipt, &err), RC_OK);
	assert_int_equal(in.events_new, PASTS);
	assert_int_equal(row_count(ward->app.db, REC_SETTING), 1);
	assert_int_equal(commit_rebuild(&ward->app, NULL, NULL, &err), RC_OK);
	if (commit_verify(&ward->app, &(int64_t){ 0 }, &err))
		fail_msg("%s", err.en);
	identity_done(&keys);
	buf_done(&file);
	buf_done(&receipt);
	ward_close(&app);
	hubs_close(&hub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slow_clients_are_told_apart),
		cmocka_unit_test(a_device_pays_for_its_work),
		cmocka_unit_test(uploads_are_given_up_in_time),
		cmocka_unit_test(one_record_from_many_pasts),
	};

	return cmocka_run_group_tests_name("hub_load", tests, NULL, NULL);
}
