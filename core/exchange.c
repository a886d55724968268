/*
 * exchange.c - one line of JSON into a record.
 *
 * jansson reads the syntax; what it gave is walked by the field tables. Names
 * are mostly in table order, so a name is looked for from where the last was.
 */
#include "core/exchange.h"

#include "core/json_where.h"
#include "core/rules/code.h"
#include "core/value.h"
#include "db/base/clock.h"
#include "db/base/hash.h"
#include "db/base/utf8.h"
#include "db/rec_fields.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What fits into 64 bits as millionths. */
#define DEC_LIMIT 9e12

enum { HEX_MAX = 4096, EXTRA_TAG = 41, EXTRA_MAX = 65536, ELEMENTS_MAX = 1000 };

struct parse {
	struct rec *rec;
	struct buf text;	  /* one text, cleaned */
	json_t *extra;		  /* x_ fields, NULL while there are none */
	const struct field *list; /* whose element is being read, NULL outside */
	unsigned item;		  /* which, from 0 */
	struct err *err;
};

bool exchange_has_kind(enum rec_kind kind)
{
	return kind >= REC_WARD && kind <= REC_INDICATOR;
}

/* Which element of which list, before a reason. */
static enum rc locate(struct parse *p)
{
	if (p->list)
		(void)err_in(p->err, "%s, mục %u", "%s, item %u", p->list->name, p->item + 1);
	return RC_INPUT;
}

static enum rc refuse_type(struct parse *p, const struct field *field)
{
	static const struct words wants[] = {
		[FIELD_TEXT] = T("phải là chuỗi chữ", "must be a string"),
		[FIELD_ENUM] = T("phải là chuỗi chữ", "must be a string"),
		[FIELD_INT] = T("phải là số nguyên", "must be a whole number"),
		[FIELD_DEC] = T("phải là số", "must be a number"),
		[FIELD_BOOL] = T("phải là true hoặc false", "must be true or false"),
		[FIELD_TIME] =
			T("phải là thời điểm ISO 8601 có múi giờ", "must be an ISO 8601 time with offset"),
		[FIELD_DATE] = T("phải là ngày YYYY-MM-DD", "must be a date YYYY-MM-DD"),
		[FIELD_HEX] = T("phải là chữ số thập lục phân", "must be hexadecimal digits"),
		[FIELD_TEXTS] = T("phải là danh sách chuỗi chữ", "must be a list of strings"),
		[FIELD_LIST] = T("phải là danh sách đối tượng", "must be a list of objects"),
	};

	(void)err_field(p->err, field->name, "%s", "%s", wants[field->type].vi);
	if (p->err)
		(void)snprintf(p->err->en, sizeof(p->err->en), "%s", wants[field->type].en);
	return locate(p);
}

/* The sentence is there already; say which field it is about. */
static enum rc about(struct parse *p, const char *name)
{
	if (p->err) {
		p->err->rc = RC_INPUT;
		(void)snprintf(p->err->field, sizeof(p->err->field), "%s", name);
	}
	return locate(p);
}

static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] < 0x20 || text[i] > 0x7e)
			return false;
	return true;
}

static enum rc put_text(struct parse *p, const struct field *field, const json_t *value,
			const struct path *path)
{
	const char *text = json_string_value(value);
	size_t len = json_string_length(value);
	enum rc rc;

	if (is_plain(text, len)) {
		rec_set_bytes(p->rec, path, text, len);
		return RC_OK;
	}
	buf_clear(&p->text);
	rc = field->flags & FIELD_LINES ? utf8_clean_lines(text, len, &p->text, p->err)
					: utf8_clean(text, len, &p->text, p->err);
	if (rc)
		return about(p, field->name);
	rec_set_bytes(p->rec, path, p->text.data, p->text.len);
	return RC_OK;
}

