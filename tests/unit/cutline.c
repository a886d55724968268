#include "tests/unit/cutline.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

enum { LINE_MAX_BYTES = 64 << 10 };

static void end_connection(int fd, bool orderly)
{
	const struct linger at_once = { 1, 0 };

	if (!orderly)
		(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	close(fd);
}

/* Some bytes one way; false at the cut or when either side ended. */
static bool carry(struct cutline *line, int from, int to, enum way way, size_t *left)
{
	char bytes[4096];
	ssize_t got = read(from, bytes, sizeof(bytes)), part = got;

	if (got <= 0)
		return false;
	if (line->cut.hurt && !line->later && way == line->cut.way && line->cut.at >= line->passed[way] &&
	    line->cut.at < line->passed[way] + (size_t)got)
		bytes[line->cut.at - line->passed[way]] ^= 1;
	if (line->cut.times && way == line->cut.way && (size_t)got >= *left)
		part = (ssize_t)*left;
	*left -= (size_t)part;
	line->passed[way] += line->later ? 0 : (size_t)part;
	return send(to, bytes, (size_t)part, MSG_NOSIGNAL) == part && part == got &&
	       !(line->cut.times && way == line->cut.way && !*left);
}

static void carry_connection(struct cutline *line, int near, int far)
{
	struct pollfd both[2] = { { .fd = near, .events = POLLIN }, { .fd = far, .events = POLLIN } };
	size_t left[WAYS] = { LINE_MAX_BYTES, LINE_MAX_BYTES };
	bool open = true;

	if (line->cut.times)
		left[line->cut.way] = line->cut.at;
	open = !line->cut.times || line->cut.at;
	while (open && poll(both, 2, -1) > 0) {
		if (both[0].revents)
			open = carry(line, near, far, UP, &left[UP]);
		if (open && both[1].revents)
			open = carry(line, far, near, DOWN, &left[DOWN]);
	}
	end_connection(near, line->cut.orderly || !line->cut.times);
	end_connection(far, line->cut.orderly || !line->cut.times);
	line->later = true;
	if (line->cut.times)
		line->cut.times--;
}

static int connect_hub(const struct cutline *line)
{
	struct sockaddr_in hub = { .sin_family = AF_INET, .sin_port = htons((uint16_t)line->hub_port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	hub.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd >= 0 && !connect(fd, (struct sockaddr *)&hub, sizeof(hub)) ? fd : -1;
}

void *cutline_run(void *ctx)
{
	struct cutline *line = ctx;

	for (;;) {
		int near = accept(line->near_fd, NULL, NULL), far = near < 0 ? -1 : connect_hub(line),
		    one = 1;

		if (far < 0)
			return NULL;
		(void)setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		carry_connection(line, near, far);
	}
}

int cutline_listen(unsigned *port)
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t len = sizeof(here);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0 && !bind(fd, (struct sockaddr *)&here, sizeof(here)) && !listen(fd, 16));
	assert_int_equal(getsockname(fd, (struct sockaddr *)&here, &len), 0);
	*port = ntohs(here.sin_port);
	return fd;
}
