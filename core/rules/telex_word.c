#include "core/rules/telex_word.h"

#include <string.h>

#include "core/rules/syllable.h"

enum { CIRCUMFLEX = 1, HORN = 2, BREVE = 4, STROKE = 8 };

static bool is_upper_key(char key)
{
	return key >= 'A' && key <= 'Z';
}

static char lower_key(char key)
{
	if (is_upper_key(key))
		return (char)((unsigned char)key | 0x20);
	return key;
}

/* The word */

void telex_word_letters(const struct telex_word *w, enum vn_letter letters[TELEX_KEYS_MAX])
{
	for (size_t i = 0; i < w->count; i++)
		letters[i] = (enum vn_letter)w->letters[i].letter;
}

bool telex_word_begins(const struct telex_word *w)
{
	enum vn_letter letters[TELEX_KEYS_MAX];

	telex_word_letters(w, letters);
	return syllable_begins(letters, w->count, (enum vn_tone)w->tone);
}

bool telex_word_has_vowel(const struct telex_word *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (vn_is_vowel((enum vn_letter)w->letters[i].letter))
			return true;
	return false;
}

bool telex_word_is_composed(const struct telex_word *w)
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

void telex_word_add(struct telex_word *w, enum vn_letter letter, char key)
{
	note_key(w, key, w->count);
	w->letters[w->count++] = (struct telex_letter){ (uint8_t)letter, is_upper_key(key), key };
}

void telex_word_remove_keys(struct telex_word *w, int owner)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->key_count; i++)
		if (w->keys[i].owner != owner)
			w->keys[kept++] = w->keys[i];
	w->key_count = (uint8_t)kept;
}

enum vn_letter telex_letter_of_key(char key)
{
	struct vn_char c;

	return vn_split(lower_key(key), &c) ? c.letter : VN_NONE;
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
	w->literal = true;
	w->literal_from = w->count;
	telex_word_add(w, telex_letter_of_key(key), key);
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

bool telex_take_tone(struct telex *t, char key)
{
	struct telex_word trial = t->word;
	enum vn_tone tone;

	if (!is_tone_key(t, key, &tone) || !telex_word_has_vowel(&trial))
		return false;
	if (tone == trial.tone) {
		if (tone == VN_NGANG || (t->spelling && !telex_word_begins(&trial)))
			return false;
		trial.tone = VN_NGANG;
		mark_undone(&trial, TELEX_TONE);
		end_undo(&trial, key);
		t->word = trial;
		return true;
	}
	trial.tone = (uint8_t)tone;
	if (t->spelling && !telex_word_begins(&trial))
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

	telex_word_letters(w, letters);
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
	if (t->spelling && !telex_word_begins(&trial))
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
	if (strict && !telex_word_begins(&trial))
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

void telex_word_remove(struct telex_word *w, size_t at)
{
	telex_word_remove_keys(w, (int)at);
	for (size_t i = at + 1; i < w->count; i++)
		w->letters[i - 1] = w->letters[i];
	w->count--;
	for (size_t i = 0; i < w->key_count; i++)
		if (w->keys[i].owner > (int)at)
			w->keys[i].owner--;
}

static void unmark(struct telex_word *w, size_t at)
{
	w->letters[at].letter = (uint8_t)telex_letter_of_key(vn_base((enum vn_letter)w->letters[at].letter));
	mark_undone(w, (int)at);
}

/* The same key again: the last letter with its mark loses it; ươ loses both. */
static bool undo_mark(struct telex *t, const struct mark_key *mk, char key)
{
	struct telex_word trial = t->word;
	size_t at = trial.count, u_at;

	if (t->spelling && !telex_word_begins(&trial))
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
		telex_word_remove(&trial, at);
	} else {
		unmark(&trial, at);
	}
	end_undo(&trial, key);
	t->word = trial;
	return true;
}

/* A letter of its own: w for ư where no vowel takes it, [ and ]. */
bool telex_add_horned(struct telex *t, enum vn_letter letter, char key)
{
	struct telex_word trial = t->word;

	if (!t->spelling && telex_word_has_vowel(&trial) && key != '[' && key != ']')
		return false;
	telex_word_add(&trial, letter, key);
	if (t->spelling && !telex_word_begins(&trial))
		return false;
	t->word = trial;
	return true;
}

/* Does a syllable begin with the word and `key` as one more letter? So in Êđ and e. */
static bool goes_on_with(const struct telex *t, char key)
{
	struct telex_word trial = t->word;

	telex_word_add(&trial, telex_letter_of_key(key), key);
	return telex_word_begins(&trial);
}

bool telex_take_mark(struct telex *t, char key)
{
	struct mark_key mk;

	if (!is_mark_key(t, key, &mk))
		return false;
	if (put_mark(t, &mk, key))
		return true;
	if (!goes_on_with(t, key) && undo_mark(t, &mk, key))
		return true;
	return lower_key(key) == 'w' && telex_add_horned(t, VN_UW, key);
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
	if (telex_word_begins(&trial))
		*w = trial;
}

void telex_take_letter(struct telex *t, char key)
{
	telex_word_add(&t->word, telex_letter_of_key(key), key);
	if (!t->word.literal)
		settle_horns(&t->word);
}
