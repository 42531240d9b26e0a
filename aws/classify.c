/* Tells success, refusal and uncertainty apart. */
#include "aws/classify.h"

#include <stdlib.h>
#include <string.h>

#include "aws/advice.h"

/*
 * Set err to "503 ServiceUnavailable: MESSAGE (request id ID)" and the advice.
 */
static int
set_refusal(const struct aws_client *client, const struct aws_call *call,
	struct err *err)
{
	const struct service_error *e = &client->error;
	struct buf text;
	int rc;

	buf_init(&text, sizeof(err->message));
	if (strtol(e->code, NULL, 10) != client->status)
		buf_addf(&text, "%ld ", client->status);
	buf_addf(&text, "%s: %s", e->code, e->message);
	if (e->request_id[0])
		buf_addf(&text, " (request id %s)", e->request_id);
	if (!call->advise || !call->advise(&text, call, client))
		advice_add(&text, client);
	/* text that does not fit is left out, as err_set would do */
	rc = text.failed == ERR_MEMORY
		     ? err_memory(err)
		     : err_set(err, ERR_SERVICE, "%s", buf_shown(&text));
	buf_release(&text);
	return rc;
}

/* Read the error from the body, and complete it from the headers. */
static int
read_error(struct aws_client *client, const struct http_response *response,
	struct err *err)
{
	struct service_error *e = &client->error;
	char value[sizeof(e->request_id)];

	if (service_error_read(e, client->status, buf_str(&response->body),
		    response->body.len, err) != 0)
		return -1;
	if (http_response_header(
		    response, "x-amz-bucket-region", value, sizeof(e->region)))
		memcpy(e->region, value, sizeof(e->region));
	if (e->request_id[0])
		return 0;
	if (http_response_header(
		    response, "x-amzn-requestid", value, sizeof(value)) ||
		http_response_header(
			response, "x-amz-request-id", value, sizeof(value)))
		memcpy(e->request_id, value, sizeof(value));
	return 0;
}

static bool
is_success(const struct call_policy *policy, long status)
{
	return status >= 200 && status < (policy->like_sdk ? 301 : 300);
}

/* Of the 2xx responses, only a 200 or 201 that can be read is an acceptance. */
static enum retry_reason
classify_success(struct aws_client *client, struct aws_call *call,
	struct http_response *response, struct err *err)
{
	bool like_sdk = call->policy->like_sdk;

	if ((response->status <= 201 || like_sdk) &&
		call->read(call->into, response, err) == 0) {
		err->code = ERR_NONE;
		return RETRY_NO;
	}
	client->maybe_applied = true;
	if (like_sdk)
		return RETRY_NO;
	if (response->status > 201)
		err_set(err, ERR_SERVICE, "unexpected status");
	err_context(
		err, "cannot use the response, status %ld", response->status);
	return err->code == ERR_MEMORY ? RETRY_NO : RETRY_TRANSIENT;
}

static enum retry_reason
classify_refusal(struct aws_client *client, const struct aws_call *call,
	bool clock_corrected, bool *about_earlier_attempt,
	const struct http_response *response, struct err *err)
{
	enum retry_reason reason;

	if (read_error(client, response, err) == 0)
		set_refusal(client, call, err);
	if (err->code == ERR_MEMORY) {
		/* it may have said that an earlier attempt was accepted */
		client->maybe_applied = true;
		return RETRY_NO;
	}
	client->maybe_applied |= response->status >= 500;
	*about_earlier_attempt = response->status < 500 &&
				 call->is_about_earlier_attempt &&
				 call->is_about_earlier_attempt(
					 &client->error, response->status);
	reason = retry_classify(
		HTTP_ANSWERED, response->status, advice_code(&client->error));
	if (reason == RETRY_CLOCK &&
		(clock_corrected || !aws_client_correct_clock(client)))
		return RETRY_NO;
	return reason;
}

enum retry_reason
classify_response(struct aws_client *client, struct aws_call *call,
	bool clock_corrected, bool *about_earlier_attempt,
	struct http_response *response, struct err *err)
{
	client->status = response->status;
	client->error = (struct service_error){.code = ""};
	*about_earlier_attempt = false;
	if (response->outcome != HTTP_ANSWERED) {
		client->maybe_applied |= response->outcome == HTTP_LOST;
		err_set(err, ERR_NETWORK, "%s", response->problem);
		return response->interrupted ? RETRY_NO : RETRY_TRANSIENT;
	}
	if (!http_response_date(response, &client->date))
		client->date = 0;
	if (is_success(call->policy, response->status))
		return classify_success(client, call, response, err);
	return classify_refusal(client, call, clock_corrected,
		about_earlier_attempt, response, err);
}
