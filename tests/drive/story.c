#include "tests/drive/story.h"

#include <ctype.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/drive/keys.h"
#include "tests/drive/play.h"

enum { LINE_MAX_BYTES = 8192, KEY_MS = 2000, MOMENT_MS = 25 };

bool play_fails(struct story *story, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(story->fault, sizeof(story->fault), format, args);
	va_end(args);
	return false;
}

/* The quoted text at `rest`, its escapes undone. */
bool play_quoted(struct story *story, const char *rest, struct buf *out)
{
	if (*rest++ != '"')
		return play_fails(story, "text in double quotes is missing");
	for (; *rest && *rest != '"'; rest++) {
		if (*rest != '\\') {
			buf_byte(out, (uint8_t)*rest);
			continue;
		}
		switch (*++rest) {
		case 't':
			buf_byte(out, '\t');
			break;
		case 'n':
			buf_byte(out, '\r');
			break;
		case 'e':
			buf_byte(out, 0x1B);
			break;
		case '"':
		case '\\':
			buf_byte(out, (uint8_t)*rest);
			break;
		default:
			return play_fails(story, "an escape that is none of \\t \\n \\e \\\" \\\\");
		}
	}
	return *rest == '"' || play_fails(story, "text without its closing quote");
}

bool play_size_of(const char *text, int *rows, int *cols)
{
	char *end;
	long wide = strtol(text, &end, 10), high;

	if (*end != 'x')
		return false;
	high = strtol(end + 1, &end, 10);
	*cols = (int)wide;
	*rows = (int)high;
	return !*end && wide > 0 && wide <= 1000 && high > 0 && high <= 500;
}

/* --- commands: `rest` is the line after the command's word --- */

static bool on_head(struct story *story, const char *rest)
{
	(void)story;
	(void)rest;
	return true; /* story_terms has read it */
}

static bool on_now(struct story *story, const char *rest)
{
	char *now = story->world.now;
	bool seconds = strlen(rest) > 16;

	(void)snprintf(now, sizeof(story->world.now), "%.19s%s+07:00", rest, seconds ? "" : ":00");
	if (strlen(now) != 25 || (now[10] != ' ' && now[10] != 'T'))
		return play_fails(story, "a time is written 2026-11-25 08:02");
	now[10] = 'T';
	return world_wrap(&story->world) || play_fails(story, "the wrapper could not be written");
}

static bool on_lang(struct story *story, const char *rest)
{
	if (strcmp(rest, "vi") != 0 && strcmp(rest, "en") != 0)
		return play_fails(story, "a language is vi or en");
	(void)snprintf(story->world.lang, sizeof(story->world.lang), "%.2s", rest);
	return world_wrap(&story->world) || play_fails(story, "the wrapper could not be written");
}

static bool on_ward(struct story *story, const char *rest)
{
	if (strcmp(rest, "demo") != 0)
		return play_fails(story, "there is one ward: demo");
	return world_ward(&story->world) || play_fails(story, "no demo ward was made (make stories does)");
}

static bool on_run(struct story *story, const char *rest)
{
	char shell[] = "/bin/sh", option[] = "-c", command[LINE_MAX_BYTES + 8];
	char *argv[] = { shell, option, command, NULL };
	struct pty_start start = {
		.argv = argv,
		.env = story->world.env,
		.folder = story->world.desk,
		.rows = story->term.rows,
		.cols = story->term.cols,
		.console = !strncmp(story->term.name, "linux", 5),
	};

	if (pty_running(&story->pty))
		return play_fails(story, "the program before still runs");
	/* One program takes the shell's place, so that signals and the exit code are its own. */
	(void)snprintf(command, sizeof(command), "%s%s", strpbrk(rest, ";&|") ? "" : "exec ", rest);
	return pty_start(&story->pty, &start) || play_fails(story, "no pseudo-terminal");
}

bool play_has_screen(struct story *story)
{
	return story->pty.vt || play_fails(story, "no program was run");
}

static bool wait_for(struct story *story, const char *rest, bool present)
{
	double until = pty_now_ms() + story->wait_ms;
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_has_screen(story) && play_quoted(story, rest, &text);

	/* What is not to be seen may not have been drawn yet. */
	if (ok && !present)
		(void)pty_settle(&story->pty, KEY_MS);
	while (ok && vt_shows(story->pty.vt, buf_str(&text)) != present) {
		if (pty_now_ms() > until || (!pty_running(&story->pty) && !pty_pump(&story->pty, 0)))
			ok = play_fails(story, "\"%.200s\" %s", buf_str(&text),
					present ? "is not shown" : "is still shown");
		(void)pty_pump(&story->pty, MOMENT_MS);
	}
	buf_done(&text);
	return ok;
}

