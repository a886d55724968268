/*
 * world.h - the folder a story plays in, and what programs see there.
 *
 * A temporary folder holds desk/ (where commands run, with the file `pass`), data/ (XDG_DATA_HOME),
 * bin/ (wrappers that add --now and --lang to motcua) and the last command's output. The
 * environment is made here from nothing, so the tester's own settings never reach a story.
 */
#ifndef MOTCUA_TESTS_WORLD_H
#define MOTCUA_TESTS_WORLD_H

#include <sys/types.h>

#include "db/base/buf.h"

enum { WORLD_PATH = 512, WORLD_ENV = 12, WORLD_BACKGROUND = 8 };

struct world {
	char top[WORLD_PATH];              /* the temporary folder */
	char desk[WORLD_PATH];
	char build[WORLD_PATH];            /* where the programs under test stand, absolute */
	char now[40], lang[4];             /* "" when not set */
	char env_text[WORLD_ENV][WORLD_PATH * 3];
	char *env[WORLD_ENV + 1];
	pid_t background[WORLD_BACKGROUND];
	unsigned backgrounds;
};

/* Make the folders; `term` is TERM, and no colour is asked for on `linux`. False: says why on stderr. */
bool world_open(struct world *world, const char *term) MUST_CHECK;
/* End what runs in the background and remove the folder, unless KEEP is set. */
void world_close(struct world *world);
/* Write the wrappers anew: after `now` or `lang` changed. */
bool world_wrap(struct world *world) MUST_CHECK;
/* Copy the demo ward made once per build to where motcua looks for its store. */
bool world_ward(struct world *world) MUST_CHECK;
/* Run a shell command at the desk; its exit code, 128 + signal, or -1 after `wait_ms`. */
int world_exec(struct world *world, const char *command, int wait_ms);
/* Start one that goes on until the story ends; its output is desk/background.log. */
bool world_background(struct world *world, const char *command) MUST_CHECK;
/* What the last world_exec wrote: "out" or "err". */
void world_output(const struct world *world, const char *which, struct buf *text);
/* Entries of a folder at the desk, hidden ones not counted; -1: no such folder. */
int world_files(const struct world *world, const char *folder);

#endif
