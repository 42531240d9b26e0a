/* Makes the clients of CloudFront and S3. */
#include "aws/connection.h"

#include <stdio.h>
#include <string.h>

#include "aws/s3_object.h"
#include "base/escape.h"

enum {
	CONNECT_TIMEOUT = 60, /* seconds; the AWS CLI's defaults */
	READ_TIMEOUT = 60,
};

static const char style_option[] = "--s3-addressing-style";

/* Replace the credentials. Returns 0 if they are new, or 1. */
static int
take_credentials(struct connection *connection, const struct credentials *new)
{
	struct credentials *old = &connection->credentials;
	int rc = credentials_are_equal(old, new);

	if (connection->options.found_credentials)
		connection->options.found_credentials(new->method);
	credentials_release(old);
	*old = *new;
	return rc;
}

/*
 * Load the credentials. A reload reads the files again, because they may have
 * new ones.
 */
static int
load_credentials(void *context, struct err *err)
{
	struct connection *connection = context;
	struct credentials new;
	int rc = 0;

	if (connection->credentials.access_key)
		rc = aws_config_reload(&connection->config, err);
	if (rc != 0)
		return -1;
	rc = provider_chain_load(&new, &connection->providers, err);
	if (rc == 0)
		return take_credentials(connection, &new);
	credentials_release(&new);
	return -1;
}

static bool
load_at_hand(void *context)
{
	struct connection *connection = context;
	struct provider_context providers = connection->providers;
	struct err ignored = ERR_INIT;
	struct credentials new;

	if (connection->credentials.access_key &&
		!aws_client_expires_soon(&connection->cloudfront.client))
		return true;
	providers.at_hand_only = true;
	if (provider_chain_load(&new, &providers, &ignored) == 0) {
		take_credentials(connection, &new);
		return true;
	}
	credentials_release(&new);
	return false;
}

static void
client_init(struct aws_client *client, struct connection *connection,
	const char *service, const struct aws_endpoint *endpoint)
{
	*client = (struct aws_client){
		.http = connection->http,
		.system = connection->options.system,
		.credentials = &connection->credentials,
		.load = load_credentials,
		.load_at_hand = load_at_hand,
		.load_context = connection,
		.endpoint = endpoint->url,
		.service = service,
		.region = endpoint->region,
		.max_attempts = connection->config.max_attempts,
	};
}

static int
open_cloudfront(struct connection *connection, struct err *err)
{
	struct aws_endpoint *endpoint = &connection->cloudfront_endpoint;

	if (aws_endpoint_resolve(endpoint, &connection->config, AWS_CLOUDFRONT,
		    connection->options.endpoint_url, err) != 0) {
		connection->wrong_option = connection->options.endpoint_url;
		return -1;
	}
	client_init(&connection->cloudfront.client, connection, "cloudfront",
		endpoint);
	return 0;
}

static int
open_http(struct connection *connection, struct err *err)
{
	const struct connection_options *options = &connection->options;
	const struct http_options how = {
		.ca_bundle = connection->config.ca_bundle,
		.unverified = options->unverified,
		.connect_timeout = options->connect_timeout
					   ? options->connect_timeout
					   : CONNECT_TIMEOUT,
		.read_timeout = options->read_timeout ? options->read_timeout
						      : READ_TIMEOUT,
		.user_agent = options->user_agent,
		.interrupted = options->interrupted,
	};

	return http_open(&connection->http, &how, err);
}

int
connection_open(struct connection *connection,
	const struct connection_options *options, struct err *err)
{
	const struct aws_options given = {
		.profile = options->profile,
		.region = options->region,
		.ca_bundle = options->ca_bundle,
		.like_sdk = options->like_sdk,
	};
	struct aws_config *config = &connection->config;
	int rc;

	*connection = (struct connection){.options = *options};
	buf_init(&connection->s3.endpoint, ENDPOINT_MAX);
	rc = aws_config_load(config, options->environment, &given, err);
	if (rc != 0)
		connection->wrong_option = options->region;
	if (rc == 0)
		rc = open_http(connection, err);
	connection->providers = (struct provider_context){.config = config,
		.system = options->system,
		.http = connection->http};
	return rc == 0 ? open_cloudfront(connection, err) : -1;
}

void
connection_release(struct connection *connection)
{
	http_close(connection->http);
	credentials_release(&connection->credentials);
	connection_close_bucket(&connection->s3);
	aws_config_release(&connection->config);
}

