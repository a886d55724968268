/* burst.c - see burst.h. */
#include "tui/burst.h"

#include <string.h>

#include "db/base/utf8.h"

void burst_init(struct burst *burst)
{
	volatile unsigned char *at = (volatile unsigned char *)burst;

	for (size_t i = 0; i < sizeof(*burst); i++)
		at[i] = 0;
}

static void add(struct burst *burst, const char *bytes, size_t len)
{
	if (burst->len + len >= BURST_BYTES)
		return;
	memcpy(burst->text + burst->len, bytes, len);
	burst->len += len;
	burst->text[burst->len] = '\0';
}

/* The key's bytes as they came. */
static void add_key(struct burst *burst, const struct key *key)
{
	struct buf letter = BUF(8);

	if (key->raw) {
		add(burst, (const char *)&key->raw, 1);
		return;
	}
	utf8_put(&letter, (int32_t)key->ch);
	add(burst, buf_str(&letter), letter.len);
	buf_done(&letter);
}

/* Before a scan is known: count digits. */
static enum burst_result count_digit(struct burst *burst, const struct key *key)
{
	if (key->name == K_TEXT && key->ch >= '0' && key->ch <= '9') {
		if (burst->run == BURST_DIGITS) { /* too long: look at the last twelve no more */
			burst_init(burst);
			burst->run = BURST_DIGITS + 1;
		}
		if (burst->run > BURST_DIGITS)
			return BURST_NO;
		add_key(burst, key);
		return burst->run++ ? BURST_NO : BURST_FIRST;
	}
	if (key->name == K_TEXT && key->ch == '|' && burst->run == BURST_DIGITS) {
		burst->taking = true;
		add_key(burst, key);
		return BURST_BEGIN;
	}
	burst_init(burst);
	return BURST_NO;
}

enum burst_result burst_key(struct burst *burst, const struct key *key, int64_t now_ms)
{
	bool end = key->name == K_ENTER || key->name == K_TAB || (key->name == K_TEXT && key->ch == '\n');

	burst->last_ms = now_ms;
	if (!burst->taking) {
		enum burst_result result = count_digit(burst, key);

		burst->last_ms = now_ms;
		return result;
	}
	if (end) {
		burst->taking = false;
		return BURST_END;
	}
	if (key->name == K_TEXT)
		add_key(burst, key);
	return BURST_MORE;
}

int burst_wait_ms(const struct burst *burst, int64_t now_ms)
{
	int64_t left = burst->last_ms + BURST_SILENCE_MS - now_ms;

	if (!burst->taking)
		return -1;
	return left < 0 ? 0 : (int)left;
}
