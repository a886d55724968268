#include "core/value.h"
#include "db/base/clock.h"
#include "db/base/hash.h"
#include "db/base/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEC_PLACES = 6, HEX_MAX = 4096 };

void dec_format(int64_t millionths, struct buf *out)
{
	uint64_t size = millionths < 0 ? 0 - (uint64_t)millionths : (uint64_t)millionths;
	uint64_t rest = size % DEC_ONE;
	char places[DEC_PLACES + 1];
	int len = DEC_PLACES;

	if (millionths < 0)
		buf_byte(out, '-');
	buf_printf(out, "%" PRIu64, size / DEC_ONE);
	if (!rest)
		return;
	for (int i = DEC_PLACES - 1; i >= 0; i--, rest /= 10)
		places[i] = (char)('0' + rest % 10);
	while (places[len - 1] == '0')
		len--;
	buf_byte(out, '.');
	buf_add(out, places, (size_t)len);
}

bool dec_parse(const char *text, int64_t *millionths)
{
	bool minus = *text == '-';
	int64_t value = 0;
	int places = -1, digits = 0;

	text += minus;
	for (; *text; text++) {
		if (*text == '.' && places < 0 && digits) {
			places = 0;
			continue;
		}
		if (*text < '0' || *text > '9' || places == DEC_PLACES || ++digits > 18)
			return false;
		places += places >= 0;
		value = value * 10 + (*text - '0');
	}
	if (!digits || !places)
		return false;
	for (int i = places < 0 ? 0 : places; i < DEC_PLACES; i++)
		if (__builtin_mul_overflow(value, 10, &value))
			return false;
	*millionths = minus ? -value : value;
	return true;
}

static bool int_parse(const char *text, int64_t *out)
{
	const char *digits = text + (*text == '-');
	char *end;

	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return !*end && !errno;
}

static bool bool_parse(const char *text, int64_t *out)
{
	static const char *const words[2][2] = { { "0", "false" }, { "1", "true" } };

	for (int i = 0; i < 4; i++)
		if (!strcmp(text, words[i / 2][i % 2])) {
			*out = i / 2;
			return true;
		}
	return false;
}

static enum rc refuse(const struct field *field, struct err *err)
{
	switch (field->type) {
	case FIELD_INT:
		return err_field(err, field->name, "phải là số nguyên", "must be a whole number");
	case FIELD_DEC:
		return err_field(err, field->name, "phải là số, tối đa 6 chữ số sau dấu chấm",
				 "must be a number with at most 6 places after the point");
	case FIELD_BOOL:
		return err_field(err, field->name, "phải là 1 hoặc 0", "must be 1 or 0");
	case FIELD_ENUM:
		return err_field(err, field->name, "phải là một trong: %s", "must be one of: %s",
				 field->choices);
	case FIELD_HEX:
		return err_field(err, field->name, "phải là chữ số thập lục phân",
				 "must be hexadecimal digits");
	default:
		return err_field(err, field->name, "không nhận dạng chữ", "cannot be given as text");
	}
}

static enum rc put_text(const struct field *field, const char *text, struct rec *rec, const struct path *path,
			struct err *err)
{
	struct buf clean = BUF(REC_TEXT_MAX);
	bool lines = field->type == FIELD_TEXTS || field->flags & FIELD_LINES;
	enum rc rc = lines ? utf8_clean_lines(text, strlen(text), &clean, err)
			   : utf8_clean(text, strlen(text), &clean, err);

	if (!rc)
		rec_set_bytes(rec, path, clean.data, clean.len);
	buf_wipe_done(&clean);
	return rc;
}

static enum rc put_hex(const struct field *field, const char *text, struct rec *rec, const struct path *path,
		       struct err *err)
{
	uint8_t bytes[HEX_MAX];
	size_t len = strlen(text) / 2;

	if (len > sizeof(bytes) || !hex_parse(text, bytes, len))
		return refuse(field, err);
	rec_set_bytes(rec, path, bytes, len);
	return RC_OK;
}

static enum rc num_parse(const struct field *field, const char *text, int64_t *num, struct err *err)
{
	dayno day = 0;
	enum rc rc = RC_OK;

	switch (field->type) {
	case FIELD_INT:
		return int_parse(text, num) ? RC_OK : refuse(field, err);
	case FIELD_DEC:
		return dec_parse(text, num) ? RC_OK : refuse(field, err);
	case FIELD_BOOL:
		return bool_parse(text, num) ? RC_OK : refuse(field, err);
	case FIELD_ENUM:
		*num = enum_value(field, text);
		return *num ? RC_OK : refuse(field, err);
	case FIELD_TIME:
		return clock_parse_typed(text, num, err);
	case FIELD_DATE:
		rc = clock_parse_typed_date(text, &day, err);
		*num = day;
		return rc;
	default:
		return refuse(field, err);
	}
}

enum rc value_parse(const struct field *field, const char *text, struct rec *rec, const struct path *path,
		    struct err *err)
{
	int64_t num = 0;
	enum rc rc;

	if (!*text && field->type != FIELD_LIST) {
		rec_unset(rec, path);
		return RC_OK;
	}
	if (field->type == FIELD_TEXT || field->type == FIELD_TEXTS)
		rc = put_text(field, text, rec, path, err);
	else if (field->type == FIELD_HEX)
		rc = put_hex(field, text, rec, path, err);
	else {
		rc = num_parse(field, text, &num, err);
		if (!rc)
			rec_set_num(rec, path, num);
	}
	if (rc && err) {
		err->rc = RC_INPUT;
		(void)snprintf(err->field, sizeof(err->field), "%s", field->name);
	}
	return rc ? RC_INPUT : RC_OK;
}

static void put_hex_text(const char *bytes, size_t len, struct buf *out)
{
	char pair[3];

	for (size_t i = 0; i < len; i++) {
		hex_of(bytes + i, 1, pair);
		buf_add(out, pair, 2);
	}
}

void value_format(const struct field *field, const struct rec *rec, const struct cell *cell, struct buf *out)
{
	char text[64];

	if (!cell || cell->shape == CELL_UNSET)
		return;
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_TEXTS:
		buf_add(out, cell_text(rec, cell), cell->len);
		break;
	case FIELD_HEX:
		put_hex_text(cell_text(rec, cell), cell->len, out);
		break;
	case FIELD_ENUM:
		enum_word(field, cell->num, text, sizeof(text));
		buf_text(out, text);
		break;
	case FIELD_DEC:
		dec_format(cell->num, out);
		break;
	case FIELD_TIME:
		buf_text(out, clock_format(cell->num, text));
		break;
	case FIELD_DATE:
		buf_text(out, clock_format_date((dayno)cell->num, text));
		break;
	case FIELD_INT:
	case FIELD_BOOL:
		buf_printf(out, "%" PRId64, cell->num);
		break;
	case FIELD_LIST:
		break;
	}
}
