/* t_flip.c - bytes flipped, cut and moved in a store and its log: detected, or an earlier commit, never
 * wrong. */
#include <stdio.h>
#include <string.h>

#include "tests/fault/fault.h"

enum { WAL_FRAME = WAL_FRAME_HEADER + HEADER_PAGE };

static void every_byte_of_the_pages(void **state)
{
	struct buf file;
	int rows = 0;

	(void)state;
	fault_make("ward", 40);
	file = fault_slurp("ward");
	assert_true(file.len >= HEADER_SIZE + 2 * HEADER_PAGE);
	assert_int_equal(fault_read("ward", &rows), RC_OK);
	assert_int_equal(rows, 40);
	for (size_t at = HEADER_SIZE; at < file.len; at++) {
		enum rc rc;

		fault_flip("ward", at);
		rc = fault_read("ward", &rows);
		if (rc != RC_DAMAGED)
			fail_msg("byte %zu of the pages: %d", at - HEADER_SIZE, rc);
		fault_flip("ward", at);
	}
	buf_done(&file);
}

static void every_byte_of_a_header_copy(void **state)
{
	struct key_ring *ring = fault_ring(false);
	struct header_found found;
	struct header header;
	struct buf file;

	(void)state;
	fault_make("ward", 1);
	file = fault_slurp("ward");
	for (size_t at = 0; at < HEADER_COPY; at++) {
		file.data[at] ^= (uint8_t)(1u << at % 8);
		/* Only the count of failed sign-ins stands outside, and a spoiled count reads 0. */
		if ((header_unpack(file.data, &header, NULL) == RC_OK) != (at >= HEADER_FAILURES))
			fail_msg("byte %zu of the header", at);
		assert_int_equal(header_failures(file.data + HEADER_FAILURES), 0);
		file.data[at] ^= (uint8_t)(1u << at % 8);
	}
	/* Either copy alone is enough; a whole one that fits no key is not. */
	for (size_t copy = 0; copy < HEADER_COPIES; copy++) {
		file.data[copy * HEADER_COPY + 700] ^= 1;
		assert_int_equal(header_choose(file.data, &found, NULL), RC_OK);
		assert_int_equal(found.count, 1);
		assert_false(found.healthy);
		assert_true(header_authentic(&found.copy[0], ring));
		found.copy[0].head[0] ^= 1;
		assert_false(header_authentic(&found.copy[0], ring));
		file.data[copy * HEADER_COPY + 700] ^= 1;
	}
	buf_done(&file);
	key_ring_free(ring);
}

static void a_damaged_copy_is_made_anew(void **state)
{
	struct err err = { 0 };
	struct buf file;

	(void)state;
	for (size_t copy = 0; copy < HEADER_COPIES; copy++) {
		struct db *db;

		fault_make("ward", 3);
		file = fault_slurp("ward");
		memset(file.data + copy * HEADER_COPY, 0xa5, HEADER_COPY);
		fault_spit("ward", file.data, file.len);
		buf_done(&file);
		db = fault_open("ward", &err);
		if (!db)
			fail_msg("%s", err.en);
		assert_false(db_was_dirty(db));
		fault_assert_rows(db, 3);
		db_close(db);
		file = fault_slurp("ward");
		assert_memory_equal(file.data, file.data + HEADER_COPY, HEADER_FAILURES);
		buf_done(&file);
	}
	file = fault_slurp("ward");
	file.data[9] ^= 1;
	file.data[HEADER_COPY + 9] ^= 1;
	fault_spit("ward", file.data, file.len);
	buf_done(&file);
	assert_null(fault_open("ward", &err));
	assert_int_equal(err.rc, RC_DAMAGED);
	assert_non_null(strstr(err.en, "header"));
}

/* Three commits in the log, rows 1 to 3; row 1 also makes the log's first frame page 1. */
static void three_commits(void *arg)
{
	struct db *db = fault_open(arg, NULL);

	if (!db || db_script(db, "PRAGMA user_version=5", NULL))
		_Exit(1);
	for (int i = 1; i <= 3; i++) {
		if (fault_insert(db, i, NULL))
			_Exit(1);
	}
}

/* The log is what it was at the end of a session that was cut off. */
static void make_crashed(const char *name)
{
	char arg[32];

	fault_make(name, 0);
	snprintf(arg, sizeof(arg), "%s", name);
	fault_crash(three_commits, arg);
}

static void every_byte_of_the_log(void **state)
{
	unsigned detected = 0, earlier = 0;
	struct buf wal;
	int rows = 0;

	(void)state;
	make_crashed("ward");
	wal = fault_slurp("ward-wal");
	assert_int_equal(wal.len, WAL_HEADER + 4 * WAL_FRAME);
	assert_int_equal(fault_read("ward", &rows), RC_OK);
	assert_int_equal(rows, 3);
	for (size_t at = 0; at < wal.len; at++) {
		size_t frame = at < WAL_HEADER ? 0 : (at - WAL_HEADER) / WAL_FRAME;
		enum rc rc;

		fault_flip("ward-wal", at);
		rc = fault_read("ward", &rows);
		/* Damage before the last two commits cannot be a torn end. */
		if (frame < 2 && rc != RC_DAMAGED)
			fail_msg("byte %zu of the log: %d", at, rc);
		if (!rc && rows != (int)frame - 1)
			fail_msg("byte %zu of the log: %d rows", at, rows);
		detected += rc != RC_OK;
		earlier += rc == RC_OK;
		fault_flip("ward-wal", at);
	}
	print_message("log bytes: %u detected, %u an earlier commit\n", detected, earlier);
	buf_done(&wal);
}

