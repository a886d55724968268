/*
 * scr_work.c - worklists: what is to be handed over, due, late and whose, waiting, to be returned.
 *
 * A list is limited by a filter, ticked, acted on (many.h). Where the clerk
 * was in each list - order, filter, row, scroll - is kept until the program
 * ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/rec_fields.h"
#include "tui/dlines.h"
#include "tui/many.h"
#include "tui/pick.h"
#include "tui/screens.h"

enum { JUMP_DIGITS = 8, FILTER_BYTES = 256 };

/* One list a line, in the order of the home screen; what is overdue also by whose lateness it is. */
static const struct work_view {
	enum work work;
	int level; /* -1: all */
} views[] = {
	{ WORK_CAME_IN, -1 },
	{ WORK_REGISTERED, -1 },
	{ WORK_HAND_OVER, -1 },
	{ WORK_DUE_TODAY, -1 },
	{ WORK_DUE_NEXT, -1 },
	{ WORK_OVERDUE, -1 },
	{ WORK_OVERDUE, LEVEL_WARD },
	{ WORK_OVERDUE, LEVEL_PROVINCE },
	{ WORK_OVERDUE, LEVEL_OTHER },
	{ WORK_OVERDUE, 0 },
	{ WORK_WAITING, -1 },
	{ WORK_TO_RETURN, -1 },
	{ WORK_OPEN, -1 },
	{ WORK_UNSCANNED, -1 },
};
enum { VIEWS = ARRAY_LEN(views) };
_Static_assert((int)VIEWS == (int)WORK_COUNT + (int)QUERY_LEVELS, "every list has its line");

/* Where the clerk was in a list. */
struct work_place {
	enum dlines_order order;
	bool reversed;
	char filter[FILTER_BYTES];
	struct dlines_place where;
};
struct work_memory {
	struct work_place places[VIEWS];
	size_t view; /* the list looked at last, plus 1; 0 none yet */
};

struct worklist {
	size_t view;
	struct dlines lines;
	struct edit filter;
	bool filtering;
	bool more; /* there are more than a list holds */
	char jump[JUMP_DIGITS + 1]; /* the digits typed just now */
	bool missed;                /* no code ends with them */
};

static const struct edit_rules filter_rules = { .compose = true, .max_letters = 60 };

static void view_words(struct ui *ui, size_t view, char *out, size_t size)
{
	snprintf(out, size, "%s%s%s", ui_words(ui, work_words(views[view].work)),
		 views[view].level < 0 ? "" : ", ",
		 views[view].level < 0 ? "" : ui_words(ui, level_words(views[view].level)));
}

static enum rc add_line(void *ctx, const struct query_line *line, struct err *err)
{
	struct worklist *list = ctx;
	int level = line->level > 0 && line->level < QUERY_LEVELS ? line->level : 0;

	if (views[list->view].level >= 0 && views[list->view].level != level)
		return RC_OK;
	if (list->lines.count == DLINES_MAX) {
		list->more = true;
		return RC_OK;
	}
	return dlines_add(&list->lines, line, err);
}

static void load(struct ui *ui, struct worklist *list)
{
	struct err err = { .rc = RC_OK };

	list->more = false;
	dlines_clear(&list->lines);
	if (query_worklist(ui->app, views[list->view].work, DLINES_MAX + 1, add_line, list, &err))
		ui_say_err(ui, &err);
	dlines_ready(&list->lines);
}

static struct work_memory *memory(struct ui *ui)
{
	if (!ui->work)
		ui->work = calloc(1, sizeof(*ui->work));
	if (!ui->work)
		die("no memory for a screen");
	return ui->work;
}

static void remember(struct ui *ui, const struct worklist *list)
{
	struct work_place *place = &memory(ui)->places[list->view];

	memory(ui)->view = list->view + 1;
	place->order = list->lines.order;
	place->reversed = list->lines.reversed;
	snprintf(place->filter, sizeof(place->filter), "%.*s", (int)utf8_cut_letters(list->filter.text, 60),
		 list->filter.text);
	dlines_where(&list->lines, &place->where);
}

void scr_work_forget(struct ui *ui)
{
	volatile unsigned char *at = (volatile unsigned char *)ui->work;

	for (size_t i = 0; at && i < sizeof(*ui->work); i++)
		at[i] = 0;
	free(ui->work);
	ui->work = NULL;
}

