/* hint.c - see hint.h. */
#include "tui/hint.h"

#include <stdio.h>
#include <string.h>

const struct hint_words hint_open[] = {
	{ UI_ACCEPT, T("Mở", "Open") },
	{ UI_NONE, T("", "") },
};

const struct hint_words hint_choose[] = {
	{ UI_ACCEPT, T("Chọn", "Choose") },
	{ UI_NONE, T("", "") },
};

/* Two directions of one movement, as they stand in the bar. */
static const struct {
	enum ui_action one, other;
	enum key_name one_cap, other_cap; /* shown when they are bound, even if not first */
	struct words words;
} pairs[] = {
	{ UI_LEFT, UI_RIGHT, K_LEFT, K_RIGHT, T("Sang bên", "Sideways") },
	{ UI_PREV, UI_NEXT, K_UP, K_DOWN, T("Lên, xuống", "Up, down") },
	{ UI_PAGEUP, UI_PAGEDOWN, K_F7, K_F8, T("Lật trang", "Page") },
	{ UI_HOME, UI_END, K_HOME, K_END, T("Đầu, cuối", "Start, end") },
};

static const struct {
	enum key_name name;
	const char *arrow;
	struct words plain;
} arrows[] = {
	{ K_LEFT, "←", T("Trái", "Left") },
	{ K_RIGHT, "→", T("Phải", "Right") },
	{ K_UP, "↑", T("Lên", "Up") },
	{ K_DOWN, "↓", T("Xuống", "Down") },
};

const char *key_cap(const struct key *key, struct hint_style style, char out[ACTION_KEY_TEXT])
{
	static const struct words space = T("Cách", "Space");

	key_text(key, out);
	if (key->name == K_TEXT && key->ch == ' ')
		snprintf(out, ACTION_KEY_TEXT, "%s", words_in(&space, style.lang));
	if (key->name == K_BACKTAB)
		snprintf(out, ACTION_KEY_TEXT, "Shift-Tab");
	for (size_t i = 0; i < ARRAY_LEN(arrows); i++)
		if (arrows[i].name == key->name)
			snprintf(out, ACTION_KEY_TEXT, "%s",
				 style.plain ? words_in(&arrows[i].plain, style.lang) : arrows[i].arrow);
	return out;
}

enum ui_action hint_pair(enum ui_action action)
{
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		if (pairs[i].one == action)
			return pairs[i].other;
		if (pairs[i].other == action)
			return pairs[i].one;
	}
	return UI_NONE;
}

/* The key of an action that is `wanted`, else its first; its name is K_NONE when it has none. */
static struct key bound_key(const struct bindings *bindings, enum ui_action action, enum key_name wanted)
{
	for (size_t i = 0; i < ACTION_KEYS; i++)
		if (bindings->keys[action][i].name == wanted)
			return bindings->keys[action][i];
	return bindings->keys[action][0];
}

static bool is_arrow(const struct key *key)
{
	return key->name >= K_UP && key->name <= K_RIGHT;
}

/* Both keys of a pair as one name: "←→", "F7/F8". The words of the pair; NULL when it has no keys. */
static const struct words *pair_text(const struct bindings *bindings, enum ui_action action,
				     struct hint_style style, char out[HINT_KEY_TEXT])
{
	char one_text[ACTION_KEY_TEXT], other_text[ACTION_KEY_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		struct key one, other;

		if (pairs[i].one != action && pairs[i].other != action)
			continue;
		one = bound_key(bindings, pairs[i].one, pairs[i].one_cap);
		other = bound_key(bindings, pairs[i].other, pairs[i].other_cap);
		if (!one.name || !other.name)
			return NULL;
		snprintf(out, HINT_KEY_TEXT, "%s%s%s", key_cap(&one, style, one_text),
			 is_arrow(&one) && is_arrow(&other) && !style.plain ? "" : "/",
			 key_cap(&other, style, other_text));
		return &pairs[i].words;
	}
	return NULL;
}

void hint_add(struct hint_bar *bar, const struct bindings *bindings, enum ui_action action, bool paired,
	      const struct hint_words *own, struct hint_style style)
{
	struct hint *hint = &bar->hints[bar->count];
	const struct words *words = NULL;

	if (bar->count == HINTS_MAX || bar->full)
		return;
	if (paired)
		words = pair_text(bindings, action, style, bar->keys[bar->count]);
	if (!words) {
		char text[ACTION_KEY_TEXT];
		struct key key = bindings->keys[action][0];

		if (!key.name)
			return;
		snprintf(bar->keys[bar->count], HINT_KEY_TEXT, "%s", key_cap(&key, style, text));
		words = &action_info(action)->hint;
	}
	for (; own && own->action; own++)
		if (own->action == action)
			words = &own->words;
	hint->key = bar->keys[bar->count];
	hint->words = words_in(words, style.lang);
	bar->full = hint_bar_cols(bar->hints, bar->count + 1) > bar->cols;
	bar->count += !bar->full;
}
