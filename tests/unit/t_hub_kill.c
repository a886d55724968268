/* t_hub_kill.c - a hub killed at successive moments of uploads, imports and enrolments: one copy, true receipts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <signal.h>
#include <sodium.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/commit.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "sync/hub/command.h"
#include "tests/unit/hubs.h"
#include "tests/unit/served.h"
#include "tests/unit/ward.h"

#if defined(__SANITIZE_ADDRESS__)
enum { KILLS = 8 }; /* each start is slow */
#else
enum { KILLS = 32 };
#endif

enum {
	STEP_US = 300, /* each kill comes so much later than the one before */
	PIECES = 3,
	WARDS = 8,
};

static char dir[256], key[256];

static void remember(const struct hub *hub)
{
	assert_true(strlen(hub->dir) < sizeof(dir));
	memcpy(dir, hub->dir, strlen(hub->dir) + 1);
	(void)snprintf(key, sizeof(key), "%.*s/key", (int)(strrchr(dir, '/') - dir), dir);
}

static void request_upload(const struct identity *identity, const struct buf *batch, struct buf *out)
{
	char metadata[96] = "batch ";
	uint8_t id[BATCH_ID];

	assert_int_equal(batch_peek(batch->data, batch->len, id, NULL), RC_OK);
	base64_of(id, BATCH_ID, metadata + 6, sizeof(metadata) - 6);
	buf_clear(out);
	buf_printf(out,
		   "POST /batches HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n"
		   "Content-Type: application/offset+octet-stream\r\nUpload-Length: %zu\r\nUpload-Metadata: %s\r\n"
		   "Content-Length: %zu\r\n\r\n", identity->token, batch->len, metadata, batch->len);
	buf_add(out, batch->data, batch->len);
}

/* What a client does after a cut: the whole again, or from the hub's offset. */
static void resend(struct served *s, const struct identity *identity, const struct buf *batch, struct buf *answer)
{
	struct buf request = BUF(BATCH_MAX * 2);
	char hex[2 * BATCH_ID + 1], room[32];
	uint8_t id[BATCH_ID];
	size_t offset;

	request_upload(identity, batch, &request);
	assert_int_equal(served_ask(s, request.data, request.len, answer), 201);
	offset = strtoul(served_header(answer, "Upload-Offset", room, sizeof(room)), NULL, 10);
	if (!*served_header(answer, "Motcua-Receipt", room, sizeof(room))) {
		assert_int_equal(batch_peek(batch->data, batch->len, id, NULL), RC_OK);
		hex_of(id, BATCH_ID, hex);
		buf_clear(&request);
		buf_printf(&request,
			   "PATCH /batches/%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n"
			   "Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
			   "Upload-Offset: %zu\r\nContent-Length: %zu\r\n\r\n", hex, identity->token, offset,
			   batch->len - offset);
		buf_add(&request, batch->data + offset, batch->len - offset);
		assert_int_equal(served_ask(s, request.data, request.len, answer), 204);
	}
	assert_true(*served_header(answer, "Motcua-Receipt", room, sizeof(room)));
	buf_done(&request);
}

static void apply_receipt(struct app *app, struct identity *identity, const struct buf *answer)
{
	static char text[RECEIPT_MAX * 2];
	static uint8_t bytes[RECEIPT_MAX];
	struct receipt receipt;
	struct err err = { 0 };
	size_t len;

	(void)served_header(answer, "Motcua-Receipt", text, sizeof(text));
	assert_int_equal(sodium_base642bin(bytes, sizeof(bytes), text, strlen(text), NULL, &len, NULL,
					   sodium_base64_VARIANT_ORIGINAL), 0);
	if (receipt_apply(app, identity, bytes, len, &receipt, &err))
		fail_msg("%s", err.en);
}

/* The store of the ward is whole and holds every dossier once. */
static void check_ward(struct hub *hub, int64_t dossiers)
{
	struct err err = { 0 };
	int64_t events = 0;

	if (commit_verify(&hub->wards[0]->app, &events, &err))
		fail_msg("%s", err.en);
	assert_int_equal(row_count(hub->wards[0]->app.db, REC_DOSSIER), dossiers);
}

static void killed_during_uploads(void **state)
{
	struct buf batch = BUF(BATCH_MAX), request = BUF(BATCH_MAX * 2), answer = BUF(1 << 20);
	struct served served;
	struct identity identity;
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	remember(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &identity, NULL), RC_OK);
	hub_close(&hub);
	for (unsigned i = 0; i < KILLS; i++) {
		char code[40];
		int fd;

		(void)snprintf(code, sizeof(code), "H11.25-241025-01%02u", i + 1);
		clock_set_test(INT64_C(1729818000000) + (msec)i * 1000);
		hubs_dossier(&app, code);
		hubs_batch(&app, i, &batch);
		served_start(&served, dir, NULL);
		request_upload(&identity, &batch, &request);
		fd = served_connect(&served);
		/* The first answer says that it has started; then the bytes come in pieces. */
		served_send(fd, "GET /health HTTP/1.1\r\nHost: h\r\n\r\n", 33);
		assert_int_equal(served_answer(fd, &answer), 200);
		for (size_t piece = 0; piece < PIECES; piece++) {
			size_t from = request.len * piece / PIECES, to = request.len * (piece + 1) / PIECES;

			served_send(fd, request.data + from, to - from);
			usleep(i * STEP_US / PIECES);
		}
		served_kill(&served);
		close(fd);
		served_start(&served, dir, NULL);
		resend(&served, &identity, &batch, &answer);
		apply_receipt(&app, &identity, &answer);
		served_kill(&served);
	}
	assert_int_equal(local_int(app.db, "acknowledged_to", 0), KILLS + 2);
	served_forget(&served);
	hubs_reopen(&hub);
	check_ward(&hub, KILLS);
	identity_done(&identity);
	buf_done(&batch);
	buf_done(&request);
	buf_done(&answer);
	ward_close(&app);
	hubs_close(&hub);
}

