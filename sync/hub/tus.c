#include "sync/hub/tus.h"

#include "db/base/hash.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char TUS_VERSION[] = "1.0.0";
static const char OFFSET_TYPE[] = "application/offset+octet-stream";

/* The first answer stands. The sentence is for people who look at the wire. */
static void answer(struct exchange *x, int status, const char *text)
{
	if (x->answer.status)
		return;
	x->answer.status = status;
	x->answer.content_type = "text/plain; charset=utf-8";
	buf_clear(&x->answer.body);
	if (text)
		buf_printf(&x->answer.body, "%s\n", text);
	x->writing = false;
}

enum { CHECKSUM_WRONG = 460 }; /* tus: what arrived is discarded, the upload begins again at 0 */

static int status_of(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return 200;
	case RC_NONE:
		return 404;
	case RC_REFUSED:
		return 403;
	case RC_INPUT:
	case RC_DAMAGED:
		return 400;
	case RC_FULL:
		return 507;
	default:
		return 500;
	}
}

static void answer_err(struct exchange *x, enum rc rc, const struct err *err)
{
	answer(x, status_of(rc), err_text(err, LANG_EN));
}

/* A whole decimal number up to `max`, no sign, no space. */
static bool parse_size(const char *text, uint64_t max, uint64_t *out)
{
	size_t len = text ? strlen(text) : 0;
	uint64_t value = 0;

	if (!len || len > 18 || strspn(text, "0123456789") != len)
		return false;
	for (; *text; text++)
		value = value * 10 + (uint64_t)(*text - '0');
	*out = value;
	return value <= max;
}

bool tus_metadata_batch(const char *metadata, uint8_t id[BATCH_ID])
{
	bool found = false;

	if (!metadata || strlen(metadata) > TUS_HEADER_MAX)
		return false;
	while (*metadata) {
		size_t pair = strcspn(metadata, ","), key = strcspn(metadata, ", ");
		char raw[2 * BATCH_ID + 2];
		size_t raw_len = 0;

		if (!key)
			return false;
		if (key == 5 && !memcmp(metadata, "batch", 5)) {
			const char *value = metadata + key + 1;

			if (found || key + 1 >= pair ||
			    sodium_base642bin((uint8_t *)raw, sizeof(raw) - 1, value, pair - key - 1, NULL,
					      &raw_len, NULL, sodium_base64_VARIANT_ORIGINAL))
				return false;
			raw[raw_len] = '\0';
			if (raw_len == BATCH_ID)
				memcpy(id, raw, BATCH_ID);
			else if (raw_len != (size_t)2 * BATCH_ID || !hex_parse(raw, id, BATCH_ID))
				return false;
			found = true;
		}
		metadata += pair;
		if (*metadata == ',' && !*++metadata)
			return false;
	}
	return found;
}

