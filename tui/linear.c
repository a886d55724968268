/* linear.c - see linear.h. What is printed; linear_line.c reads. */
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/base/clock.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/form.h"
#include "tui/term.h"

enum { LINEAR_MAX = 1 << 20, LINE_BYTES = CANVAS_COLS * GLYPH_BYTES, CHOICES_COLS = 70 };

void linear_start(struct ui *ui)
{
	ui->linear = calloc(1, sizeof(*ui->linear));
	if (!ui->linear)
		die("no memory for the linear mode");
	edit_init(&ui->linear->line);
}

void linear_stop(struct ui *ui)
{
	if (!ui->linear)
		return;
	edit_wipe(&ui->linear->line);
	free(ui->linear);
	ui->linear = NULL;
}

void linear_again(struct ui *ui)
{
	ui->linear->whole = true;
	ui->linear->at_prompt = false;
}

static uint64_t hash_text(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash ? hash : 1;
}

static bool is_drawn_line(const char *text)
{
	return !strcmp(text, LINE_H) || !strcmp(text, LINE_V);
}

/* Part of a row as one line: without the mark of the cursor, blanks at the ends, or wide gaps. */
static void row_text(const struct canvas *canvas, int row, int from, int to, struct buf *out)
{
	int blanks = 0;
	bool begun = false;

	for (int col = from; col < to && col < canvas->cols; col++) {
		const char *text = canvas_at(canvas, row, col)->text;

		if (!*text)
			continue;
		if (!strcmp(text, " ") || is_drawn_line(text) || (!begun && !strcmp(text, ">"))) {
			blanks++;
			continue;
		}
		if (begun && blanks)
			buf_text(out, blanks > 1 ? "  " : " ");
		buf_text(out, text);
		blanks = 0;
		begun = true;
	}
}

/* Take the hash out of what was seen; false when it is not there. */
static bool take_seen(struct linear_seen *old, uint64_t hash)
{
	for (size_t i = 0; i < old->count; i++) {
		if (old->lines[i] == hash) {
			old->lines[i] = old->lines[--old->count];
			return true;
		}
	}
	return false;
}

static void add_seen(struct linear_seen *seen, uint64_t hash)
{
	if (seen->count < LINEAR_LINES)
		seen->lines[seen->count++] = hash;
}

void linear_known(struct linear_seen *seen, const char *line)
{
	add_seen(seen, hash_text(line));
}

static void put_line(const char *text, bool plain, struct buf *out)
{
	if (plain)
		vn_plain(text, out);
	else
		buf_text(out, text);
	buf_text(out, "\r\n");
}

/* Nothing, or a line drawn of hyphens. */
static bool is_rule(const char *text)
{
	return text[strspn(text, "- ")] == '\0';
}

/* One pass over the frame's body. */
struct pass {
	const struct canvas *canvas;
	struct linear_seen *seen, *old;
	bool whole, plain;
	struct buf *out;
	uint64_t focus; /* the line under the cursor */
	bool focus_said;
	char focus_text[LINE_BYTES];
};

static void pass_row(struct pass *pass, int row, int from, int to)
{
	const struct spoken *spoken = &pass->canvas->spoken;
	struct buf line = BUF(LINE_BYTES);
	uint64_t hash;
	bool known;

	row_text(pass->canvas, row, from, to, &line);
	if (!is_rule(buf_str(&line))) {
		hash = hash_text(buf_str(&line));
		known = take_seen(pass->old, hash);
		if (!known || !spoken->over) /* where lines lie over others, all that was seen is kept */
			add_seen(pass->seen, hash);
		if (row == pass->canvas->cursor_row && pass->canvas->cursor_col >= from &&
		    pass->canvas->cursor_col < to) {
			pass->focus = hash;
			snprintf(pass->focus_text, sizeof(pass->focus_text), "%s", buf_str(&line));
		}
		if (pass->whole || (!known && !spoken->quiet[row])) {
			pass->focus_said = pass->focus_said || pass->focus == hash;
			put_line(buf_str(&line), pass->plain, pass->out);
		}
	}
	buf_done(&line);
}

