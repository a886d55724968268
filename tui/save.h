/*
 * save.h - put something into a file the clerk names.
 */
#ifndef MOTCUA_TUI_SAVE_H
#define MOTCUA_TUI_SAVE_H

#include "tui/screen.h"

enum { SAVE_PATH = 1024 };

/* A typed path: blanks cut off, `~` the home folder, relative names under it. RC_INPUT, field "path": none.
 */
enum rc save_path(const char *typed, char *out, size_t size, struct err *err) MUST_CHECK;
/*
 * Ask for a path (`offered` stands there) and write the bytes, all or nothing. What is there already is
 * overwritten only after a question. True when written; the message line says where.
 */
bool save_run(struct ui *ui, const struct words *title, const char *offered, const void *data, size_t len);
/* Ask for the path of something that is there; false: Esc. */
bool save_ask_path(struct ui *ui, const struct words *title, const char *text, const char *offered, char *out,
		   size_t size);

#endif
