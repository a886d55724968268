#include "sync/dict_data.h"

#include <sodium.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

enum { WINDOW = 32 << 10, CHUNK = 64 << 10, LEVEL = 9, MEMORY = 9 };

uint8_t pack_dictionary(void)
{
	return dictionaries[dictionaries_count - 1].number;
}

static void put_lines(const char *const *lines, struct buf *out)
{
	for (; *lines; lines++) {
		size_t len = strlen(*lines), used;
		uint8_t *room = buf_room(out, len);

		if (!room || sodium_base642bin(room, len, *lines, len, NULL, &used, NULL,
					       sodium_base64_VARIANT_ORIGINAL))
			die("the dictionary is broken");
		out->len += used;
	}
}

enum rc pack_dictionary_get(uint8_t number, size_t *events, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < dictionaries_count; i++) {
		if (dictionaries[i].number != number)
			continue;
		put_lines(dictionaries[i].lines, out);
		*events = dictionaries[i].events;
		return RC_OK;
	}
	return err_set(err, RC_INPUT, "Gói dùng từ điển nén mới hơn: cần cập nhật chương trình này.",
		       "The batch uses a newer dictionary: this program needs an update.");
}

static enum rc damaged(struct err *err)
{
	return err_set(err, RC_INPUT, "Nội dung gói hỏng: không giải nén được.",
		       "The batch's contents are damaged: they do not inflate.");
}

static struct span last_of(struct span preset)
{
	if (preset.len > WINDOW)
		return (struct span){ preset.data + preset.len - WINDOW, WINDOW };
	return preset;
}

enum rc pack_deflate(struct span data, struct span preset, struct buf *out, struct err *err)
{
	z_stream z = { 0 };
	struct span last = last_of(preset);
	uint8_t *room;
	size_t bound;

	if (data.len > UINT32_MAX / 2)
		return err_set(err, RC_FULL, "Gói quá lớn.", "The batch is too large.");
	if (deflateInit2(&z, LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		die("out of memory");
	if (last.len && deflateSetDictionary(&z, last.data, (uInt)last.len) != Z_OK)
		die("deflate refused its dictionary");
	bound = deflateBound(&z, (uLong)data.len);
	room = buf_room(out, bound);
	if (!room) {
		(void)deflateEnd(&z);
		return err_set(err, RC_FULL, "Gói quá lớn.", "The batch is too large.");
	}
	z.next_in = data.data;
	z.avail_in = (uInt)data.len;
	z.next_out = room;
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("deflate broke its own bound");
	out->len += bound - z.avail_out;
	out->data[out->len] = '\0';
	(void)deflateEnd(&z);
	return RC_OK;
}

/* Chunk by chunk, so that memory grows only as far as the stream really goes. */
static enum rc inflate_all(z_stream *z, struct buf *out, struct err *err)
{
	int state = Z_OK;

	while (state == Z_OK) {
		size_t left = out->max - out->len, size = left < CHUNK ? left : CHUNK;
		uint8_t one, *room = size ? buf_room(out, size) : &one;

		z->next_out = room;
		z->avail_out = size ? (uInt)size : 1;
		state = inflate(z, Z_NO_FLUSH);
		if (state != Z_OK && state != Z_STREAM_END)
			return damaged(err);
		if (!size && !z->avail_out)
			return err_set(err, RC_INPUT, "Gói nở ra quá lớn: không nhận.",
				       "The batch unpacks to too much: not taken.");
		if (state == Z_OK && z->avail_out)
			return damaged(err);
		if (size)
			out->len += size - z->avail_out;
	}
	if (out->data)
		out->data[out->len] = '\0';
	return z->avail_in ? damaged(err) : RC_OK;
}

enum rc pack_inflate(struct span data, struct span preset, struct buf *out, struct err *err)
{
	z_stream z = { 0 };
	struct span last = last_of(preset);
	enum rc rc;

	if (!data.len || data.len > UINT32_MAX / 2)
		return damaged(err);
	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		die("out of memory");
	if (last.len && inflateSetDictionary(&z, last.data, (uInt)last.len) != Z_OK)
		die("inflate refused its dictionary");
	z.next_in = data.data;
	z.avail_in = (uInt)data.len;
	rc = inflate_all(&z, out, err);
	(void)inflateEnd(&z);
	return rc;
}
