/*
 * t_line_cuts.c - a day's exchange over real sockets, its connection cut after every byte k in either
 * direction: in the same round the rest follows, and there is exactly one copy of everything on both sides.
 *
 * The device, the code of motcua-link, a proxy that cuts and a hub are one process, forked anew for every k:
 * what one cut left behind is no part of the next. Every eleventh byte is tried; LINE_CUTS_STEP=1 tries them
 * all (100 s of a core).
 */
#include "core/import.h"
#include "db/base/child.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/carrier.h"
#include "sync/dict_data.h"
#include "sync/hub/http.h"
#include "sync/link/client.h"
#include "sync/link/pause.h"
#include "tests/unit/cutline.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { DOSSIERS = 25, ASSISTS = 8, OTHER_CUTS = 16 };

/* No dictionary here: a batch is a little longer, and opening it takes a tenth of the time. */
const struct dictionary dictionaries[] = { { .number = 0 } };
const size_t dictionaries_count = ARRAY_LEN(dictionaries);

/* The helper's place: what motcua says to motcua-link runs here, with no pause between two tries. */

static struct {
	struct link_job job;
	struct buf said; /* type, length in four bytes, the bytes; … */
	size_t at;
} helper;

static void keep_frame(void *ctx, uint8_t type, const void *data, size_t len)
{
	uint32_t size = (uint32_t)len;

	(void)ctx;
	buf_byte(&helper.said, type);
	buf_add(&helper.said, &size, sizeof(size));
	buf_add(&helper.said, data, len);
}

int64_t pause_now_ms(void)
{
	return 0;
}

void pause_before(unsigned attempt)
{
	(void)attempt;
}

enum rc child_start(struct child *child, const char *name, const struct child_limits *limits, struct err *err)
{
	(void)name;
	(void)limits;
	(void)err;
	*child = (struct child){ .pid = -1, .to = -1, .from = -1 };
	helper.job = (struct link_job)LINK_JOB;
	helper.said = (struct buf)BUF(4 << 20);
	helper.at = 0;
	return RC_OK;
}

enum rc child_send(struct child *child, uint8_t type, const void *data, size_t len, struct err *err)
{
	struct buf bytes = BUF(LINK_BODY_MAX + LINK_ID);
	bool taken;

	(void)child;
	buf_add(&bytes, data, len);
	taken = link_take(&helper.job, type, &bytes);
	buf_done(&bytes);
	return taken ? RC_OK : err_set(err, RC_FAILED, "không có việc", "no job");
}

void child_close_input(struct child *child)
{
	(void)child;
	if (link_ready(&helper.job))
		link_run(&helper.job, keep_frame, NULL);
}

enum rc child_receive(struct child *child, int timeout_ms, uint8_t *type, struct span *bytes, struct err *err)
{
	uint32_t size;

	(void)child;
	(void)timeout_ms;
	(void)err;
	if (helper.at == helper.said.len)
		return RC_NONE;
	*type = helper.said.data[helper.at];
	memcpy(&size, helper.said.data + helper.at + 1, sizeof(size));
	*bytes = (struct span){ helper.said.data + helper.at + 1 + sizeof(size), size };
	helper.at += 1 + sizeof(size) + size;
	return RC_OK;
}

void child_end(struct child *child, int *status)
{
	(void)child;
	(void)status;
	link_job_done(&helper.job);
	buf_done(&helper.said);
}

static struct cutline line;
static int hub_fd;

/* A day, ready to go: its batch is sealed, the hub knows the device and holds a batch of the other counter.
 */

static struct app counter;
static char folder[48], hub_data[64], hub_key[64], hub_run[64];
static uint64_t day_events;

static bool wanted(const char *text, char codes[DOSSIERS][48], unsigned *dossiers, unsigned *assists)
{
	const char *code = strstr(text, "\"dossier_code\":\"");
	size_t skip = 16;

	if (strstr(text, "\"kind\":\"assist\""))
		return !code && (*assists)++ < ASSISTS;
	if (strstr(text, "\"kind\":\"dossier\"")) {
		if (*dossiers == DOSSIERS)
			return false;
		code = strstr(text, "\"code\":\"");
		assert_non_null(code);
		(void)snprintf(codes[(*dossiers)++], 48, "%.*s", (int)strcspn(code + 8, "\""), code + 8);
		return true;
	}
	for (unsigned i = 0; code && i < *dossiers; i++)
		if (!strncmp(code + skip, codes[i], strlen(codes[i])))
			return true;
	return false;
}

