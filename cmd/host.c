/* The outside world, as the libraries ask for it. */
#include "cmd/host.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/name.h"
#include "cmd/interrupt.h"
#include "cmd/talk.h"

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

/*
 * A request and what came of it. Its host is shown, but no path, which can be
 * a key to credentials.
 */
static void
host_trace(void *context, const struct http_request *request,
	const struct http_answer *answer)
{
	char id[128] = "", status[32];
	struct shown_name shown, shown_id;
	const char *url = request->url, *host_name = strstr(url, "://");
	size_t len;

	(void)context;
	if (!talk_says(TALK_DETAIL))
		return;
	len = host_name ? strcspn(host_name + 3, "/") : 0;
	name_show(&shown, host_name ? host_name + 3 : url, len);
	if (!http_answer_header(answer, "x-amzn-requestid", id, sizeof(id)))
		http_answer_header(answer, "x-amz-request-id", id, sizeof(id));
	name_show_str(&shown_id, id);
	snprintf(status, sizeof(status), "status %ld", answer->status);
	talk_detail("%s at %s: %s in %ld.%03ld s%s%s",
		request->operation ? request->operation : request->method,
		shown.text,
		answer->outcome == HTTP_ANSWERED ? status : answer->problem,
		answer->milliseconds / 1000, answer->milliseconds % 1000,
		*id ? ", request id " : "", shown_id.text);
}

const struct aws_host host = {
	.now = host_now,
	.random = host_random,
	.wait = host_wait,
	.talk = host_talk,
	.elapsed = host_forward,
	.trace = host_trace,
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
