/* t_tui_keys.c - bytes to keys to actions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/action.h"
#include "tui/keys.h"

/* Keys are written as their names, letters as themselves, pasted ones after a `'`. */
static void add_key(struct buf *out, const struct key *key)
{
	char name[ACTION_KEY_TEXT];

	if (out->len)
		buf_byte(out, ' ');
	if (key->pasted)
		buf_byte(out, '\'');
	if (key->name == K_TEXT && key->ch == '\n')
		buf_text(out, "LF");
	else
		buf_text(out, key_text(key, name));
}

/* All keys of `bytes`, one read or one byte at a time `gap_ms` apart, then silence. */
static void decode(const char *bytes, size_t len, int gap_ms, struct buf *out)
{
	struct keys keys;
	struct key key;
	int64_t now = 1000;

	keys_init(&keys);
	keys_learn(&keys, "\033[24;2~x", K_F12);
	for (size_t i = 0; i < len; i++, now += gap_ms) {
		assert_true(keys_feed(&keys, (uint8_t)bytes[i], now));
		while (keys_take(&keys, now, &key))
			add_key(out, &key);
	}
	for (int wait; (wait = keys_wait_ms(&keys, now)) >= 0;) {
		now += wait;
		while (keys_take(&keys, now, &key))
			add_key(out, &key);
		assert_true(wait > 0 || keys_wait_ms(&keys, now) < 0);
	}
}

static const struct {
	const char *what, *bytes, *keys;
} cases[] = {
	{ "letters", "ab ", "a b Space" },
	{ "letters of two and three bytes", "đễ", "đ ễ" },
	{ "a combining mark is a letter of its own here", "e\xCC\x82", "e \xCC\x82" },
	{ "no UTF-8", "a\xFFz", "a \xEF\xBF\xBD z" },
	{ "a letter cut short", "\xE1\xBA", "\xEF\xBF\xBD \xEF\xBF\xBD" },
	{ "a letter broken off", "\xE1x", "\xEF\xBF\xBD x" },
	{ "overlong and surrogate", "\xC0\xAF", "\xEF\xBF\xBD \xEF\xBF\xBD" },
	{ "an input method's burst", "Nguyen\b\b\x7f\x7fyễn",
	  "N g u y e n Backspace Backspace Backspace Backspace y ễ n" },
	{ "control keys", "\x13\x1c\x1a\x0c", "^S ^\\ ^Z ^L" },
	{ "line ends and tabs", "\r\n\t", "Enter Enter Tab" },
	{ "xterm", "\033[A\033[B\033OC\033OD\033[H\033[F\033OP\033OQ\033OR\033OS\033[15~\033[21~",
	  "Up Down Right Left Home End F1 F2 F3 F4 F5 F10" },
	{ "PuTTY", "\033[11~\033[12~\033[13~\033[14~\033[1~\033[4~", "F1 F2 F3 F4 Home End" },
	{ "Linux console", "\033[[A\033[[B\033[[E\033[17~", "F1 F2 F5 F6" },
	{ "editing keys", "\033[2~\033[3~\033[5~\033[6~\033[Z", "Insert Delete PgUp PgDn S-Tab" },
	{ "modifiers are left off", "\033[1;5A\033[3;2~", "Up Delete" },
	{ "Esc then a digit is an F-key", "\0331\0332\0339\0330", "F1 F2 F9 F10" },
	{ "Esc then a letter: both, in order", "\033x", "Esc x" },
	{ "Esc alone", "\033", "Esc" },
	{ "Esc twice", "\033\033", "Esc Esc" },
	{ "Esc, an arrow", "\033\033[A", "Esc Up" },
	{ "Esc and a bracket that stays alone", "\033[", "Esc [" },
	{ "answers of the terminal are swallowed", "a\033[?1;2c\033[24;80Rb\033[>0;276;0c", "a b" },
	{ "answers in strings too",
	  "a\033]11;rgb:1e1e/1e1e/1e1e\033\\b\033]4;1;rgb:00/00/00\ac\033P1+r544e=787465726d\033\\d",
	  "a b c d" },
	{ "its name and number", "\033P>|XTerm(379)\033\\a\033P!|00000000\033\\b\033P0+r\033\\c\033P1$r0m\033\\d",
	  "a b c d" },
	{ "one longer than any sequence",
	  "a\033P1+r5463=323536;"
	  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "\033\\b", "a b" },
	{ "one that never ends", "a\033P1+r5463", "a" },
	{ "one broken off by a key", "a\033P1+r5463\033[Ab\033]11;rgb\rc", "a Up b Enter c" },
	{ "one broken off by a letter with marks", "\033]11;rgbđx", "đ x" },
	{ "Esc and letters that are no answer", "\033Phan\033P12\033]a\033]12a\033]12345;\033]",
	  "Esc P h a n Esc P 1 2 Esc ] a Esc ] 1 2 a Esc ] 1 2 3 4 5 ; Esc ]" },
	{ "learnt from terminfo", "\033[24;2~x", "F12" },
	{ "a paste is data", "\033[200~a\r\033b\tS\x13\033[201~c", "'a 'LF 'b 'Space 'S c" },
	{ "CR LF in a paste is one line end", "\033[200~a\r\nb\n\nc\r\rd\033[201~\r\n",
	  "'a 'LF 'b 'LF 'LF 'c 'LF 'LF 'd Enter Enter" },
	{ "a paste that never ends ends", "\033[200~ab", "'a 'b" },
	{ "keypad in application mode", "\033Op\033OM", "0 Enter" },
};

