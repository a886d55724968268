/* t_key.c - slots, names, recovery codes, costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "db/key.h"
#include "tests/unit/case.h"

static const uint8_t STORE[KEY_ID_SIZE] = { 1 }, OTHER_STORE[KEY_ID_SIZE] = { 2 };
static const uint8_t DATA[KEY_SIZE] = { 5, 6 }, NEW_DATA[KEY_SIZE] = { 7 };
static struct key_ring *ring;

static struct key_slot make_slot(const char *user, const char *passphrase)
{
	struct key_slot slot;

	assert_int_equal(key_slot_make(&slot, STORE, user, passphrase, key_cost_floor(), ring, NULL), RC_OK);
	return slot;
}

static void a_slot_opens_with_its_passphrase_only(void **state)
{
	struct key_slot slot = make_slot("Lan", "mật khẩu dài");
	uint8_t data[KEY_SIZE] = { 0 };
	char name[KEY_NAME_MAX + 1];

	(void)state;
	assert_int_equal(key_slot_open(&slot, STORE, "mật khẩu dài", data, NULL), RC_OK);
	assert_memory_equal(data, DATA, KEY_SIZE);
	key_slot_name(&slot, ring, name);
	assert_string_equal(name, "Lan");
	memset(data, 0, sizeof(data));
	assert_int_equal(key_slot_open(&slot, STORE, "mat khau dai", data, NULL), RC_REFUSED);
	assert_int_equal(key_slot_open(&slot, OTHER_STORE, "mật khẩu dài", data, NULL), RC_REFUSED);
	assert_int_equal(data[0], 0); /* nothing is written on a refusal */
	slot.wrapped[3] ^= 1;
	assert_int_equal(key_slot_open(&slot, STORE, "mật khẩu dài", data, NULL), RC_REFUSED);
	slot.wrapped[3] ^= 1;
	slot.sealed[3] ^= 1;
	assert_int_equal(key_slot_open(&slot, STORE, "mật khẩu dài", data, NULL), RC_DAMAGED);
}

static void a_slot_is_handed_over_without_its_passphrase(void **state)
{
	struct key_slot slot = make_slot("Đức", "mật khẩu dài");
	struct key_ring *fresh = key_ring_new(NEW_DATA);
	uint8_t data[KEY_SIZE];
	char name[KEY_NAME_MAX + 1];

	(void)state;
	assert_true(key_slot_hand_over(&slot, ring, fresh));
	assert_int_equal(key_slot_open(&slot, STORE, "mật khẩu dài", data, NULL), RC_OK);
	assert_memory_equal(data, NEW_DATA, KEY_SIZE);
	key_slot_name(&slot, fresh, name);
	assert_string_equal(name, "Đức");
	key_slot_name(&slot, ring, name);
	assert_string_equal(name, "");
	assert_memory_not_equal(fresh->page, ring->page, KEY_SIZE);
	assert_memory_not_equal(fresh->id, ring->id, KEY_ID_SIZE);
	key_ring_free(fresh);
}

static const struct {
	const char *what, *user, *passphrase;
	enum rc rc;
} refused[] = {
	{ "seven letters", "lan", "mậtkhẩu", RC_REFUSED },
	{ "no passphrase", "lan", "", RC_REFUSED },
	{ "no name", "", "mật khẩu dài", RC_INPUT },
	{ "a name past the limit", "12345678901234567890123456789012345678901234567890123456789012345",
	  "mật khẩu dài", RC_INPUT },
};

static void what_cannot_be_a_slot(void **state)
{
	struct key_slot slot;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct err err = { 0 };

		case_name(refused[i].what);
		assert_int_equal(key_slot_make(&slot, STORE, refused[i].user, refused[i].passphrase,
					       key_cost_floor(), ring, &err),
				 refused[i].rc);
		assert_true(err.vi[0] && err.en[0]);
	}
}

