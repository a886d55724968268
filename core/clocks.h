/*
 * clocks.h - is the machine's clock to be believed, and what a clerk said about it.
 *
 * A clock earlier than the newest event or the build, or more than 30 days
 * ahead of the newest event, is doubtful: a screen asks, a command warns.
 * What the clerk confirms is an offset, itself an event of this device.
 */
#ifndef MOTCUA_CLOCKS_H
#define MOTCUA_CLOCKS_H

#include "core/app.h"

struct clocks_check {
	enum clock_doubt doubt;
	msec now;    /* what the ward's clock says */
	msec newest; /* of the journal's last event, MSEC_NONE without */
};

enum rc clocks_judge(struct app *app, struct clocks_check *out, struct err *err) MUST_CHECK;

/*
 * The clerk says it is `real_now`: the difference to the machine's clock is
 * recorded and used from here on. RC_REFUSED under a test clock.
 */
enum rc clocks_confirm(struct app *app, msec real_now, struct err *err) MUST_CHECK;

#endif
