/*
 * debts.h - who has cost the hub how much work of late.
 *
 * A batch may cost seconds whatever its size. Each device has a credit of
 * DEBT_BURST_MS of work (a ward's year several times over) and pays back a
 * tenth of the time that passes; beyond it is asked to come later, so that one
 * device never holds the others. Pure: times and work are given. A hub that
 * starts anew has forgotten all of it.
 */
#ifndef MOTCUA_HUB_DEBTS_H
#define MOTCUA_HUB_DEBTS_H

#include "db/event.h"

enum { DEBT_BURST_MS = 60000, DEBT_SHARE = 10, DEBTS_MAX = 512 };

struct debts {
	struct debt {
		uint8_t device[DEVICE_ID];
		msec owed, at; /* work owed at that time */
	} list[DEBTS_MAX];
	size_t count;
};

/* `work` milliseconds were spent on a device until `now`. When the list is full the smallest debt is forgiven. */
void debts_add(struct debts *debts, const uint8_t device[DEVICE_ID], msec work, msec now);
/* Seconds until it is served again; 0: now. */
unsigned debts_wait(const struct debts *debts, const uint8_t device[DEVICE_ID], msec now);

#endif
