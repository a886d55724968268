/*
 * ward.h - an opened ward for tests: plain pages in a folder of its own, the
 * shipped catalogue, the admin signed in, the clock stopped.
 */
#ifndef MOTCUA_TESTS_WARD_H
#define MOTCUA_TESTS_WARD_H

#include "core/app.h"

/* Unit H11.25, device 1, slot 1, 2024-10-25 08:00. Fails the test when it cannot. */
void ward_open(struct app *app);
/* The same as another device of the ward, 1..99, with that slot. */
void ward_open_device(struct app *app, unsigned number);
/* The same without any file: a forked test has a copy of its own. */
void ward_open_memory(struct app *app, unsigned number);
void ward_close(struct app *app);
/* The state of a dossier as its row has it. */
int ward_state(struct app *app, const char *code);

#endif
