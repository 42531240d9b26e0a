/* Gets credentials from the services that a container or a machine has. */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "aws/providers.h"
#include "base/escape.h"
#include "base/file.h"

enum {
	URL_MAX = 4096,
	HEADER_MAX = 64 * 1024, /* a token of 16 KiB is a long one */

	/* botocore's: seconds and times */
	CONTAINER_SECONDS_MAX = 2,
	CONTAINER_TRIES = 3,
	CONTAINER_PAUSE = 1000, /* ms */

	/* What AWS_METADATA_SERVICE_TIMEOUT and _NUM_ATTEMPTS may ask for:
	 * minutes before "there are none" help nobody. */
	INSTANCE_SECONDS_MAX = 60,
	INSTANCE_TRIES = 10,
};

static const char container_host[] = "http://169.254.170.2";
static const char method_container[] = "container-role";

/* The host of a URL, in lower case as given; false where it has none. */
static bool
host_of(char *out, size_t size, const char *url)
{
	const char *start = strstr(url, "://");
	size_t len;

	if (!start)
		return false;
	start += 3;
	len = strcspn(start, "/?#");
	if (memchr(start, '@', len) || memchr(start, '\\', len))
		return false;
	if (*start == '[')
		len = strcspn(start, "]") + 1;
	else
		len = strcspn(start, ":/?#");
	if (len == 0 || len >= size)
		return false;
	memcpy(out, start, len);
	out[len] = '\0';
	return true;
}

/* Hosts that may get the token in the clear. */
static bool
is_near(const char *host)
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

