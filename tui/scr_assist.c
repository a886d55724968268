/*
 * scr_assist.c - the digital team: help given, what was promised again, and the way to the household
 * register.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/assist.h"
#include "tui/assist_form.h"
#include "tui/list.h"
#include "tui/periods.h"
#include "tui/screens.h"
#include "tui/words.h"

enum { ASSIST_LINES = 5000, FOLLOW_DAYS = 400 };

enum view { VIEW_TODAY, VIEW_FOLLOW, VIEW_PERIOD, VIEW_COUNT };

struct assist_line {
	msec at;
	dayno follow_up;
	char category[44], person[100], member[72], note[100];
	int64_t outcome, minutes, neighbourhood;
};

struct assists {
	struct ui *ui;
	enum view view;
	struct period period;
	dayno today;
	bool own; /* a team member sees his own */
	struct assist_line *lines;
	size_t count;
	int64_t minutes;
	struct list list;
	struct categories categories;
	struct assist_again again;
};

static const struct list_col cols[] = {
	{ T("Lúc", "At"), 12, false },
	{ T("Loại hỗ trợ", "Category"), 0, false },
	{ T("Người được giúp", "Person"), 15, false },
	{ T("Kết quả", "Outcome"), 10, false },
	{ T("Phút", "Min."), 4, true },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct assists *assists = ctx;
	const struct assist_line *line = &assists->lines[row];
	struct civil at = clock_civil(assists->view == VIEW_FOLLOW ? dayno_start(line->follow_up) : line->at);

	if (col == 0 && assists->view == VIEW_FOLLOW) {
		snprintf(out, LIST_CELL, "%02d/%02d/%d", at.day, at.month, at.year);
		if (line->follow_up < assists->today)
			*style = STYLE_BAD;
	} else if (col == 0) {
		snprintf(out, LIST_CELL, "%02d:%02d %02d/%02d", at.hour, at.minute, at.day, at.month);
	} else if (col == 1) {
		snprintf(out, LIST_CELL, "%s", category_name(&assists->categories, line->category));
	} else if (col == 2) {
		snprintf(out, LIST_CELL, "%s", line->person);
	} else if (col == 3 && line->outcome) {
		words_choice(field_tagged(rec_type(REC_ASSIST)->fields, ASSIST_OUTCOME), line->outcome,
			     assists->ui->lang, out, LIST_CELL);
	} else if (col == 4 && line->minutes) {
		snprintf(out, LIST_CELL, "%lld", (long long)line->minutes);
	}
}

/* Promised again and not past by more than a year: what is due stands first. */
static bool is_wanted(const struct assists *assists, const struct rec *assist)
{
	if (assists->own && strcmp(rec_text(assist, ASSIST_MEMBER), assists->ui->app->user) != 0)
		return false;
	return assists->view != VIEW_FOLLOW || rec_has(assist, ASSIST_FOLLOW_UP);
}

static enum rc add_line(void *ctx, const struct rec *assist, struct err *err)
{
	struct assists *assists = ctx;
	struct assist_line *line;

	(void)err;
	if (assists->count == ASSIST_LINES || !is_wanted(assists, assist))
		return RC_OK;
	line = &assists->lines[assists->count++];
	*line = (struct assist_line){ .at = rec_num_or(assist, ASSIST_AT, 0),
				      .follow_up = (dayno)rec_num_or(assist, ASSIST_FOLLOW_UP, 0),
				      .outcome = rec_num_or(assist, ASSIST_OUTCOME, 0),
				      .minutes = rec_num_or(assist, ASSIST_MINUTES, 0) };
	snprintf(line->category, sizeof(line->category), "%s", rec_text(assist, ASSIST_CATEGORY));
	snprintf(line->person, sizeof(line->person), "%s", rec_text(assist, ASSIST_PERSON_NAME));
	assists->minutes += line->minutes;
	return RC_OK;
}

static int by_follow_up(const void *a, const void *b)
{
	const struct assist_line *x = a, *y = b;

	return x->follow_up < y->follow_up ? -1 : x->follow_up > y->follow_up;
}

static int newest_first(const void *a, const void *b)
{
	const struct assist_line *x = a, *y = b;

	return x->at > y->at ? -1 : x->at < y->at;
}