static bool on_see(struct story *story, const char *rest)
{
	return wait_for(story, rest, true);
}

static bool on_see_not(struct story *story, const char *rest)
{
	return wait_for(story, rest, false);
}

static bool on_stands_out(struct story *story, const char *rest)
{
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = wait_for(story, rest, true) && play_quoted(story, rest, &text);

	if (ok && !vt_stands_out(story->pty.vt, buf_str(&text)))
		ok = play_fails(story, "\"%.200s\" does not stand out", buf_str(&text));
	buf_done(&text);
	return ok;
}

static bool on_cursor_on(struct story *story, const char *rest)
{
	double until = pty_now_ms() + story->wait_ms;
	struct buf text = BUF(PLAY_TEXT_MAX), line = BUF(PLAY_TEXT_MAX);
	bool ok = wait_for(story, rest, true) && play_quoted(story, rest, &text), there = false;

	while (ok && !there) {
		int row = vt_cursor_row(story->pty.vt);

		buf_clear(&line);
		vt_row(story->pty.vt, row, &line);
		there = strstr(buf_str(&line), buf_str(&text)) != NULL;
		if (!there && pty_now_ms() > until)
			ok = play_fails(story, "the cursor is in row %d: %.200s", row + 1, buf_str(&line));
		(void)pty_pump(&story->pty, MOMENT_MS);
	}
	buf_done(&line);
	buf_done(&text);
	return ok;
}

static bool on_colours(struct story *story, const char *rest)
{
	bool wanted = rest[0] == '1';

	if (!play_has_screen(story))
		return false;
	(void)pty_settle(&story->pty, KEY_MS);
	return vt_coloured(story->pty.vt) == wanted ||
	       play_fails(story, wanted ? "nothing is coloured" : "something is coloured");
}

static bool on_blur(struct story *story, const char *rest)
{
	struct buf text = BUF(63);
	bool ok = play_quoted(story, rest, &text);

	if (ok && (story->blurs == STORY_BLUR || text.full || !text.len))
		ok = play_fails(story, "at most %d texts of 63 bytes can be blurred", STORY_BLUR);
	if (ok)
		(void)snprintf(story->blur[story->blurs++], sizeof(story->blur[0]), "%s", buf_str(&text));
	buf_done(&text);
	return ok;
}

static bool exec_expecting(struct story *story, const char *command, int code)
{
	int ended = world_exec(&story->world, command, STORY_EXEC_MS);
	struct buf err = BUF(PLAY_TEXT_MAX);

	if (ended == code)
		return true;
	world_output(&story->world, "err", &err);
	(void)play_fails(story, "exit %d, not %d: %.2000s", ended, code, buf_str(&err));
	buf_done(&err);
	return false;
}

static bool on_exec(struct story *story, const char *rest)
{
	return exec_expecting(story, rest, 0);
}

static bool on_exec_fail(struct story *story, const char *rest)
{
	char *command;
	long code = strtol(rest, &command, 10);

	if (command == rest || code < 0 || code > 255)
		return play_fails(story, "exec-fail wants an exit code");
	return exec_expecting(story, command, (int)code);
}

static bool on_until(struct story *story, const char *rest)
{
	double until = pty_now_ms() + story->wait_ms;

	while (world_exec(&story->world, rest, STORY_EXEC_MS))
		if (pty_now_ms() > until)
			return play_fails(story, "it never came true");
	return true;
}

static bool on_background(struct story *story, const char *rest)
{
	return world_background(&story->world, rest) || play_fails(story, "it could not be started");
}

static bool output_holds(struct story *story, const char *which, const char *rest, bool present)
{
	struct buf text = BUF(PLAY_TEXT_MAX), output = BUF(16 << 20);
	bool ok = play_quoted(story, rest, &text);

	world_output(&story->world, which, &output);
	if (ok && (strstr(buf_str(&output), buf_str(&text)) != NULL) != present)
		ok = play_fails(story, "\"%.200s\" is%s in: %.2000s", buf_str(&text), present ? " not" : "",
			   buf_str(&output));
	buf_done(&output);
	buf_done(&text);
	return ok;
}

static bool on_out(struct story *story, const char *rest)
{
	return output_holds(story, "out", rest, true);
}

static bool on_out_not(struct story *story, const char *rest)
{
	return output_holds(story, "out", rest, false);
}

static bool on_err(struct story *story, const char *rest)
{
	return output_holds(story, "err", rest, true);
}

