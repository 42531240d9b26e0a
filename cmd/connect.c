/* Finds endpoint, region and credentials for the calls, and the store. */
#include "cmd/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/store_s3.h"
#include "base/name.h"
#include "cmd/host.h"
#include "cmd/interrupt.h"
#include "cmd/version.h"

enum {
	CONNECT_TIMEOUT = 60, /* seconds; the AWS CLI's defaults */
	READ_TIMEOUT = 60,
	TRIES = 3,
	ENDPOINT_LONGEST = 4096,
};

static const char public_endpoint[] = "https://cloudfront.amazonaws.com";

static const char *
first_set(const char *option, const char *variable, const char *other)
{
	const char *value = option;

	if (!value)
		value = getenv(variable);
	if (!value || !*value)
		value = other;
	return value;
}

static int
check_endpoint(const char *name, const char *url, struct err *err)
{
	struct shown_name shown;

	if (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s '%s': want http://<hostname>/ or https://<hostname>/", name,
		name_show_str(&shown, url));
}

static void
client_init(struct aws_client *client, struct connection *connection,
	const char *service)
{
	*client = (struct aws_client){
		.http = connection->http,
		.host = &host,
		.credentials = &connection->credentials,
		.service = service,
		.tries_most = TRIES,
	};
}

static int
open_cloudfront(struct connection *connection, const struct settings *settings,
	struct err *err)
{
	struct aws_client *client = &connection->cloudfront.client;

	client_init(client, connection, "cloudfront");
	client->endpoint =
		first_set(settings->endpoint_url, "AWS_ENDPOINT_URL_CLOUDFRONT",
			first_set(NULL, "AWS_ENDPOINT_URL", public_endpoint));
	/* the public endpoint is one for all regions, signed for us-east-1 */
	client->region = "us-east-1";
	if (strcmp(client->endpoint, public_endpoint) != 0)
		client->region = first_set(settings->region, "AWS_REGION",
			first_set(NULL, "AWS_DEFAULT_REGION", client->region));
	return check_endpoint("--endpoint-url", client->endpoint, err);
}

int
connection_open(struct connection *connection, const struct settings *settings,
	struct err *err)
{
	const struct http_options options = {
		.ca_bundle =
			first_set(settings->ca_bundle, "AWS_CA_BUNDLE", NULL),
		.connect_timeout = CONNECT_TIMEOUT,
		.read_timeout = READ_TIMEOUT,
		.user_agent = "edgediff/" EDGEDIFF_VERSION,
		.interrupted = interrupted,
	};

	*connection = (struct connection){.http = NULL};
	buf_init(&connection->s3_endpoint, ENDPOINT_LONGEST);
	if (http_open(&connection->http, &options, err) != 0 ||
		open_cloudfront(connection, settings, err) != 0)
		return -1;
	return credentials_load(&connection->credentials, &host_environment,
		settings->profile, err);
}

void
connection_release(struct connection *connection)
{
	http_close(connection->http);
	credentials_release(&connection->credentials);
	buf_release(&connection->s3_endpoint);
}

static int
read_style(const char *word, enum s3_style *out, struct err *err)
{
	struct shown_name shown;

	if (strcmp(word, "auto") == 0)
		*out = S3_STYLE_AUTO;
	else if (strcmp(word, "virtual") == 0)
		*out = S3_STYLE_VIRTUAL;
	else if (strcmp(word, "path") == 0)
		*out = S3_STYLE_PATH;
	else
		return err_set(err, ERR_USAGE,
			"--s3-addressing-style %s: want auto, virtual or path",
			name_show_str(&shown, word));
	return 0;
}

static int
open_s3(struct connection *connection, const struct settings *settings,
	const char *bucket, struct err *err)
{
	const char *given = first_set(NULL, "AWS_ENDPOINT_URL_S3",
		first_set(NULL, "AWS_ENDPOINT_URL", NULL));
	struct aws_client *client = &connection->s3;
	enum s3_style style;

	client_init(client, connection, "s3");
	client->region = first_set(settings->region, "AWS_REGION",
		first_set(NULL, "AWS_DEFAULT_REGION", "us-east-1"));
	if (read_style(settings->s3_addressing_style, &style, err) != 0 ||
		(given && check_endpoint("AWS_ENDPOINT_URL_S3", given, err) !=
				  0) ||
		s3_endpoint(&connection->s3_endpoint, given, client->region,
			bucket, style, err) != 0)
		return -1;
	client->endpoint = buf_str(&connection->s3_endpoint);
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
distribution_of(
	const char **id, const struct settings *settings, struct err *err)
{
	struct shown_name shown;

	*id = settings->distribution;
	if (!*id)
		return err_set(err, ERR_USAGE, "--distribution-id is missing");
	if (distribution_is_valid(*id))
		return 0;
	return err_set(err, ERR_USAGE,
		"--distribution-id '%s': want 1 to %d of A-Z a-z 0-9 _ -",
		name_show_str(&shown, *id), DISTRIBUTION_LONGEST);
}

int
where_of(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err)
{
	const char *given = settings->baseline, *id;
	struct s3_location location;
	struct shown_name shown;

	*where = given ? given : room;
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
		name_show_str(&shown, given));
}
