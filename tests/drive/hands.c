/* hands.c - the commands of a story that press keys, resize, send signals. */
#include "tests/drive/play.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/drive/keys.h"

enum { LINE_MAX_BYTES = 8192, ESC_SILENCE_MS = 450, KEY_MS = 2000, MOMENT_MS = 25 };

static bool send_all(struct story *story, const void *bytes, size_t len)
{
	if (!play_has_screen(story) || !pty_running(&story->pty))
		return play_fails(story, "no program takes keys");
	pty_send(&story->pty, bytes, len);
	(void)pty_settle(&story->pty, KEY_MS);
	return true;
}

/* A hand is slower than the program: the letter has been taken when the next one comes. */
static bool send_letter(struct story *story, const void *bytes, size_t len)
{
	if (!play_has_screen(story) || !pty_running(&story->pty))
		return play_fails(story, "no program takes keys");
	pty_send(&story->pty, bytes, len);
	(void)pty_taken(&story->pty, KEY_MS);
	return true;
}

static bool on_type(struct story *story, const char *rest)
{
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_quoted(story, rest, &text);

	for (size_t i = 0; ok && i < text.len;) {
		size_t letter = 1;

		story->keys++;
		while (i + letter < text.len && (text.data[i + letter] & 0xC0) == 0x80)
			letter++;
		ok = send_letter(story, text.data + i, letter);
		i += letter;
	}
	if (ok)
		(void)pty_settle(&story->pty, KEY_MS);
	buf_done(&text);
	return ok;
}

static bool send_quoted(struct story *story, const char *before, const char *rest, const char *after)
{
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok;

	buf_text(&text, before);
	ok = play_quoted(story, rest, &text);
	buf_text(&text, after);
	ok = ok && send_all(story, text.data, text.len);
	buf_done(&text);
	return ok;
}

static bool on_burst(struct story *story, const char *rest)
{
	return send_quoted(story, "", rest, "");
}

static bool on_paste(struct story *story, const char *rest)
{
	return send_quoted(story, "\033[200~", rest, "\033[201~");
}

/* A long paste: a text so many times. */
static bool on_pour(struct story *story, const char *rest)
{
	struct buf text = BUF(PLAY_TEXT_MAX), bytes = BUF(PLAY_TEXT_MAX);
	char *quote;
	long times = strtol(rest, &quote, 10);
	bool ok;

	buf_text(&bytes, "\033[200~");
	ok = play_quoted(story, quote + strspn(quote, " "), &text);
	for (long i = 0; ok && i < times; i++)
		buf_add(&bytes, text.data, text.len);
	buf_text(&bytes, "\033[201~");
	ok = ok && (!bytes.full || play_fails(story, "too much to pour")) && send_all(story, bytes.data, bytes.len);
	buf_done(&text);
	buf_done(&bytes);
	return ok;
}

static bool on_bytes(struct story *story, const char *rest)
{
	struct buf bytes = BUF(PLAY_TEXT_MAX);
	bool ok = true;

	for (; ok && *rest && *rest != '#'; rest++) {
		char pair[3] = { rest[0], rest[1], '\0' };
		char *end;

		if (*rest == ' ')
			continue;
		buf_byte(&bytes, (uint8_t)strtoul(pair, &end, 16));
		ok = end == pair + 2 || play_fails(story, "bytes are pairs of hex digits");
		rest++;
	}
	ok = ok && send_all(story, bytes.data, bytes.len);
	buf_done(&bytes);
	return ok;
}

static bool on_key(struct story *story, const char *rest)
{
	char line[LINE_MAX_BYTES], *name, *at = NULL;
	struct buf bytes = BUF(PLAY_TEXT_MAX);
	bool ok = true;

	(void)snprintf(line, sizeof(line), "%s", rest);
	for (name = strtok_r(line, " ", &at); ok && name; name = strtok_r(NULL, " ", &at)) {
		if (name[0] == '#' && name[1] == '\0')
			break;
		buf_clear(&bytes);
		story->keys++;
		ok = keys_bytes(name, &bytes) || play_fails(story, "no such key on this terminal: %.40s", name);
		ok = ok && send_all(story, bytes.data, bytes.len);
		/* Esc acts after a silence: a digit sent sooner would make it a function key. */
		if (ok && !strcmp(name, "ESC"))
			for (double until = pty_now_ms() + ESC_SILENCE_MS; pty_now_ms() < until;)
				(void)pty_pump(&story->pty, MOMENT_MS);
	}
	buf_done(&bytes);
	return ok;
}

static bool on_resize(struct story *story, const char *rest)
{
	int rows, cols;

	if (!play_has_screen(story) || !play_size_of(rest, &rows, &cols))
		return play_fails(story, "a size is written 132x43, and a program must run");
	(void)pty_settle(&story->pty, KEY_MS);
	pty_resize(&story->pty, rows, cols);
	(void)pty_settle(&story->pty, KEY_MS);
	return true;
}

/* The program ends with this exit code. */
static bool ends_with(struct story *story, int code)
{
	int ended = pty_wait(&story->pty, story->wait_ms);

	if (ended == -1)
		return play_fails(story, "the program still runs");
	return ended == code || play_fails(story, "the program ended with %d, not %d", ended, code);
}

