/*
 * command.h - the commands of motcua-hub, one row each, and where they run.
 *
 * One process at a time has a hub's data folder. While `serve` has it, the
 * other commands are carried to that process and run there (control.h), so a
 * command never touches its own stdin, stdout or stderr but through `args`.
 */
#ifndef MOTCUA_HUB_COMMAND_H
#define MOTCUA_HUB_COMMAND_H

#include <stdio.h>

#include "sync/hub/hub.h"

enum {
	COMMAND_WORDS_MAX = 4096,
	COMMAND_INPUT_MAX = 16 << 20, /* bytes of "-" as a file */
};

struct args {
	const char *data, *key_file, *unit, *slot, *role, *output, *listen, *tls_cert, *tls_key, *url;
	const char *from, *to, *period, *as_known, *format;
	enum lang lang;
	bool dry_run;
	char **words; /* after the command; paths among them are absolute when carried elsewhere */
	int count;
	FILE *in, *out, *say; /* "-" as a file, data, messages */
};

/* Options that hold a text, in the order in which they are carried. */
struct arg_text {
	const char *name;
	int option;
	size_t at; /* of the const char * in struct args */
};
enum { ARG_TEXTS = 15 };
extern const struct arg_text arg_texts[ARG_TEXTS + 1]; /* ends with name NULL */
const char **arg_text_in(struct args *args, const struct arg_text *text);

struct command {
	const char *name, *use;
	/* `hub` is opened, and its folder ours; but for COMMAND_BARE */
	enum rc (*run)(struct hub *hub, const struct args *args, struct err *err);
	struct words help;
	enum {
		COMMAND_BARE,	/* before there is a hub */
		COMMAND_ALONE,	/* never carried to a process that serves */
		COMMAND_WHOLE,	/* carried in one piece */
		COMMAND_BY_WORD, /* one word at a time, so that others are served in between */
		COMMAND_BY_UNIT, /* one unit at a time */
	} way;
	int files; /* the first word that is a path; -1: none is */
};
/* Ends with name NULL. */
extern const struct command commands[];
/* NULL when there is no such command. */
const struct command *command_named(const char *name);

#endif
