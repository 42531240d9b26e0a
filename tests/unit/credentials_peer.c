/*
 * Prints what credentials the environment of the process leads to, as one JSON
 * object, for tests/credentials_order.py to compare: provider, access_key,
 * secret_key, token; or error and its code. Its one argument is a profile.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "aws/provider_chain.h"

static const char *
get(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

static int64_t
now(void *context)
{
	(void)context;
	return (int64_t)time(NULL);
}

static double
no_random(void *context)
{
	(void)context;
	return 0;
}

/* Nobody waits here: a test of what is wrong need not take its time. */
static int
no_wait(void *context, long milliseconds)
{
	(void)context, (void)milliseconds;
	return 0;
}

static void
no_log(void *context, const char *line)
{
	(void)context, (void)line;
}

static int64_t
elapsed(void *context)
{
	struct timespec t;

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int
load(struct credentials *credentials, struct aws_config *config,
	struct http **http, const char *profile, struct err *err)
{
	static const struct environment environment = {.get = get};
	static const struct aws_system host = {
		.now = now,
		.random = no_random,
		.wait = no_wait,
		.log = no_log,
		.elapsed = elapsed,
	};
	const struct http_options options = {
		.connect_timeout = 5, .read_timeout = 5};
	const struct aws_options asked = {.profile = profile, .like_sdk = true};
	struct provider_context context = {.config = config, .system = &host};

	if (aws_config_load(config, &environment, &asked, err) != 0 ||
		http_open(http, &options, err) != 0)
		return -1;
	context.http = *http;
	return provider_chain_load(credentials, &context, err);
}

static void
print(const struct credentials *c, const struct err *err)
{
	cJSON *tree = cJSON_CreateObject();
	char *text;

	if (err->code != ERR_NONE) {
		cJSON_AddStringToObject(tree, "error", err->message);
		cJSON_AddBoolToObject(
			tree, "unconfigured", err->code == ERR_UNCONFIGURED);
	} else {
		cJSON_AddStringToObject(tree, "provider", c->method);
		cJSON_AddStringToObject(tree, "access_key", c->access_key);
		cJSON_AddStringToObject(tree, "secret_key", c->secret_key);
		if (c->session_token)
			cJSON_AddStringToObject(
				tree, "token", c->session_token);
		cJSON_AddNumberToObject(tree, "expiry", (double)c->expiry);
	}
	text = cJSON_PrintUnformatted(tree);
	puts(text ? text : "{}");
	cJSON_free(text);
	cJSON_Delete(tree);
}

int
main(int argc, char **argv)
{
	struct credentials credentials = {.access_key = NULL};
	struct err err = ERR_INIT;
	struct http *http = NULL;
	struct aws_config config;
	int rc;

	rc = load(
		&credentials, &config, &http, argc > 1 ? argv[1] : NULL, &err);
	print(&credentials, &err);
	credentials_release(&credentials);
	aws_config_release(&config);
	http_close(http);
	return rc == 0 ? 0 : 1;
}
