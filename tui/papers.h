/*
 * papers.h - what motcua-media makes, and papers on their way to a sheet: for screens and commands.
 *
 * Every call starts the helper for one job with limits on memory, time and
 * the network, and ends it. A helper that dies or hangs is an error, never a
 * hang. Buffers are the caller's, with their ceilings.
 */
#ifndef MOTCUA_TUI_PAPERS_H
#define MOTCUA_TUI_PAPERS_H

#include "core/qr.h"
#include "core/slip.h"
#include "tui/media/media.h"
#include "tui/print.h"

/*
 * One file made from `data` (MEDIA_XLSX .. MEDIA_BITMAP), appended to `out`. `dots` counts for MEDIA_BITMAP.
 * RC_FAILED with the reason; RC_FULL: more rows than the format holds.
 */
enum rc papers_make(enum media_job job, unsigned dots, const void *data, size_t len, struct buf *out,
		    struct err *err) MUST_CHECK;

/* A QR code of a short text, such as a dossier's code; core/qr.h draws it. */
enum rc papers_qr(const char *text, struct qr *out, struct err *err) MUST_CHECK;

/* What one file turned out to be: good when fault is MEDIA_FINE. */
struct papers_scan {
	enum media_fault fault;
	struct media_scan scan;
};
const struct words *papers_fault(enum media_fault fault);
/*
 * Look into `count` files; out[i] is about paths[i]. One that brings the helper down is MEDIA_FAULT_DIED, and the
 * rest is still looked at. RC_FAILED: the helper cannot be started.
 */
enum rc papers_scan(const char *const *paths, size_t count, struct papers_scan *out, struct err *err) MUST_CHECK;

/* How a paper leaves: setting print_as, unless asked for otherwise. */
enum papers_as { PAPERS_TEXT, PAPERS_PDF, PAPERS_BITMAP, PAPERS_PLAIN, PAPERS_KINDS };
/* PAPERS_KINDS when it is no such word: text, pdf, bitmap, plain. */
enum papers_as papers_as_named(const char *name);
enum papers_as papers_as_set(struct app *app);

/* The lines of a paper (slip_make's) as bytes: text of print_columns, a PDF, dots, or letters without marks. */
enum rc papers_render(struct app *app, enum papers_as as, const struct buf *lines, struct buf *out,
		      struct err *err) MUST_CHECK;
/* Bytes to the printer: `printer`, or the setting's when NULL or "". */
enum rc papers_send(struct app *app, const char *printer, enum papers_as as, bool a5, const char *title,
		    const struct buf *bytes, struct err *err) MUST_CHECK;
/*
 * Make a paper, print it as the settings say, and note a receipt that left. On an error nothing has changed
 * but paper. `ask->pdf` is set here.
 */
enum rc papers_print(struct app *app, const struct slip_ask *ask, struct explain *doubts, struct err *err) MUST_CHECK;

/* A page that shows what a printer makes of every Vietnamese letter. */
enum rc papers_test_page(struct app *app, struct buf *lines, struct err *err) MUST_CHECK;

#endif
