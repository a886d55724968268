/*
 * burst.h - a card scanner that types.
 *
 * Pure. Twelve digits and then `|` are no typing but the QR of an identity
 * card, at any speed and in any field: from there everything is taken as it
 * comes, nothing composes, no key is a command, until Enter, Tab or
 * BURST_SILENCE_MS without a key. A burst holding Backspace is an input
 * method's and no scan. The text holds personal data: burst_init wipes it.
 */
#ifndef MOTCUA_TUI_BURST_H
#define MOTCUA_TUI_BURST_H

#include "tui/keys.h"

enum {
	BURST_SILENCE_MS = 150,
	BURST_BYTES = 2048,
	BURST_DIGITS = 12,
};

struct burst {
	char text[BURST_BYTES]; /* bytes as scanned, NUL after */
	size_t len;
	unsigned run;           /* digits typed one after the other so far */
	bool taking;
	int64_t last_ms;
};

enum burst_result {
	BURST_NO,    /* a key like others */
	BURST_FIRST, /* a digit like others, the first of a run: remember the field as it is before it */
	BURST_BEGIN, /* the run was a scan: put the field back; the key is taken */
	BURST_MORE,  /* the key is taken */
	BURST_END,   /* the scan is whole: read `text`, then burst_init */
};

void burst_init(struct burst *burst);
enum burst_result burst_key(struct burst *burst, const struct key *key, int64_t now_ms);
/* Milliseconds until silence ends the scan; -1 when none is being taken. 0: it has ended. */
int burst_wait_ms(const struct burst *burst, int64_t now_ms);

#endif
