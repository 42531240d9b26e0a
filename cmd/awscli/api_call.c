/* Calls the API, and words its failures as botocore does. */
#include "cmd/awscli/api_call.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/send.h"
#include "cmd/awscli/request.h"
#include "cmd/awscli/session_connect.h"
#include "cmd/awscli/validate.h"
#include "cmd/console/signals.h"

enum {
	REQUEST_BODY_MAX = 64 * 1024 * 1024,
	URL_MAX = 64 * 1024,
};

/* One call, and the last response to it. */
struct api_exchange {
	struct session *session;
	const struct operation *operation;
	struct api_result *result;
	struct fault *fault;
	bool faulty; /* the response is unusable: see `fault` */
	enum http_outcome outcome;
	enum http_failure failure;
	char problem[512];
	struct buf body; /* of an error or a truncated response */
};

static int
on_success(void *into, struct http_response *answer, struct err *err)
{
	struct api_exchange *x = into;

	if (response_read(&x->result->output, &x->session->arena, x->operation,
		    answer, x->session->wire_times, x->fault) == 0)
		return 0;
	x->faulty = true;
	x->result->output = NULL;
	return err_set(err, ERR_SERVICE, "unusable response");
}

static void
on_failure(void *into, const struct http_response *answer)
{
	struct api_exchange *x = into;

	x->outcome = answer->outcome;
	x->failure = answer->failure;
	snprintf(x->problem, sizeof(x->problem), "%s", answer->problem);
	buf_clear(&x->body);
	/* a part of an answer is shown, too */
	buf_add(&x->body, buf_shown(&answer->body), answer->body.len);
}

static void
add_url(struct buf *out, const struct aws_client *client,
	const struct aws_call *call)
{
	size_t len = strlen(client->endpoint);

	while (len > 0 && client->endpoint[len - 1] == '/')
		len--;
	buf_add(out, client->endpoint, len);
	buf_append(out, &call->path);
	if (call->query.len > 0)
		buf_addf(out, "?%s", buf_shown(&call->query));
}

/*
 * Did the connection to the proxy fail, not that to the endpoint? libcurl's
 * messages name both in the same way. If so, set the fault, without the proxy's
 * user name and password.
 */
static bool
is_proxy_down(
	const struct api_exchange *x, const char *endpoint, struct fault *fault)
{
	bool secure = strncmp(endpoint, "https:", 6) == 0;
	const char *proxy = getenv(secure ? "https_proxy" : "http_proxy");
	const char *scheme, *host, *at;
	char wanted[300];
	size_t len;

	if (!proxy && secure)
		proxy = getenv("HTTPS_PROXY");
	if (!proxy)
		return false;
	scheme = strstr(proxy, "://");
	host = scheme ? scheme + 3 : proxy;
	at = strchr(host, '@');
	host = at ? at + 1 : host;
	len = strcspn(host, ":/");
	snprintf(wanted, sizeof(wanted), " %.*s port %.*s ", (int)len, host,
		(int)strspn(host + len + (host[len] == ':'), "0123456789"),
		host + len + (host[len] == ':'));
	if (!strstr(x->problem, wanted) && !strstr(x->problem, "resolve proxy"))
		return false;
	fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Failed to connect to proxy URL: \"%.*s%s%s\"",
		scheme ? (int)(scheme - proxy + 3) : 7,
		scheme ? proxy : "http://", at ? "***:***@" : "", host);
	return true;
}

/* Set the fault of a call without a complete response. */
static int
fail_transfer(const struct api_exchange *x, const struct aws_client *client,
	const struct aws_call *call, const struct err *err)
{
	struct fault *fault = x->fault;
	struct buf url;

	/* the CLI reports a truncated response as invalid XML */
	if (x->body.failed)
		return fault_no_memory(fault);
	if (client->status > 0 && x->body.len > 0)
		return response_not_xml(buf_str(&x->body), x->body.len, fault);
	buf_init(&url, URL_MAX);
	add_url(&url, client, call);
	switch (x->failure) {
	case HTTP_FAILURE_UNREACHABLE:
		if (!is_proxy_down(x, client->endpoint, fault))
			fault_set(fault, AWSCLI_GENERAL_ERROR,
				"Could not connect to the endpoint URL: \"%s\"",
				buf_shown(&url));
		break;
	case HTTP_FAILURE_CONNECT_TIMEOUT:
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Connect timeout on endpoint URL: \"%s\"",
			buf_shown(&url));
		break;
	case HTTP_FAILURE_TIMEOUT:
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Read timeout on endpoint URL: \"%s\"",
			buf_shown(&url));
		break;
	case HTTP_FAILURE_CLOSED:
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Connection was closed before we received a valid "
			"response from endpoint URL: \"%s\".",
			buf_shown(&url));
		break;
	case HTTP_FAILURE_TLS:
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"SSL validation failed for %s %s", buf_shown(&url),
			x->problem);
		break;
	default:
		fault_from_err(fault, AWSCLI_GENERAL_ERROR, err);
	}
	buf_release(&url);
	return -1;
}

