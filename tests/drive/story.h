/*
 * story.h - plays one story file on one terminal.
 *
 * A story is a text of one command a line; `#` begins a comment. Text arguments are in double
 * quotes with the escapes \t \n (Enter) \e \" \\. Commands, in the order of story.c's table:
 *
 *   term NAME WxH     only on this terminal (may stand several times, before the first command)
 *   sizes WxH ...     the sizes of the usual terminals, instead of 80x24
 *   langs vi en       once in each language: "Tiếng Việt" | "English" is the one or the other, screens in
 *                     English are NAME-en
 *   now DATE TIME     local time of motcua from here on (a demo ward obeys it)
 *   lang vi|en        the language of motcua from here on
 *   ward demo         a copy of the demo ward, with its passphrase in the file `pass`
 *   run COMMAND       start a program on the terminal
 *   see "text"        wait until a row shows it            see-not "text"   wait until none does
 *   stands-out "text" the row that shows it has a letter in another colour or weight
 *   colours 0|1       no cell, or some, in a colour of its own
 *   cursor-on "text"  the cursor stands in a row that shows it
 *   type "text"       letters one by one, as a hand does   burst "text"     all at once, as a card scanner does
 *   paste "text"      as a terminal pastes (bracketed)     bytes HEX        any bytes at all
 *   pour N "text"     a paste of N times the text
 *   key NAME ...      see keys.h                           resize WxH
 *   ahead "text"      keys that nobody waits for      storm "text"      a letter, another window size, a letter ...
 *   stuck "text"      keys, each behind a ^L, while nobody takes what is drawn
 *   answers HOW       what the terminal is asked it answers at-once, late or never (from here on)
 *   answer            the late answers come                owes N           so many bytes are not answered yet
 *   signal NAME       HUP STOP CONT TSTP WINCH INT QUIT    hangup          the terminal vanishes
 *   kill              SIGKILL, no goodbye                  term-signal      SIGTERM; must end tidily, exit 0
 *   exits N           wait until the program ended with exit code N
 *   screen NAME       all rows equal tests/tui/NAME.screen (NAME-WxH.screen on other sizes than 80x24)
 *   blur "text"       in screens from here on, what follows the text in its row is not compared
 *   exec COMMAND      a shell command at the desk, must exit 0
 *   exec-fail N COMMAND   must exit N                      until COMMAND    again and again until it exits 0
 *   background COMMAND    goes on until the story ends
 *   out "text"        the last command's output holds it   out-not "text"
 *   err "text"        the same of its messages             err-not "text"
 *   files FOLDER N    a folder at the desk holds N files
 *   mark              count bytes and keys anew            limit bytes-to-terminal N   at most so many since
 *   keys-at-most N    at most so many keys by hand (type, key) since `mark`
 *   show              print the screen into the log, for whoever writes a story
 *
 * A program still running at the end is sent SIGTERM and must end with exit code 0.
 */
#ifndef MOTCUA_TESTS_STORY_H
#define MOTCUA_TESTS_STORY_H

#include "tests/drive/pty.h"
#include "tests/drive/shot.h"
#include "tests/drive/world.h"

enum { STORY_TERMS = 16, STORY_BLUR = 8, STORY_WAIT_MS = 10000, STORY_EXEC_MS = 120000 };

struct story_term {
	char name[32];
	int rows, cols;
	char lang[3]; /* "" when the head names no languages */
};

struct story {
	/* What the caller sets. */
	const char *text;          /* the whole story, NUL-terminated */
	const char *screens;       /* the folder of .screen files */
	struct story_term term;
	int wait_ms;               /* how long `see` waits */
	bool update;               /* rewrite .screen files instead of comparing */
	/* What playing it uses. */
	struct world world;
	struct pty pty;
	char blur[STORY_BLUR][SHOT_BLUR]; /* texts after which a row is not compared */
	unsigned blurs;
	uint64_t marked;           /* pty.bytes at the last `mark` */
	unsigned long keys;        /* pressed by hand since then */
	int line;
	char fault[4096];          /* why it failed, "" when it did not */
};

/* The terminals a story's head asks for, at most STORY_TERMS; 0 when its head is wrong. */
size_t story_terms(const char *text, struct story_term terms[STORY_TERMS]);
/* Play it; false when a line did not come true: `line` and `fault` say which and why, with the screen as it was. */
bool story_play(struct story *story) MUST_CHECK;

#endif
