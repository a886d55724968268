/*
 * cutline.h - a line on loopback that is cut after so many bytes in one direction, or hurts one of them.
 */
#ifndef MOTCUA_TESTS_CUTLINE_H
#define MOTCUA_TESTS_CUTLINE_H

#include <stdbool.h>
#include <stddef.h>

enum way { UP, DOWN, WAYS };

struct cut {
	enum way way;
	size_t at;	/* bytes that still pass */
	bool orderly;	/* an end as by the other side, not a reset */
	unsigned times; /* connections that are cut, one after another; then none is */
	bool hurt;	/* no cut: the byte at `at` arrives as another */
};

struct cutline {
	int near_fd; /* listens; cutline_listen made it */
	unsigned near_port, hub_port;
	struct cut cut;
	bool later;	/* the first connection is over */
	size_t *passed; /* on the first connection, by way */
};

/* A socket that listens on loopback, and its port. Fails the test when it cannot. */
int cutline_listen(unsigned *port);
/* A thread's work, ctx a struct cutline: one connection after another to the hub, for as long as the process lives. */
void *cutline_run(void *ctx);

#endif
