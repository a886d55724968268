#include "db/base/vn.h"

#include <string.h>
#include <utf8proc.h>

#include "db/base/utf8.h"

/* Every vowel with its six tones: the one table behind folding, ordering and composing. */
#define VOWELS(X) \
	X(VN_A, false, 0x0061, 0x00E0, 0x1EA3, 0x00E3, 0x00E1, 0x1EA1) /* aàảãáạ */ \
	X(VN_AW, false, 0x0103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7) /* ăằẳẵắặ */ \
	X(VN_AA, false, 0x00E2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD) /* âầẩẫấậ */ \
	X(VN_E, false, 0x0065, 0x00E8, 0x1EBB, 0x1EBD, 0x00E9, 0x1EB9) /* eèẻẽéẹ */ \
	X(VN_EE, false, 0x00EA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7) /* êềểễếệ */ \
	X(VN_I, false, 0x0069, 0x00EC, 0x1EC9, 0x0129, 0x00ED, 0x1ECB) /* iìỉĩíị */ \
	X(VN_O, false, 0x006F, 0x00F2, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD) /* oòỏõóọ */ \
	X(VN_OO, false, 0x00F4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9) /* ôồổỗốộ */ \
	X(VN_OW, false, 0x01A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3) /* ơờởỡớợ */ \
	X(VN_U, false, 0x0075, 0x00F9, 0x1EE7, 0x0169, 0x00FA, 0x1EE5) /* uùủũúụ */ \
	X(VN_UW, false, 0x01B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1) /* ưừửữứự */ \
	X(VN_Y, false, 0x0079, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5) /* yỳỷỹýỵ */ \
	X(VN_A, true, 0x0041, 0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0) /* AÀẢÃÁẠ */ \
	X(VN_AW, true, 0x0102, 0x1EB0, 0x1EB2, 0x1EB4, 0x1EAE, 0x1EB6) /* ĂẰẲẴẮẶ */ \
	X(VN_AA, true, 0x00C2, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EAC) /* ÂẦẨẪẤẬ */ \
	X(VN_E, true, 0x0045, 0x00C8, 0x1EBA, 0x1EBC, 0x00C9, 0x1EB8) /* EÈẺẼÉẸ */ \
	X(VN_EE, true, 0x00CA, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EBE, 0x1EC6) /* ÊỀỂỄẾỆ */ \
	X(VN_I, true, 0x0049, 0x00CC, 0x1EC8, 0x0128, 0x00CD, 0x1ECA) /* IÌỈĨÍỊ */ \
	X(VN_O, true, 0x004F, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC) /* OÒỎÕÓỌ */ \
	X(VN_OO, true, 0x00D4, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED0, 0x1ED8) /* ÔỒỔỖỐỘ */ \
	X(VN_OW, true, 0x01A0, 0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2) /* ƠỜỞỠỚỢ */ \
	X(VN_U, true, 0x0055, 0x00D9, 0x1EE6, 0x0168, 0x00DA, 0x1EE4) /* UÙỦŨÚỤ */ \
	X(VN_UW, true, 0x01AF, 0x1EEA, 0x1EEC, 0x1EEE, 0x1EE8, 0x1EF0) /* ƯỪỬỮỨỰ */ \
	X(VN_Y, true, 0x0059, 0x1EF2, 0x1EF6, 0x1EF8, 0x00DD, 0x1EF4) /* YỲỶỸÝỴ */ \

#define CONSONANTS(X) \
	X(VN_B, 'b', 'B') \
	X(VN_C, 'c', 'C') \
	X(VN_D, 'd', 'D') \
	X(VN_F, 'f', 'F') \
	X(VN_G, 'g', 'G') \
	X(VN_H, 'h', 'H') \
	X(VN_J, 'j', 'J') \
	X(VN_K, 'k', 'K') \
	X(VN_L, 'l', 'L') \
	X(VN_M, 'm', 'M') \
	X(VN_N, 'n', 'N') \
	X(VN_P, 'p', 'P') \
	X(VN_Q, 'q', 'Q') \
	X(VN_R, 'r', 'R') \
	X(VN_S, 's', 'S') \
	X(VN_T, 't', 'T') \
	X(VN_V, 'v', 'V') \
	X(VN_W, 'w', 'W') \
	X(VN_X, 'x', 'X') \
	X(VN_Z, 'z', 'Z') \
	X(VN_DD, 0x0111, 0x0110)

