#include "sync/hub/http.h"

#include "db/base/hash.h"
#include "sync/hub/clients.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	SPARE_CLIENTS = 64, /* places that are shut but not left yet */
	SPARE_FILES = 600,  /* stores, their journals, uploads */
	LOOP_MS = 500,
	TICK_MS = 1000,
};

/* One serving process: what MHD's callbacks get. */
struct http {
	struct server *server;
	struct clients clients;
	bool tls;
};

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

static msec now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (msec)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* As the inside of a JSON string: what could end it, or a terminal, becomes a blank. */
static void log_text(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		fputc(c < 0x20 || c == 0x7f || c == '"' || c == '\\' ? ' ' : c, stderr);
	}
}

static void log_request(const struct exchange *x)
{
	const struct buf *body = &x->answer.body;
	char when[40], device[2 * DEVICE_ID + 1] = "", batch[17] = "";

	clock_format(clock_system(), when);
	if (x->known_device)
		hex_of(x->device.device, DEVICE_ID, device);
	if (!strncmp(x->path, "/batches", 8))
		hex_of(x->id, (sizeof(batch) - 1) / 2, batch);
	fprintf(stderr,
		"{\"at\":\"%s\",\"method\":\"%.8s\",\"status\":%d,\"device\":\"%s\",\"batch\":\"%s\","
		"\"bytes\":%zu",
		when, strspn(x->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(x->method) ? x->method : "?",
		x->answer.status, device, batch, x->answer.body.len);
	if (x->answer.fork)
		fputs(",\"fork\":true", stderr);
	if (x->answer.clock != CLOCK_FINE)
		fprintf(stderr, ",\"clock\":\"%s\"", hub_clock_word(x->answer.clock));
	if (x->answer.status >= 400 && body->len) {
		fputs(",\"why\":\"", stderr);
		log_text(buf_str(body), body->len - 1);
		fputc('"', stderr);
	}
	fputs("}\n", stderr);
}

/* What libmicrohttpd refused by itself: its sentence, without what it would fill in. */
PRINTF_LIKE(2, 0) static void log_malformed(void *ctx, const char *format, va_list args)
{
	struct http *http = ctx;
	char when[40];

	(void)args;
	http->server->metrics.malformed++;
	clock_format(clock_system(), when);
	fprintf(stderr, "{\"at\":\"%s\",\"malformed\":\"", when);
	log_text(format, strlen(format));
	fputs("\"}\n", stderr);
}

/* Tell a client that kept us waiting (when it can still be told in plain text), and shut its socket. */
static void shut(struct http *http, struct client *client, int status, const char *reason)
{
	char text[128], when[40];
	int len = snprintf(text, sizeof(text),
			   "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", status, reason);

	if (!http->tls)
		(void)send(client->fd, text, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
	(void)shutdown(client->fd, SHUT_RDWR);
	client_turns(client, CLIENT_SHUT, now_ms());
	http->server->metrics.shut++;
	clock_format(clock_system(), when);
	fprintf(stderr, "{\"at\":\"%s\",\"status\":%d,\"why\":\"%s\"}\n", when, status, reason);
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **place,
			  enum MHD_ConnectionNotificationCode what)
{
	struct http *http = ctx;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct client *slow;

	if (what == MHD_CONNECTION_NOTIFY_STARTED && info) {
		*place = client_came(&http->clients, info->connect_fd, now_ms());
		while ((slow = client_to_shed(&http->clients)))
			shut(http, slow, 503, "Service Unavailable");
	} else if (what == MHD_CONNECTION_NOTIFY_CLOSED && *place) {
		client_left(&http->clients, *place);
		*place = NULL;
	}
}

static void turn(struct MHD_Connection *connection, enum client_state state)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	if (info && info->socket_context)
		client_turns(info->socket_context, state, now_ms());
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
	(void)MHD_add_response_header(response, name, value);
}

static void add_number(struct MHD_Response *response, const char *name, size_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", value);
	add_header(response, name, text);
}

static void add_receipt(struct MHD_Response *response, const struct buf *receipt)
{
	size_t size = sodium_base64_ENCODED_LEN(receipt->len, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(size);

	if (!text)
		die("out of memory");
	sodium_bin2base64(text, size, receipt->data, receipt->len, sodium_base64_VARIANT_ORIGINAL);
	add_header(response, "Motcua-Receipt", text);
	free(text);
}

static void add_headers(struct MHD_Response *response, const struct answer *a)
{
	if (a->with_version || a->with_options)
		add_header(response, "Tus-Resumable", "1.0.0");
	if (a->with_options || a->status == 412)
		add_header(response, "Tus-Version", "1.0.0");
	if (a->with_options) {
		add_header(response, "Tus-Extension", "creation,creation-with-upload");
		add_number(response, "Tus-Max-Size", BATCH_MAX);
	}
	if (a->with_offset)
		add_number(response, "Upload-Offset", a->offset);
	if (a->with_length)
		add_number(response, "Upload-Length", a->length);
	if (a->retry_after && a->status == 429)
		add_number(response, "Retry-After", a->retry_after);
	if (a->status == 401)
		add_header(response, "WWW-Authenticate", "Bearer");
	if (a->status == 200 || a->status == 204)
		add_header(response, "Cache-Control", "no-store");
	if (a->location[0] && a->status < 300)
		add_header(response, "Location", a->location);
	if (a->cursor[0])
		add_header(response, "Motcua-Cursor", a->cursor);
	if (a->receipt.len && a->status < 300)
		add_receipt(response, &a->receipt);
	if (a->body.len)
		add_header(response, "Content-Type", a->content_type);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct exchange *x)
{
	const struct answer *a = &x->answer;
	bool head = !strcmp(x->method, "HEAD") || a->status == 204;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		head ? 0 : a->body.len, head ? NULL : a->body.data, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	add_headers(response, a);
	if (stop_asked)
		add_header(response, "Connection", "close");
	result = MHD_queue_response(connection, (unsigned)a->status, response);
	MHD_destroy_response(response);
	log_request(x);
	return result;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void read_head(struct MHD_Connection *connection, const char *url, const char *method,
		      struct request *out)
{
	const char *length = header(connection, "Content-Length");

	*out = (struct request){
		.method = method,
		.path = url,
		.after = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "after"),
		.authorization = header(connection, "Authorization"),
		.tus_resumable = header(connection, "Tus-Resumable"),
		.upload_length = header(connection, "Upload-Length"),
		.upload_offset = header(connection, "Upload-Offset"),
		.upload_metadata = header(connection, "Upload-Metadata"),
		.content_type = header(connection, "Content-Type"),
		.method_override = header(connection, "X-HTTP-Method-Override"),
		.has_body = (length && strcmp(length, "0") != 0) || header(connection, "Transfer-Encoding"),
	};
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *url,
				  const char *method, const char *version, const char *data, size_t *data_len,
				  void **state)
{
	struct http *http = ctx;
	struct exchange *x = *state;
	struct request request;

	(void)version;
	if (!x) {
		x = calloc(1, sizeof(*x));
		if (!x)
			return MHD_NO;
		*state = x;
		read_head(connection, url, method, &request);
		tus_begin(x, http->server, &request);
		turn(connection, x->answer.status ? CLIENT_IN_VAIN : CLIENT_SENDING);
		return MHD_YES;
	}
	if (*data_len) {
		bool wanted = tus_body(x, data, *data_len);

		*data_len = 0;
		if (x->answer.status)
			turn(connection, CLIENT_IN_VAIN);
		return wanted ? MHD_YES : MHD_NO;
	}
	tus_end(x);
	turn(connection, CLIENT_ANSWERED);
	return send_answer(connection, x);
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *state;

	(void)ctx;
	(void)why;
	turn(connection, CLIENT_ASKED);
	if (!x)
		return;
	tus_done(x);
	free(x);
	*state = NULL;
}

/* A socket bound to what --listen says; port 0 lets the system pick. */
static enum rc open_socket(const char *text, int *out, struct err *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	const char *colon = strrchr(text, ':');
	char host[128];
	size_t len = colon ? (size_t)(colon - text) : 0;
	int fd = -1, one = 1;

	if (!colon || len >= sizeof(host))
		return err_field(err, "listen", "Địa chỉ phải có dạng ADDR:PORT.",
				 "The address must be ADDR:PORT.");
	if (len > 1 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	memcpy(host, text, len);
	host[len] = '\0';
	if (!getaddrinfo(len ? host : NULL, colon + 1, &hints, &found)) {
		fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		if (fd >= 0 && (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
				bind(fd, found->ai_addr, found->ai_addrlen) || listen(fd, 256))) {
			close(fd);
			fd = -1;
		}
		freeaddrinfo(found);
	}
	if (fd < 0)
		return err_set(err, RC_IO,
			       "Không mở được địa chỉ đã cho: sai, hay đang có chương trình khác dùng?",
			       "The address cannot be opened: is it wrong, or in use?");
	*out = fd;
	return RC_OK;
}

static void print_address(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);
	char host[64], port[16];

	if (getsockname(fd, (struct sockaddr *)&address, &len) ||
	    getnameinfo((struct sockaddr *)&address, len, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV))
		return;
	printf(strchr(host, ':') ? "listening [%s]:%s\n" : "listening %s:%s\n", host, port);
	fflush(stdout);
}

/* Places for clients, as far as this process may open files. */
static unsigned places(unsigned asked)
{
	unsigned wanted = asked ? asked : HTTP_CLIENTS_MAX;
	struct rlimit files;
	rlim_t room;

	if (getrlimit(RLIMIT_NOFILE, &files))
		return wanted;
	if (files.rlim_cur < wanted + SPARE_CLIENTS + SPARE_FILES && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max < 65536 ? files.rlim_max : 65536;
		if (setrlimit(RLIMIT_NOFILE, &files))
			(void)getrlimit(RLIMIT_NOFILE, &files);
	}
	room = files.rlim_cur > 2 * SPARE_FILES ? files.rlim_cur - SPARE_FILES - SPARE_CLIENTS
						: files.rlim_cur / 2;
	return room < wanted ? (unsigned)room : wanted;
}

static struct MHD_Daemon *start(struct http *http, const struct listen *listen, int fd)
{
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, NULL },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG;

	if (listen->tls_cert) {
		flags |= MHD_USE_TLS;
		tls[0].ptr_value = (void *)(uintptr_t)listen->tls_cert;
		tls[1].ptr_value = (void *)(uintptr_t)listen->tls_key;
	} else {
		tls[0].option = MHD_OPTION_END;
	}
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, log_malformed,
				http, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_TIMEOUT,
				(unsigned)HTTP_IDLE_S, MHD_OPTION_CONNECTION_LIMIT,
				http->clients.max + SPARE_CLIENTS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
				(size_t)HTTP_REQUEST_MEMORY, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
				MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, MHD_OPTION_ARRAY, tls,
				MHD_OPTION_END);
}

