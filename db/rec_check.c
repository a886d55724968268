/*
 * rec_check.c - every cell fits its field, and what must be there is.
 *
 * A list of texts holds at most 64 of them, each within the field's limit. Hex
 * up to 32 bytes has exactly the field's length, longer hex at most. An int
 * whose field has a limit is not negative.
 */
#include "db/rec.h"
#include "db/base/clock.h"
#include "db/base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { TEXTS_MAX = 64, HEX_EXACT = 32 };

static enum rc refuse_shape(const struct field *field, struct err *err)
{
	return err_field(err, field->name, "giá trị không đúng kiểu", "the value is of the wrong type");
}

static enum rc check_len(const struct field *field, size_t len, struct err *err)
{
	if (field->limit && len > (size_t)field->limit)
		return err_field(err, field->name, "dài quá: tối đa %lld byte",
				 "too long: at most %lld bytes", (long long)field->limit);
	return RC_OK;
}

static enum rc check_num(const struct field *field, int64_t num, struct err *err)
{
	char word[64];

	switch (field->type) {
	case FIELD_ENUM:
		enum_word(field, num, word, sizeof(word));
		if (word[0])
			return RC_OK;
		return err_field(err, field->name, "không có trong các giá trị cho phép",
				 "not one of the allowed words");
	case FIELD_BOOL:
		return num == 0 || num == 1 ? RC_OK : refuse_shape(field, err);
	case FIELD_INT:
		if (!field->limit || (num >= 0 && num <= field->limit))
			return RC_OK;
		return err_field(err, field->name, "phải từ 0 đến %lld", "must be from 0 to %lld",
				 (long long)field->limit);
	case FIELD_TIME:
		if (num == dayno_start(dayno_of(num)) + clock_ms_of_day(num))
			return RC_OK;
		return err_field(err, field->name, "thời điểm ngoài khoảng năm 1 đến 9999",
				 "a time outside the years 1 to 9999");
	case FIELD_DATE:
		if (num >= INT32_MIN && num <= INT32_MAX && dayno_of(dayno_start((dayno)num)) == num)
			return RC_OK;
		return err_field(err, field->name, "ngày ngoài khoảng năm 1 đến 9999",
				 "a date outside the years 1 to 9999");
	case FIELD_DEC:
		return RC_OK;
	case FIELD_TEXT:
	case FIELD_HEX:
	case FIELD_TEXTS:
	case FIELD_LIST:
		break;
	}
	return refuse_shape(field, err);
}

static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < 0x20 || text[i] > 0x7e)
			return false;
	return true;
}

/* What the door would have let in, spelled as it would have spelled it. */
static enum rc check_clean(const struct field *field, const char *text, size_t len, bool lines,
			   struct buf *scratch, struct err *err)
{
	enum rc rc;

	if (is_plain(text, len))
		return RC_OK;
	buf_clear(scratch);
	rc = lines ? utf8_clean_lines(text, len, scratch, err) : utf8_clean(text, len, scratch, err);
	if (rc && err)
		snprintf(err->field, sizeof(err->field), "%s", field->name);
	if (!rc && (scratch->len != len || memcmp(scratch->data, text, len) != 0))
		rc = err_field(err, field->name, "chữ chưa ở dạng NFC", "the text is not in NFC");
	return rc;
}

static enum rc check_texts(const struct field *field, const char *text, size_t len, struct err *err)
{
	size_t count = 1;

	for (size_t from = 0, i = 0; i <= len; i++) {
		if (i < len && text[i] != '\n')
			continue;
		if (check_len(field, i - from, err))
			return RC_INPUT;
		from = i + 1;
		count += i < len;
	}
	if (count > TEXTS_MAX)
		return err_field(err, field->name, "tối đa %d mục", "at most %d items", TEXTS_MAX);
	return RC_OK;
}

static enum rc check_bytes(const struct field *field, const char *text, size_t len, struct buf *scratch,
			   struct err *err)
{
	enum rc rc;

	switch (field->type) {
	case FIELD_TEXT:
		rc = check_len(field, len, err);
		return rc ? rc : check_clean(field, text, len, field->flags & FIELD_LINES, scratch, err);
	case FIELD_TEXTS:
		rc = check_texts(field, text, len, err);
		return rc ? rc : check_clean(field, text, len, true, scratch, err);
	case FIELD_HEX:
		if (field->limit && field->limit <= HEX_EXACT && len != (size_t)field->limit)
			return err_field(err, field->name, "phải có đúng %lld chữ số thập lục phân",
					 "must have exactly %lld hexadecimal digits",
					 (long long)field->limit * 2);
		return check_len(field, len, err);
	default:
		return refuse_shape(field, err);
	}
}

static enum rc check_cell(const struct rec *rec, const struct cell *cell, const struct field *field,
			  bool partial, struct buf *scratch, struct err *err)
{
	if (cell->shape == CELL_UNSET)
		return partial ? RC_OK : refuse_shape(field, err);
	if (cell->shape == CELL_INT)
		return check_num(field, cell->num, err);
	return check_bytes(field, cell_text(rec, cell), cell->len, scratch, err);
}

/* The field a cell is about; NULL with RC_OK for a tag of a later version. */
static enum rc field_of(const struct field *fields, const struct path *path, const struct field **out,
			struct err *err)
{
	const struct field *field = field_tagged(fields, path->tag);

	*out = field;
	if (!field)
		return RC_OK;
	if ((field->type == FIELD_LIST) != (path->key_len > 0))
		return refuse_shape(field, err);
	if (field->type == FIELD_LIST)
		*out = field_tagged(field->sub, path->sub);
	return RC_OK;
}

static enum rc refuse_missing(const struct field *field, struct err *err)
{
	return err_field(err, field->name, "thiếu", "missing");
}

static enum rc check_elements(const struct rec *rec, const struct field *list, struct err *err)
{
	struct element el = { 0 };

	for (unsigned n = 1; rec_each(rec, list->tag, &el); n++)
		for (const struct field *field = list->sub; field->tag; field++)
			if (field->flags & FIELD_REQUIRED && !el_find(rec, &el, field->tag)) {
				refuse_missing(field, err);
				return err_in(err, "%s, mục %u", "%s, item %u", list->name, n), RC_INPUT;
			}
	return RC_OK;
}

static enum rc check_required(const struct rec *rec, const struct field *fields, struct err *err)
{
	for (const struct field *field = fields; field && field->tag; field++) {
		if (field->type == FIELD_LIST) {
			if (check_elements(rec, field, err))
				return RC_INPUT;
		} else if (field->flags & FIELD_REQUIRED && !rec_has(rec, field->tag)) {
			return refuse_missing(field, err);
		}
	}
	return RC_OK;
}

enum rc rec_check(const struct rec *rec, bool partial, struct err *err)
{
	const struct field *fields = rec_type(rec->kind)->fields, *field;
	struct buf scratch = BUF(REC_TEXT_MAX);
	enum rc rc = RC_OK;

	if (!fields)
		return err_field(err, "kind", "không có loại bản ghi này", "there is no such kind of record");
	if (rec->text.full || rec->count > REC_CELLS_MAX)
		return err_field(err, "kind", "bản ghi quá lớn", "the record is too large");
	for (size_t i = 0; i < rec->count && !rc; i++) {
		rc = field_of(fields, &rec->cells[i].path, &field, err);
		if (!rc && field)
			rc = check_cell(rec, &rec->cells[i], field, partial, &scratch, err);
	}
	if (!rc && !partial)
		rc = check_required(rec, fields, err);
	buf_wipe_done(&scratch);
	return rc;
}
