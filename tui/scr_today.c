/*
 * scr_today.c - home: half-filled forms, what came in, what is due, what is late and whose, and the menu.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clocks.h"
#include "core/draft.h"
#include "core/setting.h"
#include "db/rec_fields.h"
#include "sync/outbox.h"
#include "tui/ask.h"
#include "tui/draft.h"
#include "tui/list.h"
#include "tui/screens.h"
#include "tui/term.h"
#include "tui/words.h"

enum { TODAY_DRAFTS = 9, MENU_COLS = 26, TODAY_COLS = 80 /* wider, and the eye loses the row */ };

/* A line of the list that is no draft: a worklist, or under what is overdue one level's part of it. */
struct today_line {
	enum work work;
	int level; /* -1: all */
};

static const int level_order[] = { LEVEL_WARD, LEVEL_PROVINCE, LEVEL_OTHER, 0 };

/* Worklists in their order, with the levels that are late behind the overdue. */
static size_t today_lines(const struct query_today *work, struct today_line out[WORK_COUNT + QUERY_LEVELS])
{
	size_t count = 0;

	for (int i = 0; i < WORK_COUNT; i++) {
		out[count++] = (struct today_line){ (enum work)i, -1 };
		for (size_t l = 0; i == WORK_OVERDUE && l < ARRAY_LEN(level_order); l++)
			if (work->overdue_at[level_order[l]])
				out[count++] = (struct today_line){ WORK_OVERDUE, level_order[l] };
	}
	return count;
}

struct today {
	struct ui *ui;
	struct query_today work;
	struct outbox_status outbox;
	struct {
		int64_t id;
		const struct draft_form *form; /* NULL: an intake */
		char name[120], words[LIST_CELL];
	} drafts[TODAY_DRAFTS];
	size_t draft_count;
	struct today_line lines[WORK_COUNT + QUERY_LEVELS];
	size_t line_count;
	struct list list; /* drafts, then worklists */
	bool listed;
};

static enum rc add_draft(void *ctx, const struct draft_row *draft, struct err *err)
{
	const struct draft_form *form;
	struct today *today = ctx;

	(void)err;
	if (today->draft_count == TODAY_DRAFTS)
		return RC_OK;
	form = draft_form_of(draft->form);
	if (!form && strcmp(draft->form, "intake") != 0)
		return RC_OK;
	today->drafts[today->draft_count].id = draft->id;
	today->drafts[today->draft_count].form = form;
	snprintf(today->drafts[today->draft_count].name, sizeof(today->drafts->name), "%s", draft->form);
	draft_words(form ? &form->words : NULL, draft->body, draft->saved_at, today->ui->lang,
		    today->drafts[today->draft_count].words, LIST_CELL);
	if (form && !strncmp(draft->form, "act/", 4) && strrchr(draft->form, '/')) { /* which dossier */
		size_t len = strlen(today->drafts[today->draft_count].words);

		snprintf(today->drafts[today->draft_count].words + len, LIST_CELL - len, ", %s",
			 strrchr(draft->form, '/') + 1);
	}
	today->draft_count++;
	return RC_OK;
}

static void load(struct ui *ui, struct today *today)
{
	struct err err = { .rc = RC_OK };

	today->draft_count = 0;
	if (draft_list(ui->app, NULL, add_draft, today, &err) || query_today(ui->app, &today->work, &err))
		ui_say_err(ui, &err);
	if (outbox_status(ui->app, &today->outbox, &err))
		memset(&today->outbox, 0, sizeof(today->outbox));
	today->line_count = today_lines(&today->work, today->lines);
	list_rows(&today->list, today->draft_count + today->line_count);
	if (!today->listed)
		list_go(&today->list, 0);
	today->listed = true;
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct today *today = ctx;
	const struct today_line *line;
	bool whole;

	if (row < today->draft_count) {
		snprintf(out, LIST_CELL, "%s",
			 col ? "" : today->drafts[row].words);
		return;
	}
	line = &today->lines[row - today->draft_count];
	whole = line->level < 0;
	if (col) {
		snprintf(out, LIST_CELL, "%lld",
			 (long long)(whole ? today->work.count[line->work] : today->work.overdue_at[line->level]));
		return;
	}
	if (whole && line->work == WORK_OVERDUE && today->work.count[WORK_OVERDUE])
		*style = STYLE_BAD;
	snprintf(out, LIST_CELL, "%s%s", whole ? "" : "  ",
		 ui_words(today->ui, whole ? work_words(line->work) : level_words(line->level)));
}

