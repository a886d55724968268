/*
 * utf8.h - text at the doors of the program, and its width on the screen.
 *
 * Over utf8proc; depends on nothing else, keeps no state. Everything stored,
 * compared, hashed or exported is UTF-8 NFC: utf8_clean is the one way in.
 * The other functions take text that has passed it, but are safe on any
 * bytes: what is malformed counts as one letter of one column per byte.
 * Limits of a text count letters or columns, never bytes. Functions with an
 * `out` append to it; the caller owns it and its ceiling.
 */
#ifndef MOTCUA_UTF8_H
#define MOTCUA_UTF8_H

#include "db/base/buf.h"

/* Well-formed: no stray, cut, overlong or surrogate sequence. Any code point, NUL included. */
bool utf8_valid(const char *s, size_t len);

/*
 * One line of text from outside, in NFC. Refuses malformed UTF-8 and
 * characters nobody can see: controls (tab and line end too), zero width,
 * direction marks (RC_INPUT; the sentence names the code point, never the
 * text). A space that does not break becomes a space, the look-alikes of Đ
 * (U+00D0, U+0189) and đ become what they look like. RC_FULL past the ceiling
 * of `out`, which is as it was unless RC_OK.
 */
enum rc utf8_clean(const char *in, size_t len, struct buf *out, struct err *err) MUST_CHECK;
/* The same, where tab and line feed may stand; CR LF and CR become LF. */
enum rc utf8_clean_lines(const char *in, size_t len, struct buf *out, struct err *err) MUST_CHECK;

/*
 * NFC and NFD without refusing anything, for text whose door is behind it:
 * what is malformed becomes U+FFFD. Past the ceiling `out` is full.
 */
void utf8_nfc(const char *s, struct buf *out);
void utf8_nfd(const char *s, struct buf *out);

/* Runs of white space become one space, none stands at the ends. In place. */
void utf8_collapse(struct buf *text);

/* Columns on a terminal: marks 0, wide letters 2, the rest 1. */
size_t utf8_cols(const char *s);
/* Letters as a person counts them: a letter and the marks on it are one. */
size_t utf8_letters(const char *s);
/* Bytes of the longest beginning of `s` that fits in `cols` columns; a letter keeps its marks. */
size_t utf8_cut_cols(const char *s, size_t cols);
/* Bytes of the first `letters` letters of `s`. */
size_t utf8_cut_letters(const char *s, size_t letters);
/* Where the letter after, or before, byte `at` begins; stays within the text. */
size_t utf8_next(const char *s, size_t at);
size_t utf8_prev(const char *s, size_t at);

/* Letter by letter with the simple mapping of Unicode: never more or fewer letters. */
void utf8_upper(const char *s, struct buf *out);
void utf8_lower(const char *s, struct buf *out);

/* The code point at *at, moved past it; -1 and one byte further if malformed. Needs *at < end. */
int32_t utf8_get(const char **at, const char *end);
/* The bytes of `cp` into `out`; how many. Nothing for what is no code point. */
size_t utf8_encode(int32_t cp, char out[4]);
/* Append one code point. */
void utf8_put(struct buf *out, int32_t cp);
/* A letter of any script; a mark counts as part of one. */
bool utf8_is_letter(int32_t cp);
/* A mark that stands on the letter before it. */
bool utf8_is_mark(int32_t cp);

#endif
