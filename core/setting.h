/*
 * setting.h - what a ward may set: one table of names, types, defaults and words.
 *
 * A setting is a record that travels with the ward (`setting`), never a file.
 * Unset ones have their default. Text forms: numbers in decimal, yes and no
 * as true and false, choices by word.
 */
#ifndef MOTCUA_SETTING_H
#define MOTCUA_SETTING_H

#include "core/app.h"

enum setting_type { SETTING_BOOL, SETTING_INT, SETTING_CHOICE, SETTING_TEXT, SETTING_HOURS, SETTING_WEEK };

struct setting {
	const char *name;
	enum setting_type type;
	const char *otherwise; /* the default */
	const char *choices;   /* a|b|c */
	int64_t lo, hi;        /* SETTING_INT; SETTING_TEXT: hi bytes at most */
	struct words label;
	struct words help; /* what it changes, in a line or two */
};

/* Ends with name NULL. */
extern const struct setting settings[];
const struct setting *setting_named(const char *name);

/* The value as it stands, or the default; "" for a name there is not. Appended to `out`. */
void setting_get(struct app *app, const char *name, struct buf *out);
int64_t setting_int(struct app *app, const char *name);
/* The text is `word`: setting_is(app, "lateness_basis", "extended"). */
bool setting_is(struct app *app, const char *name, const char *word);

/* Needs MAY_SETTING. RC_NONE: no such setting; RC_INPUT: not a value of it. "" goes back to the default. */
enum rc setting_set(struct app *app, const char *name, const char *value, struct err *err) MUST_CHECK;

#endif
