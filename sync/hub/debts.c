#include "sync/hub/debts.h"

#include <string.h>

static msec owed_at(const struct debt *debt, msec now)
{
	msec paid = now > debt->at ? (now - debt->at) / DEBT_SHARE : 0;

	return debt->owed > paid ? debt->owed - paid : 0;
}

static struct debt *place_of(struct debts *debts, const uint8_t device[DEVICE_ID], msec now)
{
	struct debt *least = debts->list;

	for (size_t i = 0; i < debts->count; i++) {
		if (!memcmp(debts->list[i].device, device, DEVICE_ID))
			return &debts->list[i];
		if (owed_at(&debts->list[i], now) < owed_at(least, now))
			least = &debts->list[i];
	}
	if (debts->count < DEBTS_MAX)
		least = &debts->list[debts->count++];
	memcpy(least->device, device, DEVICE_ID);
	least->owed = 0;
	return least;
}

void debts_add(struct debts *debts, const uint8_t device[DEVICE_ID], msec work, msec now)
{
	struct debt *debt = place_of(debts, device, now);

	debt->owed = owed_at(debt, now) + work;
	debt->at = now;
}

unsigned debts_wait(const struct debts *debts, const uint8_t device[DEVICE_ID], msec now)
{
	for (size_t i = 0; i < debts->count; i++) {
		msec over;

		if (memcmp(debts->list[i].device, device, DEVICE_ID) != 0)
			continue;
		over = owed_at(&debts->list[i], now) - DEBT_BURST_MS;
		return over > 0 ? (unsigned)((over * DEBT_SHARE + 999) / 1000) : 0;
	}
	return 0;
}
