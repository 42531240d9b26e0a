/* Reads the monotonic clock. */
#include "base/clock.h"

#include <time.h>

#ifdef CLOCK_BOOTTIME
#define ELAPSED_CLOCK CLOCK_BOOTTIME
#else
#define ELAPSED_CLOCK CLOCK_MONOTONIC
#endif

long long
clock_elapsed(void)
{
	struct timespec now;

	clock_gettime(ELAPSED_CLOCK, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