static msec work_done(void)
{
	struct timespec used;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (msec)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* What was spent since `before` is the device's to pay back. */
static void charge(struct exchange *x, msec before)
{
	debts_add(&x->server->debts, x->device.device, work_done() - before, clock_system());
}

/* A device that has cost too much of late comes later. */
static bool may_send(struct exchange *x)
{
	x->answer.retry_after = debts_wait(&x->server->debts, x->device.device, clock_system());
	if (!x->answer.retry_after)
		return true;
	answer(x, 429, "this device has kept the hub busy: later");
	return false;
}

static bool authorise(struct exchange *x, const struct request *request)
{
	static const char scheme[] = "Bearer ";
	struct err err = { 0 };
	const char *given = request->authorization;

	if (given && !strncasecmp(given, scheme, sizeof(scheme) - 1) &&
	    strlen(given) - (sizeof(scheme) - 1) == TOKEN_TEXT - 1 &&
	    !hub_token(x->server->hub, given + sizeof(scheme) - 1, &x->device, &err)) {
		x->known_device = true;
		return true;
	}
	answer(x, 401, "no or wrong token");
	return false;
}

/* The device's receipt for a batch the hub holds, into the answer. */
static bool answer_receipt(struct exchange *x, const uint8_t id[BATCH_ID], const struct ingested *in,
			   uint16_t epoch)
{
	struct hub_device maker = x->device;
	struct err err = { 0 };
	enum rc rc = RC_OK;

	if (in && memcmp(in->manifest.device, x->device.device, DEVICE_ID) != 0)
		rc = hub_device_get(x->device.ward, in->manifest.device, &maker, &err);
	if (!rc)
		rc = hub_receipt(x->server->hub, x->device.ward, &maker, epoch, id, in, &x->answer.receipt,
				 &err);
	if (rc)
		answer_err(x, rc, &err);
	return !rc;
}

/* Has the batch been taken? Its receipt goes into the answer. */
static bool taken_before(struct exchange *x, size_t *length)
{
	struct ward *ward = x->device.ward;
	enum batch_state state;
	struct buf body = BUF(BATCH_MAX);
	struct ingested in = { 0 };
	struct err err = { 0 };
	bool taken = false;

	if (!outbox_state(&ward->app, x->id, &state, NULL) && !outbox_body(&ward->app, x->id, &body, NULL) &&
	    !ingest_batch(&ward->app, &ward->identity, body.data, body.len, &in, &err)) {
		*length = body.len;
		taken = answer_receipt(x, x->id, &in, in.manifest.epoch);
	}
	buf_done(&body);
	return taken;
}

static void set_location(struct exchange *x)
{
	char id[2 * BATCH_ID + 1];

	hex_of(x->id, BATCH_ID, id);
	snprintf(x->answer.location, sizeof(x->answer.location), "/batches/%s", id);
}

static void tell_offset(struct exchange *x, size_t offset, size_t length)
{
	x->answer.with_offset = true;
	x->answer.offset = offset;
	x->answer.length = length;
}

static struct upload *own_upload(struct exchange *x)
{
	return uploads_find(&x->server->uploads, x->id, x->device.device);
}

/* What arrived is what its id says; *hurt when it was on its way, and may come again. */
static enum rc check_body(const struct exchange *x, const struct buf *body, bool *hurt, struct err *err)
{
	uint8_t id[BATCH_ID];
	enum rc rc = batch_peek(body->data, body->len, id, err);

	*hurt = rc && batch_is_hurt(body->data, body->len);
	if (!rc && memcmp(id, x->id, BATCH_ID) != 0) {
		*hurt = true;
		rc = err_set(err, RC_INPUT, "Nội dung không đúng mã gói.", "The body is not the batch of this id.");
	}
	return rc;
}

/* All bytes are here: is it what its id says, and may it be taken? */
static void finish_upload(struct exchange *x, struct upload *upload, int status)
{
	struct buf body = BUF(BATCH_MAX);
	struct ingested in = { 0 };
	struct err err = { 0 };
	size_t length = upload->length;
	msec before = work_done();
	bool hurt = false;
	enum rc rc = uploads_read(&x->server->uploads, upload, &body, &err);

	if (!rc)
		rc = check_body(x, &body, &hurt, &err);
	if (!rc)
		rc = hub_take(x->server->hub, x->device.ward, body.data, body.len, &in, &x->answer.receipt,
			      &err);
	buf_done(&body);
	charge(x, before);
	if (rc != RC_FULL && rc != RC_IO)
		uploads_drop(&x->server->uploads, upload);
	if (rc) {
		x->server->metrics.refused++;
		answer(x, hurt ? CHECKSUM_WRONG : status_of(rc), err_text(&err, LANG_EN));
		return;
	}
	x->server->metrics.batches++;
	x->server->metrics.batches_known += in.known;
	x->server->metrics.events += in.events_new;
	x->answer.fork = in.fork;
	x->answer.clock = hub_clock_doubt(x->device.ward, &in.manifest);
	tell_offset(x, length, length);
	answer(x, status, NULL);
}

/* Take the upload over: an earlier, half-open writer no longer counts. */
static void become_writer(struct exchange *x, struct upload *upload)
{
	x->writer = ++upload->writer;
	x->writing = true;
}

static void begin_create(struct exchange *x, const struct request *request)
{
	struct upload *upload;
	struct err err = { 0 };
	uint64_t length;
	size_t known_length;
	enum rc rc;

	if (request->has_body &&
	    (!request->content_type || strcasecmp(request->content_type, OFFSET_TYPE) != 0)) {
		answer(x, 415, "the body must be application/offset+octet-stream");
		return;
	}
	if (!parse_size(request->upload_length, INT64_MAX, &length) || !length) {
		answer(x, 400, "Upload-Length is missing or malformed");
		return;
	}
	if (length > BATCH_MAX) {
		answer(x, 413, "a batch is at most 262144 bytes");
		return;
	}
	if (!tus_metadata_batch(request->upload_metadata, x->id)) {
		answer(x, 400, "Upload-Metadata must carry the batch id");
		return;
	}
	set_location(x);
	if (taken_before(x, &known_length)) {
		tell_offset(x, known_length, known_length);
		answer(x, 201, NULL);
		return;
	}
	if (!may_send(x))
		return;
	rc = uploads_create(&x->server->uploads, x->id, x->device.device, (size_t)length, &upload, &err);
	if (rc) {
		answer(x, rc == RC_FULL ? 429 : status_of(rc), err_text(&err, LANG_EN));
		return;
	}
	/* A body belongs at offset 0; with bytes here already the client asks for the offset and goes on from
	 * it. */
	if (request->has_body && upload->offset == 0)
		become_writer(x, upload);
	tell_offset(x, upload->offset, upload->length);
}

/* /batches/ID or /batches/ID/receipt. */
static bool parse_path(struct exchange *x, const char *path, bool *receipt)
{
	char id[2 * BATCH_ID + 1];

	if (strncmp(path, "/batches/", 9) != 0 || strlen(path + 9) < 2 * (size_t)BATCH_ID)
		return false;
	memcpy(id, path + 9, 2 * BATCH_ID);
	id[2 * BATCH_ID] = '\0';
	path += 9 + 2 * BATCH_ID;
	*receipt = !strcmp(path, "/receipt");
	return hex_parse(id, x->id, BATCH_ID) && (*receipt || !*path);
}

static void begin_head(struct exchange *x)
{
	struct upload *upload = own_upload(x);
	size_t length;

	if (upload) {
		upload->writer++;
		tell_offset(x, upload->offset, upload->length);
		x->answer.with_length = true;
		answer(x, 200, NULL);
	} else if (taken_before(x, &length)) {
		tell_offset(x, length, length);
		x->answer.with_length = true;
		answer(x, 200, NULL);
	} else {
		answer(x, 404, NULL);
	}
}

static void begin_patch(struct exchange *x, const struct request *request)
{
	struct upload *upload;
	uint64_t offset;
	size_t length;

	if (!request->content_type || strcasecmp(request->content_type, OFFSET_TYPE) != 0) {
		answer(x, 415, "the body must be application/offset+octet-stream");
		return;
	}
	if (!parse_size(request->upload_offset, INT64_MAX, &offset)) {
		answer(x, 400, "Upload-Offset is missing or malformed");
		return;
	}
	upload = own_upload(x);
	if (!upload && taken_before(x, &length)) {
		tell_offset(x, length, length);
		answer(x, offset == length ? 204 : 409, NULL);
	} else if (!upload) {
		answer(x, 404, "no such upload");
	} else if (offset != upload->offset) {
		tell_offset(x, upload->offset, upload->length);
		answer(x, 409, "the offset differs");
	} else if (may_send(x)) {
		become_writer(x, upload);
	}
}

static void begin_receipt(struct exchange *x)
{
	size_t length;

	if (own_upload(x)) {
		answer(x, 202, "not complete yet");
	} else if (taken_before(x, &length)) {
		answer(x, 200, NULL);
		x->answer.content_type = "application/octet-stream";
		buf_add(&x->answer.body, x->answer.receipt.data, x->answer.receipt.len);
	} else {
		answer(x, 404, "no such batch");
	}
}

static void begin_feed(struct exchange *x, const struct request *request)
{
	struct manifest manifest;
	struct err err = { 0 };
	uint64_t after = 0;
	int64_t next;
	enum rc rc;

	if (request->after && *request->after && !parse_size(request->after, INT64_MAX, &after)) {
		answer(x, 400, "after must be a cursor");
		return;
	}
	rc = hub_feed(x->server->hub, &x->device, (int64_t)after, &next, &x->answer.body, &manifest, &err);
	if (rc && rc != RC_NONE) {
		answer_err(x, rc, &err);
		return;
	}
	x->answer.status = rc ? 204 : 200;
	x->answer.content_type = "application/octet-stream";
	snprintf(x->answer.cursor, sizeof(x->answer.cursor), "%" PRId64, next);
}

static void begin_health(struct exchange *x)
{
	answer(x, 200, NULL);
	x->answer.content_type = "application/json";
	buf_printf(&x->answer.body,
		   "{\"status\":\"ok\",\"wards\":%zu,\"uploads\":%zu,\"uptime_s\":%" PRId64 "}\n",
		   x->server->hub->wards_count, x->server->uploads.count,
		   (clock_system() - x->server->started_at) / 1000);
}

static void begin_metrics(struct exchange *x)
{
	const struct metrics *m = &x->server->metrics;
	const struct {
		const char *name, *type, *help;
		uint64_t value;
	} rows[] = {
		{ "requests_total", "counter", "HTTP requests", m->requests },
		{ "errors_total", "counter", "answers of 400 and above", m->errors },
		{ "batches_total", "counter", "batches taken", m->batches },
		{ "batches_known_total", "counter", "batches taken before", m->batches_known },
		{ "batches_refused_total", "counter", "batches refused", m->refused },
		{ "events_total", "counter", "events newly applied", m->events },
		{ "bytes_in_total", "counter", "body bytes received", m->bytes_in },
		{ "bytes_out_total", "counter", "body bytes sent", m->bytes_out },
		{ "malformed_total", "counter", "what was no HTTP request", m->malformed },
		{ "shut_total", "counter", "connections shut for keeping the hub waiting", m->shut },
		{ "uploads", "gauge", "unfinished uploads", x->server->uploads.count },
		{ "wards", "gauge", "wards held", x->server->hub->wards_count },
	};

	answer(x, 200, NULL);
	x->answer.content_type = "text/plain; version=0.0.4";
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		buf_printf(&x->answer.body,
			   "# HELP motcua_hub_%s %s\n# TYPE motcua_hub_%s %s\nmotcua_hub_%s %" PRIu64 "\n",
			   rows[i].name, rows[i].help, rows[i].name, rows[i].type, rows[i].name,
			   rows[i].value);
}

static void begin_options(struct exchange *x)
{
	x->answer.with_options = true;
	answer(x, 204, NULL);
}

/* Everything below /batches speaks tus, and says which. */
static bool version_fits(struct exchange *x, const struct request *request)
{
	x->answer.with_version = true;
	if (request->tus_resumable && !strcmp(request->tus_resumable, TUS_VERSION))
		return true;
	answer(x, 412, "Tus-Resumable must be 1.0.0");
	return false;
}

static void begin_batch(struct exchange *x, const struct request *request)
{
	bool receipt = false;

	if (!strcmp(x->path, "/batches") || !strcmp(x->path, "/batches/")) {
		if (!strcmp(x->method, "OPTIONS"))
			begin_options(x);
		else if (strcmp(x->method, "POST") != 0)
			answer(x, 405, "POST a batch here");
		else if (version_fits(x, request))
			begin_create(x, request);
	} else if (!parse_path(x, x->path, &receipt)) {
		answer(x, 404, "no such thing");
	} else if (receipt) {
		if (!strcmp(x->method, "GET"))
			begin_receipt(x);
		else
			answer(x, 405, "GET a receipt");
	} else if (version_fits(x, request)) {
		if (!strcmp(x->method, "HEAD"))
			begin_head(x);
		else if (!strcmp(x->method, "PATCH"))
			begin_patch(x, request);
		else
			answer(x, 405, "HEAD or PATCH an upload");
	}
}

void tus_begin(struct exchange *x, struct server *server, const struct request *request)
{
	const char *override = request->method_override;
	bool post = !strcmp(request->method, "POST");

	memset(x, 0, sizeof(*x));
	x->server = server;
	x->answer.receipt = (struct buf)BUF(RECEIPT_MAX);
	x->answer.body = (struct buf)BUF(BATCH_MAX + 65536);
	server->metrics.requests++;
	snprintf(x->method, sizeof(x->method), "%s", override && post ? override : request->method);
	if (snprintf(x->path, sizeof(x->path), "%s", request->path) >= (int)sizeof(x->path)) {
		answer(x, 404, "no such thing");
		return;
	}
	if (!strcmp(x->path, "/health") && !strcmp(x->method, "GET")) {
		begin_health(x);
		return;
	}
	if (!authorise(x, request))
		return;
	if (!strncmp(x->path, "/batches", 8) && (!x->path[8] || x->path[8] == '/'))
		begin_batch(x, request);
	else if (!strcmp(x->path, "/feed") && !strcmp(x->method, "GET"))
		begin_feed(x, request);
	else if (!strcmp(x->path, "/metrics") && !strcmp(x->method, "GET"))
		begin_metrics(x);
	else
		answer(x, 404, "no such thing");
}

bool tus_body(struct exchange *x, const void *data, size_t len)
{
	struct upload *upload;
	struct err err = { 0 };
	enum rc rc;

	x->server->metrics.bytes_in += len;
	if (!x->writing) {
		x->in_vain += len;
		return x->in_vain <= TUS_IN_VAIN_MAX;
	}
	upload = own_upload(x);
	if (!upload || upload->writer != x->writer) {
		answer(x, 409, "another request took this upload over");
		return true;
	}
	rc = uploads_append(&x->server->uploads, upload, data, len, &err);
	if (rc == RC_FULL && upload->offset + len > upload->length)
		answer(x, 413, "the body is longer than announced");
	else if (rc)
		answer_err(x, rc, &err);
	return true;
}

void tus_end(struct exchange *x)
{
	struct upload *upload;
	bool create = !strcmp(x->method, "POST");

	if (!x->answer.status) {
		upload = own_upload(x);
		if (!upload) {
			answer(x, 409, "another request took this upload over");
		} else if (upload->offset == upload->length) {
			finish_upload(x, upload, create ? 201 : 204);
		} else {
			tell_offset(x, upload->offset, upload->length);
			answer(x, create ? 201 : 204, NULL);
		}
	}
	if (x->answer.status >= 400)
		x->server->metrics.errors++;
	x->server->metrics.bytes_out += x->answer.body.len;
}

void tus_done(struct exchange *x)
{
	buf_done(&x->answer.receipt);
	buf_done(&x->answer.body);
}