/* Explain a call that failed: by the service's error, or else by a fault. */
static int
explain_failure(struct api_exchange *x, const struct aws_client *client,
	const struct aws_call *call, const struct err *err)
{
	if (x->faulty)
		return -1;
	if (signals_caught())
		return fault_set(x->fault, AWSCLI_INTERRUPTED, "interrupted");
	if (client->attempts == 0)
		return fault_from_err(x->fault, fault_status_of(err), err);
	if (x->outcome != HTTP_ANSWERED && client->status < 301)
		return fail_transfer(x, client, call, err);
	if (x->body.failed)
		return fault_no_memory(x->fault);
	x->result->retries = client->attempts - 1;
	x->result->retries_spent = client->attempts >= client->max_attempts;
	return response_read_error(&x->result->error, &x->session->arena,
		client->status, buf_str(&x->body), x->body.len, x->fault);
}

/* botocore parses a 300 as a success, but then reports an unknown error. */
static void
set_unknown_error(struct api_exchange *x, const struct aws_client *client)
{
	struct api_result *result = x->result;

	result->output = NULL;
	result->error = (struct api_error){"Unknown", "Unknown", 7};
	result->retries = client->attempts - 1;
	result->retries_spent = client->attempts >= client->max_attempts;
}

static int
run_exchange(struct api_exchange *x, const struct value *parameters)
{
	struct session *session = x->session;
	struct aws_client *client = &session->connection.cloudfront.client;
	struct err err = ERR_INIT;
	struct aws_call call;
	struct buf body;
	int rc = -1;

	aws_call_init(&call, x->operation->api);
	buf_init(&body, REQUEST_BODY_MAX);
	request_write_uri(&call.path, &call.query, x->operation, parameters);
	request_write_body(&body, x->operation, parameters);
	call.method = x->operation->method;
	call.service_name = "CloudFront";
	call.time_max = session->options.read_timeout > HTTP_SECONDS_MAX
				? session->options.read_timeout
				: 0;
	call.policy = session->unsigned_requests ? &call_policy_sdk_unsigned
						 : &call_policy_sdk;
	call.read = on_success;
	call.failed = on_failure;
	call.into = x;
	client->system = &session->system;
	if (buf_check(&body, &err) != 0) {
		fault_from_err(x->fault, AWSCLI_GENERAL_ERROR, &err);
		goto out;
	}
	call.body = buf_str(&body);
	call.body_len = body.len;
	rc = aws_send(client, &call, &err);
	if (rc != 0)
		rc = explain_failure(x, client, &call, &err);
	else if (client->status == 300)
		set_unknown_error(x, client);
out:
	aws_call_release(&call);
	buf_release(&body);
	return rc;
}

int
api_call_make(struct session *session, const struct operation *operation,
	const struct value *parameters, struct api_result *result,
	struct fault *fault)
{
	struct api_exchange x = {
		.session = session,
		.operation = operation,
		.result = result,
		.fault = fault,
	};
	int rc;

	*result = (struct api_result){.output = NULL};
	if (validate_parameters(parameters, operation->input, fault) != 0 ||
		session_connect(session, fault) != 0)
		return -1;
	buf_init(&x.body, HTTP_RESPONSE_MAX);
	rc = run_exchange(&x, parameters);
	buf_release(&x.body);
	return rc;
}

int
api_call_fault(const struct operation *operation,
	const struct api_result *result, struct fault *fault)
{
	const struct api_error *error = &result->error;

	assert(!result->output);
	fault_set(fault, AWSCLI_CLIENT_ERROR,
		"An error occurred (%s) when calling the %s operation",
		error->code, operation->api);
	if (result->retries_spent)
		buf_addf(&fault->text, " (reached max retries: %d)",
			result->retries);
	buf_addstr(&fault->text, ": ");
	fault->code = error->code;
	fault->own = fault->text.len;
	buf_add(&fault->text, error->message, error->message_len);
	return -1;
}