static void bytes_become_keys_at_any_speed(void **state)
{
	static const int gaps_ms[] = { 0, 3, 120 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t g = 0; g < ARRAY_LEN(gaps_ms); g++) {
			struct buf out = BUF(4096);

			case_name(cases[i].what);
			decode(cases[i].bytes, strlen(cases[i].bytes), gaps_ms[g], &out);
			assert_string_equal(buf_str(&out), cases[i].keys);
			buf_done(&out);
		}
	}
}

static void esc_waits_for_a_digit(void **state)
{
	struct keys keys;
	struct key key;

	(void)state;
	keys_init(&keys);
	assert_true(keys_feed(&keys, 0x1b, 1000));
	assert_false(keys_take(&keys, 1000 + KEYS_ESC_MS - 1, &key));
	assert_int_equal(keys_wait_ms(&keys, 1100), KEYS_ESC_MS - 100);
	assert_true(keys_feed(&keys, '2', 1000 + KEYS_ESC_MS - 1));
	assert_true(keys_take(&keys, 1000 + KEYS_ESC_MS - 1, &key));
	assert_int_equal(key.name, K_F2);
	assert_true(keys_feed(&keys, 0x1b, 5000));
	assert_true(keys_take(&keys, 5000 + KEYS_ESC_MS, &key));
	assert_int_equal(key.name, K_ESC);
	assert_int_equal(keys_wait_ms(&keys, 9000), -1);
}

/* Any bytes at all: no crash, no key lost for ever, the decoder empties. */
static void noise_ends(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct buf out = BUF(65536);
		char bytes[80];

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (seed >> 28) < 5 ? "\033[O?;~0"[(seed >> 20) % 7] : (char)(seed >> 16);
		}
		decode(bytes, sizeof(bytes), 1, &out);
		buf_done(&out);
	}
}

static const struct {
	const char *what, *key;
	bool in_text;
	enum ui_action action;
} meanings[] = {
	{ "F1", "F1", true, UI_HELP },
	{ "its letter outside text", "?", false, UI_HELP },
	{ "its letter in text", "?", true, UI_NONE },
	{ "save", "^S", true, UI_SAVE },
	{ "find", "/", false, UI_FIND },
	{ "undo is no command in text", "u", true, UI_NONE },
	{ "undo", "u", false, UI_UNDO },
	{ "new", "^N", true, UI_NEW },
	{ "print", "^P", true, UI_PRINT },
	{ "palette", ":", false, UI_MENU },
	{ "palette", "F10", true, UI_MENU },
	{ "typing", "^\\", true, UI_TYPING },
	{ "redraw", "^L", true, UI_REDRAW },
	{ "tick", "Space", false, UI_TOGGLE },
	{ "tick all", "*", false, UI_ALL },
	{ "a letter that means nothing", "z", false, UI_NONE },
};