static void ignore_note(void *ctx, size_t at, bool is_warning, const struct err *why)
{
	(void)ctx;
	(void)at;
	(void)is_warning;
	(void)why;
}

/* The first day of the invented ward. */
static void import_day(void)
{
	const struct import_options options = { .note = ignore_note };
	struct import_result result;
	char codes[DOSSIERS][48], *text = NULL;
	unsigned dossiers = 0, assists = 0;
	size_t room = 0;
	FILE *all = fopen("tests/fixtures/demo.jsonl", "r"), *day = tmpfile();
	struct err err = { 0 };

	assert_true(all && day);
	while (getline(&text, &room, all) > 0)
		if (wanted(text, codes, &dossiers, &assists))
			(void)fputs(text, day);
	free(text);
	(void)fclose(all);
	rewind(day);
	if (import_file(&counter, day, &options, &result, &err))
		fail_msg("%s", err.en);
	(void)fclose(day);
	assert_true(result.made > DOSSIERS + ASSISTS);
}

static void open_counter(struct hub *hub, struct app *app, unsigned number)
{
	ward_open_memory(app, number);
	(void)snprintf(app->unit, sizeof(app->unit), "H10.16");
	clock_set_test(INT64_C(1795516200000)); /* 2026-11-24 17:30 */
	hubs_enrol(hub, app, number, DEVICE_COUNTER);
}

/* The n-th batch of a counter to the hub, and its receipt back. */
static void deliver(struct hub *hub, struct app *app, size_t n)
{
	struct buf batch = BUF(BATCH_MAX);
	struct ingested in;

	hubs_batch(app, n, &batch);
	(void)hubs_deliver(hub, app, &batch, &in);
	buf_done(&batch);
}

/* What two new stores have to say first (a whole catalogue) has been exchanged; then the day is made. */
static void make_day(struct hub *hub)
{
	uint8_t head[DB_HEAD_SIZE];
	struct identity identity;
	struct err err = { 0 };
	struct app other;
	size_t sealed;

	open_counter(hub, &other, 2);
	open_counter(hub, &counter, 1);
	deliver(hub, &other, 0);
	deliver(hub, &counter, 0);
	(void)hubs_follow(hub, &counter);
	hubs_dossier(&other, "H10.16-261124-0201");
	deliver(hub, &other, 1);
	ward_close(&other);
	clock_set_test(INT64_C(1795516200000));
	import_day();
	assert_int_equal(identity_load(&counter, &identity, &err), RC_OK);
	assert_int_equal(outbox_seal(&counter, &identity, &sealed, &err), RC_OK);
	assert_int_equal(journal_head(counter.db, counter.device, 1, &day_events, head, &err), RC_OK);
	identity_done(&identity);
}

static int prepare(void **state)
{
	struct link_job nothing = LINK_JOB;
	struct hub hub = { 0 };
	struct err err = { 0 };

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/motcua-cuts-XXXXXX",
		       access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(hub_data, sizeof(hub_data), "%s/data", folder);
	(void)snprintf(hub_key, sizeof(hub_key), "%s/key", folder);
	(void)snprintf(hub_run, sizeof(hub_run), "%s/run", folder);
	assert_int_equal(hub_make(hub_data, hub_key, &err), RC_OK);
	assert_int_equal(hub_open(&hub, hub_data, hub_key, &err), RC_OK);
	make_day(&hub);
	hub_close(&hub);
	line.passed =
		mmap(NULL, sizeof(size_t[WAYS]), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(line.passed != MAP_FAILED);
	line.near_fd = cutline_listen(&line.near_port);
	hub_fd = cutline_listen(&line.hub_port);
	helper.said = (struct buf)BUF(64);
	link_run(&nothing, keep_frame, NULL); /* its libraries begin here, once for all processes */
	buf_done(&helper.said);
	return 0;
}

static void remove_all(const char *dir)
{
	static const char *const names[] = { "H10.16.motcua", "H10.16.motcua-wal", "incoming" };
	char path[96];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		(void)remove(path);
	}
	(void)rmdir(dir);
}