static void the_log_cut_at_every_byte(void **state)
{
	struct buf wal;
	int rows = 0;

	(void)state;
	make_crashed("ward");
	wal = fault_slurp("ward-wal");
	for (size_t len = 0; len <= wal.len; len += len % WAL_FRAME < 64 || len + 64 > wal.len ? 1 : 13) {
		int whole = len < WAL_HEADER ? 0 : (int)((len - WAL_HEADER) / WAL_FRAME);

		fault_spit("ward-wal", wal.data, len);
		assert_int_equal(fault_read("ward", &rows), RC_OK);
		assert_int_equal(rows, whole > 0 ? whole - 1 : 0);
	}
	buf_done(&wal);
}

static void the_store_cut_short(void **state)
{
	struct err err = { 0 };
	struct buf file;
	int rows = 0;

	(void)state;
	fault_make("ward", 40);
	file = fault_slurp("ward");
	for (size_t len = 0; len < file.len; len += 509) {
		fault_spit("ward", file.data, len);
		assert_int_equal(fault_read("ward", &rows), RC_DAMAGED);
		assert_null(fault_open("ward", &err));
		assert_int_equal(err.rc, RC_DAMAGED);
	}
	assert_non_null(strstr(err.en, "shorter"));
	buf_done(&file);
}

static void swap(uint8_t *a, uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint8_t t = a[i];

		a[i] = b[i];
		b[i] = t;
	}
}

static void pages_and_frames_do_not_move(void **state)
{
	struct buf file, other, wal;
	int rows = 0;

	(void)state;
	fault_make("ward", 400);
	fault_make("other", 400);
	file = fault_slurp("ward");
	other = fault_slurp("other");
	assert_true(file.len >= HEADER_SIZE + 4 * HEADER_PAGE);
	swap(file.data + HEADER_SIZE + 2 * HEADER_PAGE, file.data + HEADER_SIZE + 3 * HEADER_PAGE,
	     HEADER_PAGE);
	fault_spit("ward", file.data, file.len);
	assert_int_equal(fault_read("ward", &rows), RC_DAMAGED);
	swap(file.data + HEADER_SIZE + 2 * HEADER_PAGE, file.data + HEADER_SIZE + 3 * HEADER_PAGE,
	     HEADER_PAGE);
	/* The same page of another file under the same key; then all its pages. */
	swap(file.data + HEADER_SIZE + 2 * HEADER_PAGE, other.data + HEADER_SIZE + 2 * HEADER_PAGE,
	     HEADER_PAGE);
	fault_spit("ward", file.data, file.len);
	assert_int_equal(fault_read("ward", &rows), RC_DAMAGED);
	memcpy(file.data + HEADER_SIZE, other.data + HEADER_SIZE, file.len - HEADER_SIZE);
	fault_spit("ward", file.data, file.len);
	assert_int_equal(fault_read("ward", &rows), RC_DAMAGED);
	buf_done(&file);
	buf_done(&other);
	make_crashed("ward");
	wal = fault_slurp("ward-wal");
	swap(wal.data + WAL_HEADER, wal.data + WAL_HEADER + WAL_FRAME, WAL_FRAME);
	fault_spit("ward-wal", wal.data, wal.len);
	assert_int_equal(fault_read("ward", &rows), RC_DAMAGED);
	buf_done(&wal);
}

static void an_old_page_is_noticed(void **state)
{
	struct err err = { 0 };
	struct buf before, after;
	struct db *db;

	(void)state;
	fault_make("ward", 3);
	before = fault_slurp("ward");
	db = fault_open("ward", &err);
	assert_non_null(db);
	assert_int_equal(fault_insert(db, 4, &err), RC_OK);
	db_close(db);
	after = fault_slurp("ward");
	/* The pages of the session before, under the header of this one. */
	memcpy(after.data + HEADER_SIZE, before.data + HEADER_SIZE, before.len - HEADER_SIZE);
	fault_spit("ward", after.data, after.len);
	db = fault_open("ward", &err);
	assert_non_null(db);
	assert_true(db_was_dirty(db));
	assert_true(db_was_altered(db));
	db_close(db);
	buf_done(&before);
	buf_done(&after);
}

static void an_old_log_beside_a_closed_store(void **state)
{
	struct err err = { 0 };
	struct buf wal;
	struct db *db;

	(void)state;
	make_crashed("ward");
	wal = fault_slurp("ward-wal");
	db = fault_open("ward", &err);
	assert_non_null(db);
	assert_true(db_was_dirty(db));
	assert_false(db_was_altered(db));
	fault_assert_rows(db, 3);
	db_close(db);
	assert_false(fault_exists("ward-wal"));
	fault_spit("ward-wal", wal.data, wal.len);
	buf_done(&wal);
	assert_null(fault_open("ward", &err));
	assert_int_equal(err.rc, RC_REFUSED);
	assert_non_null(strstr(err.en, "-wal"));
	fault_spit("ward-wal", "", 0); /* an empty one is what a reader leaves behind */
	db = fault_open("ward", &err);
	assert_non_null(db);
	assert_false(db_was_dirty(db));
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_byte_of_the_pages, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(every_byte_of_a_header_copy, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(a_damaged_copy_is_made_anew, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(every_byte_of_the_log, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(the_log_cut_at_every_byte, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(the_store_cut_short, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(pages_and_frames_do_not_move, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(an_old_page_is_noticed, fault_setup, fault_teardown),
		cmocka_unit_test_setup_teardown(an_old_log_beside_a_closed_store, fault_setup,
						fault_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
