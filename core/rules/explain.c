#include "core/rules/explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(char out[EXPLAIN_TEXT], const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void put(char out[EXPLAIN_TEXT], const char *format, va_list args)
{
	int len = vsnprintf(out, EXPLAIN_TEXT, format, args);
	size_t end = EXPLAIN_TEXT - 1;

	if (len < EXPLAIN_TEXT)
		return;
	while (end > 0 && ((unsigned char)out[end - 1] & 0xc0) == 0x80)
		end--;
	if (end > 0 && (unsigned char)out[end - 1] >= 0xc0)
		end--;
	out[end] = '\0';
}

void explain_add(struct explain *why, const char *vi, const char *en, ...)
{
	va_list args, again;

	if (!why)
		return;
	if (why->count == EXPLAIN_LINES) {
		why->cut = true;
		return;
	}
	va_start(args, en);
	va_copy(again, args);
	put(why->line[why->count].vi, vi, args);
	put(why->line[why->count].en, en, again);
	va_end(again);
	va_end(args);
	why->count++;
}

const char *explain_text(const struct explain *why, size_t n, enum lang lang)
{
	return lang == LANG_EN ? why->line[n].en : why->line[n].vi;
}
