/*
 * progress.h - something long, watched: a bar, the rate, the time left, and Esc to stop it.
 */
#ifndef MOTCUA_TUI_PROGRESS_H
#define MOTCUA_TUI_PROGRESS_H

#include "tui/screen.h"

struct progress {
	struct ui *ui;
	const struct words *title;
	size_t done, total; /* bytes, or parts of a hundred; total 0: not known */
	bool bytes;     /* they are bytes of a carrier: rate and time left are told */
	bool stoppable; /* Esc stops it */
	bool items;     /* one thing after another: what is done stays done */
	bool cancelled;
	int64_t since_ms;
	size_t from;        /* where it stood when it began to move, */
	int64_t from_ms;    /* and when: a resumed transfer begins in the middle */
	char what[160];
};

/* Put the box up; progress_end takes it down. */
void progress_begin(struct ui *ui, struct progress *progress, const struct words *title);
void progress_end(struct progress *progress);
/* A carrier_progress; `ctx` is the struct progress. False: the clerk pressed Esc. */
bool progress_bytes(void *ctx, size_t done, size_t total, const char *what);
/* The `tell` of a struct watch; `ctx` is the struct progress. Esc stops, and nothing is changed. */
bool progress_watch(void *ctx, const struct words *what, uint64_t done, uint64_t total);
/* One thing after another; what is done stays when Esc stops the rest: false. */
bool progress_items(struct progress *progress, size_t done, size_t total);

extern const struct screen_ops progress_screen;

#endif
