/*
 * many.h - one thing for every dossier that is ticked: chosen, asked, checked, done, told.
 *
 * What is offered is lawful for at least one of them. A page says beforehand
 * what will come of each; another says afterwards what was done and what was
 * not, and why. What failed stays ticked.
 */
#ifndef MOTCUA_TUI_MANY_H
#define MOTCUA_TUI_MANY_H

#include "tui/dlines.h"
#include "tui/screen.h"

enum many_wish {
	MANY_ANY,   /* ask which */
	MANY_PRINT, /* one of the papers */
	MANY_UNDO,
};

/* For the ticked dossiers of `lines`, or the one under the cursor when none is ticked. */
void many_act(struct ui *ui, struct dlines *lines, enum many_wish wish);

/* One dossier of a page. */
struct many_line {
	char code[44], name[204], text[600];
	bool good;
};

enum many_answer { MANY_BACK, MANY_GO, MANY_TAKE_BACK };

/*
 * A page of dossiers, those that are not good first. `check`: F2 or Enter goes on, when one is good; else it is a
 * result, and `u` takes back what was done where `undo` says that it can be.
 */
enum many_answer many_page(struct ui *ui, const char *title, const char *summary, const struct many_line *lines,
			   size_t count, bool check, bool undo);

extern const struct screen_ops many_screen;

#endif
