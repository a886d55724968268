#include "core/lines.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 << 10 };

void lines_init(struct lines *lines, FILE *in, size_t limit)
{
	*lines = (struct lines){ .in = in, .limit = limit, .line = BUF(limit + 1) };
	lines->chunk = malloc(CHUNK);
	if (!lines->chunk)
		die("out of memory");
}

void lines_done(struct lines *lines)
{
	free(lines->chunk);
	lines->chunk = NULL;
	buf_wipe_done(&lines->line);
}

static bool refill(struct lines *lines)
{
	lines->at = 0;
	lines->len = fread(lines->chunk, 1, CHUNK, lines->in);
	return lines->len > 0;
}

static void append(struct lines *lines, const char *data, size_t len)
{
	if (lines->too_long)
		return;
	buf_add(&lines->line, data, len);
	lines->too_long = lines->line.full;
}

/* Cut the CR of CR LF and the mark of the first line, then hold the line against the limit. */
static void trim(struct lines *lines)
{
	struct buf *line = &lines->line;

	if (line->len && line->data[line->len - 1] == '\r')
		line->data[--line->len] = '\0';
	if (lines->number == 1 && line->len >= 3 && !memcmp(line->data, "\xef\xbb\xbf", 3)) {
		memmove(line->data, line->data + 3, line->len - 2);
		line->len -= 3;
	}
	lines->too_long = lines->too_long || line->len > lines->limit;
	if (lines->too_long)
		buf_clear(line);
}

enum rc lines_next(struct lines *lines, struct err *err)
{
	bool any = false, ended = false;

	buf_clear(&lines->line);
	lines->too_long = false;
	while (!ended && (lines->at < lines->len || refill(lines))) {
		const char *from = lines->chunk + lines->at;
		const char *end = memchr(from, '\n', lines->len - lines->at);
		size_t take = end ? (size_t)(end - from) : lines->len - lines->at;

		append(lines, from, take);
		lines->at += take + (end ? 1 : 0);
		ended = end;
		any = true;
	}
	if (ferror(lines->in))
		return err_set(err, RC_IO, "Không đọc được tệp.", "The file cannot be read.");
	if (!any)
		return RC_NONE;
	lines->number++;
	trim(lines);
	return RC_OK;
}

bool lines_is_blank(const struct lines *lines)
{
	const char *text = buf_str(&lines->line);

	return !lines->too_long && strspn(text, " \t\r") == lines->line.len;
}
