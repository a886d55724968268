/* gate.c - see gate.h. */
#include "tui/gate.h"

void gate_init(struct gate *gate)
{
	volatile unsigned char *at = (volatile unsigned char *)gate;

	for (size_t i = 0; i < sizeof(*gate); i++)
		at[i] = 0;
}

/* No card: what is held goes back, and the next run of digits begins anew. */
static void give_back(struct gate *gate)
{
	burst_init(&gate->burst);
	gate->giving = gate->count > 0;
	gate->at = 0;
}

enum gate_result gate_key(struct gate *gate, const struct key *key, int64_t now_ms)
{
	bool digit = key->name == K_TEXT && key->ch >= '0' && key->ch <= '9';

	if (!gate->burst.taking && !digit && !gate->count)
		return GATE_PASS;
	switch (burst_key(&gate->burst, key, now_ms)) {
	case BURST_BEGIN:
		gate->count = 0;
		return GATE_HELD;
	case BURST_MORE:
		return GATE_HELD;
	case BURST_END:
		return GATE_CARD;
	default:
		break;
	}
	gate->held[gate->count++] = *key;
	if (!digit || gate->count > BURST_DIGITS)
		give_back(gate);
	return GATE_HELD;
}

bool gate_taking(const struct gate *gate)
{
	return gate->burst.taking;
}

int gate_wait_ms(const struct gate *gate, int64_t now_ms)
{
	int64_t left = gate->burst.last_ms + GATE_GAP_MS - now_ms;

	if (gate->burst.taking)
		return burst_wait_ms(&gate->burst, now_ms);
	if (!gate->count || gate->giving)
		return -1;
	return left < 0 ? 0 : (int)left;
}

enum gate_result gate_silence(struct gate *gate)
{
	if (gate->burst.taking) {
		gate->burst.taking = false;
		return GATE_CARD;
	}
	give_back(gate);
	return GATE_HELD;
}

bool gate_give(struct gate *gate, struct key *out)
{
	if (!gate->giving)
		return false;
	*out = gate->held[gate->at++];
	if (gate->at == gate->count)
		gate_init(gate);
	return true;
}
