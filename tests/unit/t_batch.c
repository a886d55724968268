/* t_batch.c - a slice of the journal sealed, opened, and every way it must not open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/commit.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/batch.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/case.h"

/* A counter's store, enrolled by a hub that is only keys. */
struct office {
	char folder[32], path[64];
	struct app app;
	struct identity counter, hub;
	uint64_t last;
};

static struct office office;

static void make_hub(struct identity *hub)
{
	memset(hub, 0, sizeof(*hub));
	crypto_sign_keypair(hub->sign_pk, hub->sign_sk);
	memcpy(hub->hub_pk, hub->sign_pk, SIGN_PK);
}

static void enrol(struct identity *device, const struct app *app, const struct identity *hub, enum device_role role)
{
	struct certificate *c = &device->certificate;

	memset(device, 0, sizeof(*device));
	crypto_sign_keypair(device->sign_pk, device->sign_sk);
	memcpy(device->hub_pk, hub->sign_pk, SIGN_PK);
	device->enrolled = true;
	memcpy(c->device, app->device, DEVICE_ID);
	memcpy(c->sign_pk, device->sign_pk, SIGN_PK);
	snprintf(c->unit, sizeof(c->unit), "%s", app->unit);
	c->slot = 1;
	c->role = role;
	c->issued_at = 1700000000000;
	certificate_sign(c, hub->sign_sk);
	device->audiences[0] = (struct audience_key){ .audience = AUDIENCE_COUNTER, .generation = 1 };
	memset(device->audiences[0].key, 0xc0, SECRET_KEY);
	device->audiences_count = 1;
}

static void receive_some(struct app *app, unsigned count)
{
	struct err err;

	for (unsigned i = 1; i <= count; i++) {
		struct rec rec;
		struct change change = { .verb = VERB_RECEIVE, .kind = REC_DOSSIER, .set = &rec };
		char code[40];

		snprintf(code, sizeof(code), "H11.25-241025-%04u", 100 + i);
		rec_init(&rec, REC_DOSSIER);
		rec_put_text(&rec, DOSSIER_CODE, code);
		rec_put_text(&rec, DOSSIER_PROCEDURE_CODE, "1.001193");
		rec_put_text(&rec, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
		rec_put_num(&rec, DOSSIER_RECEIVED_AT, 1729818226000 + i * 60000);
		assert_int_equal(commit_change(app, &change, NULL, NULL, &err), RC_OK);
		rec_done(&rec);
	}
}

static int setup(void **state)
{
	struct app_make make = { .unit = "H11.25", .unit_name = "Phường Bình Hưng", .admin = "admin",
				 .passphrase = "mot-cua-demo", .slot = 1 };
	char recovery[DB_RECOVERY_TEXT];
	struct err err;

	(void)state;
	snprintf(office.folder, sizeof(office.folder), "/tmp/t_batch.XXXXXX");
	if (!mkdtemp(office.folder))
		return -1;
	snprintf(office.path, sizeof(office.path), "%s/w.motcua", office.folder);
	if (app_make(office.path, &make, recovery, &err) ||
	    app_open(&office.app, office.path, "admin", "mot-cua-demo", &err))
		return -1;
	make_hub(&office.hub);
	enrol(&office.counter, &office.app, &office.hub, DEVICE_COUNTER);
	receive_some(&office.app, 30);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	app_close(&office.app);
	unlink(office.path);
	rmdir(office.folder);
	return 0;
}

static void seal(uint64_t first, uint64_t last, struct manifest *m, struct buf *out)
{
	struct err err = { 0 };

	if (batch_seal(&office.app, &office.counter, first, last, m, out, &err))
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
	struct buf file = BUF(BATCH_MAX), seen = BUF(COLUMNS_RAW_MAX), want = BUF(COLUMNS_RAW_MAX);
	struct manifest sealed, opened;
	struct err err = { 0 };

	(void)state;
	seal(1, UINT64_MAX >> 17, &sealed, &file);
	assert_true(sealed.events >= 30);
	assert_int_equal(batch_open(&office.hub, file.data, file.len, &opened, collect, &seen, &err), RC_OK);
	assert_memory_equal(opened.id, sealed.id, BATCH_ID);
	assert_int_equal(opened.last, sealed.last);
	assert_int_equal(journal_slice(office.app.db, office.app.device, 1, 1, sealed.last, from_journal, &want, &err), RC_OK);
	assert_int_equal(seen.len, want.len);
	assert_memory_equal(seen.data, want.data, want.len);
	buf_clear(&seen);
	assert_int_equal(batch_open(&office.counter, file.data, file.len, &opened, collect, &seen, &err), RC_OK);
	assert_int_equal(seen.len, want.len);
	buf_done(&file);
	buf_done(&seen);
	buf_done(&want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_comes_out),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
