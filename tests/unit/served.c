#include "tests/unit/served.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/base/file.h"

enum { ANSWER_S = 20 };

static int listening(unsigned *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(fd, 256), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	*port = ntohs(address.sin_port);
	return fd;
}

/* In the child: never returns into the test. */
static _Noreturn void serve(const struct served *s, const struct listen *listen)
{
	static struct hub hub;
	static struct server server;
	struct err err = { 0 };
	int log = open(s->log, O_WRONLY | O_CREAT | O_APPEND, 0600), nothing = open("/dev/null", O_WRONLY);
	enum rc rc;

	if (log < 0 || nothing < 0 || dup2(log, STDERR_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
		_exit(99);
	server.hub = &hub;
	rc = hub_open(&hub, s->dir, s->key, &err);
	if (!rc)
		rc = hub_open_all(&hub, &err);
	if (!rc)
		rc = uploads_open(&server.uploads, s->dir, &err);
	if (!rc)
		rc = http_serve(&server, listen, &err);
	if (rc)
		(void)fprintf(stderr, "%s\n", err.en);
	uploads_close(&server.uploads);
	hub_close(&hub);
	_exit(err_exit_code(rc));
}

void served_start(struct served *s, const char *dir, const struct listen *limits)
{
	struct listen listen = limits ? *limits : (struct listen){ .address = NULL };
	const char *slash = strrchr(dir, '/');

	assert_non_null(slash);
	(void)snprintf(s->dir, sizeof(s->dir), "%s", dir);
	(void)snprintf(s->key, sizeof(s->key), "%.*s/key", (int)(slash - dir), dir);
	(void)snprintf(s->log, sizeof(s->log), "%.*s/log", (int)(slash - dir), dir);
	clock_set_test(MSEC_NONE);
	listen.socket = listening(&s->port);
	(void)fflush(NULL);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (!s->pid)
		serve(s, &listen);
	close(listen.socket);
}

int served_stop(struct served *s)
{
	int status = -1;

	assert_int_equal(kill(s->pid, SIGTERM), 0);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void served_kill(struct served *s)
{
	assert_int_equal(kill(s->pid, SIGKILL), 0);
	assert_int_equal(waitpid(s->pid, NULL, 0), s->pid);
}

void served_log(const struct served *s, struct buf *out)
{
	buf_clear(out);
	assert_int_equal(file_read(s->log, out, NULL), RC_OK);
}

void served_forget(struct served *s)
{
	(void)unlink(s->log);
}

size_t served_rss(const struct served *s)
{
	struct buf text = BUF(256);
	char path[64], *resident;
	size_t pages = 0;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%ld/statm", (long)s->pid);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(file_read_fd(fd, &text, NULL), RC_OK);
	close(fd);
	resident = strchr(buf_str(&text), ' ');
	if (resident)
		pages = strtoul(resident, NULL, 10);
	buf_done(&text);
	return pages * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

int served_connect(const struct served *s)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				       .sin_port = htons((uint16_t)s->port) };
	const struct timeval patience = { .tv_sec = ANSWER_S };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

void served_send(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);

		if (sent <= 0) /* refused half-way: the answer says why */
			return;
		at += sent;
		len -= (size_t)sent;
	}
}

const char *served_header(const struct buf *answer, const char *name, char *room, size_t size)
{
	const char *at = buf_str(answer), *end = strstr(at, "\r\n\r\n");
	size_t len = strlen(name);

	room[0] = '\0';
	while (end && (at = strstr(at, "\r\n")) && at < end) {
		at += 2;
		if (!strncasecmp(at, name, len) && at[len] == ':') {
			(void)snprintf(room, size, "%.*s", (int)strcspn(at + len + 2, "\r"), at + len + 2);
			break;
		}
	}
	return room;
}

int served_answer(int fd, struct buf *out)
{
	char room[24];
	size_t whole = SIZE_MAX;

	buf_clear(out);
	while (out->len < whole) {
		char piece[4096];
		const char *end;
		/* One answer only: what is pipelined behind it stays. */
		ssize_t got = recv(fd, piece, whole == SIZE_MAX ? 1 : whole - out->len < sizeof(piece)
							? whole - out->len
							: sizeof(piece), 0);

		if (got <= 0)
			break;
		buf_add(out, piece, (size_t)got);
		end = whole == SIZE_MAX && out->len > 3 ? strstr(buf_str(out) + out->len - 4, "\r\n\r\n") : NULL;
		if (end)
			whole = out->len + strtoul(served_header(out, "Content-Length", room, sizeof(room)), NULL, 10);
	}
	return out->len > 12 && !memcmp(out->data, "HTTP/1.", 7) ? (int)strtol(buf_str(out) + 9, NULL, 10) : 0;
}

int served_ask(const struct served *s, const void *request, size_t len, struct buf *out)
{
	int fd = served_connect(s), status;

	served_send(fd, request, len);
	status = served_answer(fd, out);
	close(fd);
	return status;
}
