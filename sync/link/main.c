/*
 * main.c - motcua-link: sealed batches out, receipts and others' batches in,
 * by tus 1.0.0 over libcurl. One connection, one transfer at a time.
 *
 * A batch is one POST that carries it whole; the answer carries the receipt.
 * After any cut the hub is asked for its offset and the rest follows. Silence
 * ends a transfer, never its length in time; tries are few and spread, and
 * motcua's own timer comes back later.
 */
#include "db/base/child.h"
#include "db/base/hash.h"
#include "db/base/secure.h"
#include "sync/link/link.h"
#include "sync/link/pause.h"

#include <curl/curl.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ID = 32,
	BODY_MAX = 256 << 10,
	JOB_MAX = 64 << 20,
	TRIES = 4,
	CONNECT_S = 30,
	SILENCE_S = 60,
	TELL_MS = 250,
	URL_MAX = 1024,
	FEED_MAX = 4096, /* batches asked for in one go */
};

struct batch {
	uint8_t id[ID];
	size_t off, len; /* in job.bytes */
};

struct job {
	char url[URL_MAX], token[256];
	struct buf pem, bytes;
	struct batch *batches;
	size_t count, cap;
	bool feed, again;
	uint64_t cursor;
};

/* What one answer told. */
struct reply {
	long status; /* 0: none came */
	bool has_offset;
	uint64_t offset;
	char cursor[32];
	struct buf receipt, body;
};

struct line {
	struct job *job;
	CURL *curl;
	struct reply reply;
	const uint8_t *send;
	size_t send_len, sent;
	uint64_t up, down, requests, connections;
	uint64_t done, from; /* bytes of the batches before this one; where in this one the request began */
	int64_t told_ms;
	curl_socket_t socket;
	char problem[CURL_ERROR_SIZE];
};

static void say(uint8_t type, const struct buf *bytes)
{
	if (!frame_write(STDOUT_FILENO, type, bytes->data ? (const void *)bytes->data : "", bytes->len))
		exit(1); /* nobody listens any more */
}

static void say_batch(uint8_t type, const struct batch *batch, const void *data, size_t len)
{
	struct buf bytes = BUF(BODY_MAX + 1024);

	buf_add(&bytes, batch->id, ID);
	buf_add(&bytes, data, len);
	say(type, &bytes);
	buf_done(&bytes);
}

static void say_text(uint8_t type, const char *text)
{
	struct buf bytes = BUF(1024);

	buf_text(&bytes, text);
	say(type, &bytes);
	buf_done(&bytes);
}

static void say_numbers(uint8_t type, uint64_t a, uint64_t b)
{
	struct buf bytes = BUF(32);

	wire_put_uint(&bytes, a);
	wire_put_uint(&bytes, b);
	say(type, &bytes);
	buf_done(&bytes);
}

/*
 * libcurl names no socket while it works: the one it made last is the one it uses. When the clerk stops us, what the
 * system still keeps back is not sent either.
 */
static int on_socket(void *ctx, curl_socket_t fd, curlsocktype purpose)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
	struct line *line = ctx;

	(void)purpose;
	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	line->socket = fd;
	return CURL_SOCKOPT_OK;
}

/* How far it is: what the system still keeps back on a slow line has not been sent. */
static int on_progress(void *ctx, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	struct line *line = ctx;
	uint64_t sent = up > 0 ? (uint64_t)up : 0;
	int kept = 0;

	(void)down_all;
	(void)down;
	(void)up_all;
	if (!sent || pause_now_ms() - line->told_ms < TELL_MS)
		return 0;
	line->told_ms = pause_now_ms();
	if (ioctl(line->socket, SIOCOUTQ, &kept) == 0 && kept > 0)
		sent = sent > (uint64_t)kept ? sent - (uint64_t)kept : 0;
	say_numbers(LINK_AT, line->done + line->from + sent, 0);
	return 0;
}

static size_t on_send(char *out, size_t size, size_t count, void *ctx)
{
	struct line *line = ctx;
	size_t room = size * count, left = line->send_len - line->sent;
	size_t len = room < left ? room : left;

	memcpy(out, line->send + line->sent, len);
	line->sent += len;
	return len;
}

/* A kept connection that turned out dead makes curl start over. */
static int on_seek(void *ctx, curl_off_t offset, int origin)
{
	struct line *line = ctx;

	if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > line->send_len)
		return CURL_SEEKFUNC_FAIL;
	line->sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static size_t on_body(char *data, size_t size, size_t count, void *ctx)
{
	struct line *line = ctx;

	buf_add(&line->reply.body, data, size * count);
	return line->reply.body.full ? 0 : size * count;
}