/* `motcua-hub import FILE` in a process of its own, killed after so long; 0: left to end. Its exit code, -1 killed. */
static int import_for(const char *path, unsigned us)
{
	int status = 0;
	pid_t pid;

	(void)fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		char *words[] = { (char *)(uintptr_t)path, NULL };
		FILE *nothing = fopen("/dev/null", "we");
		struct args args = { .words = words, .count = 1, .out = nothing, .say = stderr };
		struct hub hub = { .lang = LANG_EN };
		struct err err = { 0 };
		enum rc rc = hub_open(&hub, dir, key, &err);

		if (!rc)
			rc = command_named("import")->run(&hub, &args, &err);
		hub_close(&hub);
		_exit(err_exit_code(rc));
	}
	if (us) {
		usleep(us);
		assert_int_equal(kill(pid, SIGKILL), 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void killed_during_imports(void **state)
{
	struct buf batch = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	char file[300], answer[300];
	struct identity identity;
	struct receipt told;
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	remember(&hub);
	hubs_device(&hub, &app, 1, DEVICE_COUNTER);
	assert_int_equal(identity_load(&app, &identity, NULL), RC_OK);
	hub_close(&hub);
	(void)snprintf(file, sizeof(file), "%s/../one.mcb", dir);
	(void)snprintf(answer, sizeof(answer), "%s/../one.mcr", dir);
	for (unsigned i = 0; i < KILLS; i++) {
		struct err err = { 0 };
		char code[40];

		(void)snprintf(code, sizeof(code), "H11.25-241025-01%02u", i + 1);
		clock_set_test(INT64_C(1729818000000) + (msec)i * 1000);
		hubs_dossier(&app, code);
		hubs_batch(&app, i, &batch);
		assert_int_equal(file_write_atomic(file, batch.data, batch.len, NULL), RC_OK);
		(void)unlink(answer);
		(void)import_for(file, 1 + i * 2 * STEP_US);
		assert_int_equal(import_for(file, 0), 0);
		buf_clear(&receipt);
		assert_int_equal(file_read(answer, &receipt, NULL), RC_OK);
		if (receipt_apply(&app, &identity, receipt.data, receipt.len, &told, &err))
			fail_msg("%s", err.en);
	}
	assert_int_equal(local_int(app.db, "acknowledged_to", 0), KILLS + 2);
	(void)unlink(file);
	(void)unlink(answer);
	hubs_reopen(&hub);
	check_ward(&hub, KILLS);
	identity_done(&identity);
	buf_done(&batch);
	buf_done(&receipt);
	ward_close(&app);
	hubs_close(&hub);
}

/* The first enrolment of a ward makes its store: killed meanwhile, the folder still opens and the next try makes it. */
static void killed_while_a_ward_is_made(void **state)
{
	struct buf json = BUF(64 << 10), mce = BUF(64 << 10);
	struct enrol_request request;
	struct hub hub;
	struct app app;

	(void)state;
	hubs_open(&hub);
	remember(&hub);
	ward_open_device(&app, 1);
	assert_int_equal(enrol_request(&app, &json, NULL), RC_OK);
	assert_int_equal(enrol_request_parse(buf_str(&json), json.len, &request, NULL), RC_OK);
	hub_close(&hub);
	for (unsigned i = 0; i < WARDS; i++) {
		pid_t pid;

		(void)fflush(NULL);
		pid = fork();
		assert_true(pid >= 0);
		if (!pid) {
			struct err err;
			enum rc rc = hub_open(&hub, dir, key, &err);

			_exit(rc || hub_enrol(&hub, &request, 1, DEVICE_COUNTER, "", &mce, &err) ? 1 : 0);
		}
		usleep(500 + i * 4000);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		hubs_reopen(&hub);
		hub_close(&hub);
	}
	hubs_reopen(&hub);
	assert_int_equal(hub_enrol(&hub, &request, 1, DEVICE_COUNTER, "", &mce, NULL), RC_OK);
	assert_int_equal(enrolment_accept(&app, mce.data, mce.len, NULL), RC_OK);
	check_ward(&hub, 0);
	buf_done(&json);
	buf_wipe_done(&mce);
	ward_close(&app);
	hubs_close(&hub);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_during_uploads),
		cmocka_unit_test(killed_during_imports),
		cmocka_unit_test(killed_while_a_ward_is_made),
	};

	return cmocka_run_group_tests_name("hub_kill", tests, NULL, NULL);
}
