/*
 * bench_hub.c - how fast a hub takes events in, and how long five devices take to agree.
 *
 * One device imports a ward's months (dossiers, papers, assists) and works on them; the hub takes the sealed
 * batches through ingest_batch, as they would come by line or stick: opened, checked, chained, folded to
 * rows, durable. Wall time of one thread. Then motcua-hub serves them, and its memory is read.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/commit.h"
#include "db/journal.h"
#include "db/rec_fields.h"
#include "sync/hub/control.h"
#include "tests/bench/bench.h"

enum { EVENTS = 60000, DEVICES = 5, EVENTS_EACH = 2000 };

struct device {
	struct app app;
	struct identity identity;
	int64_t seen; /* of the hub's feed */
};

static struct hub hub;

static void open_hub(void)
{
	char data[700], key[700];
	struct err err;

	(void)snprintf(data, sizeof(data), "%s/data", bench_folder());
	(void)snprintf(key, sizeof(key), "%s/key", bench_folder());
	bench_must(hub_make(data, key, &err), &err);
	bench_must(hub_open(&hub, data, key, &err), &err);
}

static void open_device(struct device *device, unsigned slot)
{
	struct buf json = BUF(64 << 10), mce = BUF(64 << 10);
	struct enrol_request request;
	char path[700];
	struct err err;

	(void)snprintf(path, sizeof(path), "%s/device%u.motcua", bench_folder(), slot);
	bench_ward(&device->app, path, true);
	bench_must(enrol_request(&device->app, &json, &err), &err);
	bench_must(enrol_request_parse(buf_str(&json), json.len, &request, &err), &err);
	bench_must(hub_enrol(&hub, &request, slot, DEVICE_COUNTER, "http://127.0.0.1:1", &mce, &err), &err);
	bench_must(enrolment_accept(&device->app, mce.data, mce.len, &err), &err);
	bench_must(identity_load(&device->app, &device->identity, &err), &err);
	buf_done(&json);
	buf_wipe_done(&mce);
}

static void close_device(struct device *device)
{
	identity_done(&device->identity);
	bench_ward_close(&device->app);
}

static int64_t commit(struct app *app, enum verb verb, const struct rec *set, int64_t rec)
{
	struct change change = { .verb = verb, .kind = set->kind, .rec = rec, .set = set };
	struct err err;

	bench_must(commit_change(app, &change, &rec, NULL, &err), &err);
	return rec;
}

static void add_dossier(struct app *app, unsigned slot, int n)
{
	static const char *const names[] = { "Nguyễn Thị Bình", "Trần Văn Cường", "Lê Đức Hà",
					     "Phạm Thu Lan" };
	static const char *const places[] = { "Hộ tịch", "Chứng thực", "Cư trú" };
	msec at = app_now(app) - (int64_t)(n % 100000) * 3 * MINUTE_MS;
	struct rec set;
	char text[64];
	int64_t rec;

	rec_init(&set, REC_DOSSIER);
	(void)snprintf(text, sizeof(text), "H11.25-%06d-%02u%02d", 230101 + n / 99, slot, n % 99);
	rec_put_text(&set, DOSSIER_CODE, text);
	rec_put_text(&set, DOSSIER_PROCEDURE_CODE, "1.001193");
	rec_put_text(&set, DOSSIER_FIELD_NAME, places[n % 3]);
	rec_put_text(&set, DOSSIER_APPLICANT_NAME, names[n % 4]);
	(void)snprintf(text, sizeof(text), "0601%08u", bench_roll(100000000));
	rec_put_text(&set, DOSSIER_APPLICANT_ID_NO, text);
	(void)snprintf(text, sizeof(text), "%u Võ Thị Sáu", bench_roll(300));
	rec_put_text(&set, DOSSIER_APPLICANT_ADDRESS, text);
	rec_put_num(&set, DOSSIER_RECEIVED_AT, at);
	rec_put_num(&set, DOSSIER_DUE_AT, at + 3 * DAY_MS);
	rec_put_text(&set, DOSSIER_RECEIVED_BY, "cb01");
	rec_put_num(&set, DOSSIER_STATE, STATE_RECEIVED);
	rec = commit(app, VERB_RECEIVE, &set, 0);
	rec_clear(&set, REC_DOSSIER);
	rec_put_num(&set, DOSSIER_STATE, STATE_PROCESSING);
	(void)commit(app, VERB_ACCEPT, &set, rec);
	rec_clear(&set, REC_DOSSIER);
	rec_put_num(&set, DOSSIER_FINISHED_AT, at + DAY_MS);
	rec_put_num(&set, DOSSIER_STATE, STATE_DONE);
	(void)commit(app, VERB_DONE, &set, rec);
	rec_done(&set);
}

