/* cli.c - run one command: parse, sign in, do, report, exit code. */
#include "tui/cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/assist.h"
#include "core/clocks.h"
#include "core/session.h"
#include "tui/cli/families.h"
#include "tui/cli/parse.h"
#include "tui/tui.h"

const struct cli_command *const cli_families[] = {
#define X(family) cli_##family,
	CLI_FAMILIES(X)
#undef X
	NULL,
};

/* A clock that cannot be right is told, and work goes on: a command does not ask. */
static void warn_of_clock(struct cli *cli)
{
	struct clocks_check check;
	char now[CLOCK_SHORT_TEXT], newest[CLOCK_SHORT_TEXT];

	if (cli->now != MSEC_NONE || clocks_judge(&cli->app, &check, NULL) || check.doubt == CLOCK_FINE)
		return;
	(void)clock_format_short(check.now, now);
	if (check.newest == MSEC_NONE)
		cli_say(cli, "đồng hồ máy (%s) sớm hơn ngày làm ra chương trình: hãy chỉnh lại",
			"the machine's clock (%s) is before this program was built: set it right", now);
	else
		cli_say(cli, "đồng hồ máy (%s) không khớp với lần ghi gần nhất (%s): hãy chỉnh lại",
			"the machine's clock (%s) does not agree with the last record (%s): set it right", now,
			clock_format_short(check.newest, newest));
}

static void warn_of_copy(struct cli *cli)
{
	if (cli->app.copied)
		cli_say(cli, "kho này là bản chép của một kho đã ghi danh: việc ghi tiếp ở đây đi theo kỳ riêng của nó",
			"this store is a copy of an enrolled one: what is written here goes on in an epoch of its own");
}

/* For the audit: who came in, and what for. */
static void note_opening(struct cli *cli)
{
	char what[80];

	(void)snprintf(what, sizeof(what), "open: %s%s%s", cli->command->name, cli->command->sub ? " " : "",
		       cli->command->sub ? cli->command->sub : "");
	session_note(&cli->app, what);
}

static enum rc sign_in(struct cli *cli, struct err *err)
{
	const char *user = cli_opt(cli, "user");
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	char path[4096];
	enum rc rc = cli_store_path(cli, false, path, sizeof(path), err);

	if (!rc && access(path, F_OK))
		rc = err_set(err, RC_NONE, "chưa có tệp dữ liệu %.300s (tạo bằng: motcua init)",
			     "there is no store %.300s (make one with: motcua init)", path);
	if (!rc)
		rc = cli_passphrase(cli, &passphrase, err);
	if (!rc)
		rc = app_open(&cli->app, path, user ? user : "", buf_str(&passphrase), err);
	buf_wipe_done(&passphrase);
	if (rc)
		return rc;
	cli->app.lang = cli->lang;
	if (cli->now != MSEC_NONE && !cli->app.demo)
		return err_set(err, RC_REFUSED, "--now chỉ dùng được với kho dùng thử (init --demo)",
			       "--now works on demo stores only (init --demo)");
	if (cli->now != MSEC_NONE)
		clock_set_test(cli->now);
	warn_of_clock(cli);
	warn_of_copy(cli);
	if (session_failures(&cli->app))
		cli_say(cli, "%u lần đăng nhập sai kể từ lần trước",
			"%u failed attempts to sign in since the last good one",
			session_failures(&cli->app));
	note_opening(cli);
	assist_expire(&cli->app);
	return RC_OK;
}

/* Everything written so far really went out; --output takes its name. */
static enum rc finish_output(struct cli *cli, enum rc so_far, struct err *err)
{
	const char *path = cli_opt(cli, "output");
	bool bad = false;
	int why = 0;

	if (!cli->out)
		return so_far;
	if (fflush(cli->out) || ferror(cli->out)) {
		bad = true;
		why = errno;
	}
	if (cli->out_tmp[0]) {
		if (!bad && (fsync(fileno(cli->out)) && errno != EINVAL)) {
			bad = true;
			why = errno;
		}
		if (fclose(cli->out) && !bad) {
			bad = true;
			why = errno;
		}
		if (!bad && !so_far && rename(cli->out_tmp, path)) {
			bad = true;
			why = errno;
		}
		if (bad || so_far)
			(void)unlink(cli->out_tmp);
	}
	if (!bad || so_far)
		return so_far;
	if (why == EPIPE) { /* the reader had enough: nobody to tell */
		cli->failed_said = true;
		return RC_IO;
	}
	return err_set(err, RC_IO, "không ghi hết được kết quả: %s; dữ liệu trong kho vẫn nguyên",
		       "the results could not all be written: %s; the store is as it was told", strerror(why));
}

static enum rc run_command(struct cli *cli, struct err *err)
{
	enum rc rc = RC_OK;

	if (cli->command->flags & CLI_STORE)
		rc = sign_in(cli, err);
	else if (cli->now != MSEC_NONE && cli->command->flags & CLI_MAKES)
		clock_set_test(cli->now);
	if (!rc)
		rc = cli->command->run(cli, err);
	rc = finish_output(cli, rc, err);
	app_close(&cli->app);
	return rc;
}

/* No command: the screens, until the clerk leaves. */
static enum rc run_screens(struct cli *cli, int *code, struct err *err)
{
	struct buf passphrase = BUF(DB_PASSPHRASE_MAX);
	struct tui_options options = { .user = cli_opt(cli, "user"), .lang = cli->lang, .now = cli->now,
				       .linear = cli_opt(cli, "linear") != NULL };
	char path[4096];
	enum rc rc = cli_store_path(cli, true, path, sizeof(path), err);

	if (!rc && cli_opt(cli, "passphrase-file"))
		rc = cli_passphrase(cli, &passphrase, err);
	if (!rc) {
		options.store = path;
		options.passphrase = passphrase.len ? buf_str(&passphrase) : NULL;
		*code = tui_run(&options);
	}
	buf_wipe_done(&passphrase);
	return rc;
}

static enum rc no_command(struct cli *cli, int *code, struct err *err)
{
	const char *nothing = cli_opt(cli, "version");

	if (nothing) {
		(void)fprintf(cli_out(cli), "motcua %s\n", MOTCUA_VERSION);
		return finish_output(cli, RC_OK, err);
	}
	if (cli_opt(cli, "help")) {
		parse_help(cli_families, cli->command, cli->lang, cli_out(cli));
		return finish_output(cli, RC_OK, err);
	}
	return run_screens(cli, code, err);
}

int cli_main(int argc, char **argv)
{
	struct cli cli = { .lang = LANG_VI };
	struct err err = { .rc = RC_OK };
	int code = 0;
	enum rc rc = parse_line(&cli, cli_families, argc, argv, &err);

	if (!rc && (!cli.command || cli_opt(&cli, "help") || cli_opt(&cli, "version")))
		rc = no_command(&cli, &code, &err);
	else if (!rc)
		rc = run_command(&cli, &err);
	if (rc && !cli.failed_said) {
		if (err.field[0])
			cli_say(&cli, "motcua: %s: %s", "motcua: %s: %s", err.field, err_text(&err, cli.lang));
		else
			cli_say(&cli, "motcua: %s", "motcua: %s", err_text(&err, cli.lang));
	}
	parse_done(&cli);
	return rc ? err_exit_code(rc) : code;
}
