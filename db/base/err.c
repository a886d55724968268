#include "db/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cut a sentence that vsnprintf truncated so that it does not end inside a letter. */
static void cut_at_letter(char *text, size_t size)
{
	size_t end = strnlen(text, size);

	while (end > 0 && ((unsigned char)text[end - 1] & 0xc0) == 0x80)
		end--;
	if (end > 0 && (unsigned char)text[end - 1] >= 0xc0)
		end--;
	text[end] = '\0';
}

static PRINTF_LIKE(3, 0) void format_into(char *out, size_t size, const char *format, va_list args)
{
	if (vsnprintf(out, size, format, args) >= (int)size)
		cut_at_letter(out, size);
}

static void put_both(struct err *err, const char *vi, const char *en, va_list args)
	__attribute__((format(printf, 2, 0), format(printf, 3, 0)));

static void put_both(struct err *err, const char *vi, const char *en, va_list args)
{
	va_list again;

	va_copy(again, args);
	format_into(err->vi, sizeof(err->vi), vi, args);
	format_into(err->en, sizeof(err->en), en, again);
	va_end(again);
}

enum rc err_set(struct err *err, enum rc rc, const char *vi, const char *en, ...)
{
	va_list args;

	if (!err)
		return rc;
	err->rc = rc;
	err->field[0] = '\0';
	va_start(args, en);
	put_both(err, vi, en, args);
	va_end(args);
	return rc;
}

enum rc err_field(struct err *err, const char *field, const char *vi, const char *en, ...)
{
	va_list args;

	if (!err)
		return RC_INPUT;
	err->rc = RC_INPUT;
	snprintf(err->field, sizeof(err->field), "%s", field);
	va_start(args, en);
	put_both(err, vi, en, args);
	va_end(args);
	return RC_INPUT;
}

/* "context: sentence" over the sentence itself. */
static void prepend(char *text, size_t size, const char *context)
{
	char rest[sizeof(((struct err *)0)->vi)];

	snprintf(rest, sizeof(rest), "%s", text);
	if (snprintf(text, size, "%s: %s", context, rest) >= (int)size)
		cut_at_letter(text, size);
}

enum rc err_in(struct err *err, const char *vi, const char *en, ...)
{
	struct err context;
	va_list args;

	if (!err)
		return RC_FAILED;
	va_start(args, en);
	put_both(&context, vi, en, args);
	va_end(args);
	prepend(err->vi, sizeof(err->vi), context.vi);
	prepend(err->en, sizeof(err->en), context.en);
	return err->rc;
}

const char *err_text(const struct err *err, enum lang lang)
{
	return lang == LANG_EN ? err->en : err->vi;
}

int err_exit_code(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return 0;
	case RC_USAGE:
		return 2;
	case RC_REFUSED:
		return 3;
	case RC_INPUT:
		return 4;
	case RC_NONE:
		return 5;
	case RC_LINK:
		return 75;
	default:
		return 1;
	}
}

_Noreturn void die(const char *what)
{
	fprintf(stderr, "motcua: %s\n", what);
	exit(1);
}