static bool on_err_not(struct story *story, const char *rest)
{
	return output_holds(story, "err", rest, false);
}

static bool on_files(struct story *story, const char *rest)
{
	char folder[WORLD_PATH];
	size_t word = strcspn(rest, " ");
	int wanted, found;

	if (!rest[word] || word >= sizeof(folder))
		return play_fails(story, "files wants a folder and a number");
	(void)snprintf(folder, sizeof(folder), "%.*s", (int)word, rest);
	wanted = (int)strtol(rest + word, NULL, 10);
	found = world_files(&story->world, folder);
	return found == wanted || play_fails(story, "%s holds %d files, not %d", folder, found, wanted);
}

static bool on_mark(struct story *story, const char *rest)
{
	(void)rest;
	(void)pty_settle(&story->pty, KEY_MS);
	story->marked = story->pty.bytes;
	story->keys = 0;
	return true;
}

static bool on_keys_at_most(struct story *story, const char *rest)
{
	unsigned long most = strtoul(rest, NULL, 10);

	return story->keys <= most || play_fails(story, "%lu keys were pressed", story->keys);
}

static bool on_limit(struct story *story, const char *rest)
{
	static const char what[] = "bytes-to-terminal ";
	unsigned long long most, bytes = story->pty.bytes - story->marked;

	if (strncmp(rest, what, strlen(what)) != 0)
		return play_fails(story, "limit wants bytes-to-terminal and a number");
	most = strtoull(rest + strlen(what), NULL, 10);
	return bytes <= most || play_fails(story, "%llu bytes went to the terminal", bytes);
}

static bool on_screen(struct story *story, const char *rest)
{
	double until = pty_now_ms() + story->wait_ms;
	struct buf difference = BUF(PLAY_TEXT_MAX);
	struct shot shot = { story->pty.vt, story->screens, story->blur, story->blurs };
	char name[128] = "";
	bool ok = play_has_screen(story);

	(void)sscanf(rest, "%120[a-z0-9-]", name);
	if (!strcmp(story->term.lang, "en"))
		(void)snprintf(name + strlen(name), sizeof(name) - strlen(name), "-en");
	if (ok)
		(void)pty_settle(&story->pty, KEY_MS);
	if (ok && story->update)
		ok = shot_write(&shot, name) || play_fails(story, "%s could not be written", name);
	while (ok && !story->update && !shot_equal(&shot, name, &difference)) {
		/* A screen that is right a moment later was still being drawn. */
		if (pty_now_ms() > until || !pty_pump(&story->pty, MOMENT_MS * 40))
			ok = play_fails(story, "the screen is not %s:\n%.3000s", name, buf_str(&difference));
		buf_clear(&difference);
	}
	buf_done(&difference);
	return ok;
}

/* For whoever writes a story: the screen as it is, into the log. */
static bool on_show(struct story *story, const char *rest)
{
	struct buf text = BUF(PLAY_TEXT_MAX);
	bool ok = play_has_screen(story);

	(void)rest;
	if (ok) {
		(void)pty_settle(&story->pty, KEY_MS);
		vt_text(story->pty.vt, &text);
		(void)printf("line %d:\n%s", story->line, buf_str(&text));
	}
	buf_done(&text);
	return ok;
}

static const struct {
	const char *word;
	bool (*play)(struct story *story, const char *rest);
} commands[] = {
	{ "term", on_head },           { "sizes", on_head },     { "langs", on_head },
	{ "now", on_now },             { "cursor-on", on_cursor_on },
	{ "colours", on_colours },     { "blur", on_blur },
	{ "lang", on_lang },           { "ward", on_ward },      { "run", on_run },
	{ "see", on_see },             { "see-not", on_see_not }, { "stands-out", on_stands_out },
	{ "screen", on_screen },       { "exec", on_exec },      { "exec-fail", on_exec_fail },
	{ "until", on_until },         { "background", on_background }, { "out", on_out },
	{ "out-not", on_out_not },     { "err", on_err },        { "err-not", on_err_not },
	{ "files", on_files },         { "mark", on_mark },      { "limit", on_limit },
	{ "keys-at-most", on_keys_at_most },
	{ "show", on_show },
};

/* `"Tiếng Việt" | "English"`: what the language played in does not say is cut out of the line. */
static void keep_language(const struct story *story, char *rest)
{
	char *bar = strstr(rest, "\" | \"");

	if (bar && !strcmp(story->term.lang, "en"))
		memmove(rest, bar + 4, strlen(bar + 4) + 1);
	else if (bar)
		bar[1] = '\0';
}

