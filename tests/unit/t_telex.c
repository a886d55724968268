/* t_telex.c - typing: the examples of tests/fixtures/telex.tsv, and the calls one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/telex.h"

static char *cut(char **rest)
{
	char *field = *rest, *tab = strpbrk(field, "\t\n");

	assert_non_null(tab);
	*tab = '\0';
	*rest = tab + 1;
	return field;
}

static size_t check_example(char *line)
{
	char *keys = cut(&line), *expected = cut(&line), *method = cut(&line), *style = cut(&line);
	size_t checks = 0;

	for (enum telex_style s = TELEX_OLD; s <= TELEX_NEW; s++) {
		struct buf out = BUF(1 << 16);

		if (strcmp(style, s == TELEX_OLD ? "new" : "old") == 0)
			continue;
		telex_compose_line(strcmp(method, "vni") ? TELEX_TELEX : TELEX_VNI, s, keys, &out);
		if (strcmp(buf_str(&out), expected) != 0)
			fail_msg("%s (%s): %s, not %s", keys, method, buf_str(&out), expected);
		buf_done(&out);
		checks++;
	}
	return checks;
}

static void examples_hold(void **state)
{
	FILE *f = fopen("tests/fixtures/telex.tsv", "r");
	char line[512];
	size_t checks = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (line[0] != '#')
			checks += check_example(line);
	fclose(f);
	assert_true(checks > 800);
}

/* Type keys one at a time into a line, as a form does. */
static void type_into(struct telex *t, const char *keys, char line[256])
{
	char shown[TELEX_TEXT_MAX];
	size_t word_at = strlen(line);

	telex_shown(t, shown);
	word_at -= strlen(shown);
	for (; *keys; keys++) {
		bool goes_on = telex_key(t, (unsigned char)*keys, shown);

		snprintf(line + word_at, 256 - word_at, "%s", shown);
		if (!goes_on)
			word_at = strlen(line);
	}
}

static void a_form_sees_the_word_grow(void **state)
{
	struct telex t;
	char line[256] = "", shown[TELEX_TEXT_MAX];

	(void)state;
	telex_init(&t, TELEX_TELEX, TELEX_OLD, true);
	type_into(&t, "tieens", line);
	assert_string_equal(line, "tiến");
	type_into(&t, "g V", line);
	assert_string_equal(line, "tiếng V");
	type_into(&t, "ieejt ", line);
	assert_string_equal(line, "tiếng Việt ");
	telex_shown(&t, shown);
	assert_string_equal(shown, "");
}

