/*
 * day.h - the end of a day, signed off by name.
 *
 * What a person closes is what the store held then: the money the book expects, by method, is kept beside
 * the money that was counted. A day may be closed again, by the
 * same person (a change of his record) or by another (a record of his own);
 * closing forbids nothing.
 */
#ifndef MOTCUA_DAY_H
#define MOTCUA_DAY_H

#include "core/app.h"

struct day_close {
	dayno date;
	int64_t cash_vnd, online_vnd, transfer_vnd; /* counted or checked; MSEC_NONE: not counted */
	const char *note;                           /* or NULL */
};

struct day_closed {
	int64_t received, finished, returned; /* dossiers of that day */
	int64_t expected_vnd;                 /* cash taken that day, by the book */
	int64_t expected_online_vnd, expected_transfer_vnd;
};

/* What the book says of a day. Needs MAY_READ. */
enum rc day_look(struct app *app, dayno date, struct day_closed *out, struct err *err) MUST_CHECK;
/* Record it. Needs MAY_DAY_CLOSE. RC_INPUT: a day that has not begun. */
enum rc day_close(struct app *app, const struct day_close *close, struct day_closed *out,
		  struct err *err) MUST_CHECK;

/*
 * The one page of a day, as lines of a paper (core/rules/paper.h) in the app's language: counts, money by
 * method against what was counted, who closed it, what must not wait (as many as one sheet holds). `unsent`
 * says how much has not left this PC ("": it was never enrolled). `for_hand`: with a head, and room to sign.
 * Needs MAY_REPORT.
 */
enum rc day_page(struct app *app, dayno date, const char *unsent, bool for_hand, struct buf *lines,
		 struct err *err) MUST_CHECK;

#endif
