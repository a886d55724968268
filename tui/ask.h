/*
 * ask.h - small questions in a box: a choice, a typed word, a short form.
 *
 * Each is a plain call that comes back with the answer; Esc is no answer.
 */
#ifndef MOTCUA_TUI_ASK_H
#define MOTCUA_TUI_ASK_H

#include "tui/form.h"
#include "tui/screen.h"

/* One of `count` (at most 9) answers, each with its digit; the chosen one, or -1. Starts at `at`. */
int ask_choice(struct ui *ui, const struct words *title, const char *text, const struct words *answers, size_t count,
	       size_t at);
/* Something legal or destructive: go on only when `word` has been typed. */
bool ask_word(struct ui *ui, const struct words *title, const char *text, const struct words *word);

/*
 * A form in a box. `save` reads it when the clerk saves (F2, or Enter after
 * the last field): RC_OK closes the box; otherwise the error is shown at its
 * field and the form stays. True when saved.
 */
typedef enum rc ask_save_fn(struct ui *ui, struct form *form, void *ctx, struct err *err);
bool ask_form(struct ui *ui, const struct words *title, const char *text, struct form *form, ask_save_fn *save,
	      void *ctx);

/*
 * The same, and what was typed outlives Esc and a power cut: it is kept as the hand rests under `draft`, a name of
 * draft_forms[] (screens.c) or that and `/` and what it is about, and offered when the form is opened again.
 * Secrets are never kept. Saving the form forgets the draft.
 */
bool ask_form_kept(struct ui *ui, const struct words *title, const char *text, struct form *form, ask_save_fn *save,
		   void *ctx, const char *draft);

/* A form that is drafted, beside the intake. */
struct draft_form {
	const char *name; /* of its drafts, up to a `/` */
	struct words words;
	void (*open)(struct ui *ui, const char *draft); /* where it is asked for */
};
extern const struct draft_form draft_forms[]; /* ends with a NULL name */
/* The row of a draft's name; NULL: the intake, or a form of another version. */
const struct draft_form *draft_form_of(const char *draft);

extern const struct screen_ops choice_screen;
extern const struct screen_ops form_screen;

#endif
