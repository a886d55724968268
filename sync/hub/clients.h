/*
 * clients.h - who is connected, since when it owes us something, and who must
 * go. No HTTP here: http.c says what happens, and shuts the sockets it is told
 * to; so the rules are tested without one. Times are any monotonic msec.
 */
#ifndef MOTCUA_HUB_CLIENTS_H
#define MOTCUA_HUB_CLIENTS_H

#include "db/base/base.h"

enum client_state {
	CLIENT_ASKED,	 /* a request's head is due */
	CLIENT_SENDING,	 /* a body that is wanted: no deadline but silence */
	CLIENT_ANSWERED, /* all came; the answer is on its way */
	CLIENT_IN_VAIN,	 /* the rest of a body that was refused */
	CLIENT_SHUT,	 /* its socket is shut; it ends soon */
};

struct client {
	int fd;
	enum client_state state;
	msec since;
	bool ended; /* at the last look: it sends no more, and nothing waits to be read */
	struct client *next, *before; /* newest first */
};

struct clients {
	struct client *list;
	unsigned count, max;
	msec head_ms, vain_ms;
};

/* Owned by the caller until client_left. */
struct client *client_came(struct clients *clients, int fd, msec now);
void client_left(struct clients *clients, struct client *client);
void client_turns(struct client *client, enum client_state state, msec now);
/* The next one past its deadline at `now`, or NULL; the caller shuts it and turns it CLIENT_SHUT. */
struct client *client_overdue(const struct clients *clients, msec now);
/* When more than `max` are here: the one that has kept us waiting longest, but for those that send. */
struct client *client_to_shed(const struct clients *clients);
/* Requests under way: their bodies, their answers. */
unsigned clients_busy(const struct clients *clients);

#endif
