/*
 * stream.h - lines of tab-separated words: how tables and papers reach the
 * programs that make XLSX, PDF or text of them.
 *
 * In a word \t, \n and \\ stand for tab, line end and backslash; any other
 * backslash is nonsense. Pure but for memory; a stream owns the words of its
 * last line, the caller owns the bytes. Safe on any bytes.
 */
#ifndef MOTCUA_STREAM_H
#define MOTCUA_STREAM_H

#include "db/base/buf.h"

enum {
	STREAM_WORDS_MAX = 80,        /* on one line */
	STREAM_LINE_MAX = 4 << 20, /* bytes of one line */
};

struct stream {
	const char *at, *end;
	struct buf room; /* the words, each with its NUL */
	const char *words[STREAM_WORDS_MAX];
	size_t count;
	bool bad; /* nonsense was met: everything after is the end */
};

void stream_init(struct stream *stream, const void *data, size_t len);
void stream_done(struct stream *stream);
/* The next line into words and count (at least one); false at the end or on nonsense. */
bool stream_next(struct stream *stream);
/* The nth word, "" when the line has fewer. */
const char *stream_word(const struct stream *stream, size_t n);
/* Append one word, escaped. */
void stream_put(struct buf *out, const char *word);

#endif
