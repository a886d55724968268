/* pause.c - see pause.h. */
#include "sync/link/pause.h"

#include <time.h>

#include "db/base/random.h"

int64_t pause_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void pause_before(unsigned attempt)
{
	uint8_t chance;
	uint64_t ms = 1000;
	struct timespec pause;

	random_bytes(&chance, 1);
	for (; attempt > 1; attempt--)
		ms *= 2;
	ms += ms * chance / 512;
	pause.tv_sec = (time_t)(ms / 1000);
	pause.tv_nsec = (long)(ms % 1000) * 1000000;
	nanosleep(&pause, NULL);
}
