/*
 * families.h - which files hold commands: X(store) is cli_store[] of cli_store.c.
 * The order is the order of --help.
 */
#ifndef MOTCUA_CLI_FAMILIES_H
#define MOTCUA_CLI_FAMILIES_H

#include "tui/cli/cli.h"

#define CLI_FAMILIES(X) \
	X(store) \
	X(user) \
	X(dossier) \
	X(assist) \
	X(exchange) \
	X(catalog) \
	X(admin) \
	X(report) \
	X(papers) \
	X(sync) \
	X(text)

#define X(family) extern const struct cli_command cli_##family[];
CLI_FAMILIES(X)
#undef X

/* All of them; ends with NULL. */
extern const struct cli_command *const cli_families[];

#endif
