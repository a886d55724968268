/* cli_store.c - the store as a whole: init, backup, restore, verify, rekey, rebuild. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/store.h"
#include "tui/cli/families.h"

static const struct cli_option init_options[] = {
	{ "unit", "CODE", T("mã đơn vị, ví dụ H11.25", "the unit's code, such as H11.25") },
	{ "unit-name", "NAME", T("tên đơn vị", "the unit's name") },
	{ "slot", "K", T("số của máy này trong phường, 1 đến 99", "this PC's number in the ward, 1 to 99") },
	{ "admin", "NAME", T("tên người quản trị", "the admin's name") },
	{ "demo", NULL, T("kho dùng thử: nhận --now", "a demo store: accepts --now") },
	{ "new-passphrase-file", "FILE", T("mật khẩu mới", "the new passphrase") },
	CLI_OPTIONS_END,
};

static enum rc need(const struct cli *cli, const char *name, struct err *err)
{
	const char *value = cli_opt(cli, name);

	return value && *value ? RC_OK : err_set(err, RC_USAGE, "cần --%s", "--%s is needed", name);
}

static enum rc run_init(struct cli *cli, struct err *err)
{
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	char path[4096], recovery[DB_RECOVERY_TEXT];
	int64_t slot = 0;
	struct app_make make = { .demo = cli_opt(cli, "demo") != NULL };
	enum rc rc = need(cli, "unit", err);

	if (!rc)
		rc = need(cli, "unit-name", err);
	if (!rc)
		rc = need(cli, "slot", err);
	if (!rc)
		rc = need(cli, "admin", err);
	if (!rc)
		rc = cli_opt_int(cli, "slot", 1, 99, &slot, err);
	if (!rc && cli->now != MSEC_NONE && !make.demo)
		rc = err_set(err, RC_REFUSED, "--now chỉ dùng được với kho dùng thử (--demo)",
			     "--now works on demo stores only (--demo)");
	if (!rc)
		rc = cli_store_path(cli, true, path, sizeof(path), err);
	if (!rc && !access(path, F_OK))
		rc = err_set(err, RC_REFUSED, "đã có tệp %.300s; chưa đổi gì",
			     "there is a file %.300s; nothing was changed", path);
	if (!rc)
		rc = cli_new_passphrase(cli, true, &passphrase, err);
	if (!rc) {
		make.unit = cli_opt(cli, "unit");
		make.unit_name = cli_opt(cli, "unit-name");
		make.admin = cli_opt(cli, "admin");
		make.slot = (unsigned)slot;
		make.passphrase = buf_str(&passphrase);
		rc = app_make(path, &make, recovery, err);
	}
	buf_wipe_done(&passphrase);
	if (rc)
		return rc;
	(void)fprintf(cli_out(cli), "recovery: %s\n", recovery);
	cli_say(cli, "đã tạo %s; hãy cất mã khôi phục ở nơi khác, mã này chỉ hiện một lần",
		"made %s; keep the recovery code elsewhere, it is shown this once", path);
	return RC_OK;
}

/* How far it is, on a terminal: one line that is written over. */
struct told {
	const struct cli *cli;
	const struct words *what;
	unsigned percent;
	bool any;
};

static bool tell(void *ctx, const struct words *what, uint64_t done, uint64_t total)
{
	struct told *told = ctx;
	unsigned percent = total ? (unsigned)(100 * done / total) : 0;

	if (!isatty(STDERR_FILENO) || (told->what == what && told->percent == percent))
		return true;
	told->what = what;
	told->percent = percent;
	told->any = true;
	(void)fprintf(stderr, "\r\033[K%s", words_in(what, told->cli->lang));
	if (total)
		(void)fprintf(stderr, " %u %%", percent);
	(void)fflush(stderr);
	return true;
}

static void told_done(const struct told *told)
{
	if (told->any)
		(void)fputs("\r\033[K", stderr);
}

