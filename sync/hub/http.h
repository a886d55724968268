/*
 * http.h - tus.h over HTTP: one process, one thread, libmicrohttpd's own loop
 * turned by hand.
 *
 * Slow and many connections never hold the others: a client has HEAD_S to say
 * what it wants and VAIN_S to end what was refused (408), an upload may take
 * as long as it moves (IDLE_S without a byte ends it), and when all places are
 * taken the one that has kept us waiting longest makes room (503). A client
 * that stops sending before its body is whole is told so (400), and what came
 * is kept.
 */
#ifndef MOTCUA_HUB_HTTP_H
#define MOTCUA_HUB_HTTP_H

#include "sync/hub/control.h"
#include "sync/hub/tus.h"

enum {
	HTTP_IDLE_S = 60,
	HTTP_HEAD_S = 30,
	HTTP_VAIN_S = 30,
	HTTP_GRACE_S = 10, /* after SIGTERM, for requests under way */
	HTTP_CLIENTS_MAX = 1000,
	HTTP_REQUEST_MEMORY = 16 << 10, /* of a head; 431 beyond */
};

struct listen {
	const char *address; /* "127.0.0.1:8080", "[::1]:0", ":8080" */
	const char *tls_cert, *tls_key; /* PEM texts or NULL */
	int socket;                     /* one that listens already, instead of an address; 0: none */
	struct control *control;        /* commands of control.h run in between; NULL: none */
	unsigned head_s, clients;       /* 0: as above */
};

/*
 * Serve until SIGTERM or SIGINT, then finish the requests under way. Prints
 * `listening ADDR:PORT` on stdout when ready. One JSON line a request goes to
 * stderr: status, device, batch, bytes and why it was refused; never content,
 * addresses or tokens.
 */
enum rc http_serve(struct server *server, const struct listen *listen, struct err *err) MUST_CHECK;

#endif
