/*
 * glyphs.h - can this terminal show Vietnamese letters?
 *
 * No terminal answers that question, but two kinds can be judged: a Linux
 * console says which letters its font has, and an old type of terminal in a
 * locale that names plain C has none. Everything else is taken to show UTF-8.
 */
#ifndef MOTCUA_TUI_GLYPHS_H
#define MOTCUA_TUI_GLYPHS_H

#include "db/base/base.h"

/* Does a font with these code points (in any order) have every Vietnamese letter? Pure. */
bool glyphs_cover(const uint16_t *letters, size_t count);
/*
 * Is a terminal type that knows no Unicode used in a locale that says C or POSIX? Pure; both may be NULL or "".
 * A type that is not old, a locale that names UTF-8 and one that names nothing are given the benefit.
 */
bool glyphs_old_terminal(const char *term, const char *locale);
/* `không dấu`: a letter without its marks; lines and signs in ASCII. Always one column. Pure. */
char glyphs_plain(const char *letter);
/* The judgement about the terminal at `fd`, by its font, TERM, LC_ALL, LC_CTYPE and LANG. */
bool glyphs_missing(int fd);

#endif
