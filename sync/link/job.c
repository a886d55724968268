#include "sync/link/client.h"

#include "db/base/mem.h"
#include "db/base/secure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool take_hub(struct link_job *job, const struct buf *bytes)
{
	const char *at = buf_str(bytes), *end = at + bytes->len;
	const char *texts[3] = { "", "", "" };

	for (size_t i = 0; i < 3; i++) {
		const char *nul = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;

		if (!nul)
			return false;
		texts[i] = at;
		at = nul + 1;
	}
	if (strlen(texts[0]) >= sizeof(job->url) || strlen(texts[1]) >= sizeof(job->token) ||
	    strpbrk(texts[1], "\r\n"))
		return false;
	snprintf(job->url, sizeof(job->url), "%s", texts[0]);
	while (job->url[0] && job->url[strlen(job->url) - 1] == '/')
		job->url[strlen(job->url) - 1] = '\0';
	snprintf(job->token, sizeof(job->token), "%s", texts[1]);
	buf_text(&job->pem, texts[2]);
	return true;
}

static bool take_batch(struct link_job *job, const struct buf *bytes)
{
	struct link_batch *batch;

	if (bytes->len <= LINK_ID || bytes->len > LINK_ID + LINK_BODY_MAX)
		return false;
	job->batches = mem_room(job->batches, job->count, &job->cap, sizeof(*job->batches));
	batch = &job->batches[job->count++];
	memcpy(batch->id, bytes->data, LINK_ID);
	batch->off = job->bytes.len;
	batch->len = bytes->len - LINK_ID;
	buf_add(&job->bytes, bytes->data + LINK_ID, batch->len);
	return !job->bytes.full;
}

bool link_take(struct link_job *job, uint8_t type, const struct buf *bytes)
{
	struct reader r = reader_on(bytes->data, bytes->len);

	if (type == LINK_HUB)
		return take_hub(job, bytes);
	if (type == LINK_BATCH)
		return take_batch(job, bytes);
	if (type == LINK_AGAIN) {
		job->again = true;
		return true;
	}
	if (type == LINK_FEED) {
		job->feed = true;
		job->cursor = wire_uint(&r);
		return reader_at_end(&r);
	}
	job->go = type == LINK_GO;
	return job->go;
}

bool link_ready(const struct link_job *job)
{
	return job->go && job->url[0];
}

void link_job_done(struct link_job *job)
{
	buf_wipe_done(&job->bytes);
	buf_done(&job->pem);
	free(job->batches);
	explicit_bzero(job, sizeof(*job));
}
