/* linear_line.c - the line a clerk types in linear mode: its echo, and what it means to the screen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/form.h"
#include "tui/linear.h"
#include "tui/pick.h"
#include "tui/term.h"

enum { NUMBERS_MAX = 256 };

const struct linear_command linear_commands[] = {
	{ "?", UI_HELP, T("Việc làm được ở đây", "What can be done here") },
	{ ":", UI_MENU, T("Mọi lệnh; viết chữ ngay sau để tìm", "All commands; words right behind it search") },
	{ "/", UI_FIND, T("Tìm, hoặc lọc; viết chữ ngay sau", "Find or filter; the words right behind it") },
	{ "<", UI_BACK, T("Quay lại", "Back") },
	{ "!", UI_SAVE, T("Lưu; !2 đến lỗi số 2", "Save; !2 goes to error 2") },
	{ "^", UI_PREV, T("Ô trước", "The field before") },
	{ "-", UI_CLEAR, T("Xóa trắng ô", "Empty the field") },
	{ ";", UI_VALUES, T("Danh sách giá trị của ô", "The values this field can take") },
	{ "=", UI_DITTO, T("Như hồ sơ trước", "As in the record before") },
	{ ".", UI_REDRAW, T("Nói lại cả màn hình", "Say the whole screen again") },
	{ ">", UI_PAGEDOWN, T("Trang sau", "Next page") },
	{ "*", UI_ALL, T("Đánh dấu tất cả", "Tick all") },
	{ "+", UI_TOGGLE, T("Đánh dấu các dòng: +10 12-14", "Tick rows: +10 12-14") },
	{ "&", UI_MANY, T("Làm một việc cho mọi dòng đã đánh dấu", "Do one thing to every row ticked") },
	{ NULL, UI_NONE, T("", "") },
};

static struct screen *top(struct ui *ui)
{
	return &ui->stack[ui->depth - 1];
}

/* A key to the screen on top, as a hand would press it. */
static bool feed(struct ui *ui, const struct key *key)
{
	struct screen *screen = top(ui);

	return screen->ops->on_key && screen->ops->on_key(ui, screen, key);
}

static void press_enter(struct ui *ui)
{
	const struct key key = { .name = K_ENTER };

	if (!feed(ui, &key))
		ui_act(ui, UI_ACCEPT);
}

/*
 * Letters as they are, composed already. They take the place of what stood there; not those of a scanned card,
 * which fill other fields too. The Backspace on the empty field ends any run of digits a scan could begin with.
 */
static void feed_text(struct ui *ui, const char *text)
{
	const struct key backspace = { .name = K_BACKSPACE };
	const char *end = text + strlen(text);

	if (!strchr(text, '|'))
		ui_act(ui, UI_CLEAR);
	feed(ui, &backspace);
	while (text < end) {
		struct key key = { .name = K_TEXT, .pasted = true };
		int32_t letter = utf8_get(&text, end);

		key.ch = letter < 0 ? 0xfffd : (uint32_t)letter;
		feed(ui, &key);
	}
}

/* Letters to be read before what comes next. */
static void type_ahead(struct ui *ui, const char *text)
{
	const char *end = text + strlen(text);
	struct key keys[UI_AHEAD];
	size_t count = 0, rest = ui->ahead_count - ui->ahead_at;

	while (text < end && count + rest + 1 < UI_AHEAD) {
		int32_t letter = utf8_get(&text, end);

		keys[count++] = (struct key){ .name = K_TEXT, .ch = letter < 0 ? 0xfffd : (uint32_t)letter,
					      .pasted = true };
	}
	keys[count++] = (struct key){ .name = K_ENTER };
	if (count + rest > UI_AHEAD)
		return;
	memmove(ui->ahead + count, ui->ahead + ui->ahead_at, rest * sizeof(*ui->ahead));
	memcpy(ui->ahead, keys, count * sizeof(*keys));
	ui->ahead_at = 0;
	ui->ahead_count = count + rest;
}

/* `3`, `10 12-14`: how many numbers; 0 when the text is anything else. */
static size_t read_numbers(const char *text, unsigned out[NUMBERS_MAX])
{
	size_t count = 0;

	while (*text) {
		char *end;
		unsigned long from, to;

		text += strspn(text, " ,");
		if (!*text)
			break;
		if (*text < '0' || *text > '9')
			return 0;
		from = to = strtoul(text, &end, 10);
		text = end;
		if (*text == '-' && text[1] >= '0' && text[1] <= '9') {
			to = strtoul(text + 1, &end, 10);
			text = end;
		}
		if ((*text && *text != ' ' && *text != ',') || to > 999999 || from > to || to - from >= NUMBERS_MAX)
			return 0;
		for (; from <= to; from++) {
			if (count == NUMBERS_MAX)
				return 0;
			out[count++] = (unsigned)from;
		}
	}
	return count;
}

