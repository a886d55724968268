/* tui.c - see tui.h. */
#include "tui/tui.h"

#include <stdio.h>
#include <string.h>

#include "core/app.h"
#include "tui/intake.h"
#include "tui/screens.h"
#include "tui/term.h"

int tui_run(const struct tui_options *options)
{
	struct term_options term = { .plain = options->plain, .linear = options->linear, .lang = options->lang };
	static struct ui ui; /* large, and there is one */
	struct err err = { .rc = RC_OK };
	enum rc rc = term_start(&term, &err);

	if (rc) {
		fprintf(stderr, "%s\n", err_text(&err, options->lang));
		return err_exit_code(rc);
	}
	ui_init(&ui, options);
	scr_unlock(&ui);
	ui_run(&ui);
	ui_done(&ui);
	intake_ditto_free(&ui);
	if (ui.app)
		app_close(ui.app);
	term_stop();
	return ui.exit_code;
}
