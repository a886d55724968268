#include "core/rules/telex.h"

#include <string.h>

#include "core/rules/syllable.h"
#include "core/rules/telex_word.h"
#include "db/base/utf8.h"

/* Why nothing composes until the next space or sign. */
enum { SILENT_NO, SILENT_DIGIT, SILENT_OUTSIDE };

static bool is_letter_key(int32_t key)
{
	return (key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z');
}

static bool is_digit_key(int32_t key)
{
	return key >= '0' && key <= '9';
}

/* Text */

static size_t put_text(char *shown, size_t at, int32_t cp)
{
	at += utf8_encode(cp, shown + at);
	shown[at] = '\0';
	return at;
}

/* Brackets have no case: their letters are capitals in a word that is otherwise all capitals. */
static bool brackets_are_upper(const struct telex_word *w)
{
	size_t capitals = 0;

	for (size_t i = 0; i < w->count; i++) {
		if (w->letters[i].key == '[' || w->letters[i].key == ']')
			continue;
		if (!w->letters[i].upper)
			return false;
		capitals++;
	}
	return capitals > 1;
}

static size_t put_word(const struct telex *t, char *shown)
{
	const struct telex_word *w = &t->word;
	enum vn_letter letters[TELEX_KEYS_MAX];
	bool brackets_upper = brackets_are_upper(w);
	size_t at = 0, tone_at;

	telex_word_letters(w, letters);
	tone_at = syllable_tone_at(letters, w->literal ? w->literal_from : w->count, t->style == TELEX_NEW);
	shown[0] = '\0';
	for (size_t i = 0; i < w->count; i++) {
		const struct telex_letter *l = &w->letters[i];
		struct vn_char c = { letters[i], i == tone_at ? (enum vn_tone)w->tone : VN_NGANG, l->upper };

		if (l->key == '[' || l->key == ']')
			c.upper = brackets_upper;
		at = put_text(shown, at, c.letter ? vn_join(c) : l->key);
	}
	return at;
}

static size_t put_keys(const struct telex_word *w, char *shown)
{
	size_t at = 0;

	shown[0] = '\0';
	for (size_t i = 0; i < w->key_count; i++)
		at = put_text(shown, at, w->keys[i].key);
	return at;
}

/* Close the word into `shown`; `gently`, only what could begin no syllable goes back to its keys. */
static size_t finish(struct telex *t, bool gently, char *shown)
{
	const struct telex_word *w = &t->word;
	enum vn_letter letters[TELEX_KEYS_MAX];
	bool restore = false;
	size_t len;

	telex_word_letters(w, letters);
	if (t->spelling && !w->literal && telex_word_is_composed(w))
		restore = gently ? !telex_word_begins(w) : !syllable_whole(letters, w->count, (enum vn_tone)w->tone);
	len = restore ? put_keys(w, shown) : put_word(t, shown);
	t->word = (struct telex_word){ 0 };
	return len;
}

/* [ is ơ, ] is ư; twice is the bracket. False: it is a sign like any other. */
static bool take_bracket(struct telex *t, char key)
{
	struct telex_word *w = &t->word;

	if (w->literal || t->silent || t->after_bracket)
		return false;
	if (w->count && w->letters[w->count - 1].key == key) {
		telex_word_remove(w, w->count - 1u);
		return false;
	}
	return telex_add_horned(t, key == '[' ? VN_OW : VN_UW, key);
}

/* The word is over by another input method's doing, which knows nothing of our composing. */
static size_t give_back(struct telex *t, char *shown)
{
	const struct telex_word *w = &t->word;

	return !w->literal && telex_word_is_composed(w) ? put_keys(w, shown) : put_word(t, shown);
}

/* The word is over; `key` stands behind it. */
static bool close_with(struct telex *t, int32_t key, unsigned silent, char *shown)
{
	size_t len = silent == SILENT_OUTSIDE ? give_back(t, shown) : finish(t, false, shown);

	t->word = (struct telex_word){ 0 };
	t->silent = (uint8_t)silent;
	put_text(shown, len, key);
	return false;
}

static bool is_compose_key(const struct telex *t, int32_t key)
{
	return is_letter_key(key) || (t->method == TELEX_VNI && is_digit_key(key));
}

void telex_init(struct telex *t, enum telex_method method, enum telex_style style, bool spelling)
{
	*t = (struct telex){ .method = method, .style = style, .spelling = spelling };
}

bool telex_key(struct telex *t, int32_t key, char shown[TELEX_TEXT_MAX])
{
	bool bracket = t->method == TELEX_TELEX && (key == '[' || key == ']');

	if (t->method == TELEX_RAW)
		return close_with(t, key, SILENT_NO, shown);
	if (key >= 0x80)
		return close_with(t, key, utf8_is_letter(key) ? SILENT_OUTSIDE : SILENT_NO, shown);
	if (bracket && t->word.key_count < TELEX_KEYS_MAX && take_bracket(t, (char)key)) {
		put_word(t, shown);
		return true;
	}
	t->after_bracket = bracket;
	if (!is_compose_key(t, key))
		return close_with(t, key, SILENT_NO, shown);
	if (t->silent)
		return close_with(t, key, t->silent, shown);
	if (t->word.key_count == TELEX_KEYS_MAX)
		return close_with(t, key, SILENT_DIGIT, shown);
	if (t->word.literal || !(telex_take_tone(t, (char)key) || telex_take_mark(t, (char)key))) {
		if (is_digit_key(key) && !t->word.literal)
			return close_with(t, key, SILENT_DIGIT, shown);
		telex_take_letter(t, (char)key);
	}
	put_word(t, shown);
	return true;
}

bool telex_backspace(struct telex *t, char shown[TELEX_TEXT_MAX])
{
	struct telex_word *w = &t->word;

	t->after_bracket = false;
	shown[0] = '\0';
	if (!w->count) {
		if (t->silent == SILENT_DIGIT)
			t->silent = SILENT_NO;
		return false;
	}
	telex_word_remove(w, w->count - 1u);
	telex_word_remove_keys(w, TELEX_UNDONE);
	w->literal = false;
	if (!telex_word_has_vowel(w)) {
		w->tone = VN_NGANG;
		telex_word_remove_keys(w, TELEX_TONE);
	}
	put_word(t, shown);
	return true;
}

void telex_end(struct telex *t, char shown[TELEX_TEXT_MAX])
{
	finish(t, false, shown);
	telex_drop(t);
}

void telex_restore(struct telex *t, char shown[TELEX_TEXT_MAX])
{
	struct telex_word raw = { .literal = true };

	for (size_t i = 0; i < t->word.key_count; i++)
		telex_word_add(&raw, telex_letter_of_key(t->word.keys[i].key), t->word.keys[i].key);
	t->word = raw;
	put_word(t, shown);
}

void telex_outside(struct telex *t, char shown[TELEX_TEXT_MAX])
{
	give_back(t, shown);
	t->word = (struct telex_word){ 0 };
	t->silent = SILENT_OUTSIDE;
}

void telex_drop(struct telex *t)
{
	t->word = (struct telex_word){ 0 };
	t->silent = SILENT_NO;
	t->after_bracket = false;
}

void telex_shown(const struct telex *t, char shown[TELEX_TEXT_MAX])
{
	put_word(t, shown);
}

/* A draft */

void telex_write(const struct telex *t, struct buf *out)
{
	const struct telex_word *w = &t->word;
	const uint8_t head[] = { (uint8_t)t->method, (uint8_t)t->style, t->spelling, t->silent, t->after_bracket,
				 w->tone, w->literal, w->literal_from, w->count, w->key_count };

	buf_add(out, head, sizeof(head));
	for (size_t i = 0; i < w->count; i++) {
		buf_byte(out, w->letters[i].letter);
		buf_byte(out, w->letters[i].upper);
		buf_byte(out, (uint8_t)w->letters[i].key);
	}
	for (size_t i = 0; i < w->key_count; i++) {
		buf_byte(out, (uint8_t)w->keys[i].key);
		buf_byte(out, (uint8_t)w->keys[i].owner);
	}
}

static bool read_letters(struct telex_word *w, struct reader *r)
{
	for (size_t i = 0; i < w->count; i++) {
		struct telex_letter *l = &w->letters[i];

		l->letter = wire_byte(r);
		l->upper = wire_byte(r);
		l->key = (char)wire_byte(r);
		if (l->letter >= VN_LETTERS || l->upper > 1 || l->key <= ' ' || l->key > '~')
			return false;
	}
	for (size_t i = 0; i < w->key_count; i++) {
		w->keys[i].key = (char)wire_byte(r);
		w->keys[i].owner = (int8_t)wire_byte(r);
		if (w->keys[i].key <= ' ' || w->keys[i].key > '~' || w->keys[i].owner < TELEX_UNDONE ||
		    w->keys[i].owner >= w->count)
			return false;
	}
	return true;
}

static bool read_word(struct telex *t, struct reader *r)
{
	struct telex_word *w = &t->word;
	uint8_t method = wire_byte(r), style = wire_byte(r), spelling = wire_byte(r), bracket, literal;

	t->silent = wire_byte(r);
	bracket = wire_byte(r);
	w->tone = wire_byte(r);
	literal = wire_byte(r);
	w->literal_from = wire_byte(r);
	w->count = wire_byte(r);
	w->key_count = wire_byte(r);
	if (r->bad || method > TELEX_RAW || style > TELEX_NEW || spelling > 1 || t->silent > SILENT_OUTSIDE ||
	    bracket > 1 || w->tone >= VN_TONES || literal > 1 || w->count > TELEX_KEYS_MAX ||
	    w->key_count > TELEX_KEYS_MAX || w->literal_from > w->count)
		return false;
	t->method = (enum telex_method)method;
	t->style = (enum telex_style)style;
	t->spelling = spelling;
	t->after_bracket = bracket;
	w->literal = literal;
	return read_letters(w, r) && !r->bad;
}

bool telex_read(struct telex *t, struct reader *r)
{
	telex_init(t, TELEX_TELEX, TELEX_OLD, true);
	if (read_word(t, r))
		return true;
	telex_init(t, TELEX_TELEX, TELEX_OLD, true);
	return false;
}

/* A line */

static void shorten(struct buf *out, size_t len)
{
	out->len = len;
	if (out->data)
		out->data[len] = '\0';
}

void telex_compose_line(enum telex_method method, enum telex_style style, const char *line, struct buf *out)
{
	const char *end = line + strlen(line);
	size_t start = out->len, word_at = start;
	char shown[TELEX_TEXT_MAX];
	struct telex t;

	telex_init(&t, method, style, true);
	while (line < end) {
		bool goes_on;

		if (strncmp(line, "<BS>", 4) == 0) {
			line += 4;
			if (!telex_backspace(&t, shown)) {
				size_t len = utf8_prev(buf_str(out) + start, out->len - start);

				shorten(out, start + len);
				word_at = out->len;
				continue;
			}
			goes_on = true;
		} else {
			int32_t key = utf8_get(&line, end);

			goes_on = telex_key(&t, key < 0 ? 0xFFFD : key, shown);
		}
		shorten(out, word_at);
		buf_text(out, shown);
		if (!goes_on)
			word_at = out->len;
	}
	shorten(out, word_at);
	finish(&t, true, shown);
	buf_text(out, shown);
}
