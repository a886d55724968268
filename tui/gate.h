/*
 * gate.h - a card scanned where keys are commands.
 *
 * Pure. Twelve digits in a row and then `|` are no commands. So where a digit is one, it waits GATE_GAP_MS for
 * the next, which no hand is quick enough to type; what turns out to be no card is given back key by key, in
 * order, none lost. The card's text is the caller's to read from `burst` after GATE_CARD, then gate_init.
 */
#ifndef MOTCUA_TUI_GATE_H
#define MOTCUA_TUI_GATE_H

#include "tui/burst.h"

enum {
	GATE_GAP_MS = 20,
	GATE_KEYS = BURST_DIGITS + 2,
};

struct gate {
	struct burst burst;
	struct key held[GATE_KEYS];
	size_t count, at;
	bool giving; /* no card: held keys go back */
};

enum gate_result {
	GATE_PASS, /* a key like others */
	GATE_HELD, /* taken for now */
	GATE_CARD, /* the scan is whole */
};

void gate_init(struct gate *gate); /* wipes */
enum gate_result gate_key(struct gate *gate, const struct key *key, int64_t now_ms);
/* A scan is being taken, whatever the screen. */
bool gate_taking(const struct gate *gate);
/* Milliseconds until gate_silence is due; -1 when nothing is held. */
int gate_wait_ms(const struct gate *gate, int64_t now_ms);
/* Nothing came in time: GATE_CARD, or GATE_HELD and keys to give back. */
enum gate_result gate_silence(struct gate *gate);
/* The next key to give back. */
bool gate_give(struct gate *gate, struct key *out);

#endif
