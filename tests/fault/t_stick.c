/*
 * t_stick.c - a stick pulled, full, read-only or failing at every step of the folder carrier, and the process
 * killed there: nothing half is taken, the next round completes, exactly one copy, "done" only after reading
 * back.
 *
 * This program's own open, write, fsync, … stand before the C library's and count what touches the stick.
 */
#include "sync/carrier.h"
#include "sync/dict_data.h"
#include "sync/hub/hub.h"
#include "tests/fault/fault.h"
#include "tests/unit/hubs.h"
#include "tests/unit/ward.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/file.h"
#include "db/rec_fields.h"

/* No dictionary here: a batch is a little longer, and opening it takes a tenth of the time. */
const struct dictionary dictionaries[] = { { .number = 0 } };
const size_t dictionaries_count = ARRAY_LEN(dictionaries);

/* The stick. */

enum what { SOUND, FAILS, PULLED, KILLED };

static struct {
	bool armed;
	enum what what;
	int error;
	unsigned at, step;   /* the step where it happens, counted from 1; the steps so far */
	bool no_folder_sync; /* as FAT says */
	uint64_t room;	     /* bytes free; 0: as the system says */
	bool lies;	     /* what is read back is not what was written */
} stick;

/* One step on the stick: true when it may go its way, else errno is set. */
static bool may_go(void)
{
	bool here;

	if (!stick.armed)
		return true;
	stick.step++;
	here = stick.step == stick.at || (stick.what == PULLED && stick.step > stick.at);
	if (stick.what == SOUND || !here)
		return true;
	if (stick.what == KILLED)
		_exit(9);
	errno = stick.what == PULLED ? ENODEV : stick.error;
	return false;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's names are reserved ones */
int open(const char *path, int flags, ...)
{
	if (!may_go())
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
}

int mkstemp(char *template)
{
	static unsigned number;
	size_t len = strlen(template);

	if (!may_go())
		return -1;
	(void)snprintf(template + len - 6, 7, "%06u", number++ % 1000000);
	return (int)syscall(SYS_openat, AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

ssize_t write(int fd, const void *data, size_t len)
{
	if (stick.armed && !may_go()) {
		int error = errno;

		/* Half of it arrives all the same. */
		(void)syscall(SYS_write, fd, data, len / 2);
		errno = error;
		return -1;
	}
	return syscall(SYS_write, fd, data, len);
}

ssize_t read(int fd, void *data, size_t len)
{
	ssize_t got;

	if (!may_go())
		return -1;
	got = syscall(SYS_read, fd, data, len);
	if (stick.armed && stick.lies && got > 0)
		((uint8_t *)data)[got / 2] ^= 1;
	return got;
}

int fsync(int fd)
{
	struct stat there;

	if (!may_go())
		return -1;
	if (stick.armed && stick.no_folder_sync && !fstat(fd, &there) && S_ISDIR(there.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

int rename(const char *from, const char *to)
{
	return may_go() ? (int)syscall(SYS_rename, from, to) : -1;
}

int unlink(const char *path)
{
	return may_go() ? (int)syscall(SYS_unlink, path) : -1;
}

int statvfs(const char *path, struct statvfs *out)
{
	(void)path;
	if (!may_go())
		return -1;
	memset(out, 0, sizeof(*out));
	out->f_frsize = 1;
	out->f_bavail = stick.room ? stick.room : UINT64_C(4) << 30; /* what is left on FAT at most, about */
	return 0;
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

/* Two counters that never meet the hub. */

static struct hub hub;
static struct app one, two;
static char dir[64];

static int set_up(void **state)
{
	static const char template[] = "/tmp/motcua-stick-XXXXXX";

	(void)state;
	memcpy(dir, template, sizeof(template));
	assert_non_null(mkdtemp(dir));
	hubs_open(&hub);
	ward_open_memory(&one, 1);
	hubs_enrol(&hub, &one, 1, DEVICE_COUNTER);
	ward_open_memory(&two, 2);
	hubs_enrol(&hub, &two, 2, DEVICE_COUNTER);
	hubs_dossier(&one, "H11.25-241025-0101");
	return 0;
}

/* Files of the stick with this ending ("": all); `removing`: and they go. */
static size_t files(const char *ending, bool removing)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	size_t count = 0, tail = strlen(ending);

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		size_t len = strlen(entry->d_name);
		char path[400];

		if (entry->d_name[0] == '.' || len < tail || strcmp(entry->d_name + len - tail, ending) != 0)
			continue;
		count++;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (removing)
			(void)unlink(path);
	}
	closedir(folder);
	return count;
}

static int tear_down(void **state)
{
	(void)state;
	memset(&stick, 0, sizeof(stick));
	(void)files("", true);
	(void)rmdir(dir);
	ward_close(&one);
	ward_close(&two);
	hubs_close(&hub);
	return 0;
}

static enum rc round_of(struct app *app, struct round *round, struct err *err)
{
	enum rc rc;

	stick.step = 0;
	stick.armed = true;
	rc = folder_round(app, dir, round, NULL, NULL, err);
	stick.armed = false;
	return rc;
}

static void put_in_order(void)
{
	memset(&stick, 0, sizeof(stick));
}

/* Whatever happened: another counter takes nothing half, and once the stick is sound, exactly one copy. */
static void the_next_round_completes(void)
{
	struct round round;
	struct err err = { 0 };

	put_in_order();
	assert_int_equal(round_of(&two, &round, &err), RC_OK);
	assert_int_equal(round.problems, 0);
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.problems, 0);
	assert_int_equal(round_of(&two, &round, &err), RC_OK);
	assert_int_equal(row_count(two.db, REC_DOSSIER), 1);
	assert_int_equal(files(".mcb", false), 2);
	assert_int_equal(files("", false), 2); /* what was begun and left has gone */
	assert_int_equal(round_of(&two, &round, &err), RC_OK);
	assert_int_equal(round.batches_received + round.batches_sent, 0);
}

enum how { DONE, FAILED, DONE_WITH_PROBLEMS };

/* In a process of its own, so that a try leaves no trace but on the stick. */
static int try_at(enum what what, int error, unsigned at)
{
	int status = 0;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid) {
		struct round round;
		struct err err = { 0 };
		enum rc rc;

		stick.what = what;
		stick.error = error;
		stick.at = at;
		rc = round_of(&one, &round, &err);
		/* What it says has words in both languages, and success was read back. */
		if (rc && (!err.vi[0] || !err.en[0]))
			_exit(8);
		_exit(rc ? FAILED : round.problems ? DONE_WITH_PROBLEMS : DONE);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Is the batch there, whole, under its name? A second device says so: it takes it without a problem. */
static bool is_whole(void)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		struct round round;
		struct err err = { 0 };

		put_in_order();
		if (round_of(&two, &round, &err) || round.problems)
			_exit(2);
		_exit(row_count(two.db, REC_DOSSIER) == 1 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 2); /* never a problem, never half */
	return WEXITSTATUS(status) == 0;
}

static unsigned steps_of_a_round(void)
{
	struct round round;
	struct err err = { 0 };
	int status = 0, ends[2];
	unsigned steps = 0;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		(void)round_of(&one, &round, &err);
		(void)!write(ends[1], &stick.step, sizeof(stick.step));
		_exit(0);
	}
	assert_int_equal(read(ends[0], &steps, sizeof(steps)), (ssize_t)sizeof(steps));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(ends[0]);
	close(ends[1]);
	(void)files("", true);
	assert_true(steps >= 8);
	return steps;
}

static void every_step_may_fail(void **state)
{
	static const struct {
		enum what what;
		int error;
	} faults[] = { { FAILS, EIO },	  { FAILS, ENOSPC }, { FAILS, ENODEV }, { FAILS, EROFS },
		       { FAILS, EACCES }, { PULLED, 0 },     { KILLED, 0 } };
	unsigned steps = steps_of_a_round();

	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(faults); f++)
		for (unsigned at = 1; at <= steps; at++) {
			int how = try_at(faults[f].what, faults[f].error, at);

			if (how > DONE_WITH_PROBLEMS && !(how == 9 && faults[f].what == KILLED))
				fail_msg("fault %zu at step %u: %d", f, at, how);
			/* "Done" is only said of a batch that can be taken elsewhere, whatever became of
			 * others'. */
			if (how == DONE || how == DONE_WITH_PROBLEMS)
				assert_true(is_whole());
			else
				(void)is_whole();
			/* Half the time the stick goes on as it was left, half the time another one comes. */
			if (at % 2)
				(void)files("", true);
		}
	the_next_round_completes();
}

static void a_stick_that_lies_is_found_out(void **state)
{
	struct round round;
	struct err err = { 0 };

	(void)state;
	stick.lies = true;
	assert_int_equal(round_of(&one, &round, &err), RC_IO);
	assert_non_null(strstr(err.en, "Reading back"));
	the_next_round_completes();
}

static void free_space_first(void **state)
{
	struct round round;
	struct err err = { 0 };

	(void)state;
	stick.room = 1000;
	assert_int_equal(round_of(&one, &round, &err), RC_FULL);
	assert_non_null(strstr(err.en, "Nothing was written"));
	assert_int_equal(files("", false), 0);
	put_in_order();
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	/* A stick that is full of what it should hold is no full stick. */
	stick.room = 1000;
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.batches_sent, 0);
	the_next_round_completes();
}

static void fat_cannot_sync_a_folder(void **state)
{
	struct round round;
	struct err err = { 0 };
	DIR *folder;
	struct dirent *entry;

	(void)state;
	stick.no_folder_sync = true;
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.batches_sent, 1);
	/* Names that FAT, NTFS and a share of either take as they are. */
	folder = opendir(dir);
	assert_non_null(folder);
	while ((entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			assert_int_equal(strspn(entry->d_name,
						"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
						"0123456789.-"),
					 strlen(entry->d_name));
	closedir(folder);
	the_next_round_completes();
}

static void put_file(const char *name, const void *data, size_t len)
{
	char path[400];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(file_write_atomic(path, data, len, NULL), RC_OK);
}

static void foreign_and_half_files_are_passed_by(void **state)
{
	struct buf batch = BUF(BATCH_MAX);
	struct round round;
	struct err err = { 0 };

	(void)state;
	hubs_batch(&two, 0, &batch);
	put_file("photo.jpg", "\xff\xd8", 2);
	put_file("autorun.inf", "[autorun]", 9);
	put_file("H11.25-0000000000000002-1-1-9.mcb", batch.data, batch.len / 2);
	put_file("games.mcb", "MZ", 2);
	put_file("H11.25-0000000000000001-1-1-9.mcr", "no receipt", 10);
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.problems, 3);
	assert_int_equal(round.batches_received, 0);
	assert_int_equal(round.batches_sent, 1);
	assert_int_equal(files(".jpg", false) + files(".inf", false), 2);
	/* FAT may hand a name back in capitals. */
	put_file("B.MCB", batch.data, batch.len);
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.batches_received, 1);
	buf_done(&batch);
}

