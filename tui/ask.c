/* ask.c - see ask.h. */
#include "tui/ask.h"

#include <stdio.h>
#include <string.h>

#include "db/base/utf8.h"
#include "db/base/vn.h"

struct choice {
	const struct words *title, *answers;
	const char *text;
	size_t count, at;
	int chosen;
};

/* A box in the middle of the body, `rows` of content high. */
static struct area middle_box(struct area body, int rows)
{
	int cols = body.cols > 90 ? 76 : body.cols - 8;
	struct area box = { 0, body.col + (body.cols - cols) / 2, rows + 2, cols };

	if (box.rows > body.rows)
		box.rows = body.rows;
	box.row = body.row + (body.rows - box.rows) / 2;
	return box;
}

static struct area inside_of(struct area box)
{
	return (struct area){ box.row + 1, box.col + 2, box.rows - 2, box.cols - 4 };
}

static void choice_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct choice *choice = screen->state;
	struct area box = middle_box(body, 1);
	int text_rows = draw_wrapped_rows(choice->text, inside_of(box).cols);
	struct area inside;

	snprintf(ui->canvas.spoken.prompt, sizeof(ui->canvas.spoken.prompt), "%s [%zu]", ui_words(ui, &choice_screen.title),
		 choice->at + 1);
	box = middle_box(body, text_rows + 1 + (int)choice->count);
	inside = inside_of(box);
	draw_box(&ui->canvas, box, ui_words(ui, choice->title));
	draw_wrapped(&ui->canvas, inside, 0, STYLE_TEXT, choice->text);
	for (size_t i = 0; i < choice->count; i++) {
		int row = inside.row + text_rows + 1 + (int)i;

		draw_format(&ui->canvas, row, inside.col, inside.cols, i == choice->at ? STYLE_FOCUS : STYLE_TEXT,
			    "%zu %s", i + 1, ui_words(ui, &choice->answers[i]));
		if (i == choice->at)
			draw_cursor(&ui->canvas, row, inside.col);
	}
}

static void choice_take(struct ui *ui, struct choice *choice, size_t at)
{
	choice->chosen = (int)at;
	ui_pop(ui);
}

static bool choice_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct choice *choice = screen->state;

	if (key->name != K_TEXT || key->pasted || key->ch < '1' || key->ch >= '1' + choice->count)
		return false;
	choice_take(ui, choice, key->ch - '1');
	return true;
}

static bool choice_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct choice *choice = screen->state;

	switch (action) {
	case UI_NEXT:
		choice->at = (choice->at + 1) % choice->count;
		return true;
	case UI_PREV:
		choice->at = (choice->at + choice->count - 1) % choice->count;
		return true;
	case UI_ACCEPT:
	case UI_TOGGLE:
		choice_take(ui, choice, choice->at);
		return true;
	case UI_FIND:
		return true;
	default:
		return false;
	}
}

static const enum ui_action choice_actions[] = { UI_ACCEPT, UI_BACK, UI_NEXT, UI_PREV, UI_NONE };

const struct screen_ops choice_screen = {
	.name = "choice", .title = T("Chọn", "Choose"), .actions = choice_actions, .hints = hint_choose, .popup = true,
	.draw = choice_draw, .on_key = choice_key, .on_action = choice_action,
};

int ask_choice(struct ui *ui, const struct words *title, const char *text, const struct words *answers, size_t count,
	       size_t at)
{
	struct choice choice = { title, answers, text, count < 9 ? count : 9, at, -1 };

	ui_modal(ui, &choice_screen, &choice);
	return choice.chosen;
}

struct asked {
	const struct words *title;
	const char *text;
	struct form *form;
	ask_save_fn *save;
	void *ctx;
	bool saved;
};

static void form_screen_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct asked *asked = screen->state;
	struct area box = middle_box(body, 1), inside;
	int text_rows = draw_wrapped_rows(asked->text, inside_of(box).cols), used;
	int errors = (int)asked->form->error_count;

	box = middle_box(body, text_rows + (text_rows ? 1 : 0) + (int)asked->form->count + (errors ? errors + 1 : 0));
	inside = inside_of(box);
	draw_box(&ui->canvas, box, ui_words(ui, asked->title));
	used = draw_wrapped(&ui->canvas, inside, 0, STYLE_TEXT, asked->text);
	inside.row += used + (used ? 1 : 0);
	inside.rows -= used + (used ? 1 : 0);
	if (errors) {
		struct area list = { inside.row + inside.rows - errors, inside.col, errors, inside.cols };

		form_draw_errors(asked->form, &ui->canvas, list);
		inside.rows -= errors + 1;
	}
	form_draw(asked->form, &ui->canvas, inside, true);
}

static void form_save(struct ui *ui, struct asked *asked)
{
	struct err err = { .rc = RC_OK };

	form_leave(asked->form, &ui->typing);
	form_errors_clear(asked->form);
	if (asked->save(ui, asked->form, asked->ctx, &err)) {
		if (!asked->form->error_count)
			form_fail(asked->form, err.field, err_text(&err, ui->lang));
		form_first_error(asked->form);
		return;
	}
	asked->saved = true;
	ui_pop(ui);
}

static bool form_screen_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct asked *asked = screen->state;

	return form_key(asked->form, &ui->typing, key) != FORM_IGNORED;
}

static bool form_screen_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct asked *asked = screen->state;
	enum form_result result;

	if (action == UI_SAVE) {
		form_save(ui, asked);
		return true;
	}
	if (action == UI_FIND)
		return true;
	result = form_action(asked->form, &ui->typing, action);
	if (result == FORM_AFTER && action == UI_ACCEPT)
		form_save(ui, asked);
	return result != FORM_IGNORED;
}

static bool form_screen_in_text(struct ui *ui, struct screen *screen)
{
	struct asked *asked = screen->state;

	(void)ui;
	return form_in_text(asked->form);
}

static const enum ui_action form_actions[] = { UI_SAVE, UI_ACCEPT, UI_PREV, UI_VALUES, UI_BACK, UI_TYPING, UI_NONE };

const struct screen_ops form_screen = {
	.name = "form", .title = T("Nhập", "Enter"), .actions = form_actions, .popup = true,
	.draw = form_screen_draw, .in_text = form_screen_in_text, .on_key = form_screen_key,
	.on_action = form_screen_action,
};

bool ask_form(struct ui *ui, const struct words *title, const char *text, struct form *form, ask_save_fn *save,
	      void *ctx)
{
	struct asked asked = { title, text, form, save, ctx, false };

	ui_modal(ui, &form_screen, &asked);
	return asked.saved;
}

static enum rc word_save(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	struct buf typed = BUF(EDIT_BYTES), want = BUF(EDIT_BYTES);
	bool same;

	vn_fold(form_text(form, "word"), &typed);
	vn_fold(ui_words(ui, ctx), &want);
	same = !strcmp(buf_str(&typed), buf_str(&want));
	buf_done(&typed);
	buf_done(&want);
	if (!same)
		return err_field(err, "word", "Gõ đúng chữ trên rồi Enter, hoặc Esc để thôi.",
				 "Type the word above and Enter, or Esc to leave.");
	return RC_OK;
}

bool ask_word(struct ui *ui, const struct words *title, const char *text, const struct words *word)
{
	static const struct form_row rows[] = {
		{ "word", W_LINE, T("Gõ lại", "Type it"), T("", ""), 24, 40 },
	};
	struct words copy = *word;
	struct form form;
	bool saved;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	saved = ask_form(ui, title, text, &form, word_save, &copy);
	form_done(&form);
	return saved;
}
