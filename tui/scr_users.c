/*
 * scr_users.c - users and their passphrases.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/session.h"
#include "tui/admin.h"
#include "tui/ask.h"
#include "tui/list.h"
#include "tui/progress.h"

enum { USERS_MAX = 500 };

struct user_line {
	char name[72], full_name[100];
	enum role role;
	bool disabled, slot;
};

struct users {
	struct ui *ui;
	struct user_line *lines;
	size_t count;
	struct list list;
};

static const struct list_col cols[] = {
	{ T("Tên đăng nhập", "Name"), 14, false },
	{ T("Họ và tên", "Full name"), 0, false },
	{ T("Vai trò", "Role"), 28, false },
	{ T("Tình trạng", "State"), 17, false },
};

/* NOLINTNEXTLINE(readability-non-const-parameter): list_cell_fn */
static void on_cell(void *ctx, size_t row, size_t col, char out[LIST_CELL], enum style *style)
{
	const struct users *users = ctx;
	const struct user_line *line = &users->lines[row];
	const char *state = line->disabled ? UI_T(users->ui, "đã khóa", "disabled")
			    : line->slot   ? UI_T(users->ui, "đăng nhập được", "signs in here")
					   : UI_T(users->ui, "chưa có ở máy này", "not on this PC");
	const char *const cells[] = { line->name, line->full_name,
				      ui_words(users->ui, role_label(line->role)), state };

	if (line->disabled)
		*style = STYLE_DIM;
	snprintf(out, LIST_CELL, "%s", cells[col]);
}

static enum rc add_user(void *ctx, const struct session_user *user, struct err *err)
{
	struct users *users = ctx;
	struct user_line *line;

	(void)err;
	if (users->count == USERS_MAX)
		return RC_OK;
	line = &users->lines[users->count++];
	*line = (struct user_line){ .role = user->role, .disabled = user->disabled, .slot = user->slot };
	snprintf(line->name, sizeof(line->name), "%s", user->name);
	snprintf(line->full_name, sizeof(line->full_name), "%s", user->full_name ? user->full_name : "");
	return RC_OK;
}

static void load(struct ui *ui, struct users *users)
{
	struct err err = { .rc = RC_OK };

	users->count = 0;
	if (session_list(ui->app, add_user, users, &err))
		ui_say_err(ui, &err);
	list_rows(&users->list, users->count);
}

static void on_show(struct ui *ui, struct screen *screen)
{
	load(ui, screen->state);
}

static void on_draw(struct ui *ui, struct screen *screen, struct area body)
{
	struct users *users = screen->state;

	list_draw(&users->list, &ui->canvas, body, ui->lang, true);
}

/* Both times the same. */
static enum rc same_twice(const struct form *form, struct err *err)
{
	if (strcmp(form_text(form, "passphrase"), form_text(form, "repeat")) != 0)
		return err_field(err, "repeat", "Hai lần gõ khác nhau.", "The two differ.");
	return RC_OK;
}

#define PASSPHRASE_ROWS                                                                                      \
	{ "passphrase",                                                                                      \
	  W_SECRET,                                                                                          \
	  T("Mật khẩu mới", "New passphrase"),                                                               \
	  T("dài tốt hơn rắc rối", "long is better than odd"),                                              \
	  24,                                                                                                \
	  200 },                                                                                             \
	{                                                                                                    \
		"repeat", W_SECRET, T("Gõ lại", "Again"), T("", ""), 24, 200                                 \
	}

static enum rc take_passphrase(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	const char *user = ctx;
	enum rc rc = same_twice(form, err);

	/* A screen left unlocked must not be enough to shut its owner out. */
	if (!rc && !*user && session_check(ui->app, form_text(form, "old"), err))
		rc = err_field(err, "old", "Mật khẩu đang dùng không đúng.", "That is not the present passphrase.");
	return rc ? rc : session_passwd(ui->app, user, form_text(form, "passphrase"), err);
}

void admin_passphrase(struct ui *ui, const char *user)
{
	static const struct form_row rows[] = {
		{ "old", W_SECRET, T("Mật khẩu đang dùng", "Present passphrase"), T("", ""), 40, 200 },
		PASSPHRASE_ROWS,
	};
	static const struct words title = T("Mật khẩu mới", "A new passphrase");
	char name[72];
	struct form form;

	snprintf(name, sizeof(name), "%s", user ? user : "");
	form_init(&form, rows + (user != NULL), ARRAY_LEN(rows) - (user != NULL), NULL, NULL, ui->lang);
	if (ask_form(ui, &title, *name ? name : ui->app->user, &form, take_passphrase, name))
		ui_say(ui, STYLE_GOOD, UI_T(ui, "Đã đổi mật khẩu.", "The passphrase was changed."));
	form_done(&form);
}

