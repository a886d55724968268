/* t_batch.c - a slice of the journal sealed, opened, and every way it must not open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/commit.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/batch_file.h"
#include "sync/ingest.h"
#include "sync/pack.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/case.h"

enum { DOSSIERS_MADE = 30, TO_THE_END = 1 << 30 };

/* Two counters of a ward, and the hub that enrolled them, which is only keys. */
static struct app counter, sibling;
static struct identity counter_keys, sibling_keys, hub, other_hub;

static void make_hub(struct identity *keys)
{
	memset(keys, 0, sizeof(*keys));
	crypto_sign_keypair(keys->sign_pk, keys->sign_sk);
	memcpy(keys->hub_pk, keys->sign_pk, SIGN_PK);
}

static void enrol(struct identity *keys, const struct app *app, const struct identity *by)
{
	struct certificate *c = &keys->certificate;

	memset(keys, 0, sizeof(*keys));
	crypto_sign_keypair(keys->sign_pk, keys->sign_sk);
	memcpy(keys->hub_pk, by->sign_pk, SIGN_PK);
	keys->enrolled = true;
	memcpy(c->device, app->device, DEVICE_ID);
	memcpy(c->sign_pk, keys->sign_pk, SIGN_PK);
	(void)snprintf(c->unit, sizeof(c->unit), "%s", app->unit);
	c->slot = 1;
	c->role = DEVICE_COUNTER;
	c->issued_at = 1700000000000;
	certificate_sign(c, by->sign_sk);
	keys->audiences[0] = (struct audience_key){ .audience = AUDIENCE_COUNTER, .generation = 1 };
	memset(keys->audiences[0].key, 0xc0, SECRET_KEY);
	keys->audiences_count = 1;
}

static void open_app(struct app *app, unsigned number)
{
	struct err err = { 0 };

	memset(app, 0, sizeof(*app));
	app->role = ROLE_ADMIN;
	app->epoch = 1;
	app->device[0] = (uint8_t)number;
	(void)snprintf(app->user, sizeof(app->user), "lan");
	(void)snprintf(app->unit, sizeof(app->unit), "H11.25");
	assert_int_equal(db_open_plain(":memory:", &app->db, &err), RC_OK);
}

static void receive_some(struct app *app)
{
	struct err err;

	for (unsigned i = 1; i <= DOSSIERS_MADE; i++) {
		struct rec rec;
		struct change change = { .verb = VERB_RECEIVE, .kind = REC_DOSSIER, .set = &rec };
		char code[40];

		(void)snprintf(code, sizeof(code), "H11.25-241025-%04u", 100 + i);
		rec_init(&rec, REC_DOSSIER);
		rec_put_text(&rec, DOSSIER_CODE, code);
		rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.001193");
		rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
		rec_put_num(&rec, DOSSIER_RECEIVED_AT, 1729818226000 + (msec)i * 60000);
		assert_int_equal(commit_change(app, &change, NULL, NULL, &err), RC_OK);
		rec_done(&rec);
	}
}

static int setup(void **state)
{
	(void)state;
	open_app(&counter, 1);
	open_app(&sibling, 2);
	make_hub(&hub);
	make_hub(&other_hub);
	enrol(&counter_keys, &counter, &hub);
	enrol(&sibling_keys, &sibling, &hub);
	receive_some(&counter);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	db_close(counter.db);
	db_close(sibling.db);
	return 0;
}

static void seal(uint64_t first, uint64_t last, struct manifest *m, struct buf *out)
{
	struct err err = { 0 };

	*out = (struct buf)BUF(BATCH_MAX);
	if (batch_seal(&counter, &counter_keys, first, last, m, out, &err))
		fail_msg("%s", err.en);
}

/* Events as they come out, one after another. */
static enum rc collect(void *ctx, struct span bytes, struct err *err)
{
	(void)err;
	buf_add(ctx, bytes.data, bytes.len);
	return RC_OK;
}

static enum rc from_journal(void *ctx, int64_t n, const struct id *id, struct span bytes, struct err *err)
{
	(void)n;
	(void)id;
	return collect(ctx, bytes, err);
}