int
container_url(
	struct buf *url, const struct environment *environment, struct err *err)
{
	const char *relative = environment_get(
		environment, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
	const char *full = environment_get(
		environment, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
	struct escaped_name shown;
	char host[256];

	if (!relative && !full)
		return 1;
	if (relative)
		buf_addf(url, "%s%s%s", container_host,
			relative[0] == '/' ? "" : "/", relative);
	else
		buf_addstr(url, full);
	if (buf_check(url, err) != 0)
		return -1;
	if (relative)
		return 0;
	if (!host_of(host, sizeof(host), full))
		return err_set(err, ERR_INPUT,
			"AWS_CONTAINER_CREDENTIALS_FULL_URI '%s': want a URL",
			escape_show_str(&shown, full));
	if (strncmp(full, "https://", 8) == 0 ||
		(strncmp(full, "http://", 7) == 0 && is_near(host)))
		return 0;
	return err_set(err, ERR_INPUT,
		"Unsupported host '%s'. Can only retrieve metadata over https, "
		"or from these hosts: localhost, 127.0.0.1, [::1], "
		"169.254.170.2, 169.254.170.23, [fd00:ec2::23]",
		escape_show_str(&shown, host));
}

static bool
is_header_value(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

/* "Authorization: TOKEN", or nothing; the file is read at each load. */
static int
container_token(struct buf *header, const struct environment *environment,
	struct err *err)
{
	const char *path = environment_get(
		environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
	const char *token = environment_get(
		environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN");

	if (!path && !token)
		return 0;
	buf_reserve(header, HEADER_MAX); /* growing would leave copies */
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
		is_header_value(buf_str(header)))
		return 0;
	return err_set(err, ERR_INPUT,
		"the authorization token holds a control character");
}

static void
answer_reserve(struct http_answer *answer)
{
	http_answer_init(answer);
	buf_reserve(&answer->body, CREDENTIALS_MAX);
}

static void
answer_wipe(struct http_answer *answer)
{
	buf_wipe(&answer->body);
	http_answer_release(answer);
}

/* 0, or -1 with what is wrong and whether that may pass. */
static int
ask_container(struct credentials *out, const struct providers *from,
	const struct http_request *request, bool *passes, struct err *err)
{
	struct http_answer answer;
	int rc = -1;

	*passes = false;
	answer_reserve(&answer);
	if (http_send(from->http, request, &answer, err) != 0)
		goto out;
	if (answer.outcome != HTTP_ANSWERED) {
		*passes = !answer.interrupted;
		err_set(err, ERR_NETWORK, "%s", answer.problem);
	} else if (answer.status != 200) {
		*passes = answer.status >= 500 || answer.status == 429;
		err_set(err, ERR_SERVICE,
			"the container's service answers with status %ld",
			answer.status);
	} else {
		rc = credentials_read_json(
			out, buf_str(&answer.body), CREDENTIALS_SERVICE, err);
	}
out:
	answer_wipe(&answer);
	return rc;
}

static int
try_container(struct credentials *out, const struct providers *from,
	const struct http_request *request, struct err *err)
{
	bool passes;
	int tries = 1;

	while (ask_container(out, from, request, &passes, err) != 0) {
		if (!passes || tries++ == CONTAINER_TRIES)
			return -1;
		if (from->system->wait(
			    from->system->context, CONTAINER_PAUSE) != 0)
			return -1;
	}
	return 0;
}

int
provide_container(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	const struct environment *environment = from->config->environment;
	const char *headers[1];
	struct http_request request = {
		.method = "GET",
		.headers = headers,
		.answer_max = CREDENTIALS_MAX,
		.time_max = CONTAINER_SECONDS_MAX,
		.direct = true,
	};
	struct buf url, header;
	int rc;

	(void)profile;
	buf_init(&url, URL_MAX);
	buf_init(&header, HEADER_MAX);
	rc = container_url(&url, environment, err);
	if (rc == 0)
		rc = container_token(&header, environment, err);
	if (rc == 0) {
		request.url = buf_str(&url);
		headers[0] = buf_str(&header);
		request.header_count = header.len > 0;
		rc = try_container(out, from, &request, err);
	}
	out->method = method_container;
	buf_release(&url);
	buf_wipe(&header);
	return rc < 0 ? provider_failed(method_container, err) : rc;
}

/* How the instance's service is asked. */
struct instance {
	const struct providers *from;
	struct buf endpoint;
	long seconds, tries;
	struct buf header; /* with the session's token */
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
		"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is '%s': want ipv4 or "
		"ipv6",
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
			"metadata_service_timeout", 1, INSTANCE_SECONDS_MAX, 1,
			&i->seconds, err) != 0 ||
		aws_config_number(config, "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
			"metadata_service_num_attempts", 1, INSTANCE_TRIES, 1,
			&i->tries, err) != 0)
		return -1;
	if (given && ((strncmp(given, "http://", 7) != 0 &&
			      strncmp(given, "https://", 8) != 0) ||
			     !host_of(host, sizeof(host), given)))
		return err_set(err, ERR_INPUT,
			"AWS_EC2_METADATA_SERVICE_ENDPOINT '%s': want a URL",
			escape_show_str(&shown, given));
	if (!given)
		given = ipv6 ? "http://[fd00:ec2::254]"
			     : "http://169.254.169.254";
	buf_addstr(&i->endpoint, given);
	if (given[strlen(given) - 1] != '/')
		buf_addch(&i->endpoint, '/');
	return buf_check(&i->endpoint, err);
}

/*
 * One request: 0 with a 200 that says something, 1 where there is none, -1 for
 * faults on our side and where the user interrupts.
 */
static int
ask_instance(const struct instance *i, const char *method, const char *path,
	const char *header, struct http_answer *answer, struct err *err)
{
	const char *headers[] = {header};
	struct http_request request = {
		.method = method,
		.headers = headers,
		.header_count = 1,
		.answer_max = CREDENTIALS_MAX,
		.time_max = i->seconds,
		.direct = true,
	};
	struct buf url;
	int rc = 1;
	long n;

	buf_init(&url, URL_MAX);
	buf_addf(&url, "%s%s", buf_str(&i->endpoint), path);
	request.url = buf_str(&url);
	if (buf_check(&url, err) != 0)
		rc = -1;
	for (n = 0; rc == 1 && n < i->tries; n++) {
		if (http_send(i->from->http, &request, answer, err) != 0)
			rc = -1;
		else if (answer->interrupted)
			rc = err_set(err, ERR_NETWORK, "interrupted");
		else if (answer->outcome == HTTP_ANSWERED &&
			 answer->status == 200 && answer->body.len > 0 &&
			 strlen(answer->body.data) == answer->body.len)
			rc = 0;
	}
	buf_release(&url);
	return rc;
}

/* A token for the session, into i->header: version 2 of the service only. */
static int
begin_session(struct instance *i, struct http_answer *answer, struct err *err)
{
	int rc = ask_instance(i, "PUT", "latest/api/token",
		"x-aws-ec2-metadata-token-ttl-seconds: 21600", answer, err);

	if (rc != 0)
		return rc;
	buf_reserve(&i->header, HEADER_MAX);
	buf_addf(&i->header, "x-aws-ec2-metadata-token: %s",
		buf_str(&answer->body));
	if (buf_check(&i->header, err) != 0)
		return -1;
	return is_header_value(buf_str(&i->header)) ? 0 : 1;
}

static int
ask_for_keys(struct credentials *out, const struct instance *i,
	struct http_answer *answer, struct err *err)
{
	static const char folder[] =
		"latest/meta-data/iam/security-credentials/";
	struct err ignored = ERR_INIT;
	struct buf path;
	int rc;

	rc = ask_instance(i, "GET", folder, buf_str(&i->header), answer, err);
	if (rc != 0)
		return rc;
	buf_init(&path, URL_MAX);
	buf_addstr(&path, folder);
	answer->body.data[strcspn(answer->body.data, "\r\n")] = '\0';
	aws_add_encoded(&path, answer->body.data, "");
	rc = buf_check(&path, err);
	if (rc == 0)
		rc = ask_instance(i, "GET", buf_str(&path), buf_str(&i->header),
			answer, err);
	if (rc == 0 && credentials_read_json(out, buf_str(&answer->body),
			       CREDENTIALS_SERVICE, &ignored) != 0) {
		/* a role that EC2 may not assume has a message here */
		credentials_release(out);
		rc = 1;
	}
	buf_release(&path);
	return rc;
}

int
provide_instance(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	const char *off = environment_get(
		from->config->environment, "AWS_EC2_METADATA_DISABLED");
	struct instance i = {.from = from};
	struct http_answer answer;
	int rc;

	(void)profile;
	if (off && strcasecmp(off, "true") == 0)
		return 1;
	buf_init(&i.endpoint, URL_MAX);
	buf_init(&i.header, HEADER_MAX);
	answer_reserve(&answer);
	rc = instance_open(&i, from->config, err);
	if (rc == 0)
		rc = begin_session(&i, &answer, err);
	if (rc == 0)
		rc = ask_for_keys(out, &i, &answer, err);
	out->method = "iam-role";
	answer_wipe(&answer);
	buf_release(&i.endpoint);
	buf_wipe(&i.header);
	return rc < 0 ? provider_failed("iam-role", err) : rc;
}
