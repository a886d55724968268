/*
 * scr_dossier.c - one dossier: what it says, and what may be done to it now.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/catalog.h"
#include "db/rec_fields.h"
#include "tui/dossier_text.h"
#include "tui/dlines.h"
#include "tui/pager.h"
#include "tui/screens.h"
#include "tui/verb.h"
#include "tui/words.h"

enum { DOSSIER_TEXT = 1 << 20, DOSSIER_VERBS = 20, DOSSIER_SIDE = 32 };

/* What the right side offers beside the verbs. */
enum view { VIEW_HISTORY, VIEW_DUE, VIEWS };
static const struct words view_words[VIEWS] = {
	T("Lịch sử", "History"),
	T("Vì sao hẹn ngày này", "Why this due date"),
};

struct dossier_view {
	char code[DOSSIER_CODE_TEXT];
	struct rec rec;
	struct buf text;
	const struct dossier_verb *verbs[DOSSIER_VERBS];
	size_t verb_count, at;
	int skip, page, rows;
	bool gone;
};

/* The last thing can be taken back: not what somebody else did, nor what is sealed or printed. */
static bool can_undo(struct ui *ui, const char *code)
{
	struct act_input input;
	bool can;

	act_input_init(&input, VERB_UNDO);
	can = act_check(ui->app, code, VERB_UNDO, &input, NULL, NULL) == RC_OK;
	act_input_done(&input);
	return can;
}