static int clean_up(void **state)
{
	(void)state;
	remove_all(hub_run);
	remove_all(hub_data);
	(void)unlink(hub_key);
	(void)rmdir(folder);
	ward_close(&counter);
	return 0;
}

/* One exchange in a process of its own. What fails there is said and ends it. */

static int said_fd = STDERR_FILENO;

static void need(bool good, const char *what, const char *detail)
{
	if (good)
		return;
	dprintf(said_fd, "%s after %zu bytes%s: %s %s\n", line.cut.way == UP ? "up" : "down", line.cut.at,
		line.cut.orderly ? ", orderly" : "", what, detail);
	_exit(1);
}

struct host {
	struct hub hub;
	struct server server;
	pthread_t serving, carrying;
};

static void *serve(void *ctx)
{
	struct host *host = ctx;
	struct listen listen = { .socket = hub_fd };
	struct err err = { 0 };
	enum rc rc = http_serve(&host->server, &listen, &err);

	need(!rc, "the hub", err.en);
	return NULL;
}

static void copy_store(void)
{
	char from[96], to[96];
	struct buf bytes = BUF(64 << 20);

	(void)snprintf(from, sizeof(from), "%s/H10.16.motcua", hub_data);
	(void)snprintf(to, sizeof(to), "%s/H10.16.motcua", hub_run);
	need(!mkdir(hub_run, 0700) && !file_read(from, &bytes, NULL) &&
		     !file_write_atomic(to, bytes.data, bytes.len, NULL),
	     "the hub's store", "is not copied");
	buf_done(&bytes);
}

static void start(struct host *host)
{
	struct err err = { 0 };

	copy_store();
	need(!hub_open(&host->hub, hub_run, hub_key, &err) && !hub_open_all(&host->hub, &err), "the hub",
	     err.en);
	host->server.hub = &host->hub;
	need(!uploads_open(&host->server.uploads, hub_run, &err), "uploads", err.en);
	need(!pthread_create(&host->serving, NULL, serve, host) &&
		     !pthread_create(&host->carrying, NULL, cutline_run, &line),
	     "threads", "");
}

static enum rc add_row(void *ctx, const struct row *row, struct err *err)
{
	uint64_t *sum = ctx, one;
	uint8_t hash[HASH_SHORT];
	struct buf bytes = BUF(1 << 20);

	(void)err;
	wire_put_uint(&bytes, row->kind);
	wire_put_uint(&bytes, row->rev);
	rec_pack(&row->body, &bytes);
	hash_of(bytes.data, bytes.len, hash, sizeof(hash));
	memcpy(&one, hash, sizeof(one));
	*sum += one;
	buf_done(&bytes);
	return RC_OK;
}

/* What a side holds, whatever the order it came in: a sum that a missing, doubled or changed row changes. */
static uint64_t rows_of(struct app *app)
{
	static const enum rec_kind kinds[] = { REC_DOSSIER, REC_SCAN, REC_ASSIST };
	uint64_t sum = 0;
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		need(!row_walk(app->db, kinds[i], add_row, &sum, &err), "rows", err.en);
	return sum;
}

static uint64_t events_of(struct app *app, const uint8_t device[DEVICE_ID])
{
	uint8_t head[DB_HEAD_SIZE];
	uint64_t last = 0;

	need(!journal_head(app->db, device, 1, &last, head, NULL), "journal", "");
	return last;
}

static void need_all_green(const struct round *round)
{
	struct outbox_status status;
	struct err err = { 0 };

	need(!round->problems, "a problem for the clerk:", round->last_problem.en);
	need(!outbox_status(&counter, &status, &err), "status", err.en);
	need(round->acknowledged_to == day_events, "acknowledged", "too little");
	need(!status.unsent_events && !status.unsent_batches, "something", "is still unsent");
	need(!status.last_error.rc, "an error stands in the status line:", status.last_error.en);
}

