/*
 * assist_form.h - the form of one help given by a digital team.
 */
#ifndef MOTCUA_TUI_ASSIST_FORM_H
#define MOTCUA_TUI_ASSIST_FORM_H

#include "tui/screen.h"

enum { ASSIST_CATEGORIES = 64 };

/* The categories of the catalogue, read once for a screen. */
struct categories {
	struct category {
		char code[44], name[204], outcomes[104];
	} of[ASSIST_CATEGORIES];
	size_t count;
};

void categories_load(struct ui *ui, struct categories *categories);
/* The name of a category's code, or the code. */
const char *category_name(const struct categories *categories, const char *code);

/* What the next one most often shares with the last. */
struct assist_again {
	long place;
	char neighbourhood[16];
};

/* Ask for one and record it. True when it was recorded. */
bool assist_form_run(struct ui *ui, const struct categories *categories, struct assist_again *again);

#endif