void linear_lines(const struct canvas *canvas, struct linear_seen *seen, bool whole, bool plain, struct buf *out)
{
	const struct spoken *spoken = &canvas->spoken;
	struct linear_seen old = *seen;
	struct pass pass = { .canvas = canvas, .seen = seen, .old = &old, .whole = whole, .plain = plain, .out = out };
	int side = spoken->side ? spoken->side : canvas->cols;

	if (spoken->page != seen->page)
		old.count = 0;
	seen->page = spoken->page;
	seen->count = spoken->over ? old.count : 0;
	for (int row = 1; row < canvas->rows - 2; row++)
		pass_row(&pass, row, 0, side);
	for (int row = 1; side < canvas->cols && row < canvas->rows - 2; row++)
		pass_row(&pass, row, side, canvas->cols);
	/* The arrows moved it: say where to. */
	if (!spoken->form && seen->focus && pass.focus && pass.focus != seen->focus && !pass.focus_said)
		put_line(pass.focus_text, plain, out);
	seen->focus = pass.focus;
}

void linear_retype(const char *shown, const char *now, struct buf *out)
{
	size_t same = 0;
	size_t before, after;

	while (shown[same] && shown[same] == now[same])
		same++;
	while (same && ((shown[same] & 0xc0) == 0x80 || (now[same] & 0xc0) == 0x80))
		same--;
	before = utf8_cols(shown + same);
	after = utf8_cols(now + same);
	for (size_t i = 0; i < before; i++)
		buf_byte(out, '\b');
	buf_text(out, now + same);
	for (size_t i = after; i < before; i++)
		buf_byte(out, ' ');
	for (size_t i = after; i < before; i++)
		buf_byte(out, '\b');
}

static const char *item_text(const struct form *form, size_t item, char out[FORM_ITEM])
{
	out[0] = '\0';
	if (form->hooks && form->hooks->item)
		form->hooks->item(form->ctx, form->at, item, out, FORM_ITEM);
	return out;
}

/* `1 nam, 2 nữ`: on the prompt's line when they fit, else on lines before it. */
static void add_choices(const struct form *form, struct buf *prompt, bool plain, struct buf *out)
{
	size_t count = form->hooks && form->hooks->count ? form->hooks->count(form->ctx, form->at) : 0;
	struct buf line = BUF(LINEAR_PROMPT * 2);
	char item[FORM_ITEM], numbered[FORM_ITEM + 24];

	for (size_t i = 0; i < count; i++)
		buf_printf(&line, "%s%zu %s", i ? ", " : "", i + 1, item_text(form, i, item));
	if (utf8_cols(buf_str(&line)) <= CHOICES_COLS) {
		buf_printf(prompt, " (%s)", buf_str(&line));
	} else {
		for (size_t i = 0; i < count; i++) {
			snprintf(numbered, sizeof(numbered), "%zu %s", i + 1, item_text(form, i, item));
			put_line(numbered, plain, out);
		}
	}
	buf_done(&line);
}

/* `Label (hint) [value]: ` of the focused field. */
static void form_prompt(const struct form *form, struct buf *prompt, bool plain, struct buf *out)
{
	const struct form_row *row = &form->rows[form->at];
	const struct edit *edit = &form->edits[form->at];
	const char *hint = words_in(&row->hint, form->lang);

	buf_text(prompt, words_in(&row->label, form->lang));
	if (row->kind == W_CHOICE)
		add_choices(form, prompt, plain, out);
	else if (form->open && row->kind != W_NUMBER)
		buf_text(prompt, form->lang == LANG_EN ? " (number, or other words)" : " (số, hoặc chữ khác)");
	else if (!edit->len && *hint)
		buf_printf(prompt, " (%s)", hint);
	if (edit->len && row->kind == W_SECRET)
		buf_text(prompt, form->lang == LANG_EN ? " [typed]" : " [đã gõ]");
	else if (edit->len)
		buf_printf(prompt, " [%s]", edit->text);
	buf_text(prompt, ": ");
}

static void make_prompt(struct ui *ui, struct buf *prompt, struct buf *out)
{
	const struct spoken *spoken = &ui->canvas.spoken;

	if (spoken->form && spoken->form->at < spoken->form->count)
		form_prompt(spoken->form, prompt, term_is_plain(), out);
	else if (spoken->prompt[0])
		buf_printf(prompt, "%s: ", spoken->prompt);
	else if (spoken->edit)
		buf_text(prompt, UI_T(ui, "Số, hoặc chữ cần tìm: ", "Number, or words to find: "));
	else if (spoken->list && spoken->list->shown_count)
		buf_text(prompt, UI_T(ui, "Số: ", "Number: "));
	else
		buf_text(prompt, "> ");
}

