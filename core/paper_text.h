/*
 * paper_text.h - a filled paper (core/rules/paper.h) as plain text, for any
 * printer that prints letters.
 *
 * Pure but for memory. Lines are cut and filled by columns, not bytes; nothing
 * is longer than `width`. A @page is a form feed. Tables keep their columns,
 * cells that do not fit go on below; rules are dashes.
 */
#ifndef MOTCUA_PAPER_TEXT_H
#define MOTCUA_PAPER_TEXT_H

#include "db/base/buf.h"

enum { PAPER_WIDTH = 80, PAPER_WIDTH_MIN = 24, PAPER_WIDTH_MAX = 200 };

/* Append it in `width` columns. RC_DAMAGED: not the lines paper_fill writes. RC_FULL. */
enum rc paper_text(const void *data, size_t len, size_t width, struct buf *out, struct err *err) MUST_CHECK;
/* The same letters without marks (vn_plain), for printers that know no Vietnamese. In place. */
void paper_plain(struct buf *text);

#endif
