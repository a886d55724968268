/*
 * buf.h - growable bytes with a ceiling set at birth.
 *
 * Hostile input ends in RC_FULL, not in swap: appends past the ceiling set
 * `full` (sticky) and change nothing. Out of memory is die(). The bytes are
 * always followed by a NUL that `len` does not count, so text can be read as
 * a C string. buf_done is safe on a buffer that never grew, and wipes nothing:
 * secrets use buf_wipe_done.
 */
#ifndef MOTCUA_BUF_H
#define MOTCUA_BUF_H

#include "db/base/err.h"

struct buf {
	uint8_t *data; /* NULL until the first append */
	size_t len, cap, max;
	bool full;
};
#define BUF(ceiling) { NULL, 0, 0, (ceiling), false }

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_byte(struct buf *buf, uint8_t byte);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/* Room for `len` more bytes at the end; NULL (and `full`) past the ceiling. The caller then sets len. */
uint8_t *buf_room(struct buf *buf, size_t len);
/* Forget the bytes, keep the memory. */
void buf_clear(struct buf *buf);
/* The bytes as text; "" when empty. */
const char *buf_str(const struct buf *buf);
void buf_done(struct buf *buf);
void buf_wipe_done(struct buf *buf);

#endif
