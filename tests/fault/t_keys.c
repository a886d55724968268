/*
 * t_keys.c - kill -9 after every single keystroke of an intake: the next sign-in offers it as it stood.
 *
 * One intake of KEYS keys is typed three times on a pseudo-terminal. Once without harm, to know the screen
 * after each key. Once with a SIGKILL as soon as each key has shown. Once with a SIGKILL right behind each
 * key's bytes, when nobody can say how far it got: what is offered is then the form with that key or the
 * one without, never less. Typing goes on in the form that was opened again, in the middle of a word too.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/drive/keys.h"
#include "tests/drive/pty.h"
#include "tests/drive/world.h"

enum { ROWS = 24, COLS = 80, KEYS = 150, KEY_BYTES = 16 };
enum { WAIT_MS = 30000, ESC_SILENCE_MS = 450, SCREEN_MAX = 1 << 16 };

/* Letters as they are typed, other keys by their name between < and >. */
static const char SCRIPT[] =
	"khai sinh<DOWN><UP><ENTER>"				   /* a procedure out of a list */
	"Nguyeenx Thij Hofang<BACKSPACE><BACKSPACE><ENTER>"	   /* tones that move, a word taken back */
	"060190012345<ENTER>0912345678<TAB>150390<TAB><F4><DOWN><ENTER>"
	"tieengs<^Z><^U>12 Ddoonmg<LEFT><BACKSPACE><END> Hoaf<TAB>4"
	"<BTAB><BTAB><BTAB><BTAB><BTAB><BTAB><BTAB>"		   /* back to the procedure */
	"<F4><DOWN><DOWN><ESC><TAB><TAB><TAB><DOWN><DOWN><DOWN><DOWN><DOWN><DOWN><DOWN>"
	/* who brings it, a note, then the papers */
	"Traanf Vawn<TAB><TAB><TAB><TAB><TAB>gaaps lawms<TAB><SPACE><DOWN><SPACE>";

struct typed {
	char bytes[KEY_BYTES];
	size_t len;
	bool esc;
};

/* The screens without any harm, one a key: text and cursor. */
struct shown {
	char *text;
	int row, col;
};

struct desk {
	struct world world;
	struct pty pty;
};

static struct typed keys[KEYS + 1];
static size_t key_count;
static struct shown shown[KEYS + 1];

static void read_script(void)
{
	const char *at = SCRIPT;

	key_count = 0;
	while (*at) {
		struct typed *key = &keys[key_count++];
		struct buf bytes = BUF(KEY_BYTES);
		char name[16] = { *at, '\0' };
		size_t len = 1;

		assert_true(key_count <= KEYS);
		if (*at == '<') {
			len = strcspn(at, ">") + 1;
			(void)snprintf(name, sizeof(name), "%.*s", (int)(len - 2), at + 1);
		}
		key->esc = !strcmp(name, "ESC");
		assert_true(keys_bytes(*at == ' ' ? "SPACE" : name, &bytes));
		memcpy(key->bytes, bytes.data, bytes.len);
		key->len = bytes.len;
		buf_done(&bytes);
		at += len;
	}
}

static _Noreturn void lost(struct desk *desk, size_t at, const char *what)
{
	struct buf text = BUF(SCREEN_MAX);

	vt_text(desk->pty.vt, &text);
	(void)fprintf(stderr, "key %zu of %zu: %s\n%s", at + 1, key_count, what, buf_str(&text));
	if (at < key_count && shown[at].text)
		(void)fprintf(stderr, "--- the screen there without harm ---\n%s", shown[at].text);
	pty_done(&desk->pty);
	world_close(&desk->world);
	exit(1);
}

static void see(struct desk *desk, size_t at, const char *text)
{
	double until = pty_now_ms() + WAIT_MS;

	while (!vt_shows(desk->pty.vt, text)) {
		if (pty_now_ms() > until)
			lost(desk, at, text);
		(void)pty_pump(&desk->pty, 20);
	}
}

static void settle(struct desk *desk, size_t at)
{
	if (!pty_settle(&desk->pty, WAIT_MS))
		lost(desk, at, "the program does not come to rest");
}

static void sign_in(struct desk *desk, size_t at)
{
	char shell[] = "/bin/sh", option[] = "-c", command[] = "exec motcua --user lan --passphrase-file pass";
	char *argv[] = { shell, option, command, NULL };
	const struct pty_start start = { argv, desk->world.env, desk->world.desk, ROWS, COLS, false };

	if (!pty_start(&desk->pty, &start))
		lost(desk, at, "no pseudo-terminal");
	see(desk, at, "1 Tiếp nhận");
	settle(desk, at);
}

static void press(struct desk *desk, const void *bytes, size_t len, size_t at)
{
	pty_send(&desk->pty, bytes, len);
	settle(desk, at);
}

static void type_key(struct desk *desk, size_t at)
{
	double until = pty_now_ms() + (keys[at].esc ? ESC_SILENCE_MS : 0);

	press(desk, keys[at].bytes, keys[at].len, at);
	while (pty_now_ms() < until)
		(void)pty_pump(&desk->pty, 20);
}

