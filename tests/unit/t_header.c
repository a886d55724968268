/* t_header.c - the header's copies: packed, read, chosen, counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/header.h"

static struct key_ring *ring;
static uint8_t both[HEADER_SIZE];

/* A header with a user and a recovery code, both copies in `both`. */
static struct header pack_two(void)
{
	struct header header;

	header_draw(&header, ring);
	header.pages = 12;
	header.clean = true;
	header.epoch = 3;
	memset(header.head, 0xab, sizeof(header.head));
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(key_slot_make(&header.slots[i * 31], header.store_id, i ? NULL : "lan",
					       "mật khẩu dài", key_cost_floor(), ring, NULL),
				 RC_OK);
	header_pack(&header, ring, 4, both);
	memcpy(both + HEADER_COPY, both, HEADER_COPY);
	return header;
}

static void what_is_packed_is_read(void **state)
{
	struct header header = pack_two(), read;
	static uint8_t again[HEADER_COPY];

	(void)state;
	assert_int_equal(header_unpack(both, &read, NULL), RC_OK);
	assert_int_equal(read.pages, 12);
	assert_int_equal(read.epoch, 3);
	assert_true(read.clean);
	assert_memory_equal(read.head, header.head, sizeof(read.head));
	assert_memory_equal(read.page_id, header.page_id, sizeof(read.page_id));
	assert_true(header_authentic(&read, ring));
	assert_int_equal(header_users(&read), 1);
	assert_ptr_equal(header_slot(&read, "LAN"), &read.slots[0]);
	assert_ptr_equal(header_slot(&read, ""), &read.slots[0]);
	assert_ptr_equal(header_slot(&read, NULL), &read.slots[31]);
	assert_null(header_slot(&read, "minh"));
	header_pack(&read, ring, 4, again);
	assert_memory_equal(again, both, HEADER_COPY);
}

static void every_field_is_under_the_mac(void **state)
{
	struct header read;
	struct key_ring *other;
	static const uint8_t data[KEY_SIZE] = { 2 };

	(void)state;
	pack_two();
	assert_int_equal(header_unpack(both, &read, NULL), RC_OK);
	read.slots[5] = read.slots[0]; /* a slot put back */
	assert_false(header_authentic(&read, ring));
	assert_int_equal(header_unpack(both, &read, NULL), RC_OK);
	read.slots[0].kind = KEY_FREE;
	assert_false(header_authentic(&read, ring));
	assert_int_equal(header_unpack(both, &read, NULL), RC_OK);
	read.clean = false;
	assert_false(header_authentic(&read, ring));
	assert_int_equal(header_unpack(both, &read, NULL), RC_OK);
	other = key_ring_new(data);
	assert_false(header_authentic(&read, other));
	key_ring_free(other);
}

static void the_newer_copy_goes_first(void **state)
{
	struct header header = pack_two();
	struct header_found found;

	(void)state;
	assert_int_equal(header_choose(both, &found, NULL), RC_OK);
	assert_true(found.healthy);
	assert_int_equal(found.failures, 4);
	header.generation++;
	header.pages = 13;
	header_pack(&header, ring, 0, both + HEADER_COPY);
	assert_int_equal(header_choose(both, &found, NULL), RC_OK);
	assert_false(found.healthy);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.copy[0].pages, 13);
	/* A copy that a power cut tore in the middle is passed over. */
	memset(both + HEADER_COPY + 4096, 0, 4096);
	both[HEADER_COPY + 600] ^= 1;
	assert_int_equal(header_choose(both, &found, NULL), RC_OK);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.copy[0].pages, 12);
}

static void sign_ins_are_counted_in_the_file(void **state)
{
	char path[] = "/tmp/t_header.XXXXXX", name[KEY_NAME_MAX + 1];
	struct header_found found;
	uint8_t data[KEY_SIZE];
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	pack_two();
	assert_int_equal(file_write_fd(fd, both, sizeof(both), NULL), RC_OK);
	close(fd);
	assert_int_equal(header_read(path, &found, &err), RC_OK);
	assert_int_equal(header_sign_in(path, &found, "lan", "mật khẩu sai", data, name, &err), RC_REFUSED);
	assert_int_equal(header_sign_in(path, &found, "ai", "mật khẩu dài", data, name, &err), RC_REFUSED);
	assert_int_equal(header_read(path, &found, &err), RC_OK);
	assert_int_equal(found.failures, 5);
	assert_true(found.healthy); /* the count stands outside of what is compared */
	assert_int_equal(header_sign_in(path, &found, "", "mật khẩu dài", data, name, &err), RC_OK);
	assert_memory_equal(data, ring->data, KEY_SIZE);
	assert_string_equal(name, "lan");
	found.copy[0].slots[31].salt[0] ^= 1; /* altered, and the hash with it */
	found.count = 1;
	assert_int_equal(header_sign_in(path, &found, "lan", "mật khẩu dài", data, name, &err), RC_DAMAGED);
	unlink(path);
	assert_int_equal(header_read(path, &found, &err), RC_NONE);
}

static int make_ring(void **state)
{
	static const uint8_t data[KEY_SIZE] = { 1 };

	(void)state;
	ring = key_ring_new(data);
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
		cmocka_unit_test(what_is_packed_is_read),
		cmocka_unit_test(every_field_is_under_the_mac),
		cmocka_unit_test(the_newer_copy_goes_first),
		cmocka_unit_test(sign_ins_are_counted_in_the_file),
	};

	return cmocka_run_group_tests(tests, make_ring, drop_ring);
}
