/*
 * vn.h - Vietnamese letters: folded for search, ordered for lists.
 *
 * Pure tables; no state, no locale (glibc's vi_VN order is wrong and mostly
 * not installed). Takes NFC text that has passed utf8_clean; NFD gives the
 * same answers, more slowly; malformed bytes count as U+FFFD. Functions with
 * an `out` append to it.
 *
 * Folding is for finding, never for deciding that two people are one.
 */
#ifndef MOTCUA_VN_H
#define MOTCUA_VN_H

#include "db/base/buf.h"

/* Tones in the order of the dictionary. */
enum vn_tone { VN_NGANG, VN_HUYEN, VN_HOI, VN_NGA, VN_SAC, VN_NANG, VN_TONES };

/* The 33 letters in the order of the alphabet (f j w z are not Vietnamese but occur). */
enum vn_letter {
	VN_NONE,
	VN_A, VN_AW, VN_AA, VN_B, VN_C, VN_D, VN_DD, VN_E, VN_EE, VN_F, VN_G, VN_H, VN_I, VN_J, VN_K,
	VN_L, VN_M,
	VN_N, VN_O, VN_OO, VN_OW, VN_P, VN_Q, VN_R, VN_S, VN_T, VN_U, VN_UW, VN_V, VN_W, VN_X, VN_Y, VN_Z,
	VN_LETTERS
};

/* A letter taken apart: ễ is VN_EE with VN_NGA. */
struct vn_char {
	enum vn_letter letter;
	enum vn_tone tone;
	bool upper;
};

/* Take `cp` apart; false (and VN_NONE) if it is none of the 33 letters with or without a tone. */
bool vn_split(int32_t cp, struct vn_char *out);
/* Put it together again; a tone on a consonant is dropped. 0 for VN_NONE. */
int32_t vn_join(struct vn_char c);
/* The ASCII letter under it, in lower case: VN_EE gives 'e', VN_DD gives 'd'. */
char vn_base(enum vn_letter letter);
bool vn_is_vowel(enum vn_letter letter);

/*
 * For search: without accents, lower case, đ as d, white space collapsed and
 * trimmed. Old and new tone style, both cases, NFC and NFD fold to one text.
 */
void vn_fold(const char *s, struct buf *out);
/* For consoles that lack the glyphs, display only: no accents, case and spaces kept, one column each. */
void vn_plain(const char *s, struct buf *out);
/* Does `s` carry any tone, mark or đ? A name off a card without one is worth a second look. */
bool vn_has_accent(const char *s);

/*
 * A binary key whose byte order is the order of people's names: given name
 * (last word), surname, middle words; word by word, in each word letters, then
 * tones. Only names alike in all that are told apart by case, lower first. No
 * byte is 0; under 2 bytes a letter of the alphabet and 3 a word.
 */
void vn_sort_key(const char *name, struct buf *out);
/* The same for other text, words in the order they stand. */
void vn_sort_key_text(const char *text, struct buf *out);
/* Names in the order of vn_sort_key: below, equal to or above 0. */
int vn_compare(const char *a, const char *b);

#endif