/* The value of header `name` in one line of the head, trimmed; false when it is another. */
static bool header_value(const char *text, size_t len, const char *name, char *out, size_t size)
{
	size_t at = strlen(name);

	if (len <= at || strncasecmp(text, name, at) != 0 || text[at] != ':')
		return false;
	for (at++; at < len && (text[at] == ' ' || text[at] == '\t');)
		at++;
	while (len > at && (text[len - 1] == '\r' || text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	if (len - at >= size)
		return false;
	memcpy(out, text + at, len - at);
	out[len - at] = '\0';
	return true;
}

static size_t on_header(char *data, size_t size, size_t count, void *ctx)
{
	struct line *line = ctx;
	char value[24 << 10];
	size_t len = size * count;

	if (header_value(data, len, "Upload-Offset", value, sizeof(value))) {
		char *end;

		line->reply.offset = strtoull(value, &end, 10);
		line->reply.has_offset = *value && !*end;
	} else if (header_value(data, len, "Motcua-Cursor", value, sizeof(value))) {
		snprintf(line->reply.cursor, sizeof(line->reply.cursor), "%.31s", value);
	} else if (header_value(data, len, "Motcua-Receipt", value, sizeof(value))) {
		buf_clear(&line->reply.receipt);
		if (!base64_parse(value, &line->reply.receipt))
			buf_clear(&line->reply.receipt);
	}
	return len;
}

static struct curl_slist *add(struct curl_slist *list, const char *name, const char *value)
{
	char text[2048];
	struct curl_slist *longer;

	snprintf(text, sizeof(text), "%s: %s", name, value);
	longer = curl_slist_append(list, text);
	if (!longer)
		die("out of memory");
	return longer;
}

static struct curl_slist *add_number(struct curl_slist *list, const char *name, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
	return add(list, name, text);
}

static struct curl_slist *common_headers(const struct line *line)
{
	char bearer[300];
	struct curl_slist *list = NULL;

	snprintf(bearer, sizeof(bearer), "Bearer %s", line->job->token);
	list = add(list, "Authorization", bearer);
	list = add(list, "Tus-Resumable", "1.0.0");
	list = curl_slist_append(list, "Accept:");
	list = curl_slist_append(list, "Expect:"); /* waiting for a 100 costs a round trip */
	return list;
}

static void set_common(struct line *line, const char *url, struct curl_slist *headers)
{
	CURL *curl = line->curl;

	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_S);
	curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, line->problem);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, line);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, line);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, on_socket);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTDATA, line);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, line);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_send);
	curl_easy_setopt(curl, CURLOPT_READDATA, line);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, line);
	if (line->job->pem.len) {
		struct curl_blob pem = { line->job->pem.data, line->job->pem.len, CURL_BLOB_COPY };

		curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &pem);
	}
}

static void count_transfer(struct line *line)
{
	curl_off_t up = 0, down = 0;
	long head_up = 0, head_down = 0, connects = 0;

	curl_easy_getinfo(line->curl, CURLINFO_SIZE_UPLOAD_T, &up);
	curl_easy_getinfo(line->curl, CURLINFO_SIZE_DOWNLOAD_T, &down);
	curl_easy_getinfo(line->curl, CURLINFO_REQUEST_SIZE, &head_up);
	curl_easy_getinfo(line->curl, CURLINFO_HEADER_SIZE, &head_down);
	curl_easy_getinfo(line->curl, CURLINFO_NUM_CONNECTS, &connects);
	line->up += (uint64_t)up + (uint64_t)head_up;
	line->down += (uint64_t)down + (uint64_t)head_down;
	line->requests++;
	line->connections += (uint64_t)connects;
	say_numbers(LINK_MOVED, line->up, line->down);
}

/* One request; false when no whole answer came. */
static bool perform(struct line *line, struct curl_slist *headers)
{
	CURLcode code;

	line->reply.status = 0;
	line->reply.has_offset = false;
	line->reply.cursor[0] = '\0';
	buf_clear(&line->reply.receipt);
	buf_clear(&line->reply.body);
	line->problem[0] = '\0';
	code = curl_easy_perform(line->curl);
	count_transfer(line);
	curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &line->reply.status);
	curl_slist_free_all(headers);
	if (code && !line->problem[0])
		snprintf(line->problem, sizeof(line->problem), "%s", curl_easy_strerror(code));
	if (code)
		line->reply.status = 0;
	return code == CURLE_OK;
}