static enum rc put_texts(struct parse *p, const struct field *field, const json_t *value,
			 const struct path *path)
{
	const json_t *item;
	size_t i;

	buf_clear(&p->text);
	json_array_foreach(value, i, item)
	{
		if (!json_is_string(item))
			return refuse_type(p, field);
		if (i)
			buf_byte(&p->text, '\n');
		if (utf8_clean(json_string_value(item), json_string_length(item), &p->text, p->err))
			return about(p, field->name);
	}
	rec_set_bytes(p->rec, path, p->text.data, p->text.len);
	return RC_OK;
}

static enum rc put_hex(struct parse *p, const struct field *field, const json_t *value,
		       const struct path *path)
{
	uint8_t bytes[HEX_MAX];
	size_t len = json_string_length(value) / 2;

	if (len > sizeof(bytes) || !hex_parse(json_string_value(value), bytes, len))
		return refuse_type(p, field);
	rec_set_bytes(p->rec, path, bytes, len);
	return RC_OK;
}

static enum rc put_word(struct parse *p, const struct field *field, const json_t *value,
			const struct path *path)
{
	const char *word = json_string_value(value);
	int64_t num = 0;
	dayno day = 0;

	if (field->type == FIELD_ENUM) {
		num = enum_value(field, word);
		if (!num) {
			(void)err_field(p->err, field->name, "phải là một trong: %s", "must be one of: %s",
					field->choices);
			return locate(p);
		}
	} else if (field->type == FIELD_TIME) {
		if (clock_parse(word, &num, p->err))
			return about(p, field->name);
	} else {
		if (clock_parse_date(word, &day, p->err))
			return about(p, field->name);
		num = day;
	}
	rec_set_num(p->rec, path, num);
	return RC_OK;
}

static enum rc put_number(struct parse *p, const struct field *field, const json_t *value,
			  const struct path *path)
{
	int64_t num = json_is_true(value);
	double real = json_number_value(value);

	if (field->type == FIELD_INT)
		num = json_integer_value(value);
	if (field->type == FIELD_DEC) {
		if (!(real > -DEC_LIMIT && real < DEC_LIMIT)) {
			(void)err_field(p->err, field->name, "số quá lớn", "the number is too large");
			return locate(p);
		}
		real = real * (double)DEC_ONE + (real < 0 ? -0.5 : 0.5);
		num = json_is_integer(value) ? json_integer_value(value) * DEC_ONE : (int64_t)real;
	}
	rec_set_num(p->rec, path, num);
	return RC_OK;
}

static bool has_type(const struct field *field, const json_t *value)
{
	switch (field->type) {
	case FIELD_INT:
		return json_is_integer(value);
	case FIELD_DEC:
		return json_is_number(value);
	case FIELD_BOOL:
		return json_is_boolean(value);
	case FIELD_TEXTS:
	case FIELD_LIST:
		return json_is_array(value);
	default:
		return json_is_string(value);
	}
}

static enum rc put_plain(struct parse *p, const struct field *field, const json_t *value,
			 const struct path *path)
{
	if (!has_type(field, value))
		return refuse_type(p, field);
	if (json_is_string(value) && strlen(json_string_value(value)) != json_string_length(value)) {
		(void)err_field(p->err, field->name, "có ký tự điều khiển; hãy xóa rồi thử lại",
				"there is a control character; delete it and try again");
		return locate(p);
	}
	switch (field->type) {
	case FIELD_TEXT:
		return put_text(p, field, value, path);
	case FIELD_TEXTS:
		return put_texts(p, field, value, path);
	case FIELD_HEX:
		return put_hex(p, field, value, path);
	case FIELD_INT:
	case FIELD_DEC:
	case FIELD_BOOL:
		return put_number(p, field, value, path);
	default:
		/* An empty word is as good as none. */
		return json_string_length(value) ? put_word(p, field, value, path) : RC_OK;
	}
}