static int
parse_style(enum s3_style *out, const char *name, const char *word,
	enum err_code code, struct err *err)
{
	struct escaped_name shown;

	if (strcmp(word, "auto") == 0)
		*out = S3_STYLE_AUTO;
	else if (strcmp(word, "virtual") == 0)
		*out = S3_STYLE_VIRTUAL;
	else if (strcmp(word, "path") == 0)
		*out = S3_STYLE_PATH;
	else
		return err_set(err, code,
			"%s %s: expected auto, virtual or path", name,
			escape_show_str(&shown, word));
	return 0;
}

/*
 * Take the style from the option or the profile's s3 section. By default, it is
 * what the SDKs do.
 */
static int
choose_style(enum s3_style *out, const struct aws_config *config,
	const char *option, struct err *err)
{
	struct escaped_name shown;
	struct buf text;
	int rc = 0;

	*out = S3_STYLE_AUTO;
	if (option)
		return parse_style(out, style_option, option, ERR_USAGE, err);
	buf_init(&text, sizeof(shown.text));
	if (aws_config_nested(config, &text, "s3", "addressing_style")) {
		rc = buf_check(&text, err);
		if (rc == 0)
			rc = parse_style(out,
				"the profile's addressing_style is",
				buf_str(&text), ERR_INPUT, err);
	}
	buf_release(&text);
	return rc;
}

int
connection_open_bucket(struct connection *connection, struct s3_bucket *bucket,
	const char *name, const char *region, struct err *err)
{
	const struct aws_config *config = &connection->config;
	struct aws_endpoint *service = &bucket->service;
	enum s3_style style;

	*bucket = (struct s3_bucket){.service = {.configured_by = NULL}};
	buf_init(&bucket->endpoint, ENDPOINT_MAX);
	if (choose_style(&style, config,
		    connection->options.s3_addressing_style, err) != 0 ||
		aws_endpoint_resolve(service, config, AWS_S3, NULL, err) != 0)
		return -1;
	if (region && *region)
		snprintf(
			service->region, sizeof(service->region), "%s", region);
	if (s3_endpoint(&bucket->endpoint,
		    service->configured_by ? service->url : NULL,
		    aws_endpoint_s3_label(config), service->region, name, style,
		    err) != 0)
		return -1;
	client_init(&bucket->client, connection, "s3", service);
	bucket->client.endpoint = buf_str(&bucket->endpoint);
	return 0;
}

void
connection_close_bucket(struct s3_bucket *bucket)
{
	buf_release(&bucket->endpoint);
}

int
connection_open_s3(
	struct connection *connection, const char *bucket, struct err *err)
{
	return connection_open_bucket(
		connection, &connection->s3, bucket, NULL, err);
}

/* Is it denied to list, but the bucket is there? */
static int
look(struct s3_bucket *bucket, const char *prefix, bool *can_list,
	struct err *err)
{
	struct aws_client *client = &bucket->client;
	struct s3_page page;
	int rc = s3_object_list(client, prefix, "", 1, &page, err);

	s3_page_release(&page);
	*can_list = rc == 0;
	if (rc == 0 || client->status != 403 ||
		strcmp(client->error.code, "AccessDenied") != 0)
		return rc;
	*err = (struct err)ERR_INIT;
	return 0;
}

int
connection_find_bucket(struct connection *connection, struct s3_bucket *bucket,
	const char *name, const char *region, const char *prefix,
	bool *can_list, struct err *err)
{
	char there[sizeof(bucket->client.error.region)];
	int rc = connection_open_bucket(connection, bucket, name, region, err);

	if (rc == 0)
		rc = look(bucket, prefix, can_list, err);
	if (rc == 0 || err->code != ERR_SERVICE ||
		!bucket->client.error.region[0] ||
		strcmp(bucket->client.error.region, bucket->client.region) == 0)
		return rc;
	memcpy(there, bucket->client.error.region, sizeof(there));
	*err = (struct err)ERR_INIT;
	connection_close_bucket(bucket);
	rc = connection_open_bucket(connection, bucket, name, there, err);
	return rc == 0 ? look(bucket, prefix, can_list, err) : -1;
}

int
connection_check_style(const char *style, struct err *err)
{
	enum s3_style ignored;

	return style ? parse_style(
			       &ignored, style_option, style, ERR_USAGE, err)
		     : 0;
}
