/*
 * scr_settings.c - what the ward may set, each with its meaning.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/setting.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/term.h"
#include "tui/words.h"

enum { SETTINGS_MAX = 100, VALUE_TEXT = 600, CHOICES_MAX = 8, HELP_ROWS = 2 };

struct settings_screen_state {
	struct ui *ui;
	size_t count;
	char value[SETTINGS_MAX][VALUE_TEXT];
	struct list list;
};

/* Choices as people read them; those not here are read as they are. */
static const struct {
	const char *choice;
	struct words words;
} choice_words[] = {
	{ "original", T("hẹn đầu", "first promise") },
	{ "extended", T("hẹn mới", "new promise") },
	{ "telex", T("Telex", "Telex") },
	{ "vni", T("VNI", "VNI") },
	{ "raw", T("không ghép dấu", "nothing composes") },
	{ "old", T("hòa", "hòa") },
	{ "new", T("hoà", "hoà") },
	{ "color", T("màu, nền tối", "colours, dark ground") },
	{ "light", T("màu, nền sáng", "colours, light ground") },
	{ "contrast", T("tương phản mạnh", "strong contrast") },
	{ "mono", T("không màu", "no colours") },
	{ "auto", T("tự nhận biết", "as the screen can") },
	{ "full", T("luôn có dấu", "always with marks") },
	{ "vi", T("tiếng Việt", "Vietnamese") },
	{ "en", T("tiếng Anh", "English") },
	{ "text", T("chữ", "letters") },
	{ "pdf", T("tệp PDF", "PDF") },
	{ "bitmap", T("hình điểm (máy in nhiệt)", "dots (thermal printer)") },
	{ "plain", T("chữ không dấu", "letters without marks") },
};

static const char *choice_text(const struct ui *ui, const char *choice)
{
	for (size_t i = 0; i < ARRAY_LEN(choice_words); i++)
		if (!strcmp(choice_words[i].choice, choice))
			return ui_words(ui, &choice_words[i].words);
	return choice;
}

/* "T2 T3 T4 T5 T6" for 1111100 */
static void week_text(const struct ui *ui, const char *value, char *out, size_t size)
{
	static const struct words days[7] = { T("T2", "Mon"), T("T3", "Tue"), T("T4", "Wed"), T("T5", "Thu"),
					      T("T6", "Fri"), T("T7", "Sat"), T("CN", "Sun") };
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < 7 && value[i] && at < size; i++)
		if (value[i] == '1')
			at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "",
					       ui_words(ui, &days[i]));
}

static void shown(const struct ui *ui, const struct setting *setting, const char *value, char *out,
		  size_t size)
{
	if (setting->type == SETTING_BOOL)
		snprintf(out, size, "%s", words_yes_no(!strcmp(value, "true"), ui->lang));
	else if (setting->type == SETTING_CHOICE)
		snprintf(out, size, "%s", choice_text(ui, value));
	else if (setting->type == SETTING_WEEK)
		week_text(ui, value, out, size);
	else
		snprintf(out, size, "%s", value);
}

