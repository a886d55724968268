/* ask.c - see ask.h. */
#include "tui/ask.h"

#include <stdio.h>
#include <string.h>

#include "core/draft.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"
#include "tui/draft.h"

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

	snprintf(ui->canvas.spoken.prompt, sizeof(ui->canvas.spoken.prompt), "%s [%zu]",
		 ui_words(ui, &choice_screen.title), choice->at + 1);
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
	/* A kept one. */
	const char *draft; /* NULL: not kept */
	int64_t draft_id;
	struct buf first;  /* the fields as they were offered */
	struct buf kept;   /* the draft as it is in the store */
};

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

/* Keep what has changed since the last time; what nobody has touched is no draft. */
static void keep_form(struct ui *ui, struct asked *asked)
{
	struct buf body = BUF(DRAFT_MAX), fields = BUF(DRAFT_MAX);
	struct err err = { .rc = RC_OK };

	if (!asked->draft || asked->saved || !ui->app)
		return;
	draft_write_fields(asked->form, &fields);
	draft_write(asked->form, &body);
	if ((asked->draft_id || !same_bytes(&fields, &asked->first)) && !same_bytes(&body, &asked->kept)) {
		if (draft_save_then(ui->app, &asked->draft_id, asked->draft, (struct span){ body.data, body.len },
				    ui_kept, ui, &err))
			ui_say_err(ui, &err);
		buf_clear(&asked->kept);
		buf_add(&asked->kept, body.data, body.len);
	}
	buf_wipe_done(&body);
	buf_wipe_done(&fields);
}

static void form_screen_idle(struct ui *ui, struct screen *screen)
{
	keep_form(ui, screen->state);
}

static void forget_draft(struct ui *ui, struct asked *asked)
{
	struct err err = { .rc = RC_OK };

	if (asked->draft_id && draft_delete(ui->app, asked->draft_id, &err))
		ui_say_err(ui, &err);
	asked->draft_id = 0;
}

static void form_screen_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct asked *asked = screen->state;
	struct area box = middle_box(body, 1), inside;
	int text_rows = draw_wrapped_rows(asked->text, inside_of(box).cols), used;
	int errors = form_error_rows(asked->form, inside_of(box).cols);

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
	forget_draft(ui, asked);
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
	.on_idle = form_screen_idle,
};

bool ask_form(struct ui *ui, const struct words *title, const char *text, struct form *form, ask_save_fn *save,
	      void *ctx)
{
	struct asked asked = { .title = title, .text = text, .form = form, .save = save, .ctx = ctx };

	ui_modal(ui, &form_screen, &asked);
	return asked.saved;
}

/* The newest draft of a form. */
struct found_draft {
	int64_t id;
	msec saved_at;
	struct buf body;
};

static enum rc take_newest(void *ctx, const struct draft_row *draft, struct err *err)
{
	struct found_draft *found = ctx;

	(void)err;
	if (found->id)
		return RC_OK;
	found->id = draft->id;
	found->saved_at = draft->saved_at;
	buf_add(&found->body, draft->body.data, draft->body.len);
	return RC_OK;
}

/* Offer what was half typed: true to go on with the form, with or without it; false: Esc. */
static bool offer_draft(struct ui *ui, struct asked *asked)
{
	static const struct words answers[] = {
		T("Làm tiếp bản nháp", "Go on with the draft"),
		T("Bỏ bản nháp, làm mới", "Discard it and begin anew"),
	};
	struct found_draft found = { .body = BUF(DRAFT_MAX) };
	struct err err = { .rc = RC_OK };
	struct reader r;
	char words[LIST_CELL];
	int chosen = -2;

	if (draft_list(ui->app, asked->draft, take_newest, &found, &err))
		ui_say_err(ui, &err);
	if (found.id) {
		draft_words(asked->title, (struct span){ found.body.data, found.body.len }, found.saved_at, ui->lang,
			    words, sizeof(words));
		chosen = ask_choice(ui, asked->title, words, answers, ARRAY_LEN(answers), 0);
		asked->draft_id = found.id;
	}
	if (chosen == 1)
		forget_draft(ui, asked);
	r = reader_on(found.body.data, found.body.len);
	if (chosen == 0 && !draft_read(asked->form, &r))
		ui_say(ui, STYLE_WARN, UI_T(ui, "Bản nháp không còn đọc được.", "The draft cannot be read."));
	if (chosen == 0)
		draft_settle(asked->form);
	buf_wipe_done(&found.body);
	return chosen != -1;
}

bool ask_form_kept(struct ui *ui, const struct words *title, const char *text, struct form *form, ask_save_fn *save,
		   void *ctx, const char *draft)
{
	struct asked asked = { .title = title, .text = text, .form = form, .save = save, .ctx = ctx, .draft = draft,
			       .first = BUF(DRAFT_MAX), .kept = BUF(DRAFT_MAX) };

	draft_write_fields(form, &asked.first);
	if (offer_draft(ui, &asked)) {
		if (asked.draft_id)
			draft_write(form, &asked.kept);
		ui_modal(ui, &form_screen, &asked);
	}
	buf_wipe_done(&asked.first);
	buf_wipe_done(&asked.kept);
	return asked.saved;
}

const struct draft_form *draft_form_of(const char *draft)
{
	size_t len = strcspn(draft, "/");

	for (const struct draft_form *form = draft_forms; form->name; form++)
		if (strlen(form->name) == len && !memcmp(form->name, draft, len))
			return form;
	return NULL;
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
