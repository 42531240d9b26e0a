/* Sends a request through libcurl, and tells how far it got. */
#include "aws/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/curl_options.h"
#include "base/escape.h"

enum {
	URL_MAX = 16 * 1024,
};

struct http {
	CURL *curl;
	struct http_options options;
	char message[CURL_ERROR_SIZE]; /* libcurl's */
};

/* A request in progress, for the callbacks. */
struct transfer {
	struct http *http;
	struct http_response *response;
	bool sending; /* connected: bytes may have been sent */
};

static size_t
on_head(char *data, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
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
	struct transfer *t = context;

	buf_add(&t->response->body, data, size * count);
	return t->response->body.failed ? 0 : size * count;
}

static int
on_connected(void *context, char *primary_ip, char *local_ip, int primary_port,
	int local_port)
{
	struct transfer *t = context;

	(void)primary_ip, (void)local_ip, (void)primary_port, (void)local_port;
	t->sending = true;
	return CURL_PREREQFUNC_OK;
}

static bool
is_interrupted(const struct transfer *t)
{
	const struct http_options *options = &t->http->options;

	if (!options->interrupted || !options->interrupted(options->context))
		return false;
	t->response->interrupted = true;
	return true;
}

static int
on_progress(void *context, curl_off_t download_total, curl_off_t downloaded,
	curl_off_t upload_total, curl_off_t uploaded)
{
	struct transfer *t = context;

	(void)download_total, (void)downloaded;
	(void)upload_total, (void)uploaded;
	return is_interrupted(t);
}

int
http_open(
	struct http **http, const struct http_options *options, struct err *err)
{
	static bool ready;
	struct http *h;

	*http = NULL;
	if (!ready && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_SYSTEM, "cannot initialise libcurl");
	ready = true;
	h = calloc(1, sizeof(*h));
	if (!h)
		return err_memory(err);
	h->options = *options;
	h->curl = curl_easy_init();
	if (!h->curl) {
		free(h);
		return err_memory(err);
	}
	*http = h;
	return 0;
}

void
http_close(struct http *http)
{
	if (!http)
		return;
	curl_easy_cleanup(http->curl);
	free(http);
}

static CURLcode
set_callbacks(CURL *c, struct transfer *t)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head);

	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
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
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->http->message);
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
problem_of(const struct transfer *t, CURLcode rc)
{
	bool large = t->response->body.max >= 1024 * 1024;

	if (t->response->interrupted)
		return "interrupted";
	if (rc == CURLE_OK) {
		snprintf(t->http->message, sizeof(t->http->message),
			"no response followed the interim status %ld",
			t->response->status);
		return t->http->message;
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
		snprintf(t->http->message, sizeof(t->http->message),
			"the response is larger than %zu %s",
			t->response->body.max / (large ? 1024 * 1024 : 1024),
			large ? "MiB" : "KiB");
		return t->http->message;
	}
	return t->http->message[0] ? t->http->message : curl_easy_strerror(rc);
}

/* Returns -1 for a fault on our side, which every attempt would meet. */
static int
check_own_fault(const struct http *http, CURLcode rc, struct err *err)
{
	const char *said =
		http->message[0] ? http->message : curl_easy_strerror(rc);
	const char *bundle = http->options.ca_bundle;
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
perform(struct transfer *t, const struct http_request *request)
{
	CURL *c = t->http->curl;
	struct curl_slist *headers = NULL;
	curl_off_t microseconds;
	CURLcode rc;

	curl_easy_reset(c);
	t->http->message[0] = '\0';
	rc = curl_options_set(c, &t->http->options, request);
	if (!rc)
		rc = set_callbacks(c, t);
	if (!rc) {
		headers = curl_options_headers(request);
		rc = headers ? curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers)
			     : CURLE_OUT_OF_MEMORY;
	}
	if (!rc)
		rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &t->response->status);
	if (curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &microseconds) == 0)
		t->response->milliseconds = (long)(microseconds / 1000);
	t->response->failure = failure_of(c, rc);
	curl_easy_reset(c); /* drop pointers to this call's variables */
	curl_slist_free_all(headers);
	return rc;
}

int
http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	struct transfer t = {.http = http, .response = response};
	CURLcode rc;

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
	rc = is_interrupted(&t) ? CURLE_ABORTED_BY_CALLBACK
				: perform(&t, request);
	/* a 101 is no answer to a request that did not ask for another protocol */
	if (rc == CURLE_OK && response->status >= 200) {
		response->outcome = HTTP_ANSWERED;
		return 0;
	}
	response->outcome = t.sending ? HTTP_LOST : HTTP_NOT_SENT;
	if (!t.sending) {
		response->status = 0; /* it could only be a proxy's */
		if (check_own_fault(http, rc, err) != 0)
			return -1;
	}
	set_problem(response, problem_of(&t, rc));
	return 0;
}
