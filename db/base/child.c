#define _GNU_SOURCE /* unshare, execveat-free pipe2 */
#include "db/base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHILD_PATH = 4096, READ_STEP = 64 << 10 };

/* Beside this program, or in PREFIX/libexec/motcua when it stands in PREFIX/bin. */
static bool helper_path(const char *name, char out[CHILD_PATH])
{
	char self[CHILD_PATH];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (len <= 0)
		return false;
	self[len] = '\0';
	slash = strrchr(self, '/');
	if (!slash)
		return false;
	*slash = '\0';
	if (snprintf(out, CHILD_PATH, "%s/%s", self, name) < CHILD_PATH && !access(out, X_OK))
		return true;
	return snprintf(out, CHILD_PATH, "%s/../libexec/motcua/%s", self, name) < CHILD_PATH &&
	       !access(out, X_OK);
}

static void limit(int resource, rlim_t value)
{
	const struct rlimit both = { value, value };

	(void)setrlimit((__rlimit_resource_t)resource, &both);
}

static void apply_limits(const struct child_limits *limits)
{
	limit(RLIMIT_CORE, 0);
	if (!limits)
		return;
	if (limits->memory_mib)
		limit(RLIMIT_AS, (rlim_t)limits->memory_mib << 20);
	if (limits->cpu_s)
		limit(RLIMIT_CPU, limits->cpu_s);
	if (limits->files)
		limit(RLIMIT_NOFILE, limits->files);
	if (limits->no_network)
		(void)unshare(CLONE_NEWNET);
}

/* In the new process: pipes on 0 and 1, nothing else open but stderr. */
static _Noreturn void become(const char *path, const char *name, int in, int out,
			     const struct child_limits *limits)
{
	char *const argv[] = { (char *)(uintptr_t)name, NULL };

	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	(void)close_range(3, ~0U, 0);
	apply_limits(limits);
	(void)signal(SIGPIPE, SIG_DFL);
	execv(path, argv);
	_exit(127);
}

static enum rc no_helper(const char *name, struct err *err)
{
	return err_set(err, RC_FAILED, "Không chạy được chương trình phụ %s: cài đặt thiếu?",
		       "The helper program %s cannot be run: is the installation incomplete?", name);
}

enum rc child_start(struct child *child, const char *name, const struct child_limits *limits, struct err *err)
{
	int in[2], out[2];
	char path[CHILD_PATH];

	*child = (struct child){ .pid = -1, .to = -1, .from = -1, .in = BUF(CHILD_FRAME_MAX + READ_STEP) };
	if (!helper_path(name, path))
		return no_helper(name, err);
	if (pipe2(in, O_CLOEXEC))
		return no_helper(name, err);
	if (pipe2(out, O_CLOEXEC)) {
		close(in[0]);
		close(in[1]);
		return no_helper(name, err);
	}
	child->pid = fork();
	if (child->pid == 0)
		become(path, name, in[0], out[1], limits);
	close(in[0]);
	close(out[1]);
	child->to = in[1];
	child->from = out[0];
	if (child->pid > 0)
		return RC_OK;
	child_end(child, NULL);
	return no_helper(name, err);
}

