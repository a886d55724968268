/*
 * main.c - motcua-media: one job on the pipe, then the end.
 *
 * Whatever the job's bytes do to a library, only this process sees them.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/base/child.h"
#include "db/base/secure.h"
#include "tui/media/run.h"

enum { IN_MAX = 1 << 30, OUT_MAX = 1 << 30, FILES_MAX = 20000, PATHS_MAX = 16 << 20 };

struct task {
	enum media_job job;
	unsigned dots;
	struct buf data;  /* of the one thing to make */
	struct buf files; /* names, each with its NUL */
	size_t files_count;
};

static void say(uint8_t type, const void *data, size_t len)
{
	if (!frame_write(STDOUT_FILENO, type, data, len))
		exit(1); /* nobody listens any more */
}

static void say_fault(enum media_fault fault)
{
	uint8_t byte = (uint8_t)fault;

	say(MEDIA_FAULT, &byte, 1);
}

static bool take_frame(struct task *task, uint8_t type, const struct buf *bytes)
{
	struct reader r = reader_on(bytes->data, bytes->len);

	switch (type) {
	case MEDIA_JOB:
		task->job = (enum media_job)wire_byte(&r);
		task->dots = (unsigned)wire_uint(&r);
		return !r.bad;
	case MEDIA_DATA:
		buf_add(&task->data, bytes->data, bytes->len);
		return !task->data.full;
	case MEDIA_FILE:
		if (!bytes->len || memchr(bytes->data, 0, bytes->len) || ++task->files_count > FILES_MAX)
			return false;
		buf_add(&task->files, bytes->data, bytes->len);
		buf_byte(&task->files, 0);
		return !task->files.full;
	default:
		return false;
	}
}

static bool read_task(struct task *task)
{
	struct buf bytes = BUF(CHILD_FRAME_MAX);
	uint8_t type;
	bool good;

	do
		good = frame_read(STDIN_FILENO, &type, &bytes);
	while (good && type != MEDIA_GO && take_frame(task, type, &bytes));
	good = good && type == MEDIA_GO;
	buf_done(&bytes);
	return good;
}

static void say_found(size_t which, const struct media_scan *scan)
{
	struct buf bytes = BUF(256);

	wire_put_uint(&bytes, which);
	wire_put_uint(&bytes, scan->format);
	wire_put_uint(&bytes, scan->pages);
	wire_put_uint(&bytes, scan->dpi);
	wire_put_uint(&bytes, scan->version);
	wire_put_uint(&bytes, scan->bytes);
	wire_put_uint(&bytes, scan->flags);
	buf_add(&bytes, scan->hash, sizeof(scan->hash));
	say(MEDIA_FOUND, bytes.data, bytes.len);
	buf_done(&bytes);
}

static void say_bad(size_t which, enum media_fault fault)
{
	struct buf bytes = BUF(32);

	wire_put_uint(&bytes, which);
	buf_byte(&bytes, (uint8_t)fault);
	say(MEDIA_BAD, bytes.data, bytes.len);
	buf_done(&bytes);
}

static void scan_all(const struct task *task)
{
	size_t at = 0;

	for (size_t i = 0; i < task->files_count; i++) {
		const char *path = (const char *)task->files.data + at;
		struct media_scan scan;
		enum media_fault fault = scan_file(path, &scan);

		if (fault)
			say_bad(i, fault);
		else
			say_found(i, &scan);
		at += strlen(path) + 1;
	}
}

static enum media_fault make(const struct task *task, struct buf *out)
{
	switch (task->job) {
	case MEDIA_XLSX:
		return run_xlsx(&task->data, out);
	case MEDIA_TABLE_PDF:
		return run_table_pdf(&task->data, out);
	case MEDIA_PAPER_PDF:
		return run_paper_pdf(&task->data, out);
	case MEDIA_BITMAP:
		return run_bitmap(&task->data, task->dots, out);
	case MEDIA_QR:
		return run_qr(&task->data, out);
	default:
		return MEDIA_FAULT_STREAM;
	}
}

static void say_out(const struct buf *out)
{
	for (size_t at = 0; at < out->len;) {
		size_t part = out->len - at < MEDIA_OUT_PART ? out->len - at : MEDIA_OUT_PART;

		say(MEDIA_OUT, out->data + at, part);
		at += part;
	}
	say(MEDIA_END, "", 0);
}

int main(void)
{
	struct task task = { .data = BUF(IN_MAX), .files = BUF(PATHS_MAX) };
	struct buf out = BUF(OUT_MAX);
	enum media_fault fault = MEDIA_FAULT_STREAM;

	secure_process();
	if (!read_task(&task)) {
		say_fault(MEDIA_FAULT_STREAM);
	} else if (task.job == MEDIA_SCAN) {
		scan_all(&task);
		say(MEDIA_END, "", 0);
	} else {
		fault = make(&task, &out);
		if (fault)
			say_fault(fault);
		else
			say_out(&out);
	}
	buf_done(&out);
	buf_done(&task.data);
	buf_done(&task.files);
	return 0;
}
