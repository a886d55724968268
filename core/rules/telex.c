#include "core/rules/telex.h"

#include <string.h>

#include "core/rules/syllable.h"
#include "db/base/utf8.h"

#define TELEX_TONE (-1)
#define TELEX_UNDONE (-2)

/* Why nothing composes until the next space or sign. */
enum { SILENT_NO, SILENT_DIGIT, SILENT_OUTSIDE };

enum { CIRCUMFLEX = 1, HORN = 2, BREVE = 4, STROKE = 8 };

static bool is_letter_key(int32_t key)
{
	return (key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z');
}

static bool is_digit_key(int32_t key)
{
	return key >= '0' && key <= '9';
}

static bool is_upper_key(char key)
{
	return key >= 'A' && key <= 'Z';
}

static char lower_key(char key)
{
	return is_upper_key(key) ? (char)(key + ('a' - 'A')) : key;
}

/* The word */

static void spell_out(const struct telex_word *w, enum vn_letter letters[TELEX_KEYS_MAX])
{
	for (size_t i = 0; i < w->count; i++)
		letters[i] = (enum vn_letter)w->letters[i].letter;
}

static bool begins(const struct telex_word *w)
{
	enum vn_letter letters[TELEX_KEYS_MAX];

	spell_out(w, letters);
	return syllable_begins(letters, w->count, (enum vn_tone)w->tone);
}

static bool has_vowel(const struct telex_word *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (vn_is_vowel((enum vn_letter)w->letters[i].letter))
			return true;
	return false;
}

static bool is_composed(const struct telex_word *w)
{
	bool composed = w->tone != VN_NGANG;

	for (size_t i = 0; i < w->count; i++)
		composed = composed || syllable_mark((enum vn_letter)w->letters[i].letter);
	return composed;
}

/* A key that changed letter `owner`, or the tone; callers have made sure of room. */
static void note_key(struct telex_word *w, char key, int owner)
{
	w->keys[w->key_count++] = (struct telex_key){ key, (int8_t)owner };
}

static void add_letter(struct telex_word *w, enum vn_letter letter, char key)
{
	note_key(w, key, w->count);
	w->letters[w->count++] = (struct telex_letter){ (uint8_t)letter, is_upper_key(key), key };
}

static void remove_keys_of(struct telex_word *w, int owner)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->key_count; i++)
		if (w->keys[i].owner != owner)
			w->keys[kept++] = w->keys[i];
	w->key_count = (uint8_t)kept;
}

static enum vn_letter letter_of_key(char key)
{
	struct vn_char c;

	return vn_split(lower_key(key), &c) ? c.letter : VN_NONE;
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

	spell_out(w, letters);
	tone_at = syllable_tone_at(letters, w->count, t->style == TELEX_NEW);
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

	spell_out(w, letters);
	if (t->spelling && !w->literal && is_composed(w))
		restore = gently ? !begins(w) : !syllable_whole(letters, w->count, (enum vn_tone)w->tone);
	len = restore ? put_keys(w, shown) : put_word(t, shown);
	t->word = (struct telex_word){ 0 };
	return len;
}

/* Tones */

static bool is_tone_key(const struct telex *t, char key, enum vn_tone *tone)
{
	static const char telex_keys[VN_TONES + 1] = "zfrxsj", vni_keys[VN_TONES + 1] = "023415";
	const char *keys = t->method == TELEX_VNI ? vni_keys : telex_keys;
	const char *found = strchr(keys, lower_key(key));

	if (!found)
		return false;
	*tone = (enum vn_tone)(found - keys);
	return true;
}

/* The key that undoes stands as a letter, and so does all that follows. */
static void end_undo(struct telex_word *w, char key)
{
	add_letter(w, letter_of_key(key), key);
	w->literal = true;
}

static void mark_undone(struct telex_word *w, int owner)
{
	bool own = owner >= 0; /* the key that made the letter stays with it */

	for (size_t i = 0; i < w->key_count; i++) {
		if (w->keys[i].owner == owner && !own)
			w->keys[i].owner = TELEX_UNDONE;
		if (w->keys[i].owner == owner)
			own = false;
	}
}

static bool take_tone(struct telex *t, char key)
{
	struct telex_word trial = t->word;
	enum vn_tone tone;

	if (!is_tone_key(t, key, &tone) || !has_vowel(&trial))
		return false;
	if (tone == trial.tone) {
		if (tone == VN_NGANG || (t->spelling && !begins(&trial)))
			return false;
		trial.tone = VN_NGANG;
		mark_undone(&trial, TELEX_TONE);
		end_undo(&trial, key);
		t->word = trial;
		return true;
	}
	trial.tone = (uint8_t)tone;
	if (t->spelling && !begins(&trial))
		return false;
	note_key(&trial, key, TELEX_TONE);
	t->word = trial;
	return true;
}

/* Marks */

struct mark_key {
	unsigned marks;
	char base; /* only on this letter; 0: any that takes it */
};

