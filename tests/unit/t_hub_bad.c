/* t_hub_bad.c - bad batches at every door: the hub's import, its line, a sibling's folder; each its own message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <dirent.h>
#include <sodium.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/batch_file.h"
#include "sync/carrier.h"
#include "sync/hub/tus.h"
#include "sync/pack.h"
#include "tests/unit/case.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

/* A hub with two counters, of which the first makes what is bad. */
struct bench {
	struct hub hub, stranger; /* the stranger: only keys */
	struct app app, sibling;
	struct identity keys, siblings;
	struct server server;
	char folder[32];
	struct buf good, bad;
};

static void setup(struct bench *b)
{
	struct err err = { 0 };

	memset(b, 0, sizeof(*b));
	b->good = (struct buf)BUF(BATCH_MAX);
	b->bad = (struct buf)BUF(BATCH_MAX * 2);
	hubs_open(&b->hub);
	hubs_device(&b->hub, &b->app, 1, DEVICE_COUNTER);
	hubs_device(&b->hub, &b->sibling, 2, DEVICE_COUNTER);
	crypto_sign_keypair(b->stranger.sign_pk, b->stranger.sign_sk);
	hubs_dossier(&b->app, "H11.25-241025-0101");
	hubs_batch(&b->app, 0, &b->good);
	assert_int_equal(identity_load(&b->app, &b->keys, &err), RC_OK);
	assert_int_equal(identity_load(&b->sibling, &b->siblings, &err), RC_OK);
	b->server.hub = &b->hub;
	assert_int_equal(uploads_open(&b->server.uploads, b->hub.dir, &err), RC_OK);
	memcpy(b->folder, "/tmp/motcua-bad-XXXXXX", 23);
	assert_non_null(mkdtemp(b->folder));
}

static void clear_folder(const char *dir)
{
	struct dirent *entry;
	DIR *folder = opendir(dir);
	char path[300];

	while (folder && (entry = readdir(folder))) {
		(void)snprintf(path, sizeof(path), "%s/%.200s", dir, entry->d_name);
		if (entry->d_name[0] != '.')
			(void)unlink(path);
	}
	if (folder)
		closedir(folder);
}

static void teardown(struct bench *b)
{
	clear_folder(b->folder);
	(void)rmdir(b->folder);
	while (b->server.uploads.count)
		uploads_drop(&b->server.uploads, b->server.uploads.list);
	uploads_close(&b->server.uploads);
	identity_done(&b->keys);
	identity_done(&b->siblings);
	buf_done(&b->good);
	buf_done(&b->bad);
	ward_close(&b->app);
	ward_close(&b->sibling);
	hubs_close(&b->hub);
}

/* What is sealed by hand: the counter's three events under these keys and this certificate. */
struct forged {
	struct batch_header h;
	struct manifest m;
	struct identity keys;
	struct buf columns;
};

static enum rc take_bytes(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	struct buf *out = ctx;

	(void)n;
	(void)id;
	(void)err;
	wire_put_bytes(out, bytes.data, bytes.len);
	return RC_OK;
}

static void forge(struct bench *b, struct forged *f)
{
	struct columns_base base = { pack_dictionary(), "H11.25" };
	struct buf journal = BUF(1 << 20), sealed = BUF(BATCH_MAX);
	struct event_bytes events[3];
	struct reader r;

	memset(f, 0, sizeof(*f));
	f->keys = b->keys;
	f->columns = (struct buf)BUF(2 * COLUMNS_RAW_MAX);
	assert_int_equal(batch_seal(&b->app, &b->keys, 1, 3, &f->m, &sealed, NULL), RC_OK);
	assert_int_equal(journal_slice(b->app.db, b->app.device, 1, 1, 3, take_bytes, &journal, NULL), RC_OK);
	r = reader_on(journal.data, journal.len);
	for (size_t i = 0; i < ARRAY_LEN(events); i++)
		events[i].bytes = wire_bytes(&r);
	assert_int_equal(columns_pack(events, ARRAY_LEN(events), &base, &f->columns, NULL), RC_OK);
	f->h.dictionary = base.dictionary;
	buf_done(&journal);
	buf_done(&sealed);
}

