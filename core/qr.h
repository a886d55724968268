/*
 * qr.h - a QR code as rows of bits, and as half blocks for a terminal.
 *
 * Pure. Made by motcua-media (tui/papers.h), drawn here. A square is dark or
 * light; a scanner wants light around it, QR_QUIET squares of it.
 */
#ifndef MOTCUA_QR_H
#define MOTCUA_QR_H

#include "db/base/buf.h"

enum { QR_SIZE_MAX = 177, QR_QUIET = 2 };

struct qr {
	unsigned size; /* squares a side, 21 to QR_SIZE_MAX */
	uint8_t bits[(QR_SIZE_MAX * QR_SIZE_MAX + 7) / 8]; /* row by row, the first in the highest bit */
};

bool qr_dark(const struct qr *qr, unsigned x, unsigned y);
/* Text lines it takes, and columns of each. */
unsigned qr_lines(const struct qr *qr);
unsigned qr_cols(const struct qr *qr);
/*
 * Append one line of it, two rows of squares in half blocks, without a line end. `bright`: on a terminal whose
 * letters are light on dark, so that blocks draw the light squares.
 */
void qr_line(const struct qr *qr, unsigned line, bool bright, struct buf *out);

#endif