static size_t role_count(void *ctx, size_t row)
{
	(void)ctx;
	(void)row;
	return ROLE_COUNT - 1;
}

static void role_item(void *ctx, size_t row, size_t item, char *out, size_t size)
{
	(void)row;
	snprintf(out, size, "%s", ui_words(ctx, role_label((enum role)(item + 1))));
}

static const struct form_hooks role_hooks = { .count = role_count, .item = role_item };

static enum rc take_user(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	enum rc rc = same_twice(form, err);

	(void)ctx;
	if (rc)
		return rc;
	return session_add(ui->app, form_text(form, "name"), (enum role)(form_choice(form, "role") + 1),
			   form_text(form, "passphrase"), err);
}

/* A new one, or (`line`) one who travelled here or was disabled. */
static void add(struct ui *ui, struct users *users, const struct user_line *line)
{
	static const struct form_row rows[] = {
		{ "name", W_CODE, T("Tên đăng nhập", "Name"), T("chữ, số, dấu chấm", "letters, digits, dots"),
		  24, 40 },
		{ "role", W_CHOICE, T("Vai trò", "Role"), T("phím Cách để đổi", "Space changes it"), 30, 0 },
		PASSPHRASE_ROWS,
	};
	static const struct words fresh = T("Thêm người dùng", "Add a user"),
				  again = T("Cho đăng nhập", "Let sign in");
	char name[72] = "", draft[80];
	struct form form;

	if (line)
		snprintf(name, sizeof(name), "%s", line->name);
	form_init(&form, rows, ARRAY_LEN(rows), &role_hooks, ui, ui->lang);
	form_put(&form, "name", name);
	if (line && line->role != ROLE_NONE)
		form_choose(&form, "role", (long)line->role - 1);
	if (line)
		form_go(&form, form_row_named(&form, "passphrase"));
	snprintf(draft, sizeof(draft), line ? "user/%s" : "user", name);
	if (ask_form_kept(ui, line ? &again : &fresh,
		     UI_T(ui, "Đưa mật khẩu tận tay; người ấy tự đổi sau khi đăng nhập.",
			  "Hand the passphrase over in person; they change it after signing in."),
		     &form, take_user, NULL, draft)) {
		snprintf(name, sizeof(name), "%.70s", form_text(&form, "name"));
		load(ui, users);
		ui_format(ui, STYLE_GOOD,
			  line ? UI_T(ui, "%s đăng nhập được ở máy này.", "%s may sign in on this PC.")
			       : UI_T(ui, "Đã thêm người dùng %s", "Added the user %s"),
			  name);
	}
	form_done(&form);
}

static void disable(struct ui *ui, const char *name)
{
	static const struct words title = T("Khóa người dùng", "Disable a user"), word = T("khóa", "disable");
	static const struct words doing = T("Đang đổi khóa dữ liệu", "Changing the data key");
	struct err err = { .rc = RC_OK };
	struct progress progress;
	char text[256];
	enum rc rc;

	snprintf(text, sizeof(text),
		 UI_T(ui, "%s không đăng nhập được nữa; dữ liệu được đổi khóa. Gõ \"khóa\" rồi Enter.",
		      "%s signs in no more; the data gets a new key. Type \"disable\" and Enter."),
		 name);
	if (!ask_word(ui, &title, text, &word))
		return;
	progress_begin(ui, &progress, &doing, PROGRESS_FIXED);
	rc = session_disable(ui->app, name, &err);
	progress_end(&progress);
	if (rc)
		ui_say_err(ui, &err);
	else
		ui_format(ui, STYLE_GOOD, UI_T(ui, "Đã khóa %s.", "Disabled %s."), name);
}

static void change_role(struct ui *ui, struct users *users, const struct user_line *line)
{
	static const struct words title = T("Vai trò mới", "Another role");
	struct words answers[ROLE_COUNT - 1];
	struct err err = { .rc = RC_OK };
	enum role role;
	int chosen;

	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		answers[i] = *role_label((enum role)(i + 1));
	chosen = ask_choice(ui, &title, line->name, answers, ARRAY_LEN(answers),
			    line->role == ROLE_NONE ? 0 : (size_t)line->role - 1);
	if (chosen < 0)
		return;
	role = (enum role)(chosen + 1);
	if (session_role(ui->app, line->name, role, &err)) {
		ui_say_err(ui, &err);
		return;
	}
	load(ui, users);
	ui_format(ui, STYLE_GOOD,
		  UI_T(ui, "%s: %s, từ lần đăng nhập sau.", "%s: %s, from the next sign-in on."), line->name,
		  ui_words(ui, role_label(role)));
}

