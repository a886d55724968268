#include "core/history.h"

#include <stdlib.h>
#include <string.h>

#include "core/project.h"
#include "core/value.h"
#include "db/base/hash.h"
#include "db/base/mem.h"

static const struct field *field_at(enum rec_kind kind, const struct path *path)
{
	const struct field *field = field_tagged(rec_type(kind)->fields, path->tag);

	return field && path->key_len ? field_tagged(field->sub, path->sub) : field;
}

void history_value(enum rec_kind kind, const struct rec *rec, const struct cell *cell, struct buf *out)
{
	const struct field *field = cell ? field_at(kind, &cell->path) : NULL;

	if (!cell || cell->shape == CELL_UNSET)
		return;
	if (field)
		value_format(field, rec, cell, out);
	else
		buf_text(out, "?"); /* of a newer program */
}

void history_field(enum rec_kind kind, const struct path *path, struct buf *out)
{
	const struct field *field = field_tagged(rec_type(kind)->fields, path->tag);
	const struct field *sub = field && path->key_len ? field_tagged(field->sub, path->sub) : NULL;

	if (field)
		buf_text(out, field->name);
	else
		buf_printf(out, "#%u", path->tag);
	if (sub)
		buf_printf(out, ".%s", sub->name);
	else if (path->key_len)
		buf_printf(out, ".#%u", path->sub);
}

/* All events of one record in fold order, and who had seen whom. */
struct past {
	struct event_list list;
	size_t words;
	uint64_t *seen;   /* row i: the events that event i builds on */
	struct path *elements; /* first cell paths of all elements ever, in order: an element's place is its index */
	size_t elements_count;
};

static void see(struct past *past, size_t i, const struct id *parent)
{
	for (size_t j = i; j-- > 0;)
		if (!id_compare(&past->list.events[j].id, parent)) {
			past->seen[i * past->words + j / 64] |= UINT64_C(1) << (j % 64);
			for (size_t w = 0; w < past->words; w++)
				past->seen[i * past->words + w] |= past->seen[j * past->words + w];
			return;
		}
}

static int compare_elements(const void *a, const void *b)
{
	return path_compare(a, b);
}

static void collect_elements(struct past *past)
{
	size_t total = 0, kept = 0;

	for (size_t i = 0; i < past->list.count; i++)
		total += past->list.events[i].set.count;
	past->elements = mem_zeroed(total, sizeof(*past->elements));
	for (size_t i = 0; i < past->list.count; i++)
		for (size_t c = 0; c < past->list.events[i].set.count; c++) {
			struct path path = past->list.events[i].set.cells[c].path;

			path.sub = 0;
			if (path.key_len)
				past->elements[past->elements_count++] = path;
		}
	qsort(past->elements, past->elements_count, sizeof(*past->elements), compare_elements);
	for (size_t i = 0; i < past->elements_count; i++)
		if (!kept || path_compare(&past->elements[kept - 1], &past->elements[i]))
			past->elements[kept++] = past->elements[i];
	past->elements_count = kept;
}

/* From 1, among the elements of its list. */
static size_t place_of(const struct past *past, const struct path *path)
{
	struct path wanted = *path;
	size_t place = 0;

	wanted.sub = 0;
	for (size_t i = 0; i < past->elements_count; i++) {
		place += past->elements[i].tag == path->tag;
		if (!path_compare(&past->elements[i], &wanted))
			break;
	}
	return place;
}

static bool same_value(const struct rec *a, const struct cell *x, const struct rec *b, const struct cell *y)
{
	if (x->shape != y->shape || x->len != y->len || (x->shape == CELL_INT && x->num != y->num))
		return false;
	return x->shape != CELL_BYTES || !memcmp(a->text.data + x->off, b->text.data + y->off, x->len);
}

/* A later event set the path to something else and did not know of this one. */
static bool is_lost(const struct past *past, size_t i, const struct cell *cell)
{
	for (size_t j = i + 1; j < past->list.count; j++) {
		const struct rec *later = &past->list.events[j].set;
		const struct cell *other = rec_find(later, &cell->path);

		if (other && !(past->seen[j * past->words + i / 64] >> (i % 64) & 1) &&
		    !same_value(&past->list.events[i].set, cell, later, other))
			return true;
	}
	return false;
}

static void name_cell(const struct past *past, enum rec_kind kind, const struct path *path, struct buf *out)
{
	struct buf plain = BUF(200);
	size_t dot;

	history_field(kind, path, &plain);
	dot = strcspn(buf_str(&plain), ".");
	if (path->key_len)
		buf_printf(out, "%.*s[%zu]%s", (int)dot, buf_str(&plain), place_of(past, path), buf_str(&plain) + dot);
	else
		buf_text(out, buf_str(&plain));
	buf_done(&plain);
}

static enum rc visit_event(const struct past *past, enum rec_kind kind, size_t i, history_visit *each, void *ctx,
			   struct err *err)
{
	const struct event *event = &past->list.events[i];
	char device[2 * DEVICE_ID + 1];
	struct buf field = BUF(300), value = BUF(REC_TEXT_MAX);
	enum rc rc = RC_OK;

	hex_of(event->id.device, DEVICE_ID, device);
	for (size_t c = 0; !rc && c < event->set.count; c++) {
		const struct cell *cell = &event->set.cells[c];

		buf_clear(&field);
		buf_clear(&value);
		name_cell(past, kind, &cell->path, &field);
		history_value(kind, &event->set, cell, &value);
		rc = each(ctx, &(struct history_row){
			.at = event->clock, .actor = event->actor, .device = device, .event = event->id,
			.verb = event->verb, .field = buf_str(&field), .value = buf_str(&value),
			.removed = cell->shape == CELL_UNSET, .lost = is_lost(past, i, cell), .note = event->note,
		}, err);
	}
	buf_done(&field);
	buf_done(&value);
	return rc;
}

enum rc history_walk(struct app *app, enum rec_kind kind, const char *key, history_visit *each, void *ctx,
		     struct err *err)
{
	struct past past = { .words = 0 };
	int64_t rec;
	enum rc rc = app_may(app, MAY_READ, err);

	if (!rc)
		rc = row_find(app->db, kind, key, &rec, err);
	if (!rc)
		rc = project_events(app, rec, &past.list, err);
	if (rc)
		return rc;
	past.words = (past.list.count + 63) / 64;
	past.seen = mem_zeroed(past.list.count * past.words, sizeof(*past.seen));
	for (size_t i = 0; i < past.list.count; i++)
		for (size_t p = 0; p < past.list.events[i].parents_count; p++)
			see(&past, i, &past.list.events[i].parents[p]);
	collect_elements(&past);
	for (size_t i = 0; !rc && i < past.list.count; i++)
		rc = visit_event(&past, kind, i, each, ctx, err);
	free(past.elements);
	free(past.seen);
	project_events_done(&past.list);
	return rc;
}
