/*
 * scr_unlock.c - who are you: sign in, set up the first store, unlock again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/app.h"
#include "core/session.h"
#include "db/base/utf8.h"
#include "tui/form.h"
#include "tui/screens.h"
#include "tui/term.h"

struct unlock {
	struct form form;
	bool setup;     /* no store yet */
	bool again;     /* a store is open; only the passphrase is asked */
	char recovery[DB_RECOVERY_TEXT];
};

static const struct form_row signin_rows[] = {
	{ "user", W_CODE, T("Người dùng", "User"), T("để trống nếu chỉ có một", "empty: the only one"), 30, 60 },
	{ "passphrase", W_SECRET, T("Mật khẩu", "Passphrase"), T("", ""), 30, 200 },
};

static const struct form_row again_rows[] = {
	{ "user", W_CODE, T("Người dùng", "User"), T("", ""), 30, 60 },
	{ "passphrase", W_SECRET, T("Mật khẩu", "Passphrase"), T("", ""), 30, 200 },
};

static const struct form_row setup_rows[] = {
	{ "unit", W_CODE, T("Mã đơn vị", "Unit code"), T("như trong mã hồ sơ: H11.25", "as in dossier codes: H11.25"), 20, 40 },
	{ "unit_name", W_LINE, T("Tên đơn vị", "Unit name"), T("Phường Bình Hưng", "Phường Bình Hưng"), 34, 100 },
	{ "slot", W_NUMBER, T("Máy số", "Counter number"), T("1 đến 99, mỗi máy một số", "1 to 99, each PC its own"), 4, 2 },
	{ "admin", W_CODE, T("Người quản trị", "Administrator"), T("tên để đăng nhập", "name to sign in with"), 20, 60 },
	{ "passphrase", W_SECRET, T("Mật khẩu", "Passphrase"), T("ít nhất 8 chữ", "at least 8 letters"), 30, 200 },
	{ "repeat", W_SECRET, T("Nhập lại", "Once more"), T("", ""), 30, 200 },
};

static void opened(struct ui *ui)
{
	unsigned failures = session_failures(ui->app);

	snprintf(ui->unit, sizeof(ui->unit), "%s", ui->app->unit_name);
	snprintf(ui->user, sizeof(ui->user), "%s", ui->app->user);
	ui->app->lang = ui->lang;
	session_note(ui->app, "open");
	ui_pop(ui);
	if (failures)
		ui_format(ui, STYLE_WARN, UI_T(ui, "Đã có %u lần nhập sai mật khẩu trước lần này.",
					       "%u failed sign-ins before this one."), failures);
	else if (term_note())
		ui_say_words(ui, STYLE_WARN, term_note());
	scr_start(ui);
}

/* Opening takes a moment (the passphrase is stretched): say so first. */
static enum rc open_store(struct ui *ui, const char *user, const char *passphrase, struct err *err)
{
	static struct app app; /* the one open store of the program */
	enum rc rc;

	ui_say(ui, STYLE_TEXT, UI_T(ui, "Đang mở kho dữ liệu...", "Opening the store..."));
	ui_show(ui);
	ui->message[0] = '\0';
	memset(&app, 0, sizeof(app));
	rc = app_open(&app, ui->options->store, user, passphrase, err);
	if (rc)
		return rc;
	if (ui->options->now != MSEC_NONE && !app.demo) {
		app_close(&app);
		return err_set(err, RC_USAGE, "--now chỉ dùng cho kho tạo bằng `init --demo`.",
			       "--now works only on a store made with `init --demo`.");
	}
	if (ui->options->now != MSEC_NONE)
		clock_set_test(ui->options->now);
	ui->app = &app;
	return RC_OK;
}

/*
 * Somebody else takes the seat: the session ends as at the end of the program, drafts kept, and theirs begins.
 * Nothing of this one is left for them to see.
 */
static enum rc take_seat(struct ui *ui, const char *name, const char *passphrase, struct err *err)
{
	enum rc rc = session_check_other(ui->app, name, passphrase, err);

	if (rc)
		return rc;
	ui->next = calloc(1, sizeof(*ui->next));
	if (!ui->next)
		die("no memory for a name");
	snprintf(ui->next->name, sizeof(ui->next->name), "%s", name);
	snprintf(ui->next->passphrase, sizeof(ui->next->passphrase), "%s", passphrase);
	ui->quit = true;
	return RC_OK;
}

