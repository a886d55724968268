/*
 * linear.h - the screens as a conversation: for screen readers, very slow links, dumb terminals, logs.
 *
 * Nothing is drawn over and the cursor is never sent anywhere: what a screen says is printed once, as lines,
 * then a prompt; the clerk types a line and Enter. A frame is drawn as ever, into a canvas that is not shown;
 * of it those lines are printed that were not there before. Widgets say while they draw what takes the next
 * line (struct spoken): a form's field, a list's rows, a filter. So each kind of screen has one rendering:
 *
 *   form    `Label (hint) [value]: ` takes the value; of W_CHOICE and W_PICK the number of an item
 *   list    rows count from 10 (LIST_FIRST), a popup's from 1; a number opens, `+10 12-14` ticks
 *   menu    its digits, followed by Enter
 *   pick    a part of the words, or the number of an item
 *   ask     the number of an answer; Enter takes the one in brackets
 *   pager   a page, then Enter for the next
 *
 * A line that begins with a sign is a command (linear_commands, which help prints). Keys with names work as
 * ever and at once. While a line is being typed nothing else is printed; what of it is text goes into the
 * field, and so into the draft, as the hand rests.
 */
#ifndef MOTCUA_TUI_LINEAR_H
#define MOTCUA_TUI_LINEAR_H

#include "tui/screen.h"

enum {
	LINEAR_LINES = 256,  /* lines of one screen that are remembered */
	LINEAR_PROMPT = 512,
};

/* What of one screen has been said. */
struct linear_seen {
	unsigned serial; /* of the screen it belongs to; 0 none */
	int page;
	uint64_t focus;
	size_t count;
	uint64_t lines[LINEAR_LINES];
};

struct linear {
	struct edit line;          /* being typed, */
	unsigned line_of;          /* to the screen of this serial */
	char echo[EDIT_BYTES];     /* what of it stands on the terminal */
	bool at_prompt, greeted;
	bool silent;               /* the line is the rest of a command, which has been echoed */
	bool whole;                /* say everything once more */
	char prompt[LINEAR_PROMPT], head[384];
	char said[sizeof(((struct ui *)0)->message)], sync[sizeof(((struct ui *)0)->sync)];
	unsigned titled;           /* serial of the screen whose title was said last */
	struct linear_seen seen[UI_DEPTH];
};

/* A line that is one of these signs. */
struct linear_command {
	const char *sign;
	enum ui_action action;
	struct words words;
};
extern const struct linear_command linear_commands[]; /* ends with a NULL sign */

/* Owned by `ui`; freed by linear_stop. */
void linear_start(struct ui *ui);
void linear_stop(struct ui *ui);
/* Print what is new in the frame that was drawn, and the prompt. Nothing while a line is being typed. */
void linear_show(struct ui *ui);
/* The next linear_show says everything. */
void linear_again(struct ui *ui);
/* A key of the line being typed; false: a key with a meaning of its own. */
bool linear_key(struct ui *ui, const struct key *key);
/* Another screen came up while a line was being typed (the idle lock): it is no answer to that one. */
void linear_drop_stray(struct ui *ui);
/* What has been typed so far goes into its field, so that the draft holds it. */
void linear_keep(struct ui *ui);

/* The lines of a frame's body that `seen` does not hold, appended to `out`; `seen` then holds them. */
void linear_lines(const struct canvas *canvas, struct linear_seen *seen, bool whole, bool plain, struct buf *out);
/* This line has been said. */
void linear_known(struct linear_seen *seen, const char *line);
/* From what stands on the terminal to `now`, on the line under the hand: only backspaces and letters. */
void linear_retype(const char *shown, const char *now, struct buf *out);

#endif