static bool is_mark_key(const struct telex *t, char key, struct mark_key *out)
{
	static const struct {
		char key;
		struct mark_key mark;
	} telex_marks[] = {
		{ 'a', { CIRCUMFLEX, 'a' } }, { 'e', { CIRCUMFLEX, 'e' } },   { 'o', { CIRCUMFLEX, 'o' } },
		{ 'd', { STROKE, 'd' } },     { 'w', { HORN | BREVE, '\0' } },
	}, vni_marks[] = {
		{ '6', { CIRCUMFLEX, '\0' } }, { '7', { HORN, '\0' } },
		{ '8', { BREVE, '\0' } }, { '9', { STROKE, '\0' } },
	};
	bool vni = t->method == TELEX_VNI;
	size_t count = vni ? ARRAY_LEN(vni_marks) : ARRAY_LEN(telex_marks);

	for (size_t i = 0; i < count; i++) {
		if ((vni ? vni_marks[i].key : telex_marks[i].key) == lower_key(key)) {
			*out = vni ? vni_marks[i].mark : telex_marks[i].mark;
			return true;
		}
	}
	return false;
}

/* The letter under `letter` with one of the marks of `mk`; VN_NONE if it takes none. */
static enum vn_letter marked(enum vn_letter letter, const struct mark_key *mk)
{
	char base = vn_base(letter);

	if (mk->base && mk->base != base)
		return VN_NONE;
	switch (base) {
	case 'a':
		if (mk->marks & CIRCUMFLEX)
			return VN_AA;
		return mk->marks & BREVE ? VN_AW : VN_NONE;
	case 'e':
		return mk->marks & CIRCUMFLEX ? VN_EE : VN_NONE;
	case 'o':
		if (mk->marks & CIRCUMFLEX)
			return VN_OO;
		return mk->marks & HORN ? VN_OW : VN_NONE;
	case 'u':
		return mk->marks & HORN ? VN_UW : VN_NONE;
	case 'd':
		return mk->marks & STROKE ? VN_DD : VN_NONE;
	default:
		return VN_NONE;
	}
}

/* The u of a u-o pair among the vowels; false if there is none. */
static bool find_uo(const struct telex_word *w, size_t *at)
{
	enum vn_letter letters[TELEX_KEYS_MAX];
	size_t from, to;

	spell_out(w, letters);
	syllable_vowels(letters, w->count, &from, &to);
	for (size_t i = from; i + 1 < to; i++) {
		if (vn_base(letters[i]) == 'u' && vn_base(letters[i + 1]) == 'o') {
			*at = i;
			return true;
		}
	}
	return false;
}

/* huơ, khuơ, thuơ are words; after other onsets u and o get their horns together. */
static bool keeps_plain_u(const struct telex_word *w, size_t u_at)
{
	enum vn_letter first = (enum vn_letter)w->letters[0].letter;

	if (u_at + 2 != w->count)
		return false;
	if (u_at == 1)
		return first == VN_H;
	return u_at == 2 && w->letters[1].letter == VN_H && (first == VN_K || first == VN_T);
}

/* Horns on a u-o pair that has not got all it takes. */
static bool put_horns(struct telex *t, size_t u_at, char key)
{
	struct telex_word trial = t->word;
	struct telex_letter *u = &trial.letters[u_at], *o = u + 1;
	bool plain_u = u->letter != VN_UW && keeps_plain_u(&trial, u_at);

	if (o->letter == VN_OW && (u->letter == VN_UW || plain_u))
		return false;
	o->letter = VN_OW;
	if (!plain_u)
		u->letter = VN_UW;
	if (t->spelling && !begins(&trial))
		return false;
	note_key(&trial, key, (int)u_at);
	t->word = trial;
	return true;
}

static bool put_mark_at(struct telex *t, const struct mark_key *mk, char key, size_t at, bool strict)
{
	struct telex_word trial = t->word;
	enum vn_letter was = (enum vn_letter)trial.letters[at].letter, now = marked(was, mk);

	if (now == VN_NONE || now == was)
		return false;
	trial.letters[at].letter = (uint8_t)now;
	/* ươ and o give uô, ưa and a give uâ */
	if ((now == VN_OO || now == VN_AA) && at && trial.letters[at - 1].letter == VN_UW)
		trial.letters[at - 1].letter = VN_U;
	if (strict && !begins(&trial))
		return false;
	note_key(&trial, key, (int)at);
	t->word = trial;
	return true;
}

static bool put_mark(struct telex *t, const struct mark_key *mk, char key)
{
	size_t u_at;

	if ((mk->marks & HORN) && find_uo(&t->word, &u_at))
		return put_horns(t, u_at, key);
	for (size_t i = t->word.count; i > 0; i--)
		if (put_mark_at(t, mk, key, i - 1, true))
			return true;
	for (size_t i = t->word.count; i > 0 && !t->spelling; i--)
		if (put_mark_at(t, mk, key, i - 1, false))
			return true;
	return false;
}

