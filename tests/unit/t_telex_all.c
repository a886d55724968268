/*
 * t_telex_all.c - every Vietnamese syllable, typed in many orders.
 *
 * An oracle of its own: rimes are written out with sắc where each style puts
 * it; onsets, tones, orders of the keys and cases are combined by machine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/rules/telex.h"
#include "db/base/utf8.h"
#include "db/base/vn.h"

static const char *const onsets[] = {
	"", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
	"p", "ph",
	"qu", "r", "s", "t", "th", "tr", "v", "x", "br", "đr", "kl", "kr", "hm", "ml",
};

/* Old style, and new style where it differs. */
static const struct rime {
	const char *old_style, *new_style;
} rimes[] = {
	{ "á", NULL }, { "ác", NULL }, { "ách", NULL }, { "ái", NULL }, { "ák", NULL }, { "ám", NULL },
	{ "án", NULL }, { "áng", NULL }, { "ánh", NULL }, { "áo", NULL }, { "áp", NULL }, { "át", NULL },
	{ "áu", NULL }, { "áy", NULL }, { "ắc", NULL }, { "ắk", NULL }, { "ắm", NULL }, { "ắn", NULL },
	{ "ắng", NULL }, { "ắp", NULL }, { "ắt", NULL }, { "ấc", NULL }, { "ấm", NULL }, { "ấn", NULL },
	{ "ấng", NULL }, { "ấp", NULL }, { "ất", NULL }, { "ấu", NULL }, { "ấy", NULL }, { "é", NULL },
	{ "éc", NULL }, { "ék", NULL }, { "ém", NULL }, { "én", NULL }, { "éng", NULL }, { "éo", NULL },
	{ "ép", NULL }, { "ét", NULL }, { "ế", NULL }, { "ếch", NULL }, { "ếm", NULL }, { "ến", NULL },
	{ "ếnh", NULL }, { "ếp", NULL }, { "ết", NULL }, { "ếu", NULL }, { "í", NULL }, { "ía", NULL },
	{ "ích", NULL }, { "ím", NULL }, { "ín", NULL }, { "ính", NULL }, { "íp", NULL }, { "ít", NULL },
	{ "íu", NULL }, { "iếc", NULL }, { "iếm", NULL }, { "iến", NULL }, { "iếng", NULL },
	{ "iếp", NULL },
	{ "iết", NULL }, { "iếu", NULL }, { "ó", NULL }, { "óc", NULL }, { "ói", NULL }, { "ók", NULL },
	{ "óm", NULL }, { "ón", NULL }, { "óng", NULL }, { "óp", NULL }, { "ót", NULL }, { "óa", "oá" },
	{ "oác", NULL }, { "oách", NULL }, { "oái", NULL }, { "oám", NULL }, { "oán", NULL },
	{ "oáng", NULL },
	{ "oánh", NULL }, { "oáo", NULL }, { "oáp", NULL }, { "oát", NULL }, { "oáy", NULL },
	{ "oắc", NULL },
	{ "oắm", NULL }, { "oắn", NULL }, { "oắng", NULL }, { "oắt", NULL }, { "óe", "oé" },
	{ "oén", NULL },
	{ "oéo", NULL }, { "oét", NULL }, { "oóc", NULL }, { "oóng", NULL }, { "ố", NULL },
	{ "ốc", NULL }, { "ối", NULL }, { "ốk", NULL },
	{ "ốm", NULL }, { "ốn", NULL }, { "ống", NULL }, { "ốp", NULL }, { "ốt", NULL }, { "ớ", NULL },
	{ "ới", NULL }, { "ớm", NULL }, { "ớn", NULL }, { "ớp", NULL }, { "ớt", NULL }, { "ú", NULL },
	{ "úa", NULL }, { "úc", NULL }, { "úi", NULL }, { "úk", NULL }, { "úm", NULL }, { "ún", NULL },
	{ "úng", NULL }, { "úp", NULL }, { "út", NULL }, { "uấn", NULL }, { "uấng", NULL }, { "uất", NULL },
	{ "uấy", NULL }, { "uế", NULL }, { "uếch", NULL }, { "uếnh", NULL }, { "uớ", NULL },
	{ "uốc", NULL },
	{ "uối", NULL }, { "uốm", NULL }, { "uốn", NULL }, { "uống", NULL }, { "uốt", NULL },
	{ "úy", "uý" },
	{ "uýa", NULL }, { "uých", NULL }, { "uyến", NULL }, { "uyết", NULL }, { "uýnh", NULL },
	{ "uýp", NULL },
	{ "uýt", NULL }, { "uýu", NULL }, { "ứ", NULL }, { "ứa", NULL }, { "ức", NULL }, { "ứi", NULL },
	{ "ứm", NULL }, { "ứn", NULL }, { "ứng", NULL }, { "ứt", NULL }, { "ứu", NULL }, { "ướp", NULL },
	{ "ước", NULL }, { "ướm", NULL }, { "ướn", NULL }, { "ướng", NULL }, { "ướt", NULL },
	{ "ướu", NULL },
	{ "ưới", NULL }, { "ý", NULL }, { "yếm", NULL }, { "yến", NULL }, { "yếng", NULL }, { "yết", NULL },
	{ "yếu", NULL },
};

