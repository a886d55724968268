/*
 * rec_pack.c - a record as canonical bytes, and back.
 *
 * Each field present is a head, tag << 2 | shape, and its value. Shape 3 opens
 * an element of a list: its key, how many fields, and those fields as heads
 * and values of their own. Paths strictly rise, so a record has one spelling.
 */
#include "db/rec.h"

#include <string.h>

enum { SHAPE_ELEMENT = 3 };

static void pack_value(const struct rec *rec, const struct cell *cell, struct buf *out)
{
	if (cell->shape == CELL_INT)
		wire_put_int(out, cell->num);
	else if (cell->shape == CELL_BYTES)
		wire_put_bytes(out, rec->text.data + cell->off, cell->len);
}

/* One element from cell `at`; returns the cell after it. */
static size_t pack_element(const struct rec *rec, size_t at, struct buf *out)
{
	const struct path *first = &rec->cells[at].path;
	size_t end = at;

	while (end < rec->count && rec->cells[end].path.tag == first->tag &&
	       rec->cells[end].path.key_len == first->key_len &&
	       !memcmp(rec->cells[end].path.key, first->key, first->key_len))
		end++;
	wire_put_uint(out, (uint64_t)first->tag << 2 | SHAPE_ELEMENT);
	wire_put_bytes(out, first->key, first->key_len);
	wire_put_uint(out, end - at);
	for (; at < end; at++) {
		const struct cell *cell = &rec->cells[at];

		wire_put_uint(out, (uint64_t)cell->path.sub << 2 | cell->shape);
		pack_value(rec, cell, out);
	}
	return end;
}

void rec_pack(const struct rec *rec, struct buf *out)
{
	size_t at = 0;

	while (at < rec->count) {
		const struct cell *cell = &rec->cells[at];

		if (cell->path.key_len) {
			at = pack_element(rec, at, out);
			continue;
		}
		wire_put_uint(out, (uint64_t)cell->path.tag << 2 | cell->shape);
		pack_value(rec, cell, out);
		at++;
	}
}

/* Append one cell; anything out of order, empty or too much makes the reader bad. */
static void unpack_cell(struct rec *rec, struct reader *r, const struct path *path, unsigned shape)
{
	size_t before = rec->count;

	if (before >= REC_CELLS_MAX ||
	    (before && path_compare(&rec->cells[before - 1].path, path) >= 0)) {
		r->bad = true;
		return;
	}
	if (shape == CELL_INT) {
		rec_set_num(rec, path, wire_int(r));
	} else if (shape == CELL_BYTES) {
		struct span span = wire_bytes(r);

		if (!r->bad)
			rec_set_bytes(rec, path, span.data, span.len);
	} else {
		rec_set_unset(rec, path);
	}
	if (rec->count == before)
		r->bad = true;
}

/* The last cell read is of this element already. */
static bool continues(const struct rec *rec, unsigned tag, struct span key)
{
	const struct path *last = rec->count ? &rec->cells[rec->count - 1].path : NULL;

	return last && last->tag == tag && last->key_len == key.len && !memcmp(last->key, key.data, key.len);
}

static void unpack_element(struct rec *rec, struct reader *r, unsigned tag)
{
	struct span key = wire_bytes(r);
	uint64_t fields = wire_uint(r);

	if (r->bad || !key.len || key.len > KEY_MAX || !fields || fields > REC_CELLS_MAX ||
	    continues(rec, tag, key)) {
		r->bad = true;
		return;
	}
	while (fields-- && !r->bad) {
		uint64_t head = wire_uint(r);
		unsigned shape = (unsigned)(head & 3);
		struct path path = path_key(tag, key.data, key.len, (unsigned)(head >> 2 & UINT16_MAX));

		if (head >> 2 > UINT16_MAX || !path.sub || shape == SHAPE_ELEMENT)
			r->bad = true;
		else
			unpack_cell(rec, r, &path, shape);
	}
}

enum rc rec_unpack(struct rec *rec, enum rec_kind kind, const void *data, size_t len, struct err *err)
{
	struct reader r = reader_on(data, len);

	rec_clear(rec, kind);
	while (!r.bad && r.at < r.end) {
		uint64_t head = wire_uint(&r);
		unsigned shape = (unsigned)(head & 3), tag = (unsigned)(head >> 2 & UINT16_MAX);
		struct path path = path_of(tag);

		if (head >> 2 > UINT16_MAX || !tag)
			r.bad = true;
		else if (shape == SHAPE_ELEMENT)
			unpack_element(rec, &r, tag);
		else
			unpack_cell(rec, &r, &path, shape);
	}
	if (!r.bad)
		return RC_OK;
	rec_clear(rec, kind);
	return err_set(err, RC_DAMAGED, "Bản ghi hỏng: không đọc được.", "Damaged record: it cannot be read.");
}
