/* t_hub_http.c - what arrives on a hub's socket: lies, garbage, slowness, crowds; over real connections. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/base/hash.h"
#include "sync/hub/hub.h"
#include "tests/unit/case.h"
#include "tests/unit/hubs.h"
#include "tests/unit/served.h"
#include "tests/unit/ward.h"

struct bench {
	struct hub hub;
	struct app app, other;
	struct served served;
	struct identity identity, others;
	struct buf batch, theirs, answer, request;
	char dir[256], metadata[96], path[96];
};

static void name_batch(const struct buf *batch, char metadata[96], char path[96])
{
	char hex[2 * BATCH_ID + 1];
	uint8_t id[BATCH_ID];

	assert_int_equal(batch_peek(batch->data, batch->len, id, NULL), RC_OK);
	hex_of(id, BATCH_ID, hex);
	memcpy(metadata, "batch ", 7);
	base64_of(id, BATCH_ID, metadata + 6, 90);
	(void)snprintf(path, 96, "/batches/%s", hex);
}

static void setup(struct bench *b, const struct listen *limits)
{
	struct err err = { 0 };

	memset(b, 0, sizeof(*b));
	b->batch = (struct buf)BUF(BATCH_MAX);
	b->theirs = (struct buf)BUF(BATCH_MAX);
	b->answer = (struct buf)BUF(1 << 20);
	b->request = (struct buf)BUF(1 << 20);
	hubs_open(&b->hub);
	(void)snprintf(b->dir, sizeof(b->dir), "%s", b->hub.dir);
	hubs_device(&b->hub, &b->app, 1, DEVICE_COUNTER);
	hubs_device(&b->hub, &b->other, 2, DEVICE_COUNTER);
	hubs_dossier(&b->app, "H11.25-241025-0101");
	hubs_dossier(&b->other, "H11.25-241025-0201");
	hubs_batch(&b->app, 0, &b->batch);
	hubs_batch(&b->other, 0, &b->theirs);
	assert_int_equal(identity_load(&b->app, &b->identity, &err), RC_OK);
	assert_int_equal(identity_load(&b->other, &b->others, &err), RC_OK);
	name_batch(&b->batch, b->metadata, b->path);
	hub_close(&b->hub);
	served_start(&b->served, b->dir, limits);
}

/* Stop it and open its stores here again: what has it kept? */
static void stopped(struct bench *b)
{
	assert_int_equal(served_stop(&b->served), 0);
	hubs_reopen(&b->hub);
	assert_int_equal(b->hub.wards_count, 1);
}

static void clear_incoming(const char *data)
{
	char path[600];
	struct dirent *entry;
	DIR *folder;

	(void)snprintf(path, sizeof(path), "%s/incoming", data);
	folder = opendir(path);
	while (folder && (entry = readdir(folder))) {
		(void)snprintf(path, sizeof(path), "%s/incoming/%s", data, entry->d_name);
		(void)unlink(path);
	}
	if (folder)
		closedir(folder);
}

static size_t incoming(const char *data)
{
	char path[600];
	struct dirent *entry;
	size_t count = 0;
	DIR *folder;

	(void)snprintf(path, sizeof(path), "%s/incoming", data);
	folder = opendir(path);
	assert_non_null(folder);
	while ((entry = readdir(folder)))
		count += entry->d_name[0] != '.';
	closedir(folder);
	return count;
}

/* Until so many bytes of unfinished uploads are on disk; a HEAD would make their writer stale. */
static void wait_for_bytes(const char *data, off_t wanted)
{
	char path[600];
	struct stat there;

	for (int i = 0; i < 2000; i++) {
		struct dirent *entry;
		off_t found = -1;
		DIR *folder;

		(void)snprintf(path, sizeof(path), "%s/incoming", data);
		folder = opendir(path);
		while (folder && (entry = readdir(folder))) {
			(void)snprintf(path, sizeof(path), "%s/incoming/%s", data, entry->d_name);
			if (entry->d_name[0] != '.' && !stat(path, &there))
				found = there.st_size;
		}
		if (folder)
			closedir(folder);
		if (found >= wanted)
			return;
		usleep(5000);
	}
	fail_msg("the bytes do not arrive");
}