static void seal_forged(struct bench *b, struct forged *f)
{
	buf_clear(&b->bad);
	f->h.to_count = batch_recipients(&f->keys, f->h.to);
	assert_int_equal(batch_seal_payload(&f->h, &f->keys, &f->m,
					    (struct span){ f->columns.data, f->columns.len }, &b->bad, NULL),
			 RC_OK);
	buf_done(&f->columns);
}

static void copy_good(struct bench *b)
{
	buf_clear(&b->bad);
	buf_add(&b->bad, b->good.data, b->good.len);
}

static void cut_short(struct bench *b)
{
	copy_good(b);
	b->bad.len -= 40;
}

static void one_bit(struct bench *b)
{
	copy_good(b);
	b->bad.data[b->bad.len / 2] ^= 4;
}

/* One who can compute the id, but has no key. */
static void one_bit_and_the_id(struct bench *b)
{
	struct batch_header h;
	size_t body;

	copy_good(b);
	assert_int_equal(batch_read_header(b->bad.data, b->bad.len, &h, NULL), RC_OK);
	body = (size_t)(h.body.data - b->bad.data);
	b->bad.data[b->bad.len - 9] ^= 4;
	batch_identify(&h, h.body.data, h.body.len, b->bad.data + body - 4 - BATCH_ID);
}

static void too_large(struct bench *b)
{
	copy_good(b);
	while (b->bad.len <= BATCH_MAX)
		buf_byte(&b->bad, 0);
}

static void of_the_future(struct bench *b)
{
	copy_good(b);
	b->bad.data[4]++;
}

static void no_batch(struct bench *b)
{
	buf_clear(&b->bad);
	buf_text(&b->bad, "PK\003\004 a file of another kind, and long enough to be read as a header");
}

static void another_signer(struct bench *b)
{
	struct forged f;

	forge(b, &f);
	crypto_sign_keypair(f.keys.sign_pk, f.keys.sign_sk);
	seal_forged(b, &f);
}

static void another_hubs_certificate(struct bench *b)
{
	struct forged f;

	forge(b, &f);
	certificate_sign(&f.m.certificate, b->stranger.sign_sk);
	seal_forged(b, &f);
}

static void for_others(struct bench *b)
{
	struct forged f;

	forge(b, &f);
	memcpy(f.keys.hub_pk, b->stranger.sign_pk, SIGN_PK);
	for (size_t i = 0; i < f.keys.audiences_count; i++)
		randombytes_buf(f.keys.audiences[i].key, SECRET_KEY);
	seal_forged(b, &f);
}

static void a_bomb(struct bench *b)
{
	static uint8_t zeros[COLUMNS_RAW_MAX + 1];
	struct forged f;

	forge(b, &f);
	buf_clear(&f.columns);
	buf_byte(&f.columns, 0xff);
	assert_int_equal(pack_deflate((struct span){ zeros, sizeof(zeros) }, (struct span){ NULL, 0 },
				      &f.columns, NULL), RC_OK);
	seal_forged(b, &f);
}

/* The right hub and the right keys, but a unit that this ward is not. */
static void of_another_ward(struct bench *b)
{
	struct forged f;

	forge(b, &f);
	memcpy(f.m.certificate.unit, "H11.26", 7);
	certificate_sign(&f.m.certificate, b->hub.sign_sk);
	memcpy(f.m.unit, "H11.26", 7);
	seal_forged(b, &f);
}