/* Load the list of `view` as the clerk left it. */
static void go_to_view(struct ui *ui, struct worklist *list, size_t view)
{
	const struct work_place *place = &memory(ui)->places[view];

	list->view = view;
	list->filtering = false;
	list->jump[0] = '\0';
	dlines_tick(&list->lines, NULL, 0);
	list->lines.order = place->order;
	list->lines.reversed = place->reversed;
	edit_set(&list->filter, place->filter);
	list_filter(&list->lines.list, place->filter);
	load(ui, list);
	dlines_go(&list->lines, &place->where);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

/* "< Quá hạn, cấp tỉnh >  12/340  đã đánh dấu 5  theo tên, đảo" */
static void draw_head(struct ui *ui, const struct worklist *list, struct area body)
{
	const struct list *rows = &list->lines.list;
	bool limited = *rows->filter != '\0', ordered = list->lines.order || list->lines.reversed;
	char words[128];
	int used;

	view_words(ui, list->view, words, sizeof(words));
	used = 1 + draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "< %s >", words);
	if (limited)
		used += 2 + draw_format(&ui->canvas, body.row, used + 2, body.cols - used - 3, STYLE_TEXT, "%zu/%zu%s",
					rows->shown_count, rows->count, list->more ? "+" : "");
	else
		used += 2 + draw_format(&ui->canvas, body.row, used + 2, body.cols - used - 3, STYLE_TEXT, "%zu%s",
					rows->count, list->more ? "+" : "");
	if (rows->tag_count)
		used += 2 + draw_format(&ui->canvas, body.row, used + 2, body.cols - used - 3, STYLE_STRONG,
					UI_T(ui, "đánh dấu %zu", "ticked %zu"), rows->tag_count);
	if (ordered)
		draw_format(&ui->canvas, body.row, used + 2, body.cols - used - 3, STYLE_TEXT, "%s%s",
			    ui_words(ui, dlines_order_words(list->lines.order)),
			    list->lines.reversed ? UI_T(ui, ", đảo", ", reversed") : "");
}

/* The line under the rows: the filter, or the digits a code is looked for by. */
static void draw_prompt(struct ui *ui, struct worklist *list, int row, int cols)
{
	const char *label = UI_T(ui, "Lọc:", "Filter:");
	int used;

	if (list->filtering || list->filter.len) {
		used = draw_text(&ui->canvas, row, 2, cols - 4, STYLE_LABEL, label);
		edit_draw(&list->filter, &filter_rules, &ui->canvas, row, used + 3, cols - used - 6, list->filtering);
	} else if (*list->jump) {
		draw_format(&ui->canvas, row, 2, cols - 4, list->missed ? STYLE_WARN : STYLE_LABEL,
			    list->missed ? UI_T(ui, "Không có mã nào tận cùng là %s.", "No code ends with %s.") :
					   UI_T(ui, "Đến mã có đuôi %s", "To the code ending with %s"),
			    list->jump);
	}
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct worklist *list = screen->state;
	struct area rows = { body.row + 1, body.col, body.rows - 1, body.cols };

	draw_head(ui, list, body);
	dlines_draw(&list->lines, &ui->canvas, rows, !list->filtering);
	if (!list->lines.list.shown_count)
		draw_text(&ui->canvas, rows.row + 2, 3, body.cols - 4, STYLE_DIM,
			  list->lines.count ? UI_T(ui, "Không hồ sơ nào khớp. Esc: bỏ lọc.",
						   "None matches. Esc: no filter.") :
					      UI_T(ui, "Không có hồ sơ nào ở đây.", "No dossiers here."));
	draw_prompt(ui, list, rows.row + rows.rows - 2, body.cols);
}

static void turn(struct ui *ui, struct worklist *list, size_t view)
{
	remember(ui, list);
	go_to_view(ui, list, view % VIEWS);
}

/* The next list; a level that is late nowhere is passed over. */
static void step(struct ui *ui, struct worklist *list, size_t by)
{
	do
		turn(ui, list, list->view + by);
	while (views[list->view].level >= 0 && !list->lines.count);
}

/* A digit, when nothing is being typed: the code that ends with what has been typed so far. */
static bool jump(struct worklist *list, const struct key *key)
{
	size_t len = strlen(list->jump);
	bool digit = key->name == K_TEXT && !key->pasted && key->ch >= '0' && key->ch <= '9';

	if (!digit) {
		list->jump[0] = '\0';
		return false;
	}
	if (len == JUMP_DIGITS)
		len = 0;
	list->jump[len] = (char)key->ch;
	list->jump[len + 1] = '\0';
	list->missed = !dlines_jump(&list->lines, list->jump);
	return true;
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct worklist *list = screen->state;

	if (!list->filtering)
		return jump(list, key);
	switch (edit_key(&list->filter, &filter_rules, &ui->typing, key)) {
	case EDIT_IGNORED:
		return false;
	case EDIT_CHANGED:
		list_filter(&list->lines.list, list->filter.text);
		return true;
	default:
		return true;
	}
}

/* From the filter back to the rows: the limit stays. */
static bool leave_filter(struct ui *ui, struct worklist *list)
{
	(void)edit_leave(&list->filter, &filter_rules, &ui->typing);
	list_filter(&list->lines.list, list->filter.text);
	list->filtering = false;
	return true;
}

static bool drop_filter(struct worklist *list)
{
	struct dlines_place place;

	if (!list->filtering && !list->filter.len)
		return false;
	dlines_where(&list->lines, &place);
	list->filtering = false;
	edit_set(&list->filter, "");
	list_filter(&list->lines.list, "");
	dlines_go(&list->lines, &place);
	return true;
}

