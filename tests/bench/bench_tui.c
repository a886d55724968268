/*
 * bench_tui.c - what a key costs on the terminal, and how heavy the program is at the unlock screen.
 *
 * Drives the shipped binary through the player's pseudo-terminal on a copy of the demo ward:
 * time from a key to the first byte drawn, bytes a key costs in a form field and in the list of
 * procedures, bytes of a full screen, start to the unlock screen, memory there.
 * Memory after unlocking is measured on the big ward. MOTCUA_BUILD says which build.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/session.h"
#include "tests/bench/big.h"
#include "tests/drive/keys.h"
#include "tests/drive/pty.h"
#include "tests/drive/world.h"

enum { KEYS = 400, STARTS = 9, WAIT_MS = 20000, ROWS = 24, COLS = 80 };

#define PASSPHRASE "mot-cua-demo"

static const char NAME[] = "Nguyeenx Thij Lan Anh ";

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The value that `part` of them do not exceed; sorts. */
static double quantile(double *values, size_t count, double part)
{
	size_t at = (size_t)((double)count * part);

	qsort(values, count, sizeof(*values), by_size);
	return values[at < count ? at : count - 1];
}

static void say(const char *bench, double value, const char *unit)
{
	(void)printf("{\"bench\":\"%s\",\"value\":%.2f,\"unit\":\"%s\"}\n", bench, value, unit);
	(void)fflush(stdout);
}

static void must(bool ok, const char *what)
{
	if (!ok)
		die(what);
}

static void start(struct pty *pty, const struct world *world)
{
	char shell[] = "/bin/sh", option[] = "-c", command[] = "exec motcua";
	char *argv[] = { shell, option, command, NULL };
	const struct pty_start how = {
		.argv = argv, .env = world->env, .folder = world->desk, .rows = ROWS, .cols = COLS,
	};

	must(pty_start(pty, &how), "no pseudo-terminal");
}

static void see(struct pty *pty, const char *text)
{
	double until = pty_now_ms() + WAIT_MS;

	while (!vt_shows(pty->vt, text)) {
		if (pty_now_ms() > until || !pty_running(pty))
			die(text);
		(void)pty_pump(pty, 1);
	}
}

static void type(struct pty *pty, const char *text)
{
	for (; *text; text++) {
		pty_send(pty, text, 1);
		(void)pty_settle(pty, 2000);
	}
}

/* Resident memory in MiB. */
static double rss_mib(pid_t pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	in = fopen(path, "r");
	must(in != NULL, "no such process");
	while (fgets(line, sizeof(line), in))
		if (!strncmp(line, "VmRSS:", 6))
			kib = strtol(line + 6, NULL, 10);
	(void)fclose(in);
	return (double)kib / 1024;
}

static void bench_login(struct pty *pty, const struct world *world)
{
	double ms[STARTS], rss = 0;

	for (size_t i = 0; i < STARTS; i++) {
		double began = pty_now_ms();

		start(pty, world);
		see(pty, "Mật khẩu");
		ms[i] = pty_now_ms() - began;
		(void)pty_settle(pty, 2000);
		rss = rss_mib(pty->pid);
		pty_done(pty);
	}
	say("login_ms", quantile(ms, STARTS, 0.5), "ms");
	say("login_rss_mib", rss, "MiB");
}

static void sign_in(struct pty *pty, const struct world *world)
{
	start(pty, world);
	see(pty, "Mật khẩu");
	type(pty, "lan\t");
	type(pty, PASSPHRASE "\r");
	see(pty, "Hôm nay");
	(void)pty_settle(pty, WAIT_MS);
}

/* Letters of a name one by one: the time to the first byte drawn and all bytes until it waits again. */
static void bench_field(struct pty *pty)
{
	static double ms[KEYS], bytes[KEYS];

	for (size_t i = 0; i < KEYS; i++) {
		char key = NAME[i % (sizeof(NAME) - 1)];
		uint64_t before;

		/* A field has an end: now and then what was typed goes away again. */
		if (i % 40 == 39)
			key = 0x15;
		before = pty->bytes;
		ms[i] = pty_answer_ms(pty, &key, 1, 1000);
		(void)pty_settle(pty, 1000);
		bytes[i] = (double)(pty->bytes - before);
		if (ms[i] < 0)
			ms[i] = bytes[i] = 0; /* a key that draws nothing costs nothing */
	}
	say("key_p99_ms", quantile(ms, KEYS, 0.99), "ms");
	say("key_p99_bytes", quantile(bytes, KEYS, 0.99), "bytes");
}

static void bench_list(struct pty *pty)
{
	static const char words[] = "khai sinh ket hon chung thuc dat dai";
	static double bytes[sizeof(words) - 1];

	for (size_t i = 0; i < sizeof(words) - 1; i++) {
		uint64_t before = pty->bytes;

		pty_send(pty, words + i, 1);
		(void)pty_settle(pty, 1000);
		bytes[i] = (double)(pty->bytes - before);
	}
	say("list_key_p99_bytes", quantile(bytes, sizeof(words) - 1, 0.99), "bytes");
}

static void bench_screen(struct pty *pty)
{
	uint64_t before = pty->bytes;

	pty_send(pty, "\f", 1);
	(void)pty_settle(pty, 2000);
	say("screen_bytes", (double)(pty->bytes - before), "bytes");
}

/* Memory with 200,000 dossiers open, after the KDF's is freed. */
static void bench_open(struct pty *pty, struct world *world)
{
	static struct app app;
	struct err err = { 0 };
	enum rc rc;

	big_open(&app);
	rc = session_add(&app, "lan", ROLE_CLERK, PASSPHRASE, &err);
	app_close(&app);
	must(!rc || rc == RC_INPUT, err.en); /* refused: she is there since the last run */
	must(!world_exec(world, "cp \"$MOTCUA_BUILD/bench/big.motcua\" \"$XDG_DATA_HOME/motcua/ward.motcua\"", 120000),
	     "the big ward cannot be copied");
	world->now[0] = '\0'; /* only a demo ward takes another time than the clock's */
	must(world_wrap(world), "the wrapper cannot be written");
	sign_in(pty, world);
	say("open_rss_mib", rss_mib(pty->pid), "MiB");
	pty_done(pty);
}

int main(void)
{
	static struct world world;
	struct pty pty = PTY_NONE;

	must(world_open(&world, "xterm-256color") && world_ward(&world), "no demo ward to copy");
	must(keys_term("xterm-256color"), "no terminfo");
	(void)snprintf(world.now, sizeof(world.now), "2026-11-25T08:02:00+07:00");
	must(world_wrap(&world), "the wrapper cannot be written");
	bench_login(&pty, &world);
	sign_in(&pty, &world);
	type(&pty, "1");
	see(&pty, "Thủ tục:");
	bench_list(&pty);
	type(&pty, "\025khai sinh\r");
	bench_field(&pty);
	bench_screen(&pty);
	pty_done(&pty);
	bench_open(&pty, &world);
	world_close(&world);
	return 0;
}
