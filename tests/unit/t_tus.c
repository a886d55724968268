/* t_tus.c - tus 1.0.0 rule by rule, without a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/hash.h"
#include "sync/hub/tus.h"
#include "tests/unit/case.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

struct bench {
	struct hub hub;
	struct app app;
	struct server server;
	struct identity identity;
	struct buf batch;
	char bearer[TOKEN_TEXT + 8], metadata[96], length[24], path[96];
};

static void setup(struct bench *b)
{
	uint8_t id[BATCH_ID];
	char hex[2 * BATCH_ID + 1];
	struct err err = { 0 };

	memset(b, 0, sizeof(*b));
	b->batch = (struct buf)BUF(BATCH_MAX);
	hubs_open(&b->hub);
	hubs_device(&b->hub, &b->app, 1, DEVICE_COUNTER);
	hubs_dossier(&b->app, "H11.25-241025-0101");
	hubs_batch(&b->app, 0, &b->batch);
	assert_int_equal(identity_load(&b->app, &b->identity, &err), RC_OK);
	b->server.hub = &b->hub;
	assert_int_equal(uploads_open(&b->server.uploads, b->hub.dir, &err), RC_OK);
	(void)snprintf(b->bearer, sizeof(b->bearer), "Bearer %s", b->identity.token);
	assert_int_equal(batch_peek(b->batch.data, b->batch.len, id, &err), RC_OK);
	hex_of(id, BATCH_ID, hex);
	(void)snprintf(b->path, sizeof(b->path), "/batches/%s", hex);
	memcpy(b->metadata, "batch ", 7);
	base64_of(id, BATCH_ID, b->metadata + 6, sizeof(b->metadata) - 6);
	(void)snprintf(b->length, sizeof(b->length), "%zu", b->batch.len);
}

static void teardown(struct bench *b)
{
	while (b->server.uploads.count)
		uploads_drop(&b->server.uploads, b->server.uploads.list);
	uploads_close(&b->server.uploads);
	identity_done(&b->identity);
	buf_done(&b->batch);
	ward_close(&b->app);
	hubs_close(&b->hub);
}

static struct request create(struct bench *b, bool with_body)
{
	return (struct request){ .method = "POST",
				 .path = "/batches",
				 .authorization = b->bearer,
				 .tus_resumable = "1.0.0",
				 .upload_length = b->length,
				 .upload_metadata = b->metadata,
				 .content_type = with_body ? "application/offset+octet-stream" : NULL,
				 .has_body = with_body };
}

/* A request with bytes from..to of the batch as its body. */
static void run(struct bench *b, struct exchange *x, const struct request *request, size_t from, size_t to)
{
	tus_begin(x, &b->server, request);
	if (to > from)
		(void)tus_body(x, b->batch.data + from, to - from);
	tus_end(x);
}

static int status_of(struct bench *b, const struct request *request)
{
	struct exchange x;
	int status;

	run(b, &x, request, 0, request->has_body ? b->batch.len : 0);
	status = x.answer.status;
	tus_done(&x);
	return status;
}