static void load(struct ui *ui, struct dossier_view *view)
{
	struct err err = { .rc = RC_OK };

	view->verb_count = 0;
	buf_clear(&view->text);
	rec_clear(&view->rec, REC_DOSSIER);
	view->gone = query_dossier(ui->app, view->code, &view->rec, &err) != RC_OK;
	if (view->gone)
		return;
	for (const struct dossier_verb *verb = dossier_verbs; verb->verb && view->verb_count < DOSSIER_VERBS; verb++)
		if (act_may(ui->app, &view->rec, verb->verb, &err) == RC_OK &&
		    (verb->verb != VERB_UNDO || can_undo(ui, view->code)))
			view->verbs[view->verb_count++] = verb;
	if (view->at >= view->verb_count + VIEWS)
		view->at = 0;
	dossier_text(ui->app, &view->rec, &view->text);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

/* "còn 3 ngày", "3 days late" */
static void days_words(int64_t days, enum lang lang, char *out, size_t size)
{
	static const struct words late = T("trễ", "late"), left = T("còn", "left"), one = T("ngày", "day"),
				  many = T("ngày", "days");
	const char *which = words_in(days < 0 ? &late : &left, lang);
	long long count = llabs((long long)days);
	const char *unit = words_in(count == 1 ? &one : &many, lang);

	if (lang == LANG_EN)
		snprintf(out, size, "%lld %s %s", count, unit, which);
	else
		snprintf(out, size, "%s %lld %s", which, count, unit);
}

/* The due date and how far it is, for the head. */
static void draw_due(struct ui *ui, const struct dossier_view *view, int row, int cols)
{
	msec due = rec_num(&view->rec, DOSSIER_DUE_AT);
	int state = dossier_state(&view->rec);
	struct dline line = { .due_at = due, .state = state, .paused = dossier_is_paused(&view->rec) };
	const struct calendar *cal;
	char when[CLOCK_SHORT_TEXT], left[64], words[80];
	enum style style = STYLE_TEXT;
	int used;

	words_choice(field_named(rec_type(REC_DOSSIER)->fields, "state"), state, ui->lang, left, sizeof(left));
	words_capital(left, words, sizeof(words));
	used = draw_text(&ui->canvas, row, 1, cols, STYLE_STRONG, words);
	if (due == MSEC_NONE)
		return;
	if (catalog_calendar(ui->app, &cal, NULL) == RC_OK)
		line.days_left = deadline_days_left(cal, due, dayno_of(app_now(ui->app)));
	draw_format(&ui->canvas, row, used + 1, cols - used, STYLE_TEXT, ". %s %s", UI_T(ui, "Hẹn trả", "Due"),
			    clock_format_short(due, when));
	if (dossier_is_open(&view->rec) && !line.paused) {
		dlines_when(&line, ui->lang, left, sizeof(left), &style);
		if (line.days_left)
			days_words(line.days_left, ui->lang, left, sizeof(left));
		words_capital(left, words, sizeof(words));
		draw_text(&ui->canvas, row + 1, 1, cols, style, words);
	}
}

static void offer_words(struct ui *ui, const struct dossier_view *view, size_t at, char *out, size_t size)
{
	if (at < view->verb_count)
		words_capital(ui_words(ui, &view->verbs[at]->label), out, size);
	else
		snprintf(out, size, "%s", ui_words(ui, &view_words[at - view->verb_count]));
}

static void draw_offers(struct ui *ui, const struct dossier_view *view, struct area area)
{
	draw_text(&ui->canvas, area.row, area.col, area.cols, STYLE_STRONG, UI_T(ui, "Có thể làm", "You can"));
	for (size_t i = 0; i < view->verb_count + VIEWS; i++) {
		int row = area.row + 1 + (int)i;
		bool here = i == view->at;
		int wide = ui->linear && i >= 9; /* its number has two digits */
		char words[128];

		if ((int)i + 1 >= area.rows)
			break;
		if (here)
			draw_text(&ui->canvas, row, area.col, 1, STYLE_STRONG, ">");
		if (i < 9 || ui->linear)
			draw_format(&ui->canvas, row, area.col + 1, 2, STYLE_KEY, "%zu", i + 1);
		offer_words(ui, view, i, words, sizeof(words));
		draw_text(&ui->canvas, row, area.col + 3 + wide, area.cols - 3 - wide,
			  here ? STYLE_FOCUS : STYLE_TEXT, words);
		if (here)
			draw_cursor(&ui->canvas, row, area.col);
	}
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct dossier_view *view = screen->state;
	int cols = body.cols - DOSSIER_SIDE - 2;
	struct area text = { body.row + 3, 1, body.rows - 3, cols };
	struct area side = { body.row, cols + 3, body.rows, DOSSIER_SIDE - 2 };

	if (view->gone) {
		draw_text(&ui->canvas, body.row + 1, 2, body.cols - 4, STYLE_WARN,
			  UI_T(ui, "Hồ sơ này không còn ở đây.", "This dossier is not here any more."));
		return;
	}
	draw_format(&ui->canvas, body.row, 1, cols, STYLE_STRONG, "%s  %s", view->code,
		    rec_text(&view->rec, DOSSIER_APPLICANT_NAME));
	draw_due(ui, view, body.row + 1, cols);
	view->page = text.rows;
	view->rows = draw_wrapped_rows(buf_str(&view->text), cols);
	draw_wrapped(&ui->canvas, text, view->skip, STYLE_TEXT, buf_str(&view->text));
	if (view->rows > view->page)
		draw_right(&ui->canvas, body.row + 2, 1, cols, STYLE_DIM,
			   view->skip + view->page < view->rows ? UI_T(ui, "còn nữa: F8", "more: F8") :
								  UI_T(ui, "hết: F7 lên", "end: F7 up"));
	ui->canvas.spoken.side = side.col;
	draw_offers(ui, view, side);
}

static void show_view(struct ui *ui, struct dossier_view *view, enum view which)
{
	struct buf text = BUF(DOSSIER_TEXT);
	struct err err = { .rc = RC_OK };
	enum rc rc = which == VIEW_HISTORY ? dossier_history_text(ui->app, view->code, &text, &err) :
					     dossier_due_text(ui->app, view->code, &text, &err);

	if (rc)
		ui_say_err(ui, &err);
	else
		pager_run(ui, &view_words[which], buf_str(&text));
	buf_wipe_done(&text);
}

static void take_offer(struct ui *ui, struct dossier_view *view, size_t at)
{
	if (view->gone || at >= view->verb_count + VIEWS)
		return;
	view->at = at < view->verb_count ? 0 : at; /* another state, other verbs: none stands ready */
	if (at < view->verb_count)
		verb_run(ui, view->code, &view->rec, view->verbs[at]);
	else
		show_view(ui, view, (enum view)(at - view->verb_count));
}

/* Linear mode: more than a digit can name. */
static bool on_number(struct ui *ui, struct screen *screen, unsigned number)
{
	const struct dossier_view *view = screen->state;

	if (!number || number > view->verb_count + VIEWS)
		return false;
	take_offer(ui, screen->state, number - 1);
	return true;
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	if (key->name != K_TEXT || key->pasted || key->ch < '1' || key->ch > '9')
		return false;
	take_offer(ui, screen->state, key->ch - '1');
	return true;
}

static void scroll(struct dossier_view *view, int by)
{
	int last = view->rows > view->page ? view->rows - view->page : 0;

	view->skip += by;
	view->skip = view->skip < 0 ? 0 : view->skip > last ? last : view->skip;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct dossier_view *view = screen->state;
	size_t count = view->verb_count + VIEWS;

	switch (action) {
	case UI_NEXT:
		view->at = (view->at + 1) % count;
		return true;
	case UI_PREV:
		view->at = (view->at + count - 1) % count;
		return true;
	case UI_PAGEDOWN:
		scroll(view, view->page - 1);
		return true;
	case UI_PAGEUP:
		scroll(view, 1 - view->page);
		return true;
	case UI_ACCEPT:
		take_offer(ui, view, view->at);
		return true;
	case UI_UNDO:
		if (!view->gone)
			verb_run(ui, view->code, &view->rec, dossier_verb(VERB_UNDO));
		return true;
	case UI_PRINT:
		if (!view->gone)
			scr_paper(ui, view->code);
		return true;
	case UI_QR:
		if (!view->gone)
			scr_qr(ui, view->code);
		return true;
	case UI_RELOAD:
		load(ui, view);
		return true;
	default:
		return false;
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct dossier_view *view = screen->state;

	(void)ui;
	rec_done(&view->rec);
	buf_wipe_done(&view->text);
	free(view);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEXT, UI_PRINT, UI_PAGEDOWN, UI_UNDO, UI_BACK, UI_FIND, UI_HELP,
					  UI_QR, UI_PREV, UI_PAGEUP, UI_RELOAD, UI_NONE };

static const struct hint_words hints[] = {
	{ UI_ACCEPT, T("Làm", "Do it") },
	{ UI_NONE, T("", "") },
};

const struct screen_ops dossier_screen = {
	.name = "dossier", .title = T("Hồ sơ", "Dossier"), .actions = actions, .hints = hints, .draw = on_draw, .on_key = on_key,
	.on_action = on_action, .on_show = on_show, .on_close = on_close, .on_number = on_number,
};

void scr_dossier(struct ui *ui, const char *code)
{
	struct dossier_view *view = calloc(1, sizeof(*view));

	if (!view)
		die("no memory for a screen");
	snprintf(view->code, sizeof(view->code), "%s", code);
	rec_init(&view->rec, REC_DOSSIER);
	view->text = (struct buf)BUF(DOSSIER_TEXT);
	ui_push(ui, &dossier_screen, view);
}