static const struct list_col cols[] = {
	{ T("Thiết lập", "Setting"), 0, false },
	{ T("Giá trị", "Value"), 30, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct settings_screen_state *state = ctx;
	const struct setting *setting = &settings[row];

	if (!col) {
		snprintf(out, LIST_CELL, "%s", ui_words(state->ui, &setting->label));
		return;
	}
	shown(state->ui, setting, state->value[row], out, LIST_CELL);
	if (!strcmp(state->value[row], setting->otherwise))
		*style = STYLE_DIM;
}

static void load(struct ui *ui, struct settings_screen_state *state)
{
	state->count = 0;
	for (const struct setting *setting = settings; setting->name && state->count < SETTINGS_MAX;
	     setting++) {
		struct buf value = BUF(VALUE_TEXT - 1);

		setting_get(ui->app, setting->name, &value);
		snprintf(state->value[state->count++], VALUE_TEXT, "%s", buf_str(&value));
		buf_done(&value);
	}
	list_rows(&state->list, state->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct settings_screen_state *state = screen->state;
	struct area rows = { body.row, body.col, body.rows - HELP_ROWS - 1, body.cols };
	struct area help = { body.row + body.rows - HELP_ROWS, body.col + 1, HELP_ROWS, body.cols - 2 };
	size_t row;

	list_draw(&state->list, &ui->canvas, rows, ui->lang, true);
	if (list_row(&state->list, &row))
		draw_wrapped(&ui->canvas, help, 0, STYLE_DIM, ui_words(ui, &settings[row].help));
}

struct setting_form {
	const struct setting *setting;
};

static enum rc take_value(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	const struct setting_form *at = ctx;
	struct err why = { .rc = RC_OK };
	enum rc rc = setting_set(ui->app, at->setting->name, form_text(form, "value"), &why);

	if (rc && err) {
		*err = why;
		(void)snprintf(err->field, sizeof(err->field), "value");
	}
	return rc;
}

static bool type_value(struct ui *ui, const struct setting *setting, const char *value)
{
	static const struct form_row rows[] = { { "value", W_LINE, T("Giá trị", "Value"), T("", ""), 0,
						  500 } };
	struct setting_form at = { setting };
	char text[1100], otherwise[VALUE_TEXT];
	struct form form;
	bool saved;

	shown(ui, setting, setting->otherwise, otherwise, sizeof(otherwise));
	snprintf(text, sizeof(text),
		 UI_T(ui, "%s\nĐể trống: như ban đầu%s%s%s.%s", "%s\nEmpty: as shipped%s%s%s.%s"),
		 ui_words(ui, &setting->help), *otherwise ? " (" : "", otherwise, *otherwise ? ")" : "",
		 setting->type == SETTING_WEEK ? UI_T(ui, " Bảy chữ số từ thứ Hai: 1 làm, 0 nghỉ.",
						      " Seven digits from Monday: 1 works, 0 does not.")
					       : "");
	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	form_put(&form, "value", value);
	saved = ask_form(ui, &setting->label, text, &form, take_value, &at);
	form_done(&form);
	return saved;
}

/* One of its words; false when nothing was chosen. */
static bool choose_value(struct ui *ui, const struct setting *setting, const char *value, struct err *err)
{
	const char *at = setting->type == SETTING_BOOL ? "true|false" : setting->choices;
	char name[CHOICES_MAX][40];
	struct words answers[CHOICES_MAX];
	size_t count = 0, now = 0;
	int chosen;

	for (; *at && count < CHOICES_MAX; count++) {
		size_t len = strcspn(at, "|");

		snprintf(name[count], sizeof(name[count]), "%.*s", (int)len, at);
		answers[count].vi = answers[count].en = setting->type == SETTING_BOOL
								? words_yes_no(count == 0, ui->lang)
								: choice_text(ui, name[count]);
		if (!strcmp(name[count], value))
			now = count;
		at += len + (at[len] == '|');
	}
	chosen = ask_choice(ui, &setting->label, ui_words(ui, &setting->help), answers, count, now);
	return chosen >= 0 && !setting_set(ui->app, setting->name, name[chosen], err);
}

static void change(struct ui *ui, struct settings_screen_state *state)
{
	const struct setting *setting;
	struct err err = { .rc = RC_OK };
	size_t row;
	bool changed;

	if (!list_row(&state->list, &row))
		return;
	setting = &settings[row];
	if (setting->type == SETTING_BOOL || setting->type == SETTING_CHOICE)
		changed = choose_value(ui, setting, state->value[row], &err);
	else
		changed = type_value(ui, setting, state->value[row]);
	if (err.rc)
		ui_say_err(ui, &err);
	if (!changed)
		return;
	load(ui, state);
	ui_say(ui, STYLE_GOOD,
	       UI_T(ui, "Đã ghi. Kiểu gõ, ngôn ngữ, màu và giờ khóa có hiệu lực từ lần đăng nhập sau.",
		    "Saved. Typing, language, colours and lock take effect at the next sign-in."));
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct settings_screen_state *state = screen->state;

	switch (action) {
	case UI_ACCEPT:
		change(ui, state);
		return true;
	case UI_RELOAD:
		load(ui, state);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&state->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct settings_screen_state *state = screen->state;

	(void)ui;
	list_done(&state->list);
	free(state);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_BACK,	  UI_RELOAD, UI_HELP, UI_NEXT,
					  UI_PREV,   UI_PAGEDOWN, UI_PAGEUP, UI_NONE };

const struct screen_ops settings_screen = {
	.name = "settings",
	.title = T("Thiết lập", "Settings"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_settings(struct ui *ui)
{
	struct settings_screen_state *state = calloc(1, sizeof(*state));

	if (!state)
		die("no memory for a screen");
	state->ui = ui;
	list_init(&state->list, cols, ARRAY_LEN(cols), on_cell, state);
	ui_push(ui, &settings_screen, state);
}
