/*
 * telex_word.h - inside telex: the word being typed, and what a key does to it.
 *
 * Pure. Every `take` tries the key on a copy and keeps it only if it leads
 * somewhere; false means nothing changed and the key is for somebody else.
 * All need room for one more key and letter (key_count < TELEX_KEYS_MAX).
 */
#ifndef MOTCUA_TELEX_WORD_H
#define MOTCUA_TELEX_WORD_H

#include "core/rules/telex.h"
#include "db/base/vn.h"

/* Owners of a key that is no letter's. */
#define TELEX_TONE (-1)
#define TELEX_UNDONE (-2)

void telex_word_letters(const struct telex_word *w, enum vn_letter letters[TELEX_KEYS_MAX]);
/* Can it become a syllable? */
bool telex_word_begins(const struct telex_word *w);
bool telex_word_has_vowel(const struct telex_word *w);
/* Does it carry a mark or tone? */
bool telex_word_is_composed(const struct telex_word *w);

/* One letter at the end, as it is. */
void telex_word_add(struct telex_word *w, enum vn_letter letter, char key);
/* Take letter `at` and its keys away. */
void telex_word_remove(struct telex_word *w, size_t at);
/* Forget the keys of `owner`: a letter's place, TELEX_TONE or TELEX_UNDONE. */
void telex_word_remove_keys(struct telex_word *w, int owner);

/* The letter a key stands for, without case; VN_NONE for digits and signs. */
enum vn_letter telex_letter_of_key(char key);

bool telex_take_tone(struct telex *t, char key);
bool telex_take_mark(struct telex *t, char key);
/* ơ or ư as a letter of its own, made by w or a bracket. */
bool telex_add_horned(struct telex *t, enum vn_letter letter, char key);
/* A plain letter; one horn before it becomes two. */
void telex_take_letter(struct telex *t, char key);

#endif