static void teardown(struct bench *b)
{
	clear_incoming(b->dir);
	served_forget(&b->served);
	identity_done(&b->identity);
	identity_done(&b->others);
	buf_done(&b->batch);
	buf_done(&b->theirs);
	buf_done(&b->answer);
	buf_done(&b->request);
	ward_close(&b->app);
	ward_close(&b->other);
	hubs_close(&b->hub);
}

/* The head of a request: every upload's headers but those given. */
static void head(struct bench *b, const char *first, const char *more, size_t content)
{
	buf_clear(&b->request);
	buf_printf(&b->request, "%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n", first,
		   b->identity.token);
	if (content != SIZE_MAX)
		buf_printf(&b->request, "Content-Length: %zu\r\n", content);
	buf_printf(&b->request, "%s\r\n", more);
}

static void create_head(struct bench *b, size_t announced, size_t content)
{
	char more[300];

	(void)snprintf(more, sizeof(more),
		       "Content-Type: application/offset+octet-stream\r\nUpload-Length: %zu\r\n"
		       "Upload-Metadata: %s\r\n", announced, b->metadata);
	head(b, "POST /batches", more, content);
}

static void patch_head(struct bench *b, size_t offset, size_t content)
{
	char first[128], more[128];

	(void)snprintf(first, sizeof(first), "PATCH %s", b->path);
	(void)snprintf(more, sizeof(more), "Content-Type: application/offset+octet-stream\r\nUpload-Offset: %zu\r\n",
		       offset);
	head(b, first, more, content);
}

static int ask(struct bench *b)
{
	return served_ask(&b->served, b->request.data, b->request.len, &b->answer);
}

/* An honest client's whole business: it is served, whoever else is there. */
static void honest_is_served(struct bench *b)
{
	create_head(b, b->batch.len, b->batch.len);
	buf_add(&b->request, b->batch.data, b->batch.len);
	assert_int_equal(ask(b), 201);
	assert_non_null(strstr(buf_str(&b->answer), "Motcua-Receipt: "));
}

static size_t offset_there(struct bench *b)
{
	char first[128], room[24];

	(void)snprintf(first, sizeof(first), "HEAD %s", b->path);
	head(b, first, "", SIZE_MAX);
	assert_int_equal(ask(b), 200);
	return strtoul(served_header(&b->answer, "Upload-Offset", room, sizeof(room)), NULL, 10);
}

#define UPLOAD "Content-Type: application/offset+octet-stream\r\n"
#define ID64 "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="

static const struct {
	const char *what, *first, *more;
	size_t content; /* SIZE_MAX: no Content-Length */
	int status;
} lies[] = {
	{ "no path of ours", "GET /etc/passwd", "", SIZE_MAX, 404 },
	{ "a path that climbs", "GET /batches/../../key", "", SIZE_MAX, 404 },
	{ "a method unknown here", "DELETE /batches", "", SIZE_MAX, 405 },
	{ "another on an upload", "PUT /batches/"
				  "0000000000000000000000000000000000000000000000000000000000000000",
	  "", 0, 405 },
	{ "a length below nought", "POST /batches", UPLOAD "Upload-Length: -5\r\nUpload-Metadata: batch " ID64 "\r\n", 0,
	  400 },
	{ "a length past a batch", "POST /batches",
	  UPLOAD "Upload-Length: 262145\r\nUpload-Metadata: batch " ID64 "\r\n", 0, 413 },
	{ "a length past all numbers", "POST /batches",
	  UPLOAD "Upload-Length: 18446744073709551616\r\nUpload-Metadata: batch " ID64 "\r\n", 0, 400 },
	{ "control characters in metadata", "POST /batches",
	  UPLOAD "Upload-Length: 9\r\nUpload-Metadata: ba\001tch\t" ID64 "\r\n", 0, 400 },
	{ "metadata that climbs", "POST /batches",
	  UPLOAD "Upload-Length: 9\r\nUpload-Metadata: batch Li4vLi4vLi4vZXRjL3Bhc3N3ZA==\r\n", 0, 400 },
	{ "metadata twice", "POST /batches",
	  UPLOAD "Upload-Length: 9\r\nUpload-Metadata: batch " ID64 ",batch " ID64 "\r\n", 0, 400 },
	{ "an offset in words", "PATCH /batches/"
				"0000000000000000000000000000000000000000000000000000000000000000",
	  UPLOAD "Upload-Offset: none\r\n", 0, 400 },
	{ "an upload nobody began", "PATCH /batches/"
				    "0000000000000000000000000000000000000000000000000000000000000000",
	  UPLOAD "Upload-Offset: 0\r\n", 0, 404 },
	{ "a body of another type", "POST /batches",
	  "Content-Type: text/html\r\nUpload-Length: 9\r\nUpload-Metadata: batch " ID64 "\r\n", 9, 415 },
	{ "a cursor that is none", "GET /feed?after=%ff%01", "", SIZE_MAX, 400 },
};

