/*
 * drive STORY.t... - play stories, each on every terminal its head asks for.
 *
 * Counts in cmocka's words for tests/run.sh. Environment: UPDATE=1 rewrites expected screens,
 * KEEP=1 leaves the folders, DRIVE_WAIT is the seconds `see` waits, DRIVE_TERMS=N plays each
 * story on its first N terminals only (the sanitizer run does).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/drive/story.h"

enum { STORY_MAX = 1 << 20 };

struct tally {
	unsigned passed, failed;
};

static long setting(const char *name, long usual)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : usual;
}

static void play_on(const char *path, const char *folder, const char *text, const struct story_term *term,
		    struct tally *tally)
{
	struct story *story = calloc(1, sizeof(*story));
	double start = pty_now_ms();
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;

	if (!story)
		die("out of memory");
	story->text = text;
	story->screens = folder;
	story->term = *term;
	story->wait_ms = (int)setting("DRIVE_WAIT", STORY_WAIT_MS / 1000) * 1000;
	story->update = setting("UPDATE", 0) != 0;
	(void)printf("[ RUN      ] %s %s %dx%d %s\n", name, term->name, term->cols, term->rows, term->lang);
	if (story_play(story)) {
		tally->passed++;
		(void)printf("[       OK ] %s (%.1f s, %llu bytes to the terminal)\n", name,
			     (pty_now_ms() - start) / 1e3, (unsigned long long)story->pty.bytes);
	} else {
		tally->failed++;
		(void)printf("[  FAILED  ] %s %s %dx%d %s\n%s:%d: %s\n", name, term->name, term->cols, term->rows,
			     term->lang, path, story->line, story->fault);
	}
	(void)fflush(stdout);
	free(story);
}

static void play_file(const char *path, struct tally *tally)
{
	struct story_term terms[STORY_TERMS];
	struct buf text = BUF(STORY_MAX);
	char folder[1024] = ".", bytes[4096];
	const char *slash = strrchr(path, '/');
	size_t count, most = (size_t)setting("DRIVE_TERMS", STORY_TERMS), got;
	FILE *in = fopen(path, "rb");

	while (in && (got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(&text, bytes, got);
	if (in)
		(void)fclose(in);
	count = story_terms(buf_str(&text), terms);
	if (!text.len || !count) {
		(void)printf("%s: no story, or a head that cannot be read\n", path);
		tally->failed++;
	}
	if (slash)
		(void)snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	for (size_t i = 0; text.len && i < count && i < most; i++)
		play_on(path, folder, buf_str(&text), &terms[i], tally);
	buf_done(&text);
}

int main(int argc, char **argv)
{
	struct tally tally = { 0 };

	for (int i = 1; i < argc; i++)
		play_file(argv[i], &tally);
	if (tally.passed)
		(void)printf("[  PASSED  ] %u test(s).\n", tally.passed);
	if (tally.failed)
		(void)printf(" %u FAILED TEST(S)\n", tally.failed);
	return tally.failed || !tally.passed ? 1 : 0;
}
