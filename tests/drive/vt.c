#include "tests/drive/vt.h"

#include <stdlib.h>
#include <string.h>

#include <vterm.h>

enum { ROW_MAX = 64 * 1024, SCREEN_MAX = 1 << 20, PALETTE_DIGITS = 7 };

/* Where a palette sequence of the Linux console stands: ESC ] R, or ESC ] P and seven digits. */
enum quirk { PLAIN, SEEN_ESC, SEEN_BRACKET, IN_PALETTE };

struct vt {
	VTerm *vterm;
	VTermScreen *screen;
	bool console;
	enum quirk quirk;
	int digits;
};

struct vt *vt_open(int rows, int cols, bool console)
{
	struct vt *vt = calloc(1, sizeof(*vt));

	if (!vt)
		die("out of memory");
	vt->vterm = vterm_new(rows, cols);
	if (!vt->vterm)
		die("out of memory");
	vterm_set_utf8(vt->vterm, 1);
	vt->screen = vterm_obtain_screen(vt->vterm);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_reset(vt->screen, 1);
	vt->console = console;
	return vt;
}

void vt_close(struct vt *vt)
{
	if (!vt)
		return;
	vterm_free(vt->vterm);
	free(vt);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
	vterm_set_size(vt->vterm, rows, cols);
}

void vt_size(const struct vt *vt, int *rows, int *cols)
{
	vterm_get_size(vt->vterm, rows, cols);
}

/* One byte on a console: true when it belongs to the screen; held-back bytes go to `held` first. */
static bool pass_console(struct vt *vt, char byte, char held[2], size_t *held_len)
{
	*held_len = 0;
	switch (vt->quirk) {
	case PLAIN:
		if (byte != '\033')
			return true;
		vt->quirk = SEEN_ESC;
		return false;
	case SEEN_ESC:
		if (byte == ']') {
			vt->quirk = SEEN_BRACKET;
			return false;
		}
		held[(*held_len)++] = '\033';
		vt->quirk = PLAIN;
		return true;
	case SEEN_BRACKET:
		if (byte == 'R' || byte == 'P') {
			vt->quirk = byte == 'P' ? IN_PALETTE : PLAIN;
			vt->digits = PALETTE_DIGITS;
			return false;
		}
		held[(*held_len)++] = '\033';
		held[(*held_len)++] = ']';
		vt->quirk = PLAIN;
		return true;
	case IN_PALETTE:
		if (--vt->digits == 0)
			vt->quirk = PLAIN;
		return false;
	}
	return true;
}

void vt_feed(struct vt *vt, const void *bytes, size_t len)
{
	const char *at = bytes;

	if (!vt->console) {
		(void)vterm_input_write(vt->vterm, at, len);
		return;
	}
	for (size_t i = 0; i < len; i++) {
		char held[2];
		size_t held_len;
		bool pass = pass_console(vt, at[i], held, &held_len);

		if (held_len)
			(void)vterm_input_write(vt->vterm, held, held_len);
		if (pass)
			(void)vterm_input_write(vt->vterm, at + i, 1);
	}
}

size_t vt_answer(struct vt *vt, char *out, size_t size)
{
	return vterm_output_read(vt->vterm, out, size);
}

static void put_letter(struct buf *out, uint32_t letter)
{
	if (letter < 0x80) {
		buf_byte(out, (uint8_t)letter);
	} else if (letter < 0x800) {
		buf_byte(out, (uint8_t)(0xC0 | letter >> 6));
		buf_byte(out, (uint8_t)(0x80 | (letter & 0x3F)));
	} else if (letter < 0x10000) {
		buf_byte(out, (uint8_t)(0xE0 | letter >> 12));
		buf_byte(out, (uint8_t)(0x80 | (letter >> 6 & 0x3F)));
		buf_byte(out, (uint8_t)(0x80 | (letter & 0x3F)));
	} else {
		buf_byte(out, (uint8_t)(0xF0 | (letter >> 18 & 0x07)));
		buf_byte(out, (uint8_t)(0x80 | (letter >> 12 & 0x3F)));
		buf_byte(out, (uint8_t)(0x80 | (letter >> 6 & 0x3F)));
		buf_byte(out, (uint8_t)(0x80 | (letter & 0x3F)));
	}
}

static bool get_cell(const struct vt *vt, int row, int col, VTermScreenCell *cell)
{
	VTermPos pos = { .row = row, .col = col };

	return vterm_screen_get_cell(vt->screen, pos, cell) != 0;
}

void vt_row(const struct vt *vt, int row, struct buf *out)
{
	size_t start = out->len;
	int rows, cols;

	vt_size(vt, &rows, &cols);
	for (int col = 0; col < cols; col++) {
		VTermScreenCell cell;

		if (!get_cell(vt, row, col, &cell) || cell.chars[0] == (uint32_t)-1)
			continue;
		if (!cell.chars[0])
			buf_byte(out, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			put_letter(out, cell.chars[i]);
	}
	while (out->len > start && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
}

void vt_text(const struct vt *vt, struct buf *out)
{
	int rows, cols;

	vt_size(vt, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		vt_row(vt, row, out);
		buf_byte(out, '\n');
	}
}

void vt_cursor(const struct vt *vt, int *row, int *col)
{
	VTermPos pos = { .row = 0 };

	vterm_state_get_cursorpos(vterm_obtain_state(vt->vterm), &pos);
	*row = pos.row;
	*col = pos.col;
}

/* The first row that holds `text`, or -1. */
static int row_of(const struct vt *vt, const char *text)
{
	struct buf line = BUF(ROW_MAX);
	int rows, cols, found = -1;

	vt_size(vt, &rows, &cols);
	for (int row = 0; row < rows && found < 0; row++) {
		buf_clear(&line);
		vt_row(vt, row, &line);
		if (strstr(buf_str(&line), text))
			found = row;
	}
	buf_done(&line);
	return found;
}

bool vt_shows(const struct vt *vt, const char *text)
{
	return row_of(vt, text) >= 0;
}

bool vt_coloured(const struct vt *vt)
{
	int rows, cols;

	vt_size(vt, &rows, &cols);
	for (int row = 0; row < rows; row++)
		for (int col = 0; col < cols; col++) {
			VTermScreenCell cell;

			if (get_cell(vt, row, col, &cell) &&
			    (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)))
				return true;
		}
	return false;
}

int vt_cursor_row(const struct vt *vt)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(vt->vterm), &pos);
	return pos.row;
}

bool vt_stands_out(const struct vt *vt, const char *text)
{
	int row = row_of(vt, text), rows, cols;

	vt_size(vt, &rows, &cols);
	for (int col = 0; row >= 0 && col < cols; col++) {
		VTermScreenCell cell;

		if (get_cell(vt, row, col, &cell) && cell.chars[0] > ' ' &&
		    (cell.attrs.reverse || cell.attrs.bold || cell.attrs.underline ||
		     !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)))
			return true;
	}
	return false;
}
