/* act_input.c - what a verb is told, from words or JSON. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/act.h"
#include "core/exchange.h"
#include "core/value.h"
#include "db/base/utf8.h"

void act_input_init(struct act_input *input, enum verb verb)
{
	*input = (struct act_input){ .at = MSEC_NONE };
	rec_init(&input->fields, verb == VERB_CORRECT ? REC_DOSSIER : REC_NONE);
}

void act_input_done(struct act_input *input)
{
	rec_done(&input->fields);
}

static const struct field *field_of(enum verb verb, const char *name)
{
	const struct dossier_verb *row = dossier_verb(verb);
	const struct field *table = verb == VERB_CORRECT ? rec_type(REC_DOSSIER)->fields : row ? row->fields : NULL;
	const struct field *field = field_named(table, name);

	return field && field->flags & FIELD_INNER ? NULL : field;
}

static enum rc no_field(const char *name, struct err *err)
{
	char short_name[60];

	(void)snprintf(short_name, sizeof(short_name), "%s", utf8_valid(name, strlen(name)) ? name : "?");
	return reason_refuse(err, short_name, REASON_NO_FIELD, NULL, NULL);
}

/* Limits and words of a field that is in no record: a length, a range, a clean text. */
static enum rc check_limit(const struct field *field, const struct rec *rec, struct err *err)
{
	const struct path path = path_of(field->tag);
	const struct cell *cell = rec_find(rec, &path);

	if (!cell || !field->limit)
		return RC_OK;
	if (cell->shape == CELL_INT && (cell->num < 0 || cell->num > field->limit))
		return err_field(err, field->name, "ngoài khoảng cho phép", "out of range");
	if (cell->shape == CELL_BYTES && field->type == FIELD_TEXT && cell->len > (size_t)field->limit)
		return err_field(err, field->name, "dài quá %lld byte", "longer than %lld bytes",
				 (long long)field->limit);
	return RC_OK;
}

enum rc act_input_put(struct act_input *input, enum verb verb, const char *name, const char *value, struct err *err)
{
	const struct field *field = field_of(verb, name);
	struct path path;
	msec at;
	enum rc rc;

	if (!field)
		return no_field(name, err);
	path = path_of(field->tag);
	if (verb == VERB_CORRECT && !*value) {
		rec_set_unset(&input->fields, &path);
		return RC_OK;
	}
	if (field->type == FIELD_LIST)
		return err_field(err, field->name, "là danh sách: dùng act … - và JSON",
				 "is a list: use act … - and JSON");
	if (field->type == FIELD_DATE && !clock_parse(value, &at, NULL)) {
		rec_set_num(&input->fields, &path, dayno_of(at)); /* a time tells its day */
		return RC_OK;
	}
	rc = value_parse(field, value, &input->fields, &path, err);
	if (!rc && verb == VERB_CORRECT)
		dossier_tidy_phones(&input->fields);
	return rc ? rc : check_limit(field, &input->fields, err);
}

static enum rc bad_type(const char *name, struct err *err)
{
	return err_field(err, name, "sai kiểu", "of a wrong type");
}

/* A list of texts as one text by lines; an item may hold no line end. */
static enum rc join(const char *name, const json_t *list, struct buf *out, struct err *err)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		if (!json_is_string(item) || strchr(json_string_value(item), '\n'))
			return bad_type(name, err);
		buf_printf(out, "%s%s", i ? "\n" : "", json_string_value(item));
	}
	return RC_OK;
}

/* The text of a JSON value, as value_parse reads it. */
static enum rc as_text(const struct field *field, const json_t *value, struct buf *out, struct err *err)
{
	bool number = field->type == FIELD_INT || field->type == FIELD_DEC;

	if (json_is_array(value) && field->type == FIELD_TEXTS)
		return join(field->name, value, out, err);
	if (json_is_boolean(value) && field->type == FIELD_BOOL)
		buf_text(out, json_is_true(value) ? "true" : "false");
	else if (json_is_integer(value) && number)
		buf_printf(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_real(value) && field->type == FIELD_DEC)
		buf_printf(out, "%.6f", json_real_value(value));
	else if (json_is_string(value) && !number && field->type != FIELD_BOOL)
		buf_text(out, json_string_value(value));
	else
		return bad_type(field->name, err);
	return RC_OK;
}

