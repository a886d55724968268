/*
 * bench_tui.c - the program as a clerk meets it, on a pseudo-terminal over a ward of 200,000 dossiers.
 *
 * Start to the unlock screen, memory there and unlocked, milliseconds and bytes of a key in a form field
 * and in the list of what was found, bytes of whole screens.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/big.h"
#include "tests/drive/keys.h"
#include "tests/drive/pty.h"

enum { ROWS = 24, COLS = 80, STARTS = 15, WAIT_MS = 20000, KEYS_MAX = 1000 };
enum { WORK_LISTS = 20 }; /* at most, once round */

static const char USER[] = "hub";
static const char PASSPHRASE[] = "mot-cua-demo";

struct desk {
	struct pty pty;
	char program[600], store[600], home[700];
	char *argv[6];
	char *env[8];
};

struct keys {
	double ms[KEYS_MAX], bytes[KEYS_MAX];
	size_t count;
};

static _Noreturn void lost(struct desk *desk, const char *what)
{
	struct buf text = BUF(1 << 16);

	vt_text(desk->pty.vt, &text);
	(void)fprintf(stderr, "bench: never saw %s\n%s", what, buf_str(&text));
	pty_done(&desk->pty);
	exit(1);
}

/* Until the terminal shows it; the milliseconds it took. */
static double see(struct desk *desk, const char *text)
{
	double start = bench_now_ms();

	while (!vt_shows(desk->pty.vt, text)) {
		if (bench_now_ms() - start > WAIT_MS)
			lost(desk, text);
		(void)pty_pump(&desk->pty, 20);
	}
	return bench_now_ms() - start;
}

static void start(struct desk *desk)
{
	const struct pty_start how = { desk->argv, desk->env, "/", ROWS, COLS, false };

	if (!pty_start(&desk->pty, &how))
		die("no pseudo-terminal");
}

static void settle(struct desk *desk)
{
	if (!pty_settle(&desk->pty, WAIT_MS))
		lost(desk, "an idle program");
}

static void press(struct desk *desk, const char *name)
{
	struct buf bytes = BUF(64);

	if (!keys_bytes(name, &bytes))
		die("no such key");
	pty_send(&desk->pty, bytes.data, bytes.len);
	buf_done(&bytes);
	settle(desk);
}

static void type(struct desk *desk, const char *text)
{
	for (; *text; text++) {
		pty_send(&desk->pty, text, 1);
		settle(desk);
	}
}

/* One key, timed to its first byte; its bytes counted until the program is idle again. */
static void time_key(struct desk *desk, struct keys *keys, const void *bytes, size_t len)
{
	uint64_t before = desk->pty.bytes;
	double took = pty_answer_ms(&desk->pty, bytes, len, 1000);

	settle(desk);
	if (took < 0 || keys->count == KEYS_MAX)
		return;
	if (getenv("BENCH_SAY") && desk->pty.bytes - before > 200)
		(void)fprintf(stderr, "bench: key %zu, '%.*s': %.0f ms, %d bytes\n", keys->count, (int)len,
			      (const char *)bytes, took, (int)(desk->pty.bytes - before));
	keys->ms[keys->count] = took;
	keys->bytes[keys->count++] = (double)(desk->pty.bytes - before);
}

static void time_text(struct desk *desk, struct keys *keys, const char *text)
{
	for (; *text; text++)
		time_key(desk, keys, text, 1);
}

static void time_named(struct desk *desk, struct keys *keys, const char *name)
{
	struct buf bytes = BUF(64);

	if (!keys_bytes(name, &bytes))
		die("no such key");
	time_key(desk, keys, bytes.data, bytes.len);
	buf_done(&bytes);
}

static double memory_mib(pid_t pid)
{
	char path[64], line[256];
	double kib = 0;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof(line), in))
		if (!strncmp(line, "VmRSS:", 6))
			kib = strtod(line + 6, NULL);
	if (in)
		(void)fclose(in);
	return kib / 1024;
}

/* The ward, with a passphrase for its one user, and how motcua is started on it. */
static void prepare(struct desk *desk)
{
	struct app app = { .lang = LANG_VI };
	const char *build = getenv("MOTCUA_BUILD");
	char *whole = realpath(build ? build : "build/release", NULL);
	char *folder = realpath(bench_folder(), NULL);
	struct err err;

	big_open(&app);
	bench_must(db_slot_set(app.db, USER, PASSPHRASE, &err), &err);
	app_close(&app);
	if (!whole || !folder || !keys_term("xterm-256color"))
		die("no build, or no terminal description");
	(void)snprintf(desk->program, sizeof(desk->program), "%s/motcua", whole);
	(void)snprintf(desk->store, sizeof(desk->store), "%s/bench/big.motcua", whole);
	(void)snprintf(desk->home, sizeof(desk->home), "HOME=%s", folder);
	free(whole);
	free(folder);
	desk->argv[0] = desk->program;
	desk->argv[1] = strdup("--store");
	desk->argv[2] = desk->store;
	desk->env[0] = desk->home;
	desk->env[1] = strdup("TERM=xterm-256color");
	desk->env[2] = strdup("LC_ALL=C.UTF-8");
	desk->env[3] = strdup("PATH=/usr/bin:/bin");
}

static void leave(struct desk *desk)
{
	pty_signal(&desk->pty, SIGTERM);
	(void)pty_wait(&desk->pty, WAIT_MS);
	pty_done(&desk->pty);
}

