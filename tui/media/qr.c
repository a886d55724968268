/* qr.c - a text as a QR code. */
#include <qrencode.h>
#include <string.h>

#include "tui/media/run.h"

enum { TEXT_MAX = 500 };

enum media_fault run_qr(const struct buf *in, struct buf *out)
{
	QRcode *code;
	uint8_t byte = 0;
	size_t squares;

	if (!in->len || in->len > TEXT_MAX || strlen(buf_str(in)) != in->len)
		return MEDIA_FAULT_STREAM;
	code = QRcode_encodeString8bit(buf_str(in), 0, QR_ECLEVEL_M);
	if (!code)
		return MEDIA_FAULT_FAILED;
	squares = (size_t)code->width * (size_t)code->width;
	buf_byte(out, (uint8_t)code->width);
	for (size_t i = 0; i < squares; i++) {
		byte = (uint8_t)(byte << 1 | (code->data[i] & 1));
		if (i % 8 == 7)
			buf_byte(out, byte);
	}
	if (squares % 8)
		buf_byte(out, (uint8_t)(byte << (8 - squares % 8)));
	QRcode_free(code);
	return MEDIA_FINE;
}
