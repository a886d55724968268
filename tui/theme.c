/* theme.c - see theme.h. */
#include "tui/theme.h"

#include <string.h>

enum { OWN = -1, BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

const struct theme themes[] = {
	{ "color", true, {
		[STYLE_TEXT] = { 0, OWN, OWN },
		[STYLE_TITLE] = { LOOK_REVERSE, OWN, OWN },
		[STYLE_LABEL] = { 0, OWN, OWN },
		[STYLE_FIELD] = { LOOK_UNDERLINE, OWN, OWN },
		[STYLE_FOCUS] = { LOOK_REVERSE, OWN, OWN },
		[STYLE_KEY] = { LOOK_BOLD, OWN, OWN },
		[STYLE_DIM] = { 0, OWN, OWN },
		[STYLE_STRONG] = { LOOK_BOLD, OWN, OWN },
		[STYLE_BAD] = { LOOK_BOLD, RED, OWN },
		[STYLE_WARN] = { LOOK_BOLD, YELLOW, OWN },
		[STYLE_GOOD] = { 0, GREEN, OWN },
	} },
	/* On a white ground yellow and green cannot be read. */
	{ "light", true, {
		[STYLE_TEXT] = { 0, OWN, OWN },
		[STYLE_TITLE] = { LOOK_REVERSE, BLUE, OWN },
		[STYLE_LABEL] = { 0, BLUE, OWN },
		[STYLE_FIELD] = { LOOK_UNDERLINE, OWN, OWN },
		[STYLE_FOCUS] = { LOOK_REVERSE, OWN, OWN },
		[STYLE_KEY] = { LOOK_BOLD, BLUE, OWN },
		[STYLE_DIM] = { 0, OWN, OWN },
		[STYLE_STRONG] = { LOOK_BOLD, OWN, OWN },
		[STYLE_BAD] = { LOOK_BOLD | LOOK_UNDERLINE, RED, OWN },
		[STYLE_WARN] = { LOOK_BOLD, MAGENTA, OWN },
		[STYLE_GOOD] = { 0, BLUE, OWN },
	} },
	/* Weak eyes, bright rooms. */
	{ "contrast", true, {
		[STYLE_TEXT] = { 0, WHITE, BLACK },
		[STYLE_TITLE] = { LOOK_BOLD, WHITE, BLUE },
		[STYLE_LABEL] = { 0, CYAN, BLACK },
		[STYLE_FIELD] = { LOOK_BOLD | LOOK_UNDERLINE, WHITE, BLACK },
		[STYLE_FOCUS] = { 0, BLACK, YELLOW },
		[STYLE_KEY] = { LOOK_BOLD, YELLOW, BLACK },
		[STYLE_DIM] = { 0, WHITE, BLACK },
		[STYLE_STRONG] = { LOOK_BOLD, YELLOW, BLACK },
		[STYLE_BAD] = { LOOK_BOLD, WHITE, RED },
		[STYLE_WARN] = { LOOK_BOLD, YELLOW, BLACK },
		[STYLE_GOOD] = { LOOK_BOLD, GREEN, BLACK },
	} },
	{ "mono", false, {
		[STYLE_TEXT] = { 0, OWN, OWN },
		[STYLE_TITLE] = { LOOK_REVERSE, OWN, OWN },
		[STYLE_LABEL] = { 0, OWN, OWN },
		[STYLE_FIELD] = { LOOK_UNDERLINE, OWN, OWN },
		[STYLE_FOCUS] = { LOOK_REVERSE, OWN, OWN },
		[STYLE_KEY] = { LOOK_BOLD, OWN, OWN },
		[STYLE_DIM] = { 0, OWN, OWN },
		[STYLE_STRONG] = { LOOK_BOLD, OWN, OWN },
		[STYLE_BAD] = { LOOK_BOLD | LOOK_UNDERLINE, OWN, OWN },
		[STYLE_WARN] = { LOOK_BOLD, OWN, OWN },
		[STYLE_GOOD] = { 0, OWN, OWN },
	} },
	{ NULL, false, { { 0, 0, 0 } } },
};

const struct theme *theme_named(const char *name)
{
	for (const struct theme *theme = themes; theme->name; theme++)
		if (!strcmp(theme->name, name))
			return theme;
	return NULL;
}

const struct theme *theme_mono(void)
{
	return theme_named("mono");
}