/* Code points up to Ư, then the block that holds the letters with tones. */
#define LOW_END 0x01B1
#define HIGH_BEGIN 0x1EA0
#define HIGH_END 0x1EFA
#define SLOT(cp) ((cp) < LOW_END ? (cp) : (cp) - HIGH_BEGIN + LOW_END)
#define PACK(letter, tone, upper) \
	(uint16_t)((unsigned)(letter) | (unsigned)(tone) << 6 | (unsigned)(upper) << 9)

#define VOWEL_SLOTS(letter, upper, ngang, huyen, hoi, nga, sac, nang) \
	[SLOT(ngang)] = PACK(letter, VN_NGANG, upper), [SLOT(huyen)] = PACK(letter, VN_HUYEN, upper), \
	[SLOT(hoi)] = PACK(letter, VN_HOI, upper), [SLOT(nga)] = PACK(letter, VN_NGA, upper), \
	[SLOT(sac)] = PACK(letter, VN_SAC, upper), [SLOT(nang)] = PACK(letter, VN_NANG, upper),
#define CONSONANT_SLOTS(letter, lower_cp, upper_cp) \
	[SLOT(lower_cp)] = PACK(letter, VN_NGANG, false), [SLOT(upper_cp)] = PACK(letter, VN_NGANG, true),

static const uint16_t packed[SLOT(HIGH_END)] = { VOWELS(VOWEL_SLOTS) CONSONANTS(CONSONANT_SLOTS) };

#define VOWEL_JOIN(letter, upper, ngang, huyen, hoi, nga, sac, nang) \
	[letter][upper] = { ngang, huyen, hoi, nga, sac, nang },
#define CONSONANT_JOIN(letter, lower_cp, upper_cp) \
	[letter] = { { lower_cp, lower_cp, lower_cp, lower_cp, lower_cp, lower_cp }, \
		     { upper_cp, upper_cp, upper_cp, upper_cp, upper_cp, upper_cp } },

static const uint16_t joined[VN_LETTERS][2][VN_TONES] = {
	VOWELS(VOWEL_JOIN) CONSONANTS(CONSONANT_JOIN)
};

static const char bases[VN_LETTERS + 1] = "\0aaabcddeefghijklmnooopqrstuuvwxyz";

bool vn_split(int32_t cp, struct vn_char *out)
{
	uint16_t entry = 0;

	if (cp >= 0 && (cp < LOW_END || (cp >= HIGH_BEGIN && cp < HIGH_END)))
		entry = packed[SLOT(cp)];
	*out = (struct vn_char){ (enum vn_letter)(entry & 0x3F), (enum vn_tone)(entry >> 6 & 7), entry >> 9 };
	return entry != 0;
}

int32_t vn_join(struct vn_char c)
{
	return joined[c.letter][c.upper][c.tone];
}

char vn_base(enum vn_letter letter)
{
	return bases[letter];
}

bool vn_is_vowel(enum vn_letter letter)
{
	return letter != VN_NONE && joined[letter][0][VN_HUYEN] != joined[letter][0][VN_NGANG];
}