static void creation_is_refused_rule_by_rule(void **state)
{
	static const struct {
		const char *what;
		int status;
		const char *authorization, *version, *length, *metadata, *type, *path, *method;
	} cases[] = {
		{ "no token", 401, "", NULL, NULL, NULL, NULL, NULL, NULL },
		{ "a token of nobody", 401, "Bearer 00", NULL, NULL, NULL, NULL, NULL, NULL },
		{ "no version", 412, NULL, "", NULL, NULL, NULL, NULL, NULL },
		{ "another version", 412, NULL, "0.2.2", NULL, NULL, NULL, NULL, NULL },
		{ "no length", 400, NULL, NULL, "", NULL, NULL, NULL, NULL },
		{ "a signed length", 400, NULL, NULL, "-1", NULL, NULL, NULL, NULL },
		{ "a length in words", 400, NULL, NULL, "1e3", NULL, NULL, NULL, NULL },
		{ "nothing", 400, NULL, NULL, "0", NULL, NULL, NULL, NULL },
		{ "more than a batch", 413, NULL, NULL, "262145", NULL, NULL, NULL, NULL },
		{ "a length past all numbers", 400, NULL, NULL, "99999999999999999999", NULL, NULL, NULL,
		  NULL },
		{ "no metadata", 400, NULL, NULL, NULL, "", NULL, NULL, NULL },
		{ "another key", 400, NULL, NULL, NULL, "name YQ==", NULL, NULL, NULL },
		{ "no base64", 400, NULL, NULL, NULL, "batch !!!!", NULL, NULL, NULL },
		{ "a short id", 400, NULL, NULL, NULL, "batch YQ==", NULL, NULL, NULL },
		{ "a way out of the folder", 400, NULL, NULL, NULL, "batch Li4vLi4vZXRj", NULL, NULL, NULL },
		{ "control characters", 400, NULL, NULL, NULL, "ba\001tch YQ==", NULL, NULL, NULL },
		{ "an empty pair", 400, NULL, NULL, NULL, ",", NULL, NULL, NULL },
		{ "another type of body", 415, NULL, NULL, NULL, NULL, "text/plain", NULL, NULL },
		{ "elsewhere", 404, NULL, NULL, NULL, NULL, NULL, "/batche", NULL },
		{ "a path that climbs", 404, NULL, NULL, NULL, NULL, NULL, "/batches/../../etc/passwd",
		  NULL },
		{ "another method", 405, NULL, NULL, NULL, NULL, NULL, NULL, "DELETE" },
	};
	struct bench b;

	(void)state;
	setup(&b);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct request request = create(&b, true);

		case_name(cases[i].what);
#define OVER(field, value)                                                                                   \
	request.field = cases[i].value ? (*cases[i].value ? cases[i].value : NULL) : request.field
		OVER(authorization, authorization);
		OVER(tus_resumable, version);
		OVER(upload_length, length);
		OVER(upload_metadata, metadata);
		OVER(content_type, type);
		OVER(path, path);
		OVER(method, method);
#undef OVER
		assert_int_equal(status_of(&b, &request), cases[i].status);
		assert_int_equal(b.server.uploads.count, 0);
	}
	teardown(&b);
}

static void one_request_carries_a_batch_and_brings_the_receipt(void **state)
{
	struct request request;
	struct receipt receipt;
	struct exchange x;
	struct err err = { 0 };
	struct bench b;

	(void)state;
	setup(&b);
	request = create(&b, true);
	run(&b, &x, &request, 0, b.batch.len);
	assert_int_equal(x.answer.status, 201);
	assert_int_equal(x.answer.offset, b.batch.len);
	assert_string_equal(x.answer.location, b.path);
	assert_int_equal(
		receipt_open(&b.identity, x.answer.receipt.data, x.answer.receipt.len, &receipt, &err),
		RC_OK);
	assert_int_equal(receipt.acknowledged_to, 3);
	tus_done(&x);
	/* The answer was lost: the same again, HEAD, and the receipt's own address all bring it. */
	run(&b, &x, &request, 0, b.batch.len);
	assert_int_equal(x.answer.status, 201);
	assert_true(x.answer.receipt.len > 0);
	tus_done(&x);
	request.method = "HEAD";
	request.path = b.path;
	run(&b, &x, &request, 0, 0);
	assert_int_equal(x.answer.status, 200);
	assert_int_equal(x.answer.offset, b.batch.len);
	assert_true(x.answer.receipt.len > 0);
	tus_done(&x);
	assert_int_equal(b.server.metrics.events, 3);
	assert_int_equal(b.server.metrics.batches, 1);
	teardown(&b);
}

/* The connection is cut after every byte: HEAD tells how much is there, PATCH brings the rest, one copy
 * results. */
