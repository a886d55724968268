/*
 * parse.h - from the words of a command line to a command and its options, and help.
 *
 * Pure but for memory. Global options may stand anywhere; a command's own
 * after its name. "--name value" and "--name=value" are one; "--" ends
 * options; "-" alone is a word. Everything points into argv.
 */
#ifndef MOTCUA_CLI_PARSE_H
#define MOTCUA_CLI_PARSE_H

#include "tui/cli/cli.h"

extern const struct cli_option cli_global_options[];

/*
 * Fill command, args, given, lang, format and now. RC_USAGE says what cannot
 * be understood. Without a command (or for --help, --version) cli->command is
 * NULL and RC_OK. parse_done releases; safe on a zeroed cli.
 */
enum rc parse_line(struct cli *cli, const struct cli_command *const *families, int argc, char **argv,
		   struct err *err) MUST_CHECK;
void parse_done(struct cli *cli);

/* The command of these names; NULL when there is none. */
const struct cli_command *parse_find(const struct cli_command *const *families, const char *name, const char *sub);

/* One command with its options, or (NULL) every command on a line and the global options. */
void parse_help(const struct cli_command *const *families, const struct cli_command *command, enum lang lang,
		FILE *out);

#endif
