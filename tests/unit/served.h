/*
 * served.h - a hub that serves in a process of its own, and raw sockets to it,
 * for tests.
 */
#ifndef MOTCUA_TESTS_SERVED_H
#define MOTCUA_TESTS_SERVED_H

#include <sys/types.h>

#include "sync/hub/http.h"

struct served {
	char dir[256], key[256], log[256];
	unsigned port;
	pid_t pid;
};

/* What it is served with; the parent must have closed the hub's stores. `limits` (may be NULL) gives limits only. */
void served_start(struct served *s, const char *dir, const struct listen *limits);
/* SIGTERM; its exit code. served_kill: SIGKILL. Both may be followed by served_start of the same folder. */
int served_stop(struct served *s);
void served_kill(struct served *s);
/* What it has logged; the caller frees. */
void served_log(const struct served *s, struct buf *out);
void served_forget(struct served *s);
/* Resident memory in KiB. */
size_t served_rss(const struct served *s);

int served_connect(const struct served *s);
void served_send(int fd, const void *data, size_t len);
/* One answer, head and body, into `out` (cleared first); its status, 0 when the connection ended without one. */
int served_answer(int fd, struct buf *out);
/* Connect, send, one answer, close. */
int served_ask(const struct served *s, const void *request, size_t len, struct buf *out);
/* The value of a header of an answer, or "". */
const char *served_header(const struct buf *answer, const char *name, char *room, size_t size);

#endif
