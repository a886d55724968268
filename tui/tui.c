/* tui.c - see tui.h. */
#include "tui/tui.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/app.h"
#include "db/base/file.h"
#include "tui/intake.h"
#include "tui/screens.h"
#include "tui/term.h"

/* Keys of one's own: $XDG_CONFIG_HOME/motcua/keys, lines `name = keys` (KEYS.md has the names). */
static enum rc read_own_keys(struct ui *ui, struct err *err)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct buf text = BUF(65536);
	char path[4096];
	enum rc rc;

	if (config && *config == '/')
		snprintf(path, sizeof(path), "%s/motcua/keys", config);
	else
		snprintf(path, sizeof(path), "%s/.config/motcua/keys", home ? home : "");
	rc = file_read(path, &text, err);
	if (rc == RC_FULL) /* larger than any key file */
		rc = bindings_read(&ui->bindings, "", SIZE_MAX, err);
	else if (!rc)
		rc = bindings_read(&ui->bindings, buf_str(&text), text.len, err);
	buf_done(&text);
	return rc == RC_NONE ? RC_OK : rc;
}

/* One user's session, from the passphrase to the lock of another; that one's name and passphrase, or NULL. */
static struct next_user *run_session(struct ui *ui, const struct tui_options *options, const struct next_user *who)
{
	struct tui_options own = *options;
	struct err err = { .rc = RC_OK };
	enum rc rc;

	if (who) {
		own.user = who->name;
		own.passphrase = who->passphrase;
	}
	ui_init(ui, &own);
	rc = read_own_keys(ui, &err);
	scr_unlock(ui);
	if (rc && ui->message_style != STYLE_BAD) /* what signing in said goes before */
		ui_say_err(ui, &err);
	else if (term_note() && ui->message_style != STYLE_BAD)
		ui_say_words(ui, STYLE_WARN, term_note());
	own.user = options->user;
	own.passphrase = NULL;
	ui_run(ui);
	ui_done(ui);
	intake_ditto_free(ui);
	scr_work_forget(ui);
	if (ui->app)
		app_close(ui->app);
	ui->app = NULL;
	return ui->next;
}

static void forget_user(struct next_user *who)
{
	volatile unsigned char *at = (volatile unsigned char *)who;

	for (size_t i = 0; at && i < sizeof(*who); i++)
		at[i] = 0;
	free(who);
}

int tui_run(const struct tui_options *options)
{
	struct term_options term = { .plain = options->plain, .linear = options->linear, .lang = options->lang };
	static struct ui ui; /* large, and there is one */
	struct next_user *who = NULL, *next;
	struct err err = { .rc = RC_OK };
	enum rc rc = term_start(&term, &err);

	if (rc) {
		fprintf(stderr, "%s\n", err_text(&err, options->lang));
		return err_exit_code(rc);
	}
	do {
		next = run_session(&ui, options, who);
		forget_user(who);
		who = next;
	} while (who);
	term_stop();
	return ui.exit_code;
}