static void every_lie_has_its_answer(void **state)
{
	struct buf log = BUF(1 << 20);
	struct bench b;

	(void)state;
	setup(&b, NULL);
	for (size_t i = 0; i < ARRAY_LEN(lies); i++) {
		char wanted[32];

		case_name(lies[i].what);
		head(&b, lies[i].first, lies[i].more, lies[i].content);
		if (lies[i].content && lies[i].content != SIZE_MAX)
			buf_add(&b.request, "Nguyễn Văn", lies[i].content);
		assert_int_equal(ask(&b), lies[i].status);
		served_log(&b.served, &log);
		(void)snprintf(wanted, sizeof(wanted), "\"status\":%d,", lies[i].status);
		assert_non_null(strstr(buf_str(&log), wanted));
	}
	assert_null(strstr(buf_str(&log), "Nguy"));
	assert_null(strstr(buf_str(&log), "passwd"));
	assert_null(strstr(buf_str(&log), b.identity.token));
	honest_is_served(&b);
	stopped(&b);
	assert_int_equal(incoming(b.dir), 0);
	assert_int_equal(row_count(b.hub.wards[0]->app.db, REC_DOSSIER), 1);
	buf_done(&log);
	teardown(&b);
}

/* What is no HTTP at all, or not quite: an error or an end, and the next client is served. */
static void garbage_is_refused(void **state)
{
	static const struct {
		const char *what, *bytes;
		int status; /* 0: any refusal, or just the end */
	} cases[] = {
		{ "words", "GARBAGE\r\n\r\n", 0 },
		{ "a TLS hello", "\026\003\001\002\001\001\r\n\r\n\r\n\r\n", 0 },
		{ "a version of the future", "GET /health HTTP/9.9\r\n\r\n", 505 },
		{ "a length that is none", "POST /batches HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n", 400 },
		{ "a length below nought", "POST /batches HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400 },
		{ "chunks that are none",
		  "POST /batches HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n0\r\n\r\n", 0 },
		{ "no token", "GET /feed HTTP/1.1\r\nHost: h\r\n\r\n", 401 },
	};
	struct buf log = BUF(1 << 20);
	struct bench b;

	(void)state;
	setup(&b, NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int status, fd = served_connect(&b.served);

		case_name(cases[i].what);
		served_send(fd, cases[i].bytes, strlen(cases[i].bytes));
		(void)shutdown(fd, SHUT_WR);
		status = served_answer(fd, &b.answer);
		close(fd);
		if (cases[i].status)
			assert_int_equal(status, cases[i].status);
		else
			assert_true(!status || status >= 400);
	}
	/* A head of 20 KiB. */
	head(&b, "GET /feed", "X-Long: ", SIZE_MAX);
	b.request.len -= 2;
	for (int i = 0; i < 20000; i++)
		buf_byte(&b.request, 'a');
	buf_text(&b.request, "\r\n\r\n");
	assert_int_equal(ask(&b), 431);
	served_log(&b.served, &log);
	assert_non_null(strstr(buf_str(&log), "malformed"));
	honest_is_served(&b);
	stopped(&b);
	buf_done(&log);
	teardown(&b);
}

static void bodies_that_do_not_keep_their_word(void **state)
{
	struct bench b;
	int fd;

	(void)state;
	setup(&b, NULL);
	/* More than Upload-Length, by Content-Length and in chunks: nothing of it stays. */
	create_head(&b, 10, b.batch.len);
	buf_add(&b.request, b.batch.data, b.batch.len);
	assert_int_equal(ask(&b), 413);
	create_head(&b, 10, SIZE_MAX);
	b.request.len -= 2;
	buf_text(&b.request, "Transfer-Encoding: chunked\r\n\r\n40\r\n");
	buf_add(&b.request, b.batch.data, 0x40);
	buf_text(&b.request, "\r\n0\r\n\r\n");
	assert_int_equal(ask(&b), 413);
	/* The same id with its true length is another announcement. */
	create_head(&b, b.batch.len, 0);
	assert_int_equal(ask(&b), 400);
	served_kill(&b.served);
	clear_incoming(b.dir);
	served_start(&b.served, b.dir, NULL);
	/* Less than Content-Length, then gone: what came is kept, and the rest is asked for. */
	create_head(&b, b.batch.len, b.batch.len);
	fd = served_connect(&b.served);
	served_send(fd, b.request.data, b.request.len);
	served_send(fd, b.batch.data, 100);
	wait_for_bytes(b.dir, 100);
	close(fd);
	assert_int_equal(offset_there(&b), 100);
	/* An offset that lies, either way; then the truth, in chunks. */
	patch_head(&b, 101, 1);
	buf_byte(&b.request, 'x');
	assert_int_equal(ask(&b), 409);
	patch_head(&b, 0, 1);
	buf_byte(&b.request, 'x');
	assert_int_equal(ask(&b), 409);
	patch_head(&b, 100, SIZE_MAX);
	b.request.len -= 2;
	buf_printf(&b.request, "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", b.batch.len - 100);
	buf_add(&b.request, b.batch.data + 100, b.batch.len - 100);
	buf_text(&b.request, "\r\n0\r\n\r\n");
	assert_int_equal(ask(&b), 204);
	assert_non_null(strstr(buf_str(&b.answer), "Motcua-Receipt: "));
	stopped(&b);
	assert_int_equal(row_count(b.hub.wards[0]->app.db, REC_DOSSIER), 1);
	teardown(&b);
}

static void a_head_takes_over_and_requests_may_be_pipelined(void **state)
{
	struct bench b;
	int slow, fd;

	(void)state;
	setup(&b, NULL);
	create_head(&b, b.batch.len, b.batch.len);
	slow = served_connect(&b.served);
	served_send(slow, b.request.data, b.request.len);
	served_send(slow, b.batch.data, 50);
	wait_for_bytes(b.dir, 50);
	assert_int_equal(offset_there(&b), 50);
	/* The first writer is stale now: its next byte is not believed. */
	served_send(slow, b.batch.data + 50, b.batch.len - 50);
	assert_int_equal(served_answer(slow, &b.answer), 409);
	close(slow);
	assert_int_equal(offset_there(&b), 50);
	/* The rest, and three questions behind it in the same breath. */
	patch_head(&b, 50, b.batch.len - 50);
	buf_add(&b.request, b.batch.data + 50, b.batch.len - 50);
	for (int i = 0; i < 3; i++)
		buf_text(&b.request, "GET /health HTTP/1.1\r\nHost: h\r\n\r\n");
	fd = served_connect(&b.served);
	served_send(fd, b.request.data, b.request.len);
	assert_int_equal(served_answer(fd, &b.answer), 204);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(served_answer(fd, &b.answer), 200);
		assert_non_null(strstr(buf_str(&b.answer), "\"status\":\"ok\""));
	}
	close(fd);
	stopped(&b);
	assert_int_equal(row_count(b.hub.wards[0]->app.db, REC_DOSSIER), 1);
	teardown(&b);
}

