/* Gets credentials from a container's credentials service. */
#include "aws/container.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "aws/metadata.h"
#include "base/escape.h"
#include "base/file.h"

/* botocore's limits. */
enum {
	SECONDS_MAX = 2,
	REQUEST_ATTEMPTS_MAX = 3,
	PAUSE = 1000, /* ms between two attempts */
};

static const char relative_host[] = "http://169.254.170.2";
static const char method[] = "container-role";

/* Hosts that may receive the token without TLS. */
static bool
is_trusted(const char *host)
{
	static const char *const hosts[] = {"localhost", "[::1]",
		"169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"};
	struct in_addr address;
	size_t i;

	for (i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		if (strcasecmp(host, hosts[i]) == 0)
			return true;
	return inet_pton(AF_INET, host, &address) == 1 &&
	       ntohl(address.s_addr) >> 24 == 127;
}

static int
check_full_url(const char *url, struct err *err)
{
	struct escaped_name shown;
	char host[256];

	if (!metadata_host(host, sizeof(host), url))
		return err_set(err, ERR_INPUT,
			"AWS_CONTAINER_CREDENTIALS_FULL_URI '%s': expected a "
			"URL",
			escape_show_str(&shown, url));
	if (strncmp(url, "https://", 8) == 0 ||
		(strncmp(url, "http://", 7) == 0 && is_trusted(host)))
		return 0;
	return err_set(err, ERR_INPUT,
		"Unsupported host '%s'. Can only retrieve metadata over https, "
		"or from these hosts: localhost, 127.0.0.1, [::1], "
		"169.254.170.2, 169.254.170.23, [fd00:ec2::23]",
		escape_show_str(&shown, host));
}

int
container_url(
	struct buf *url, const struct environment *environment, struct err *err)
{
	const char *relative = environment_get(
		environment, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
	const char *full = environment_get(
		environment, "AWS_CONTAINER_CREDENTIALS_FULL_URI");

	if (!relative && !full)
		return 1;
	if (relative)
		buf_addf(url, "%s%s%s", relative_host,
			relative[0] == '/' ? "" : "/", relative);
	else
		buf_addstr(url, full);
	if (buf_check(url, err) != 0)
		return -1;
	return relative ? 0 : check_full_url(full, err);
}

/*
 * Make "Authorization: TOKEN", or nothing if no token is configured. A token
 * file is read at each load.
 */
static int
make_header(struct buf *header, const struct environment *environment,
	struct err *err)
{
	const char *path = environment_get(
		environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
	const char *token = environment_get(
		environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN");

	if (!path && !token)
		return 0;
	buf_reserve(header, METADATA_HEADER_MAX); /* growing leaves copies */
	buf_addstr(header, "Authorization: ");
	if (!path)
		buf_addstr(header, token);
	else if (file_read(path, header, err) != 0)
		return -1;
	while (path && header->len > 0 &&
		strchr("\r\n", header->data[header->len - 1]))
		header->data[--header->len] = '\0';
	if (buf_check(header, err) != 0)
		return -1;
	if (strlen(buf_str(header)) == header->len &&
		metadata_is_header_value(buf_str(header)))
		return 0;
	return err_set(err, ERR_INPUT,
		"the authorization token contains a control character");
}

/* Make one attempt. *transient is set if another one may succeed. */
static int
ask_once(struct credentials *out, const struct provider_context *context,
	const struct http_request *request, bool *transient, struct err *err)
{
	struct http_response response;
	int rc = -1;

	*transient = false;
	metadata_response_init(&response);
	if (http_send(context->http, request, &response, err) != 0)
		goto out;
	if (response.outcome != HTTP_ANSWERED) {
		*transient = !response.interrupted;
		err_set(err, ERR_NETWORK, "%s", response.problem);
	} else if (response.status != 200) {
		*transient = response.status >= 500 || response.status == 429;
		err_set(err, ERR_SERVICE,
			"the container's service returned status %ld",
			response.status);
	} else {
		rc = credentials_read_json(
			out, buf_str(&response.body), CREDENTIALS_SERVICE, err);
	}
out:
	http_response_wipe(&response);
	return rc;
}

static int
ask(struct credentials *out, const struct provider_context *context,
	const struct http_request *request, struct err *err)
{
	const struct aws_system *system = context->system;
	bool transient;
	int attempts = 1;

	while (ask_once(out, context, request, &transient, err) != 0) {
		if (!transient || attempts++ == REQUEST_ATTEMPTS_MAX)
			return -1;
		if (system->wait(system->context, PAUSE) != 0)
			return -1;
	}
	return 0;
}

int
container_load(struct credentials *out, const struct provider_context *context,
	struct err *err)
{
	const struct environment *environment = context->config->environment;
	const char *headers[1];
	struct http_request request = {
		.method = "GET",
		.headers = headers,
		.response_max = CREDENTIALS_MAX,
		.time_max = SECONDS_MAX,
		.direct = true,
	};
	struct buf url, header;
	int rc;

	buf_init(&url, METADATA_URL_MAX);
	buf_init(&header, METADATA_HEADER_MAX);
	rc = container_url(&url, environment, err);
	if (rc == 0)
		rc = make_header(&header, environment, err);
	if (rc == 0) {
		request.url = buf_str(&url);
		headers[0] = buf_str(&header);
		request.header_count = header.len > 0;
		rc = provider_may_ask(context, err);
	}
	if (rc == 0)
		rc = ask(out, context, &request, err);
	out->method = method;
	buf_release(&url);
	buf_wipe(&header);
	return rc < 0 ? provider_failed(method, err) : rc;
}
