#include "sync/link/client.h"

#include "db/base/hash.h"
#include "db/base/secure.h"
#include "sync/link/pause.h"

#include <curl/curl.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/*
 * A batch is one POST that carries it whole; the answer carries the receipt.
 * After any cut the hub is asked for its offset and the rest follows. Silence
 * ends a transfer, never its length in time; tries are few and spread, and
 * motcua's own timer comes back later.
 */
enum {
	TRIES = 4,
	CONNECT_S = 30,
	SILENCE_S = 60,
	FEED_MAX = 4096, /* batches asked for in one go */
	TELL_MS = 250,
};

/* X509_V_ERR_* of OpenSSL, as CURLINFO_SSL_VERIFYRESULT tells them. */
enum { X509_UNSPECIFIED = 1, X509_NOT_YET_VALID = 9, X509_EXPIRED = 10 };

/* What one answer told. */
struct reply {
	long status; /* 0: none came */
	bool whole;  /* its head came to the end: a head cut off in order looks like a short one to libcurl */
	bool has_offset;
	uint64_t offset;
	char cursor[32];
	struct buf receipt, body;
};

struct line {
	struct link_job *job;
	link_say *say;
	void *ctx;
	CURL *curl;
	struct reply reply;
	const uint8_t *send;
	size_t send_len, sent;
	uint64_t up, down, requests, connections;
	uint64_t done, from; /* bytes of the batches before this one; where in this one the request began */
	int64_t told_ms;
	curl_socket_t socket;
	uint8_t distrust; /* enum link_distrust: why this hub is not spoken to */
	char problem[CURL_ERROR_SIZE];
};

static void say_batch(struct line *line, uint8_t type, const struct link_batch *batch, const void *data,
		      size_t len)
{
	struct buf bytes = BUF(LINK_BODY_MAX + 1024);

	buf_add(&bytes, batch->id, LINK_ID);
	buf_add(&bytes, data, len);
	line->say(line->ctx, type, bytes.data, bytes.len);
	buf_done(&bytes);
}

static void say_text(struct line *line, uint8_t type, const char *text)
{
	line->say(line->ctx, type, text, strlen(text));
}

static void say_numbers(struct line *line, uint8_t type, uint64_t a, uint64_t b)
{
	struct buf bytes = BUF(32);

	wire_put_uint(&bytes, a);
	wire_put_uint(&bytes, b);
	line->say(line->ctx, type, bytes.data, bytes.len);
	buf_done(&bytes);
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

/*
 * libcurl names no socket while it works: the one it made last is the one it uses. When the clerk stops us,
 * what the system still keeps back is not sent either.
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

/*
 * How far it is: what the system still keeps back on a slow line has not been sent. A long answer is told of
 * too, so that nobody takes us for dead.
 */
static int on_progress(void *ctx, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	struct line *line = ctx;
	uint64_t sent = up > 0 ? (uint64_t)up : 0;
	int kept = 0;

	(void)down_all;
	(void)up_all;
	if ((!sent && down <= 0) || pause_now_ms() - line->told_ms < TELL_MS)
		return 0;
	line->told_ms = pause_now_ms();
	if (sent && ioctl(line->socket, SIOCOUTQ, &kept) == 0 && kept > 0)
		sent = sent > (uint64_t)kept ? sent - (uint64_t)kept : 0;
	say_numbers(line, LINK_AT, line->done + line->from + sent, 0);
	return 0;
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

	line->reply.whole = len <= 2; /* the blank line */
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

/* Which authorities vouch for a hub: the pinned certificate alone; else SSL_CERT_FILE; else the system's. */
static void set_trust(CURL *curl, const struct buf *pem)
{
	const char *file = getenv("SSL_CERT_FILE");

	if (pem->len) {
		struct curl_blob blob = { pem->data, pem->len, CURL_BLOB_COPY };

		curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &blob);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	} else if (file && *file) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
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
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_send);
	curl_easy_setopt(curl, CURLOPT_READDATA, line);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, line);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, on_socket);
	curl_easy_setopt(curl, CURLOPT_SOCKOPTDATA, line);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, line);
	set_trust(curl, &line->job->pem);
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
	say_numbers(line, LINK_MOVED, line->up, line->down);
}

