/* t_tui_glyphs.c - which terminals lack Vietnamese letters, and that every theme tells styles apart without colour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/glyphs.h"
#include "tui/theme.h"

static const char alphabet[] = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
			       "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

static void a_font_needs_every_letter(void **state)
{
	const char *at = alphabet, *end = alphabet + strlen(alphabet);
	uint16_t letters[200];
	size_t count = 0;

	(void)state;
	while (at < end)
		letters[count++] = (uint16_t)utf8_get(&at, end);
	assert_int_equal(count, 134);
	assert_true(glyphs_cover(letters, count));
	for (size_t i = 0; i < count; i++) {
		uint16_t kept = letters[i];

		letters[i] = 'a';
		assert_false(glyphs_cover(letters, count));
		letters[i] = kept;
	}
	assert_false(glyphs_cover(NULL, 0));
}

static const struct {
	const char *term, *locale;
	bool old;
} terminals[] = {
	{ "vt100", "C", true },
	{ "linux", "POSIX", true },
	{ "vt220-8bit", "C", true },
	{ "vt100", "C.UTF-8", false },
	{ "vt100", NULL, false },
	{ "xterm-256color", "C", false },
	{ "screen", "C", false },
	{ NULL, "C", false },
};

static void old_terminals_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(terminals); i++) {
		case_name(terminals[i].term ? terminals[i].term : "no TERM");
		assert_int_equal(glyphs_old_terminal(terminals[i].term, terminals[i].locale), terminals[i].old);
	}
}

/* Selected, typed into, wrong and late, a key: none of them looks like plain text. */
static void styles_differ_without_colour(void **state)
{
	static const enum style loud[] = { STYLE_TITLE, STYLE_FIELD, STYLE_FOCUS, STYLE_KEY, STYLE_BAD, STYLE_WARN };
	const struct look *mono = theme_mono()->looks;

	(void)state;
	assert_false(theme_mono()->color);
	for (size_t i = 0; i < ARRAY_LEN(loud); i++)
		assert_int_not_equal(mono[loud[i]].attr, mono[STYLE_TEXT].attr);
	assert_int_not_equal(mono[STYLE_FOCUS].attr, mono[STYLE_FIELD].attr);
	assert_int_not_equal(mono[STYLE_BAD].attr, mono[STYLE_FOCUS].attr);
	assert_int_not_equal(mono[STYLE_BAD].attr, mono[STYLE_FIELD].attr);
	assert_int_not_equal(mono[STYLE_BAD].attr, mono[STYLE_GOOD].attr);
	for (const struct theme *theme = themes; theme->name; theme++)
		assert_ptr_equal(theme_named(theme->name), theme);
	assert_null(theme_named("no such theme"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_font_needs_every_letter),
		cmocka_unit_test(old_terminals_are_known),
		cmocka_unit_test(styles_differ_without_colour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
