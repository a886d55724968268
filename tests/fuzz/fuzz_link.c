/* fuzz_link.c - what motcua-link is told over its pipe: frames of a type, a length in two bytes, bytes. */
#include <stdlib.h>
#include <string.h>

#include "sync/link/client.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct link_job job = LINK_JOB;
	struct reader r = reader_on(data, size);
	bool good = true;

	while (good && r.at < r.end) {
		uint8_t type = wire_byte(&r);
		struct span bytes = wire_take(&r, (size_t)wire_be(&r, 2));
		struct buf frame = BUF(1 << 16);

		buf_add(&frame, bytes.data, bytes.len);
		good = !r.bad && link_take(&job, type, &frame);
		buf_done(&frame);
	}
	for (size_t i = 0; i < job.count; i++)
		if (job.batches[i].off > job.bytes.len || job.batches[i].len > job.bytes.len - job.batches[i].off)
			abort();
	if (link_ready(&job) && (!job.go || !job.url[0] || memchr(job.url, 0, sizeof(job.url)) == NULL))
		abort();
	link_job_done(&job);
	return 0;
}
