/*
 * http.h - tus.h over HTTP: one process, one thread, libmicrohttpd's own loop
 * turned by hand. Limits per client and on idle time keep slow or many
 * connections from holding the others.
 */
#ifndef MOTCUA_HUB_HTTP_H
#define MOTCUA_HUB_HTTP_H

#include "sync/hub/tus.h"

struct listen {
	const char *address; /* "127.0.0.1:8080", "[::1]:0", ":8080" */
	const char *tls_cert, *tls_key; /* PEM texts or NULL */
};

/*
 * Serve until SIGTERM or SIGINT. Prints `listening ADDR:PORT` on stdout when
 * ready. One JSON line a request goes to stderr: status, device, batch, bytes;
 * never content or tokens.
 */
enum rc http_serve(struct server *server, const struct listen *listen, struct err *err) MUST_CHECK;

#endif