static void remove_letter(struct telex_word *w, size_t at)
{
	remove_keys_of(w, (int)at);
	for (size_t i = at + 1; i < w->count; i++)
		w->letters[i - 1] = w->letters[i];
	w->count--;
	for (size_t i = 0; i < w->key_count; i++)
		if (w->keys[i].owner > (int)at)
			w->keys[i].owner--;
}

static void unmark(struct telex_word *w, size_t at)
{
	w->letters[at].letter = (uint8_t)letter_of_key(vn_base((enum vn_letter)w->letters[at].letter));
	mark_undone(w, (int)at);
}

/* The same key again: the last letter with its mark loses it; ươ loses both. */
static bool undo_mark(struct telex *t, const struct mark_key *mk, char key)
{
	struct telex_word trial = t->word;
	size_t at = trial.count, u_at;

	if (t->spelling && !begins(&trial))
		return false;
	while (at > 0) {
		enum vn_letter letter = (enum vn_letter)trial.letters[--at].letter;

		if (syllable_mark(letter) && marked(letter, mk) == letter)
			break;
		if (!at)
			return false;
	}
	if (!trial.count)
		return false;
	if (find_uo(&trial, &u_at) && trial.letters[u_at + 1].letter == VN_OW) {
		unmark(&trial, u_at);
		unmark(&trial, u_at + 1);
	} else if (lower_key(trial.letters[at].key) == 'w') {
		remove_letter(&trial, at);
	} else {
		unmark(&trial, at);
	}
	end_undo(&trial, key);
	t->word = trial;
	return true;
}

/* A letter of its own: w for ư where no vowel takes it, [ and ]. */
static bool add_horned(struct telex *t, enum vn_letter letter, char key)
{
	struct telex_word trial = t->word;

	if (!t->spelling && has_vowel(&trial) && key != '[' && key != ']')
		return false;
	add_letter(&trial, letter, key);
	if (t->spelling && !begins(&trial))
		return false;
	t->word = trial;
	return true;
}

/* Does a syllable begin with the word and `key` as one more letter? So in Êđ and e. */
static bool goes_on_with(const struct telex *t, char key)
{
	struct telex_word trial = t->word;

	add_letter(&trial, letter_of_key(key), key);
	return begins(&trial);
}

static bool take_mark(struct telex *t, char key)
{
	struct mark_key mk;

	if (!is_mark_key(t, key, &mk))
		return false;
	if (put_mark(t, &mk, key))
		return true;
	if (!goes_on_with(t, key) && undo_mark(t, &mk, key))
		return true;
	return lower_key(key) == 'w' && add_horned(t, VN_UW, key);
}

/* Letters */

/* Once a letter follows, one horn is enough for both: thuơ and ng give thương. */
static void settle_horns(struct telex_word *w)
{
	struct telex_word trial = *w;
	size_t u_at;

	if (!find_uo(&trial, &u_at) || u_at + 2 >= trial.count)
		return;
	if (trial.letters[u_at].letter != VN_UW && trial.letters[u_at + 1].letter != VN_OW)
		return;
	trial.letters[u_at].letter = VN_UW;
	trial.letters[u_at + 1].letter = VN_OW;
	if (begins(&trial))
		*w = trial;
}

static void take_letter(struct telex *t, char key)
{
	add_letter(&t->word, letter_of_key(key), key);
	if (!t->word.literal)
		settle_horns(&t->word);
}

/* [ is ơ, ] is ư; twice is the bracket. False: it is a sign like any other. */
static bool take_bracket(struct telex *t, char key)
{
	struct telex_word *w = &t->word;

	if (w->literal || t->silent || t->after_bracket)
		return false;
	if (w->count && w->letters[w->count - 1].key == key) {
		remove_letter(w, w->count - 1u);
		return false;
	}
	return add_horned(t, key == '[' ? VN_OW : VN_UW, key);
}

/* The word is over; `key` stands behind it. */
static bool close_with(struct telex *t, int32_t key, unsigned silent, char *shown)
{
	size_t len = silent == SILENT_OUTSIDE ? put_word(t, shown) : finish(t, false, shown);

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
	if (t->word.literal || !(take_tone(t, (char)key) || take_mark(t, (char)key))) {
		if (is_digit_key(key) && !t->word.literal)
			return close_with(t, key, SILENT_DIGIT, shown);
		take_letter(t, (char)key);
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
	remove_letter(w, w->count - 1u);
	remove_keys_of(w, TELEX_UNDONE);
	w->literal = false;
	if (!has_vowel(w)) {
		w->tone = VN_NGANG;
		remove_keys_of(w, TELEX_TONE);
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
		add_letter(&raw, letter_of_key(t->word.keys[i].key), t->word.keys[i].key);
	t->word = raw;
	put_word(t, shown);
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
