/*
 * main.c - motcua-link: the job comes in on one pipe, answers go out on the
 * other; what happens between is client.h.
 */
#include "db/base/child.h"
#include "db/base/secure.h"
#include "sync/link/client.h"

#include <stdlib.h>
#include <unistd.h>

static void say(void *ctx, uint8_t type, const void *data, size_t len)
{
	(void)ctx;
	if (!frame_write(STDOUT_FILENO, type, data ? data : "", len))
		exit(1); /* nobody listens any more */
}

/* Everything motcua has to say, up to GO. */
static bool read_job(struct link_job *job)
{
	struct buf bytes = BUF(LINK_BODY_MAX + 1024);
	bool good = true;
	uint8_t type;

	while (good && !job->go && frame_read(STDIN_FILENO, &type, &bytes))
		good = link_take(job, type, &bytes);
	buf_done(&bytes);
	return good && link_ready(job);
}

int main(void)
{
	struct link_job job = LINK_JOB;

	secure_process();
	if (!read_job(&job))
		return 2;
	link_run(&job, say, NULL);
	link_job_done(&job);
	return 0;
}
