/*
 * control.h - commands for a hub that serves: DATA/control, a socket of the
 * owner's alone, on which a command is carried to the process that has the
 * stores and its output comes back. Keys never leave that process; whoever
 * asks proves that it has read the same key file.
 *
 * A command runs between two requests of the network, so its clients wait for
 * it; what it writes is taken at once by the asking process, which alone waits
 * for the terminal.
 */
#ifndef MOTCUA_HUB_CONTROL_H
#define MOTCUA_HUB_CONTROL_H

#include "sync/hub/command.h"

struct control {
	int fd; /* listening; -1: closed */
	int folder;
};

/* Listen; the folder must be ours (hub_lock). RC_IO. */
enum rc control_open(struct control *control, const struct hub *hub, struct err *err) MUST_CHECK;
void control_close(struct control *control);
/* Run what waits on `control->fd`, if anything does: one command. */
void control_answer(struct control *control, struct hub *hub);

/* A connection to the process that serves `dir`, or -1. */
int control_connect(const char *dir);
/*
 * Have one command run there, its output written to args->out and args->say.
 * Takes `fd`. *code is its exit code. RC_IO: the process went away before it
 * had answered. RC_FULL: more than can be carried.
 */
enum rc control_ask(int fd, const struct hub *hub, const struct command *command, const struct args *args,
		    int *code, struct err *err) MUST_CHECK;

#endif
