#include "tests/drive/shot.h"

#include <stdio.h>
#include <string.h>

enum { SHOT_MAX = 1 << 20, SHOT_PATH = 1024 };

static void path_of(const struct shot *shot, const char *name, char path[SHOT_PATH])
{
	int rows, cols;

	vt_size(shot->vt, &rows, &cols);
	if (rows == 24 && cols == 80)
		(void)snprintf(path, SHOT_PATH, "%s/%s.screen", shot->folder, name);
	else
		(void)snprintf(path, SHOT_PATH, "%s/%s-%dx%d.screen", shot->folder, name, cols, rows);
}

static void read_file(const char *path, struct buf *out)
{
	char bytes[4096];
	FILE *in = fopen(path, "rb");
	size_t got;

	if (!in)
		return;
	while ((got = fread(bytes, 1, sizeof(bytes), in)) > 0)
		buf_add(out, bytes, got);
	(void)fclose(in);
}

/* One line each of what is wanted and what is shown, walked together. */
static void compare(const char *wanted, const char *shown, struct buf *difference)
{
	for (int row = 1; *wanted || *shown; row++) {
		size_t a = strcspn(wanted, "\n"), b = strcspn(shown, "\n");

		if (a != b || memcmp(wanted, shown, a) != 0)
			buf_printf(difference, "row %2d wanted |%.*s|\n       shown  |%.*s|\n", row, (int)a,
				   wanted, (int)b, shown);
		wanted += a + (wanted[a] == '\n');
		shown += b + (shown[b] == '\n');
	}
}

/* The screen as text; what follows a blurred text in its row is left off. */
static void shot_text(const struct shot *shot, struct buf *out)
{
	struct buf line = BUF(SHOT_MAX);
	int rows, cols;

	vt_size(shot->vt, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		const char *text, *found = NULL;
		size_t len = 0;

		buf_clear(&line);
		vt_row(shot->vt, row, &line);
		text = buf_str(&line);
		for (unsigned i = 0; i < shot->blurs && !found; i++) {
			found = strstr(text, shot->blur[i]);
			len = strlen(shot->blur[i]);
		}
		buf_add(out, text, found ? (size_t)(found - text) + len : line.len);
		buf_text(out, found ? "~\n" : "\n");
	}
	buf_done(&line);
}

bool shot_equal(const struct shot *shot, const char *name, struct buf *difference)
{
	struct buf wanted = BUF(SHOT_MAX), shown = BUF(SHOT_MAX);
	char path[SHOT_PATH];
	bool equal;

	path_of(shot, name, path);
	read_file(path, &wanted);
	shot_text(shot, &shown);
	equal = wanted.len == shown.len && !strcmp(buf_str(&wanted), buf_str(&shown));
	if (!equal && !wanted.len)
		buf_printf(difference, "%s is not there (make stories UPDATE=1 writes it)\n", path);
	else if (!equal)
		compare(buf_str(&wanted), buf_str(&shown), difference);
	buf_done(&wanted);
	buf_done(&shown);
	return equal;
}

bool shot_write(const struct shot *shot, const char *name)
{
	struct buf shown = BUF(SHOT_MAX);
	char path[SHOT_PATH];
	bool ok;
	FILE *out;

	path_of(shot, name, path);
	shot_text(shot, &shown);
	out = fopen(path, "wb");
	ok = out && fwrite(shown.data, 1, shown.len, out) == shown.len;
	if (out && fclose(out))
		ok = false;
	buf_done(&shown);
	return ok;
}