static const struct list_col cols[] = { { T("", ""), 0, false }, { T("", ""), 6, true } };

static bool menu_shows(const struct ui *ui, const struct command_entry *entry)
{
	return entry->digit >= 0 && (!ui->app->team || strchr("45680", '0' + entry->digit));
}

static void draw_menu(struct ui *ui, struct area area)
{
	int row = area.row;

	for (int digit = 1; digit <= 10; digit++)
		for (const struct command_entry *entry = ui_commands; entry->name; entry++)
			if (entry->digit == digit % 10 && menu_shows(ui, entry))
				draw_format(&ui->canvas, row++, area.col, area.cols, STYLE_TEXT, "%d %s", entry->digit,
					    ui_words(ui, &entry->words));
}

/* A PC on its own says so here; what an enrolled one has not sent stands in the message line (sync_line.h). */
static void draw_alone(struct ui *ui, const struct today *today, struct area area)
{
	if (!today->outbox.enrolled)
		draw_text(&ui->canvas, area.row, area.col, area.cols, STYLE_DIM,
			  UI_T(ui, "Chưa ghi danh với trung tâm: dữ liệu chỉ ở máy này.",
			       "Not enrolled with a hub: data is on this PC only."));
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct today *today = screen->state;
	int room = body.cols - MENU_COLS - 2, main_cols = room < TODAY_COLS ? room : TODAY_COLS;
	struct area rows = { body.row + 2, 1, body.rows - 4, main_cols };
	struct area menu = { body.row + 2, main_cols + 3, body.rows - 4, MENU_COLS };
	struct area alone = { body.row + body.rows - 1, 1, 1, body.cols - 2 };
	char date[CLOCK_DATE_TEXT];

	draw_format(&ui->canvas, body.row, 1, main_cols, STYLE_STRONG, "%s, %s %s", UI_T(ui, "Hôm nay", "Today"),
		    ui_words(ui, &clock_weekdays[dayno_weekday(today->work.today)]),
		    clock_format_dmy(today->work.today, date));
	if (today->draft_count)
		draw_format(&ui->canvas, body.row + 1, 1, main_cols, STYLE_WARN,
			    UI_T(ui, "Còn %zu bản nháp: Enter để mở tiếp.", "%zu draft(s) left: Enter opens it."),
			    today->draft_count);
	ui->canvas.spoken.side = menu.col;
	draw_text(&ui->canvas, body.row, menu.col, menu.cols, STYLE_STRONG, UI_T(ui, "Việc", "Menu"));
	draw_menu(ui, menu);
	list_draw(&today->list, &ui->canvas, rows, ui->lang, true);
	draw_alone(ui, today, alone);
}

static void open_row(struct ui *ui, struct today *today)
{
	size_t row;

	if (!list_row(&today->list, &row))
		return;
	if (row < today->draft_count && today->drafts[row].form)
		today->drafts[row].form->open(ui, today->drafts[row].name);
	else if (row < today->draft_count)
		scr_intake_draft(ui, today->drafts[row].id);
	else if (today->lines[row - today->draft_count].level < 0)
		scr_work(ui, today->lines[row - today->draft_count].work);
	else
		scr_work_late(ui, today->lines[row - today->draft_count].level);
}