static void catch_signals(void)
{
	struct sigaction act = { .sa_handler = ask_stop };

	sigemptyset(&act.sa_mask);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	act.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &act, NULL);
}

/* Wait for the network, a command or a signal, and do what there is to do. */
static bool turn_once(struct MHD_Daemon *daemon, struct control *control, struct server *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd wait[] = { { .fd = info ? info->epoll_fd : -1, .events = POLLIN },
				 { .fd = control ? control->fd : -1, .events = POLLIN } };
	MHD_UNSIGNED_LONG_LONG due;
	int timeout = LOOP_MS;

	if (MHD_get_timeout(daemon, &due) == MHD_YES && due < LOOP_MS)
		timeout = (int)due;
	if (poll(wait, ARRAY_LEN(wait), timeout) < 0 && errno != EINTR)
		return false;
	if (wait[1].revents & POLLIN)
		control_answer(control, server->hub);
	return MHD_run(daemon) == MHD_YES;
}

/*
 * A body that ended early. When the end came in one with the head libmicrohttpd never looks again; a body that is
 * still in its buffers at the first look is answered before the second.
 */
static void shut_ended(struct http *http)
{
	for (struct client *c = http->clients.list; c; c = c->next) {
		bool before = c->ended;
		char byte;

		if (c->state != CLIENT_SENDING)
			continue;
		c->ended = recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
		if (before && c->ended)
			shut(http, c, 400, "Bad Request");
	}
}

