/*
 * cli_table.h - a core/table in the format that was asked for.
 */
#ifndef MOTCUA_CLI_TABLE_H
#define MOTCUA_CLI_TABLE_H

#include "core/table.h"
#include "tui/cli/cli.h"

/* To stdout or --output. RC_USAGE for a format that cannot be made here. */
enum rc cli_table(struct cli *cli, const struct table *table, struct err *err) MUST_CHECK;

#endif