static bool on_kill(struct story *story, const char *rest)
{
	(void)rest;
	pty_signal(&story->pty, SIGKILL);
	return ends_with(story, 128 + SIGKILL);
}

static bool on_term_signal(struct story *story, const char *rest)
{
	(void)rest;
	(void)pty_settle(&story->pty, KEY_MS);
	pty_signal(&story->pty, SIGTERM);
	return ends_with(story, 0);
}

static bool on_exits(struct story *story, const char *rest)
{
	return ends_with(story, (int)strtol(rest, NULL, 10));
}

/* --- unkind --- */

static bool on_ahead(struct story *story, const char *rest)
{
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_has_screen(story) && play_quoted(story, rest, &text);

	if (ok)
		pty_send(&story->pty, text.data, text.len);
	buf_done(&text);
	return ok;
}

/* One letter of a text, between two changes of the window's size. */
static bool on_storm(struct story *story, const char *rest)
{
	static const int sizes[][2] = { { 3, 10 }, { 43, 132 }, { 1, 1 }, { 24, 80 }, { 12, 200 }, { 60, 40 } };
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_has_screen(story) && play_quoted(story, rest, &text);

	for (size_t i = 0; ok && i < text.len; i++) {
		pty_resize(&story->pty, sizes[i % ARRAY_LEN(sizes)][0], sizes[i % ARRAY_LEN(sizes)][1]);
		pty_send(&story->pty, text.data + i, 1);
		(void)pty_pump(&story->pty, (int)(i % 3));
	}
	if (ok) {
		pty_resize(&story->pty, story->term.rows, story->term.cols);
		(void)pty_settle(&story->pty, KEY_MS);
	}
	buf_done(&text);
	return ok;
}

/* A terminal that answers what it is asked at once, when the story says so, or never. */
static bool on_answers(struct story *story, const char *rest)
{
	static const char *const words[] = { [PTY_AT_ONCE] = "at-once", [PTY_LATE] = "late", [PTY_NEVER] = "never" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(rest, words[i]) != 0)
			continue;
		story->pty.answers = (enum pty_answers)i;
		return true;
	}
	return play_fails(story, "a terminal answers at-once, late or never");
}

/* The late answers come. */
static bool on_answer(struct story *story, const char *rest)
{
	(void)rest;
	if (!pty_answer_now(&story->pty))
		return play_fails(story, "the terminal was asked nothing");
	(void)pty_settle(&story->pty, KEY_MS);
	return true;
}

/* How many bytes a terminal that answers late or never owes. */
static bool on_owes(struct story *story, const char *rest)
{
	(void)pty_settle(&story->pty, KEY_MS);
	return story->pty.held_len == strtoul(rest, NULL, 10) ||
	       play_fails(story, "%zu bytes of answers are owed", story->pty.held_len);
}

static bool on_signal(struct story *story, const char *rest)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "HUP", SIGHUP }, { "STOP", SIGSTOP }, { "CONT", SIGCONT }, { "TSTP", SIGTSTP },
			{ "WINCH", SIGWINCH }, { "INT", SIGINT }, { "QUIT", SIGQUIT } };

	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		if (strcmp(rest, signals[i].name) != 0)
			continue;
		(void)pty_settle(&story->pty, KEY_MS);
		pty_signal(&story->pty, signals[i].number);
		return true;
	}
	return play_fails(story, "no such signal");
}

static bool on_hangup(struct story *story, const char *rest)
{
	(void)rest;
	(void)pty_settle(&story->pty, KEY_MS);
	pty_hangup(&story->pty);
	return true;
}

/*
 * Keys while nobody takes what the program draws: a terminal that has been stopped, a line that is stuck. ^L before
 * each draws enough to fill any queue.
 */
static bool on_stuck(struct story *story, const char *rest)
{
	static const char redraw = 0x0C;
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_has_screen(story) && play_quoted(story, rest, &text);

	for (size_t i = 0; ok && i < text.len; i++) {
		ok = write(story->pty.master, &redraw, 1) == 1 && write(story->pty.master, text.data + i, 1) == 1;
		(void)usleep(2000);
	}
	buf_done(&text);
	return ok || play_fails(story, "a key was not taken");
}

static const struct {
	const char *word;
	bool (*play)(struct story *story, const char *rest);
} commands[] = {
	{ "type", on_type },     { "burst", on_burst },   { "paste", on_paste }, { "bytes", on_bytes },
	{ "key", on_key },       { "resize", on_resize }, { "kill", on_kill },   { "term-signal", on_term_signal },
	{ "exits", on_exits },   { "ahead", on_ahead },   { "storm", on_storm }, { "signal", on_signal },
	{ "hangup", on_hangup }, { "stuck", on_stuck },   { "pour", on_pour },
	{ "answers", on_answers }, { "answer", on_answer }, { "owes", on_owes },
};

bool play_hands(struct story *story, const char *line, size_t word, const char *rest)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strlen(commands[i].word) == word && !strncmp(commands[i].word, line, word))
			return commands[i].play(story, rest);
	return play_fails(story, "no such command");
}