static bool is_accent(int32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

static bool is_white(int32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	return utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS;
}

static int32_t stroked_d(int32_t cp)
{
	switch (cp) {
	case 0x0110: /* Đ, and the Icelandic and African letters that look like it */
	case 0x00D0:
	case 0x0189:
		return 'D';
	case 0x0111:
	case 0x00F0:
	case 0x0256:
		return 'd';
	default:
		return cp;
	}
}

/* Fold what needs no decomposition; false at the first letter that does. */
static bool fold_known(const char *s, bool decomposed, struct buf *out)
{
	const char *end = s + strlen(s);
	size_t start = out->len;
	bool space = false;

	while (s < end) {
		int32_t cp = utf8_get(&s, end);
		struct vn_char c;

		if (decomposed && is_accent(cp))
			continue;
		if (!vn_split(cp, &c) && (cp < 0 || cp >= 0x80) && !decomposed)
			return false;
		if (!c.letter && is_white(cp)) {
			space = out->len > start;
			continue;
		}
		if (space)
			buf_byte(out, ' ');
		space = false;
		if (c.letter)
			buf_byte(out, (uint8_t)bases[c.letter]);
		else
			utf8_put(out, utf8proc_tolower(stroked_d(cp)));
	}
	return true;
}

void vn_fold(const char *s, struct buf *out)
{
	struct buf apart = BUF(SIZE_MAX / 4);
	size_t start = out->len;

	if (fold_known(s, false, out))
		return;
	out->len = start;
	utf8_nfd(s, &apart);
	(void)fold_known(buf_str(&apart), true, out);
	buf_done(&apart);
	if (out->data)
		out->data[out->len] = '\0';
}

/* The letter under the accents of `cp`, if it is a Latin one; else `cp` itself. */
static int32_t latin_base(int32_t cp)
{
	utf8proc_int32_t parts[4];
	utf8proc_ssize_t count;
	int boundary = 0;

	if (cp < 0x80)
		return cp;
	count = utf8proc_decompose_char(cp, parts, 4, UTF8PROC_DECOMPOSE, &boundary);
	return count > 0 && count <= 4 && parts[0] < 0x250 ? parts[0] : cp;
}

void vn_plain(const char *s, struct buf *out)
{
	const char *end = s + strlen(s);

	while (s < end) {
		int32_t cp = utf8_get(&s, end);

		if (cp < 0)
			cp = 0xFFFD;
		if (!is_accent(cp))
			utf8_put(out, latin_base(stroked_d(cp)));
	}
}

bool vn_has_accent(const char *s)
{
	const char *end = s + strlen(s);
	struct vn_char c;

	while (s < end) {
		int32_t cp = utf8_get(&s, end);

		if (is_accent(cp) || (cp >= 0x80 && vn_split(cp, &c)))
			return true;
	}
	return false;
}

/* Ordering: one word at a time */

#define KEY_WORD_END 0x01 /* below everything that can stand in a word */
#define KEY_SIGN 0x02     /* + sign_rank(), at most 33 */
#define KEY_DIGIT 0x30
#define KEY_LETTER 0x40   /* + enum vn_letter; other scripts as UTF-8, above */
#define ACCENT_OTHER 6    /* accents that are not Vietnamese, after the tones */

struct sort_char {
	int32_t cp; /* a letter outside the alphabet, 0 if inside */
	struct vn_char c;
	unsigned accent; /* enum vn_tone, or ACCENT_OTHER and above */
};

static struct sort_char sort_char(int32_t cp)
{
	struct sort_char out = { 0 };

	if (!vn_split(cp, &out.c)) {
		int32_t base = latin_base(cp);

		if (vn_split(base, &out.c))
			out.accent = ACCENT_OTHER + ((unsigned)cp & 7);
		else
			out.cp = cp;
		return out;
	}
	out.accent = out.c.tone;
	return out;
}

/* 32 signs in the order of ASCII, around the digits and letters; controls rank first. */
static uint8_t sign_rank(int32_t cp)
{
	if (cp < '0')
		return (uint8_t)(cp <= ' ' ? 0 : cp - ' ');
	if (cp < 'A')
		return (uint8_t)(cp - '9' + 15);
	return (uint8_t)(cp < 'a' ? cp - 'Z' + 22 : cp - 'z' + 28);
}

static void put_primary(const struct sort_char *ch, struct buf *out)
{
	int32_t cp = ch->cp;

	if (!cp)
		buf_byte(out, (uint8_t)(KEY_LETTER + ch->c.letter));
	else if (cp >= '0' && cp <= '9')
		buf_byte(out, (uint8_t)(KEY_DIGIT + cp - '0'));
	else if (cp < 0x80)
		buf_byte(out, (uint8_t)(KEY_SIGN + sign_rank(cp)));
	else
		utf8_put(out, cp);
}

/* Letters, then tones: first the word's own, wherever the style puts it, then each letter's. */
static void put_word(const char *s, const char *end, struct buf *out)
{
	unsigned word_accent = 0, pending = 0;
	const char *at;

	for (at = s; at < end;) {
		struct sort_char ch = sort_char(utf8_get(&at, end));

		put_primary(&ch, out);
		if (!word_accent)
			word_accent = ch.accent;
	}
	buf_byte(out, KEY_WORD_END);
	buf_byte(out, (uint8_t)(word_accent + 1));
	for (at = s; at < end;) {
		struct sort_char ch = sort_char(utf8_get(&at, end));

		/* Two letters a byte: equal letters are equally many, so the keys stay in step. */
		if (pending)
			buf_byte(out, (uint8_t)(pending << 4 | (ch.accent + 1)));
		pending = pending ? 0 : ch.accent + 1;
	}
	if (pending)
		buf_byte(out, (uint8_t)(pending << 4));
}

/* Seven letters a byte, lower before upper. */
static void put_case(const char *s, const char *end, struct buf *out)
{
	unsigned bits = 0, filled = 0;

	while (s < end) {
		struct sort_char ch = sort_char(utf8_get(&s, end));

		bits = bits << 1 | ch.c.upper;
		if (++filled == 7) {
			buf_byte(out, (uint8_t)(0x80 | bits));
			bits = filled = 0;
		}
	}
	if (filled)
		buf_byte(out, (uint8_t)(0x80 | bits << (7 - filled)));
}

/* The word at or after *at, end in *word_end; false when there is none. */
static bool next_word(const char **at, const char *end, const char **word_end)
{
	const char *p = *at, *here = p;

	while (p < end && is_white(utf8_get(&p, end)))
		here = p;
	if (here == end)
		return false;
	*at = p = here;
	while (p < end && !is_white(utf8_get(&p, end)))
		here = p;
	*word_end = here;
	return true;
}

/* `put` on the words [from, to), counted from 0. */
static void each_word(const char *s, const char *end, size_t from, size_t to,
		      void (*put)(const char *, const char *, struct buf *), struct buf *out)
{
	const char *word_end;

	for (size_t i = 0; i < to && next_word(&s, end, &word_end); i++, s = word_end)
		if (i >= from)
			put(s, word_end, out);
}

static void sort_key(const char *text, bool name, struct buf *out)
{
	struct buf nfc = BUF(SIZE_MAX / 4);
	const char *s, *at, *end, *word_end;
	size_t words = 0, first;

	utf8_nfc(text, &nfc);
	s = at = buf_str(&nfc);
	end = s + nfc.len;
	while (next_word(&at, end, &word_end)) {
		at = word_end;
		words++;
	}
	first = name && words ? words - 1 : 0;
	each_word(s, end, first, words, put_word, out);
	each_word(s, end, 0, first, put_word, out);
	buf_byte(out, KEY_WORD_END);
	each_word(s, end, first, words, put_case, out);
	each_word(s, end, 0, first, put_case, out);
	buf_done(&nfc);
}

void vn_sort_key(const char *name, struct buf *out)
{
	sort_key(name, true, out);
}

void vn_sort_key_text(const char *text, struct buf *out)
{
	sort_key(text, false, out);
}

int vn_compare(const char *a, const char *b)
{
	struct buf key_a = BUF(SIZE_MAX / 4), key_b = BUF(SIZE_MAX / 4);
	size_t shorter;
	int order = 0;

	vn_sort_key(a, &key_a);
	vn_sort_key(b, &key_b);
	shorter = key_a.len < key_b.len ? key_a.len : key_b.len;
	if (shorter)
		order = memcmp(key_a.data, key_b.data, shorter);
	if (!order)
		order = (key_a.len > key_b.len) - (key_a.len < key_b.len);
	buf_done(&key_a);
	buf_done(&key_b);
	return order;
}