static void what_was_sealed_comes_out(void **state)
{
	const struct identity *const readers[] = { &hub, &counter_keys, &sibling_keys };
	struct buf file, want = BUF(COLUMNS_RAW_MAX);
	struct manifest sealed, opened;
	struct err err = { 0 };

	(void)state;
	seal(1, TO_THE_END, &sealed, &file);
	assert_int_equal(sealed.events, DOSSIERS_MADE);
	assert_int_equal(
		journal_slice(counter.db, counter.device, 1, 1, sealed.last, from_journal, &want, &err),
		RC_OK);
	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		struct buf seen = BUF(COLUMNS_RAW_MAX);

		assert_int_equal(batch_open(readers[i], file.data, file.len, &opened, collect, &seen, &err),
				 RC_OK);
		assert_memory_equal(opened.id, sealed.id, BATCH_ID);
		assert_memory_equal(opened.head, sealed.head, DB_HEAD_SIZE);
		assert_string_equal(opened.unit, "H11.25");
		assert_int_equal(opened.first, 1);
		assert_int_equal(opened.last, sealed.last);
		assert_int_equal(opened.bytes, file.len);
		assert_int_equal(seen.len, want.len);
		assert_memory_equal(seen.data, want.data, want.len);
		buf_done(&seen);
	}
	buf_done(&file);
	buf_done(&want);
}

/* A part of the journal, and a name that fits any disk. */
static void a_slice_and_its_name(void **state)
{
	struct manifest m, opened;
	struct buf file;
	struct err err;
	char name[BATCH_NAME];

	(void)state;
	seal(4, 9, &m, &file);
	assert_int_equal(m.events, 6);
	batch_name(&m, name);
	assert_string_equal(name, "H11.25-0100000000000000-1-4-9.mcb");
	assert_int_equal(batch_open(&hub, file.data, file.len, &opened, NULL, NULL, &err), RC_OK);
	assert_int_equal(opened.first, 4);
	assert_int_equal(opened.last, 9);
	buf_done(&file);
}

static void a_store_never_enrolled_seals_nothing(void **state)
{
	struct identity keys = counter_keys;
	struct buf file = BUF(BATCH_MAX);
	struct manifest m;
	struct err err;

	(void)state;
	keys.enrolled = false;
	assert_int_equal(batch_seal(&counter, &keys, 1, 5, &m, &file, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "device enrol"));
	buf_done(&file);
}

static void cut_at_any_byte_it_is_refused(void **state)
{
	struct manifest m, opened;
	struct buf file;
	struct err err;

	(void)state;
	seal(1, TO_THE_END, &m, &file);
	for (size_t len = 0; len < file.len; len++)
		if (batch_open(&hub, file.data, len, &opened, NULL, NULL, &err) != RC_INPUT)
			fail_msg("cut at %zu of %zu", len, file.len);
	buf_byte(&file, 0);
	assert_int_equal(batch_open(&hub, file.data, file.len, &opened, NULL, NULL, &err), RC_INPUT);
	buf_done(&file);
}

static void any_byte_changed_it_is_refused(void **state)
{
	struct manifest m, opened;
	struct buf file;
	struct err err;

	(void)state;
	seal(1, TO_THE_END, &m, &file);
	for (size_t i = 0; i < file.len; i++) {
		file.data[i] ^= (uint8_t)(1 << i % 8);
		if (batch_open(&hub, file.data, file.len, &opened, NULL, NULL, &err) == RC_OK)
			fail_msg("changed at %zu of %zu", i, file.len);
		file.data[i] ^= (uint8_t)(1 << i % 8);
	}
	assert_int_equal(batch_open(&hub, file.data, file.len, &opened, NULL, NULL, &err), RC_OK);
	buf_done(&file);
}

/* One who can make the id fit again, but has no key: every byte of the body is under a seal. */
static void changed_with_a_fitting_id_it_is_refused(void **state)
{
	struct manifest m, opened;
	struct batch_header h;
	struct buf file;
	struct err err;
	size_t body, id;

	(void)state;
	seal(1, 5, &m, &file);
	assert_int_equal(batch_read_header(file.data, file.len, &h, &err), RC_OK);
	body = (size_t)(h.body.data - file.data);
	id = body - 4 - BATCH_ID;
	for (size_t i = body; i < file.len; i += i < body + 100 ? 1 : 7) {
		file.data[i] ^= 0x10;
		batch_identify(&h, h.body.data, h.body.len, file.data + id);
		for (int reader = 0; reader < 2; reader++)
			if (batch_open(reader ? &sibling_keys : &hub, file.data, file.len, &opened, NULL,
				       NULL, &err) == RC_OK)
				fail_msg("changed at %zu, reader %d", i, reader);
		file.data[i] ^= 0x10;
	}
	buf_done(&file);
}

/* A file made by hand: columns of these events under this header and these keys. */
struct forged {
	struct batch_header h;
	struct manifest m;
	struct identity keys;
	struct buf columns;
};

static void forge(struct forged *f)
{
	struct buf file;

	*f = (struct forged){ .keys = counter_keys, .columns = BUF(COLUMNS_RAW_MAX * 4) };
	seal(1, 5, &f->m, &file);
	buf_done(&file);
	f->h.dictionary = pack_dictionary();
}