/* A draft goes for good, so it is asked for. */
static void discard_draft(struct ui *ui, struct today *today)
{
	static const struct words title = T("Bỏ bản nháp", "Discard the draft");
	static const struct words answers[] = { T("Giữ lại", "Keep it"), T("Bỏ hẳn", "Discard it") };
	struct err err = { .rc = RC_OK };
	size_t row;

	if (!list_row(&today->list, &row) || row >= today->draft_count)
		return;
	if (ask_choice(ui, &title, today->drafts[row].words, answers, ARRAY_LEN(answers), 0) != 1)
		return;
	if (draft_delete(ui->app, today->drafts[row].id, &err))
		ui_say_err(ui, &err);
	load(ui, today);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	(void)screen;
	if (key->name != K_TEXT || key->pasted || key->ch < '0' || key->ch > '9')
		return false;
	for (const struct command_entry *entry = ui_commands; entry->name; entry++) {
		if (entry->digit == (int)(key->ch - '0') && menu_shows(ui, entry)) {
			entry->run(ui);
			return true;
		}
	}
	return true;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct today *today = screen->state;

	switch (action) {
	case UI_ACCEPT:
		open_row(ui, today);
		return true;
	case UI_RELOAD:
		load(ui, today);
		return true;
	case UI_NEW:
		scr_intake_draft(ui, 0);
		return true;
	case UI_DELETE:
		discard_draft(ui, today);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&today->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct today *today = screen->state;

	(void)ui;
	list_done(&today->list);
	free(today);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEW, UI_FIND, UI_MENU, UI_HELP, UI_LOCK, UI_RELOAD,
					  UI_QUIT, UI_NEXT, UI_PREV, UI_DELETE, UI_NONE };

const struct screen_ops today_screen = {
	.name = "today", .title = T("Hôm nay", "Today"), .actions = actions, .hints = hint_open, .draw = on_draw, .on_key = on_key,
	.on_action = on_action, .on_show = on_show, .on_close = on_close,
};

void scr_today(struct ui *ui)
{
	struct today *today = calloc(1, sizeof(*today));

	if (!today)
		die("no memory for a screen");
	today->ui = ui;
	list_init(&today->list, cols, ARRAY_LEN(cols), on_cell, today);
	ui_push(ui, &today_screen, today);
}

/* A minute without a key; a demo ward's may be shorter (MOTCUA_DEMO_MINUTE, milliseconds): its clock stands still. */
static int64_t idle_minute_ms(const struct app *app)
{
	const char *text = getenv("MOTCUA_DEMO_MINUTE");
	long ms = app->demo && text ? strtol(text, NULL, 10) : 0;

	return ms > 0 && ms < MINUTE_MS ? ms : MINUTE_MS;
}

static void apply_settings(struct ui *ui)
{
	struct buf theme = BUF(64);
	struct app *app = ui->app;

	if (setting_is(app, "lang", "en"))
		ui->lang = LANG_EN;
	app->lang = ui->lang;
	term_set_lang(ui->lang);
	ui->typing.method = setting_is(app, "typing", "vni") ? TYPING_VNI :
			    setting_is(app, "typing", "raw") ? TYPING_OFF :
							       TYPING_TELEX;
	ui->typing.new_style = setting_is(app, "tone_style", "new");
	term_set_marks(setting_is(app, "marks", "plain") ? MARKS_PLAIN :
		       setting_is(app, "marks", "full")	 ? MARKS_FULL :
							   MARKS_AUTO);
	setting_get(app, "theme", &theme);
	term_set_theme(buf_str(&theme));
	buf_done(&theme);
	ui->lock_after_ms = setting_int(app, "lock_minutes") * idle_minute_ms(app);
}

static enum rc take_clock(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	msec now, *shown = ctx;
	enum rc rc = words_read_time(form_text(form, "now"), dayno_of(*shown), 0, &now, err);

	if (rc)
		return rc;
	return clocks_confirm(ui->app, now, err);
}

/* A clock that cannot be right: the clerk says what time it is. Work goes on either way. */
static void ask_clock(struct ui *ui)
{
	static const struct form_row rows[] = {
		{ "now", W_TIME, T("Bây giờ là", "It is now"), T("ngày và giờ", "date and time"), 20, 30 },
	};
	static const struct words title = T("Đồng hồ máy có đúng không?", "Is this PC's clock right?");
	struct clocks_check check;
	struct err err = { .rc = RC_OK };
	char shown[CLOCK_SHORT_TEXT], day[CLOCK_DATE_TEXT], text[64];
	struct form form;

	if (clock_is_test() || clocks_judge(ui->app, &check, &err) || check.doubt == CLOCK_FINE)
		return;
	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	clock_format_short(check.now, shown);
	snprintf(text, sizeof(text), "%s %.5s", clock_format_dmy(dayno_of(check.now), day), shown);
	form_put(&form, "now", text);
	ask_form(ui, &title,
		 check.doubt == CLOCK_BEHIND ? UI_T(ui,
						    "Đồng hồ máy chậm hơn việc đã ghi gần nhất. Sửa nếu sai "
						    "rồi F2; Esc để bỏ qua.",
						    "The clock is behind the last thing recorded. Correct it "
						    "and F2; Esc leaves it.")
					     : UI_T(ui,
						    "Đồng hồ máy nhanh hơn việc đã ghi gần nhất quá 30 ngày. "
						    "Sửa nếu sai rồi F2; Esc để bỏ qua.",
						    "The clock is over 30 days ahead of the last thing "
						    "recorded. Correct it and F2; Esc leaves it."),
		 &form, take_clock, &check.now);
	form_done(&form);
}

void scr_start(struct ui *ui)
{
	apply_settings(ui);
	scr_today(ui);
	ask_clock(ui);
}
