/* pager.c - see pager.h. */
#include "tui/pager.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGER_SPOKEN = 18 }; /* linear mode: lines at once */

struct pager {
	const struct words *title;
	char *text;
	int skip, page, rows;
};

static void on_draw(struct ui *ui, struct screen *screen, struct area area)
{
	struct pager *pager = screen->state;
	struct area inside = { area.row + 2, area.col + 1, area.rows - 2, area.cols - 2 };

	if (ui->linear) {
		inside.rows = PAGER_SPOKEN;
		ui->canvas.spoken.page = pager->skip;
		snprintf(ui->canvas.spoken.prompt, sizeof(ui->canvas.spoken.prompt), "Enter");
	}
	pager->page = inside.rows;
	pager->rows = draw_wrapped_rows(pager->text, inside.cols);
	if (pager->skip > pager->rows - pager->page)
		pager->skip = pager->rows > pager->page ? pager->rows - pager->page : 0;
	draw_text(&ui->canvas, area.row, 1, area.cols - 2, STYLE_STRONG, ui_words(ui, pager->title));
	if (pager->rows > pager->page)
		draw_right(&ui->canvas, area.row, 1, area.cols - 2, STYLE_DIM,
			   pager->skip + pager->page < pager->rows ? UI_T(ui, "còn nữa", "more") :
								     UI_T(ui, "hết", "end"));
	draw_wrapped(&ui->canvas, inside, pager->skip, STYLE_TEXT, pager->text);
	draw_cursor(&ui->canvas, inside.row, 0);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct pager *pager = screen->state;
	int last = pager->rows > pager->page ? pager->rows - pager->page : 0;

	switch (action) {
	case UI_NEXT:
		pager->skip++;
		break;
	case UI_PREV:
		pager->skip--;
		break;
	case UI_PAGEDOWN:
	case UI_TOGGLE:
		pager->skip += pager->page - 1;
		break;
	case UI_PAGEUP:
		pager->skip -= pager->page - 1;
		break;
	case UI_HOME:
		pager->skip = 0;
		break;
	case UI_END:
		pager->skip = last;
		break;
	case UI_ACCEPT:
		if (ui->linear && pager->skip < last) {
			pager->skip += pager->page;
			break;
		}
		ui_pop(ui);
		return true;
	default:
		return false;
	}
	pager->skip = pager->skip < 0 ? 0 : pager->skip > last ? last : pager->skip;
	return true;
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	(void)screen;
	if (key->name != K_TEXT || key->ch != 'q')
		return false;
	ui_pop(ui);
	return true;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct pager *pager = screen->state;

	(void)ui;
	free(pager->text);
	free(pager);
}

static const enum ui_action actions[] = { UI_BACK, UI_PAGEDOWN, UI_PAGEUP, UI_HOME, UI_END, UI_NONE };

const struct screen_ops pager_screen = {
	.name = "pager", .title = T("Xem", "Read"), .actions = actions,
	.draw = on_draw, .on_key = on_key, .on_action = on_action, .on_close = on_close,
};

void pager_run(struct ui *ui, const struct words *title, const char *text)
{
	struct pager *pager = calloc(1, sizeof(*pager));

	if (!pager)
		die("no memory for a text");
	pager->title = title;
	pager->text = strdup(text);
	if (!pager->text)
		die("no memory for a text");
	pager->page = 1;
	ui_modal(ui, &pager_screen, pager);
}