static void leaving_a_field_restores_what_is_no_syllable(void **state)
{
	static const struct {
		const char *keys, *ended, *raw;
		bool spelling;
	} cases[] = {
		{ "tieengs", "tiếng", "tieengs", true },   { "nguyeex", "nguyeex", "nguyeex", true },
		{ "nguyeex", "nguyễ", "nguyeex", false },  { "windows", "windows", "windows", true },
		{ "tesst", "test", "tesst", true },          { "DD", "Đ", "DD", true },
		{ "hoanfgz", "hoang", "hoanfgz", true },     { "Gruwx", "Gruwx", "Gruwx", true },
		{ "Gruwx", "Grữ", "Gruwx", false },         { "Duoifw", "Dười", "Duoifw", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct telex t;
		char line[256] = "", shown[TELEX_TEXT_MAX];

		print_message("%s\n", cases[i].keys);
		telex_init(&t, TELEX_TELEX, TELEX_OLD, cases[i].spelling);
		type_into(&t, cases[i].keys, line);
		telex_end(&t, shown);
		assert_string_equal(shown, cases[i].ended);
		telex_shown(&t, shown);
		assert_string_equal(shown, "");
		line[0] = '\0';
		type_into(&t, cases[i].keys, line);
		telex_restore(&t, shown);
		assert_string_equal(shown, cases[i].raw);
		/* what was restored stays so */
		assert_true(telex_key(&t, 's', shown));
		telex_end(&t, shown);
		assert_memory_equal(shown, cases[i].raw, strlen(cases[i].raw));
	}
}

static void without_spelling_any_vowel_takes_a_tone(void **state)
{
	static const char *const cases[][2] = {
		{ "Kuins", "Kuín" }, { "Grees", "Grế" }, { "blawh", "blăh" }, { "fows", "fớ" },
		{ "muaw", "mưa" },
		{ "hoawc", "hoăc" }, { "ww", "w" }, { "ass", "as" }, { "ddd", "dd" }, { "zoof", "zồ" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct telex t;
		char line[256] = "";

		telex_init(&t, TELEX_TELEX, TELEX_OLD, false);
		type_into(&t, cases[i][0], line);
		assert_string_equal(line, cases[i][1]);
	}
}

static void backspace_tells_when_there_is_no_word(void **state)
{
	struct telex t;
	char line[256] = "", shown[TELEX_TEXT_MAX];

	(void)state;
	telex_init(&t, TELEX_TELEX, TELEX_OLD, true);
	assert_false(telex_backspace(&t, shown));
	type_into(&t, "ddi", line);
	assert_true(telex_backspace(&t, shown));
	assert_string_equal(shown, "đ");
	assert_true(telex_backspace(&t, shown));
	assert_string_equal(shown, "");
	assert_false(telex_backspace(&t, shown));
	/* a moved cursor starts a word of its own */
	type_into(&t, "hoa", line);
	telex_drop(&t);
	assert_false(telex_backspace(&t, shown));
	assert_true(telex_key(&t, 'f', shown));
	assert_string_equal(shown, "f");
}

static void raw_lets_everything_through(void **state)
{
	struct telex t;
	char line[256] = "";

	(void)state;
	telex_init(&t, TELEX_RAW, TELEX_OLD, true);
	type_into(&t, "tieengs a1 [w", line);
	assert_string_equal(line, "tieengs a1 [w");
}

static void outside_letters_end_composition(void **state)
{
	struct telex t;
	char shown[TELEX_TEXT_MAX];

	(void)state;
	telex_init(&t, TELEX_TELEX, TELEX_OLD, true);
	assert_true(telex_key(&t, 't', shown));
	assert_false(telex_key(&t, 0x1EBF, shown));
	assert_string_equal(shown, "tế");
	/* a burst from another input method: Backspace, then letters that must stay as they are */
	assert_false(telex_backspace(&t, shown));
	assert_false(telex_key(&t, 'a', shown));
	assert_false(telex_key(&t, 's', shown));
	assert_string_equal(shown, "s");
	assert_false(telex_key(&t, ' ', shown));
	assert_true(telex_key(&t, 'a', shown));
	assert_true(telex_key(&t, 's', shown));
	assert_string_equal(shown, "á");
}

static void an_endless_word_loses_no_key(void **state)
{
	static const enum telex_method methods[] = { TELEX_TELEX, TELEX_VNI };

	(void)state;
	for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
		struct buf keys = BUF(1024), out = BUF(4096);

		for (size_t i = 0; i < 200; i++)
			buf_byte(&keys, (uint8_t)"bcghk"[i % 5]);
		telex_compose_line(methods[m], TELEX_OLD, buf_str(&keys), &out);
		assert_string_equal(buf_str(&out), buf_str(&keys));
		buf_done(&keys);
		buf_done(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_hold),
		cmocka_unit_test(a_form_sees_the_word_grow),
		cmocka_unit_test(leaving_a_field_restores_what_is_no_syllable),
		cmocka_unit_test(without_spelling_any_vowel_takes_a_tone),
		cmocka_unit_test(backspace_tells_when_there_is_no_word),
		cmocka_unit_test(raw_lets_everything_through),
		cmocka_unit_test(outside_letters_end_composition),
		cmocka_unit_test(an_endless_word_loses_no_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
