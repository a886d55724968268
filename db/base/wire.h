/*
 * wire.h - pack and bounds-checked unpack of varints, bytes, text.
 *
 * Writers append to a buf. Readers walk a span and stick at the first fault:
 * `bad` is set, every later read gives 0 or an empty span, and the caller
 * checks once at the end. Varints are canonical LEB128: a longer form than
 * needed, or one past 64 bits, is a fault, so the same value has one spelling.
 */
#ifndef MOTCUA_WIRE_H
#define MOTCUA_WIRE_H

#include "db/base/buf.h"

struct span {
	const uint8_t *data;
	size_t len;
};

struct reader {
	const uint8_t *at, *end;
	bool bad;
};

void wire_put_uint(struct buf *buf, uint64_t value);
void wire_put_int(struct buf *buf, int64_t value); /* zigzag */
void wire_put_bytes(struct buf *buf, const void *data, size_t len); /* length, then bytes */
void wire_put_be(struct buf *buf, uint64_t value, size_t bytes);

struct reader reader_on(const void *data, size_t len);
uint64_t wire_uint(struct reader *r);
int64_t wire_int(struct reader *r);
struct span wire_bytes(struct reader *r); /* length, then bytes; points into the input */
struct span wire_take(struct reader *r, size_t len);
uint8_t wire_byte(struct reader *r);
uint64_t wire_be(struct reader *r, size_t bytes);
bool reader_at_end(const struct reader *r); /* all read, nothing bad */

#endif