/* A syllable taken apart: what the keys are made from. */
struct parts {
	struct vn_char chars[12];
	size_t count, tone_at;
	enum vn_tone tone;
};

static void take_apart(struct parts *p, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		struct vn_char c;

		assert_true(vn_split(utf8_get(&text, end), &c));
		if (c.tone != VN_NGANG)
			p->tone_at = p->count;
		p->chars[p->count++] = c;
	}
}

static struct parts syllable(const char *onset, const char *rime, enum vn_tone tone)
{
	struct parts p = { .tone = tone };

	take_apart(&p, onset);
	take_apart(&p, rime);
	return p;
}

static bool can_be(const char *onset, const char *rime, enum vn_tone tone)
{
	char base[8] = "";
	struct buf folded = BUF(64);
	bool stop, fine = true;

	vn_fold(rime, &folded);
	snprintf(base, sizeof(base), "%s", buf_str(&folded));
	buf_done(&folded);
	stop = strchr("cpkt", base[strlen(base) - 1]) || strstr(base, "ch");
	if (stop && tone != VN_SAC && tone != VN_NANG)
		fine = false;
	if (onset[0] == 'q' && (base[0] == 'u' || base[0] == 'o'))
		fine = fine && (strcmp(rime, "ớ") == 0 || strcmp(rime, "ốc") == 0);
	/* gi- swallows the i; then the tone is another rule's */
	if (onset[0] == 'g' && base[0] == 'i' && (onset[1] == 'i' || strchr("aeu", base[1] ? base[1] : '-')))
		fine = false;
	/* uơ is typed as such only after these; ươ elsewhere */
	if (strcmp(rime, "uớ") == 0)
		fine = strcmp(onset, "h") == 0 || strcmp(onset, "kh") == 0 || strcmp(onset, "th") == 0;
	return fine;
}

static void expect_text(const struct parts *p, char out[64])
{
	size_t at = 0;

	for (size_t i = 0; i < p->count; i++) {
		struct vn_char c = p->chars[i];

		c.tone = i == p->tone_at ? p->tone : VN_NGANG;
		at += utf8_encode(vn_join(c), out + at);
	}
	out[at] = '\0';
}

static char mark_key(enum vn_letter letter, enum telex_method method)
{
	static const char telex_keys[VN_LETTERS] = {
		[VN_AA] = 'a', [VN_EE] = 'e', [VN_OO] = 'o', [VN_OW] = 'w', [VN_UW] = 'w', [VN_AW] = 'w', [VN_DD] = 'd',
	};
	static const char vni_keys[VN_LETTERS] = {
		[VN_AA] = '6', [VN_EE] = '6', [VN_OO] = '6', [VN_OW] = '7', [VN_UW] = '7', [VN_AW] = '8', [VN_DD] = '9',
	};

	if (method == TELEX_VNI)
		return vni_keys[letter];
	return telex_keys[letter];
}

/* When a mark or tone is typed, and how the horns of ươ are. */
enum when { AT_ONCE, AFTER_VOWELS, AT_END };
enum horns { BOTH, SECOND_ONLY, FIRST_ONLY, W_ALONE, HORNS };

struct order {
	enum when marks, tone;
	bool tone_first, late_d;
	enum horns horns;
};

static bool is_pair(const struct parts *p, size_t i)
{
	return i + 1 < p->count && p->chars[i].letter == VN_UW && p->chars[i + 1].letter == VN_OW;
}

/* Which mark keys letter `i` needs in this order of typing; ươ may do with one. */
static char needed_mark(const struct parts *p, size_t i, const struct order *order, enum telex_method method)
{
	bool more = i + 1 < p->count, first = is_pair(p, i), second = i && is_pair(p, i - 1);

	if (p->chars[i].letter == VN_DD && order->late_d)
		return '\0';
	if (first && (order->horns == SECOND_ONLY || order->marks != AT_ONCE))
		return '\0';
	if (second && order->horns == FIRST_ONLY && order->marks == AT_ONCE && more)
		return '\0';
	return mark_key(p->chars[i].letter, method);
}

