/*
 * scr_find.c - find a dossier as you type: name without accents, code, tail of id or phone, note.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/dlines.h"
#include "tui/screens.h"

enum { FIND_LINES = 60 };

struct finder {
	struct edit typed;
	struct dlines lines;
};

static const struct edit_rules rules = { .compose = true, .max_letters = 100 };

static void search(struct ui *ui, struct finder *finder)
{
	struct err err = { .rc = RC_OK };
	char text[EDIT_BYTES];

	/* Of a scanned card the number is looked for; the rest is the same person. */
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(finder->typed.text, "|"), finder->typed.text);
	dlines_clear(&finder->lines);
	if (*text &&
	    query_find(ui->app, text, FIND_LINES, dlines_add, &finder->lines, &err))
		ui_say_err(ui, &err);
	dlines_ready(&finder->lines);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	search(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct finder *finder = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2, body.cols };
	struct area hint = { body.row + 2, 1, 3, body.cols - 2 };
	const char *label = UI_T(ui, "Tìm:", "Find:");
	int used = draw_text(&ui->canvas, body.row, 1, 10, STYLE_LABEL, label);

	if (finder->lines.count)
		dlines_draw(&finder->lines, &ui->canvas, rows, false);
	else if (finder->typed.len)
		draw_text(&ui->canvas, rows.row, 1, body.cols - 2, STYLE_DIM,
			  UI_T(ui, "Không thấy hồ sơ nào.", "No dossier found."));
	else
		draw_wrapped(&ui->canvas, hint, 0, STYLE_DIM,
			     UI_T(ui,
				  "Gõ họ tên, mã hồ sơ, địa chỉ, ghi chú (không cần dấu), hoặc ít nhất 3 số cuối "
				  "của CCCD hay điện thoại.",
				  "Type a name, a code, an address, a note (accents optional), or the last 3 digits "
				  "or more of an id or phone."));
	if (finder->lines.count == FIND_LINES)
		draw_text(&ui->canvas, rows.row + rows.rows - 2, 2, body.cols - 4, STYLE_DIM,
			  UI_T(ui, "Còn hồ sơ khác nữa: gõ thêm để thu hẹp.", "There are more: type on to narrow."));
	edit_draw(&finder->typed, &rules, &ui->canvas, body.row, used + 2, body.cols - used - 4, true);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct finder *finder = screen->state;

	switch (edit_key(&finder->typed, &rules, &ui->typing, key)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		search(ui, finder);
		list_go(&finder->lines.list, 0);
		return true;
	default:
		return true;
	}
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct finder *finder = screen->state;
	const struct dline *line = dlines_at(&finder->lines);

	switch (action) {
	case UI_ACCEPT:
		if (line)
			scr_dossier(ui, line->code);
		return true;
	case UI_FIND:
		return true;
	case UI_RELOAD:
		search(ui, finder);
		return true;
	case UI_HOME:
	case UI_END:
		break;
	default:
		if (list_action(&finder->lines.list, action))
			return true;
		break;
	}
	switch (edit_action(&finder->typed, &rules, action)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		search(ui, finder);
		return true;
	default:
		return true;
	}
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	(void)ui;
	(void)screen;
	return true;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct finder *finder = screen->state;

	(void)ui;
	edit_wipe(&finder->typed);
	dlines_done(&finder->lines);
	free(finder);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEXT, UI_PREV, UI_CLEAR, UI_BACK, UI_TYPING, UI_HELP,
					  UI_RELOAD, UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops find_screen = {
	.name = "find", .title = T("Tìm hồ sơ", "Find a dossier"), .actions = actions, .hints = hint_open, .draw = on_draw,
	.in_text = in_text, .on_key = on_key, .on_action = on_action, .on_show = on_show, .on_close = on_close,
};

void scr_find(struct ui *ui)
{
	struct finder *finder = calloc(1, sizeof(*finder));

	if (!finder)
		die("no memory for a screen");
	edit_init(&finder->typed);
	dlines_init(&finder->lines, ui->lang);
	finder->lines.found = true;
	ui_push(ui, &find_screen, finder);
}