static void add_papers(struct app *app, unsigned slot, int n)
{
	struct rec set;
	char code[64];

	(void)snprintf(code, sizeof(code), "H11.25-%06d-%02u%02d", 230101 + n / 99, slot, n % 99);
	rec_init(&set, REC_SCAN);
	for (unsigned seq = 1; seq <= 2; seq++) {
		rec_clear(&set, REC_SCAN);
		rec_put_text(&set, SCAN_DOSSIER_CODE, code);
		rec_put_num(&set, SCAN_SEQ, seq);
		rec_put_text(&set, SCAN_COMPONENT, "to-khai");
		rec_put_num(&set, SCAN_PAGES, 2);
		rec_put_num(&set, SCAN_DPI, 300);
		rec_put_num(&set, SCAN_BYTES, 20000 + bench_roll(400000));
		rec_put_num(&set, SCAN_SCANNED_AT, app_now(app) - (int64_t)(n % 100000) * 3 * MINUTE_MS);
		(void)commit(app, VERB_SCAN, &set, 0);
	}
	rec_done(&set);
}

/* Five events a dossier: received, two papers, accepted, done. */
static void work(struct device *device, unsigned slot, int events)
{
	struct err err;

	bench_must(db_begin(device->app.db, &err), &err);
	for (int n = 0; n < events / 5; n++) {
		add_dossier(&device->app, slot, n);
		add_papers(&device->app, slot, n);
	}
	bench_must(db_commit(device->app.db, &err), &err);
}

struct sent {
	struct ward *ward;
	double ms, cpu_ms;
	size_t events, batches, bytes;
};

static enum rc deliver(void *ctx, const struct outbox_item *item, struct span body, struct err *err)
{
	struct sent *sent = ctx;
	static struct ingested in;
	double start = bench_now_ms(), cpu = bench_cpu_ms();
	enum rc rc = ingest_batch(&sent->ward->app, &sent->ward->identity, body.data, body.len, &in, err);

	(void)item;
	sent->ms += bench_now_ms() - start;
	sent->cpu_ms += bench_cpu_ms() - cpu;
	sent->events += in.events_new;
	sent->bytes += body.len;
	sent->batches++;
	return rc;
}

static void send(struct device *device, struct sent *sent)
{
	size_t sealed;
	struct err err;

	bench_must(outbox_seal(&device->app, &device->identity, &sealed, &err), &err);
	bench_must(outbox_walk(&device->app, true, deliver, sent, &err), &err);
}

/* Everything of the hub's feed into one device. */
static void fetch(struct device *device, struct ward *ward)
{
	struct hub_device asked;
	struct buf body = BUF(BATCH_MAX);
	struct manifest manifest;
	static struct ingested in;
	struct err err;
	enum rc rc;

	bench_must(hub_device_get(ward, device->app.device, &asked, &err), &err);
	while (!(rc = hub_feed(&hub, &asked, device->seen, &device->seen, &body, &manifest, &err))) {
		bench_must(ingest_batch(&device->app, &device->identity, body.data, body.len, &in, &err),
			   &err);
		buf_clear(&body);
	}
	if (rc != RC_NONE)
		bench_must(rc, &err);
	buf_done(&body);
}

