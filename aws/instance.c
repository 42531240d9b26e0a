/* Gets the credentials of an instance's role from IMDSv2. */
#include "aws/instance.h"

#include <string.h>
#include <strings.h>

#include "aws/metadata.h"
#include "base/escape.h"
#include "base/percent.h"

/*
 * The largest values of AWS_METADATA_SERVICE_TIMEOUT and _NUM_ATTEMPTS. It
 * helps nobody to wait for minutes only to learn that there are no credentials.
 */
enum {
	SECONDS_MAX = 60,
	REQUEST_ATTEMPTS_MAX = 10,
};

static const char method[] = "iam-role";

/* The metadata service, and a session with it. */
struct instance {
	struct http *http;
	struct buf endpoint; /* ends in / */
	long seconds, attempts; /* for each request */
	struct buf header; /* with the session's token */
	struct buf *said; /* what became of the last request */
};

static int
check_mode(const struct aws_config *config, bool *ipv6, struct err *err)
{
	const char *mode =
		aws_config_get(config, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
			"ec2_metadata_service_endpoint_mode");
	struct escaped_name shown;

	*ipv6 = mode ? strcasecmp(mode, "ipv6") == 0
		     : aws_config_is_true(
			       config, "AWS_IMDS_USE_IPV6", "imds_use_ipv6");
	if (!mode || *ipv6 || strcasecmp(mode, "ipv4") == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is '%s': expected ipv4 "
		"or ipv6",
		escape_show_str(&shown, mode));
}

static int
instance_open(
	struct instance *i, const struct aws_config *config, struct err *err)
{
	const char *given =
		aws_config_get(config, "AWS_EC2_METADATA_SERVICE_ENDPOINT",
			"ec2_metadata_service_endpoint");
	struct escaped_name shown;
	char host[256];
	bool ipv6;

	if (check_mode(config, &ipv6, err) != 0 ||
		aws_config_number(config, "AWS_METADATA_SERVICE_TIMEOUT",
			"metadata_service_timeout", 1, SECONDS_MAX, 1,
			&i->seconds, err) != 0 ||
		aws_config_number(config, "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
			"metadata_service_num_attempts", 1,
			REQUEST_ATTEMPTS_MAX, 1, &i->attempts, err) != 0)
		return -1;
	if (given && ((strncmp(given, "http://", 7) != 0 &&
			      strncmp(given, "https://", 8) != 0) ||
			     !metadata_host(host, sizeof(host), given)))
		return err_set(err, ERR_INPUT,
			"AWS_EC2_METADATA_SERVICE_ENDPOINT '%s': expected a "
			"URL",
			escape_show_str(&shown, given));
	if (!given)
		given = ipv6 ? "http://[fd00:ec2::254]"
			     : "http://169.254.169.254";
	buf_addstr(&i->endpoint, given);
	if (given[strlen(given) - 1] != '/')
		buf_addch(&i->endpoint, '/');
	return buf_check(&i->endpoint, err);
}

/* A request without a usable answer: say what happened, and what to do. */
static void
say(const struct instance *i, const char *verb, const char *path,
	const struct http_response *response)
{
	/* only the token's answer has a limit, so that nothing relays it */
	static const char hop_limit[] =
		". In a container, this answer needs one hop more: set the "
		"instance's hop limit to 2 (aws ec2 "
		"modify-instance-metadata-options --instance-id ID "
		"--http-put-response-hop-limit 2)";
	struct escaped_name where;

	buf_clear(i->said);
	buf_addf(i->said,
		"The metadata service of EC2 instances was asked (%s %s%s): ",
		verb, escape_show_str(&where, buf_shown(&i->endpoint)), path);
	if (response->outcome == HTTP_ANSWERED && response->status == 200)
		buf_addstr(i->said, "its answer is not usable");
	else if (response->outcome == HTTP_ANSWERED)
		buf_addf(i->said, "it answered with status %ld%s",
			response->status,
			response->status == 404 ? ", so the instance has no "
						  "role: attach one"
						: "");
	else if (response->failure == HTTP_FAILURE_TIMEOUT)
		buf_addf(i->said, "no answer within %ld s%s", i->seconds,
			strcmp(verb, "PUT") == 0 ? hop_limit : "");
	else if (response->failure == HTTP_FAILURE_CONNECT_TIMEOUT)
		buf_addf(i->said, "no connection within %ld s", i->seconds);
	else
		buf_addf(i->said, "%s", response->problem);
	if (response->outcome != HTTP_ANSWERED)
		buf_addstr(i->said, ". Outside EC2, "
				    "AWS_EC2_METADATA_DISABLED=true skips it");
}

