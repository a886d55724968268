/* t_tui_hint.c - what the hint bar says: caps, pairs, remapped keys, screens without arrows, whole hints only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/hint.h"

static const struct {
	const char *what;
	const char *bindings; /* lines of a binding file */
	enum ui_action action;
	bool paired, plain;
	enum lang lang;
	const char *key, *words;
} bars[] = {
	{ "a key", "", UI_SAVE, false, false, LANG_VI, "F2", "Lưu" },
	{ "arrows", "", UI_LEFT, true, false, LANG_VI, "←→", "Sang bên" },
	{ "arrows of a list, though Tab comes first", "", UI_NEXT, true, false, LANG_EN, "↑↓", "Up, down" },
	{ "pages", "", UI_PAGEDOWN, true, false, LANG_VI, "F7/F8", "Lật trang" },
	{ "half a pair", "", UI_LEFT, false, false, LANG_EN, "←", "Left" },
	{ "no arrows to show", "", UI_LEFT, true, true, LANG_VI, "Trái/Phải", "Sang bên" },
	{ "no arrows, English", "", UI_RIGHT, true, true, LANG_EN, "Left/Right", "Sideways" },
	{ "the bar of blanks", "", UI_TOGGLE, false, false, LANG_VI, "Cách", "Đánh dấu" },
	{ "remapped", "left = h\nright = l\n", UI_LEFT, true, false, LANG_EN, "h/l", "Sideways" },
	{ "half of it has no key", "left =\n", UI_RIGHT, true, false, LANG_EN, "→", "Right" },
	{ "own words", "", UI_ACCEPT, false, false, LANG_VI, "Enter", "Mở" },
};

static void hints_are_as_on_the_caps(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
		struct hint_style style = { bars[i].lang, bars[i].plain };
		struct hint_bar bar = { .cols = FRAME_COLS };
		struct bindings bindings;

		case_name(bars[i].what);
		bindings_init(&bindings);
		assert_int_equal(bindings_read(&bindings, bars[i].bindings, strlen(bars[i].bindings), NULL), RC_OK);
		hint_add(&bar, &bindings, bars[i].action, bars[i].paired, hint_open, style);
		assert_int_equal(bar.count, 1);
		assert_string_equal(bar.hints[0].key, bars[i].key);
		assert_string_equal(bar.hints[0].words, bars[i].words);
	}
}

/* An action without a key is no hint; what does not fit, and what comes after it, is left out whole. */
static void only_whole_hints_are_shown(void **state)
{
	struct hint_style style = { LANG_VI, false };
	struct hint_bar bar = { .cols = 20 };
	struct bindings bindings;

	(void)state;
	bindings_init(&bindings);
	assert_int_equal(bindings_read(&bindings, "redraw =\n", 9, NULL), RC_OK);
	hint_add(&bar, &bindings, UI_REDRAW, false, NULL, style);
	assert_int_equal(bar.count, 0);
	hint_add(&bar, &bindings, UI_SAVE, false, NULL, style);     /* 6 columns */
	hint_add(&bar, &bindings, UI_PAGEDOWN, true, NULL, style);  /* 2 + 15 */
	hint_add(&bar, &bindings, UI_FIND, false, NULL, style);     /* 2 + 6, which alone would fit */
	assert_int_equal(bar.count, 1);
	for (int action = UI_NONE + 1; action < UI_COUNT; action++)
		assert_true(!hint_pair((enum ui_action)action) ||
			    hint_pair(hint_pair((enum ui_action)action)) == (enum ui_action)action);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_are_as_on_the_caps),
		cmocka_unit_test(only_whole_hints_are_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
