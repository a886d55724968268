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

/* One letter of a word, the backslash undone; false for nonsense. */
static bool take_letter(struct stream *stream)
{
	char c = *stream->at++;

	if (!c)
		return false;
	if (c == '\\') {
		if (stream->at == stream->end)
			return false;
		c = *stream->at++;
		if (c == 't')
			c = '\t';
		else if (c == 'n')
			c = '\n';
		else if (c != '\\')
			return false;
	}
	buf_byte(&stream->room, (uint8_t)c);
	return true;
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
		} else if (!take_letter(stream)) {
			return false;
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
	size_t starts[STREAM_WORDS_MAX];

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
