#include "db/base/stream.h"

#include <string.h>

void stream_init(struct stream *stream, const void *data, size_t len)
{
	*stream = (struct stream){ .at = data, .room = BUF(STREAM_LINE_MAX) };
	stream->end = len ? stream->at + len : stream->at;
}

void stream_done(struct stream *stream)
{
	buf_done(&stream->room);
}

/* What a backslash and the letter behind it stand for; false for nonsense. */
static bool take_escaped(struct stream *stream)
{
	char c;

	if (++stream->at == stream->end)
		return false;
	c = *stream->at++;
	if (c != 't' && c != 'n' && c != '\\')
		return false;
	buf_byte(&stream->room, (uint8_t)(c == 't' ? '\t' : c == 'n' ? '\n' : c));
	return true;
}

/* Letters as they are, up to one that means something. */
static void take_plain(struct stream *stream)
{
	const char *from = stream->at;

	while (stream->at < stream->end && *stream->at && *stream->at != '\t' && *stream->at != '\n' &&
	       *stream->at != '\\')
		stream->at++;
	buf_add(&stream->room, from, (size_t)(stream->at - from));
}

/* The line's words one after the other in `room`; where each begins. */
static bool split(struct stream *stream, size_t starts[STREAM_WORDS_MAX])
{
	starts[0] = 0;
	stream->count = 1;
	while (stream->at < stream->end && *stream->at != '\n') {
		if (*stream->at == '\t') {
			if (stream->count == STREAM_WORDS_MAX)
				return false;
			stream->at++;
			buf_byte(&stream->room, 0);
			starts[stream->count++] = stream->room.len;
		} else if (*stream->at == '\\') {
			if (!take_escaped(stream))
				return false;
		} else if (!*stream->at) {
			return false;
		} else {
			take_plain(stream);
		}
	}
	if (stream->at == stream->end)
		return false; /* every line ends */
	stream->at++;
	buf_byte(&stream->room, 0);
	return !stream->room.full;
}

bool stream_next(struct stream *stream)
{
	size_t starts[STREAM_WORDS_MAX] = { 0 };

	if (stream->bad || stream->at == stream->end)
		return false;
	buf_clear(&stream->room);
	if (!split(stream, starts)) {
		stream->bad = true;
		stream->count = 0;
		return false;
	}
	for (size_t i = 0; i < stream->count; i++)
		stream->words[i] = (const char *)stream->room.data + starts[i];
	return true;
}

const char *stream_word(const struct stream *stream, size_t n)
{
	return n < stream->count ? stream->words[n] : "";
}

void stream_put(struct buf *out, const char *word)
{
	for (; *word; word++) {
		if (*word == '\t')
			buf_text(out, "\\t");
		else if (*word == '\n')
			buf_text(out, "\\n");
		else if (*word == '\\')
			buf_text(out, "\\\\");
		else
			buf_byte(out, (uint8_t)*word);
	}
}