static enum rc run_backup(struct cli *cli, struct err *err)
{
	struct told told = { .cli = cli };
	enum rc rc = store_backup(&cli->app, cli->args[0], &(struct watch){ tell, &told }, err);

	told_done(&told);
	if (!rc)
		cli_say(cli, "đã sao lưu vào %s", "backed up to %s", cli->args[0]);
	return rc;
}

static const struct cli_option restore_options[] = {
	{ "force", NULL, T("chuyển kho đang có sang tên khác", "move the store that is there aside") },
	CLI_OPTIONS_END,
};

static enum rc run_restore(struct cli *cli, struct err *err)
{
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	struct told told = { .cli = cli };
	const struct watch watch = { tell, &told };
	const char *user = cli_opt(cli, "user");
	char path[4096], aside[4200];
	int64_t events = 0;
	enum rc rc = cli_store_path(cli, true, path, sizeof(path), err);

	if (!rc)
		rc = cli_passphrase(cli, &passphrase, err);
	if (!rc) {
		const struct store_restore restore = {
			.from = cli->args[0], .to = path, .user = user ? user : "", .passphrase = buf_str(&passphrase),
			.replace = cli_opt(cli, "force") != NULL, .watch = &watch,
		};

		rc = store_restore(&restore, aside, sizeof(aside), &events, err);
		told_done(&told);
	}
	buf_wipe_done(&passphrase);
	if (rc)
		return rc;
	if (aside[0])
		cli_say(cli, "kho trước đó nay là %s", "the store that was there is now %s", aside);
	cli_json_open(cli);
	cli_json_int(cli, "events", events);
	cli_json_bool(cli, "ok", true);
	cli_json_close(cli);
	return RC_OK;
}

static enum rc run_verify(struct cli *cli, struct err *err)
{
	struct told told = { .cli = cli };
	int64_t events;
	enum rc rc = store_verify(&cli->app, &(struct watch){ tell, &told }, &events, err);

	told_done(&told);
	if (rc)
		return rc;
	cli_json_open(cli);
	cli_json_int(cli, "events", events);
	cli_json_bool(cli, "ok", true);
	cli_json_close(cli);
	return RC_OK;
}

static enum rc run_rekey(struct cli *cli, struct err *err)
{
	enum rc rc = store_rekey(&cli->app, err);

	if (!rc)
		cli_say(cli, "đã đổi khóa dữ liệu", "the data key was changed");
	return rc;
}

static enum rc run_rebuild(struct cli *cli, struct err *err)
{
	enum rc rc = store_rebuild(&cli->app, NULL, NULL, err);

	if (!rc)
		cli_say(cli, "đã dựng lại dữ liệu từ nhật ký", "the rows were rebuilt from the journal");
	return rc;
}

const struct cli_command cli_store[] = {
	{ "init", NULL, "--unit CODE --unit-name NAME --slot K --admin NAME [--demo]", 0, 0, CLI_MAKES, init_options, run_init,
	  T("tạo kho của phường", "make a ward's store") },
	{ "backup", NULL, "FILE", 1, 1, CLI_STORE, NULL, run_backup, T("sao lưu, vẫn niêm phong", "a sealed copy") },
	{ "restore", NULL, "FILE [--force]", 1, 1, 0, restore_options, run_restore,
	  T("khôi phục từ bản sao lưu", "bring a copy back") },
	{ "verify", NULL, "", 0, 0, CLI_STORE, NULL, run_verify, T("kiểm tra toàn bộ kho", "check the whole store") },
	{ "rekey", NULL, "", 0, 0, CLI_STORE, NULL, run_rekey, T("đổi khóa dữ liệu", "a new data key") },
	{ "rebuild", NULL, "", 0, 0, CLI_STORE, NULL, run_rebuild,
	  T("dựng lại dữ liệu từ nhật ký", "rebuild the rows from the journal") },
	CLI_END,
};
