/*
 * telex.h - keys to Vietnamese letters: Telex and VNI.
 *
 * Pure: no allocation, no clock. A struct telex holds the word being typed,
 * its raw keys beside its letters; the caller owns the line it stands in.
 * Every call that may change the word writes `shown`: the text that takes the
 * place of what was shown of the word before (UTF-8 NFC, at most
 * TELEX_TEXT_MAX bytes with its NUL). No key is ever lost.
 *
 *	if (telex_key(&t, key, shown)) the word goes on: show `shown` in its place
 *	else                           the word is over: `shown` is its last form
 *	                               and the key itself; a new word starts behind
 *
 * Call telex_drop when the cursor moves, at a paste, and on entering a field;
 * telex_end at Enter, Tab and on leaving one. Fields that hold codes, numbers,
 * e-mail or passwords never compose: give their keys to no telex at all.
 */
#ifndef MOTCUA_TELEX_H
#define MOTCUA_TELEX_H

#include "db/base/wire.h"

enum telex_method { TELEX_TELEX, TELEX_VNI, TELEX_RAW };
enum telex_style { TELEX_OLD, TELEX_NEW }; /* hòa, hoà */

#define TELEX_KEYS_MAX 48
#define TELEX_TEXT_MAX (TELEX_KEYS_MAX * 3 + 8)

struct telex_letter {
	uint8_t letter; /* enum vn_letter; VN_NONE: `key` stands for itself */
	uint8_t upper;
	char key;  /* what made it */
};

struct telex_key {
	char key;
	int8_t owner; /* the letter it made or marked, or TELEX_TONE, TELEX_UNDONE */
};

struct telex_word {
	struct telex_letter letters[TELEX_KEYS_MAX];
	struct telex_key keys[TELEX_KEYS_MAX];
	uint8_t count, key_count;
	uint8_t tone;  /* enum vn_tone */
	bool literal;  /* after an undo: what follows is letters ... */
	uint8_t literal_from; /* ... from here on, and the tone stays before it */
};

struct telex {
	enum telex_method method;
	enum telex_style style;
	bool spelling; /* keys that lead to no syllable are letters; odd words go back to their keys */
	struct telex_word word;
	uint8_t silent;     /* no composing up to the next space or sign, and why */
	bool after_bracket; /* the last key was a bracket that stayed one */
};

void telex_init(struct telex *t, enum telex_method method, enum telex_style style, bool spelling);

/* One key, a code point. False: the word is over and `shown` ends with the key. */
bool telex_key(struct telex *t, int32_t key, char shown[TELEX_TEXT_MAX]);

/* One letter less, with its mark. False: there is no word; the caller takes a letter of its own text. */
bool telex_backspace(struct telex *t, char shown[TELEX_TEXT_MAX]);

/* The word is over without a key: what is no syllable goes back to its keys. */
void telex_end(struct telex *t, char shown[TELEX_TEXT_MAX]);

/* Give back the raw keys of the word, which then goes on as plain letters. */
void telex_restore(struct telex *t, char shown[TELEX_TEXT_MAX]);

/*
 * Another input method is at work in this word (its letter, mark or filler arrives): what was composed of its plain
 * letters goes back to them, and nothing composes up to the next space or sign.
 */
void telex_outside(struct telex *t, char shown[TELEX_TEXT_MAX]);

/* Forget the word; what is shown stays. */
void telex_drop(struct telex *t);

/* The word as shown now. */
void telex_shown(const struct telex *t, char shown[TELEX_TEXT_MAX]);

/* The word as it stands, for a draft, and back: typing goes on as if nothing had been. */
void telex_write(const struct telex *t, struct buf *out);
/* False: no bytes of a word; *t is then a word not begun. */
bool telex_read(struct telex *t, struct reader *r);

/*
 * Type a whole line: `line` (UTF-8, NFC) key by key, `<BS>` for Backspace.
 * Appends to `out`. The end of the line ends the last word gently: it goes
 * back to its keys only if it could begin no syllable, since a line may stop
 * in the middle of one.
 */
void telex_compose_line(enum telex_method method, enum telex_style style, const char *line, struct buf *out);

#endif
