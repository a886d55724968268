/* glyphs.c - see glyphs.h. */
#include "tui/glyphs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#ifdef __linux__
#include <linux/kd.h>
#endif

#include "db/base/err.h"
#include "db/base/vn.h"
#include "tui/draw.h"

enum { FIRST_MARKED = 0x1EA0, LAST_MARKED = 0x1EF9, CONSOLE_LETTERS = 16384 };

/* Letters with a mark of Vietnamese that stand outside FIRST_MARKED .. LAST_MARKED. */
static const uint16_t others[] = {
	0xC0, 0xC1, 0xC2, 0xC3, 0xC8, 0xC9, 0xCA, 0xCC, 0xCD, 0xD2, 0xD3, 0xD4, 0xD5, 0xD9, 0xDA, 0xDD,
	0xE0, 0xE1, 0xE2, 0xE3, 0xE8, 0xE9, 0xEA, 0xEC, 0xED, 0xF2, 0xF3, 0xF4, 0xF5, 0xF9, 0xFA, 0xFD,
	0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0,
};

bool glyphs_cover(const uint16_t *letters, size_t count)
{
	bool marked[LAST_MARKED - FIRST_MARKED + 1] = { false }, other[ARRAY_LEN(others)] = { false };
	bool all = true;

	for (size_t i = 0; i < count; i++) {
		if (letters[i] >= FIRST_MARKED && letters[i] <= LAST_MARKED)
			marked[letters[i] - FIRST_MARKED] = true;
		for (size_t k = 0; k < ARRAY_LEN(others); k++)
			other[k] = other[k] || others[k] == letters[i];
	}
	for (size_t i = 0; i < ARRAY_LEN(marked); i++)
		all = all && marked[i];
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		all = all && other[i];
	return all;
}

bool glyphs_old_terminal(const char *term, const char *locale)
{
	static const char *const types[] = { "vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "dumb", "linux", "cons25" };

	if (!term || !locale || (strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (!strncmp(term, types[i], strlen(types[i])))
			return true;
	return false;
}

/* The locale that decides about letters, as the C library finds it; NULL when none is named. */
static const char *named_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return NULL;
}

/* A console's font without all the letters; false for whatever is no console. */
static bool console_lacks(int fd)
{
#ifdef GIO_UNIMAP
	struct unipair *pairs = calloc(CONSOLE_LETTERS, sizeof(*pairs));
	uint16_t *letters = calloc(CONSOLE_LETTERS, sizeof(*letters));
	struct unimapdesc map = { .entry_ct = CONSOLE_LETTERS, .entries = pairs };
	bool lacks = false;

	if (!pairs || !letters)
		die("no memory for a font");
	if (!ioctl(fd, GIO_UNIMAP, &map)) {
		for (size_t i = 0; i < map.entry_ct; i++)
			letters[i] = pairs[i].unicode;
		lacks = !glyphs_cover(letters, map.entry_ct);
	}
	free(letters);
	free(pairs);
	return lacks;
#else
	(void)fd;
	return false;
#endif
}

bool glyphs_missing(int fd)
{
	return console_lacks(fd) || glyphs_old_terminal(getenv("TERM"), named_locale());
}

char glyphs_plain(const char *letter)
{
	static const struct {
		const char *from;
		char to;
	} signs[] = { { LINE_H, '-' },	{ LINE_V, '|' },  { LINE_TL, '+' }, { LINE_TR, '+' },
		      { LINE_BL, '+' }, { LINE_BR, '+' }, { "…", '~' },	    { "·", '-' } };
	struct buf bare = BUF(64);
	char plain = '?';

	vn_plain(letter, &bare);
	if (bare.len == 1 && bare.data[0] < 0x80)
		plain = (char)bare.data[0];
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (!strcmp(letter, signs[i].from))
			plain = signs[i].to;
	buf_done(&bare);
	return plain;
}
