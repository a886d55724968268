/*
 * term.h - the terminal: start, stop, size, bytes in, frames out.
 *
 * The one terminal of the process is kept inside term.c. It is put back as it
 * was by term_stop, which also runs at exit; SIGTERM, SIGHUP and a terminal
 * that went away come as TERM_QUIT. Input is never flushed. A locale that is
 * not installed becomes C.UTF-8; an unknown TERM is tried as xterm and vt100.
 * Below 80x24 a frame is not shown but one line that says so; what is typed
 * still arrives. Letters lose their marks, on the screen only and with lines
 * in ASCII, where glyphs.h finds that the terminal cannot show them.
 * Environment: NO_COLOR, MOTCUA_THEME, MOTCUA_PLAIN (1 without marks, 0 with
 * them whatever was found), TERM.
 */
#ifndef MOTCUA_TUI_TERM_H
#define MOTCUA_TUI_TERM_H

#include "tui/draw.h"
#include "tui/keys.h"

struct term_options {
	bool plain;  /* as MOTCUA_PLAIN=1 */
	bool linear; /* no full screen: nothing is sent but what term_put is given */
	enum lang lang;
};

enum { TERM_LINEAR_ROWS = 44 }; /* linear mode: rows of the frame that is not shown */

enum term_event {
	TERM_SILENCE, /* the time asked for passed without a key */
	TERM_KEY,
	TERM_RESIZE,
	TERM_QUIT,
};

/* Take the terminal. RC_USAGE when there is none, RC_FAILED when no terminal type works. */
enum rc term_start(const struct term_options *options, struct err *err) MUST_CHECK;
/* Give it back; safe at any time, twice, and without a start. */
void term_stop(void);
/* What to tell the clerk about the start (another terminal type was used); NULL when all is well. */
const struct words *term_note(void);

/* The next event within `timeout_ms` (-1: wait as long as it takes). */
enum term_event term_wait(int timeout_ms, struct key *out);
/* How long nothing came before the last key, while the program listened; what waited while it was busy counts as 0. */
int64_t term_silence_ms(void);
/* A steady clock in milliseconds, for silences only. */
int64_t term_now_ms(void);

/* The size frames are drawn in: never below 24 x 80. */
void term_size(int *rows, int *cols);
/* Put the frame on the terminal: only what differs from the last one is sent. */
void term_show(const struct canvas *canvas);
/* The next frame is sent whole. */
void term_redraw(void);
void term_beep(void);
/* Linear mode: bytes as they are. Nothing in full-screen mode. */
void term_put(const char *bytes, size_t len);

void term_set_lang(enum lang lang);
/* The setting `marks`; MOTCUA_PLAIN and --plain have the last word. */
enum term_marks { MARKS_AUTO, MARKS_PLAIN, MARKS_FULL };
void term_set_marks(enum term_marks marks);
/* The setting `theme` (theme.h); NO_COLOR, MOTCUA_THEME and a terminal without colours have the last word. */
void term_set_theme(const char *name);
bool term_is_plain(void);
bool term_is_linear(void);

#endif