static void set_send(struct line *line, const struct batch *batch, uint64_t offset)
{
	line->send = line->job->bytes.data + batch->off + offset;
	line->from = offset;
	line->send_len = batch->len - (size_t)offset;
	line->sent = 0;
}

static const char OFFSET_TYPE[] = "application/offset+octet-stream";

static bool post_batch(struct line *line, const struct batch *batch)
{
	struct curl_slist *headers = common_headers(line);
	char url[URL_MAX + 16], metadata[80] = "batch ";

	snprintf(url, sizeof(url), "%s/batches", line->job->url);
	base64_of(batch->id, ID, metadata + 6, sizeof(metadata) - 6);
	headers = add_number(headers, "Upload-Length", batch->len);
	headers = add(headers, "Upload-Metadata", metadata);
	headers = add(headers, "Content-Type", OFFSET_TYPE);
	set_common(line, url, headers);
	set_send(line, batch, 0);
	curl_easy_setopt(line->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(line->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)batch->len);
	return perform(line, headers);
}

static void batch_url(const struct line *line, const struct batch *batch, char *out, size_t size)
{
	char id[2 * ID + 1];

	hex_of(batch->id, ID, id);
	snprintf(out, size, "%s/batches/%s", line->job->url, id);
}

static bool head_batch(struct line *line, const struct batch *batch)
{
	struct curl_slist *headers = common_headers(line);
	char url[URL_MAX + 80];

	batch_url(line, batch, url, sizeof(url));
	set_common(line, url, headers);
	curl_easy_setopt(line->curl, CURLOPT_NOBODY, 1L);
	return perform(line, headers);
}

static bool patch_batch(struct line *line, const struct batch *batch, uint64_t offset)
{
	struct curl_slist *headers = common_headers(line);
	char url[URL_MAX + 80];

	batch_url(line, batch, url, sizeof(url));
	headers = add_number(headers, "Upload-Offset", offset);
	headers = add(headers, "Content-Type", OFFSET_TYPE);
	set_common(line, url, headers);
	set_send(line, batch, offset);
	curl_easy_setopt(line->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(line->curl, CURLOPT_CUSTOMREQUEST, "PATCH");
	curl_easy_setopt(line->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)line->send_len);
	return perform(line, headers);
}

enum outcome { DONE, AGAIN, GIVE_UP, NO_TOKEN };

/* What an answer means for the batch; AGAIN also for what may be better later. */
static enum outcome judge(struct line *line, const struct batch *batch)
{
	const struct reply *r = &line->reply;

	if (r->status == 401)
		return NO_TOKEN;
	if (r->receipt.len && r->status < 300) {
		say_batch(LINK_RECEIPT, batch, r->receipt.data, r->receipt.len);
		return DONE;
	}
	if (r->status == 400 || r->status == 403 || r->status == 413 || r->status == 415 ||
	    r->status == 412) {
		say_batch(LINK_REFUSED, batch, r->body.data, r->body.len > 200 ? 200 : r->body.len);
		return DONE;
	}
	return r->status == 0 || r->status == 409 || r->status < 300 || r->status == 404 ? AGAIN : GIVE_UP;
}

/* Where is the hub, and the rest from there. */
static bool resume(struct line *line, const struct batch *batch)
{
	if (!head_batch(line, batch))
		return false;
	if (line->reply.status == 404)
		return post_batch(line, batch);
	if (line->reply.status != 200 || line->reply.receipt.len || !line->reply.has_offset ||
	    line->reply.offset > batch->len)
		return true;
	return patch_batch(line, batch, line->reply.offset);
}

static enum outcome send_batch(struct line *line, const struct batch *batch)
{
	enum outcome outcome = AGAIN;

	for (unsigned attempt = 0; attempt < TRIES && outcome == AGAIN; attempt++) {
		if (attempt)
			pause_before(attempt);
		if (attempt || line->job->again ? resume(line, batch) : post_batch(line, batch))
			outcome = judge(line, batch);
	}
	return outcome;
}