/*
 * Make one request. Returns 0 for a 200 whose body is text, 1 for anything
 * else, and -1 for a fault on our side or if the user interrupts.
 */
static int
ask(const struct instance *i, const char *verb, const char *path,
	const char *header, struct http_response *response, struct err *err)
{
	const char *headers[] = {header};
	struct http_request request = {
		.method = verb,
		.headers = headers,
		.header_count = 1,
		.response_max = CREDENTIALS_MAX,
		.time_max = i->seconds,
		.direct = true,
	};
	struct buf url;
	int rc = 1;
	long n;

	buf_init(&url, METADATA_URL_MAX);
	buf_addf(&url, "%s%s", buf_str(&i->endpoint), path);
	if (buf_check(&url, err) != 0)
		rc = -1;
	else
		request.url = buf_str(&url);
	for (n = 0; rc == 1 && n < i->attempts; n++) {
		if (http_send(i->http, &request, response, err) != 0)
			rc = -1;
		else if (response->interrupted)
			rc = err_set(err, ERR_NETWORK, "interrupted");
		else if (response->outcome == HTTP_ANSWERED &&
			 response->status == 200 && response->body.len > 0 &&
			 strlen(response->body.data) == response->body.len)
			rc = 0;
	}
	if (rc == 1)
		say(i, verb, path, response);
	buf_release(&url);
	return rc;
}

/* Get the token of the session. Version 1 of the service has none. */
static int
begin_session(
	struct instance *i, struct http_response *response, struct err *err)
{
	static const char token_path[] = "latest/api/token";
	int rc = ask(i, "PUT", token_path,
		"x-aws-ec2-metadata-token-ttl-seconds: 21600", response, err);

	if (rc != 0)
		return rc;
	buf_reserve(&i->header, METADATA_HEADER_MAX);
	buf_addf(&i->header, "x-aws-ec2-metadata-token: %s",
		buf_str(&response->body));
	if (buf_check(&i->header, err) != 0)
		return -1;
	if (metadata_is_header_value(buf_str(&i->header)))
		return 0;
	say(i, "PUT", token_path, response);
	return 1;
}

static int
load_keys(struct credentials *out, const struct instance *i,
	struct http_response *response, struct err *err)
{
	static const char folder[] =
		"latest/meta-data/iam/security-credentials/";
	struct err ignored = ERR_INIT;
	struct buf path;
	int rc;

	rc = ask(i, "GET", folder, buf_str(&i->header), response, err);
	if (rc != 0)
		return rc;
	buf_init(&path, METADATA_URL_MAX);
	buf_addstr(&path, folder);
	response->body.data[strcspn(response->body.data, "\r\n")] = '\0';
	percent_encode_str(&path, response->body.data, "");
	rc = buf_check(&path, err);
	if (rc == 0)
		rc = ask(i, "GET", buf_str(&path), buf_str(&i->header),
			response, err);
	if (rc == 0 && credentials_read_json(out, buf_str(&response->body),
			       CREDENTIALS_SERVICE, &ignored) != 0) {
		/* it is a message, such as: EC2 may not assume the role */
		credentials_release(out);
		say(i, "GET", buf_str(&path), response);
		rc = 1;
	}
	buf_release(&path);
	return rc;
}

int
instance_load(struct credentials *out, const struct provider_context *context,
	struct buf *said, struct err *err)
{
	const char *disabled = environment_get(
		context->config->environment, "AWS_EC2_METADATA_DISABLED");
	struct instance i = {.http = context->http, .said = said};
	struct http_response response;
	int rc;

	if (disabled && strcasecmp(disabled, "true") == 0)
		return 1;
	if (provider_may_ask(context, err) != 0)
		return -1;
	buf_init(&i.endpoint, METADATA_URL_MAX);
	buf_init(&i.header, METADATA_HEADER_MAX);
	metadata_response_init(&response);
	rc = instance_open(&i, context->config, err);
	if (rc == 0)
		rc = begin_session(&i, &response, err);
	if (rc == 0)
		rc = load_keys(out, &i, &response, err);
	if (rc != 1 || context->config->like_sdk)
		buf_clear(said);
	out->method = method;
	http_response_wipe(&response);
	buf_release(&i.endpoint);
	buf_wipe(&i.header);
	return rc < 0 ? provider_failed(method, err) : rc;
}
