/*
 * client.h - what motcua-link does between its two pipes: one job of sealed
 * batches out, receipts and others' batches in, by tus 1.0.0 over libcurl.
 *
 * Nothing here knows what is inside a batch. What it has to say goes through
 * `say` while it works, in the frames of link.h; main.c carries these over
 * the pipe, a test may take them itself.
 */
#ifndef MOTCUA_LINK_CLIENT_H
#define MOTCUA_LINK_CLIENT_H

#include "db/base/wire.h"
#include "sync/link/link.h"

enum { LINK_ID = 32, LINK_BODY_MAX = 256 << 10, LINK_JOB_MAX = 64 << 20, LINK_URL_MAX = 1024 };

struct link_batch {
	uint8_t id[LINK_ID];
	size_t off, len; /* in link_job.bytes */
};

/* Begins zeroed but for LINK_JOB; link_job_done wipes it. */
struct link_job {
	char url[LINK_URL_MAX], token[256];
	struct buf pem, bytes;
	struct link_batch *batches;
	size_t count, cap;
	bool feed, again, go;
	uint64_t cursor;
};
#define LINK_JOB { .pem = BUF(64 << 10), .bytes = BUF(LINK_JOB_MAX) }

/* One frame from motcua. False: nonsense, or more than a job holds. */
bool link_take(struct link_job *job, uint8_t type, const struct buf *bytes);
/* May the job be run: GO has come, and an address? */
bool link_ready(const struct link_job *job);
void link_job_done(struct link_job *job);

typedef void link_say(void *ctx, uint8_t type, const void *data, size_t len);
/* All of the job, one transfer at a time; the last word is LINK_END. */
void link_run(struct link_job *job, link_say *say, void *ctx);

#endif