static void open_desk(struct desk *desk)
{
	desk->pty = (struct pty)PTY_NONE;
	if (!world_open(&desk->world, "xterm-256color") || !keys_term("xterm-256color"))
		exit(1);
	(void)snprintf(desk->world.now, sizeof(desk->world.now), "2026-11-25T08:02:00+07:00");
	if (!world_wrap(&desk->world) || !world_ward(&desk->world))
		exit(1);
}

/* To the empty form. */
static void begin(struct desk *desk)
{
	open_desk(desk);
	sign_in(desk, 0);
	press(desk, "1", 1, 0);
}

static void note_screen(struct desk *desk, struct shown *out)
{
	struct buf text = BUF(SCREEN_MAX);

	vt_text(desk->pty.vt, &text);
	out->text = strdup(buf_str(&text));
	vt_cursor(desk->pty.vt, &out->row, &out->col);
	buf_done(&text);
}

static bool is_screen(struct desk *desk, const struct shown *wanted)
{
	struct shown now;
	bool same;

	note_screen(desk, &now);
	same = now.text && !strcmp(now.text, wanted->text) && now.row == wanted->row && now.col == wanted->col;
	free(now.text);
	return same;
}

/* The power goes; the next sign-in offers the draft and opens it. */
static void cut_and_reopen(struct desk *desk, size_t at)
{
	pty_signal(&desk->pty, SIGKILL);
	(void)pty_wait(&desk->pty, WAIT_MS);
	sign_in(desk, at);
	see(desk, at, "Còn 1 bản nháp");
	press(desk, "\r", 1, at);
}

/* Checked, saved, and the power gone once more: the dossier is there, the draft is not. */
static void save_and_cut(struct desk *desk)
{
	press(desk, "\033OQ", 3, key_count);
	see(desk, key_count, "Kiểm tra trước khi lưu");
	cut_and_reopen(desk, key_count);
	if (!is_screen(desk, &shown[key_count - 1]))
		lost(desk, key_count - 1, "the form under the check page is another");
	press(desk, "\033OQ", 3, key_count);
	press(desk, "\033OQ", 3, key_count);
	see(desk, key_count, "H10.16-261125-0101");
	pty_signal(&desk->pty, SIGKILL);
	(void)pty_wait(&desk->pty, WAIT_MS);
	sign_in(desk, key_count);
	if (vt_shows(desk->pty.vt, "bản nháp"))
		lost(desk, key_count, "a draft is left of what was saved");
	pty_done(&desk->pty);
	if (world_exec(&desk->world,
		       "motcua --user lan --passphrase-file pass show H10.16-261125-0101 --format json >d && "
		       "grep -q 'Nguyễn Thị Hòa' d && grep -q 'Trần Văn' d && grep -q '12 Đông Hòa' d && "
		       "grep -q 'gấp lắm' d && "
		       "motcua --user lan --passphrase-file pass verify || "
		       "{ cat d >&2; exit 1; }",
		       WAIT_MS)) {
		struct buf said = BUF(SCREEN_MAX);

		world_output(&desk->world, "err", &said);
		(void)fprintf(stderr, "what was saved is not what was typed, or it does not verify:\n%s",
			      buf_str(&said));
		world_close(&desk->world);
		exit(1);
	}
	world_close(&desk->world);
}

/* After each key that has shown. */
static void with_echo(void)
{
	struct desk desk;

	begin(&desk);
	for (size_t i = 0; i < key_count; i++) {
		type_key(&desk, i);
		if (!is_screen(&desk, &shown[i]))
			lost(&desk, i, "another screen than without harm");
		cut_and_reopen(&desk, i);
		if (!is_screen(&desk, &shown[i]))
			lost(&desk, i, "another form after the power cut");
	}
	save_and_cut(&desk);
}

/* Right behind the bytes of each key: with it or without it, and then it is typed again. */
static void without_echo(void)
{
	struct desk desk;

	begin(&desk);
	type_key(&desk, 0);
	for (size_t i = 1; i < key_count; i++) {
		pty_send(&desk.pty, keys[i].bytes, keys[i].len);
		cut_and_reopen(&desk, i);
		if (is_screen(&desk, &shown[i]))
			continue;
		if (!is_screen(&desk, &shown[i - 1]))
			lost(&desk, i, "neither the form with the last key nor the one without it");
		type_key(&desk, i);
		if (!is_screen(&desk, &shown[i]))
			lost(&desk, i, "another form when the key is typed again");
	}
	save_and_cut(&desk);
}

/* A player in a process of its own, so that both play at once. */
static pid_t play(void (*player)(void))
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		player();
		exit(0);
	}
	return pid;
}

static void every_key_survives(void **state)
{
	int echoed = -1, blind = -1;
	struct desk desk;
	pid_t first, second;

	(void)state;
	begin(&desk);
	read_script();
	assert_int_equal(key_count, KEYS);
	for (size_t i = 0; i < key_count; i++) {
		type_key(&desk, i);
		note_screen(&desk, &shown[i]);
		assert_non_null(shown[i].text);
	}
	pty_done(&desk.pty);
	world_close(&desk.world);
	first = play(with_echo);
	second = play(without_echo);
	assert_int_equal(waitpid(first, &echoed, 0), first);
	assert_int_equal(waitpid(second, &blind, 0), second);
	for (size_t i = 0; i < key_count; i++)
		free(shown[i].text);
	assert_int_equal(echoed, 0);
	assert_int_equal(blind, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_survives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