static void measure_starts(struct desk *desk)
{
	double took[STARTS];
	int count = bench_size(STARTS);

	for (int i = 0; i < count; i++) {
		double from = bench_now_ms();

		start(desk);
		(void)see(desk, "Mật khẩu");
		took[i] = bench_now_ms() - from;
		settle(desk);
		if (i == count - 1)
			bench_print("login_rss_mib", memory_mib(desk->pty.pid), "MiB");
		if (i < count - 1)
			leave(desk);
	}
	bench_print("login_ms", bench_part(took, (size_t)count, 0.5), "ms");
}

/* All of the screen drawn again; the most so far. */
static double repaint(struct desk *desk, double most)
{
	uint64_t before = desk->pty.bytes;
	double bytes;

	press(desk, "^L");
	bytes = (double)(desk->pty.bytes - before);
	return bytes > most ? bytes : most;
}

static void report_keys(struct keys *keys, const char *ms, const char *bytes)
{
	(void)fprintf(stderr, "bench: %zu keys, median %.2f ms and %.0f bytes\n", keys->count,
		      bench_part(keys->ms, keys->count, 0.5), bench_part(keys->bytes, keys->count, 0.5));
	bench_print(ms, bench_part(keys->ms, keys->count, 0.99), "ms");
	bench_print(bytes, bench_part(keys->bytes, keys->count, 0.99), "bytes");
	keys->count = 0;
}

/* One field as a hand fills it: letters, a look back, the last letter put right. */
static void fill_field(struct desk *desk, struct keys *keys, const char *text)
{
	press(desk, "^U");
	time_text(desk, keys, text);
	time_named(desk, keys, "LEFT");
	time_named(desk, keys, "RIGHT");
	time_named(desk, keys, "BACKSPACE");
	time_text(desk, keys, text + strlen(text) - 1);
}

static double fill_form(struct desk *desk, struct keys *keys, double most)
{
	static const char *const fields[] = {
		"Nguyeenx Thij Lan Anh",	  "068190123457", "0912345678", "12/3/1990", "",
		"146 Voox Thij Saus, khu phoos 3"
	};

	press(desk, "1");
	(void)see(desk, "Thủ tục:");
	most = repaint(desk, most);
	type(desk, "khai sinh");
	press(desk, "ENTER");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		for (int pass = 0; *fields[i] && pass < (bench_quick() ? 1 : 2); pass++)
			fill_field(desk, keys, fields[i]);
		press(desk, "TAB");
	}
	return repaint(desk, most);
}

static double find_some(struct desk *desk, struct keys *keys, double most)
{
	static const char *const sought[] = { "nguyen van an", "vo thi sau", "tran van binh", "H11.25-2205",
					      "0121" };

	press(desk, "F3");
	(void)see(desk, "Tìm:");
	for (size_t i = 0; i < ARRAY_LEN(sought); i++) {
		time_text(desk, keys, sought[i]);
		most = repaint(desk, most);
		for (int n = 0; n < 8; n++)
			time_named(desk, keys, n == 6 ? "PGDN" : n == 7 ? "PGUP" : "DOWN");
		press(desk, "^U");
	}
	return most;
}

/* Home, every worklist in turn, one sorted and limited, a dossier: the slowest to come up. */
static void open_lists(struct desk *desk, struct keys *keys)
{
	press(desk, "ESC");
	(void)see(desk, "Hôm nay,");
	settle(desk);
	time_named(desk, keys, "F5");
	time_text(desk, keys, "2");
	do
		time_named(desk, keys, "RIGHT");
	while (!vt_shows(desk->pty.vt, "< Đang giải quyết >") && keys->count < WORK_LISTS);
	(void)see(desk, "< Đang giải quyết >");
	time_text(desk, keys, "sS");
	time_named(desk, keys, "END");
	time_named(desk, keys, "ENTER");
	(void)see(desk, "Có thể làm");
	time_named(desk, keys, "F5");
	(void)fprintf(stderr, "bench: %zu screens, median %.2f ms\n", keys->count,
		      bench_part(keys->ms, keys->count, 0.5));
	bench_print("list_open_ms", bench_part(keys->ms, keys->count, 1), "ms");
	keys->count = 0;
}

int main(void)
{
	static struct desk desk = { .pty = PTY_NONE };
	static struct keys keys;
	double most = 0;

	prepare(&desk);
	measure_starts(&desk);
	type(&desk, USER);
	press(&desk, "TAB");
	pty_send(&desk.pty, PASSPHRASE, strlen(PASSPHRASE));
	press(&desk, "ENTER");
	(void)see(&desk, "Hôm nay");
	settle(&desk);
	bench_print("open_rss_mib", memory_mib(desk.pty.pid), "MiB");
	most = repaint(&desk, most);
	most = fill_form(&desk, &keys, most);
	report_keys(&keys, "key_p99_ms", "key_p99_bytes");
	press(&desk, "ESC");
	(void)see(&desk, "Hôm nay,");
	settle(&desk);
	most = find_some(&desk, &keys, most);
	report_keys(&keys, "list_key_p99_ms", "list_key_p99_bytes");
	open_lists(&desk, &keys);
	bench_print("found_rss_mib", memory_mib(desk.pty.pid), "MiB");
	bench_print("screen_bytes", most, "bytes");
	leave(&desk);
	for (int i = 1; i < 4; i++)
		free(desk.env[i]);
	free(desk.argv[1]);
	return 0;
}