static void say_no_number(struct ui *ui, unsigned number)
{
	ui_format(ui, STYLE_WARN, UI_T(ui, "Không có số %u ở đây.", "There is no number %u here."), number);
}

/* The row of the number; a filter's own digits mean a row only where one has been printed. */
static bool go_row(struct list *list, unsigned number, bool printed_only)
{
	size_t first = list_first(list), place = number - first;

	if (number < first || place >= list->shown_count)
		return false;
	if (printed_only && (place < list->top || place >= list->top + (size_t)list->page))
		return false;
	list->at = place;
	return true;
}

/* Numbers where no field takes them. False: they are no numbers of this screen. */
static bool take_numbers(struct ui *ui, const unsigned *numbers, size_t count)
{
	struct spoken *spoken = &ui->canvas.spoken;
	const struct key digit = { .name = K_TEXT, .ch = '0' + numbers[0] };
	struct screen *screen = top(ui);
	unsigned serial = screen->serial; /* a number may lead to another screen */
	bool taken = false;

	for (size_t i = 0; screen->ops->on_number && i < count && top(ui)->serial == serial; i++)
		taken = screen->ops->on_number(ui, screen, numbers[i]) || taken;
	if (taken || count > 1)
		return taken;
	if (spoken->list && go_row(spoken->list, numbers[0], spoken->edit != NULL)) {
		ui_act(ui, UI_ACCEPT);
		return true;
	}
	return numbers[0] < 10 && !spoken->edit && feed(ui, &digit);
}

static void tick_rows(struct ui *ui, const char *text)
{
	unsigned numbers[NUMBERS_MAX];
	size_t count = read_numbers(text, numbers);

	for (size_t i = 0; i < count; i++) {
		if (!ui->canvas.spoken.list || !go_row(ui->canvas.spoken.list, numbers[i], false)) {
			say_no_number(ui, numbers[i]);
			return;
		}
		ui_act(ui, UI_TOGGLE);
	}
}

/* The palette, or a filter, with its words typed already. */
static void look_for(struct ui *ui, enum ui_action action, const char *words)
{
	type_ahead(ui, words);
	ui_act(ui, action);
}

static void go_error(struct ui *ui, struct form *form, unsigned number)
{
	if (!number || number > form->error_count) {
		say_no_number(ui, number);
		return;
	}
	form->error_at = number - 1;
	ui_act(ui, UI_NEXTERR);
}

/* A line that begins with a sign. */
static bool take_command(struct ui *ui, const char *text)
{
	const struct linear_command *command = linear_commands;
	struct form *form = ui->canvas.spoken.form;
	bool secret = form && form->at < form->count && form->rows[form->at].kind == W_SECRET;
	size_t len = strlen(text);
	unsigned numbers[NUMBERS_MAX];

	while (command->sign && (!len || *command->sign != *text))
		command++;
	if (!command->sign)
		return false;
	if (len == 1)
		ui_act(ui, command->action);
	else if (command->action == UI_TOGGLE && !form)
		tick_rows(ui, text + 1);
	else if (command->action == UI_SAVE && form && form->error_count && read_numbers(text + 1, numbers) == 1)
		go_error(ui, form, numbers[0]);
	else if ((command->action == UI_MENU || (command->action == UI_FIND && !form)) && !secret)
		look_for(ui, command->action, text + 1);
	else
		return false;
	return true;
}

/* The item of a W_CHOICE that a number or a part of its words names; -1 none. */
static long named_item(const struct form *form, const char *text)
{
	size_t count = form->hooks && form->hooks->count ? form->hooks->count(form->ctx, form->at) : 0;
	struct buf folded = BUF(EDIT_BYTES * 2);
	unsigned numbers[NUMBERS_MAX];
	char item[FORM_ITEM];
	long found = -1;

	vn_fold(text, &folded);
	if (read_numbers(text, numbers) == 1)
		found = numbers[0] >= 1 && numbers[0] <= count ? (long)numbers[0] - 1 : -1;
	else
		for (size_t i = 0; i < count && found < 0; i++) {
			form->hooks->item(form->ctx, form->at, i, item, sizeof(item));
			if (list_matches(buf_str(&folded), item))
				found = (long)i;
		}
	buf_done(&folded);
	return found;
}

