/*
 * hint.h - what the hint bar says: keys as they stand on the caps, and what they do here.
 *
 * Pure. A hint is one action, or two that belong together (left and right, up
 * and down, a page back and on) under one name. Order is the screen's; a hint
 * that would be cut is left out whole, and so is what comes after it.
 */
#ifndef MOTCUA_TUI_HINT_H
#define MOTCUA_TUI_HINT_H

#include "tui/action.h"
#include "tui/draw.h"

enum { HINT_KEY_TEXT = 2 * ACTION_KEY_TEXT + 2 };

/* What an action means on one screen, where the general word says too little; ends with UI_NONE. */
struct hint_words {
	enum ui_action action;
	struct words words;
};

/* How a key is named to people. */
struct hint_style {
	enum lang lang;
	bool plain; /* no arrows: words instead */
};

/* A key's cap: arrows as arrows, the bar of blanks by its name, the others as key_text. */
const char *key_cap(const struct key *key, struct hint_style style, char out[ACTION_KEY_TEXT]);

/* The hint bar being put together; its keys' names are inside. */
struct hint_bar {
	struct hint hints[HINTS_MAX];
	char keys[HINTS_MAX][HINT_KEY_TEXT];
	size_t count;
	int cols; /* room there is */
	bool full;
};

/*
 * Put one action in, with the action that belongs to it when `paired`; `own` may be NULL. An action without a
 * key is not shown.
 */
void hint_add(struct hint_bar *bar, const struct bindings *bindings, enum ui_action action, bool paired,
	      const struct hint_words *own, struct hint_style style);
/* Lists whose rows open, and boxes out of which one is taken. */
extern const struct hint_words hint_open[], hint_choose[];
/* The action that shares a hint with this one; UI_NONE for most. */
enum ui_action hint_pair(enum ui_action action);

#endif