static void open_line(struct ui *ui, struct worklist *list)
{
	const struct dline *line = dlines_at(&list->lines);

	if (list->filtering)
		(void)leave_filter(ui, list);
	else if (line)
		scr_dossier(ui, line->code);
}

static void view_item(void *ctx, size_t item, char *out, size_t size)
{
	view_words(ctx, item, out, size);
}

static void pick_view(struct ui *ui, struct worklist *list)
{
	static const struct words title = T("Danh sách hồ sơ", "Worklists");
	long chosen = pick_run(ui, &title, VIEWS, view_item, ui, list->view);

	if (chosen >= 0)
		turn(ui, list, (size_t)chosen);
}

/* While the filter is typed into, its own keys. */
static bool filter_action(struct ui *ui, struct worklist *list, enum ui_action action)
{
	switch (action) {
	case UI_NEXT:
	case UI_PREV:
		return leave_filter(ui, list) && list_action(&list->lines.list, action);
	case UI_FIND:
		return leave_filter(ui, list);
	default:
		if (edit_action(&list->filter, &filter_rules, action) == EDIT_IGNORED)
			return false;
		list_filter(&list->lines.list, list->filter.text);
		return true;
	}
}

/* What is done to the rows as a whole. */
static bool rows_action(struct ui *ui, struct worklist *list, enum ui_action action)
{
	struct dlines *lines = &list->lines;

	switch (action) {
	case UI_SORT:
		dlines_sort(lines, (enum dlines_order)((lines->order + 1) % ORDERS), lines->reversed);
		return true;
	case UI_REVERSE:
		dlines_sort(lines, lines->order, !lines->reversed);
		return true;
	case UI_MANY:
		many_act(ui, lines, MANY_ANY);
		return true;
	case UI_PRINT:
		many_act(ui, lines, MANY_PRINT);
		return true;
	case UI_UNDO:
		many_act(ui, lines, MANY_UNDO);
		return true;
	case UI_LEFT:
	case UI_RIGHT:
		step(ui, list, action == UI_LEFT ? VIEWS - 1 : 1);
		return true;
	default:
		return list_action(&lines->list, action);
	}
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct worklist *list = screen->state;

	switch (action) {
	case UI_ACCEPT:
		open_line(ui, list);
		return true;
	case UI_BACK:
		return drop_filter(list);
	case UI_RELOAD:
		load(ui, list);
		return true;
	case UI_VALUES:
		pick_view(ui, list);
		return true;
	case UI_NEW:
		scr_intake_draft(ui, 0);
		return true;
	default:
		break;
	}
	if (list->filtering && filter_action(ui, list, action))
		return true;
	if (action == UI_FIND) {
		list->filtering = true;
		return true;
	}
	return rows_action(ui, list, action);
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	struct worklist *list = screen->state;

	(void)ui;
	return list->filtering;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct worklist *list = screen->state;

	remember(ui, list);
	edit_wipe(&list->filter);
	dlines_done(&list->lines);
	free(list);
}

static const enum ui_action actions[] = { UI_ACCEPT,   UI_FIND,	  UI_TOGGLE, UI_ALL,  UI_MANY,	UI_VALUES,
					  UI_SORT,     UI_BACK,	  UI_HELP,   UI_PRINT, UI_UNDO, UI_REVERSE,
					  UI_LEFT,     UI_RIGHT,  UI_NEXT,   UI_PREV, UI_PAGEDOWN, UI_PAGEUP,
					  UI_NEW,      UI_RELOAD, UI_NONE };

static const struct hint_words hints[] = {
	{ UI_ACCEPT, T("Mở", "Open") },
	{ UI_FIND, T("Lọc", "Filter") },
	{ UI_VALUES, T("Danh sách khác", "Other lists") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops work_screen = {
	.name = "work", .title = T("Hồ sơ", "Dossiers"), .actions = actions, .hints = hints, .draw = on_draw, .in_text = in_text,
	.on_key = on_key, .on_action = on_action, .on_show = on_show, .on_close = on_close,
};

static void open_view(struct ui *ui, size_t view)
{
	struct worklist *list = calloc(1, sizeof(*list));

	if (!list)
		die("no memory for a screen");
	edit_init(&list->filter);
	dlines_init(&list->lines, ui->lang);
	go_to_view(ui, list, view);
	ui_push(ui, &work_screen, list);
}

static size_t view_of(enum work work, int level)
{
	for (size_t i = 0; i < VIEWS; i++)
		if (views[i].work == work && views[i].level == level)
			return i;
	return 0;
}

void scr_work(struct ui *ui, enum work work)
{
	open_view(ui, view_of(work, -1));
}

void scr_work_late(struct ui *ui, int level)
{
	open_view(ui, view_of(WORK_OVERDUE, level > 0 && level < QUERY_LEVELS ? level : 0));
}

void scr_work_again(struct ui *ui)
{
	open_view(ui, memory(ui)->view ? memory(ui)->view - 1 : view_of(WORK_OPEN, -1));
}
