#include "core/qr.h"

bool qr_dark(const struct qr *qr, unsigned x, unsigned y)
{
	unsigned bit = y * qr->size + x;

	return x < qr->size && y < qr->size && qr->bits[bit / 8] >> (7 - bit % 8) & 1;
}

unsigned qr_lines(const struct qr *qr)
{
	return (qr->size + 2 * QR_QUIET + 1) / 2;
}

unsigned qr_cols(const struct qr *qr)
{
	return qr->size + 2 * QR_QUIET;
}

/* Is a square of the picture with its quiet zone to be drawn? Wraps below 0, which is outside. */
static bool drawn(const struct qr *qr, unsigned col, unsigned row, bool bright)
{
	return qr_dark(qr, col - QR_QUIET, row - QR_QUIET) != bright;
}

void qr_line(const struct qr *qr, unsigned line, bool bright, struct buf *out)
{
	static const char *const blocks[] = { " ", "▄", "▀", "█" };

	for (unsigned col = 0; col < qr_cols(qr); col++)
		buf_text(out, blocks[2 * drawn(qr, col, 2 * line, bright) + drawn(qr, col, 2 * line + 1, bright)]);
}