/* Pack events 1 to 5 as the columns. */
static void forge_columns(struct forged *f)
{
	struct buf bytes = BUF(COLUMNS_RAW_MAX);
	struct event_bytes events[5];
	struct err err = { 0 };
	struct columns_base base = { f->h.dictionary, f->m.unit };
	size_t at[6] = { 0 };

	for (uint64_t i = 0; i < ARRAY_LEN(events); i++) {
		assert_int_equal(journal_slice(counter.db, counter.device, 1, i + 1, i + 1, from_journal,
					       &bytes, &err),
				 RC_OK);
		at[i + 1] = bytes.len;
	}
	for (size_t i = 0; i < ARRAY_LEN(events); i++)
		events[i].bytes = (struct span){ bytes.data + at[i], at[i + 1] - at[i] };
	assert_int_equal(columns_pack(events, ARRAY_LEN(events), &base, &f->columns, &err), RC_OK);
	buf_done(&bytes);
}

static enum rc open_forged(struct forged *f, struct err *err)
{
	struct buf file = BUF(1 << 20);
	struct manifest opened;
	enum rc rc;

	f->h.to_count = batch_recipients(&f->keys, f->h.to);
	assert_int_equal(batch_seal_payload(&f->h, &f->keys, &f->m,
					    (struct span){ f->columns.data, f->columns.len }, &file, err),
			 RC_OK);
	rc = batch_open(&hub, file.data, file.len, &opened, NULL, NULL, err);
	buf_done(&file);
	buf_done(&f->columns);
	return rc;
}

static void made_by_hand_and_well_it_opens(void **state)
{
	struct forged f;
	struct err err;

	(void)state;
	forge(&f);
	forge_columns(&f);
	assert_int_equal(open_forged(&f, &err), RC_OK);
}

static void another_hand_is_refused(void **state)
{
	struct forged f;
	struct err err;

	(void)state;
	/* Signed by a key that the certificate does not name. */
	forge(&f);
	forge_columns(&f);
	crypto_sign_keypair(f.keys.sign_pk, f.keys.sign_sk);
	assert_int_equal(open_forged(&f, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "signature"));
	/* A certificate of another hub. */
	forge(&f);
	forge_columns(&f);
	certificate_sign(&f.m.certificate, other_hub.sign_sk);
	assert_int_equal(open_forged(&f, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "certificate"));
}

static void a_manifest_that_lies_is_refused(void **state)
{
	static const struct {
		const char *what;
		size_t events;
		uint64_t first;
		uint16_t epoch;
	} lies[] = {
		{ "fewer events", 4, 1, 1 },
		{ "more events", 6, 1, 1 },
		{ "no event", 0, 1, 1 },
		{ "too many", 20001, 1, 1 },
		{ "epoch nought", 5, 1, 0 },
		{ "seq nought", 5, 0, 1 },
		{ "a seq past all", 5, (uint64_t)1 << 48, 1 },
	};
	struct forged f;
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lies); i++) {
		case_name(lies[i].what);
		forge(&f);
		forge_columns(&f);
		f.m.events = lies[i].events;
		f.m.first = lies[i].first;
		f.m.epoch = lies[i].epoch;
		assert_int_equal(open_forged(&f, &err), RC_INPUT);
	}
}

static void what_is_newer_says_so(void **state)
{
	struct manifest m, opened;
	struct forged f;
	struct buf file;
	struct err err;

	(void)state;
	seal(1, 5, &m, &file);
	file.data[4] = 2;
	assert_int_equal(batch_open(&hub, file.data, file.len, &opened, NULL, NULL, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "newer"));
	buf_done(&file);
	forge(&f);
	forge_columns(&f);
	f.h.dictionary = 200;
	assert_int_equal(open_forged(&f, &err), RC_INPUT);
	assert_non_null(strstr(err.en, "newer"));
}

/* Little that unpacks to much, plain or in columns. */
static void a_bomb_is_refused(void **state)
{
	struct buf zeros = BUF(COLUMNS_RAW_MAX * 2);
	struct forged f;
	struct err err;

	(void)state;
	assert_non_null(buf_room(&zeros, COLUMNS_RAW_MAX * 2));
	memset(zeros.data, 0, COLUMNS_RAW_MAX * 2);
	for (int plain = 0; plain < 2; plain++) {
		case_name(plain ? "plain" : "text");
		forge(&f);
		buf_byte(&f.columns, plain ? 0xff : 0);
		buf_add(&f.columns, "\5\0\0", plain ? 0 : 3);
		assert_int_equal(pack_deflate((struct span){ zeros.data, COLUMNS_RAW_MAX * 2 },
					      (struct span){ NULL, 0 }, &f.columns, &err),
				 RC_OK);
		assert_true(f.columns.len < BATCH_MAX / 2);
		assert_int_equal(open_forged(&f, &err), RC_INPUT);
		assert_non_null(strstr(err.en, "too much"));
	}
	buf_done(&zeros);
}

