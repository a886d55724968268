/*
 * tui.h - the terminal program: all its screens, from unlock to lock.
 */
#ifndef MOTCUA_TUI_H
#define MOTCUA_TUI_H

#include "db/base/base.h"

struct tui_options {
	const char *store;      /* path of the store; it need not exist yet */
	const char *user;       /* --user, or NULL */
	const char *passphrase; /* from --passphrase-file: sign in without asking; or NULL */
	enum lang lang;
	bool linear;            /* --linear: lines instead of a full screen */
	bool plain;             /* letters without marks */
	msec now;               /* --now (demo stores only), or MSEC_NONE */
};

/*
 * Run until the clerk leaves or SIGTERM comes. Returns an exit code of
 * CONTRACT section 1; messages before and after the screens go to stderr.
 */
int tui_run(const struct tui_options *options);

#endif
