/* The outside world, as the libraries ask for it. */
#include "cmd/host.h"

#include <errno.h>
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
	struct timespec left = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000,
	};

	(void)context;
	while (!interrupted(NULL) && nanosleep(&left, &left) != 0)
		if (errno != EINTR)
			return -1;
	return interrupted(NULL) ? -1 : 0;
}

static void
host_talk(void *context, const char *line)
{
	(void)context;
	talk("%s", line);
}

const struct aws_host host = {
	.now = host_now,
	.random = host_random,
	.wait = host_wait,
	.talk = host_talk,
};

static const char *
host_getenv(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

const struct environment host_environment = {.get = host_getenv};

long long
host_monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
