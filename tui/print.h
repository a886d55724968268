/*
 * print.h - bytes to a printer: the system's spooler (`lp`, of CUPS) on a pipe, no shell and no file, or a
 * printer that is a device of its own (/dev/usb/lp0), as thermal printers often are.
 *
 * What cannot be printed stays what it was: nothing is lost but the sheet. No call waits longer than
 * PRINT_SECONDS. Messages name the printer and what the system said, never what was on the paper.
 */
#ifndef MOTCUA_TUI_PRINT_H
#define MOTCUA_TUI_PRINT_H

#include "db/base/buf.h"

enum { PRINT_SECONDS = 20 };

enum print_kind {
	PRINT_TEXT, /* letters, UTF-8 */
	PRINT_PDF,
	PRINT_RAW,  /* the printer's own language */
};

struct print_job {
	const char *printer; /* a queue, a device that begins with /, or "" for the system's own */
	const char *title;   /* what the queue shows; no personal data */
	enum print_kind kind;
	bool a5;             /* PRINT_PDF: the sheet, A4 otherwise */
	unsigned copies;     /* 0 is 1 */
};

/* RC_FAILED: no such printer, no spooler, or it did not take the sheet. RC_USAGE: not a printer's name. */
enum rc print_send(const struct print_job *job, const void *data, size_t len, struct err *err) MUST_CHECK;

#endif
