/*
 * fuzz_tus.c - requests as a stranger, or an enrolled device, sends them: a line a header, then the body. `T` as
 * the authorization stands for the device's token, `M` as the metadata for an upload that fits.
 */
#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sync/hub/tus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct hub hub;
static struct server server;
static struct app app;
static struct identity identity;
static char folder[] = "/tmp/motcua-fuzz-XXXXXX", bearer[TOKEN_TEXT + 8];

static void forget(void)
{
	char path[400];

	uploads_close(&server.uploads);
	hub_close(&hub);
	for (const char *const *name = (const char *const[]){ "data/incoming", "data/H11.25.motcua",
							      "data/H11.25.motcua-wal", "data", "key", "", NULL };
	     *name; name++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, *name);
		(void)remove(path);
	}
}

static void must(enum rc rc)
{
	if (rc)
		abort();
}

/* A hub in a folder of its own, and one counter enrolled with it. */
static void make_hub(void)
{
	struct buf json = BUF(64 << 10), mce = BUF(64 << 10);
	struct enrol_request request;
	char data[64], key[64];

	if (sodium_init() < 0 || !mkdtemp(folder))
		abort();
	(void)snprintf(data, sizeof(data), "%s/data", folder);
	(void)snprintf(key, sizeof(key), "%s/key", folder);
	must(hub_make(data, key, NULL));
	must(hub_open(&hub, data, key, NULL));
	must(db_open_plain(":memory:", &app.db, NULL));
	app.role = ROLE_ADMIN;
	app.epoch = 1;
	app.device[0] = 1;
	(void)snprintf(app.unit, sizeof(app.unit), "H11.25");
	(void)snprintf(app.unit_name, sizeof(app.unit_name), "Phường Bình Hưng");
	must(enrol_request(&app, &json, NULL));
	must(enrol_request_parse(buf_str(&json), json.len, &request, NULL));
	must(hub_enrol(&hub, &request, 1, DEVICE_COUNTER, "", &mce, NULL));
	must(enrolment_accept(&app, mce.data, mce.len, NULL));
	must(identity_load(&app, &identity, NULL));
	(void)snprintf(bearer, sizeof(bearer), "Bearer %s", identity.token);
	server.hub = &hub;
	must(uploads_open(&server.uploads, hub.dir, NULL));
	(void)atexit(forget);
	buf_done(&json);
	buf_wipe_done(&mce);
}

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
	if (out->authorization && !strcmp(out->authorization, "T"))
		out->authorization = bearer;
	out->tus_resumable = next_line(at);
	out->upload_length = next_line(at);
	out->upload_offset = next_line(at);
	out->upload_metadata = next_line(at);
	if (out->upload_metadata && !strcmp(out->upload_metadata, "M"))
		out->upload_metadata = "batch YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=";
	out->content_type = next_line(at);
	out->method_override = next_line(at);
	out->after = next_line(at);
	out->has_body = **at;
}

/* Two requests, one after the other: the second may go on with what the first has left. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *at = text;
	uint8_t id[BATCH_ID];

	if (!text)
		return 0;
	if (!app.db)
		make_hub();
	memcpy(text, data, size);
	text[size] = '\0';
	(void)tus_metadata_batch(text, id);
	for (int i = 0; i < 2; i++) {
		struct request request;
		struct exchange x;
		char *body;

		read_request(&at, &request);
		tus_begin(&x, &server, &request);
		body = at;
		(void)next_line(&at);
		(void)tus_body(&x, body, strlen(body));
		tus_end(&x);
		if (x.answer.status < 200 || x.answer.status > 599)
			abort();
		if (x.answer.receipt.len && x.answer.status > 299) /* nothing of this can be a batch */
			abort();
		tus_done(&x);
	}
	if (server.uploads.count > 2)
		abort();
	while (server.uploads.count)
		uploads_drop(&server.uploads, server.uploads.list);
	server.debts.count = 0;
	free(text);
	return 0;
}