/* Once a second: who is overdue or has gone, which uploads were given up. */
static void tick(struct http *http, msec *last)
{
	struct client *slow;
	msec now = now_ms();

	if (now - *last < TICK_MS)
		return;
	*last = now;
	while ((slow = client_overdue(&http->clients, now)))
		shut(http, slow, 408, "Request Timeout");
	shut_ended(http);
	uploads_expire(&http->server->uploads, clock_system());
}

/* No new connection; those with a request under way may end it. */
static void wind_down(struct http *http, struct MHD_Daemon *daemon)
{
	MHD_socket fd = MHD_quiesce_daemon(daemon);
	msec end = now_ms() + (msec)HTTP_GRACE_S * 1000, last = 0;

	if (fd != MHD_INVALID_SOCKET)
		close(fd);
	while (clients_busy(&http->clients) && now_ms() < end && turn_once(daemon, NULL, http->server))
		tick(http, &last);
	/* What was queued as an answer goes out. */
	(void)MHD_run(daemon);
	MHD_stop_daemon(daemon);
}

enum rc http_serve(struct server *server, const struct listen *listen, struct err *err)
{
	struct http http = { .server = server, .tls = listen->tls_cert };
	struct MHD_Daemon *daemon;
	msec last = 0;
	int fd = listen->socket;
	enum rc rc = fd ? RC_OK : open_socket(listen->address, &fd, err);

	if (rc)
		return rc;
	catch_signals();
	server->started_at = clock_system();
	http.clients.max = places(listen->clients);
	http.clients.head_ms = (msec)(listen->head_s ? listen->head_s : HTTP_HEAD_S) * 1000;
	http.clients.vain_ms = (msec)HTTP_VAIN_S * 1000;
	daemon = start(&http, listen, fd);
	if (!daemon) {
		close(fd);
		return err_set(err, RC_IO, "Không khởi động được máy chủ (chứng chỉ TLS có đúng không?).",
			       "The server does not start (is the TLS certificate right?).");
	}
	print_address(fd);
	while (!stop_asked && turn_once(daemon, listen->control, server))
		tick(&http, &last);
	wind_down(&http, daemon);
	return RC_OK;
}
