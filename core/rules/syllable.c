#include "core/rules/syllable.h"

/* A digit puts the VNI mark on the letter before it: u7o7 is ươ. */
static const char *const onsets[] = {
	"", "b", "c", "ch", "d", "d9", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
	"nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
	/* of the highland languages */
	"br", "bl", "dr", "d9r", "d9l", "kl", "kr", "kn", "ks", "hl", "hm", "hr", "ml", "mn", "mr",
	"pl", "pr", "tl",
};

static const char *const rimes[] = {
	"a", "ac", "ach", "ai", "ak", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay",
	"a8c", "a8h", "a8k", "a8m", "a8n", "a8ng", "a8p", "a8t",
	"a6c", "a6k", "a6m", "a6n", "a6ng", "a6p", "a6t", "a6u", "a6y",
	"e", "ec", "ek", "em", "en", "eng", "eo", "ep", "et",
	"e6", "e6ch", "e6k", "e6m", "e6n", "e6ng", "e6nh", "e6p", "e6t", "e6u",
	"i", "ia", "ich", "ik", "im", "in", "inh", "ip", "it", "iu",
	"ie6", "ie6c", "ie6k", "ie6m", "ie6n", "ie6ng", "ie6p", "ie6t", "ie6u",
	"o", "oc", "oi", "ok", "om", "on", "ong", "op", "ot", "oo", "ooc", "oong",
	"oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
	"oa8c", "oa8m", "oa8n", "oa8ng", "oa8p", "oa8t", "oe", "oem", "oen", "oeng", "oeo", "oet",
	"o6", "o6c", "o6i", "o6k", "o6m", "o6n", "o6ng", "o6p", "o6t",
	"o7", "o7c", "o7i", "o7k", "o7m", "o7n", "o7ng", "o7p", "o7t",
	"u", "ua", "uc", "ue", "ui", "uk", "um", "un", "ung", "up", "ut",
	"ua6n", "ua6ng", "ua6t", "ua6y", "ue6", "ue6ch", "ue6n", "ue6nh", "ue6t", "ue6u", "uo7",
	"uo6c", "uo6i", "uo6k", "uo6m", "uo6n", "uo6ng", "uo6p", "uo6t",
	"uy", "uya", "uych", "uye6n", "uye6t", "uyn", "uynh", "uyp", "uyt", "uyu",
	"u7", "u7a", "u7c", "u7i", "u7k", "u7m", "u7n", "u7ng", "u7p", "u7t", "u7u",
	"u7o7c", "u7o7i", "u7o7k", "u7o7m", "u7o7n", "u7o7ng", "u7o7p", "u7o7t", "u7o7u",
	"y", "ych", "ye6m", "ye6n", "ye6ng", "ye6t", "ye6u", "yn", "ynh", "yp", "yt",
};

/* Whole words that are built like no other: the Jrai surname Kpă. */
static const char *const words[] = { "kpa8" };

static const uint8_t marks[VN_LETTERS] = {
	[VN_AW] = 8, [VN_AA] = 6, [VN_DD] = 9, [VN_EE] = 6, [VN_OO] = 6, [VN_OW] = 7, [VN_UW] = 7,
};

unsigned syllable_mark(enum vn_letter letter)
{
	return marks[letter];
}

enum match { MATCH_NONE, MATCH_PART, MATCH_ALL };

/*
 * Lay letters along a pattern, as far as both go. PART: the letters end first.
 * Else *used letters cover the whole pattern. An unmarked letter on a marked
 * place counts as not there yet, unless `exact`.
 */
static enum match lay(const enum vn_letter *letters, size_t count, const char *pattern, bool exact,
		      size_t *used)
{
	size_t i = 0;

	while (*pattern) {
		char base = *pattern++;
		unsigned mark = 0;

		if (*pattern >= '6' && *pattern <= '9')
			mark = (unsigned)(*pattern++ - '0');
		if (i == count)
			return MATCH_PART;
		if (vn_base(letters[i]) != base)
			return MATCH_NONE;
		if (marks[letters[i]] != mark && (exact || marks[letters[i]]))
			return MATCH_NONE;
		i++;
	}
	*used = i;
	return MATCH_ALL;
}

