/*
 * exchange_format.c - a record as one line of JSON, written by hand: a hundred
 * thousand of them are one export.
 */
#include "core/exchange.h"
#include "core/value.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXTRA_TAG = 41 };

void exchange_quote(const char *text, size_t len, struct buf *out)
{
	size_t from = 0;

	buf_byte(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, text + from, i - from);
		from = i + 1;
		if (c == '\n')
			buf_text(out, "\\n");
		else if (c == '\t')
			buf_text(out, "\\t");
		else if (c < 0x20)
			buf_printf(out, "\\u%04x", c);
		else
			buf_add(out, (const char[]){ '\\', (char)c }, 2);
	}
	buf_add(out, text + from, len - from);
	buf_byte(out, '"');
}

static void put_name(const char *name, struct buf *out)
{
	if (out->len && out->data[out->len - 1] != '{')
		buf_byte(out, ',');
	buf_byte(out, '"');
	buf_text(out, name);
	buf_add(out, "\":", 2);
}

/* Lines of one text as a list of strings. */
static void put_texts(const char *text, size_t len, struct buf *out)
{
	const char *end = text + len;

	buf_byte(out, '[');
	for (;;) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		exchange_quote(text, (size_t)((stop ? stop : end) - text), out);
		if (!stop)
			break;
		buf_byte(out, ',');
		text = stop + 1;
	}
	buf_byte(out, ']');
}

static void put_value(const struct field *field, const struct rec *rec, const struct cell *cell,
		      struct buf *out)
{
	switch (field->type) {
	case FIELD_TEXT:
		exchange_quote(cell_text(rec, cell), cell->len, out);
		break;
	case FIELD_TEXTS:
		put_texts(cell_text(rec, cell), cell->len, out);
		break;
	case FIELD_BOOL:
		buf_text(out, cell->num > 0 ? "true" : "false");
		break;
	case FIELD_INT:
	case FIELD_DEC:
		value_format(field, rec, cell, out);
		break;
	default:
		buf_byte(out, '"');
		value_format(field, rec, cell, out);
		buf_byte(out, '"');
		break;
	}
}

/* A cell of another shape than its field's (a later version's) has no text here. */
static bool can_print(const struct field *field, const struct cell *cell)
{
	bool bytes = field->type == FIELD_TEXT || field->type == FIELD_TEXTS || field->type == FIELD_HEX;

	return cell && cell->shape == (bytes ? CELL_BYTES : CELL_INT);
}

/* x_ fields whose name starts with `prefix`, which is not printed; "" prints those without a dot. */
static void put_extra(json_t *extra, const char *prefix, struct buf *out)
{
	size_t skip = strlen(prefix);
	const char *name;
	json_t *value;

	json_object_foreach(extra, name, value)
	{
		char *json;

		if (strncmp(name, prefix, skip) != 0 || strncmp(name + skip, "x_", 2) != 0)
			continue;
		json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		if (!json)
			die("out of memory");
		if (out->data[out->len - 1] != '{')
			buf_byte(out, ',');
		exchange_quote(name + skip, strlen(name + skip), out);
		buf_byte(out, ':');
		buf_text(out, json);
		free(json);
	}
}

static void put_element(const struct rec *rec, const struct field *list, const struct element *el,
			json_t *extra, struct buf *out)
{
	char prefix[64];

	buf_byte(out, '{');
	for (const struct field *field = list->sub; field->tag; field++) {
		const struct cell *cell = el_find(rec, el, field->tag);

		if (field->flags & FIELD_INNER || !can_print(field, cell))
			continue;
		put_name(field->name, out);
		put_value(field, rec, cell, out);
	}
	if (extra && el->key_len == 2) {
		(void)snprintf(prefix, sizeof(prefix), "%s.%u.", list->name,
			       (unsigned)el->key[0] << 8 | el->key[1]);
		put_extra(extra, prefix, out);
	}
	buf_byte(out, '}');
}

static void put_list(const struct rec *rec, const struct field *list, json_t *extra, struct buf *out)
{
	struct element el = { 0 };
	bool first = true;

	while (rec_each(rec, list->tag, &el)) {
		if (first) {
			put_name(list->name, out);
			buf_byte(out, '[');
		} else {
			buf_byte(out, ',');
		}
		first = false;
		put_element(rec, list, &el, extra, out);
	}
	if (!first)
		buf_byte(out, ']');
}

void exchange_format(const struct rec *rec, struct buf *out)
{
	const struct path extra_path = path_of(EXTRA_TAG);
	const struct cell *extra_cell = rec_find(rec, &extra_path);
	json_t *extra = NULL;

	if (exchange_has_kind(rec->kind) && extra_cell)
		extra = json_loadb(cell_text(rec, extra_cell), extra_cell->len, 0, NULL);
	buf_text(out, "{\"kind\":\"");
	buf_text(out, rec_type(rec->kind)->name);
	buf_byte(out, '"');
	for (const struct field *field = rec_type(rec->kind)->fields; field && field->tag; field++) {
		const struct path path = path_of(field->tag);
		const struct cell *cell;

		if (field->flags & FIELD_INNER)
			continue;
		if (field->type == FIELD_LIST) {
			put_list(rec, field, extra, out);
			continue;
		}
		cell = rec_find(rec, &path);
		if (!can_print(field, cell))
			continue;
		put_name(field->name, out);
		put_value(field, rec, cell, out);
	}
	if (extra)
		put_extra(extra, "", out);
	json_decref(extra);
	buf_byte(out, '}');
}
