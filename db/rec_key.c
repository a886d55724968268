/*
 * rec_key.c - the identity of a record among its kind, as text.
 *
 * One table: which fields, in which order. Numbers are padded so that keys
 * sort as their records do; dates are ISO, and one that is absent is empty.
 * No two identities share a key: of the parts of one key, one at most may
 * hold the separator (the name of an indicator may, its period may not).
 */
#include "db/rec.h"
#include "db/base/clock.h"
#include "db/base/hash.h"
#include "db/rec_fields.h"

#include <inttypes.h>
#include <string.h>

struct part {
	char before;	/* written before the value; 0: nothing */
	uint8_t digits; /* of a number, at least */
	bool may_be_empty;
	unsigned tag;
};

enum { PARTS_MAX = 3 };

static const struct part keys[REC_KINDS][PARTS_MAX] = {
	[REC_WARD] = { { 0, 0, false, WARD_UNIT }, { '/', 0, true, WARD_FROM }, { '/', 0, true, WARD_TO } },
	[REC_DOSSIER] = { { 0, 0, false, DOSSIER_CODE } },
	[REC_SCAN] = { { 0, 0, false, SCAN_DOSSIER_CODE }, { '/', 5, false, SCAN_SEQ } },
	[REC_HOUSEHOLD] = { { 0, 4, false, HOUSEHOLD_NEIGHBOURHOOD }, { '/', 0, false, HOUSEHOLD_CODE } },
	[REC_INDICATOR] = { { 0, 0, false, INDICATOR_NAME }, { '/', 0, false, INDICATOR_PERIOD } },
	[REC_USER] = { { 0, 0, false, USER_NAME } },
	[REC_SETTING] = { { 0, 0, false, SETTING_NAME } },
	[REC_PROCEDURE] = { { 0, 0, false, PROCEDURE_CODE }, { '@', 0, true, PROCEDURE_EFFECTIVE_FROM } },
	[REC_DOCUMENT] = { { 0, 0, false, DOCUMENT_PROCEDURE_CODE },
			   { '/', 3, false, DOCUMENT_SEQ },
			   { '@', 0, true, DOCUMENT_EFFECTIVE_FROM } },
	[REC_STEP] = { { 0, 0, false, STEP_PROCEDURE_CODE },
		       { '/', 3, false, STEP_SEQ },
		       { '@', 0, true, STEP_EFFECTIVE_FROM } },
	[REC_FIELD] = { { 0, 0, false, FIELD_FIELD_CODE } },
	[REC_HOLIDAY] = { { 0, 0, false, HOLIDAY_DATE } },
	[REC_CATEGORY] = { { 0, 0, false, CATEGORY_CODE } },
	[REC_TARGET] = { { 0, 0, false, TARGET_INDICATOR }, { '/', 4, false, TARGET_YEAR } },
	[REC_MEMBER] = { { 0, 4, false, MEMBER_TEAM }, { '/', 0, false, MEMBER_NAME } },
	[REC_CLOCK] = { { 0, 0, true, CLOCK_CONFIRMED_AT }, { '/', 0, false, CLOCK_OFFSET_MS } },
	[REC_CATALOG] = { { 0, 0, false, CATALOG_VERSION } },
	[REC_DEVICE] = { { 0, 0, false, DEVICE_DEVICE } },
	[REC_DAY] = { { 0, 0, false, DAY_DATE }, { '/', 0, false, DAY_CLOSED_BY } },
};

static enum rc refuse_part(const struct field *field, struct err *err)
{
	return err_field(err, field->name, "thiếu", "missing");
}

static void put_num(struct buf *out, const struct field *field, const struct part *part, int64_t num)
{
	char text[CLOCK_TEXT];

	if (field->type == FIELD_DATE)
		buf_text(out, clock_format_date((dayno)num, text));
	else if (field->type == FIELD_TIME)
		buf_text(out, clock_format(num, text));
	else
		buf_printf(out, "%0*" PRId64, (int)part->digits, num);
}

static void put_hex(struct buf *out, const char *bytes, size_t len)
{
	char pair[3];

	for (size_t i = 0; i < len; i++) {
		hex_of(bytes + i, 1, pair);
		buf_text(out, pair);
	}
}

static enum rc put_part(const struct rec *rec, const struct field *field, const struct part *part,
			struct buf *out, struct err *err)
{
	const struct path path = path_of(part->tag);
	const struct cell *cell = rec_find(rec, &path);

	if (part->before)
		buf_byte(out, (uint8_t)part->before);
	if (!cell || cell->shape == CELL_UNSET)
		return part->may_be_empty ? RC_OK : refuse_part(field, err);
	if (field->tag == INDICATOR_PERIOD && rec->kind == REC_INDICATOR && strchr(cell_text(rec, cell), '/'))
		return err_field(err, field->name, "kỳ không được có dấu /", "a period may not hold a /");
	if (cell->shape == CELL_INT)
		put_num(out, field, part, cell->num);
	else if (field->type == FIELD_HEX)
		put_hex(out, cell_text(rec, cell), cell->len);
	else
		buf_text(out, cell_text(rec, cell));
	return RC_OK;
}

/* An assist has no name of its own: it is what it says, less what stays on its device. */
static void put_hash(const struct rec *rec, struct buf *out)
{
	struct buf bytes = BUF(REC_TEXT_MAX * 2);
	struct rec shared;
	uint8_t hash[HASH_SHORT];

	rec_init(&shared, rec->kind);
	rec_copy(&shared, rec);
	for (const struct field *field = rec_type(rec->kind)->fields; field->tag; field++) {
		const struct path path = path_of(field->tag);

		if (field->flags & FIELD_LOCAL)
			rec_unset(&shared, &path);
	}
	rec_pack(&shared, &bytes);
	hash_of(bytes.data, bytes.len, hash, sizeof(hash));
	put_hex(out, (const char *)hash, sizeof(hash));
	rec_done(&shared);
	buf_wipe_done(&bytes);
}

enum rc rec_key(const struct rec *rec, struct buf *out, struct err *err)
{
	const struct rec_type *type = rec_type(rec->kind);
	size_t start = out->len;

	if (!type->fields)
		return err_field(err, "kind", "không có loại bản ghi này", "there is no such kind of record");
	if (rec->kind == REC_ASSIST) {
		put_hash(rec, out);
		return RC_OK;
	}
	for (size_t i = 0; i < PARTS_MAX && keys[rec->kind][i].tag; i++) {
		const struct part *part = &keys[rec->kind][i];

		if (put_part(rec, field_tagged(type->fields, part->tag), part, out, err)) {
			out->len = start;
			if (out->data)
				out->data[start] = '\0';
			return RC_INPUT;
		}
	}
	return RC_OK;
}
