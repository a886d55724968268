#include "core/rules/code.h"

#include <stdio.h>
#include <string.h>

#define ORDINAL_MAX 999999u

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of a unit at the start of `text`, 0 when there is none. */
static size_t unit_length(const char *text)
{
	const char *at = text;

	for (int group = 0; group < 4; group++) {
		int letters = 0;

		while (digit(*at) || (*at >= 'A' && *at <= 'Z')) {
			at++;
			letters++;
		}
		if (letters < 1 || letters > 4)
			return 0;
		if (*at != '.')
			return (size_t)(at - text);
		at++;
	}
	return 0;
}

bool code_unit_valid(const char *unit)
{
	size_t len = unit_length(unit);

	return len > 0 && unit[len] == '\0';
}

/* `count` digits at `text` as a number; the caller knows they are digits. */
static int number(const char *text, size_t count)
{
	int value = 0;

	while (count-- > 0)
		value = value * 10 + (*text++ - '0');
	return value;
}

enum rc code_parse(const char *text, struct code_parts *out, struct err *err)
{
	size_t unit = unit_length(text), ordinal;
	const char *date = text + unit + 1;
	dayno day;

	if (!unit || text[unit] != '-' || strspn(date, "0123456789") != 6 || date[6] != '-')
		goto shape;
	ordinal = strspn(date + 7, "0123456789");
	if (ordinal < 4 || ordinal > 6 || date[7 + ordinal])
		goto shape;
	if (!dayno_from_ymd(2000 + number(date, 2), number(date + 2, 2), number(date + 4, 2), &day))
		return err_field(err, "code", "ngày trong mã hồ sơ không có trong lịch",
				 "the date inside the dossier code does not exist");
	memcpy(out->unit, text, unit);
	out->unit[unit] = '\0';
	out->day = day;
	out->ordinal = (uint32_t)number(date + 7, ordinal);
	return RC_OK;
shape:
	return err_field(err, "code", "mã hồ sơ phải có dạng H11.25-241025-0101",
			 "a dossier code looks like H11.25-241025-0101");
}

enum rc code_build(const struct code_parts *parts, char out[CODE_TEXT], struct err *err)
{
	struct civil date = dayno_civil(parts->day);

	if (!code_unit_valid(parts->unit))
		return err_field(err, "unit", "mã đơn vị phải có dạng H11.25",
				 "a unit code looks like H11.25");
	if (date.year < 2000 || date.year > 2099)
		return err_field(err, "received_at", "mã hồ sơ chỉ có cho các năm 2000 đến 2099",
				 "dossier codes exist for the years 2000 to 2099");
	if (!parts->ordinal || parts->ordinal > ORDINAL_MAX)
		return err_field(err, "code", "số thứ tự phải từ 1 đến 999999", "an ordinal is 1 to 999999");
	snprintf(out, CODE_TEXT, "%s-%02d%02d%02d-%04u", parts->unit, date.year % 100, date.month, date.day,
		 (unsigned)parts->ordinal);
	return RC_OK;
}

enum rc code_next(const struct code_block *block, uint32_t last, code_taken *taken, void *ctx,
		  uint32_t *ordinal, struct err *err)
{
	const uint32_t small = block->slot * 100, large = block->slot * 10000;
	uint32_t next;

	if (block->slot < 1 || block->slot > CODE_SLOT_MAX)
		return err_set(err, RC_INPUT, "ô số của thiết bị phải từ 1 đến %d",
			       "a device's slot is 1 to %d", CODE_SLOT_MAX);
	next = block->restored_today ? large + 1000 * (block->epoch % 10) + 100 : small + 1;
	/* `last` counts only inside this device's own blocks. */
	if (code_slot(last) == block->slot && last >= next)
		next = last + 1;
	for (; next <= large + 9999; next++) {
		if (next == small + 100)
			next = large + 100;
		if (taken && taken(ctx, next))
			continue;
		*ordinal = next;
		return RC_OK;
	}
	return err_set(err, RC_FULL, "hôm nay máy này đã dùng hết số thứ tự hồ sơ",
		       "this device has used up today's dossier numbers");
}

unsigned code_slot(uint32_t ordinal)
{
	if (ordinal > 100 && ordinal < 10000)
		return ordinal % 100 ? ordinal / 100 : 0;
	if (ordinal >= 10000 && ordinal <= ORDINAL_MAX)
		return ordinal % 10000 >= 100 ? ordinal / 10000 : 0;
	return 0;
}
