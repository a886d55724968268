#include "core/rules/ratio.h"

#include <stdio.h>

/* Past this a product below would not fit; both sides lose bits, no figure of an office gets here. */
#define RATIO_MAX (INT64_MAX / 20001)

static struct ratio within(struct ratio ratio)
{
	while (ratio.numerator > RATIO_MAX || ratio.denominator > RATIO_MAX) {
		ratio.numerator >>= 1;
		ratio.denominator >>= 1;
	}
	return ratio;
}

bool ratio_percent(struct ratio ratio, bool truncate, int64_t *percent)
{
	ratio = within(ratio);
	if (ratio.denominator <= 0 || ratio.numerator < 0)
		return false;
	if (truncate)
		*percent = ratio.numerator * 10000 / ratio.denominator;
	else
		*percent = (ratio.numerator * 20000 + ratio.denominator) / (2 * ratio.denominator);
	return true;
}

bool ratio_meets(struct ratio ratio, int64_t target_micro)
{
	int64_t whole, rest;

	ratio = within(ratio);
	if (ratio.denominator <= 0 || ratio.numerator < 0)
		return false;
	/* n * 100 / d >= t, as n * 100 >= d * t with t in whole percents and millionths of one. */
	whole = target_micro / 1000000;
	rest = target_micro % 1000000;
	if (whole > 10000)
		return false;
	rest = ratio.denominator / 1000000 * rest + (ratio.denominator % 1000000 * rest + 999999) / 1000000;
	return ratio.numerator * 100 - ratio.denominator * whole >= rest;
}

/* Digits of a whole number with `mark` between thousands. */
static size_t grouped(uint64_t value, char mark, char *out)
{
	char digits[24];
	int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
	size_t len = 0;

	for (int i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			out[len++] = mark;
		out[len++] = digits[i];
	}
	return len;
}

static uint64_t distance(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

const char *figure_int(int64_t value, enum lang lang, char out[FIGURE_TEXT])
{
	size_t len = 0;

	if (value < 0)
		out[len++] = '-';
	len += grouped(distance(value), lang == LANG_EN ? ',' : '.', out + len);
	out[len] = '\0';
	return out;
}

const char *figure_percent(int64_t percent, enum lang lang, char out[FIGURE_TEXT])
{
	uint64_t value = distance(percent);
	size_t len = 0;

	if (percent < 0)
		out[len++] = '-';
	len += grouped(value / 100, lang == LANG_EN ? ',' : '.', out + len);
	snprintf(out + len, FIGURE_TEXT - len, "%c%02u%%", lang == LANG_EN ? '.' : ',', (unsigned)(value % 100));
	return out;
}

const char *figure_decimal(int64_t micro, enum lang lang, char out[FIGURE_TEXT])
{
	uint64_t value = distance(micro);
	unsigned rest = (unsigned)(value % 1000000);
	size_t len = 0;

	if (micro < 0)
		out[len++] = '-';
	len += grouped(value / 1000000, lang == LANG_EN ? ',' : '.', out + len);
	if (rest) {
		len += (size_t)snprintf(out + len, FIGURE_TEXT - len, "%c%06u", lang == LANG_EN ? '.' : ',', rest);
		while (out[len - 1] == '0')
			len--;
	}
	out[len] = '\0';
	return out;
}