static const struct {
	const char *what;
	void (*make)(struct bench *b);
	const char *says;	   /* at every door */
	const char *at_hub_import; /* where the hub says it otherwise; NULL: the same */
	int status;		   /* on the line */
} cases[] = {
	{ "truncated", cut_short, "cut short", NULL, 400 },
	{ "a bit flipped", one_bit, "damaged on its way", NULL, 460 },
	{ "a bit flipped, the id made to fit", one_bit_and_the_id, "seal does not match", NULL, 400 },
	{ "larger than a batch", too_large, "batch", NULL, 413 },
	{ "a future version", of_the_future, "newer", NULL, 400 },
	{ "no batch at all", no_batch, "no motcua batch", NULL, 400 },
	{ "a forged signature", another_signer, "signature is forged", NULL, 403 },
	{ "a certificate of another hub", another_hubs_certificate, "certificate", NULL, 403 },
	{ "sealed for others", for_others, "sealed for others", NULL, 403 },
	{ "a bomb", a_bomb, "unpacks to too much", NULL, 400 },
	{ "another ward's", of_another_ward, "of unit H11.26", "has no unit H11.26", 403 },
};

static void contains(const char *text, const char *wanted)
{
	if (!strstr(text, wanted))
		fail_msg("\"%s\" does not say \"%s\"", text, wanted);
}

static void at_the_hubs_import(struct bench *b, size_t i)
{
	struct buf receipt = BUF(RECEIPT_MAX);
	struct ingested in = { 0 };
	struct ward *ward;
	struct err err = { 0 };

	assert_int_not_equal(hub_take_any(&b->hub, b->bad.data, b->bad.len, &ward, &in, &receipt, &err), RC_OK);
	contains(err.en, cases[i].at_hub_import ? cases[i].at_hub_import : cases[i].says);
	assert_true(err.vi[0]);
	assert_int_equal(receipt.len, 0);
}

/* Announced under the id it has, or claims to have. */
static void on_the_line(struct bench *b, size_t i)
{
	char metadata[96] = "batch ", length[24], bearer[TOKEN_TEXT + 8];
	uint8_t id[BATCH_ID];
	struct request request = { .method = "POST", .path = "/batches", .tus_resumable = "1.0.0",
				   .content_type = "application/offset+octet-stream", .has_body = true };
	struct exchange x;

	if (batch_peek(b->bad.data, b->bad.len, id, NULL))
		randombytes_buf(id, sizeof(id));
	base64_of(id, BATCH_ID, metadata + 6, sizeof(metadata) - 6);
	(void)snprintf(length, sizeof(length), "%zu", b->bad.len);
	(void)snprintf(bearer, sizeof(bearer), "Bearer %s", b->keys.token);
	request.authorization = bearer;
	request.upload_length = length;
	request.upload_metadata = metadata;
	tus_begin(&x, &b->server, &request);
	(void)tus_body(&x, b->bad.data, b->bad.len);
	tus_end(&x);
	assert_int_equal(x.answer.status, cases[i].status);
	assert_int_equal(x.answer.receipt.len, 0);
	contains(buf_str(&x.answer.body), cases[i].says);
	tus_done(&x);
	assert_int_equal(b->server.uploads.count, 0);
}

static void in_a_siblings_folder(struct bench *b, size_t i)
{
	struct round round;
	struct err err = { 0 };
	char path[300];

	clear_folder(b->folder);
	(void)snprintf(path, sizeof(path), "%s/H11.25-0000000000000001-1-1-3.mcb", b->folder);
	assert_int_equal(file_write_atomic(path, b->bad.data, b->bad.len, NULL), RC_OK);
	b->sibling.lang = LANG_EN;
	assert_int_equal(folder_round(&b->sibling, b->folder, &round, NULL, NULL, &err), RC_OK);
	assert_int_equal(round.problems, 1);
	assert_int_equal(round.events_received, 0);
	if (cases[i].make != too_large)
		contains(round.last_problem.en, cases[i].says);
}

