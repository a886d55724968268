/* t_tui_gate.c - a card scanned where digits are commands; what is none goes back, in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "db/base/buf.h"
#include "tests/unit/case.h"
#include "tui/gate.h"

static const struct {
	const char *what, *bytes, *passed, *card; /* `passed`: the keys that come through, at once or given back */
} cases[] = {
	{ "a command that is no digit", "q", "q", "" },
	{ "one digit waits and comes", "1", "1", "" },
	{ "digits and a letter, in order", "0102 0103x", "0102 0103x", "" },
	{ "twelve digits and a letter", "060190012345x", "060190012345x", "" },
	{ "more digits than a card has", "06019001234567", "06019001234567", "" },
	{ "a card, with Enter behind", "060190012345||An|15031990\rq", "q", "060190012345||An|15031990" },
	{ "with Tab", "060190012345||An\t1", "1", "060190012345||An" },
	{ "with nothing behind", "060190012345||An 123", "", "060190012345||An 123" },
	{ "in another script", "060190012345||Ễ\r", "", "060190012345||Ễ" },
	{ "thirteen digits and a bar", "0601900123456|x", "0601900123456|x", "" },
};

/* Keys given back, then whatever came through. */
static void drain(struct gate *gate, struct buf *passed)
{
	struct key key;

	while (gate_give(gate, &key))
		buf_byte(passed, (uint8_t)key.ch);
}

static void take(struct gate *gate, enum gate_result result, const struct key *key, struct buf *passed,
		 struct buf *card)
{
	if (result == GATE_PASS)
		buf_byte(passed, (uint8_t)key->ch);
	if (result == GATE_CARD) {
		buf_text(card, gate->burst.text);
		gate_init(gate);
	}
	drain(gate, passed);
}

static void cards_are_told_from_commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct gate *gate = calloc(1, sizeof(*gate));
		struct buf passed = BUF(256), card = BUF(256);
		struct keys keys;
		struct key key = { 0 };

		case_name(cases[i].what);
		assert_non_null(gate);
		gate_init(gate);
		keys_init(&keys);
		for (size_t b = 0; cases[i].bytes[b]; b++) {
			assert_true(keys_feed(&keys, (uint8_t)cases[i].bytes[b], 1000));
			while (keys_take(&keys, 1000, &key))
				take(gate, gate_key(gate, &key, 1000), &key, &passed, &card);
		}
		if (gate_wait_ms(gate, 1000) >= 0) {
			assert_int_equal(gate_wait_ms(gate, 1000 + BURST_SILENCE_MS), 0);
			take(gate, gate_silence(gate), &key, &passed, &card);
		}
		assert_int_equal(gate_wait_ms(gate, 1000), -1);
		assert_string_equal(buf_str(&passed), cases[i].passed);
		assert_string_equal(buf_str(&card), cases[i].card);
		buf_done(&passed);
		buf_done(&card);
		free(gate);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_are_told_from_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
