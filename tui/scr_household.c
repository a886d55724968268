/*
 * scr_household.c - the register of households: who has an account, and keeping it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/household.h"
#include "db/base/mem.h"
#include "db/rec_fields.h"
#include "tui/ask.h"
#include "tui/filter.h"
#include "tui/list.h"
#include "tui/recform.h"
#include "tui/screens.h"

enum { HOUSEHOLDS_MAX = 50000 };

struct household_line {
	int64_t rec;
	int neighbourhood;
	char code[44], head[100];
	int members, adults, accounts, vneid2, signatures;
};

struct households {
	struct ui *ui;
	struct household_line *lines;
	size_t count, cap;
	struct list list;
	struct filter filter;
};

static const struct list_col cols[] = {
	{ T("Khu phố", "Area"), 7, true },    { T("Mã hộ", "Code"), 12, false },
	{ T("Chủ hộ", "Head"), 0, false },    { T("Người", "People"), 6, true },
	{ T("Lớn", "Adults"), 6, true },      { T("Tài khoản", "Accounts"), 9, true },
	{ T("VNeID 2", "VNeID 2"), 7, true }, { T("Ký số", "Signs"), 5, true },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct households *households = ctx;
	const struct household_line *line = &households->lines[row];
	const int figures[] = { line->members, line->adults, line->accounts, line->vneid2, line->signatures };

	if (!line->accounts)
		*style = STYLE_WARN;
	if (col == 0)
		snprintf(out, LIST_CELL, "%d", line->neighbourhood);
	else if (col == 1)
		snprintf(out, LIST_CELL, "%s", line->code);
	else if (col == 2)
		snprintf(out, LIST_CELL, "%s", line->head);
	else
		snprintf(out, LIST_CELL, "%d", figures[col - 3]);
}

static enum rc add_line(void *ctx, const struct row *row, struct err *err)
{
	struct households *households = ctx;
	const struct rec *rec = &row->body;
	struct household_line *line;

	(void)err;
	if (households->count == HOUSEHOLDS_MAX)
		return RC_OK;
	households->lines = mem_room(households->lines, households->count, &households->cap,
				     sizeof(*households->lines));
	line = &households->lines[households->count++];
	*line = (struct household_line){ .rec = row->rec,
					 .neighbourhood = (int)rec_num_or(rec, HOUSEHOLD_NEIGHBOURHOOD, 0),
					 .members = (int)rec_num_or(rec, HOUSEHOLD_MEMBERS, 0),
					 .adults = (int)rec_num_or(rec, HOUSEHOLD_ADULTS, 0),
					 .accounts = (int)rec_num_or(rec, HOUSEHOLD_PORTAL_ACCOUNTS, 0),
					 .vneid2 = (int)rec_num_or(rec, HOUSEHOLD_VNEID2, 0),
					 .signatures = (int)rec_num_or(rec, HOUSEHOLD_SIGNATURES, 0) };
	snprintf(line->code, sizeof(line->code), "%s", rec_text(rec, HOUSEHOLD_CODE));
	snprintf(line->head, sizeof(line->head), "%s", rec_text(rec, HOUSEHOLD_HEAD_NAME));
	return RC_OK;
}

static void load(struct ui *ui, struct households *households)
{
	struct err err = { .rc = RC_OK };

	households->count = 0;
	if (app_may(ui->app, MAY_HOUSEHOLD, &err) ||
	    row_walk(ui->app->db, REC_HOUSEHOLD, add_line, households, &err))
		ui_say_err(ui, &err);
	list_rows(&households->list, households->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct households *households = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 2, body.cols };
	size_t with = 0;
	int used;

	for (size_t i = 0; i < households->count; i++)
		with += households->lines[i].accounts > 0;
	used = draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG,
			   UI_T(ui, "%zu hộ, %zu hộ có tài khoản", "%zu households, %zu with an account"),
			   households->count, with);
	filter_draw(&households->filter, ui, body, used);
	list_draw(&households->list, &ui->canvas, rows, ui->lang, !households->filter.typing);
}

struct keeping {
	struct recform recform;
	bool is_new;
};

static enum rc save(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct keeping *keeping = ctx;
	struct rec rec;
	enum rc rc;
	bool made = false;

	(void)form;
	rec_init(&rec, REC_HOUSEHOLD);
	rc = recform_read(&keeping->recform, &rec, err);
	if (!rc)
		rc = household_put(ui->app, &rec, &made, err);
	keeping->is_new = made;
	rec_done(&rec);
	return rc;
}

/* One household; `rec` 0 is a new one. */
static void keep(struct ui *ui, struct households *households, int64_t rec)
{
	static const struct words title = T("Hộ dân", "Household");
	struct keeping *keeping = calloc(1, sizeof(*keeping));
	struct err err = { .rc = RC_OK };
	struct row row;
	char draft[48];

	if (!keeping)
		die("no memory for a form");
	row_init(&row);
	if (rec && row_read(ui->app->db, rec, &row, &err)) {
		ui_say_err(ui, &err);
		goto out;
	}
	recform_init(&keeping->recform, rec_type(REC_HOUSEHOLD)->fields, app_now(ui->app), ui->lang);
	if (rec)
		recform_put(&keeping->recform, &row.body);
	if (rec)
		form_go(&keeping->recform.form, form_row_named(&keeping->recform.form, "members"));
	snprintf(draft, sizeof(draft), rec ? "household/%lld" : "household", (long long)rec);
	if (ask_form_kept(ui, &title,
		     UI_T(ui, "Khu phố và mã hộ là tên của hộ: đổi chúng là ghi một hộ khác.",
			  "Neighbourhood and code name a household: with others it is another one."),
		     &keeping->recform.form, save, keeping, draft)) {
		load(ui, households);
		ui_say(ui, STYLE_GOOD,
		       keeping->is_new ? UI_T(ui, "Đã thêm hộ.", "Added.") : UI_T(ui, "Đã ghi.", "Saved."));
	}
	recform_done(&keeping->recform);
out:
	row_done(&row);
	free(keeping);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct households *households = screen->state;

	return filter_key(&households->filter, &households->list, &ui->typing, key);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct households *households = screen->state;
	size_t row;

	switch (action) {
	case UI_ACCEPT:
		filter_leave(&households->filter, &households->list, &ui->typing);
		if (list_row(&households->list, &row))
			keep(ui, households, households->lines[row].rec);
		return true;
	case UI_NEW:
		keep(ui, households, 0);
		return true;
	case UI_FIND:
		households->filter.typing = true;
		return true;
	case UI_BACK:
		return filter_drop(&households->filter, &households->list);
	case UI_RELOAD:
		load(ui, households);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&households->list, action);
	}
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct households *households = screen->state;

	(void)ui;
	return households->filter.typing;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct households *households = screen->state;

	(void)ui;
	list_done(&households->list);
	if (households->lines)
		memset(households->lines, 0, households->cap * sizeof(*households->lines));
	free(households->lines);
	free(households);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEW,  UI_FIND,	   UI_RELOAD, UI_BACK, UI_HELP,
					  UI_NEXT,   UI_PREV, UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops household_screen = {
	.name = "household",
	.title = T("Sổ hộ dân", "Household register"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.in_text = in_text,
	.on_key = on_key,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_household(struct ui *ui)
{
	struct households *households = calloc(1, sizeof(*households));

	if (!households)
		die("no memory for a screen");
	households->ui = ui;
	filter_init(&households->filter);
	list_init(&households->list, cols, ARRAY_LEN(cols), on_cell, households);
	ui_push(ui, &household_screen, households);
}

void scr_household_draft(struct ui *ui, const char *draft)
{
	const char *rec = strchr(draft, '/');

	scr_household(ui);
	keep(ui, ui->stack[ui->depth - 1].state, rec ? strtoll(rec + 1, NULL, 10) : 0);
}
