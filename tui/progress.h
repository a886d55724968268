/*
 * progress.h - something long, watched: a bar, the rate, the time left, and Esc to stop it.
 */
#ifndef MOTCUA_TUI_PROGRESS_H
#define MOTCUA_TUI_PROGRESS_H

#include "tui/screen.h"

/* What Esc does meanwhile; said from the first moment. */
enum progress_kind {
	PROGRESS_FIXED, /* nothing: it is not stopped half-way */
	PROGRESS_BYTES, /* a carrier's bytes, with their rate: stops, and goes on from there next time */
	PROGRESS_WATCH, /* stops, and nothing is changed */
	PROGRESS_ITEMS, /* one thing after another: what is done stays done */
};

struct progress {
	struct ui *ui;
	enum progress_kind kind;
	const struct words *title;
	size_t done, total; /* total 0: not known */
	bool cancelled;
	int64_t since_ms;
	size_t from;        /* where it stood when it began to move, */
	int64_t from_ms;    /* and when: a resumed transfer begins in the middle */
	char what[160];
};

/* Put the box up; progress_end takes it down. */
void progress_begin(struct ui *ui, struct progress *progress, const struct words *title,
		    enum progress_kind kind);
void progress_end(struct progress *progress);
/* A carrier_progress; `ctx` is the struct progress. False: the clerk pressed Esc. */
bool progress_bytes(void *ctx, size_t done, size_t total, const char *what);
/* The `tell` of a struct watch; `ctx` is the struct progress. Esc stops, and nothing is changed. */
bool progress_watch(void *ctx, const struct words *what, uint64_t done, uint64_t total);
/* One thing after another; what is done stays when Esc stops the rest: false. */
bool progress_items(struct progress *progress, size_t done, size_t total);

extern const struct screen_ops progress_screen;

#endif