static bool same_user(const char *a, const char *b)
{
	struct buf one = BUF(1024), two = BUF(1024);
	bool same;

	utf8_lower(a, &one);
	utf8_lower(b, &two);
	same = !strcmp(buf_str(&one), buf_str(&two));
	buf_done(&one);
	buf_done(&two);
	return same;
}

static enum rc sign_in(struct ui *ui, struct unlock *unlock, struct err *err)
{
	const char *name = form_text(&unlock->form, "user"), *passphrase = form_text(&unlock->form, "passphrase");

	if (!*passphrase)
		return err_field(err, "passphrase", "Nhập mật khẩu.", "Type the passphrase.");
	if (unlock->again && *name && !same_user(name, ui->app->user))
		return take_seat(ui, name, passphrase, err);
	if (unlock->again) {
		enum rc rc = session_check(ui->app, passphrase, err);

		if (!rc) {
			ui->locked = false;
			ui_pop(ui);
		}
		return rc;
	}
	return open_store(ui, name, passphrase, err);
}

/* What the set-up form must hold before a store is made. */
static enum rc check_setup(struct unlock *unlock, struct err *err)
{
	static const char *const needed[] = { "unit", "unit_name", "slot", "admin", "passphrase" };

	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!*form_text(&unlock->form, needed[i]))
			return err_field(err, needed[i], "Cần điền.", "Must be filled in.");
	if (strcmp(form_text(&unlock->form, "passphrase"), form_text(&unlock->form, "repeat")))
		return err_field(err, "repeat", "Hai lần nhập mật khẩu khác nhau.", "The two passphrases differ.");
	return RC_OK;
}

static enum rc set_up(struct ui *ui, struct unlock *unlock, struct err *err)
{
	struct form *form = &unlock->form;
	struct app_make make = { .unit = form_text(form, "unit"), .unit_name = form_text(form, "unit_name"),
				 .admin = form_text(form, "admin"), .passphrase = form_text(form, "passphrase"),
				 .slot = (unsigned)strtoul(form_text(form, "slot"), NULL, 10) };
	enum rc rc = check_setup(unlock, err);

	if (rc)
		return rc;
	ui_say(ui, STYLE_TEXT, UI_T(ui, "Đang tạo kho dữ liệu, nạp danh mục thủ tục...",
				    "Making the store, loading the catalogue..."));
	ui_show(ui);
	ui->message[0] = '\0';
	rc = app_make(ui->options->store, &make, unlock->recovery, err);
	if (rc)
		return rc;
	return open_store(ui, make.admin, make.passphrase, err);
}

static void failed(struct ui *ui, struct unlock *unlock, const struct err *err)
{
	form_errors_clear(&unlock->form);
	form_fail(&unlock->form, err->field, err_text(err, ui->lang));
	form_first_error(&unlock->form);
	if (!unlock->setup) {
		form_put(&unlock->form, "passphrase", "");
		form_go(&unlock->form, form_row_named(&unlock->form, "passphrase"));
	}
	if (!unlock->setup && !unlock->again && !*form_text(&unlock->form, "user"))
		form_go(&unlock->form, form_row_named(&unlock->form, "user"));
	ui_say(ui, STYLE_BAD, "");
}

static void submit(struct ui *ui, struct unlock *unlock)
{
	struct err err = { .rc = RC_OK };
	bool again = unlock->again;
	enum rc rc;

	form_errors_clear(&unlock->form);
	rc = unlock->setup ? set_up(ui, unlock, &err) : sign_in(ui, unlock, &err);
	if (rc) {
		failed(ui, unlock, &err);
		return;
	}
	if (again || (unlock->setup && unlock->recovery[0])) /* the code stays until it has been copied */
		return;
	opened(ui);
}

