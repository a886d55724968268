#include "sync/hub/http.h"

#include "db/base/hash.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	IDLE_S = 60, /* a silent connection is closed */
	CONNECTIONS_MAX = 1200,
	CONNECTIONS_PER_CLIENT = 1000, /* a ward may sit behind one address */
	REQUEST_MEMORY = 16 << 10,
	LOOP_MS = 500,
};

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

static void log_request(const struct exchange *x)
{
	char when[40], device[2 * DEVICE_ID + 1] = "", batch[17] = "";

	clock_format(clock_system(), when);
	if (x->known_device)
		hex_of(x->device.device, DEVICE_ID, device);
	if (!strncmp(x->path, "/batches", 8))
		hex_of(x->id, (sizeof(batch) - 1) / 2, batch);
	fprintf(stderr,
		"{\"at\":\"%s\",\"method\":\"%.8s\",\"status\":%d,\"device\":\"%s\",\"batch\":\"%s\","
		"\"bytes\":%zu}\n",
		when, strspn(x->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(x->method) ? x->method : "?",
		x->answer.status, device, batch, x->answer.body.len);
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
	struct exchange *x = *state;
	struct request request;

	(void)version;
	if (!x) {
		x = calloc(1, sizeof(*x));
		if (!x)
			return MHD_NO;
		*state = x;
		read_head(connection, url, method, &request);
		tus_begin(x, ctx, &request);
		return MHD_YES;
	}
	if (*data_len) {
		bool wanted = tus_body(x, data, *data_len);

		*data_len = 0;
		return wanted ? MHD_YES : MHD_NO;
	}
	tus_end(x);
	return send_answer(connection, x);
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **state,
			 enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *state;

	(void)ctx;
	(void)connection;
	(void)why;
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

static struct MHD_Daemon *start(struct server *server, const struct listen *listen, int fd)
{
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, NULL },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned flags = MHD_USE_EPOLL;

	if (listen->tls_cert) {
		flags |= MHD_USE_TLS;
		tls[0].ptr_value = (void *)(uintptr_t)listen->tls_cert;
		tls[1].ptr_value = (void *)(uintptr_t)listen->tls_key;
	} else {
		tls[0].option = MHD_OPTION_END;
	}
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server, MHD_OPTION_LISTEN_SOCKET, fd,
				MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_LIMIT,
				(unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
				(unsigned)CONNECTIONS_PER_CLIENT, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
				(size_t)REQUEST_MEMORY, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
				MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
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

enum rc http_serve(struct server *server, const struct listen *listen, struct err *err)
{
	struct MHD_Daemon *daemon;
	int fd = -1;
	enum rc rc = open_socket(listen->address, &fd, err);

	if (rc)
		return rc;
	catch_signals();
	server->started_at = clock_system();
	daemon = start(server, listen, fd);
	if (!daemon) {
		close(fd);
		return err_set(err, RC_IO, "Không khởi động được máy chủ (chứng chỉ TLS có đúng không?).",
			       "The server does not start (is the TLS certificate right?).");
	}
	print_address(fd);
	while (!stop_asked)
		if (MHD_run_wait(daemon, LOOP_MS) != MHD_YES && errno != EINTR)
			break;
	MHD_stop_daemon(daemon);
	return RC_OK;
}