static void a_thousand_half_open_uploads(void **state)
{
	size_t made = 0, refused = 0;
	struct bench b;

	(void)state;
	setup(&b, NULL);
	for (unsigned i = 0; i < 1000; i++) {
		uint8_t id[BATCH_ID] = { (uint8_t)i, (uint8_t)(i >> 8), 1 };
		int status;

		base64_of(id, BATCH_ID, b.metadata + 6, sizeof(b.metadata) - 6);
		create_head(&b, BATCH_MAX, 0);
		status = ask(&b);
		made += status == 201;
		refused += status == 429;
	}
	assert_int_equal(made, UPLOADS_PER_DEVICE);
	assert_int_equal(refused, 1000 - UPLOADS_PER_DEVICE);
	assert_int_equal(incoming(b.dir), UPLOADS_PER_DEVICE);
	/* The other counter goes on. */
	b.identity.token[0] = '\0';
	memcpy(b.identity.token, b.others.token, sizeof(b.identity.token));
	name_batch(&b.theirs, b.metadata, b.path);
	create_head(&b, b.theirs.len, b.theirs.len);
	buf_add(&b.request, b.theirs.data, b.theirs.len);
	assert_int_equal(ask(&b), 201);
	stopped(&b);
	teardown(&b);
}

/* A sanitizer keeps what was freed and shadows the rest. */
#if defined(__SANITIZE_ADDRESS__)
enum { MIB_MAX = 640 };
#else
enum { MIB_MAX = 64 };
#endif