/* Whether a failed handshake was the certificate's fault, and how. */
static uint8_t distrust_of(CURL *curl, CURLcode code)
{
	long verify = 0;

	if (code == CURLE_SSL_CACERT_BADFILE)
		return LINK_CERT_UNREADABLE;
	if (code != CURLE_PEER_FAILED_VERIFICATION)
		return LINK_CERT_GOOD;
	curl_easy_getinfo(curl, CURLINFO_SSL_VERIFYRESULT, &verify);
	if (verify == X509_EXPIRED)
		return LINK_CERT_EXPIRED;
	if (verify == X509_NOT_YET_VALID)
		return LINK_CERT_EARLY;
	/* The name is compared after the chain was found good; what libcurl tells then is that nothing was
	 * wrong, or 1. */
	return verify <= X509_UNSPECIFIED ? LINK_CERT_HOST : LINK_CERT_UNKNOWN;
}

/* One request; false when no whole answer came. */
static bool perform(struct line *line, struct curl_slist *headers)
{
	CURLcode code;

	line->reply.status = 0;
	line->reply.whole = line->reply.has_offset = false;
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
	if (!code && !line->reply.whole)
		snprintf(line->problem, sizeof(line->problem), "the answer was cut off");
	if (code || !line->reply.whole)
		line->reply.status = 0;
	line->distrust = distrust_of(line->curl, code);
	return line->reply.status != 0;
}

static void set_send(struct line *line, const struct link_batch *batch, uint64_t offset)
{
	line->send = line->job->bytes.data + batch->off + offset;
	line->from = offset;
	line->send_len = batch->len - (size_t)offset;
	line->sent = 0;
}

static const char OFFSET_TYPE[] = "application/offset+octet-stream";

static bool post_batch(struct line *line, const struct link_batch *batch)
{
	struct curl_slist *headers = common_headers(line);
	char url[LINK_URL_MAX + 16], metadata[80] = "batch ";

	snprintf(url, sizeof(url), "%s/batches", line->job->url);
	base64_of(batch->id, LINK_ID, metadata + 6, sizeof(metadata) - 6);
	headers = add_number(headers, "Upload-Length", batch->len);
	headers = add(headers, "Upload-Metadata", metadata);
	headers = add(headers, "Content-Type", OFFSET_TYPE);
	set_common(line, url, headers);
	set_send(line, batch, 0);
	curl_easy_setopt(line->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(line->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)batch->len);
	return perform(line, headers);
}

static void batch_url(const struct line *line, const struct link_batch *batch, char *out, size_t size)
{
	char id[2 * LINK_ID + 1];

	hex_of(batch->id, LINK_ID, id);
	snprintf(out, size, "%s/batches/%s", line->job->url, id);
}

static bool head_batch(struct line *line, const struct link_batch *batch)
{
	struct curl_slist *headers = common_headers(line);
	char url[LINK_URL_MAX + 80];

	batch_url(line, batch, url, sizeof(url));
	set_common(line, url, headers);
	curl_easy_setopt(line->curl, CURLOPT_NOBODY, 1L);
	return perform(line, headers);
}

