/*
 * edit.h - one line of text being typed.
 *
 * Fixed memory, no terminal. Text is UTF-8 NFC at all
 * times; positions are bytes at letter boundaries. A letter typed may compose
 * with the word before it (core/rules/telex.h); a field that must never
 * compose says so in its rules. Pasted text is literal. What a field cannot
 * hold is not taken and edit_key says so; nothing typed is ever lost silently.
 */
#ifndef MOTCUA_TUI_EDIT_H
#define MOTCUA_TUI_EDIT_H

#include "core/rules/telex.h"
#include "db/base/buf.h"
#include "tui/action.h"
#include "tui/draw.h"
#include "tui/keys.h"

enum {
	EDIT_BYTES = 2048, /* of text, NUL included */
};

enum typing_method { TYPING_TELEX, TYPING_VNI, TYPING_OFF, TYPING_METHODS };

/* How the clerk types: shown always, turned by ^\. */
struct typing {
	enum typing_method method;
	bool new_style;   /* hoà rather than hòa */
	bool free_spelling; /* no spelling check */
};

struct edit_rules {
	bool compose;         /* Vietnamese text: names, addresses, notes */
	bool secret;          /* shown as dots */
	unsigned max_letters; /* 0: as much as fits */
};

struct edit {
	char text[EDIT_BYTES];
	size_t len, at;
	size_t left;        /* first byte shown, kept by edit_draw */
	struct telex telex; /* the word before the cursor, with its raw keys */
	size_t word;        /* where that word starts */
	unsigned fillers;   /* an input method's, not shown: Backspaces it will send for them */
};

void edit_init(struct edit *edit);
/* Put text in (cleaned, cut to what fits); the cursor goes to its end. */
void edit_set(struct edit *edit, const char *text);
/* Forget text that was secret. */
void edit_wipe(struct edit *edit);

enum edit_result {
	EDIT_IGNORED, /* no key of ours */
	EDIT_TAKEN,
	EDIT_CHANGED, /* the text is another now */
	EDIT_FULL,    /* no room for it, or a character no text may hold */
};

/* A key in the field: letters, Backspace, Delete. */
enum edit_result edit_key(struct edit *edit, const struct edit_rules *rules, const struct typing *typing,
			  const struct key *key);
/* UI_RAWKEYS, UI_CLEAR, UI_HOME, UI_END, UI_LEFT, UI_RIGHT. */
enum edit_result edit_action(struct edit *edit, const struct edit_rules *rules, enum ui_action action);
/* Leave the field: a word that is no syllable goes back to its raw keys. */
enum edit_result edit_leave(struct edit *edit, const struct edit_rules *rules, const struct typing *typing);

/* Draw in `width` columns, scrolled so that the cursor is seen; places the cursor when focused. */
void edit_draw(struct edit *edit, const struct edit_rules *rules, struct canvas *canvas, int row, int col,
	       int width, bool focused);

#endif