/* Every one of a crowd says a byte now and then; the honest are served, memory stays, and the crowd is sent away. */
static void a_slow_crowd_makes_room(void **state)
{
	enum { CROWD = 1100 };
	const struct listen limits = { .head_s = 2 };
	struct rlimit files = { 4096, 4096 };
	static int crowd[CROWD];
	unsigned told[3] = { 0 };
	struct bench b;

	(void)state;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	setup(&b, &limits);
	for (size_t i = 0; i < CROWD; i++) {
		crowd[i] = served_connect(&b.served);
		served_send(crowd[i], "P", 1);
	}
	for (size_t i = 0; i < CROWD; i++)
		served_send(crowd[i], "O", 1);
	honest_is_served(&b);
	assert_in_range(served_rss(&b.served), 1, MIB_MAX * 1024);
	for (size_t i = 0; i < CROWD; i++) {
		int status = served_answer(crowd[i], &b.answer);

		told[status == 503 ? 0 : status == 408 ? 1 : 2]++;
		close(crowd[i]);
	}
	/* The first came too early to be among the thousand: 503; the others took too long: 408. */
	assert_in_range(told[0], 50, 200);
	assert_in_range(told[1], 900, 1050);
	honest_is_served(&b);
	stopped(&b);
	teardown(&b);
}

static void a_stop_ends_what_is_under_way(void **state)
{
	struct bench b;
	int fd;

	(void)state;
	setup(&b, NULL);
	create_head(&b, b.batch.len, b.batch.len);
	fd = served_connect(&b.served);
	served_send(fd, b.request.data, b.request.len);
	served_send(fd, b.batch.data, 10);
	wait_for_bytes(b.dir, 10);
	assert_int_equal(kill(b.served.pid, SIGTERM), 0);
	usleep(100000);
	served_send(fd, b.batch.data + 10, b.batch.len - 10);
	assert_int_equal(served_answer(fd, &b.answer), 201);
	assert_non_null(strstr(buf_str(&b.answer), "Motcua-Receipt: "));
	close(fd);
	stopped(&b);
	assert_int_equal(row_count(b.hub.wards[0]->app.db, REC_DOSSIER), 1);
	teardown(&b);
}

/* Head and end arrive in one: the server is stopped meanwhile. The end is seen, soon, and when it is asked to stop. */
static void a_body_that_ends_before_it_begins(void **state)
{
	struct bench b;
	int fd;

	(void)state;
	for (int stops = 0; stops < 2; stops++) {
		case_name(stops ? "while stopping" : "while serving");
		setup(&b, NULL);
		create_head(&b, b.batch.len, b.batch.len);
		fd = served_connect(&b.served);
		served_send(fd, b.request.data, 20);
		usleep(100000);
		assert_int_equal(kill(b.served.pid, SIGSTOP), 0);
		served_send(fd, b.request.data + 20, b.request.len - 20);
		assert_int_equal(shutdown(fd, SHUT_WR), 0);
		assert_int_equal(kill(b.served.pid, SIGCONT), 0);
		usleep(100000);
		if (stops)
			assert_int_equal(kill(b.served.pid, SIGTERM), 0);
		assert_int_equal(served_answer(fd, &b.answer), 400);
		close(fd);
		if (!stops)
			honest_is_served(&b);
		stopped(&b);
		teardown(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_lie_has_its_answer),
		cmocka_unit_test(garbage_is_refused),
		cmocka_unit_test(bodies_that_do_not_keep_their_word),
		cmocka_unit_test(a_head_takes_over_and_requests_may_be_pipelined),
		cmocka_unit_test(a_thousand_half_open_uploads),
		cmocka_unit_test(a_slow_crowd_makes_room),
		cmocka_unit_test(a_stop_ends_what_is_under_way),
		cmocka_unit_test(a_body_that_ends_before_it_begins),
	};

	return cmocka_run_group_tests_name("hub_http", tests, NULL, NULL);
}
