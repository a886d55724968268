/* Columns from outside: refused, or events that are canonical and survive another journey. */
#include "sync/columns.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EVENTS = 64 };

struct seen {
	struct buf bytes;
	size_t at[EVENTS + 1], count;
};

static enum rc collect(void *ctx, struct span bytes, struct err *err)
{
	struct seen *seen = ctx;
	struct buf again = BUF(EVENT_MAX * 2);
	struct event event;

	if (seen->count == EVENTS)
		return RC_FULL;
	event_init(&event);
	if (event_unpack(&event, bytes.data, bytes.len, err) || event_pack(&event, &again, err) ||
	    again.len != bytes.len || memcmp(again.data, bytes.data, bytes.len) != 0)
		abort();
	event_done(&event);
	buf_done(&again);
	buf_add(&seen->bytes, bytes.data, bytes.len);
	seen->at[++seen->count] = seen->bytes.len;
	return RC_OK;
}

static void pack_again(const struct seen *seen, const struct columns *from)
{
	struct event_bytes events[EVENTS];
	struct buf packed = BUF(COLUMNS_RAW_MAX * 2);
	struct seen again = { .bytes = BUF(COLUMNS_RAW_MAX) };
	struct columns run = *from;
	struct err err;

	for (size_t i = 0; i < seen->count; i++)
		events[i].bytes =
			(struct span){ seen->bytes.data + seen->at[i], seen->at[i + 1] - seen->at[i] };
	if (columns_pack(events, seen->count, &from->base, &packed, &err))
		abort();
	run.bytes = (struct span){ packed.data, packed.len };
	if (columns_unpack(&run, collect, &again, &err) || again.bytes.len != seen->bytes.len ||
	    memcmp(again.bytes.data, seen->bytes.data, again.bytes.len) != 0)
		abort();
	buf_done(&packed);
	buf_done(&again.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct columns columns = {
		{ data, size }, { 0, "H11.25" }, { { 9, 8, 7, 6, 5, 4, 3, 2 }, 3, 100 }, 0
	};
	struct seen seen = { .bytes = BUF(COLUMNS_RAW_MAX) };
	struct err err = { 0 };
	enum rc rc;

	if (size < 2)
		return 0;
	/* Plain events have no count of their own: any is as good. */
	columns.count = data[0] == 0xff ? 3 : data[1] % EVENTS;
	rc = columns_unpack(&columns, collect, &seen, &err);
	if (rc && !err.en[0])
		abort();
	if (!rc && seen.count)
		pack_again(&seen, &columns);
	buf_done(&seen.bytes);
	return 0;
}
