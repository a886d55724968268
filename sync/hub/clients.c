#include "sync/hub/clients.h"

#include "db/base/err.h"

#include <stdlib.h>

struct client *client_came(struct clients *clients, int fd, msec now)
{
	struct client *client = calloc(1, sizeof(*client));

	if (!client)
		die("out of memory");
	client->fd = fd;
	client->since = now;
	client->next = clients->list;
	if (clients->list)
		clients->list->before = client;
	clients->list = client;
	clients->count++;
	return client;
}

void client_left(struct clients *clients, struct client *client)
{
	if (client->next)
		client->next->before = client->before;
	if (client->before)
		client->before->next = client->next;
	else
		clients->list = client->next;
	clients->count--;
	free(client);
}

void client_turns(struct client *client, enum client_state state, msec now)
{
	if (client->state == state || client->state == CLIENT_SHUT)
		return;
	client->state = state;
	client->since = now;
	client->ended = false;
}

struct client *client_overdue(const struct clients *clients, msec now)
{
	for (struct client *c = clients->list; c; c = c->next)
		if ((c->state == CLIENT_ASKED && now - c->since > clients->head_ms) ||
		    (c->state == CLIENT_IN_VAIN && now - c->since > clients->vain_ms))
			return c;
	return NULL;
}

struct client *client_to_shed(const struct clients *clients)
{
	struct client *longest = NULL;
	unsigned here = 0;

	for (struct client *c = clients->list; c; c = c->next) {
		here += c->state != CLIENT_SHUT;
		if ((c->state == CLIENT_ASKED || c->state == CLIENT_IN_VAIN) &&
		    (!longest || c->since <= longest->since))
			longest = c;
	}
	return here > clients->max ? longest : NULL;
}

unsigned clients_busy(const struct clients *clients)
{
	unsigned busy = 0;

	for (const struct client *c = clients->list; c; c = c->next)
		busy += c->state == CLIENT_SENDING || c->state == CLIENT_ANSWERED;
	return busy;
}
