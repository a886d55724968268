#include "tests/unit/hubs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/commit.h"
#include "db/rec_fields.h"
#include "tests/unit/ward.h"

static char folder[] = "/tmp/motcua-hub-XXXXXX";

static void in_folder(char data[64], char key[64])
{
	(void)snprintf(data, 64, "%s/data", folder);
	(void)snprintf(key, 64, "%s/key", folder);
}

void hubs_open(struct hub *hub)
{
	char data[64], key[64];
	struct err err = { 0 };

	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	in_folder(data, key);
	assert_int_equal(hub_make(data, key, &err), RC_OK);
	memset(hub, 0, sizeof(*hub));
	assert_int_equal(hub_open(hub, data, key, &err), RC_OK);
}

void hubs_reopen(struct hub *hub)
{
	char data[64], key[64];
	struct err err = { 0 };

	in_folder(data, key);
	if (hub_open(hub, data, key, &err) || hub_open_all(hub, &err))
		fail_msg("the hub does not open again: %s", err.en);
}

void hubs_close(struct hub *hub)
{
	static const char *const leftovers[] = { "data/H11.25.motcua", "data/H11.25.motcua-wal",
						 "data/incoming", "data", "key" };
	char path[128];

	hub_close(hub);
	for (size_t i = 0; i < ARRAY_LEN(leftovers); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, leftovers[i]);
		(void)remove(path);
	}
	(void)rmdir(folder);
}

void hubs_enrol(struct hub *hub, struct app *app, unsigned number, enum device_role role)
{
	struct buf json = BUF(64 << 10), mce = BUF(64 << 10);
	struct enrol_request request;
	struct err err = { 0 };

	assert_int_equal(enrol_request(app, &json, &err), RC_OK);
	assert_int_equal(enrol_request_parse(buf_str(&json), json.len, &request, &err), RC_OK);
	assert_int_equal(hub_enrol(hub, &request, number, role, "http://127.0.0.1:1", &mce, &err), RC_OK);
	assert_int_equal(enrolment_accept(app, mce.data, mce.len, &err), RC_OK);
	buf_done(&json);
	buf_wipe_done(&mce);
}

void hubs_device(struct hub *hub, struct app *app, unsigned number, enum device_role role)
{
	ward_open_device(app, number);
	hubs_enrol(hub, app, number, role);
}

void hubs_edit(struct app *app, const char *name, const char *value)
{
	struct rec set;
	struct change change = { .verb = VERB_ADD, .kind = REC_SETTING, .set = &set };
	struct err err = { 0 };

	rec_init(&set, REC_SETTING);
	rec_put_text(&set, SETTING_NAME, name);
	rec_put_text(&set, SETTING_VALUE, value);
	if (!row_find(app->db, REC_SETTING, name, &change.rec, &err))
		change.verb = VERB_CHANGE;
	assert_int_equal(commit_change(app, &change, NULL, NULL, &err), RC_OK);
	rec_done(&set);
}

void hubs_dossier(struct app *app, const char *code)
{
	struct rec set;
	struct change change = { .verb = VERB_IMPORT, .kind = REC_DOSSIER, .set = &set };
	struct err err = { 0 };

	rec_init(&set, REC_DOSSIER);
	rec_put_text(&set, DOSSIER_CODE, code);
	rec_put_text(&set, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&set, DOSSIER_APPLICANT_NAME, "Nguyễn Thị Bình");
	rec_put_num(&set, DOSSIER_RECEIVED_AT, app_now(app));
	rec_put_num(&set, DOSSIER_STATE, STATE_RECEIVED);
	assert_int_equal(commit_change(app, &change, NULL, NULL, &err), RC_OK);
	rec_done(&set);
}

struct nth {
	size_t left;
	struct buf *out;
};

static enum rc take_nth(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct nth *nth = ctx;

	(void)item;
	(void)err;
	if (nth->left-- == 0) {
		buf_clear(nth->out);
		buf_add(nth->out, body.data, body.len);
	}
	return RC_OK;
}

void hubs_batch(struct app *app, size_t n, struct buf *out)
{
	struct nth nth = { n, out };
	struct identity identity;
	struct err err = { 0 };
	size_t sealed;

	assert_int_equal(identity_load(app, &identity, &err), RC_OK);
	assert_int_equal(outbox_seal(app, &identity, &sealed, &err), RC_OK);
	identity_done(&identity);
	assert_int_equal(outbox_walk(app, false, take_nth, &nth, &err), RC_OK);
	assert_true(out->len > 0);
}

int64_t hubs_deliver(struct hub *hub, struct app *app, const struct buf *batch, struct ingested *in)
{
	struct buf receipt = BUF(RECEIPT_MAX);
	struct identity identity;
	struct receipt told;
	struct ward *ward;
	struct err err = { 0 };

	assert_int_equal(hub_take_any(hub, batch->data, batch->len, &ward, in, &receipt, &err), RC_OK);
	assert_int_equal(identity_load(app, &identity, &err), RC_OK);
	assert_int_equal(receipt_apply(app, &identity, receipt.data, receipt.len, &told, &err), RC_OK);
	identity_done(&identity);
	buf_done(&receipt);
	return local_int(app->db, "acknowledged_to", 0);
}

size_t hubs_follow(struct hub *hub, struct app *app)
{
	struct hub_device self;
	struct identity identity;
	struct manifest manifest;
	struct err err = { 0 };
	int64_t cursor = 0;
	size_t taken = 0;
	enum rc rc;

	assert_int_equal(hub_device_get(hub->wards[0], app->device, &self, &err), RC_OK);
	assert_int_equal(identity_load(app, &identity, &err), RC_OK);
	do {
		struct buf body = BUF(BATCH_MAX);
		struct ingested in = { 0 };

		rc = hub_feed(hub, &self, cursor, &cursor, &body, &manifest, &err);
		if (!rc) {
			assert_int_equal(ingest_batch(app, &identity, body.data, body.len, &in, &err), RC_OK);
			taken++;
		}
		buf_done(&body);
	} while (!rc);
	assert_int_equal(rc, RC_NONE);
	assert_int_equal(local_set_int(app->db, "feed_cursor", cursor, &err), RC_OK);
	identity_done(&identity);
	return taken;
}
