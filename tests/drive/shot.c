#include "tests/drive/shot.h"

#include <stdio.h>
#include <string.h>

enum { SHOT_MAX = 1 << 20, SHOT_PATH = 1024 };

static void path_of(const struct vt *vt, const char *folder, const char *name, char path[SHOT_PATH])
{
	int rows, cols;

	vt_size(vt, &rows, &cols);
	if (rows == 24 && cols == 80)
		(void)snprintf(path, SHOT_PATH, "%s/%s.screen", folder, name);
	else
		(void)snprintf(path, SHOT_PATH, "%s/%s-%dx%d.screen", folder, name, cols, rows);
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

bool shot_equal(const struct vt *vt, const char *folder, const char *name, struct buf *difference)
{
	struct buf wanted = BUF(SHOT_MAX), shown = BUF(SHOT_MAX);
	char path[SHOT_PATH];
	bool equal;

	path_of(vt, folder, name, path);
	read_file(path, &wanted);
	vt_text(vt, &shown);
	equal = wanted.len == shown.len && !strcmp(buf_str(&wanted), buf_str(&shown));
	if (!equal && !wanted.len)
		buf_printf(difference, "%s is not there (make stories UPDATE=1 writes it)\n", path);
	else if (!equal)
		compare(buf_str(&wanted), buf_str(&shown), difference);
	buf_done(&wanted);
	buf_done(&shown);
	return equal;
}

bool shot_write(const struct vt *vt, const char *folder, const char *name)
{
	struct buf shown = BUF(SHOT_MAX);
	char path[SHOT_PATH];
	bool ok;
	FILE *out;

	path_of(vt, folder, name, path);
	vt_text(vt, &shown);
	out = fopen(path, "wb");
	ok = out && fwrite(shown.data, 1, shown.len, out) == shown.len;
	if (out && fclose(out))
		ok = false;
	buf_done(&shown);
	return ok;
}
