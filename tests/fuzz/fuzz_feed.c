/*
 * fuzz_feed.c - what a feed, a stick or the line brings from an enrolled device that lies: properly signed, chained
 * and sealed, whatever is inside. First byte even: columns of as many events as the second says; odd: events one
 * after another, each a length and its bytes, which get the ids that follow. Taken, what stands must be
 * what the journal folds to; refused, it must be said why.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/catalog.h"
#include "core/commit.h"
#include "db/journal.h"
#include "sync/batch_file.h"
#include "sync/ingest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EVENTS_MAX = 64, BYTES_MAX = 1 << 20 };

struct run {
	struct buf bytes;
	size_t at[EVENTS_MAX + 1], count;
	uint8_t head[DB_HEAD_SIZE];
};

static void make_keys(struct identity *keys)
{
	static const uint8_t seed[crypto_sign_SEEDBYTES] = { 7 };
	struct certificate *c = &keys->certificate;

	memset(keys, 0, sizeof(*keys));
	crypto_sign_seed_keypair(keys->sign_pk, keys->sign_sk, seed);
	memcpy(keys->hub_pk, keys->sign_pk, SIGN_PK);
	keys->enrolled = true;
	c->device[0] = 1;
	memcpy(c->sign_pk, keys->sign_pk, SIGN_PK);
	(void)snprintf(c->unit, sizeof(c->unit), "H11.25");
	c->slot = 1;
	c->role = DEVICE_COUNTER;
	c->issued_at = 1;
	certificate_sign(c, keys->sign_sk);
	keys->audiences[0] = (struct audience_key){ .audience = AUDIENCE_COUNTER, .generation = 1 };
	keys->audiences_count = 1;
}

static enum rc take(void *ctx, struct span bytes, struct err *err)
{
	struct run *run = ctx;

	(void)err;
	buf_add(&run->bytes, bytes.data, bytes.len);
	if (run->count == EVENTS_MAX || run->bytes.full)
		return RC_FULL;
	run->at[++run->count] = run->bytes.len;
	chain_link(run->head, bytes.data, bytes.len);
	return RC_OK;
}

static bool read_events(const uint8_t *data, size_t size, const struct identity *keys, struct run *run)
{
	struct reader r = reader_on(data, size);
	struct event event;
	bool good = true;

	event_init(&event);
	while (good && r.at < r.end && run->count < EVENTS_MAX) {
		struct span bytes = wire_bytes(&r);
		struct buf packed = BUF(BYTES_MAX);

		good = !r.bad && !event_unpack(&event, bytes.data, bytes.len, NULL);
		if (good) {
			bool first = !id_compare(&event.subject, &event.id);

			memcpy(event.id.device, keys->certificate.device, DEVICE_ID);
			event.id.epoch = 1;
			event.id.seq = run->count + 1;
			if (first)
				event.subject = event.id;
			good = !event_pack(&event, &packed, NULL) &&
			       !take(run, (struct span){ packed.data, packed.len }, NULL);
		}
		buf_done(&packed);
	}
	event_done(&event);
	return good && run->count;
}

static bool read_columns(const uint8_t *data, size_t size, const struct identity *keys, struct run *run)
{
	struct columns columns = { .bytes = { data + 1, size - 1 },
				   .base = { 0, "H11.25" },
				   .first = { .epoch = 1, .seq = 1 },
				   .count = data[0] };

	memcpy(columns.first.device, keys->certificate.device, DEVICE_ID);
	return columns.count && !columns_unpack(&columns, take, run, NULL);
}

static bool seal(const struct identity *keys, const struct run *run, struct buf *out)
{
	struct batch_header h = { .dictionary = 0 };
	struct manifest m = { .epoch = 1, .first = 1, .last = run->count, .events = run->count,
			      .sealed_at = 1729818000000, .certificate = keys->certificate };
	struct columns_base base = { h.dictionary, "H11.25" };
	struct event_bytes events[EVENTS_MAX];
	struct buf columns = BUF(BYTES_MAX);
	bool good;

	memcpy(m.device, keys->certificate.device, DEVICE_ID);
	memcpy(m.head, run->head, DB_HEAD_SIZE);
	for (size_t i = 0; i < run->count; i++)
		events[i].bytes = (struct span){ run->bytes.data + run->at[i], run->at[i + 1] - run->at[i] };
	h.to_count = batch_recipients(keys, h.to);
	good = !columns_pack(events, run->count, &base, &columns, NULL) &&
	       !batch_seal_payload(&h, keys, &m, (struct span){ columns.data, columns.len }, out, NULL);
	buf_done(&columns);
	return good && out->len <= BATCH_MAX;
}

static void receive(const struct identity *keys, const struct buf *file, size_t events)
{
	struct app app = { .role = ROLE_ADMIN, .epoch = 1, .user = "admin", .unit = "H11.25", .device = { 2 } };
	struct ingested in = { 0 };
	struct err err = { 0 };
	int64_t count;

	if (db_open_plain(":memory:", &app.db, &err))
		abort();
	if (ingest_batch(&app, keys, file->data, file->len, &in, &err)) {
		if (!err.en[0] || !err.vi[0])
			abort();
	} else if (in.events_new != events || commit_verify(&app, &count, &err)) {
		(void)fprintf(stderr, "%s\n", err.en);
		abort();
	}
	catalog_forget(&app);
	db_close(app.db);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .bytes = BUF(BYTES_MAX) };
	struct buf file = BUF(2 * BATCH_MAX);
	struct identity keys;

	if (size < 3)
		return 0;
	make_keys(&keys);
	if (data[0] & 1 ? read_events(data + 1, size - 1, &keys, &run) : read_columns(data + 1, size - 1, &keys, &run))
		if (seal(&keys, &run, &file))
			receive(&keys, &file, run.count);
	buf_done(&run.bytes);
	buf_done(&file);
	return 0;
}