static void keys_mean_what_the_contract_says(void **state)
{
	struct bindings bindings;

	(void)state;
	bindings_init(&bindings);
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		struct key key;

		case_name(meanings[i].what);
		assert_true(key_parse(meanings[i].key, strlen(meanings[i].key), &key));
		assert_int_equal(bindings_action(&bindings, &key, meanings[i].in_text), meanings[i].action);
	}
}

/* Every action has a key, no key has two actions, every word is there and NFC. */
static void the_table_is_sound(void **state)
{
	struct bindings bindings;

	(void)state;
	bindings_init(&bindings);
	for (int i = UI_NONE + 1; i < UI_COUNT; i++) {
		const struct action_info *info = action_info((enum ui_action)i);
		const char *words[] = { info->hint.vi, info->hint.en, info->help.vi, info->help.en };

		case_name(info->name);
		assert_int_equal(action_named(info->name), i);
		assert_int_not_equal(bindings.keys[i][0].name, K_NONE);
		for (size_t k = 0; k < ACTION_KEYS && bindings.keys[i][k].name; k++)
			assert_int_equal(bindings_action(&bindings, &bindings.keys[i][k], false), i);
		for (size_t w = 0; w < ARRAY_LEN(words); w++) {
			struct buf clean = BUF(4096);

			assert_true(*words[w]);
			assert_int_equal(utf8_clean(words[w], strlen(words[w]), &clean, NULL), RC_OK);
			assert_string_equal(buf_str(&clean), words[w]);
			buf_done(&clean);
		}
	}
}

static void a_binding_file_replaces_keys(void **state)
{
	static const char good[] = "# mine\n\n save = ^W F2\r\nhelp=F1\n";
	static const char *const bad[] = { "save", "sav = F2", "save = F99", "save = ^H", "save = a b c d e" };
	struct bindings bindings;
	struct key key = { .name = K_CTRL, .ch = 'W' };
	struct err err = { 0 };
	char text[ACTION_KEY_TEXT];

	(void)state;
	bindings_init(&bindings);
	assert_int_equal(bindings_read(&bindings, good, strlen(good), &err), RC_OK);
	assert_int_equal(bindings_action(&bindings, &key, true), UI_SAVE);
	key.ch = 'S';
	assert_int_equal(bindings_action(&bindings, &key, true), UI_NONE);
	/* A key that was another action's is that one's no more. */
	bindings_init(&bindings);
	assert_int_equal(bindings_read(&bindings, "find = F2\nlock = ?", 18, &err), RC_OK);
	key = (struct key){ .name = K_F2 };
	assert_int_equal(bindings_action(&bindings, &key, false), UI_FIND);
	assert_string_equal(bindings_key_text(&bindings, UI_SAVE, text), "^S");
	key = (struct key){ .name = K_TEXT, .ch = '?' };
	assert_int_equal(bindings_action(&bindings, &key, false), UI_LOCK);
	assert_string_equal(bindings_key_text(&bindings, UI_HELP, text), "F1");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		case_name(bad[i]);
		assert_int_equal(bindings_read(&bindings, bad[i], strlen(bad[i]), &err), RC_INPUT);
	}
}

static void keys_md_is_fresh(void **state)
{
	struct buf want = BUF(1 << 16), have = BUF(1 << 16);
	FILE *file;
	int byte;

	(void)state;
	action_markdown(&want);
	if (getenv("UPDATE")) {
		file = fopen("tui/KEYS.md", "w");
		assert_non_null(file);
		assert_int_equal(fwrite(want.data, 1, want.len, file), want.len);
		fclose(file);
	}
	file = fopen("tui/KEYS.md", "r");
	assert_non_null(file);
	while ((byte = getc(file)) != EOF)
		buf_byte(&have, (uint8_t)byte);
	fclose(file);
	assert_string_equal(buf_str(&have), buf_str(&want));
	buf_done(&want);
	buf_done(&have);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_keys_at_any_speed),
		cmocka_unit_test(esc_waits_for_a_digit),
		cmocka_unit_test(noise_ends),
		cmocka_unit_test(keys_mean_what_the_contract_says),
		cmocka_unit_test(the_table_is_sound),
		cmocka_unit_test(a_binding_file_replaces_keys),
		cmocka_unit_test(keys_md_is_fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