static const struct {
	const char *what, *a, *b;
	bool same;
} names[] = {
	{ "case does not matter", "Lan", "LAN", true },
	{ "nor with accents", "ĐỨC", "đức", true },
	{ "composed or not", "Đức",
	  "Đu\xcc\x9b\xcc\x81"
	  "c",
	  true },
	{ "accents do", "Đức", "Duc", false },
	{ "spaces do", "lan", "lan ", false },
};

static void names_are_folded(void **state)
{
	uint8_t a[KEY_ID_SIZE], b[KEY_ID_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		case_name(names[i].what);
		key_user_id(STORE, names[i].a, a);
		key_user_id(STORE, names[i].b, b);
		assert_int_equal(memcmp(a, b, sizeof(a)) == 0, names[i].same);
	}
	key_user_id(OTHER_STORE, names[0].a, b);
	key_user_id(STORE, names[0].a, a);
	assert_memory_not_equal(a, b, sizeof(a));
}

static const struct {
	const char *what;
	struct key_cost cost;
	bool ok;
} costs[] = {
	{ "the floor", { 3, 32 * 1024 }, true },
	{ "the ceiling", { 10, 256 * 1024 }, true },
	{ "too little memory", { 3, 32 * 1024 - 1 }, false },
	{ "a memory bomb", { 3, 0xffffffff }, false },
	{ "too few passes", { 2, 64 * 1024 }, false },
	{ "too many passes", { 11, 64 * 1024 }, false },
};

static void a_file_cannot_ask_for_too_much_or_too_little(void **state)
{
	struct key_slot slot = make_slot("lan", "mật khẩu dài");
	uint8_t data[KEY_SIZE];

	(void)state;
	assert_true(key_cost_ok(key_cost_default()));
	for (size_t i = 0; i < ARRAY_LEN(costs); i++) {
		case_name(costs[i].what);
		assert_int_equal(key_cost_ok(costs[i].cost), costs[i].ok);
		if (costs[i].ok)
			continue;
		slot.cost = costs[i].cost;
		assert_int_equal(key_slot_open(&slot, STORE, "mật khẩu dài", data, NULL), RC_DAMAGED);
	}
}

static const struct {
	const char *what, *typed, *code;
} codes[] = {
	{ "as printed", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567",
	  "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567" },
	{ "small, spaced, run together", " abcdefghijkl mnop-qrst uvwxyz23 4567\n",
	  "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567" },
	{ "digits that look like letters", "0001-1118-88AA-AAAA-AAAA-AAAA-AAAA-AAAA",
	  "OOOI-IIIB-BBAA-AAAA-AAAA-AAAA-AAAA-AAAA" },
	{ "too short", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-456", NULL },
	{ "too long", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-45677", NULL },
	{ "a digit that is none", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4569", NULL },
	{ "nothing", "", NULL },
};

static void a_code_is_read_as_people_type_it(void **state)
{
	char text[KEY_RECOVERY_TEXT], again[KEY_RECOVERY_TEXT], drawn[KEY_RECOVERY_TEXT];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		case_name(codes[i].what);
		assert_int_equal(key_recovery_read(codes[i].typed, text), codes[i].code != NULL);
		if (codes[i].code)
			assert_string_equal(text, codes[i].code);
	}
	key_recovery_draw(drawn);
	key_recovery_draw(again);
	assert_string_not_equal(drawn, again);
	assert_true(key_recovery_read(drawn, text));
	assert_string_equal(text, drawn);
}

static int make_ring(void **state)
{
	(void)state;
	ring = key_ring_new(DATA);
	return !ring;
}

static int drop_ring(void **state)
{
	(void)state;
	key_ring_free(ring);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slot_opens_with_its_passphrase_only),
		cmocka_unit_test(a_slot_is_handed_over_without_its_passphrase),
		cmocka_unit_test(what_cannot_be_a_slot),
		cmocka_unit_test(names_are_folded),
		cmocka_unit_test(a_file_cannot_ask_for_too_much_or_too_little),
		cmocka_unit_test(a_code_is_read_as_people_type_it),
	};

	return cmocka_run_group_tests(tests, make_ring, drop_ring);
}