static enum rc take_full_name(struct ui *ui, struct form *form, void *ctx, struct err *err)
{
	const struct user_line *line = ctx;

	return session_full_name(ui->app, line->name, form_text(form, "full_name"), err);
}

static void change_full_name(struct ui *ui, struct users *users, struct user_line *line)
{
	static const struct form_row rows[] = {
		{ "full_name", W_NAME, T("Họ và tên", "Full name"), T("như trên giấy tờ", "as on papers"), 36, 100 },
	};
	static const struct words title = T("Họ và tên", "Full name");
	struct form form;

	form_init(&form, rows, ARRAY_LEN(rows), NULL, NULL, ui->lang);
	form_put(&form, "full_name", line->full_name);
	if (ask_form(ui, &title, line->name, &form, take_full_name, line)) {
		load(ui, users);
		ui_say(ui, STYLE_GOOD, UI_T(ui, "Đã ghi họ và tên.", "The full name is kept."));
	}
	form_done(&form);
}

static void open_user(struct ui *ui, struct users *users)
{
	static const struct words answers[] = {
		T("Đặt mật khẩu mới", "Give a new passphrase"),
		T("Đổi vai trò", "Another role"),
		T("Khóa, không cho đăng nhập nữa", "Disable"),
		T("Họ và tên", "Full name"),
	};
	static const struct words again[] = {
		T("Cho đăng nhập ở máy này", "Let sign in on this PC"),
		T("Đổi vai trò", "Another role"),
		T("Họ và tên", "Full name"),
	};
	static const struct words title = T("Người dùng", "User");
	struct user_line line;
	size_t row;
	bool here;
	int chosen;

	if (!list_row(&users->list, &row))
		return;
	line = users->lines[row]; /* the list is read again underneath */
	here = line.slot && !line.disabled;
	chosen = ask_choice(ui, &title, line.name, here ? answers : again,
			    here ? ARRAY_LEN(answers) : ARRAY_LEN(again), 0);
	if (chosen < 0)
		return;
	if (chosen == 1)
		change_role(ui, users, &line);
	else if (chosen == (here ? 3 : 2))
		change_full_name(ui, users, &line);
	else if (!here)
		add(ui, users, &line);
	else if (chosen == 0)
		admin_passphrase(ui, line.name);
	else
		disable(ui, line.name);
}

static bool on_action(struct ui *ui, struct screen *screen, enum ui_action action)
{
	struct users *users = screen->state;

	switch (action) {
	case UI_ACCEPT:
		open_user(ui, users);
		return true;
	case UI_NEW:
		add(ui, users, NULL);
		return true;
	case UI_RELOAD:
		load(ui, users);
		return true;
	case UI_TOGGLE:
	case UI_ALL:
		return true;
	default:
		return list_action(&users->list, action);
	}
}

static void on_close(struct ui *ui, struct screen *screen)
{
	struct users *users = screen->state;

	(void)ui;
	list_done(&users->list);
	free(users->lines);
	free(users);
}

static const enum ui_action actions[] = { UI_ACCEPT, UI_NEW,  UI_RELOAD, UI_BACK,
					  UI_HELP,   UI_NEXT, UI_PREV,	 UI_NONE };

const struct screen_ops users_screen = {
	.name = "users",
	.title = T("Người dùng", "Users"),
	.actions = actions,
	.hints = hint_open,
	.draw = on_draw,
	.on_action = on_action,
	.on_show = on_show,
	.on_close = on_close,
};

void scr_users(struct ui *ui)
{
	struct users *users = calloc(1, sizeof(*users));

	if (users)
		users->lines = calloc(USERS_MAX, sizeof(*users->lines));
	if (!users || !users->lines)
		die("no memory for a screen");
	users->ui = ui;
	list_init(&users->list, cols, ARRAY_LEN(cols), on_cell, users);
	ui_push(ui, &users_screen, users);
}

void scr_users_draft(struct ui *ui, const char *draft)
{
	const char *name = strchr(draft, '/');
	struct user_line line; /* a copy: the list is read again underneath */
	struct users *users;
	bool found = false;

	scr_users(ui);
	users = ui->stack[ui->depth - 1].state;
	for (size_t i = 0; name && !found && i < users->count; i++) {
		line = users->lines[i];
		found = !strcmp(line.name, name + 1);
	}
	if (found || !name)
		add(ui, users, found ? &line : NULL);
}
