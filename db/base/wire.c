#include "db/base/wire.h"

#include <string.h>

void wire_put_uint(struct buf *buf, uint64_t value)
{
	while (value >= 0x80) {
		buf_byte(buf, (uint8_t)(value | 0x80));
		value >>= 7;
	}
	buf_byte(buf, (uint8_t)value);
}

void wire_put_int(struct buf *buf, int64_t value)
{
	wire_put_uint(buf, ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0));
}

void wire_put_bytes(struct buf *buf, const void *data, size_t len)
{
	wire_put_uint(buf, len);
	buf_add(buf, data, len);
}

void wire_put_be(struct buf *buf, uint64_t value, size_t bytes)
{
	while (bytes-- > 0)
		buf_byte(buf, (uint8_t)(value >> (8 * bytes)));
}

struct reader reader_on(const void *data, size_t len)
{
	static const uint8_t nothing[1];
	const uint8_t *at = data ? data : nothing;

	return (struct reader){ .at = at, .end = at + (data ? len : 0), .bad = false };
}

uint8_t wire_byte(struct reader *r)
{
	if (r->bad || r->at == r->end) {
		r->bad = true;
		return 0;
	}
	return *r->at++;
}

uint64_t wire_uint(struct reader *r)
{
	uint64_t value = 0;
	unsigned shift;

	for (shift = 0; shift < 64; shift += 7) {
		uint8_t byte = wire_byte(r);

		if (shift == 63 && byte > 1)
			break;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		if (byte == 0 && shift > 0)
			break;
		return r->bad ? 0 : value;
	}
	r->bad = true;
	return 0;
}

int64_t wire_int(struct reader *r)
{
	uint64_t raw = wire_uint(r);

	return (int64_t)((raw >> 1) ^ (raw & 1 ? UINT64_MAX : 0));
}

struct span wire_take(struct reader *r, size_t len)
{
	struct span span = { r->at, 0 };

	if (r->bad || len > (size_t)(r->end - r->at)) {
		r->bad = true;
		return span;
	}
	span.len = len;
	r->at += len;
	return span;
}

struct span wire_bytes(struct reader *r)
{
	uint64_t len = wire_uint(r);

	if (len > (uint64_t)(r->end - r->at)) {
		r->bad = true;
		return (struct span){ r->at, 0 };
	}
	return wire_take(r, (size_t)len);
}

uint64_t wire_be(struct reader *r, size_t bytes)
{
	struct span span = wire_take(r, bytes);
	uint64_t value = 0;

	for (size_t i = 0; i < span.len; i++)
		value = value << 8 | span.data[i];
	return value;
}

bool reader_at_end(const struct reader *r)
{
	return !r->bad && r->at == r->end;
}
