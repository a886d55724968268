/*
 * text_filter.h - `compose`, `fold` and `sortkey`: text in, text out, line by line.
 *
 * Lines are UTF-8 of up to 1 MiB; a CR before the line feed is dropped, a last
 * line without line feed gets one. No store, no screen. Malformed UTF-8 and
 * longer lines are RC_INPUT, "line N: ..."; what came before has been written.
 */
#ifndef MOTCUA_TEXT_FILTER_H
#define MOTCUA_TEXT_FILTER_H

#include <stdio.h>

#include "core/rules/telex.h"

/* Keys to letters; `<BS>` is one Backspace. RC_IO if reading or writing fails, as below. */
enum rc text_filter_compose(FILE *in, FILE *out, enum telex_method method, enum telex_style style,
			    struct err *err) MUST_CHECK;
/* Text as search sees it. */
enum rc text_filter_fold(FILE *in, FILE *out, struct err *err) MUST_CHECK;
/* Names to keys in hexadecimal whose byte order is the order of the names. */
enum rc text_filter_sortkey(FILE *in, FILE *out, struct err *err) MUST_CHECK;

#endif
