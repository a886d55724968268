#include "db/event.h"

#include "db/base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT_VERSION = 1 };

void id_put(const struct id *id, uint8_t out[ID_BYTES])
{
	memcpy(out, id->device, DEVICE_ID);
	out[8] = (uint8_t)(id->epoch >> 8);
	out[9] = (uint8_t)id->epoch;
	for (int i = 0; i < 6; i++)
		out[10 + i] = (uint8_t)(id->seq >> (8 * (5 - i)));
}

struct id id_get(const uint8_t in[ID_BYTES])
{
	struct id id = { .epoch = (uint16_t)(in[8] << 8 | in[9]) };

	memcpy(id.device, in, DEVICE_ID);
	for (int i = 0; i < 6; i++)
		id.seq = id.seq << 8 | in[10 + i];
	return id;
}

bool id_is_none(const struct id *id)
{
	return id->seq == 0;
}

int id_compare(const struct id *a, const struct id *b)
{
	int order = memcmp(a->device, b->device, DEVICE_ID);

	if (order)
		return order;
	if (a->epoch != b->epoch)
		return a->epoch < b->epoch ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

void id_format(const struct id *id, char out[ID_TEXT])
{
	size_t at = 0;

	for (size_t i = 0; i < DEVICE_ID; i++)
		at += (size_t)snprintf(out + at, ID_TEXT - at, "%02x", id->device[i]);
	snprintf(out + at, ID_TEXT - at, ".%u.%" PRIu64, id->epoch, id->seq);
}

void event_init(struct event *event)
{
	memset(event, 0, sizeof(*event));
	rec_init(&event->set, REC_NONE);
}

void event_done(struct event *event)
{
	rec_done(&event->set);
	explicit_bzero(event->note, sizeof(event->note));
}

static void put_id(struct buf *out, const struct id *id)
{
	uint8_t bytes[ID_BYTES];

	id_put(id, bytes);
	buf_add(out, bytes, sizeof(bytes));
}

enum rc event_pack(const struct event *event, struct buf *out, struct err *err)
{
	buf_byte(out, EVENT_VERSION);
	put_id(out, &event->id);
	wire_put_int(out, event->clock);
	wire_put_bytes(out, event->actor, strlen(event->actor));
	wire_put_uint(out, event->verb);
	wire_put_uint(out, event->set.kind);
	wire_put_uint(out, event->parents_count);
	if (event->parents_count) {
		wire_put_uint(out, event->rev);
		put_id(out, &event->subject);
	}
	for (size_t i = 0; i < event->parents_count; i++)
		put_id(out, &event->parents[i]);
	wire_put_bytes(out, event->note, strlen(event->note));
	rec_pack(&event->set, out);
	if (out->full || out->len > EVENT_MAX)
		return err_set(err, RC_FULL, "Bản ghi quá lớn (hơn 4 MiB).",
			       "The record is too large (over 4 MiB).");
	return RC_OK;
}

static struct id take_id(struct reader *r)
{
	struct span span = wire_take(r, ID_BYTES);
	static const struct id none;

	return span.len ? id_get(span.data) : none;
}

static void take_text(struct reader *r, char *out, size_t size)
{
	struct span span = wire_bytes(r);

	if (r->bad || span.len >= size || (span.len && memchr(span.data, '\0', span.len))) {
		r->bad = true;
		return;
	}
	memcpy(out, span.data, span.len);
	out[span.len] = '\0';
}

/* Parents strictly rise, so one set has one spelling. */
static void take_parents(struct reader *r, struct event *event)
{
	uint64_t count = wire_uint(r);

	event->parents_count = 0;
	event->subject = event->id;
	event->rev = 1;
	if (!count)
		return;
	if (count > EVENT_PARENTS_MAX) {
		r->bad = true;
		return;
	}
	event->rev = (uint32_t)wire_uint(r);
	event->subject = take_id(r);
	for (size_t i = 0; i < count; i++) {
		event->parents[i] = take_id(r);
		if (i && id_compare(&event->parents[i - 1], &event->parents[i]) >= 0)
			r->bad = true;
	}
	event->parents_count = (size_t)count;
	if (event->rev < 2)
		r->bad = true;
}

enum rc event_unpack(struct event *event, const void *data, size_t len, struct err *err)
{
	struct reader r = reader_on(data, len);
	uint64_t kind, verb;

	if (wire_byte(&r) != EVENT_VERSION)
		r.bad = true;
	event->id = take_id(&r);
	event->clock = wire_int(&r);
	take_text(&r, event->actor, sizeof(event->actor));
	verb = wire_uint(&r);
	kind = wire_uint(&r);
	take_parents(&r, event);
	take_text(&r, event->note, sizeof(event->note));
	if (r.bad || id_is_none(&event->id) || verb == 0 || verb > UINT16_MAX || kind == 0 ||
	    kind > UINT16_MAX)
		return err_set(err, RC_DAMAGED, "Sự kiện hỏng: không đọc được.",
			       "Damaged event: it cannot be read.");
	event->verb = (enum verb)verb;
	return rec_unpack(&event->set, (enum rec_kind)kind, r.at, (size_t)(r.end - r.at), err);
}