/* False when there is no use in going on. */
static bool send_all(struct line *line)
{
	for (size_t i = 0; i < line->job->count; i++) {
		const struct batch *batch = &line->job->batches[i];
		enum outcome outcome = send_batch(line, batch);
		char why[300];

		if (outcome == NO_TOKEN) {
			say_text(LINK_TOKEN, "");
			return false;
		}
		if (outcome == AGAIN && !line->reply.status) {
			say_text(LINK_NO_LINE, line->problem);
			return false;
		}
		line->done += batch->len;
		line->from = 0;
		say_numbers(LINK_AT, line->done, 0);
		if (outcome != DONE) {
			snprintf(why, sizeof(why), "HTTP %ld", line->reply.status);
			say_batch(LINK_LATER, batch, why, strlen(why));
		}
	}
	return true;
}

static bool get_feed(struct line *line)
{
	struct curl_slist *headers = common_headers(line);
	char url[URL_MAX + 64];

	snprintf(url, sizeof(url), "%s/feed?after=%llu", line->job->url,
		 (unsigned long long)line->job->cursor);
	set_common(line, url, headers);
	curl_easy_setopt(line->curl, CURLOPT_HTTPGET, 1L);
	return perform(line, headers);
}

static void take_feed(struct line *line)
{
	for (unsigned taken = 0, failed = 0; taken < FEED_MAX && failed < TRIES;) {
		struct buf bytes = BUF(BODY_MAX + 64);
		uint64_t next;

		if (!get_feed(line)) {
			pause_before(++failed);
			continue;
		}
		if (line->reply.status == 401)
			say_text(LINK_TOKEN, "");
		if ((line->reply.status != 200 && line->reply.status != 204) || !line->reply.cursor[0])
			return;
		next = strtoull(line->reply.cursor, NULL, 10);
		wire_put_uint(&bytes, next);
		buf_add(&bytes, line->reply.body.data, line->reply.body.len);
		say(LINK_FEEDING, &bytes);
		buf_done(&bytes);
		if (line->reply.status == 204 || next <= line->job->cursor)
			return;
		line->job->cursor = next;
		taken++;
	}
	say_text(LINK_NO_LINE, line->problem);
}

static bool take_hub(struct job *job, const struct buf *bytes)
{
	const char *at = (const char *)bytes->data, *end = at + bytes->len;
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

static bool take_batch(struct job *job, const struct buf *bytes)
{
	struct batch *batch;

	if (bytes->len <= ID || bytes->len > ID + BODY_MAX)
		return false;
	if (job->count == job->cap) {
		job->cap = job->cap ? job->cap * 2 : 16;
		job->batches = realloc(job->batches, job->cap * sizeof(*job->batches));
		if (!job->batches)
			die("out of memory");
	}
	batch = &job->batches[job->count++];
	memcpy(batch->id, bytes->data, ID);
	batch->off = job->bytes.len;
	batch->len = bytes->len - ID;
	buf_add(&job->bytes, bytes->data + ID, batch->len);
	return !job->bytes.full;
}

/* Everything motcua has to say, up to GO. */
static bool read_job(struct job *job)
{
	struct buf bytes = BUF(BODY_MAX + 1024);
	bool good = true, go = false;
	uint8_t type;

	while (good && !go && frame_read(STDIN_FILENO, &type, &bytes)) {
		struct reader r = reader_on(bytes.data, bytes.len);

		if (type == LINK_HUB) {
			good = take_hub(job, &bytes);
		} else if (type == LINK_BATCH) {
			good = take_batch(job, &bytes);
		} else if (type == LINK_AGAIN) {
			job->again = true;
		} else if (type == LINK_FEED) {
			job->feed = true;
			job->cursor = wire_uint(&r);
			good = reader_at_end(&r);
		} else {
			go = type == LINK_GO;
			good = go;
		}
	}
	buf_done(&bytes);
	return good && go && job->url[0];
}

int main(void)
{
	struct job job = { .pem = BUF(64 << 10), .bytes = BUF(JOB_MAX) };
	struct line line = { .job = &job,
			     .reply = { .receipt = BUF(16 << 10), .body = BUF(BODY_MAX + 1024) } };

	secure_process();
	if (!read_job(&job))
		return 2;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) || !(line.curl = curl_easy_init()))
		die("libcurl does not start");
	if (send_all(&line) && job.feed)
		take_feed(&line);
	say_numbers(LINK_END, line.requests, line.connections);
	curl_easy_cleanup(line.curl);
	curl_global_cleanup();
	buf_done(&line.reply.receipt);
	buf_done(&line.reply.body);
	buf_wipe_done(&job.bytes);
	buf_done(&job.pem);
	free(job.batches);
	explicit_bzero(&job, sizeof(job));
	return 0;
}