/* A name out of a file, fit to be printed; "?" for none. */
enum { SAFE_NAME = 48 };
static const char *safe_name(const char *name, size_t len, char safe[SAFE_NAME])
{
	if (len > SAFE_NAME - 1)
		len = SAFE_NAME - 1;
	for (size_t i = 0; i < len; i++)
		safe[i] = name[i] > ' ' && name[i] < 0x7f ? name[i] : '?';
	safe[len] = '\0';
	return len ? safe : "?";
}

static enum rc refuse_unknown(struct parse *p, const char *name)
{
	char safe[SAFE_NAME];

	(void)err_field(p->err, safe_name(name, strlen(name), safe),
			"không có trường này; trường riêng phải bắt đầu bằng x_",
			"there is no such field; a field of your own must start with x_");
	return locate(p);
}

/* Another system's field: kept as it is, under its name or, in a list, list.item.name. */
static void keep_extra(struct parse *p, const char *name, json_t *value)
{
	struct buf key = BUF(EXCHANGE_LINE_MAX);

	if (!p->extra)
		p->extra = json_object();
	if (p->list)
		buf_printf(&key, "%s.%u.", p->list->name, p->item);
	buf_text(&key, name);
	if (json_object_set_nocheck(p->extra, buf_str(&key), value))
		die("out of memory");
	buf_done(&key);
}

/* The field of a name, looked for from `*hint` on and then from the start. */
static const struct field *find_field(const struct field *fields, const struct field **hint, const char *name)
{
	const struct field *field = field_named(*hint, name);

	if (!field)
		field = field_named(fields, name);
	if (field)
		*hint = field + 1;
	return field && !(field->flags & FIELD_INNER) ? field : NULL;
}

static bool is_absent(const json_t *value)
{
	return json_is_null(value) || (json_is_array(value) && !json_array_size(value));
}

static enum rc put_element(struct parse *p, json_t *object)
{
	const struct field *fields = p->list->sub, *hint = fields, *field;
	size_t before = p->rec->count;
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return refuse_type(p, p->list);
	json_object_foreach(object, name, value)
	{
		struct path path;

		field = find_field(fields, &hint, name);
		if (!field && strncmp(name, "x_", 2) != 0)
			return refuse_unknown(p, name);
		if (is_absent(value))
			continue;
		if (!field) {
			keep_extra(p, name, value);
			continue;
		}
		path = path_at(p->list->tag, p->item, field->tag);
		if (put_plain(p, field, value, &path))
			return RC_INPUT;
	}
	if (p->rec->count > before)
		return RC_OK;
	(void)err_field(p->err, fields->name, "thiếu", "missing");
	return locate(p);
}

static enum rc put_list(struct parse *p, const struct field *list, json_t *array)
{
	enum rc rc = RC_OK;
	json_t *object;
	size_t i;

	if (!json_is_array(array))
		return refuse_type(p, list);
	if (json_array_size(array) > ELEMENTS_MAX)
		return err_field(p->err, list->name, "tối đa %d mục", "at most %d items", ELEMENTS_MAX);
	p->list = list;
	json_array_foreach(array, i, object)
	{
		p->item = (unsigned)i;
		rc = put_element(p, object);
		if (rc)
			break;
	}
	p->list = NULL;
	return rc;
}

static enum rc put_object(struct parse *p, json_t *object)
{
	const struct field *fields = rec_type(p->rec->kind)->fields, *hint = fields, *field;
	const char *name;
	json_t *value;

	json_object_foreach(object, name, value)
	{
		struct path path;

		field = find_field(fields, &hint, name);
		if (!field && !strcmp(name, "kind"))
			continue;
		if (!field && strncmp(name, "x_", 2) != 0)
			return refuse_unknown(p, name);
		if (is_absent(value))
			continue;
		if (!field) {
			keep_extra(p, name, value);
		} else if (field->type == FIELD_LIST) {
			if (put_list(p, field, value))
				return RC_INPUT;
		} else {
			path = path_of(field->tag);
			if (put_plain(p, field, value, &path))
				return RC_INPUT;
		}
	}
	return RC_OK;
}

/* Shapes the tables do not know. */

