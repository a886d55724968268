/*
 * vt.h - the screen a program draws on, read back as text; over libvterm.
 *
 * Bytes of the program go in, rows of UTF-8 text come out. A wide letter fills two
 * columns and is read once; empty cells read as blanks; blanks at a row's end are cut.
 * `console` screens also swallow the Linux console's palette sequences, which libvterm
 * would take for the start of a title. Sizes are rows and columns from 1.
 */
#ifndef MOTCUA_TESTS_VT_H
#define MOTCUA_TESTS_VT_H

#include "db/base/buf.h"

struct vt;

/* Never NULL: out of memory is die(). Close with vt_close. */
struct vt *vt_open(int rows, int cols, bool console);
void vt_close(struct vt *vt);
void vt_resize(struct vt *vt, int rows, int cols);
void vt_size(const struct vt *vt, int *rows, int *cols);
/* What the program wrote. */
void vt_feed(struct vt *vt, const void *bytes, size_t len);
/* What the terminal answers (a report it was asked for); 0 when nothing. */
size_t vt_answer(struct vt *vt, char *out, size_t size);
/* Row `row` from 0, appended to `out` without a line end. */
void vt_row(const struct vt *vt, int row, struct buf *out);
/* Every row, each with a line end. */
void vt_text(const struct vt *vt, struct buf *out);
/* Where the cursor stands, from 0. */
void vt_cursor(const struct vt *vt, int *row, int *col);
/* True when some row holds `text`. */
bool vt_shows(const struct vt *vt, const char *text);
/* True when a cell of the row that holds `text` stands out: reverse, bold, underlined or coloured. */
bool vt_stands_out(const struct vt *vt, const char *text);
/* Is any cell in a colour that is not the terminal's own? */
bool vt_coloured(const struct vt *vt);
/* The row the cursor stands in. */
int vt_cursor_row(const struct vt *vt);

#endif