static void a_cut_after_any_byte_is_resumed(void **state)
{
	struct bench b;

	(void)state;
	setup(&b);
	for (size_t cut = 0; cut <= b.batch.len; cut += cut + 64 < b.batch.len ? 61 : 1) {
		struct request request = create(&b, true), head, patch;
		char offset[24];
		struct exchange x;

		/* The first writer vanishes without an end. */
		tus_begin(&x, &b.server, &request);
		(void)tus_body(&x, b.batch.data, cut);
		tus_done(&x);
		head = request;
		head.method = "HEAD";
		head.path = b.path;
		run(&b, &x, &head, 0, 0);
		assert_int_equal(x.answer.status, 200);
		if (x.answer.receipt.len) { /* taken in an earlier turn of this loop */
			tus_done(&x);
			break;
		}
		assert_int_equal(x.answer.offset, cut);
		tus_done(&x);
		patch = head;
		patch.method = "PATCH";
		patch.upload_offset = offset;
		(void)snprintf(offset, sizeof(offset), "%zu", cut + 1);
		run(&b, &x, &patch, 0, 0);
		assert_int_equal(x.answer.status, 409);
		tus_done(&x);
		(void)snprintf(offset, sizeof(offset), "%zu", cut);
		/* Cut again one byte later, then drop it all: the next turn starts from nothing. */
		tus_begin(&x, &b.server, &patch);
		(void)tus_body(&x, b.batch.data + cut, cut < b.batch.len ? 1 : 0);
		tus_done(&x);
		if (cut + 1 < b.batch.len) {
			assert_int_equal(b.server.uploads.list[0].offset, cut + 1);
			uploads_drop(&b.server.uploads, b.server.uploads.list);
			continue;
		}
		(void)snprintf(offset, sizeof(offset), "%zu", b.server.uploads.list[0].offset);
		run(&b, &x, &patch, b.server.uploads.list[0].offset, b.batch.len);
		assert_int_equal(x.answer.status, 204);
		assert_true(x.answer.receipt.len > 0);
		tus_done(&x);
	}
	assert_int_equal(b.server.metrics.events, 3);
	assert_int_equal(b.server.uploads.count, 0);
	teardown(&b);
}

static void a_head_takes_over_from_a_half_open_patch(void **state)
{
	struct request request, head;
	struct exchange slow, x;
	struct bench b;

	(void)state;
	setup(&b);
	request = create(&b, true);
	tus_begin(&slow, &b.server, &request);
	(void)tus_body(&slow, b.batch.data, 10);
	head = request;
	head.method = "HEAD";
	head.path = b.path;
	run(&b, &x, &head, 0, 0);
	assert_int_equal(x.answer.offset, 10);
	tus_done(&x);
	(void)tus_body(&slow, b.batch.data + 10, 10);
	tus_end(&slow);
	assert_int_equal(slow.answer.status, 409);
	assert_int_equal(b.server.uploads.list[0].offset, 10);
	tus_done(&slow);
	teardown(&b);
}

static void a_body_that_is_not_its_id_is_discarded(void **state)
{
	struct request request;
	struct exchange x;
	struct bench b;

	(void)state;
	setup(&b);
	request = create(&b, true);
	b.batch.data[b.batch.len / 2] ^= 1;
	run(&b, &x, &request, 0, b.batch.len);
	assert_int_equal(x.answer.status, 460);
	tus_done(&x);
	assert_int_equal(b.server.uploads.count, 0);
	b.batch.data[b.batch.len / 2] ^= 1;
	request.has_body = false;
	request.content_type = NULL;
	run(&b, &x, &request, 0, 0);
	assert_int_equal(x.answer.status, 201);
	assert_int_equal(x.answer.offset, 0);
	tus_done(&x);
	teardown(&b);
}

static void bytes_beyond_the_announced_length_are_refused(void **state)
{
	struct request request;
	struct exchange x;
	struct bench b;

	(void)state;
	setup(&b);
	request = create(&b, true);
	request.upload_length = "100";
	run(&b, &x, &request, 0, b.batch.len);
	assert_int_equal(x.answer.status, 413);
	tus_done(&x);
	/* The same id with another length is a lie. */
	request.upload_length = "101";
	assert_int_equal(status_of(&b, &request), 400);
	teardown(&b);
}

