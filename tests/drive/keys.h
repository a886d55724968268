/*
 * keys.h - names of keys to the bytes a terminal sends for them.
 *
 * Function and arrow keys come from terminfo, so each terminal type sends its own; call
 * keys_term before. Names: F1..F12 ENTER ESC TAB BTAB UP DOWN LEFT RIGHT HOME END PGUP PGDN
 * INS DEL BACKSPACE SPACE, ^X for Ctrl, M-x for Esc then x at once, or one letter.
 */
#ifndef MOTCUA_TESTS_KEYS_H
#define MOTCUA_TESTS_KEYS_H

#include "db/base/buf.h"

/* Read the terminal type's description; false when there is none. */
bool keys_term(const char *term) MUST_CHECK;
/* Append the bytes of the key `name`; false when there is no such key. */
bool keys_bytes(const char *name, struct buf *out) MUST_CHECK;

#endif