/* One line of the story: blank and comment lines come true by themselves. */
static bool play_line(struct story *story, char *line)
{
	size_t word = strcspn(line, " \t"), len = strlen(line);
	char *rest = line + word + strspn(line + word, " \t");

	while (len && isspace((unsigned char)line[len - 1]))
		line[--len] = '\0';
	if (!line[0] || line[0] == '#')
		return true;
	keep_language(story, rest);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strlen(commands[i].word) == word && !strncmp(commands[i].word, line, word))
			return commands[i].play(story, rest);
	return play_hands(story, line, word, rest);
}

/* The next line of `*at` into `line`, without its end; false after the last. */
static bool next_line(const char **at, char line[LINE_MAX_BYTES])
{
	size_t len = strcspn(*at, "\n");

	if (!**at)
		return false;
	(void)snprintf(line, LINE_MAX_BYTES, "%.*s", (int)len, *at);
	*at += len + ((*at)[len] == '\n');
	return true;
}

/* Add one terminal, when there is room for it. */
static bool add_term(struct story_term terms[STORY_TERMS], size_t *count, const char *name, const char *size)
{
	struct story_term *term = &terms[*count];

	if (*count == STORY_TERMS || !play_size_of(size, &term->rows, &term->cols))
		return false;
	(void)snprintf(term->name, sizeof(term->name), "%s", name);
	term->lang[0] = '\0';
	++*count;
	return true;
}

/* The usual terminals at each size of a list. */
static bool add_sizes(struct story_term terms[STORY_TERMS], size_t *count, char *sizes)
{
	static const char *const usual[] = { "xterm-256color", "linux" };
	char *at = NULL;

	for (char *size = strtok_r(sizes, " ", &at); size; size = strtok_r(NULL, " ", &at))
		for (size_t i = 0; i < ARRAY_LEN(usual); i++)
			if (!add_term(terms, count, usual[i], size))
				return false;
	return true;
}

/* Each terminal once in Vietnamese and once in English. */
static bool add_languages(struct story_term terms[STORY_TERMS], size_t *count)
{
	size_t both = *count * 2;

	if (both > STORY_TERMS)
		return false;
	for (size_t i = *count; i < both; i++) {
		terms[i] = terms[i - *count];
		memcpy(terms[i].lang, "en", 3);
		memcpy(terms[i - *count].lang, "vi", 3);
	}
	*count = both;
	return true;
}

size_t story_terms(const char *text, struct story_term terms[STORY_TERMS])
{
	char line[LINE_MAX_BYTES], name[32], size[16], usual_size[] = "80x24";
	size_t count = 0;
	bool both = false;

	while (next_line(&text, line)) {
		both = both || !strcmp(line, "langs vi en");
		if (sscanf(line, "term %31s %15s", name, size) == 2 && !add_term(terms, &count, name, size))
			return 0;
		if (!strncmp(line, "sizes ", 6) && !add_sizes(terms, &count, line + 6))
			return 0;
	}
	if (!count)
		(void)add_sizes(terms, &count, usual_size);
	return !both || add_languages(terms, &count) ? count : 0;
}

static void add_screen_to_fault(struct story *story)
{
	struct buf text = BUF(1 << 20);
	size_t len = strlen(story->fault);

	if (story->pty.vt) {
		(void)pty_pump(&story->pty, 0);
		vt_text(story->pty.vt, &text);
		(void)snprintf(story->fault + len, sizeof(story->fault) - len, "\n--- the screen ---\n%s",
			       buf_str(&text));
	}
	buf_done(&text);
}

bool story_play(struct story *story)
{
	char line[LINE_MAX_BYTES];
	const char *at = story->text;
	bool ok;

	story->pty = (struct pty)PTY_NONE;
	story->fault[0] = '\0';
	story->line = 0;
	story->blurs = 0;
	ok = world_open(&story->world, story->term.name) || play_fails(story, "no folder to play in");
	(void)snprintf(story->world.lang, sizeof(story->world.lang), "%s", story->term.lang);
	ok = ok && (world_wrap(&story->world) || play_fails(story, "the wrapper could not be written"));
	ok = ok && (keys_term(story->term.name) || play_fails(story, "no terminfo for %s", story->term.name));
	while (ok && next_line(&at, line)) {
		story->line++;
		ok = play_line(story, line);
	}
	if (ok && pty_running(&story->pty))
		ok = play_hands(story, "term-signal", strlen("term-signal"), "");
	if (!ok)
		add_screen_to_fault(story);
	pty_done(&story->pty);
	world_close(&story->world);
	return ok;
}