static int draw_recovery(struct ui *ui, const struct unlock *unlock, struct area body)
{
	struct area text = { body.row + 6, body.col + 4, 6, body.cols - 8 };

	draw_text(&ui->canvas, body.row + 2, body.col + 4, body.cols - 8, STYLE_STRONG,
		  UI_T(ui, "Mã khôi phục, chỉ hiện một lần:", "Recovery code, shown once:"));
	draw_text(&ui->canvas, body.row + 4, body.col + 8, body.cols - 12, STYLE_STRONG, unlock->recovery);
	draw_wrapped(&ui->canvas, text, 0, STYLE_TEXT,
		     UI_T(ui, "Chép ra giấy và cất vào két. Không có mã này thì quên mật khẩu là mất dữ liệu. "
			      "Chép xong, bấm Enter.",
			  "Copy it on paper and lock it away. Without it a forgotten passphrase loses the data. "
			  "Then press Enter."));
	draw_cursor(&ui->canvas, body.row + 4, body.col + 8);
	return body.rows;
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct unlock *unlock = screen->state;
	struct area form = { body.row + 5, body.col + 6, 8, body.cols - 8 };
	struct area errors = { body.row + 14, body.col + 6, 4, body.cols - 8 };
	const char *head = unlock->again ? UI_T(ui, "Máy đang khóa", "Locked") :
			   unlock->setup ? UI_T(ui, "Thiết lập lần đầu", "First set-up") :
					   UI_T(ui, "Đăng nhập", "Sign in");

	if (unlock->recovery[0]) {
		draw_recovery(ui, unlock, body);
		return;
	}
	draw_text(&ui->canvas, body.row + 2, body.col + 6, body.cols - 8, STYLE_STRONG, head);
	draw_text(&ui->canvas, body.row + 3, body.col + 6, body.cols - 8, STYLE_DIM,
		  unlock->again ? UI_T(ui, "Bản nháp được giữ. Người khác: lên ô trên, gõ tên mình.",
				       "The draft is kept. Someone else: go up and type your own name.")
				: ui->options->store);
	ui->canvas.spoken.quiet[body.row + 3] = true;
	form_draw(&unlock->form, &ui->canvas, form, true);
	for (size_t i = 0; i < unlock->form.error_count; i++)
		draw_wrapped(&ui->canvas, errors, 0, STYLE_BAD, unlock->form.errors[i].text);
}

static bool on_key(struct ui *ui, struct screen *screen, const struct key *key)
{
	struct unlock *unlock = screen->state;

	if (unlock->recovery[0]) {
		if (key->name == K_ENTER) {
			memset(unlock->recovery, 0, sizeof(unlock->recovery));
			opened(ui);
		}
		return true;
	}
	return form_key(&unlock->form, &ui->typing, key) != FORM_IGNORED;
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct unlock *unlock = screen->state;
	enum form_result result;

	if (action == UI_SAVE) {
		submit(ui, unlock);
		return true;
	}
	result = form_action(&unlock->form, &ui->typing, action);
	if (result == FORM_AFTER && action == UI_ACCEPT) {
		submit(ui, unlock);
		return true;
	}
	/* Nothing else of the program is there before the passphrase. */
	return result != FORM_IGNORED || (action != UI_TYPING && action != UI_REDRAW && action != UI_QUIT &&
					  action != UI_HELP);
}

static bool in_text(struct ui *ui, struct screen *screen)
{
	(void)ui;
	(void)screen;
	return true;
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct unlock *unlock = screen->state;

	(void)ui;
	form_done(&unlock->form);
	free(unlock);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEXT, UI_HELP, UI_QUIT, UI_NONE };

const struct screen_ops unlock_screen = {
	.name = "unlock", .title = T("motcua", "motcua"), .actions = actions,
	.draw = on_draw, .in_text = in_text, .on_key = on_key, .on_action = on_action, .on_close = on_close,
};

static struct unlock *unlock_new(struct ui *ui, const struct form_row *rows, size_t count)
{
	struct unlock *unlock = calloc(1, sizeof(*unlock));

	if (!unlock)
		die("no memory for a screen");
	form_init(&unlock->form, rows, count, NULL, NULL, ui->lang);
	return unlock;
}

void scr_unlock(struct ui *ui)
{
	bool setup = access(ui->options->store, F_OK) != 0;
	struct unlock *unlock = setup ? unlock_new(ui, setup_rows, ARRAY_LEN(setup_rows)) :
					unlock_new(ui, signin_rows, ARRAY_LEN(signin_rows));

	unlock->setup = setup;
	if (setup)
		form_put(&unlock->form, "slot", "1");
	if (!setup && ui->options->user) {
		form_put(&unlock->form, "user", ui->options->user);
		form_go(&unlock->form, 1);
	}
	ui_push(ui, &unlock_screen, unlock);
	if (!setup && ui->options->passphrase) {
		form_put(&unlock->form, "passphrase", ui->options->passphrase);
		submit(ui, unlock);
	}
}

void scr_lock(struct ui *ui)
{
	struct unlock *unlock;

	if (ui->locked || !ui->app)
		return;
	unlock = unlock_new(ui, again_rows, ARRAY_LEN(again_rows));
	unlock->again = true;
	form_put(&unlock->form, "user", ui->app->user);
	form_go(&unlock->form, form_row_named(&unlock->form, "passphrase"));
	ui->locked = true;
	ui->message[0] = '\0'; /* it may name somebody */
	ui_modal(ui, &unlock_screen, unlock);
}