static enum rc put_value(struct act_input *input, enum verb verb, const char *name, const json_t *value,
			 struct err *err)
{
	const struct field *field = field_of(verb, name);
	struct buf text = BUF(REC_TEXT_MAX);
	enum rc rc;

	if (!field)
		return no_field(name, err);
	if (json_is_null(value))
		return RC_OK;
	rc = as_text(field, value, &text, err);
	if (!rc)
		rc = act_input_put(input, verb, name, buf_str(&text), err);
	buf_done(&text);
	return rc;
}

static bool is_absent(const json_t *value)
{
	return json_is_null(value) || (json_is_string(value) && !*json_string_value(value)) ||
	       (json_is_array(value) && !json_array_size(value));
}

/* A correction's fields are a piece of a record: read as records are; what is absent there is taken away here. */
static enum rc put_correction(struct act_input *input, json_t *fields, struct err *err)
{
	char *text = json_dumps(fields, JSON_COMPACT);
	const char *name;
	json_t *value;
	enum rc rc;

	if (!text)
		die("out of memory");
	rc = exchange_parse_part(REC_DOSSIER, text, strlen(text), &input->fields, err);
	if (!rc)
		dossier_tidy_phones(&input->fields);
	json_object_foreach(fields, name, value) {
		const struct field *field = field_of(VERB_CORRECT, name);

		if (!rc && !field)
			rc = no_field(name, err);
		if (!rc && is_absent(value)) {
			struct path path = path_of(field->tag);

			rec_set_unset(&input->fields, &path);
		}
	}
	memset(text, 0, strlen(text));
	free(text);
	return rc;
}

static enum rc put_fields(struct act_input *input, enum verb verb, json_t *fields, struct err *err)
{
	const char *name;
	json_t *value;
	enum rc rc = RC_OK;

	if (!json_is_object(fields))
		return bad_type("fields", err);
	if (verb == VERB_CORRECT)
		return put_correction(input, fields, err);
	json_object_foreach(fields, name, value) {
		rc = put_value(input, verb, name, value, err);
		if (rc)
			break;
	}
	return rc;
}

static enum rc put_note(struct act_input *input, const json_t *value, struct err *err)
{
	struct buf clean = BUF(sizeof(input->note) - 1);
	enum rc rc;

	if (!json_is_string(value))
		return bad_type("note", err);
	rc = utf8_clean_lines(json_string_value(value), json_string_length(value), &clean, err);
	if (rc || clean.full)
		rc = err_field(err, "note", "ghi chú quá dài hoặc có ký tự lạ",
			       "the note is too long or has odd characters");
	else
		(void)snprintf(input->note, sizeof(input->note), "%s", buf_str(&clean));
	buf_done(&clean);
	return rc;
}

static enum rc put_part(struct act_input *input, enum verb verb, const char *name, json_t *value, struct err *err)
{
	if (json_is_null(value))
		return RC_OK;
	if (!strcmp(name, "at")) {
		if (!json_is_string(value))
			return bad_type(name, err);
		return clock_parse(json_string_value(value), &input->at, err) ? err_in(err, "at", "at") : RC_OK;
	}
	if (!strcmp(name, "note"))
		return put_note(input, value, err);
	if (!strcmp(name, "fields"))
		return put_fields(input, verb, value, err);
	return no_field(name, err);
}

enum rc act_input_json(struct act_input *input, enum verb verb, const char *text, size_t len, struct err *err)
{
	json_error_t where;
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);
	const char *name;
	json_t *value;
	enum rc rc = RC_OK;

	if (!json_is_object(root)) {
		json_decref(root);
		return err_set(err, RC_INPUT, "không phải JSON: cần {\"at\":…,\"note\":…,\"fields\":{…}}",
			       "no JSON: {\"at\":…,\"note\":…,\"fields\":{…}} is needed");
	}
	json_object_foreach(root, name, value) {
		rc = put_part(input, verb, name, value, err);
		if (rc)
			break;
	}
	json_decref(root);
	return rc;
}
