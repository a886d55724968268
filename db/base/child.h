/*
 * child.h - a helper program on a pipe: found beside this program or in its
 * libexec folder, started with nothing but the pipe, bounded in memory, time
 * and output.
 *
 * Messages both ways are frames: one type byte, a varint length, the bytes.
 * A helper that dies, hangs or talks nonsense is an error of the caller's
 * choice, never a hang of ours.
 */
#ifndef MOTCUA_CHILD_H
#define MOTCUA_CHILD_H

#include "db/base/wire.h"

#include <sys/types.h>

struct child {
	pid_t pid;
	int to, from; /* pipes; -1 when closed */
	struct buf in;
	size_t at; /* read so far of `in` */
};

struct child_limits {
	unsigned memory_mib; /* address space; 0: none */
	unsigned cpu_s;	     /* 0: none */
	unsigned files;	     /* open files; 0: none */
	bool no_network;     /* own empty network namespace where the kernel allows */
};

enum { CHILD_FRAME_MAX = 64 << 20 };

/* RC_FAILED with a sentence that names the helper when it cannot be found or started. */
enum rc child_start(struct child *child, const char *name, const struct child_limits *limits,
		    struct err *err) MUST_CHECK;
/* RC_FAILED: the helper is gone. */
enum rc child_send(struct child *child, uint8_t type, const void *data, size_t len,
		   struct err *err) MUST_CHECK;
/* No more input for the helper. */
void child_close_input(struct child *child);
/*
 * The next frame; its bytes live until the next call. RC_NONE: the helper
 * closed its output. RC_LINK: nothing for `timeout_ms` (-1: wait for ever).
 */
enum rc child_receive(struct child *child, int timeout_ms, uint8_t *type, struct span *bytes,
		      struct err *err) MUST_CHECK;
/* Kill if still there, reap, close. *status (may be NULL) as from waitpid. Safe twice. */
void child_end(struct child *child, int *status);

/* The other end, for helpers: frames on stdin and stdout. False at the end or on nonsense. */
bool frame_read(int fd, uint8_t *type, struct buf *bytes);
bool frame_write(int fd, uint8_t type, const void *data, size_t len);

#endif
