/* t_file.c - files read under a ceiling and written all or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/file.h"
#include "tests/unit/case.h"

static char folder[] = "/tmp/t_file.XXXXXX";
static char path[64];

static const struct {
	const char *what;
	size_t size, ceiling;
	enum rc rc;
} sizes[] = {
	{ "an empty file", 0, 10, RC_OK },
	{ "a file under the ceiling", 9, 10, RC_OK },
	{ "a file at the ceiling", 10, 10, RC_OK },
	{ "a file past the ceiling", 11, 10, RC_FULL },
	{ "a file of more than one read", 200000, 300000, RC_OK },
	{ "a large file at the ceiling", 200000, 200000, RC_OK },
	{ "a large file past the ceiling", 200001, 200000, RC_FULL },
};

static void what_is_written_is_read(void **state)
{
	static uint8_t data[200001];

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		struct buf out = BUF(sizes[i].ceiling);
		struct stat st;

		case_name(sizes[i].what);
		assert_int_equal(file_write_atomic(path, data, sizes[i].size, NULL), RC_OK);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
		assert_int_equal(file_read(path, &out, NULL), sizes[i].rc);
		if (sizes[i].rc == RC_OK) {
			assert_int_equal(out.len, sizes[i].size);
			if (out.len)
				assert_memory_equal(out.data, data, out.len);
		}
		buf_done(&out);
	}
}

static void what_cannot_be_read_says_why(void **state)
{
	struct buf out = BUF(100);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(file_read("/nonexistent/file", &out, &err), RC_NONE);
	assert_int_equal(file_read(folder, &out, &err), RC_INPUT);
	assert_int_equal(file_write_atomic("/nonexistent/file", "x", 1, &err), RC_NONE);
	assert_int_equal(file_write_atomic(folder, "x", 1, &err), RC_IO); /* a folder is not replaced */
	assert_int_equal(out.len, 0);
	buf_done(&out);
}

static int make(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/file", folder);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder); /* fails when a temporary name stayed behind */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_cannot_be_read_says_why),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
