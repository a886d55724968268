/* help.c - see help.h. */
#include "tui/help.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"
#include "tui/linear.h"
#include "tui/pager.h"
#include "tui/pick.h"

enum {
	HELP_MAX = 1 << 16,
	HELP_KEY_COLS = 16,
};

static bool screen_has(const struct screen *screen, enum ui_action action)
{
	for (size_t i = 0; screen->ops->actions && screen->ops->actions[i]; i++)
		if (screen->ops->actions[i] == action)
			return true;
	return false;
}

/* All keys of an action, an F-key with its Esc digit. */
static void action_keys(const struct ui *ui, enum ui_action action, struct buf *out)
{
	const struct key *keys = ui->bindings.keys[action];
	char text[ACTION_KEY_TEXT];

	for (size_t i = 0; i < ACTION_KEYS && keys[i].name; i++) {
		buf_printf(out, "%s%s", i ? " " : "", key_cap(&keys[i], ui_hint_style(ui), text));
		if (keys[i].name >= K_F1 && keys[i].name <= K_F10)
			buf_printf(out, " Esc-%d", (int)(keys[i].name - K_F1 + 1) % 10);
	}
}

static void help_line(const struct ui *ui, enum ui_action action, struct buf *out)
{
	struct buf keys = BUF(256);

	action_keys(ui, action, &keys);
	buf_text(out, buf_str(&keys));
	for (size_t cols = utf8_cols(buf_str(&keys)); cols < HELP_KEY_COLS; cols++)
		buf_byte(out, ' ');
	buf_printf(out, " %s\n", ui_words(ui, &action_info(action)->help));
	buf_done(&keys);
}

/* Linear mode: what can be done here, by number; then the signs a line can begin with. */
struct spoken_help {
	struct ui *ui;
	enum ui_action actions[UI_COUNT];
	size_t action_count;
};

static void spoken_item(void *ctx, size_t item, char *out, size_t size)
{
	const struct spoken_help *help = ctx;
	struct buf keys = BUF(256);

	if (item < help->action_count) {
		action_keys(help->ui, help->actions[item], &keys);
		snprintf(out, size, "%s  (%s)", ui_words(help->ui, &action_info(help->actions[item])->help),
			 buf_str(&keys));
	} else {
		const struct linear_command *command = &linear_commands[item - help->action_count];

		snprintf(out, size, "%s  %s", command->sign, ui_words(help->ui, &command->words));
	}
	buf_done(&keys);
}

static void spoken_help_run(struct ui *ui, const struct screen *screen)
{
	static const struct words title = T("Việc làm được ở đây", "What can be done here");
	struct spoken_help help = { .ui = ui };
	size_t signs = 0;
	long chosen;

	for (size_t i = 0; screen->ops->actions && screen->ops->actions[i]; i++) {
		enum ui_action action = screen->ops->actions[i];

		if (action != UI_HELP &&
		    (!screen->ops->offers || screen->ops->offers(ui, &ui->stack[ui->depth - 1], action)))
			help.actions[help.action_count++] = action;
	}
	while (linear_commands[signs].sign)
		signs++;
	chosen = pick_run(ui, &title, help.action_count + signs, spoken_item, &help, 0);
	if (chosen >= 0 && (size_t)chosen < help.action_count)
		ui_act(ui, help.actions[chosen]);
	else if (chosen >= 0)
		ui_act(ui, linear_commands[(size_t)chosen - help.action_count].action);
}

void help_run(struct ui *ui)
{
	static const struct words title = T("Trợ giúp", "Help");
	const struct screen *screen = &ui->stack[ui->depth - 1];
	struct buf text = BUF(HELP_MAX);

	if (ui->linear) {
		spoken_help_run(ui, screen);
		return;
	}
	buf_printf(&text, "%s\n\n", ui_words(ui, &screen->ops->title));
	for (size_t i = 0; screen->ops->actions && screen->ops->actions[i]; i++)
		help_line(ui, screen->ops->actions[i], &text);
	buf_printf(&text, "\n%s\n\n", UI_T(ui, "Ở mọi màn hình", "Everywhere"));
	for (int i = UI_NONE + 1; i < UI_COUNT; i++)
		if (!screen_has(screen, (enum ui_action)i))
			help_line(ui, (enum ui_action)i, &text);
	buf_printf(&text, "\n%s\n", UI_T(ui,
		"Phím F cũng là Esc rồi chữ số (Esc 0 là F10). Các phím là một chữ cái chỉ là lệnh khi không ở ô nhập.",
		"An F-key also comes as Esc then its digit (Esc 0 is F10). A single letter is a command outside text "
		"fields only."));
	pager_run(ui, &title, buf_str(&text));
	buf_done(&text);
}

/* The palette's lines: commands first, then actions of the screen, then the rest. */
struct palette {
	struct ui *ui;
	const struct command_entry *commands[64];
	size_t command_count;
	enum ui_action actions[UI_COUNT];
	size_t action_count;
};

static void palette_item(void *ctx, size_t item, char *out, size_t size)
{
	struct palette *palette = ctx;
	struct buf keys = BUF(256);
	const char *words;

	if (item < palette->command_count) {
		const struct command_entry *command = palette->commands[item];

		words = ui_words(palette->ui, &command->words);
		if (command->digit >= 0)
			buf_printf(&keys, "%d", command->digit);
	} else {
		enum ui_action action = palette->actions[item - palette->command_count];

		words = ui_words(palette->ui, &action_info(action)->help);
		action_keys(palette->ui, action, &keys);
	}
	snprintf(out, size, "%s%s%s%s", words, keys.len ? "  (" : "", buf_str(&keys), keys.len ? ")" : "");
	buf_done(&keys);
}

void palette_run(struct ui *ui)
{
	static const struct words title = T("Bảng lệnh", "Palette");
	const struct screen *screen = &ui->stack[ui->depth - 1];
	struct palette palette = { .ui = ui };
	long chosen;

	for (size_t i = 0; ui->app && ui_commands[i].name && i < ARRAY_LEN(palette.commands); i++)
		palette.commands[palette.command_count++] = &ui_commands[i];
	for (int pass = 0; pass < 2; pass++)
		for (int i = UI_NONE + 1; i < UI_COUNT; i++)
			if (screen_has(screen, (enum ui_action)i) == (pass == 0) && i != UI_MENU)
				palette.actions[palette.action_count++] = (enum ui_action)i;
	chosen = pick_run(ui, &title, palette.command_count + palette.action_count, palette_item, &palette, 0);
	if (chosen < 0)
		return;
	if ((size_t)chosen < palette.command_count)
		palette.commands[chosen]->run(ui);
	else
		ui_act(ui, palette.actions[(size_t)chosen - palette.command_count]);
}
