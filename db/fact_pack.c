#include "db/fact_pack.h"

enum { TIMES = 5 };

static void times_of(struct fact *fact, msec *times[TIMES])
{
	times[0] = &fact->received_at;
	times[1] = &fact->due_at;
	times[2] = &fact->first_due;
	times[3] = &fact->finished_at;
	times[4] = &fact->returned_at;
}

void fact_pack(const struct fact *fact, struct buf *out)
{
	struct fact copy = *fact;
	msec *times[TIMES], last = 0;
	unsigned present = 0;

	times_of(&copy, times);
	wire_put_uint(out, fact->flags);
	wire_put_uint(out, (uint64_t)fact->state);
	wire_put_uint(out, (uint64_t)fact->level);
	wire_put_uint(out, (uint64_t)fact->channel);
	wire_put_uint(out, (uint64_t)fact->rating);
	wire_put_uint(out, (uint64_t)fact->field);
	wire_put_uint(out, (uint64_t)fact->procedure);
	wire_put_uint(out, (uint64_t)fact->clerk);
	for (unsigned i = 0; i < TIMES; i++)
		present |= (*times[i] != MSEC_NONE ? 1u : 0u) << i;
	buf_byte(out, (uint8_t)present);
	for (unsigned i = 0; i < TIMES; i++) {
		if (*times[i] == MSEC_NONE)
			continue;
		wire_put_int(out, (int64_t)((uint64_t)*times[i] - (uint64_t)last));
		last = *times[i];
	}
	wire_put_bytes(out, fact->pauses.data, fact->pauses.len);
	wire_put_bytes(out, fact->extensions.data, fact->extensions.len);
}

bool fact_unpack(struct span body, struct fact *out)
{
	struct reader r = reader_on(body.data, body.len);
	msec *times[TIMES], last = 0;
	unsigned present;

	times_of(out, times);
	out->flags = (unsigned)wire_uint(&r);
	out->state = (int)wire_uint(&r);
	out->level = (int)wire_uint(&r);
	out->channel = (int)wire_uint(&r);
	out->rating = (int)wire_uint(&r);
	out->field = (int64_t)wire_uint(&r);
	out->procedure = (int64_t)wire_uint(&r);
	out->clerk = (int64_t)wire_uint(&r);
	present = wire_byte(&r);
	for (unsigned i = 0; i < TIMES; i++) {
		*times[i] = MSEC_NONE;
		if (!(present >> i & 1))
			continue;
		last = (msec)((uint64_t)last + (uint64_t)wire_int(&r));
		*times[i] = last;
	}
	out->pauses = wire_bytes(&r);
	out->extensions = wire_bytes(&r);
	return reader_at_end(&r);
}