static void need_one_copy(struct host *host)
{
	static const uint8_t other[DEVICE_ID] = { [DEVICE_ID - 1] = 2 };
	struct app *hub = &host->hub.wards[0]->app;

	need(events_of(hub, counter.device) == day_events, "the hub", "holds another number of events");
	need(events_of(hub, other) == events_of(&counter, other), "the feed", "did not come whole");
	need(row_count(hub->db, REC_DOSSIER) == DOSSIERS + 1, "dossiers", "at the hub");
	need(row_count(counter.db, REC_DOSSIER) == DOSSIERS + 1, "dossiers", "at the counter");
	need(rows_of(hub) == rows_of(&counter), "rows", "differ");
	need(!host->server.uploads.count, "an upload", "is left half");
}

static void exchange(unsigned rounds)
{
	static struct host host;
	struct round round = { 0 };
	struct err err = { 0 };
	enum rc rc = RC_LINK;
	char url[64];

	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u", line.near_port);
	start(&host);
	for (unsigned i = 0; i < rounds && rc == RC_LINK; i++) {
		rc = line_round(&counter, url, &round, NULL, NULL, &err);
		need(!rc || (rc == RC_LINK && !round.problems), "the round:", rc ? err.en : "");
	}
	need(!rc, "no round ended well:", err.en);
	need_all_green(&round);
	/* Once more changes nothing. */
	rc = line_round(&counter, url, &round, NULL, NULL, &err);
	need(!rc && !round.events_sent && !round.batches_received && !round.batches_sent, "once more",
	     err.en);
	/* The hub has answered all there was: its thread sleeps while this one looks at what it holds. */
	need_one_copy(&host);
}

static void in_a_process(const struct cut *cut, unsigned rounds)
{
	int status = 0;
	pid_t pid;

	line.passed[UP] = line.passed[DOWN] = 0;
	(void)fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

		said_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		(void)dup2(nowhere, STDOUT_FILENO);
		(void)dup2(nowhere, STDERR_FILENO);
		(void)alarm(60);
		line.cut = *cut;
		exchange(rounds);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	remove_all(hub_run);
	if (status) {
		fail_msg("%s cut after %zu bytes: status %d", cut->way == UP ? "up" : "down", cut->at,
			 status);
	}
}

static size_t step(void)
{
	const char *text = getenv("LINE_CUTS_STEP");
	size_t value = text ? strtoul(text, NULL, 10) : 11;

	return value ? value : 1;
}

/* Bytes each way when nothing is cut. */
static void measure(size_t total[WAYS])
{
	const struct cut none = { .way = UP };

	in_a_process(&none, 1);
	memcpy(total, line.passed, sizeof(size_t[WAYS]));
	assert_true(total[UP] > 3000 && total[DOWN] > 1000);
}

static void cut_after_every_byte(void **state)
{
	size_t total[WAYS];

	(void)state;
	measure(total);
	print_message("%zu bytes up, %zu down\n", total[UP], total[DOWN]);
	for (enum way way = UP; way < WAYS; way++)
		for (size_t k = 0; k <= total[way]; k += step())
			for (int orderly = 0; orderly < (way == DOWN ? 2 : 1); orderly++) {
				const struct cut cut = { .way = way, .at = k, .times = 1,
							 .orderly = orderly || (way == UP && k % 2) };

				in_a_process(&cut, 1);
			}
}

/* No connection of a whole round carries more than k bytes; the next round has a good line. */
static void a_round_of_cuts_then_a_good_line(void **state)
{
	size_t total[WAYS];

	(void)state;
	measure(total);
	for (enum way way = UP; way < WAYS; way++)
		for (size_t k = 0; k <= total[way]; k += step() * total[way] / OTHER_CUTS) {
			const struct cut cut = { .way = way, .at = k, .times = 4 };

			in_a_process(&cut, 3);
		}
}

/* A byte of the body arrives as another: the hub throws it away, and it is sent again. */
static void a_body_hurt_on_its_way_is_sent_again(void **state)
{
	enum { BODY_FROM = 1000, BODY_TO = 3000, BODY_STEP = 397 }; /* behind the request's head, before its end */

	(void)state;
	for (size_t k = BODY_FROM; k < BODY_TO; k += BODY_STEP) {
		const struct cut cut = { .way = UP, .at = k, .hurt = true };

		in_a_process(&cut, 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_hurt_on_its_way_is_sent_again),
		cmocka_unit_test(cut_after_every_byte),
		cmocka_unit_test(a_round_of_cuts_then_a_good_line),
	};

	return cmocka_run_group_tests_name("line_cuts", tests, prepare, clean_up);
}