static void type(const struct parts *p, const struct order *order, enum telex_method method, char *out)
{
	static const char telex_tones[] = "\0frxsj", vni_tones[] = "\0" "23415";
	char tone_key = (method == TELEX_VNI ? vni_tones : telex_tones)[p->tone], late[16];
	size_t lates = 0, n = 0, last_vowel = 0;

	for (size_t i = 0; i < p->count; i++)
		if (vn_is_vowel(p->chars[i].letter))
			last_vowel = i;
	for (size_t i = 0; i < p->count; i++) {
		enum vn_letter letter = p->chars[i].letter;
		char mark = needed_mark(p, i, order, method);
		bool alone = method == TELEX_TELEX && order->horns == W_ALONE && letter == VN_UW &&
		             (!i || !vn_is_vowel(p->chars[i - 1].letter));

		out[n++] = vn_base(letter);
		if (alone)
			out[n - 1] = 'w';
		if (mark && !alone && (order->marks == AT_ONCE || letter == VN_DD))
			out[n++] = mark;
		else if (mark && !alone)
			late[lates++] = mark;
		if (i == p->tone_at && order->tone == AT_ONCE && tone_key)
			out[n++] = tone_key;
		if (i == last_vowel && order->tone == AFTER_VOWELS && order->tone_first && tone_key)
			out[n++] = tone_key;
		if (i == last_vowel && order->marks == AFTER_VOWELS)
			while (lates)
				out[n++] = late[--lates];
		if (i == last_vowel && order->tone == AFTER_VOWELS && !order->tone_first && tone_key)
			out[n++] = tone_key;
	}
	if (order->tone == AT_END && order->tone_first && tone_key)
		out[n++] = tone_key;
	while (lates)
		out[n++] = late[--lates];
	if (order->late_d && p->chars[0].letter == VN_DD)
		out[n++] = mark_key(VN_DD, method);
	if (order->tone == AT_END && !order->tone_first && tone_key)
		out[n++] = tone_key;
	out[n] = '\0';
}

static const struct order orders[] = {
	{ AT_ONCE, AT_END, false, false, BOTH },
	{ AT_ONCE, AT_ONCE, false, false, BOTH },
	{ AT_ONCE, AT_END, false, false, SECOND_ONLY },
	{ AT_ONCE, AFTER_VOWELS, false, true, SECOND_ONLY },
	{ AT_ONCE, AT_END, false, true, FIRST_ONLY },
	{ AT_ONCE, AT_ONCE, false, false, FIRST_ONLY },
	{ AT_ONCE, AFTER_VOWELS, false, false, W_ALONE },
	{ AFTER_VOWELS, AFTER_VOWELS, true, false, BOTH },
	{ AFTER_VOWELS, AT_END, false, true, BOTH },
	{ AT_END, AT_END, false, false, BOTH },
	{ AT_END, AT_END, true, true, BOTH },
	{ AT_END, AT_ONCE, false, false, BOTH },
	{ AT_END, AFTER_VOWELS, false, true, BOTH },
};

enum caps { LOWER, TITLE, UPPER, CAPS };

static void assert_types(enum telex_method method, enum telex_style style, const char *keys,
			 const char *expected)
{
	struct buf got = BUF(256);

	telex_compose_line(method, style, keys, &got);
	if (strcmp(buf_str(&got), expected) != 0)
		fail_msg("%s gives %s, not %s", keys, buf_str(&got), expected);
	buf_done(&got);
}

static void put_case(enum caps caps, char *keys, char expected[64])
{
	struct buf text = BUF(63);
	size_t letters = caps == UPPER ? strlen(keys) : 1, first = utf8_next(expected, 0);

	for (size_t i = 0; i < letters && keys[i]; i++)
		if (keys[i] >= 'a' && keys[i] <= 'z')
			keys[i] = (char)((unsigned char)keys[i] & 0xDF);
	utf8_upper(expected, &text);
	if (caps == TITLE) {
		text.len = utf8_next(buf_str(&text), 0);
		buf_text(&text, expected + first);
	}
	assert_false(text.full);
	memcpy(expected, buf_str(&text), text.len + 1);
	buf_done(&text);
}

static void assert_syllable(const struct parts *p, enum telex_style style, enum telex_method method,
			    size_t order)
{
	char keys[64], expected[64];

	type(p, &orders[order], method, keys);
	expect_text(p, expected);
	if (order % CAPS != LOWER)
		put_case((enum caps)(order % CAPS), keys, expected);
	/* a space ends the word: what is no syllable would go back to its keys */
	snprintf(keys + strlen(keys), 3, " -");
	snprintf(expected + strlen(expected), 3, " -");
	assert_types(method, style, keys, expected);
}