static void choose(struct ui *ui, struct form *form, const char *text)
{
	const struct key none = { .name = K_BACKSPACE }, next = { .name = K_RIGHT };
	long item = named_item(form, text);

	if (item < 0) {
		ui_say(ui, STYLE_WARN, UI_T(ui, "Không có lựa chọn này.", "There is no such choice."));
		return;
	}
	feed(ui, &none);
	for (long i = 0; i <= item; i++)
		feed(ui, &next);
	press_enter(ui);
}

static void take_for_form(struct ui *ui, struct form *form, const char *text)
{
	enum form_kind kind = form->rows[form->at].kind;
	unsigned numbers[NUMBERS_MAX];

	if (!*text) {
		press_enter(ui);
	} else if (kind == W_CHOICE) {
		choose(ui, form, text);
	} else if (kind != W_NUMBER && form->open && read_numbers(text, numbers) == 1 &&
		   go_row(&form->matches, numbers[0], false)) {
		ui_act(ui, UI_ACCEPT);
	} else {
		form->open = form->open && kind == W_PICK; /* other words than those proposed stand as they are */
		feed_text(ui, text);
		if (kind != W_PICK || strchr(text, '|') || (form->open && form->matches.shown_count == 1))
			press_enter(ui);
	}
}

static void take_elsewhere(struct ui *ui, const char *text)
{
	struct spoken *spoken = &ui->canvas.spoken;
	unsigned numbers[NUMBERS_MAX];
	size_t count = read_numbers(text, numbers);
	bool pick = top(ui)->ops == &pick_screen;
	const char *at = text;
	struct key key = { .name = K_TEXT };

	if (!*text) {
		press_enter(ui);
	} else if (count && take_numbers(ui, numbers, count)) {
		return;
	} else if (spoken->edit) {
		feed_text(ui, text);
		if (pick && spoken->list && spoken->list->shown_count == 1)
			press_enter(ui);
	} else if (count) {
		say_no_number(ui, numbers[0]);
	} else if (!text[utf8_next(text, 0)]) {
		key.ch = (uint32_t)utf8_get(&at, text + strlen(text));
		if (!feed(ui, &key))
			ui_act(ui, bindings_action(&ui->bindings, &key, false));
	} else {
		ui_say(ui, STYLE_WARN, UI_T(ui, "Không hiểu. Gõ ? để biết việc làm được ở đây.",
					    "Not understood. ? tells what can be done here."));
	}
}

/* How the line is typed: as the field that takes it. */
static struct edit_rules line_rules(const struct ui *ui)
{
	const struct spoken *spoken = &ui->canvas.spoken;

	if (spoken->form && spoken->form->at < spoken->form->count) {
		struct edit_rules rules = form_rules(&spoken->form->rows[spoken->form->at]);

		rules.max_letters = 0;
		rules.compose = rules.compose || spoken->form->rows[spoken->form->at].kind == W_CHOICE;
		return rules;
	}
	return (struct edit_rules){ .compose = spoken->edit != NULL };
}

/* Bring the terminal's copy of the line up to date. */
static void echo_line(struct ui *ui, bool secret)
{
	struct linear *linear = ui->linear;
	struct buf bytes = BUF(EDIT_BYTES * 4), now = BUF(EDIT_BYTES);

	if (term_is_plain() && !secret)
		vn_plain(linear->line.text, &now);
	else if (!secret)
		buf_text(&now, linear->line.text);
	linear_retype(linear->echo, buf_str(&now), &bytes);
	if (bytes.len && !linear->silent)
		term_put(buf_str(&bytes), bytes.len);
	snprintf(linear->echo, sizeof(linear->echo), "%s", buf_str(&now));
	buf_wipe_done(&bytes);
	buf_wipe_done(&now);
}

/* `Label: what was typed` stands on the terminal already. */
static void answer_known(struct ui *ui)
{
	const struct form *form = ui->canvas.spoken.form;
	struct linear_seen *seen = &ui->linear->seen[ui->depth - 1];
	struct buf line = BUF(EDIT_BYTES * 2);

	for (int blanks = 1; form && form->at < form->count && blanks <= 2; blanks++) {
		buf_clear(&line);
		buf_printf(&line, "%s:%*s%s", words_in(&form->rows[form->at].label, ui->lang), blanks, "",
			   ui->linear->line.text);
		linear_known(seen, buf_str(&line));
	}
	buf_wipe_done(&line);
}

