/*
 * base.h - the few words every file of motcua uses.
 *
 * Times are msec: milliseconds since 1970-01-01T00:00:00Z. Civil dates are
 * dayno: days since 1970-01-01 in the civil time of Viet Nam (UTC+07:00).
 */
#ifndef MOTCUA_BASE_H
#define MOTCUA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t msec;
typedef int32_t dayno;

/* No time, no date: what an absent field reads as. */
#define MSEC_NONE INT64_MIN
#define DAYNO_NONE INT32_MIN

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_arg, first_arg) __attribute__((format(printf, format_arg, first_arg)))

enum lang { LANG_VI, LANG_EN };

/* One wording in both languages of the product: Vietnamese first, English beside it. */
struct words {
	const char *vi, *en;
};
#define T(vi_text, en_text) { (vi_text), (en_text) }

/* The wording in `lang`. */
static inline const char *words_in(const struct words *words, enum lang lang)
{
	return lang == LANG_EN ? words->en : words->vi;
}

#endif