static bool patch_batch(struct line *line, const struct link_batch *batch, uint64_t offset)
{
	struct curl_slist *headers = common_headers(line);
	char url[LINK_URL_MAX + 80];

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

enum { CHECKSUM_WRONG = 460 }; /* the hub got other bytes than were sent */
enum outcome { DONE, AGAIN, GIVE_UP, NO_TOKEN };

/* What an answer means for the batch; AGAIN also for what may be better later. */
static enum outcome judge(struct line *line, const struct link_batch *batch)
{
	const struct reply *r = &line->reply;

	if (r->status == 401)
		return NO_TOKEN;
	if (r->receipt.len && r->status < 300) {
		say_batch(line, LINK_RECEIPT, batch, r->receipt.data, r->receipt.len);
		return DONE;
	}
	if (r->status == 400 || r->status == 403 || r->status == 413 || r->status == 415 ||
	    r->status == 412) {
		say_batch(line, LINK_REFUSED, batch, r->body.data, r->body.len > 200 ? 200 : r->body.len);
		return DONE;
	}
	if (r->status == 0 || r->status == 409 || r->status < 300 || r->status == 404 || r->status == CHECKSUM_WRONG)
		return AGAIN;
	return GIVE_UP;
}

/* Where is the hub, and the rest from there. */
static bool resume(struct line *line, const struct link_batch *batch)
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

static enum outcome send_batch(struct line *line, const struct link_batch *batch)
{
	enum outcome outcome = AGAIN;

	for (unsigned attempt = 0; attempt < TRIES && outcome == AGAIN && !line->distrust; attempt++) {
		if (attempt)
			pause_before(attempt);
		if (attempt || line->job->again ? resume(line, batch) : post_batch(line, batch))
			outcome = judge(line, batch);
	}
	return outcome;
}

static void say_no_line(struct line *line)
{
	if (line->distrust)
		line->say(line->ctx, LINK_DISTRUST, &line->distrust, 1);
	else
		say_text(line, LINK_NO_LINE, line->problem);
}

/* False when there is no use in going on. */
static bool send_all(struct line *line)
{
	for (size_t i = 0; i < line->job->count; i++) {
		const struct link_batch *batch = &line->job->batches[i];
		enum outcome outcome = send_batch(line, batch);
		char why[300];

		if (outcome == NO_TOKEN) {
			say_text(line, LINK_TOKEN, "");
			return false;
		}
		if (outcome == AGAIN && !line->reply.status) {
			say_no_line(line);
			return false;
		}
		line->done += batch->len;
		line->from = 0;
		say_numbers(line, LINK_AT, line->done, 0);
		if (outcome != DONE) {
			snprintf(why, sizeof(why), "HTTP %ld", line->reply.status);
			say_batch(line, LINK_LATER, batch, why, strlen(why));
		}
	}
	return true;
}

static bool get_feed(struct line *line)
{
	struct curl_slist *headers = common_headers(line);
	char url[LINK_URL_MAX + 64];

	snprintf(url, sizeof(url), "%s/feed?after=%llu", line->job->url,
		 (unsigned long long)line->job->cursor);
	set_common(line, url, headers);
	curl_easy_setopt(line->curl, CURLOPT_HTTPGET, 1L);
	return perform(line, headers);
}

static void take_feed(struct line *line)
{
	for (unsigned taken = 0, failed = 0; taken < FEED_MAX && failed < TRIES && !line->distrust;) {
		struct buf bytes = BUF(LINK_BODY_MAX + 64);
		uint64_t next;

		if (!get_feed(line)) {
			pause_before(++failed);
			continue;
		}
		if (line->reply.status == 401)
			say_text(line, LINK_TOKEN, "");
		if ((line->reply.status != 200 && line->reply.status != 204) || !line->reply.cursor[0])
			return;
		next = strtoull(line->reply.cursor, NULL, 10);
		wire_put_uint(&bytes, next);
		buf_add(&bytes, line->reply.body.data, line->reply.body.len);
		line->say(line->ctx, LINK_FEEDING, bytes.data, bytes.len);
		buf_done(&bytes);
		if (line->reply.status == 204 || next <= line->job->cursor)
			return;
		line->job->cursor = next;
		taken++;
	}
	say_no_line(line);
}

void link_run(struct link_job *job, link_say *say, void *ctx)
{
	struct line line = { .job = job,
			     .say = say,
			     .ctx = ctx,
			     .reply = { .receipt = BUF(16 << 10), .body = BUF(LINK_BODY_MAX + 1024) } };

	if (curl_global_init(CURL_GLOBAL_DEFAULT) || !(line.curl = curl_easy_init()))
		die("libcurl does not start");
	if (send_all(&line) && job->feed)
		take_feed(&line);
	say_numbers(&line, LINK_END, line.requests, line.connections);
	curl_easy_cleanup(line.curl);
	curl_global_cleanup();
	buf_done(&line.reply.receipt);
	buf_done(&line.reply.body);
}
