/*
 * replay.c FOLDER... - a fuzz target without libFuzzer: every file of its corpus once, and nothing at all.
 *
 * Links with any fuzz_<target>.c under any compiler; `make test` runs it. A target that finds a fault
 * aborts, and the last name printed is the input it aborted on. Counts in cmocka's words for run.sh.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/case.h"

enum { INPUT_MAX = 16 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One file through the target; false when it cannot be read. */
static bool replay_file(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *data = NULL, *shrunk;
	bool ok = false;
	FILE *in;
	size_t size;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	case_name(path);
	in = fopen(path, "rb");
	if (!in)
		goto out;
	data = malloc(INPUT_MAX);
	if (!data)
		goto out;
	size = fread(data, 1, INPUT_MAX, in);
	if (ferror(in))
		goto out;
	/* A block of the file's own size, so that a read past its end is one past the block. */
	shrunk = realloc(data, size ? size : 1);
	if (shrunk)
		data = shrunk;
	ok = LLVMFuzzerTestOneInput(data, size) == 0;
out:
	free(data);
	if (in)
		(void)fclose(in);
	return ok;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Every file of a folder, in the order of their names. */
static void replay_folder(const char *folder, unsigned *passed, unsigned *failed)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, visible, alphasort);

	if (count < 0) {
		(void)fprintf(stderr, "%s: no such corpus\n", folder);
		++*failed;
	}
	for (int i = 0; i < count; i++) {
		if (replay_file(folder, entries[i]->d_name)) {
			++*passed;
		} else {
			(void)fprintf(stderr, "%s/%s: not taken\n", folder, entries[i]->d_name);
			++*failed;
		}
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	unsigned passed = 0, failed = 0;

	case_name("no bytes at all");
	(void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++)
		replay_folder(argv[i], &passed, &failed);
	if (passed)
		(void)printf("[  PASSED  ] %u test(s).\n", passed);
	if (failed)
		(void)printf(" %u FAILED TEST(S)\n", failed);
	return failed || !passed ? 1 : 0;
}