static void every_door_names_what_is_wrong(void **state)
{
	struct bench b;

	(void)state;
	setup(&b);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		case_name(cases[i].what);
		cases[i].make(&b);
		at_the_hubs_import(&b, i);
		on_the_line(&b, i);
		in_a_siblings_folder(&b, i);
		/* Nothing is applied, nothing is kept. */
		assert_int_equal(row_count(b.hub.wards[0]->app.db, REC_DOSSIER), 0);
		assert_int_equal(row_count(b.sibling.db, REC_DOSSIER), 0);
	}
	/* And the good one is taken as if nothing had been, at both. */
	copy_good(&b);
	{
		struct buf receipt = BUF(RECEIPT_MAX);
		struct ingested in = { 0 };
		struct ward *ward;

		assert_int_equal(hub_take_any(&b.hub, b.good.data, b.good.len, &ward, &in, &receipt, NULL), RC_OK);
		assert_int_equal(in.events_new, 3);
		assert_int_equal(ingest_batch(&b.sibling, &b.siblings, b.good.data, b.good.len, &in, NULL), RC_OK);
		assert_int_equal(in.events_new, 3);
		buf_done(&receipt);
	}
	teardown(&b);
}

/* Later first, and all of it twice: held, then taken once; no order and no repetition changes anything. */
static void order_and_repetition_change_nothing(void **state)
{
	struct buf receipt = BUF(RECEIPT_MAX), later = BUF(BATCH_MAX);
	struct ingested in = { 0 };
	struct ward *ward;
	struct bench b;

	(void)state;
	setup(&b);
	hubs_dossier(&b.app, "H11.25-241025-0102");
	hubs_batch(&b.app, 1, &later);
	for (int i = 0; i < 6; i++) {
		const struct buf *file = i == 0 || i % 2 ? &later : &b.good;

		buf_clear(&receipt);
		assert_int_equal(hub_take_any(&b.hub, file->data, file->len, &ward, &in, &receipt, NULL), RC_OK);
		assert_true(receipt.len > 0);
		if (i < 2)
			assert_true(in.held);
		assert_int_equal(row_count(ward->app.db, REC_DOSSIER), i < 2 ? 0 : 2);
	}
	assert_true(in.known);
	buf_done(&receipt);
	buf_done(&later);
	teardown(&b);
}

/* The hub's own clock is wrong: every device looks ahead, is marked so, and loses nothing. */
static void a_hub_with_a_wrong_clock_goes_on(void **state)
{
	struct buf receipt = BUF(RECEIPT_MAX);
	struct ingested in = { 0 };
	struct receipt told;
	struct ward *ward;
	struct bench b;

	(void)state;
	setup(&b);
	clock_set_test(INT64_C(981158400000)); /* 2001 */
	assert_int_equal(hub_take_any(&b.hub, b.good.data, b.good.len, &ward, &in, &receipt, NULL), RC_OK);
	assert_int_equal(in.events_new, 3);
	assert_int_equal(hub_clock(ward, b.app.device), CLOCK_AHEAD);
	clock_set_test(INT64_C(1729818060000));
	assert_int_equal(receipt_apply(&b.app, &b.keys, receipt.data, receipt.len, &told, NULL), RC_OK);
	assert_int_equal(local_int(b.app.db, "acknowledged_to", 0), 3);
	assert_true(local_int(b.app.db, "hub_offset", 0) < -20 * 365 * DAY_MS);
	/* A device of 2001 at a hub that is right. */
	clock_set_test(INT64_C(981158400000));
	hubs_dossier(&b.app, "H11.25-010203-0101");
	hubs_batch(&b.app, 1, &b.good);
	clock_set_test(INT64_C(1729818120000));
	buf_clear(&receipt);
	assert_int_equal(hub_take_any(&b.hub, b.good.data, b.good.len, &ward, &in, &receipt, NULL), RC_OK);
	assert_int_equal(hub_clock(ward, b.app.device), CLOCK_BEHIND);
	assert_int_equal(row_count(ward->app.db, REC_DOSSIER), 2);
	buf_done(&receipt);
	teardown(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_door_names_what_is_wrong),
		cmocka_unit_test(order_and_repetition_change_nothing),
		cmocka_unit_test(a_hub_with_a_wrong_clock_goes_on),
	};

	return cmocka_run_group_tests_name("hub_bad", tests, NULL, NULL);
}