static bool write_all(int fd, const uint8_t *data, size_t len)
{
	while (len) {
		ssize_t done = write(fd, data, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		data += done;
		len -= (size_t)done;
	}
	return true;
}

bool frame_write(int fd, uint8_t type, const void *data, size_t len)
{
	struct buf head = BUF(16);
	bool good;

	buf_byte(&head, type);
	wire_put_uint(&head, len);
	good = write_all(fd, head.data, head.len) && write_all(fd, data, len);
	buf_done(&head);
	return good;
}

enum rc child_send(struct child *child, uint8_t type, const void *data, size_t len, struct err *err)
{
	if (child->to >= 0 && frame_write(child->to, type, data, len))
		return RC_OK;
	return err_set(err, RC_FAILED, "Chương trình phụ đã dừng giữa chừng.",
		       "The helper program stopped half-way.");
}

void child_close_input(struct child *child)
{
	if (child->to >= 0)
		close(child->to);
	child->to = -1;
}

/* A whole frame at the front of what was read? -1: nonsense, 0: not yet, else its bytes in all. */
static ptrdiff_t whole_frame(const struct child *child, uint8_t *type, struct span *bytes)
{
	struct reader r = reader_on(child->in.data + child->at, child->in.len - child->at);
	size_t have = child->in.len - child->at;
	uint64_t len;

	if (have < 2)
		return 0;
	*type = wire_byte(&r);
	len = wire_uint(&r);
	if (r.bad)
		return have > 12 ? -1 : 0;
	if (len > CHILD_FRAME_MAX)
		return -1;
	*bytes = wire_take(&r, (size_t)len);
	return r.bad ? 0 : r.at - (child->in.data + child->at);
}

/* Some more bytes: RC_NONE at the end, RC_LINK when nothing came in time. */
static enum rc read_more(struct child *child, int timeout_ms)
{
	struct pollfd wait = { .fd = child->from, .events = POLLIN };
	uint8_t *room;
	ssize_t got;
	int ready;

	if (child->at) {
		memmove(child->in.data, child->in.data + child->at, child->in.len - child->at);
		child->in.len -= child->at;
		child->at = 0;
	}
	do
		ready = poll(&wait, 1, timeout_ms);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return RC_LINK;
	room = buf_room(&child->in, READ_STEP);
	if (!room)
		return RC_FULL;
	do
		got = read(child->from, room, READ_STEP);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return RC_NONE;
	child->in.len += (size_t)got;
	return RC_OK;
}

enum rc child_receive(struct child *child, int timeout_ms, uint8_t *type, struct span *bytes, struct err *err)
{
	for (;;) {
		ptrdiff_t size = whole_frame(child, type, bytes);
		enum rc rc;

		if (size > 0) {
			child->at += (size_t)size;
			return RC_OK;
		}
		rc = size < 0 ? RC_FULL : read_more(child, timeout_ms);
		if (rc == RC_LINK)
			return err_set(err, RC_LINK, "Chương trình phụ không trả lời.",
				       "The helper program does not answer.");
		if (rc == RC_FULL)
			return err_set(err, RC_FAILED, "Chương trình phụ trả lời sai.",
				       "The helper program talks nonsense.");
		if (rc)
			return rc;
	}
}

void child_end(struct child *child, int *status)
{
	int how = 0;

	child_close_input(child);
	if (child->from >= 0)
		close(child->from);
	child->from = -1;
	if (child->pid > 0) {
		/* A helper that is done has closed its output already; whatever still runs is not waited for.
		 */
		struct timespec pause = { 0, 10 * 1000 * 1000 };

		for (int i = 0; i < 20 && waitpid(child->pid, &how, WNOHANG) == 0; i++) {
			if (i == 10)
				kill(child->pid, SIGTERM);
			nanosleep(&pause, NULL);
			if (i == 19) {
				kill(child->pid, SIGKILL);
				(void)waitpid(child->pid, &how, 0);
			}
		}
	}
	child->pid = -1;
	if (status)
		*status = how;
	buf_wipe_done(&child->in);
	child->at = 0;
}

static bool read_exactly(int fd, uint8_t *out, size_t len)
{
	while (len) {
		ssize_t got = read(fd, out, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		out += got;
		len -= (size_t)got;
	}
	return true;
}

bool frame_read(int fd, uint8_t *type, struct buf *bytes)
{
	uint64_t len = 0;
	uint8_t byte, *room;
	unsigned shift = 0;

	if (!read_exactly(fd, type, 1))
		return false;
	do {
		if (shift > 28 || !read_exactly(fd, &byte, 1))
			return false;
		len |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	buf_clear(bytes);
	if (!len)
		return true;
	room = len <= CHILD_FRAME_MAX ? buf_room(bytes, (size_t)len) : NULL;
	if (!room || !read_exactly(fd, room, (size_t)len))
		return false;
	bytes->len = (size_t)len;
	bytes->data[bytes->len] = '\0';
	return true;
}