/* Who and where, when that is new; the screen's name, when another one speaks. */
static void add_title(struct ui *ui, struct buf *out)
{
	struct linear *linear = ui->linear;
	size_t base = ui->depth - 1;
	char head[sizeof(linear->head)], date[CLOCK_DATE_TEXT];

	while (base && ui->stack[base].ops->popup)
		base--;
	if (ui->app && !ui->locked) {
		snprintf(head, sizeof(head), "%s, %s, %s", ui->unit, ui->user,
			 clock_format_dmy(dayno_of(clock_now()), date));
		if (strcmp(head, linear->head) != 0)
			put_line(head, term_is_plain(), out);
		memcpy(linear->head, head, sizeof(head));
	}
	if (!linear->greeted)
		put_line(UI_T(ui, "Gõ số hoặc chữ rồi Enter. Dấu ? hỏi việc làm được, : mọi lệnh, < quay lại, ! lưu.",
			      "Type a number or words and Enter. ? what can be done, : all commands, < back, ! save."),
			 term_is_plain(), out);
	linear->greeted = true;
	if (linear->titled != ui->stack[base].serial || linear->whole) {
		buf_text(out, "== ");
		put_line(ui_words(ui, &ui->stack[base].ops->title), term_is_plain(), out);
	}
	linear->titled = ui->stack[base].serial;
}

static void add_message(struct ui *ui, struct buf *out)
{
	struct linear *linear = ui->linear;

	if (ui->message[0] && strcmp(ui->message, linear->said) != 0) {
		snprintf(linear->said, sizeof(linear->said), "%s", ui->message);
		put_line(ui->message, term_is_plain(), out);
	}
	if (ui->depth == 1 && ui->app && !ui->locked && ui->sync[0] && strcmp(ui->sync, linear->sync) != 0) {
		snprintf(linear->sync, sizeof(linear->sync), "%s", ui->sync);
		put_line(ui->sync, term_is_plain(), out);
	}
}

/* What is new, then the prompt; nothing when neither is. */
static void print_new(struct linear *linear, bool waiting, struct buf *out, struct buf *prompt)
{
	struct buf bytes = BUF(LINEAR_MAX);
	bool other = strcmp(buf_str(prompt), linear->prompt) != 0;

	if (!waiting && out->len) {
		if (linear->at_prompt)
			buf_text(&bytes, "\r\n");
		buf_text(&bytes, buf_str(out));
		linear->at_prompt = false;
		term_put(buf_str(&bytes), bytes.len);
	} else if (waiting && (out->len || other || !linear->at_prompt)) {
		if (linear->at_prompt)
			buf_text(&bytes, "\r\n");
		buf_text(&bytes, buf_str(out));
		if (term_is_plain())
			vn_plain(buf_str(prompt), &bytes);
		else
			buf_text(&bytes, buf_str(prompt));
		snprintf(linear->prompt, sizeof(linear->prompt), "%s", buf_str(prompt));
		linear->at_prompt = true;
		term_put(buf_str(&bytes), bytes.len);
	}
	buf_done(&bytes);
}

void linear_show(struct ui *ui)
{
	struct linear *linear = ui->linear;
	struct linear_seen *seen = &linear->seen[ui->depth - 1];
	struct buf out = BUF(LINEAR_MAX), prompt = BUF(LINEAR_PROMPT * 4);

	linear_drop_stray(ui);
	if (linear->line.len)
		return;
	if (seen->serial != ui->stack[ui->depth - 1].serial)
		*seen = (struct linear_seen){ .serial = ui->stack[ui->depth - 1].serial };
	add_title(ui, &out);
	linear_lines(&ui->canvas, seen, linear->whole, term_is_plain(), &out);
	add_message(ui, &out);
	if (ui->waiting)
		make_prompt(ui, &prompt, &out);
	print_new(linear, ui->waiting, &out, &prompt);
	linear->whole = false;
	buf_done(&out);
	buf_wipe_done(&prompt);
}
