/* Prepares a transfer of libcurl's, and tells how far it got. */
#include "aws/http_transfer.h"

#include <stdio.h>
#include <string.h>

#include "aws/curl_options.h"
#include "base/escape.h"

enum {
	URL_MAX = 16 * 1024,
};

static size_t
on_head(char *data, size_t size, size_t count, void *context)
{
	struct http_transfer *t = context;
	struct buf *head = &t->response->head;

	/* a new response; the one before it was a "100 Continue" */
	if (size * count >= 5 && memcmp(data, "HTTP/", 5) == 0)
		buf_clear(head);
	buf_add(head, data, size * count);
	return head->failed ? 0 : size * count;
}

static size_t
on_body(char *data, size_t size, size_t count, void *context)
{
	struct http_transfer *t = context;

	buf_add(&t->response->body, data, size * count);
	return t->response->body.failed ? 0 : size * count;
}

static int
on_connected(void *context, char *primary_ip, char *local_ip, int primary_port,
	int local_port)
{
	struct http_transfer *t = context;

	(void)primary_ip, (void)local_ip, (void)primary_port, (void)local_port;
	t->sending = true;
	return CURL_PREREQFUNC_OK;
}

static bool
is_interrupted(const struct http_transfer *t)
{
	const struct http_options *options = t->options;

	if (!options->interrupted || !options->interrupted(options->context))
		return false;
	t->response->interrupted = true;
	return true;
}

static int
on_progress(void *context, curl_off_t download_total, curl_off_t downloaded,
	curl_off_t upload_total, curl_off_t uploaded)
{
	struct http_transfer *t = context;

	(void)download_total, (void)downloaded;
	(void)upload_total, (void)uploaded;
	return is_interrupted(t);
}

static CURLcode
set_callbacks(CURL *c, struct http_transfer *t)
{
	const struct curl_callbacks callbacks = {on_head, on_body, t->message};
	CURLcode rc = curl_options_set_callbacks(c, &callbacks, t);

	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, on_connected);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PREREQDATA, t);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	return rc;
}

/*
 * Set the problem to the escaped message, without a proxy's user and password.
 */
static void
set_problem(struct http_response *response, const char *message)
{
	struct buf line;
	const char *start = strstr(message, "//");
	const char *at = start ? strchr(start, '@') : NULL;

	buf_init(&line, sizeof(response->problem) - 1);
	if (at) {
		start += 2;
		escape_name_utf8(&line, message, (size_t)(start - message));
		message = at + 1;
	}
	escape_name_utf8(&line, message, strlen(message));
	snprintf(response->problem, sizeof(response->problem), "%s",
		buf_shown(&line));
	buf_release(&line);
}

static const char *
problem_of(struct http_transfer *t, CURLcode rc)
{
	bool large = t->response->body.max >= 1024 * 1024;

	if (t->response->interrupted)
		return "interrupted";
	if (rc == CURLE_OK) {
		snprintf(t->message, sizeof(t->message),
			"no response followed the interim status %ld",
			t->response->status);
		return t->message;
	}
	if (rc == CURLE_OUT_OF_MEMORY && t->sending)
		return "the response has a header longer than 100 KiB, or "
		       "memory has run out";
	if (t->response->head.failed == ERR_MEMORY ||
		t->response->body.failed == ERR_MEMORY)
		return "out of memory for the response";
	if (t->response->head.failed)
		return "the response's head is larger than 64 KiB";
	if (t->response->body.failed || rc == CURLE_FILESIZE_EXCEEDED) {
		snprintf(t->message, sizeof(t->message),
			"the response is larger than %zu %s",
			t->response->body.max / (large ? 1024 * 1024 : 1024),
			large ? "MiB" : "KiB");
		return t->message;
	}
	return t->message[0] ? t->message : curl_easy_strerror(rc);
}

