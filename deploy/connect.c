/* Sets up the services' clients, and the store. */
#include "deploy/connect.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/console/interrupt.h"
#include "cmd/console/log.h"
#include "cmd/console/system.h"
#include "cmd/version.h"
#include "deploy/store_s3.h"

enum {
	CONNECT_TIMEOUT = 60, /* seconds; the AWS CLI's defaults */
	READ_TIMEOUT = 60,
};

static const char style_option[] = "--s3-addressing-style";

/* The files are read again where there were credentials: they may have new
 * ones. */
static int
load_credentials(void *context, struct err *err)
{
	struct connection *connection = context;
	struct credentials *old = &connection->credentials, new;
	int rc = 0;

	if (old->access_key)
		rc = aws_config_reload(&connection->config, err);
	if (rc != 0)
		return -1;
	rc = credentials_load(&new, &connection->providers, err);
	if (rc != 0) {
		credentials_release(&new);
		return -1;
	}
	rc = credentials_are_equal(old, &new);
	log_debug("credentials from %s", new.method);
	credentials_release(old);
	*old = new;
	return rc;
}

static void
client_init(struct aws_client *client, struct connection *connection,
	const char *service, const struct aws_endpoint *endpoint)
{
	*client = (struct aws_client){
		.http = connection->http,
		.system = &system_for_aws,
		.credentials = &connection->credentials,
		.load = load_credentials,
		.load_context = connection,
		.endpoint = endpoint->url,
		.service = service,
		.region = endpoint->region,
		.max_attempts = connection->config.max_attempts,
	};
}

static int
open_cloudfront(struct connection *connection, const struct settings *settings,
	struct err *err)
{
	struct aws_endpoint *endpoint = &connection->cloudfront_endpoint;

	if (aws_endpoint_of(endpoint, &connection->config, AWS_CLOUDFRONT,
		    settings->endpoint_url, err) != 0)
		return -1;
	client_init(&connection->cloudfront.client, connection, "cloudfront",
		endpoint);
	return 0;
}

int
connection_open(struct connection *connection, const struct settings *settings,
	struct err *err)
{
	const struct aws_options options = {
		.profile = settings->profile,
		.region = settings->region,
		.ca_bundle = settings->ca_bundle,
	};
	struct aws_config *config = &connection->config;
	int rc;

	*connection = (struct connection){.http = NULL};
	buf_init(&connection->s3_endpoint, ENDPOINT_MAX);
	rc = aws_config_load(config, &system_environment, &options, err);
	if (rc == 0) {
		const struct http_options how = {
			.ca_bundle = config->ca_bundle,
			.unverified = settings->unverified,
			.connect_timeout = settings->connect_timeout
						   ? settings->connect_timeout
						   : CONNECT_TIMEOUT,
			.read_timeout = settings->read_timeout
						? settings->read_timeout
						: READ_TIMEOUT,
			.user_agent = "edgediff/" EDGEDIFF_VERSION,
			.interrupted = interrupted,
		};

		rc = http_open(&connection->http, &how, err);
	}
	connection->providers =
		(struct providers){config, &system_for_aws, connection->http};
	return rc == 0 ? open_cloudfront(connection, settings, err) : -1;
}

void
connection_release(struct connection *connection)
{
	http_close(connection->http);
	credentials_release(&connection->credentials);
	buf_release(&connection->s3_endpoint);
	aws_config_release(&connection->config);
}

static int
style_of_word(enum s3_style *out, const char *name, const char *word,
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
		return err_set(err, code, "%s %s: want auto, virtual or path",
			name, escape_show_str(&shown, word));
	return 0;
}

/* The option, else the profile's s3 section, else as the SDKs do. */
static int
read_style(enum s3_style *out, const struct aws_config *config,
	const char *option, struct err *err)
{
	struct escaped_name shown;
	struct buf text;
	int rc = 0;

	*out = S3_STYLE_AUTO;
	if (option)
		return style_of_word(out, style_option, option, ERR_USAGE, err);
	buf_init(&text, sizeof(shown.text));
	if (aws_config_nested(config, &text, "s3", "addressing_style"))
		rc = style_of_word(out, "the profile's addressing_style is",
			buf_str(&text), ERR_INPUT, err);
	buf_release(&text);
	return rc;
}

static int
open_s3(struct connection *connection, const struct settings *settings,
	const char *bucket, struct err *err)
{
	const struct aws_config *config = &connection->config;
	struct aws_endpoint *service = &connection->s3_service;
	enum s3_style style;

	if (read_style(&style, config, settings->s3_addressing_style, err) !=
			0 ||
		aws_endpoint_of(service, config, AWS_S3, NULL, err) != 0 ||
		s3_endpoint(&connection->s3_endpoint,
			service->given ? service->url : NULL,
			aws_endpoint_s3_label(config), service->region, bucket,
			style, err) != 0)
		return -1;
	client_init(&connection->s3, connection, "s3", service);
	connection->s3.endpoint = buf_str(&connection->s3_endpoint);
	return 0;
}

bool
where_is_s3(const char *where)
{
	return strncmp(where, "s3://", strlen("s3://")) == 0;
}

int
store_at(struct store **out, const char *where, struct connection *connection,
	const struct settings *settings, struct err *err)
{
	struct s3_location location;

	*out = NULL;
	if (!where_is_s3(where))
		return store_open_file(out, where, err);
	if (s3_location_read(&location, where, err) != 0 ||
		open_s3(connection, settings, location.bucket, err) != 0)
		return -1;
	return store_open_s3(out, &connection->s3, where, err);
}

int
connection_check(
	const struct settings *settings, const char *where, struct err *err)
{
	struct connection trial;
	struct s3_location location;
	int rc = connection_open(&trial, settings, err);

	if (rc == 0 && where_is_s3(where))
		rc = s3_location_read(&location, where, err);
	if (rc == 0 && where_is_s3(where))
		rc = open_s3(&trial, settings, location.bucket, err);
	connection_release(&trial);
	return rc;
}

int
distribution_of(
	const char **id, const struct settings *settings, struct err *err)
{
	struct escaped_name shown;

	*id = settings->distribution;
	if (!*id)
		return err_set(err, ERR_USAGE,
			"--distribution-id is missing, or --distribution with "
			"a section of edgediff.conf");
	if (distribution_is_valid(*id))
		return 0;
	return err_set(err, ERR_USAGE,
		"--distribution-id '%s': want 1 to %d of A-Z a-z 0-9 _ -",
		escape_show_str(&shown, *id), DISTRIBUTION_MAX);
}

int
where_of(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err)
{
	const char *given = settings->baseline, *id;
	const char *style = settings->s3_addressing_style;
	struct s3_location location;
	struct escaped_name shown;
	enum s3_style ignored;

	*where = given ? given : room;
	if (style && style_of_word(&ignored, style_option, style, ERR_USAGE,
			     err) != 0)
		return -1;
	if (!given) {
		if (distribution_of(&id, settings, err) != 0)
			return -1;
		snprintf(room, WHERE_SIZE, ".edgediff/%s.baseline", id);
		return 0;
	}
	if (where_is_s3(given))
		return s3_location_read(&location, given, err) == 0
			       ? 0
			       : err_context(err, "--baseline");
	if (*given && !strstr(given, "://") && given[strlen(given) - 1] != '/')
		return 0;
	return err_set(err, ERR_USAGE,
		"--baseline '%s': want the path of a local file, or "
		"s3://BUCKET/KEY",
		escape_show_str(&shown, given));
}
