/*
 * t_input_method.c - other input methods before ours: what they send is what stands there, whatever ours is set to.
 *
 * The streams have the shapes that UniKey, EVKey and OpenKey (Windows, over PuTTY and ssh), ibus-unikey,
 * ibus-bamboo and fcitx5-unikey give a terminal: whole words when they compose in a window of their own;
 * letters as typed, then Backspaces and the corrected end of the word, when they compose in ours. Every stream
 * is fed in one read and byte by byte, fast and slow, with Backspace as 0x7f and as 0x08, with our own Telex,
 * our VNI and none, into a name and into a field that never composes. `<` stands for Backspace.
 *
 * Not here: a word of plain letters only ("test") from a method that composes in its own window. Nothing tells
 * it from typing, and our Telex composes what is typed; ^\ turns it off.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/case.h"
#include "tui/edit.h"

#define NNBSP "\xE2\x80\xAF" /* OpenKey's empty letter */
#define ZWNJ "\xE2\x80\x8C"  /* and the one it sends to some programs */

static const struct {
	const char *what, *bytes, *text;
} streams[] = {
	{ "ibus-unikey, fcitx5-unikey: each word when it is done", "tiếng Việt", "tiếng Việt" },
	{ "the same, a name", "Nguyễn Thị Hoàng Ửng", "Nguyễn Thị Hoàng Ửng" },
	{ "a word whose plain letters would be a tone", "Gyasê Krajă", "Gyasê Krajă" },
	{ "the same in capitals", "ĐỖ THỊ ỬNG", "ĐỖ THỊ ỬNG" },
	{ "UniKey over PuTTY: tieengs Vieetj", "tie<êng<<<ếng Vie<êt<<ệt", "tiếng Việt" },
	{ "the tone before the end: tieesng", "tie<ê<ếng Vie<ê<ệt", "tiếng Việt" },
	{ "the tone moves: hoaf, then ng (old style)", "hoa<<òan<<<oàng", "hoàng" },
	{ "the tone moves: hoaf, then ng (new style)", "hoa<àng", "hoàng" },
	{ "ươ in two steps: dduwowngf", "d<đu<ưo<ơng<<<<ường", "đường" },
	{ "ươ at once: dduowngf", "d<đuo<<ương<<<<ường", "đường" },
	{ "w alone: Uwngs, nhw", "Ư<Ưng<<<Ứng như", "Ứng như" },
	{ "EVKey: the whole word again", "tie<<<tiêng<<<<<tiếng Vie<<<Viêt<<<<Việt", "tiếng Việt" },
	{ "no Vietnamese word: its letters come back at the space", "ưindo<<<<<windo<<<<<windows ", "windows " },
	{ "the same key again takes the tone back: tesst", "te<é<est ", "test " },
	{ "raw keys given back: facebook", "fácebo<<<<<<facebook ", "facebook " },
	{ "VNI outside: Nguye6n4 Thi5", "Nguye<ên<<ễn Thi<ị", "Nguyễn Thị" },
	{ "VNI outside, letters that are tones to Telex: Gyase6", "Gyase<ê", "Gyasê" },
	{ "OpenKey: an empty letter before", "tie" NNBSP "<<êng" NNBSP "<<<<ếng Vie" NNBSP "<<êt" NNBSP "<<<ệt",
	  "tiếng Việt" },
	{ "OpenKey: the other empty letter", "tie" ZWNJ "<<êng" ZWNJ "<<<<ếng", "tiếng" },
	{ "OpenKey: a word goes back to its letters", "ưindo" NNBSP "<<<<<<windows ", "windows " },
	{ "macOS: marks apart", "Nguye\xCC\x82\xCC\x83n Thi\xCC\xA3 Bi\xCC\x80nh", "Nguyễn Thị Bình" },
	{ "marks apart in the other order, and a horn", "vie\xCC\xA3\xCC\x82t nu\xCC\x9B\xCC\x83", "việt nữ" },
	{ "marks apart, then letters that are tones to Telex", "Gyase\xCC\x82s oo\xCC\x82", "Gyasês oô" },
	{ "Windows' own layout: letters with a mark, tones apart", "Nguy\xC3\xAA\xCC\x83n Hoa\xCC\x80ng", "Nguyễn Hoàng" },
	{ "Unicode compound, corrected", "tie<ê\xCC\x81ng", "tiếng" },
	{ "Đ and Ð", "Đ \xC3\x90 đ \xC3\xB0", "Đ Đ đ đ" },
	{ "the hand takes letters back", "tiếng<<< ", "ti " },
	{ "more Backspaces than letters", "ab<<<<<<ế", "ế" },
};

/* The stream as bytes, Backspace as `back`. */
static void spell(const char *stream, char back, struct buf *out)
{
	for (; *stream; stream++)
		buf_byte(out, (uint8_t)(*stream == '<' ? back : *stream));
}

/* Into one field, `gap_ms` between the bytes. */
static void feed(struct edit *edit, const struct edit_rules *rules, enum typing_method method, const struct buf *bytes,
		 int gap_ms)
{
	const struct typing typing = { .method = method };
	struct keys keys;
	struct key key;
	int64_t now = 1000;

	keys_init(&keys);
	for (size_t i = 0; i < bytes->len; i++, now += gap_ms) {
		assert_true(keys_feed(&keys, bytes->data[i], now));
		while (keys_take(&keys, now, &key))
			assert_int_not_equal(edit_key(edit, rules, &typing, &key), EDIT_IGNORED);
	}
}

static void what_they_send_stands_there(void **state)
{
	static const struct edit_rules fields[] = { { .compose = true }, { .compose = false } };
	static const int gaps_ms[] = { 0, 2, 60 };
	static const char backs[] = { 0x7f, 0x08 };
	size_t combinations = ARRAY_LEN(fields) * ARRAY_LEN(gaps_ms) * ARRAY_LEN(backs) * TYPING_METHODS;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
		case_name(streams[i].what);
		for (size_t c = 0; c < combinations; c++) {
			struct edit *edit = calloc(1, sizeof(*edit));
			struct buf bytes = BUF(4096);
			size_t n = c;
			const struct edit_rules *rules = &fields[n % ARRAY_LEN(fields)];
			int gap_ms = gaps_ms[(n /= ARRAY_LEN(fields)) % ARRAY_LEN(gaps_ms)];
			char back = backs[(n /= ARRAY_LEN(gaps_ms)) % ARRAY_LEN(backs)];

			assert_non_null(edit);
			edit_init(edit);
			spell(streams[i].bytes, back, &bytes);
			feed(edit, rules, (enum typing_method)(n / ARRAY_LEN(backs)), &bytes, gap_ms);
			assert_string_equal(edit->text, streams[i].text);
			assert_int_equal(edit->at, edit->len);
			buf_done(&bytes);
			free(edit);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_they_send_stands_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
