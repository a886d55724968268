#include "db/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(struct buf *buf, size_t more)
{
	size_t cap;
	uint8_t *data;

	if (buf->full || more > buf->max - buf->len) {
		buf->full = true;
		return false;
	}
	if (buf->data && buf->len + more + 1 <= buf->cap)
		return true;
	cap = buf->cap ? buf->cap : 64;
	while (cap < buf->len + more + 1)
		cap *= 2;
	data = realloc(buf->data, cap);
	if (!data)
		die("out of memory");
	data[buf->len] = '\0';
	buf->data = data;
	buf->cap = cap;
	return true;
}

uint8_t *buf_room(struct buf *buf, size_t len)
{
	return reserve(buf, len) ? buf->data + buf->len : NULL;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
	if (!len || !reserve(buf, len))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_byte(struct buf *buf, uint8_t byte)
{
	if (buf->full || buf->len >= buf->max || buf->len + 1 >= buf->cap) {
		buf_add(buf, &byte, 1);
		return;
	}
	buf->data[buf->len++] = byte;
	buf->data[buf->len] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len >= 0 && reserve(buf, (size_t)len)) {
		vsnprintf((char *)buf->data + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->full = false;
	if (buf->data)
		buf->data[0] = '\0';
}

const char *buf_str(const struct buf *buf)
{
	return buf->data ? (const char *)buf->data : "";
}

void buf_done(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf)BUF(buf->max);
}

void buf_wipe_done(struct buf *buf)
{
	if (buf->data)
		explicit_bzero(buf->data, buf->cap);
	buf_done(buf);
}