static void measure_ingest(void)
{
	static struct device device;
	struct sent sent = { 0 };
	struct err err;
	double start;

	open_device(&device, 1);
	bench_must(hub_ward(&hub, "H11.25", NULL, &sent.ward, &err), &err);
	work(&device, 1, bench_size(EVENTS));
	start = bench_now_ms();
	send(&device, &sent);
	(void)fprintf(stderr,
		      "bench: %zu events in %zu batches, %zu bytes; sealed in %.0f ms, taken in %.0f ms\n",
		      sent.events, sent.batches, sent.bytes, bench_now_ms() - start - sent.ms, sent.ms);
	bench_print("hub_events_s", (double)(int64_t)((double)sent.events * 1e3 / sent.ms), "events/s");
	bench_print("hub_cpu_events_s", (double)(int64_t)((double)sent.events * 1e3 / sent.cpu_ms),
		    "events/s");
	close_device(&device);
}

/* motcua-hub COMMAND WORD... on the bench's folder; its pid. */
static pid_t run_hub(const char *command, const char *word, const char *more)
{
	const char *build = getenv("MOTCUA_BUILD");
	char program[300], data[700], key[700];
	pid_t pid;

	(void)snprintf(program, sizeof(program), "%.200s/motcua-hub", build ? build : "build/release");
	(void)snprintf(data, sizeof(data), "%s/data", bench_folder());
	(void)snprintf(key, sizeof(key), "%s/key", bench_folder());
	pid = fork();
	if (!pid) {
		int nothing = open("/dev/null", O_WRONLY);

		(void)dup2(nothing, STDOUT_FILENO);
		(void)dup2(nothing, STDERR_FILENO);
		(void)execl(program, program, command, "--data", data, "--key-file", key, word, more, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static void must_end(pid_t pid, const char *what)
{
	int status = -1;

	if (pid < 0 || waitpid(pid, &status, 0) != pid || status) {
		(void)fprintf(stderr, "bench: motcua-hub %s failed\n", what);
		exit(1);
	}
}

/* The most that a process has had in memory since it was started, in MiB. */
static double peak_mib(pid_t pid)
{
	char path[64], line[128];
	double kib = 0;
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, "VmHWM:", 6))
			kib = strtod(line + 6, NULL);
	if (file)
		(void)fclose(file);
	return kib / 1024;
}

/* A hub that serves what was taken in, while it answers a report and gives out all there is. */
static void measure_memory(void)
{
	pid_t serving = run_hub("serve", "--listen", "127.0.0.1:0");
	char data[700];
	int fd;

	(void)snprintf(data, sizeof(data), "%s/data", bench_folder());
	while ((fd = control_connect(data)) < 0 && !waitpid(serving, NULL, WNOHANG))
		(void)usleep(10000);
	(void)close(fd);
	must_end(run_hub("report", "06a", "--period=2024"), "report");
	must_end(run_hub("export", NULL, NULL), "export");
	bench_print("hub_rss_mib", (double)(int)(peak_mib(serving) * 10) / 10, "");
	(void)kill(serving, SIGTERM);
	must_end(serving, "serve");
}

static void measure_converge(void)
{
	static struct device devices[DEVICES];
	struct sent sent = { 0 };
	struct err err;
	double start;

	for (unsigned i = 0; i < DEVICES; i++) {
		open_device(&devices[i], i + 2);
		work(&devices[i], i + 2, bench_size(EVENTS_EACH));
	}
	bench_must(hub_ward(&hub, "H11.25", NULL, &sent.ward, &err), &err);
	start = bench_now_ms();
	for (unsigned i = 0; i < DEVICES; i++)
		send(&devices[i], &sent);
	for (unsigned i = 0; i < DEVICES; i++) {
		devices[i].seen = 0;
		fetch(&devices[i], sent.ward);
	}
	bench_print("converge_5x2000_s", (bench_now_ms() - start) / 1e3, "s");
	for (unsigned i = 0; i < DEVICES; i++)
		close_device(&devices[i]);
}

int main(void)
{
	open_hub();
	measure_ingest();
	hub_close(&hub);
	measure_memory();
	bench_end();
	open_hub();
	measure_converge();
	hub_close(&hub);
	return 0;
}
