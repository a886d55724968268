/* fuzz_tus.c - headers of an upload: a length, an offset, metadata, a path, as a stranger sends them. */
#include <stdlib.h>
#include <string.h>

#include "sync/hub/tus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next line of the input as a text, or NULL when it is empty. */
static const char *next_line(char **at)
{
	char *line = *at, *end = strchr(line, '\n');

	if (end) {
		*end = '\0';
		*at = end + 1;
	} else {
		*at = line + strlen(line);
	}
	return *line ? line : NULL;
}

static void read_request(char **at, struct request *out)
{
	const char *method = next_line(at), *path = next_line(at);

	*out = (struct request){ .method = method ? method : "POST", .path = path ? path : "/batches" };
	out->authorization = next_line(at);
	out->tus_resumable = next_line(at);
	out->upload_length = next_line(at);
	out->upload_offset = next_line(at);
	out->upload_metadata = next_line(at);
	out->content_type = next_line(at);
	out->method_override = next_line(at);
	out->after = next_line(at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct hub hub; /* no ward: every token is nobody's */
	static struct server server;
	char *text = malloc(size + 1), *at = text;
	struct request request;
	struct exchange x;
	uint8_t id[BATCH_ID];

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	(void)tus_metadata_batch(text, id);
	server.hub = &hub;
	read_request(&at, &request);
	tus_begin(&x, &server, &request);
	(void)tus_body(&x, at, strlen(at));
	tus_end(&x);
	if (x.answer.status < 200 || x.answer.status > 599)
		abort();
	tus_done(&x);
	free(text);
	return 0;
}
