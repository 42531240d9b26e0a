/* The outside world, as the libraries ask for it. */
#include "cmd/host.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <time.h>

#include "cmd/interrupt.h"
#include "cmd/output.h"

static int64_t
host_now(void *context)
{
	(void)context;
	return (int64_t)time(NULL);
}

static double
host_random(void *context)
{
	unsigned char bytes[4] = {0};
	uint32_t n;

	(void)context;
	/* only spreads retries: without randomness they are not spread */
	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return 0.5;
	n = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	    (uint32_t)bytes[2] << 8 | bytes[3];
	return n / 4294967296.0;
}

static int
host_wait(void *context, long milliseconds)
{
	(void)context;
	return interrupts_wait(milliseconds);
}

static void
host_talk(void *context, const char *line)
{
	(void)context;
	talk("%s", line);
}

static int64_t
host_forward(void *context)
{
	(void)context;
	return host_elapsed();
}

const struct aws_host host = {
	.now = host_now,
	.random = host_random,
	.wait = host_wait,
	.talk = host_talk,
	.elapsed = host_forward,
};

static const char *
host_getenv(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

const struct environment host_environment = {.get = host_getenv};

/* Time goes on while the machine sleeps, where its clock can tell. */
#ifdef CLOCK_BOOTTIME
#define FORWARD CLOCK_BOOTTIME
#else
#define FORWARD CLOCK_MONOTONIC
#endif

long long
host_elapsed(void)
{
	struct timespec now;

	clock_gettime(FORWARD, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