static bool component_fits(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return !name[len] && len >= 1 && len <= 40;
}

static bool id_fits(const char *id)
{
	size_t len = strspn(id, "0123456789");

	return id[len] || !len || len == 9 || len == 12;
}

static enum rc check_code(const struct rec *rec, unsigned tag, const char *name, struct err *err)
{
	struct code_parts parts;

	if (!rec_has(rec, tag) || !code_parse(rec_text(rec, tag), &parts, err))
		return RC_OK;
	if (err)
		(void)snprintf(err->field, sizeof(err->field), "%s", name);
	return RC_INPUT;
}

static enum rc check_id(const struct rec *rec, unsigned tag, const char *name, struct err *err)
{
	if (id_fits(rec_text(rec, tag)))
		return RC_OK;
	return err_field(
		err, name,
		"số định danh phải có 12 chữ số (CMND: 9), hoặc ghi applicant_id_kind là passport, other",
		"an id has 12 digits (an old one 9), unless applicant_id_kind is passport or other");
}

static enum rc check_component(const char *text, struct err *err)
{
	if (!*text || component_fits(text))
		return RC_OK;
	return err_field(err, "component", "chỉ gồm chữ thường a-z, số và gạch nối, tối đa 40",
			 "only letters a-z, digits and hyphens, at most 40");
}

static enum rc check_dossier(const struct rec *rec, struct err *err)
{
	int64_t kind = rec_num(rec, DOSSIER_APPLICANT_ID_KIND);
	struct element el = { 0 };
	enum rc rc = check_code(rec, DOSSIER_CODE, "code", err);

	if (!rc && kind != ID_KIND_PASSPORT && kind != ID_KIND_OTHER) {
		rc = check_id(rec, DOSSIER_APPLICANT_ID_NO, "applicant_id_no", err);
		if (!rc)
			rc = check_id(rec, DOSSIER_SUBMITTER_ID_NO, "submitter_id_no", err);
	}
	while (!rc && rec_each(rec, DOSSIER_COMPONENTS, &el))
		rc = check_component(el_text(rec, &el, COMPONENT_EL_COMPONENT), err);
	return rc;
}

enum rc exchange_check_shapes(const struct rec *rec, struct err *err)
{
	enum rc rc = RC_OK;

	switch (rec->kind) {
	case REC_DOSSIER:
		return check_dossier(rec, err);
	case REC_SCAN:
		rc = check_code(rec, SCAN_DOSSIER_CODE, "dossier_code", err);
		return rc ? rc : check_component(rec_text(rec, SCAN_COMPONENT), err);
	case REC_ASSIST:
		rc = check_code(rec, ASSIST_DOSSIER_CODE, "dossier_code", err);
		return rc ? rc : check_id(rec, ASSIST_PERSON_ID_NO, "person_id_no", err);
	default:
		return RC_OK;
	}
}

/* Text of other systems is theirs, but what nobody can see is refused here too. */
static enum rc check_escapes(const char *json, struct err *err)
{
	for (; *json; json++) {
		if (*json != '\\')
			continue;
		json++;
		if (*json == 'u' || *json == 'b' || *json == 'f' || *json == 'r')
			return err_field(err, "x_", "có ký tự điều khiển; hãy xóa rồi thử lại",
					 "there is a control character; delete it and try again");
	}
	return RC_OK;
}

static enum rc put_extra(struct parse *p)
{
	const struct path path = path_of(EXTRA_TAG);
	char *json;
	enum rc rc;

	if (!p->extra)
		return RC_OK;
	json = json_dumps(p->extra, JSON_COMPACT | JSON_SORT_KEYS);
	if (!json)
		die("out of memory");
	buf_clear(&p->text);
	rc = check_escapes(json, p->err);
	if (!rc && utf8_clean(json, strlen(json), &p->text, p->err))
		rc = about(p, "x_");
	if (!rc && p->text.len > EXTRA_MAX)
		rc = err_field(p->err, "x_", "dài quá: tối đa %d byte", "too long: at most %d bytes", EXTRA_MAX);
	if (!rc)
		rec_set_bytes(p->rec, &path, p->text.data, p->text.len);
	free(json);
	return rc;
}