/* The line is over: it stands as it is, the next begins. `out` gets it. */
static void end_line(struct ui *ui, char out[EDIT_BYTES])
{
	struct linear *linear = ui->linear;
	struct edit_rules rules = line_rules(ui);

	edit_leave(&linear->line, &rules, &ui->typing);
	echo_line(ui, rules.secret);
	snprintf(out, EDIT_BYTES, "%s", linear->line.text);
	if (!rules.secret)
		answer_known(ui);
	edit_wipe(&linear->line);
	edit_init(&linear->line);
	memset(linear->echo, 0, sizeof(linear->echo));
	linear->at_prompt = false;
	if (!linear->silent)
		term_put("\r\n", 2);
	linear->silent = false;
}

static void take_line(struct ui *ui)
{
	struct form *form = ui->canvas.spoken.form;
	char line[EDIT_BYTES];

	end_line(ui, line);
	if (take_command(ui, line))
		;
	else if (form && form->at < form->count)
		take_for_form(ui, form, line);
	else
		take_elsewhere(ui, line);
	memset(line, 0, sizeof(line));
}

/* Nothing of the line is wanted. */
static void drop_line(struct ui *ui)
{
	char line[EDIT_BYTES];

	end_line(ui, line);
	memset(line, 0, sizeof(line));
}

/* May what has been typed so far stand in the field already? */
static bool is_field_text(const struct ui *ui, const struct form *form)
{
	const char *text = ui->linear->line.text;
	enum form_kind kind;
	unsigned numbers[NUMBERS_MAX];

	if (!form || form->at >= form->count || !*text || strchr(text, '|'))
		return false;
	for (const struct linear_command *command = linear_commands; command->sign; command++)
		if (*command->sign == *text)
			return false;
	kind = form->rows[form->at].kind;
	return kind != W_CHOICE && kind != W_SECRET && (kind != W_PICK || !read_numbers(text, numbers)) &&
	       strcmp(form->edits[form->at].text, text) != 0;
}

void linear_keep(struct ui *ui)
{
	char line[EDIT_BYTES];

	if (ui->linear->line_of != top(ui)->serial || !is_field_text(ui, ui->canvas.spoken.form))
		return;
	memcpy(line, ui->linear->line.text, sizeof(line));
	feed_text(ui, line);
}

void linear_drop_stray(struct ui *ui)
{
	if (ui->linear->line.len && ui->linear->line_of != top(ui)->serial)
		drop_line(ui);
}

/* A key with a name, while a line is being typed. True: that was all. */
static bool named_key(struct ui *ui, const struct key *key)
{
	struct edit_rules rules = line_rules(ui);
	enum ui_action action = bindings_action(&ui->bindings, key, true);

	if (key->name == K_ESC) {
		drop_line(ui);
		return true;
	}
	if (key->name == K_TAB) {
		take_line(ui);
		return true;
	}
	if (action == UI_CLEAR || action == UI_RAWKEYS) {
		edit_action(&ui->linear->line, &rules, action);
		echo_line(ui, rules.secret);
		return true;
	}
	if (action == UI_TYPING || action == UI_NONE || (key->name >= K_UP && key->name <= K_END))
		return action != UI_TYPING;
	linear_keep(ui); /* then the key does what it does */
	drop_line(ui);
	return false;
}

bool linear_key(struct ui *ui, const struct key *key)
{
	struct linear *linear = ui->linear;
	struct edit_rules rules;

	if (!linear->line.len && ui->dirty && ui->ahead_at < ui->ahead_count)
		ui_draw(ui); /* the rest of a command: what it asks is not said */
	else if (!linear->line.len && ui->dirty)
		ui_show_waiting(ui); /* what the line answers stands before it */
	if (!linear->line.len)
		linear->line_of = top(ui)->serial;
	linear->said[0] = '\0';
	linear->silent = linear->silent || (key->name == K_TEXT && key->pasted && ui->ahead_count);
	if (key->name == K_ENTER) {
		ui->message[0] = '\0';
		ui_draw(ui); /* what takes the line is what is there now */
		take_line(ui);
		return true;
	}
	if (key->name != K_TEXT && key->name != K_BACKSPACE)
		return linear->line.len && named_key(ui, key);
	rules = line_rules(ui);
	if (edit_key(&linear->line, &rules, &ui->typing, key) == EDIT_FULL)
		term_beep();
	echo_line(ui, rules.secret);
	return true;
}