static void load(struct ui *ui, struct assists *assists)
{
	dayno from = assists->today, to = assists->today;
	struct err err = { .rc = RC_OK };

	assists->count = 0;
	assists->minutes = 0;
	if (assists->view == VIEW_FOLLOW)
		from = assists->today - FOLLOW_DAYS;
	if (assists->view == VIEW_PERIOD) {
		from = assists->period.from;
		to = assists->period.to;
	}
	if (assist_list(ui->app, from, to, add_line, assists, &err))
		ui_say_err(ui, &err);
	if (assists->count)
		qsort(assists->lines, assists->count, sizeof(*assists->lines),
		      assists->view == VIEW_FOLLOW ? by_follow_up : newest_first);
	list_rows(&assists->list, assists->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	struct assists *assists = screen->state;

	assists->today = dayno_of(app_now(ui->app));
	load(ui, assists);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	static const struct words views[VIEW_COUNT] = {
		T("Hôm nay", "Today"),
		T("Hẹn lại", "To be followed up"),
		T("Trong kỳ", "In the period"),
	};
	struct assists *assists = screen->state;
	struct area rows = { body.row + 2, body.col, body.rows - 5, body.cols };
	char period[128] = "";
	size_t row;

	if (assists->view == VIEW_PERIOD)
		period_words(&assists->period, ui->lang, period, sizeof(period));
	draw_format(&ui->canvas, body.row, 1, body.cols - 2, STYLE_STRONG, "< %s > %s",
		    ui_words(ui, &views[assists->view]), period);
	draw_format(&ui->canvas, body.row + body.rows - 1, 1, body.cols - 2, STYLE_STRONG, "%s%s",
		    UI_T(ui, "1 Ghi lượt hỗ trợ  2 Sổ hộ dân", "1 Record help  2 Household register"),
		    access_allows(ui->app->role, MAY_REPORT)
			    ? UI_T(ui, "  3 Độ phủ theo khu phố", "  3 Coverage by neighbourhood")
			    : "");
	draw_format(&ui->canvas, body.row + 1, 1, body.cols - 2, STYLE_DIM,
		    assists->own ? UI_T(ui, "%zu lượt của tôi, %lld phút", "%zu of mine, %lld minutes")
				 : UI_T(ui, "%zu lượt, %lld phút", "%zu times, %lld minutes"),
		    assists->count, (long long)assists->minutes);
	if (list_row(&assists->list, &row))
		draw_text(&ui->canvas, body.row + body.rows - 2, 1, body.cols - 2, STYLE_DIM,
			  category_name(&assists->categories, assists->lines[row].category));
	if (assists->count)
		list_draw(&assists->list, &ui->canvas, rows, ui->lang, true);
	else
		draw_text(&ui->canvas, rows.row + 1, 3, body.cols - 4, STYLE_DIM,
			  UI_T(ui, "Chưa có lượt hỗ trợ nào ở đây. F6 để ghi.",
			       "Nothing here yet. F6 records one."));
}

static void record(struct ui *ui, struct assists *assists)
{
	struct err err = { .rc = RC_OK };

	if (app_may(ui->app, MAY_ASSIST, &err))
		ui_say_err(ui, &err);
	else if (assist_form_run(ui, &assists->categories, &assists->again))
		load(ui, assists);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	if (key->name != K_TEXT || key->pasted)
		return false;
	if (key->ch == '1')
		record(ui, screen->state);
	else if (key->ch == '2')
		scr_household(ui);
	else if (key->ch == '3')
		scr_report_named(ui, "households");
	else
		return false;
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct assists *assists = screen->state;

	switch (action) {
	case UI_NEW:
		record(ui, assists);
		return true;
	case UI_LEFT:
	case UI_RIGHT:
		assists->view =
			(enum view)((assists->view + (action == UI_LEFT ? VIEW_COUNT - 1 : 1)) % VIEW_COUNT);
		load(ui, assists);
		return true;
	case UI_VALUES:
		if (period_ask(ui, &assists->period, NULL)) {
			assists->view = VIEW_PERIOD;
			load(ui, assists);
		}
		return true;
	case UI_RELOAD:
		load(ui, assists);
		return true;
	case UI_ACCEPT:
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&assists->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct assists *assists = screen->state;

	(void)ui;
	list_done(&assists->list);
	memset(assists->lines, 0, ASSIST_LINES * sizeof(*assists->lines));
	free(assists->lines);
	free(assists);
}

static const enum ui_action actions[] = { UI_NEW,  UI_VALUES, UI_LEFT, UI_RIGHT,    UI_BACK,   UI_RELOAD,
					  UI_HELP, UI_NEXT,   UI_PREV, UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops assist_screen = {
	.name = "assist",
	.title = T("Tổ công nghệ số", "Digital team"),
	.actions = actions,
	.draw = on_draw,
	.on_key = on_key,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_assist(struct ui *ui)
{
	struct assists *assists = calloc(1, sizeof(*assists));

	if (assists)
		assists->lines = calloc(ASSIST_LINES, sizeof(*assists->lines));
	if (!assists || !assists->lines)
		die("no memory for a screen");
	assists->ui = ui;
	assists->own = ui->app->role == ROLE_TEAM_MEMBER;
	assists->again.place = -1;
	period_holding(PERIOD_MONTH, dayno_of(app_now(ui->app)), &assists->period);
	categories_load(ui, &assists->categories);
	list_init(&assists->list, cols, ARRAY_LEN(cols), on_cell, assists);
	ui_push(ui, &assist_screen, assists);
}

void scr_assist_draft(struct ui *ui, const char *draft)
{
	(void)draft;
	scr_assist(ui);
	record(ui, ui->stack[ui->depth - 1].state);
}
