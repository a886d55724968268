/*
 * scr_qr.c - the code of a dossier as a QR, as large as the window allows, for a citizen's telephone.
 *
 * Two squares share a cell, one above the other, unless the window has room for a square of two cells. Blocks
 * draw the light squares, as letters are light on most terminals; a key turns that round where they are dark.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tui/papers.h"
#include "tui/screens.h"

struct qr_screen {
	char code[DOSSIER_CODE_TEXT];
	struct qr qr;
	bool dark; /* letters are dark on light here */
};

static bool is_drawn(const struct qr_screen *view, unsigned x, unsigned y)
{
	return qr_dark(&view->qr, x - QR_QUIET, y - QR_QUIET) == view->dark;
}

/* A square is two cells wide and one high. */
static void draw_large(struct ui *ui, const struct qr_screen *view, struct area area)
{
	unsigned size = qr_cols(&view->qr);

	for (unsigned y = 0; y < size; y++)
		for (unsigned x = 0; x < size; x++)
			if (is_drawn(view, x, y))
				draw_text(&ui->canvas, area.row + (int)y, area.col + 2 * (int)x, 2, STYLE_TEXT, "██");
}

static void draw_small(struct ui *ui, const struct qr_screen *view, struct area area)
{
	struct buf line = BUF(4096);

	for (unsigned y = 0; y < qr_lines(&view->qr); y++) {
		buf_clear(&line);
		qr_line(&view->qr, y, !view->dark, &line);
		draw_text(&ui->canvas, area.row + (int)y, area.col, area.cols, STYLE_TEXT, buf_str(&line));
	}
	buf_done(&line);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	const struct qr_screen *view = screen->state;
	int size = (int)qr_cols(&view->qr), lines = (int)qr_lines(&view->qr);
	bool large = size <= body.rows - 3 && 2 * size <= body.cols;
	int width = large ? 2 * size : size;
	struct area area = { body.row + 2, (body.cols - width) / 2, body.rows - 2, body.cols };

	draw_text(&ui->canvas, body.row, area.col, width, STYLE_STRONG, view->code);
	draw_text(&ui->canvas, body.row + body.rows - 1, 1, body.cols - 2, STYLE_DIM,
		  UI_T(ui, "Máy không đọc được: bấm m để đảo màu.", "It does not read: m swaps dark and light."));
	draw_cursor(&ui->canvas, body.row, area.col);
	if (large)
		draw_large(ui, view, area);
	else if (lines <= body.rows - 3)
		draw_small(ui, view, area);
	else
		draw_text(&ui->canvas, area.row, 1, body.cols - 2, STYLE_WARN,
			  UI_T(ui, "Cửa sổ quá nhỏ cho mã QR.", "The window is too small for the code."));
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct qr_screen *view = screen->state;

	switch (action) {
	case UI_QR:
		view->dark = !view->dark;
		return true;
	case UI_ACCEPT:
		ui_pop(ui);
		return true;
	default:
		return false;
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	(void)ui;
	free(screen->state);
}

static const enum ui_action actions[] = { UI_BACK, UI_QR, UI_HELP, UI_NONE };

const struct screen_ops qr_screen = {
	.name = "qr", .title = T("Mã QR", "QR code"), .actions = actions,
	.draw = on_draw, .on_action = on_action, .on_close = on_close,
};

void scr_qr(struct ui *ui, const char *code)
{
	struct qr_screen *view = calloc(1, sizeof(*view));
	struct err err = { .rc = RC_OK };

	if (!view)
		die("no memory for a screen");
	snprintf(view->code, sizeof(view->code), "%s", code);
	if (papers_qr(code, &view->qr, &err)) {
		ui_say_err(ui, &err);
		free(view);
		return;
	}
	ui_push(ui, &qr_screen, view);
}
