/* Finds endpoint, region and credentials for the calls to AWS. */
#include "cmd/connect.h"

#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "cmd/host.h"
#include "cmd/version.h"

enum {
	CONNECT_TIMEOUT = 60, /* seconds; the AWS CLI's defaults */
	READ_TIMEOUT = 60,
	TRIES = 3,
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
	};

	*connection = (struct connection){.http = NULL};
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
}
