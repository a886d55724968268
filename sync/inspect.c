#include "sync/inspect.h"

#include <string.h>

struct count_state {
	struct counted *out;
	struct event event;
};

static enum rc count_event(void *ctx, struct span bytes, struct err *err)
{
	struct count_state *state = ctx;
	struct counted *out = state->out;
	const struct event *event = &state->event;
	enum rc rc = event_unpack(&state->event, bytes.data, bytes.len, err);

	if (rc)
		return rc;
	if (event->set.kind < REC_KINDS)
		out->kinds[event->set.kind]++;
	else
		out->others++;
	if (event->verb < VERB_COUNT)
		out->verbs[event->verb]++;
	if (out->first_clock == MSEC_NONE || event->clock < out->first_clock)
		out->first_clock = event->clock;
	if (event->clock > out->last_clock)
		out->last_clock = event->clock;
	return RC_OK;
}

enum rc batch_inspect(const struct identity *keys, const void *data, size_t len, struct manifest *manifest,
		      struct counted *out, struct err *err)
{
	struct counted counted = { .first_clock = MSEC_NONE, .last_clock = MSEC_NONE };
	struct count_state state = { .out = &counted };
	enum rc rc;

	event_init(&state.event);
	rc = batch_open(keys, data, len, manifest, count_event, &state, err);
	event_done(&state.event);
	if (!rc)
		*out = counted;
	return rc;
}