static void unfinished_uploads_survive_a_killed_hub_and_are_bounded(void **state)
{
	struct request request;
	struct exchange x;
	struct err err = { 0 };
	struct bench b;

	(void)state;
	setup(&b);
	request = create(&b, true);
	tus_begin(&x, &b.server, &request);
	(void)tus_body(&x, b.batch.data, 33);
	tus_done(&x);
	uploads_close(&b.server.uploads);
	assert_int_equal(uploads_open(&b.server.uploads, b.hub.dir, &err), RC_OK);
	assert_int_equal(b.server.uploads.count, 1);
	assert_int_equal(b.server.uploads.list[0].offset, 33);
	request.has_body = false;
	request.content_type = NULL;
	for (unsigned i = 0; i < UPLOADS_PER_DEVICE + 5; i++) {
		uint8_t id[BATCH_ID] = { (uint8_t)(i + 1) };
		char metadata[96] = "batch ";

		base64_of(id, BATCH_ID, metadata + 6, sizeof(metadata) - 6);
		request.upload_metadata = metadata;
		assert_int_equal(status_of(&b, &request), i + 1 < UPLOADS_PER_DEVICE ? 201 : 429);
	}
	teardown(&b);
}

static void a_device_that_cost_too_much_comes_later(void **state)
{
	struct request request, head;
	struct exchange x;
	struct bench b;

	(void)state;
	setup(&b);
	debts_add(&b.server.debts, b.app.device, DEBT_BURST_MS + 5000, clock_system());
	request = create(&b, true);
	run(&b, &x, &request, 0, b.batch.len);
	assert_int_equal(x.answer.status, 429);
	assert_in_range(x.answer.retry_after, 1, 50);
	tus_done(&x);
	assert_int_equal(b.server.uploads.count, 0);
	/* What it asks is answered all the same, and when it has paid its batch is taken. */
	head = (struct request){ .method = "GET", .path = "/feed", .authorization = b.bearer };
	assert_int_equal(status_of(&b, &head), 200);
	b.server.debts.count = 0;
	assert_int_equal(status_of(&b, &request), 201);
	assert_int_equal(b.server.debts.count, 1);
	teardown(&b);
}

static void feed_health_and_metrics_answer(void **state)
{
	static const struct {
		const char *path, *after;
		int status;
	} cases[] = {
		{ "/feed", NULL, 200 },	  { "/feed", "0", 200 },     { "/feed", "999999", 204 },
		{ "/feed", "-1", 400 },	  { "/feed", "x", 400 },     { "/metrics", NULL, 200 },
		{ "/health", NULL, 200 }, { "/nothing", NULL, 404 },
	};
	struct bench b;

	(void)state;
	setup(&b);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct request request = { .method = "GET",
					   .path = cases[i].path,
					   .after = cases[i].after,
					   .authorization =
						   strcmp(cases[i].path, "/health") ? b.bearer : NULL };

		case_name(cases[i].path);
		assert_int_equal(status_of(&b, &request), cases[i].status);
	}
	teardown(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(creation_is_refused_rule_by_rule),
		cmocka_unit_test(one_request_carries_a_batch_and_brings_the_receipt),
		cmocka_unit_test(a_cut_after_any_byte_is_resumed),
		cmocka_unit_test(a_head_takes_over_from_a_half_open_patch),
		cmocka_unit_test(a_body_that_is_not_its_id_is_discarded),
		cmocka_unit_test(bytes_beyond_the_announced_length_are_refused),
		cmocka_unit_test(unfinished_uploads_survive_a_killed_hub_and_are_bounded),
		cmocka_unit_test(a_device_that_cost_too_much_comes_later),
		cmocka_unit_test(feed_health_and_metrics_answer),
	};

	return cmocka_run_group_tests_name("tus", tests, NULL, NULL);
}
