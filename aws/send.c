/* Makes a call, with as many attempts as it needs. */
#include "aws/send.h"

#include <assert.h>
#include <string.h>

#include "aws/classify.h"
#include "aws/retry.h"
#include "aws/signed_request.h"

/* The state of a call during its attempts. */
struct call_progress {
	struct retry retry;
	struct aws_url url;
	bool about_earlier_attempt; /* set by classify_response() */
	bool reloaded; /* credentials were loaded again during this call */
};

enum attempt_result {
	ATTEMPT_SUCCEEDED,
	ATTEMPT_RETRY,
	ATTEMPT_FAILED, /* no further attempt is made */
};

static int
send_once(struct aws_client *client, const struct aws_call *call,
	const struct call_progress *progress, struct http_response *response,
	struct err *err)
{
	struct signed_request made;
	int rc = signed_request_make(&made, client, call, &progress->url, err);

	if (rc == 0) {
		rc = http_send(client->http, &made.request, response, err);
		if (client->system->trace)
			client->system->trace(client->system->context,
				&made.request, response);
	}
	signed_request_release(&made);
	return rc;
}

static void
log_retry(const struct aws_client *client, const struct retry *retry,
	long delay, const struct err *err)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_addf(&line,
		"attempt %d of %d failed: %s; trying again in %ld.%02ld s",
		retry->attempts, retry->max_attempts, err->message,
		delay / 1000, delay % 1000 / 10);
	client->system->log(client->system->context,
		line.failed ? err->message : buf_str(&line));
	buf_release(&line);
}

/* Does the service say that the credentials have expired? */
static bool
have_expired(const struct aws_client *client, const struct aws_call *call)
{
	const char *code = client->error.code;

	return call->policy->is_signed &&
	       (strcmp(code, "ExpiredToken") == 0 ||
		       strcmp(code, "ExpiredTokenException") == 0 ||
		       strcmp(code, "RequestExpired") == 0);
}

/*
 * Load the credentials again after a request was refused because they had
 * expired. New ones are worth one attempt beyond the usual number.
 */
static enum attempt_result
renew_credentials(struct aws_client *client, const struct aws_call *call,
	struct call_progress *progress, struct err *err)
{
	const struct aws_system *system = client->system;
	struct err loading = ERR_INIT, refusal;
	int rc = client->load(client->load_context, &loading);

	progress->reloaded = true;
	if (rc == 0) {
		progress->retry.max_attempts++;
		if (!call->policy->like_sdk)
			system->log(system->context,
				"the credentials have expired; trying again "
				"with new ones");
		return ATTEMPT_RETRY;
	}
	if (rc < 0) {
		refusal = *err;
		err_set(err, refusal.code, "%s; loading them again failed: %s",
			refusal.message, loading.message);
	}
	return ATTEMPT_FAILED;
}

/* Wait before the next attempt, if there is one. */
static enum attempt_result
wait_to_retry(struct aws_client *client, const struct aws_call *call,
	const struct call_progress *progress, long delay, struct err *err)
{
	const struct aws_system *system = client->system;

	if (delay < 0)
		return ATTEMPT_FAILED;
	if (!call->policy->like_sdk)
		log_retry(client, &progress->retry, delay, err);
	if (system->wait(system->context, delay) == 0)
		return ATTEMPT_RETRY;
	err_context(err, "interrupted while waiting to try again");
	if (!client->maybe_applied)
		err->code = ERR_NETWORK;
	return ATTEMPT_FAILED;
}

static enum attempt_result
attempt_once(struct aws_client *client, struct aws_call *call,
	struct call_progress *progress, struct err *err)
{
	const struct aws_system *system = client->system;
	struct retry *retry = &progress->retry;
	enum attempt_result result = ATTEMPT_FAILED;
	struct http_response response;
	enum retry_reason reason;
	long delay;

	http_response_init(&response);
	if (call->policy->is_secret)
		buf_reserve(&response.body, call->response_max);
	if (send_once(client, call, progress, &response, err) != 0)
		goto out;
	reason = classify_response(client, call, retry->clock_corrected,
		&progress->about_earlier_attempt, &response, err);
	if (err->code == ERR_NONE) {
		client->attempts = retry->attempts + 1;
		retry_succeeded(retry);
		result = ATTEMPT_SUCCEEDED;
		goto out;
	}
	if (call->failed)
		call->failed(call->into, &response);
	delay = retry_delay(retry, reason, system->random(system->context),
		retry_read_after(&response));
	client->attempts = retry->attempts;
	if (client->load && !progress->reloaded && have_expired(client, call))
		result = renew_credentials(client, call, progress, err);
	else
		result = wait_to_retry(client, call, progress, delay, err);
out:
	if (call->policy->is_secret)
		http_response_wipe(&response);
	http_response_release(&response);
	return result;
}

/*
 * Report that the call failed. The last attempt's failure is in err; if an
 * earlier attempt may have been applied, that outweighs whatever came later.
 */
static void
report_failure(const struct aws_client *client, const struct aws_call *call,
	const struct call_progress *progress, struct err *err)
{
	if (call->policy->like_sdk)
		return;
	if (!call->policy->is_write || progress->about_earlier_attempt) {
		err_context(err, "%s", call->operation);
		return;
	}
	if (!client->maybe_applied) {
		err_context(err, "%s: nothing was accepted", call->operation);
		return;
	}
	err->code = ERR_AMBIGUOUS;
	err->sys_errno = 0;
	err_context(err, "%s: it is unknown whether %s accepted it",
		call->operation, call->service_name);
}

/*
 * Load credentials for a call that begins now. If credentials that are about to
 * expire can't be replaced, they are still worth trying.
 */
static int
prepare_credentials(struct aws_client *client, const struct aws_call *call,
	struct call_progress *progress, struct err *err)
{
	struct err ignored = ERR_INIT;

	if (!call->policy->is_signed)
		return 0;
	if (aws_client_prepare(client, err) != 0)
		return -1;
	if (client->load && aws_client_expires_soon(client)) {
		progress->reloaded = true;
		client->load(client->load_context, &ignored);
	}
	return 0;
}

int
aws_send(struct aws_client *client, struct aws_call *call, struct err *err)
{
	struct call_progress progress = {.reloaded = false};
	enum attempt_result result = ATTEMPT_FAILED;

	assert(call->read && call->header_count <= AWS_CALL_HEADERS_MAX);
	client->attempts = 0;
	client->maybe_applied = false;
	client->status = 0;
	client->date = 0;
	client->error = (struct service_error){.code = ""};
	retry_init(&progress.retry, client->max_attempts);
	if (aws_url_parse(&progress.url, client->endpoint, err) != 0 ||
		prepare_credentials(client, call, &progress, err) != 0)
		goto out;
	do
		result = attempt_once(client, call, &progress, err);
	while (result == ATTEMPT_RETRY);
	if (result != ATTEMPT_SUCCEEDED)
		report_failure(client, call, &progress, err);
out:
	aws_url_release(&progress.url);
	return result == ATTEMPT_SUCCEEDED ? 0 : -1;
}