static enum rc refuse_syntax(const char *text, size_t len, const json_error_t *why, struct err *err)
{
	struct span where = json_where(text, len, why->position > 0 ? (size_t)why->position : 0);
	const char *field;
	const char *quoted = strstr(why->text, "near '\"");
	char safe[SAFE_NAME];

	field = where.len ? safe_name((const char *)where.data, where.len, safe) : "kind";
	switch (json_error_code(why)) {
	case json_error_duplicate_key:
		quoted = quoted ? quoted + strlen("near '\"") : "";
		return err_field(err, safe_name(quoted, strcspn(quoted, "\""), safe),
				 "có hai lần trong một dòng", "stands twice in one line");
	case json_error_invalid_utf8:
		return err_field(err, field, "chữ không đúng bảng mã UTF-8", "the text is not valid UTF-8");
	case json_error_numeric_overflow:
		return err_field(err, field, "số quá lớn (cột %d)", "a number is too large (column %d)",
				 why->column);
	default:
		return err_field(err, "kind", "không phải JSON đúng cú pháp (cột %d)",
				 "not valid JSON (column %d)", why->column);
	}
}

/* The kind the line names; `kind` is what it must be, REC_NONE for any. */
static enum rc read_kind(const json_t *object, enum rec_kind kind, enum rec_kind *out, struct err *err)
{
	const json_t *value = json_object_get(object, "kind");
	enum rec_kind named;

	*out = kind;
	if (!value && kind != REC_NONE)
		return RC_OK;
	if (!value)
		return err_field(err, "kind", "thiếu", "missing");
	if (!json_is_string(value))
		return err_field(err, "kind", "phải là chuỗi chữ", "must be a string");
	named = rec_kind_named(json_string_value(value));
	if (!exchange_has_kind(named) && named != kind)
		return err_field(err, "kind", "không có loại bản ghi này", "there is no such kind of record");
	if (kind != REC_NONE && named != kind)
		return err_field(err, "kind", "ở đây phải là %s", "must be %s here", rec_type(kind)->name);
	*out = named;
	return RC_OK;
}

static enum rc parse_object(json_t *object, enum rec_kind kind, struct rec *out, struct err *err)
{
	struct parse p = { .rec = out, .text = BUF(REC_TEXT_MAX), .err = err };
	enum rec_kind named;
	enum rc rc = read_kind(object, kind, &named, err);

	if (!rc) {
		rec_clear(out, named);
		rc = put_object(&p, object);
	}
	if (!rc)
		rc = put_extra(&p);
	if (!rc)
		rc = rec_check(out, kind != REC_NONE, err);
	if (!rc)
		rc = exchange_check_shapes(out, err);
	json_decref(p.extra);
	buf_wipe_done(&p.text);
	return rc;
}

static enum rc parse(enum rec_kind kind, const char *text, size_t len, struct rec *out, struct err *err)
{
	json_error_t why;
	json_t *object;
	enum rc rc;

	if (len > EXCHANGE_LINE_MAX)
		return err_field(err, "kind", "dòng dài quá 4 MiB", "the line is longer than 4 MiB");
	object = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
	if (!object)
		return refuse_syntax(text, len, &why, err);
	if (json_is_object(object))
		rc = parse_object(object, kind, out, err);
	else
		rc = err_field(err, "kind", "mỗi dòng phải là một đối tượng JSON",
			       "a line must be one JSON object");
	json_decref(object);
	return rc;
}

enum rc exchange_parse_line(const char *line, size_t len, struct rec *out, struct err *err)
{
	return parse(REC_NONE, line, len, out, err);
}

enum rc exchange_parse_part(enum rec_kind kind, const char *text, size_t len, struct rec *out,
			    struct err *err)
{
	return parse(kind, text, len, out, err);
}