static void what_is_too_large_is_no_batch(void **state)
{
	struct manifest m, opened;
	struct buf file, large = BUF(BATCH_MAX * 2);
	struct err err;

	(void)state;
	seal(1, 5, &m, &file);
	buf_add(&large, file.data, file.len);
	while (large.len <= BATCH_MAX)
		buf_byte(&large, 0);
	assert_int_equal(batch_open(&hub, large.data, large.len, &opened, NULL, NULL, &err), RC_INPUT);
	assert_int_equal(batch_open(&hub, "", 0, &opened, NULL, NULL, &err), RC_INPUT);
	assert_int_equal(batch_open(&hub, "PK\3\4 not this", 12, &opened, NULL, NULL, &err), RC_INPUT);
	buf_done(&file);
	buf_done(&large);
}

static void others_cannot_read_it(void **state)
{
	struct identity newer = sibling_keys;
	struct manifest m, opened;
	struct buf file;
	struct err err;

	(void)state;
	seal(1, 5, &m, &file);
	assert_int_equal(batch_open(&other_hub, file.data, file.len, &opened, NULL, NULL, &err), RC_REFUSED);
	memset(newer.audiences[0].key, 0xc1, SECRET_KEY);
	assert_int_equal(batch_open(&newer, file.data, file.len, &opened, NULL, NULL, &err), RC_REFUSED);
	newer.audiences_count = 0;
	assert_int_equal(batch_open(&newer, file.data, file.len, &opened, NULL, NULL, &err), RC_REFUSED);
	assert_non_null(strstr(err.en, "no key"));
	buf_done(&file);
}

/* Equal bytes only by accident: nobody can tell from two batches that they hold the same. */
static void the_same_again_looks_other(void **state)
{
	struct manifest a, b;
	struct buf one, two;

	(void)state;
	seal(1, 5, &a, &one);
	seal(1, 5, &b, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_not_equal(one.data, two.data, one.len);
	assert_memory_not_equal(a.id, b.id, BATCH_ID);
	buf_done(&one);
	buf_done(&two);
}

/* At a sibling: the later first, then the earlier, then both again; exactly one copy. */
static void out_of_order_and_again(void **state)
{
	struct manifest m;
	struct ingested in = { 0 };
	struct buf early, late;
	struct err err = { 0 };

	(void)state;
	seal(1, 10, &m, &early);
	seal(11, 30, &m, &late);
	assert_int_equal(ingest_batch(&sibling, &sibling_keys, late.data, late.len, &in, &err), RC_OK);
	assert_true(in.held);
	assert_int_equal(row_count(sibling.db, REC_DOSSIER), 0);
	memset(&in, 0, sizeof(in));
	assert_int_equal(ingest_batch(&sibling, &sibling_keys, early.data, early.len, &in, &err), RC_OK);
	assert_false(in.held);
	assert_int_equal(row_count(sibling.db, REC_DOSSIER), DOSSIERS_MADE);
	for (int again = 0; again < 2; again++) {
		struct buf *file = again ? &late : &early;

		memset(&in, 0, sizeof(in));
		assert_int_equal(ingest_batch(&sibling, &sibling_keys, file->data, file->len, &in, &err),
				 RC_OK);
		assert_true(in.known);
		assert_int_equal(row_count(sibling.db, REC_DOSSIER), DOSSIERS_MADE);
	}
	buf_done(&early);
	buf_done(&late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_comes_out),
		cmocka_unit_test(a_slice_and_its_name),
		cmocka_unit_test(a_store_never_enrolled_seals_nothing),
		cmocka_unit_test(cut_at_any_byte_it_is_refused),
		cmocka_unit_test(any_byte_changed_it_is_refused),
		cmocka_unit_test(changed_with_a_fitting_id_it_is_refused),
		cmocka_unit_test(made_by_hand_and_well_it_opens),
		cmocka_unit_test(another_hand_is_refused),
		cmocka_unit_test(a_manifest_that_lies_is_refused),
		cmocka_unit_test(what_is_newer_says_so),
		cmocka_unit_test(a_bomb_is_refused),
		cmocka_unit_test(what_is_too_large_is_no_batch),
		cmocka_unit_test(others_cannot_read_it),
		cmocka_unit_test(the_same_again_looks_other),
		cmocka_unit_test(out_of_order_and_again),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