static bool has_rime(const enum vn_letter *letters, size_t count, bool exact, bool after_qu)
{
	for (size_t i = 0; i < ARRAY_LEN(rimes); i++) {
		size_t used = 0;
		enum match match;

		if ((count && rimes[i][0] != vn_base(letters[0])) || (after_qu && rimes[i][0] == 'u'))
			continue;
		match = lay(letters, count, rimes[i], exact, &used);
		if ((match == MATCH_PART && !exact) || (match == MATCH_ALL && used == count))
			return true;
	}
	return false;
}

static bool one_syllable(const enum vn_letter *letters, size_t count, bool exact)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t used = 0;
		enum match match = lay(letters, count, words[i], exact, &used);

		if ((match == MATCH_PART && !exact) || (match == MATCH_ALL && used == count))
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(onsets); i++) {
		size_t used = 0;
		enum match match;

		if (count && onsets[i][0] && onsets[i][0] != vn_base(letters[0]))
			continue;
		match = lay(letters, count, onsets[i], exact, &used);
		if (match == MATCH_PART && !exact)
			return true;
		if (match == MATCH_ALL && has_rime(letters + used, count - used, exact, onsets[i][0] == 'q'))
			return true;
	}
	return false;
}

/* Words that end in c, ch, k, p, t cannot go down or waver. */
static bool tone_suits(const enum vn_letter *letters, size_t count, enum vn_tone tone)
{
	size_t from, to;

	if (tone == VN_NGANG || tone == VN_SAC || tone == VN_NANG)
		return true;
	syllable_vowels(letters, count, &from, &to);
	if (to == count)
		return true;
	return letters[to] != VN_C && letters[to] != VN_K && letters[to] != VN_P && letters[to] != VN_T;
}

/* Ê before a syllable of its own, as in Êban, Êđê. */
static bool leads(const enum vn_letter *letters, size_t count)
{
	return count > 1 && letters[0] == VN_EE && !vn_is_vowel(letters[1]);
}

static bool spells(const enum vn_letter *letters, size_t count, enum vn_tone tone, bool exact)
{
	if (!tone_suits(letters, count, tone))
		return false;
	return one_syllable(letters, count, exact) ||
	       (leads(letters, count) && one_syllable(letters + 1, count - 1, exact));
}

bool syllable_begins(const enum vn_letter *letters, size_t count, enum vn_tone tone)
{
	return spells(letters, count, tone, false);
}

bool syllable_whole(const enum vn_letter *letters, size_t count, enum vn_tone tone)
{
	if (count == 1)
		return letters[0] != VN_NONE;
	return spells(letters, count, tone, true);
}

void syllable_vowels(const enum vn_letter *letters, size_t count, size_t *from, size_t *to)
{
	size_t at = 0, end;

	while (at < count && !vn_is_vowel(letters[at]))
		at++;
	if (at == 1 && at + 1 < count && vn_is_vowel(letters[at + 1]) &&
	    ((letters[0] == VN_Q && letters[1] == VN_U) || (letters[0] == VN_G && letters[1] == VN_I)))
		at++;
	for (end = at; end < count && vn_is_vowel(letters[end]);)
		end++;
	*from = at;
	*to = end;
}

static bool is_rising_pair(enum vn_letter first, enum vn_letter second)
{
	return (first == VN_O && (second == VN_A || second == VN_E)) || (first == VN_U && second == VN_Y);
}

size_t syllable_tone_at(const enum vn_letter *letters, size_t count, bool new_style)
{
	size_t from, to;

	syllable_vowels(letters, count, &from, &to);
	if (from == to)
		return count;
	for (size_t i = to; i > from; i--)
		if (marks[letters[i - 1]])
			return i - 1;
	if (to < count)
		return to - 1;
	if (to - from >= 3)
		return from + 1;
	if (to - from == 2 && new_style && is_rising_pair(letters[from], letters[from + 1]))
		return from + 1;
	return from;
}
