/* cli_user.c - users and their passphrases. */
#include <string.h>

#include "core/session.h"
#include "tui/cli/families.h"

static const struct cli_option new_options[] = {
	{ "new-passphrase-file", "FILE", T("mật khẩu mới", "the new passphrase") },
	CLI_OPTIONS_END,
};
static const struct cli_option role_options[] = {
	{ "role", "R", T("clerk, officer, leader, team_member, supervisor, admin",
			 "clerk, officer, leader, team_member, supervisor, admin") },
	CLI_OPTIONS_END,
};
static const struct cli_option add_options[] = {
	{ "role", "R", T("clerk, officer, leader, team_member, supervisor, admin",
			 "clerk, officer, leader, team_member, supervisor, admin") },
	{ "new-passphrase-file", "FILE", T("mật khẩu của người mới", "the new user's passphrase") },
	CLI_OPTIONS_END,
};

/* ROLE_NONE when it was not given. */
static enum rc given_role(const struct cli *cli, enum role *role, struct err *err)
{
	const char *word = cli_opt(cli, "role");

	*role = word ? role_parse(word) : ROLE_NONE;
	if (word && *role == ROLE_NONE)
		return err_set(err, RC_USAGE,
			       "--role là một trong clerk, officer, leader, team_member, supervisor, admin",
			       "--role is one of clerk, officer, leader, team_member, supervisor, admin");
	return RC_OK;
}

static enum rc run_add(struct cli *cli, struct err *err)
{
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	enum role role = ROLE_NONE;
	enum rc rc = app_may(&cli->app, MAY_USER, err);

	if (!rc)
		rc = given_role(cli, &role, err);
	if (!rc)
		rc = cli_new_passphrase(cli, false, &passphrase, err);
	if (!rc)
		rc = session_add(&cli->app, cli->args[0], role, buf_str(&passphrase), err);
	buf_wipe_done(&passphrase);
	if (!rc)
		cli_say(cli, "đã thêm người dùng %s", "added the user %s", cli->args[0]);
	return rc;
}

static const struct cli_column user_columns[] = {
	{ "name", T("Tên", "Name") },
	{ "role", T("Vai trò", "Role") },
	{ "full_name", T("Họ và tên", "Full name") },
	{ "disabled", T("Đã khóa", "Disabled") },
	{ "signs_in_here", T("Đăng nhập được ở máy này", "Signs in here") },
};

static enum rc print_user(void *ctx, const struct session_user *user, struct err *err)
{
	struct cli_rows *rows = ctx;

	(void)err;
	cli_cell_text(rows, user->name);
	cli_cell_word(rows, role_name(user->role), role_label(user->role));
	cli_cell_text(rows, user->full_name);
	cli_cell_bool(rows, user->disabled);
	cli_cell_bool(rows, user->slot);
	return RC_OK;
}

static enum rc run_list(struct cli *cli, struct err *err)
{
	struct cli_rows rows;
	enum rc rc, closed;

	cli_rows_open(&rows, cli, user_columns, ARRAY_LEN(user_columns));
	rc = session_list(&cli->app, print_user, &rows, err);
	closed = cli_rows_close(&rows, !rc, err);
	return rc ? rc : closed;
}

static enum rc run_passwd(struct cli *cli, struct err *err)
{
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	enum rc rc = cli_new_passphrase(cli, false, &passphrase, err);

	if (!rc)
		rc = session_passwd(&cli->app, cli->args_count ? cli->args[0] : "", buf_str(&passphrase), err);
	buf_wipe_done(&passphrase);
	if (!rc)
		cli_say(cli, "đã đổi mật khẩu", "the passphrase was changed");
	return rc;
}

static enum rc run_role(struct cli *cli, struct err *err)
{
	enum role role;
	enum rc rc = given_role(cli, &role, err);

	if (!rc && role == ROLE_NONE)
		rc = err_set(err, RC_USAGE, "cần --role", "--role is needed");
	if (!rc)
		rc = session_role(&cli->app, cli->args[0], role, err);
	if (!rc)
		cli_say(cli, "đã đổi vai trò của %s", "the role of %s was changed", cli->args[0]);
	return rc;
}

/* The name is told on stdin, as all that is about a person. */
static enum rc run_name(struct cli *cli, struct err *err)
{
	struct buf name = BUF(4096);
	enum rc rc = app_may(&cli->app, MAY_USER, err);

	if (!rc)
		rc = cli_in_all(cli, "-", &name, err);
	while (name.len && (name.data[name.len - 1] == '\n' || name.data[name.len - 1] == '\r'))
		name.data[--name.len] = '\0';
	if (!rc)
		rc = session_full_name(&cli->app, cli->args[0], buf_str(&name), err);
	buf_wipe_done(&name);
	if (!rc)
		cli_say(cli, "đã ghi họ và tên của %s", "the full name of %s is kept", cli->args[0]);
	return rc;
}

static enum rc run_disable(struct cli *cli, struct err *err)
{
	enum rc rc = session_disable(&cli->app, cli->args[0], err);

	if (!rc)
		cli_say(cli, "đã khóa người dùng %s và đổi khóa dữ liệu",
			"disabled the user %s and changed the data key",
			cli->args[0]);
	return rc;
}

/* The recovery code comes where a passphrase would. */
static enum rc run_recover(struct cli *cli, struct err *err)
{
	struct buf code = BUF(DB_PASSPHRASE_MAX), passphrase = BUF(DB_PASSPHRASE_MAX);
	char path[4096];
	enum rc rc = cli_store_path(cli, false, path, sizeof(path), err);

	if (!rc)
		rc = cli_passphrase(cli, &code, err);
	if (!rc)
		rc = cli_new_passphrase(cli, false, &passphrase, err);
	if (!rc)
		rc = session_recover(path, buf_str(&code), cli->args[0], buf_str(&passphrase), err);
	buf_wipe_done(&code);
	buf_wipe_done(&passphrase);
	if (!rc)
		cli_say(cli, "người dùng %s có mật khẩu mới", "the user %s has a new passphrase", cli->args[0]);
	return rc;
}

const struct cli_command cli_user[] = {
	{ "user", "add", "NAME --role R", 1, 1, CLI_STORE, add_options, run_add,
	  T("thêm người dùng, hoặc cho đăng nhập ở máy này", "add a user, or let one sign in on this PC") },
	{ "user", "list", "", 0, 0, CLI_STORE, NULL, run_list, T("danh sách người dùng", "the users") },
	{ "user", "passwd", "[NAME]", 0, 1, CLI_STORE, new_options, run_passwd, T("đổi mật khẩu", "change a passphrase") },
	{ "user", "role", "NAME --role R", 1, 1, CLI_STORE, role_options, run_role,
	  T("đổi vai trò", "change a role") },
	{ "user", "name", "NAME", 1, 1, CLI_STORE, NULL, run_name,
	  T("họ và tên trên giấy tờ (đọc từ đầu vào)", "the full name on papers (from stdin)") },
	{ "user", "disable", "NAME", 1, 1, CLI_STORE, NULL, run_disable, T("khóa một người dùng", "disable a user") },
	{ "user", "recover", "NAME", 1, 1, 0, new_options, run_recover,
	  T("đặt lại mật khẩu bằng mã khôi phục", "a new passphrase by the recovery code") },
	CLI_END,
};