/* Out on the stick, into the hub, the receipt home again: acknowledged, and nothing is carried twice. */
static void the_receipt_comes_home(void **state)
{
	struct buf batch = BUF(BATCH_MAX), receipt = BUF(RECEIPT_MAX);
	struct outbox_status status;
	struct ingested in;
	struct ward *ward;
	struct round round;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.acknowledged_to, 0);
	hubs_batch(&one, 0, &batch);
	assert_int_equal(hub_take_any(&hub, batch.data, batch.len, &ward, &in, &receipt, &err), RC_OK);
	put_file("H11.25-0000000000000001-1-1-3.mcr", receipt.data, receipt.len);
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.events_sent, 3);
	assert_int_equal(round.acknowledged_to, 3);
	assert_int_equal(outbox_status(&one, &status, &err), RC_OK);
	assert_int_equal(status.unsent_events + status.unsent_batches, 0);
	assert_int_equal(round_of(&one, &round, &err), RC_OK);
	assert_int_equal(round.events_sent + round.batches_sent, 0);
	buf_done(&batch);
	buf_done(&receipt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_step_may_fail, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_stick_that_lies_is_found_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(free_space_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fat_cannot_sync_a_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(foreign_and_half_files_are_passed_by, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_receipt_comes_home, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("stick", tests, NULL, NULL);
}