/* Returns -1 for a fault on our side, which every attempt would meet. */
static int
check_own_fault(const struct http_transfer *t, CURLcode rc, struct err *err)
{
	const char *said = t->message[0] ? t->message : curl_easy_strerror(rc);
	const char *bundle = t->options->ca_bundle;
	struct escaped_name shown;

	switch (rc) {
	case CURLE_OUT_OF_MEMORY:
		return err_memory(err);
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_LOGIN_DENIED:
		return err_set(err, ERR_USAGE, "unusable URL: %s",
			escape_show_str(&shown, said));
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(err, ERR_INPUT,
			"cannot use the CA bundle %s: expected certificates "
			"in PEM",
			escape_show_str(
				&shown, bundle ? bundle : "(system's)"));
	case CURLE_FAILED_INIT:
	case CURLE_NOT_BUILT_IN:
	case CURLE_UNKNOWN_OPTION:
		return err_set(err, ERR_BUG, "libcurl: %s",
			escape_show_str(&shown, said));
	default:
		return 0;
	}
}

static enum http_failure
failure_of(CURL *c, CURLcode rc)
{
	double connected = 0;

	switch (rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return HTTP_FAILURE_UNREACHABLE;
	case CURLE_OPERATION_TIMEDOUT:
		curl_easy_getinfo(c, CURLINFO_PRETRANSFER_TIME, &connected);
		return connected > 0 ? HTTP_FAILURE_TIMEOUT
				     : HTTP_FAILURE_CONNECT_TIMEOUT;
	case CURLE_OK: /* after an interim response */
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9: not even a status */
		return HTTP_FAILURE_CLOSED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_ISSUER_ERROR:
		return HTTP_FAILURE_TLS;
	default:
		return HTTP_FAILURE_OTHER;
	}
}

static CURLcode
prepare(struct http_transfer *t, const struct http_request *request)
{
	CURLcode rc = curl_options_set(t->curl, t->options, request);

	if (!rc)
		rc = set_callbacks(t->curl, t);
	if (rc)
		return rc;
	t->headers = curl_options_headers(request);
	return t->headers ? curl_easy_setopt(
				    t->curl, CURLOPT_HTTPHEADER, t->headers)
			  : CURLE_OUT_OF_MEMORY;
}

int
http_transfer_begin(struct http_transfer *t, CURL *curl,
	const struct http_options *options, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	*t = (struct http_transfer){
		.curl = curl, .options = options, .response = response};
	buf_clear(&response->head);
	buf_clear(&response->body);
	response->body.max = curl_options_response_max(request);
	response->problem[0] = '\0';
	response->failure = HTTP_FAILURE_OTHER;
	response->interrupted = false;
	response->milliseconds = 0;
	if (strlen(request->url) > URL_MAX)
		return err_set(err, ERR_USAGE,
			"the URL is longer than %d bytes", URL_MAX);
	curl_easy_reset(curl);
	t->prepared = is_interrupted(t) ? CURLE_ABORTED_BY_CALLBACK
					: prepare(t, request);
	return 0;
}

static void
finish(struct http_transfer *t, CURLcode rc)
{
	curl_off_t microseconds;

	curl_easy_getinfo(
		t->curl, CURLINFO_RESPONSE_CODE, &t->response->status);
	if (curl_easy_getinfo(t->curl, CURLINFO_TOTAL_TIME_T, &microseconds) ==
		0)
		t->response->milliseconds = (long)(microseconds / 1000);
	t->response->failure = failure_of(t->curl, rc);
	curl_easy_reset(t->curl); /* drop pointers to what ends here */
	curl_slist_free_all(t->headers);
	t->headers = NULL;
}

int
http_transfer_end(struct http_transfer *t, CURLcode rc, struct err *err)
{
	struct http_response *response = t->response;

	finish(t, rc);
	/* a 101 is no answer to a request that did not ask for another protocol */
	if (rc == CURLE_OK && response->status >= 200) {
		response->outcome = HTTP_ANSWERED;
		return 0;
	}
	response->outcome = t->sending ? HTTP_LOST : HTTP_NOT_SENT;
	if (!t->sending) {
		response->status = 0; /* it could only be a proxy's */
		if (check_own_fault(t, rc, err) != 0)
			return -1;
	}
	set_problem(response, problem_of(t, rc));
	return 0;
}