static bool is_double_o(const char *rime)
{
	return strncmp(rime, "oó", strlen("oó")) == 0;
}

static void every_syllable_can_be_typed(void **state)
{
	size_t typed = 0;

	(void)state;
	for (size_t o = 0; o < ARRAY_LEN(onsets); o++) {
		for (size_t r = 0; r < ARRAY_LEN(rimes) * 2 * VN_TONES; r++) {
			const struct rime *rime = &rimes[r / (2 * VN_TONES)];
			enum vn_tone tone = (enum vn_tone)(r % VN_TONES);
			enum telex_style style = (enum telex_style)(r / VN_TONES % 2);
			bool differs = rime->new_style && onsets[o][0] != 'q';
			struct parts p;

			if (!can_be(onsets[o], rime->old_style, tone) || (style == TELEX_NEW && !differs))
				continue;
			p = syllable(onsets[o], style == TELEX_NEW ? rime->new_style : rime->old_style, tone);
			/* a third of the orders for each syllable, in turn: quick, and all are met */
			for (size_t i = (o + r / VN_TONES) % 3; i < ARRAY_LEN(orders); i += 3) {
				if (!is_double_o(rime->old_style))
					assert_syllable(&p, style, TELEX_TELEX, i);
				assert_syllable(&p, style, TELEX_VNI, i);
				typed++;
			}
		}
	}
	print_message("%zu ways of typing\n", typed);
	assert_true(typed > 100000);
}

/* What is left after Backspace: the first letters with their marks, and the tone while there is a vowel. */
static void assert_left(const char *shown, const struct parts *p, size_t left, const char *keys)
{
	const char *end = shown + strlen(shown);
	size_t tones = 0, count = 0;
	bool vowel = false;

	while (shown < end) {
		struct vn_char c;

		assert_true(vn_split(utf8_get(&shown, end), &c));
		if (count >= left || c.letter != p->chars[count].letter)
			fail_msg("%s: letter %zu after Backspace", keys, count);
		tones += c.tone == p->tone;
		vowel = vowel || vn_is_vowel(c.letter);
		count++;
	}
	if (count != left || (p->tone != VN_NGANG && tones != vowel))
		fail_msg("%s: %zu letters and %zu tones after Backspace", keys, count, tones);
}

static void assert_backspaces(const struct parts *p, enum telex_method method)
{
	static const struct order plain = { AT_ONCE, AT_END, false, false, BOTH };
	char keys[64], more[64], expected[64];
	bool vowel_left = true;

	type(p, &plain, method, keys);
	expect_text(p, expected);
	for (size_t left = p->count; vowel_left && left > 0; left--) {
		struct parts removed = { .tone_at = SIZE_MAX };
		struct buf out = BUF(256), line = BUF(256);

		vowel_left = false;
		for (size_t i = 0; i < left; i++)
			vowel_left = vowel_left || vn_is_vowel(p->chars[i].letter);
		for (size_t i = left; i < p->count; i++)
			removed.chars[removed.count++] = p->chars[i];
		buf_text(&line, keys);
		for (size_t i = left; i < p->count; i++)
			buf_text(&line, "<BS>");
		telex_compose_line(method, TELEX_OLD, buf_str(&line), &out);
		assert_left(buf_str(&out), p, left, buf_str(&line));
		type(&removed, &plain, method, more);
		buf_text(&line, more);
		if (vowel_left)
			assert_types(method, TELEX_OLD, buf_str(&line), expected);
		buf_done(&out);
		buf_done(&line);
	}
}

static void every_syllable_can_be_taken_back(void **state)
{
	(void)state;
	for (size_t o = 0; o < ARRAY_LEN(onsets); o++) {
		for (size_t r = 0; r < ARRAY_LEN(rimes); r++) {
			enum vn_tone tone = (r + o) % 3 ? VN_SAC : VN_NANG;
			struct parts p;

			if (!can_be(onsets[o], rimes[r].old_style, tone))
				continue;
			if (onsets[o][0] == 'q' && rimes[r].new_style)
				continue;
			p = syllable(onsets[o], rimes[r].old_style, tone);
			if (!is_double_o(rimes[r].old_style))
				assert_backspaces(&p, TELEX_TELEX);
			assert_backspaces(&p, TELEX_VNI);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_syllable_can_be_typed),
		cmocka_unit_test(every_syllable_can_be_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
