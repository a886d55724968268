/*
 * syllable.h - which letters make a Vietnamese syllable, and where its tone sits.
 *
 * Pure tables; no allocation. Letters carry their marks, the tone belongs to
 * the whole syllable. Highland names that break the rules of Vietnamese
 * (Krông Búk, Đắk, Niê, Êban, Hmông) are in the tables: they are in the
 * registers of every ward. Source: the public rules of spelling.
 */
#ifndef MOTCUA_SYLLABLE_H
#define MOTCUA_SYLLABLE_H

#include "db/base/vn.h"

/*
 * Can these letters, more letters and more marks become a syllable? An
 * unmarked letter may still get its mark; a stop at the end takes only sắc
 * and nặng (or no tone yet). Nothing at all can.
 */
bool syllable_begins(const enum vn_letter *letters, size_t count, enum vn_tone tone);

/* Is it one as it stands? A single letter is; a stop without its tone is, as typists leave it. */
bool syllable_whole(const enum vn_letter *letters, size_t count, enum vn_tone tone);

/* Where the vowels stand, [*from, *to): the u of qu- and the i of gi- are not among them when more follow. */
void syllable_vowels(const enum vn_letter *letters, size_t count, size_t *from, size_t *to);

/* Which letter bears the tone (hòa or, new style, hoà); `count` when there is no vowel. */
size_t syllable_tone_at(const enum vn_letter *letters, size_t count, bool new_style);

/* The digit of the VNI method for the mark on a letter (6 ^, 7 horn, 8 breve, 9 stroke), 0 for none. */
unsigned syllable_mark(enum vn_letter letter);

#endif
