/*
 * Gives aws what it must not get by itself: time, randomness, the environment.
 */
#include "cmd/console/system.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "aws/http_request.h"
#include "aws/http_response.h"
#include "base/clock.h"
#include "base/escape.h"
#include "cmd/console/log.h"
#include "cmd/console/signals.h"

static int64_t
system_now(void *context)
{
	(void)context;
	return (int64_t)time(NULL);
}

static double
system_random(void *context)
{
	unsigned char bytes[4] = {0};
	uint32_t n;

	(void)context;
	/* it only spreads retries, so a constant does no harm */
	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return 0.5;
	n = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	    (uint32_t)bytes[2] << 8 | bytes[3];
	return n / 4294967296.0;
}

static int
system_wait(void *context, long milliseconds)
{
	(void)context;
	return signals_wait(milliseconds);
}

static void
system_log(void *context, const char *line)
{
	(void)context;
	log_info("%s", line);
}

static int64_t
system_elapsed(void *context)
{
	(void)context;
	return clock_elapsed();
}

/*
 * Log a request and its outcome. The host is shown, but not the path, which can
 * give access to credentials.
 */
static void
system_trace(void *context, const struct http_request *request,
	const struct http_response *answer)
{
	char id[128] = "", status[32];
	struct escaped_name shown, shown_id;
	const char *url = request->url, *host_name = strstr(url, "://");
	size_t len;

	(void)context;
	if (!log_shows(LOG_DEBUG))
		return;
	len = host_name ? strcspn(host_name + 3, "/") : 0;
	escape_show(&shown, host_name ? host_name + 3 : url, len);
	if (!http_response_header(answer, "x-amzn-requestid", id, sizeof(id)))
		http_response_header(
			answer, "x-amz-request-id", id, sizeof(id));
	escape_show_str(&shown_id, id);
	snprintf(status, sizeof(status), "status %ld", answer->status);
	log_debug("%s at %s: %s in %ld.%03ld s%s%s",
		request->operation ? request->operation : request->method,
		shown.text,
		answer->outcome == HTTP_ANSWERED ? status : answer->problem,
		answer->milliseconds / 1000, answer->milliseconds % 1000,
		*id ? ", request id " : "", shown_id.text);
}

const struct aws_system system_for_aws = {
	.now = system_now,
	.random = system_random,
	.wait = system_wait,
	.log = system_log,
	.elapsed = system_elapsed,
	.trace = system_trace,
};

static const char *
system_getenv(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

const struct environment system_environment = {.get = system_getenv};
