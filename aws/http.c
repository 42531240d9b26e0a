/* Sends one request by libcurl and says how far it got. */
#include "aws/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

enum {
	HEAD_MAX = 64 * 1024, /* real ones have one or two KiB */
	URL_MAX = 16 * 1024,
};

struct http {
	CURL *curl;
	struct http_options options;
	char message[CURL_ERROR_SIZE]; /* libcurl's own words */
};

/* One request under way: what the callbacks know. */
struct transfer {
	struct http *http;
	struct http_answer *answer;
	bool sending; /* connected; from here on bytes may have left */
};

static size_t
on_head(char *data, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	struct buf *head = &t->answer->head;

	/* An answer of its own: what came before it was a "100 Continue". */
	if (size * count >= 5 && memcmp(data, "HTTP/", 5) == 0)
		buf_clear(head);
	buf_add(head, data, size * count);
	return head->failed ? 0 : size * count;
}

static size_t
on_body(char *data, size_t size, size_t count, void *context)
{
	struct transfer *t = context;

	buf_add(&t->answer->body, data, size * count);
	return t->answer->body.failed ? 0 : size * count;
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
	t->answer->interrupted = true;
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
		return err_set(err, ERR_SYSTEM, "libcurl does not start");
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

void
http_answer_init(struct http_answer *answer)
{
	*answer = (struct http_answer){.outcome = HTTP_NOT_SENT};
	buf_init(&answer->head, HEAD_MAX);
	buf_init(&answer->body, ANSWER_MAX);
}

void
http_answer_release(struct http_answer *answer)
{
	buf_release(&answer->head);
	buf_release(&answer->body);
}

static size_t
answer_max(const struct http_request *request)
{
	return request->answer_max ? request->answer_max : (size_t)ANSWER_MAX;
}

static CURLcode
set_limits(CURL *c, const struct http_options *options,
	const struct http_request *request)
{
	long most = request->time_max ? request->time_max
				      : (long)REQUEST_SECONDS_MAX;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);

	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_CONNECTTIMEOUT, options->connect_timeout);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_TIMEOUT, most);
	/* where the server says how long it is; on_body has the last word */
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE,
			(curl_off_t)answer_max(request));
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_LOW_SPEED_TIME, options->read_timeout);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	/*
	 * A fresh connection and HTTP/1.1 (which has no refused streams):
	 * else libcurl may send a request twice without a word.
	 */
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
	return rc;
}

static CURLcode
set_trust(CURL *c, const struct http_options *options)
{
	CURLcode rc = curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);

	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER,
			options->unverified ? 0L : 1L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST,
			options->unverified ? 0L : 2L);
	if (!rc && options->ca_bundle)
		rc = curl_easy_setopt(c, CURLOPT_CAINFO, options->ca_bundle);
	if (!rc && options->ca_bundle)
		rc = curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	if (!rc && options->user_agent)
		rc = curl_easy_setopt(
			c, CURLOPT_USERAGENT, options->user_agent);
	return rc;
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

static CURLcode
set_request(CURL *c, const struct http_request *request)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, request->url);
	bool get = strcmp(request->method, "GET") == 0;

	if (!rc && request->direct)
		rc = curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (!rc && get)
		rc = curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POST, 1L);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)request->body_len);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POSTFIELDS,
			request->body ? request->body : "");
	if (!rc && !get)
		rc = curl_easy_setopt(
			c, CURLOPT_CUSTOMREQUEST, request->method);
	return rc;
}

/* The caller's headers, and "Name:" to have libcurl leave out its own. */
static struct curl_slist *
list_headers(const struct http_request *request)
{
	static const char *const dropped[] = {
		"Expect:", "Accept:", "Content-Type:"};
	struct curl_slist *list = NULL, *longer;
	bool typed = false;
	size_t i;

	for (i = 0; i < request->header_count; i++) {
		const char *header = request->headers[i];

		if (curl_strnequal(header, "Content-Type:", 13))
			typed = true;
		longer = curl_slist_append(list, header);
		if (!longer)
			goto fail;
		list = longer;
	}
	for (i = 0; i < (typed ? 2 : 3); i++) {
		longer = curl_slist_append(list, dropped[i]);
		if (!longer)
			goto fail;
		list = longer;
	}
	return list;
fail:
	curl_slist_free_all(list);
	return NULL;
}

static void
describe(struct http_answer *answer, const char *message)
{
	struct buf line;

	const char *start = strstr(message, "//");
	const char *at = start ? strchr(start, '@') : NULL;

	buf_init(&line, sizeof(answer->problem) - 1);
	/* a proxy's user and password don't belong in a message */
	if (at) {
		start += 2;
		escape_name_utf8(&line, message, (size_t)(start - message));
		message = at + 1;
	}
	escape_name_utf8(&line, message, strlen(message));
	memcpy(answer->problem, buf_str(&line), line.len);
	answer->problem[line.len] = '\0';
	buf_release(&line);
}

static const char *
problem_of(const struct transfer *t, CURLcode rc)
{
	bool large = t->answer->body.max >= 1024 * 1024;

	if (t->answer->interrupted)
		return "interrupted";
	if (t->answer->head.failed == ERR_MEMORY ||
		t->answer->body.failed == ERR_MEMORY)
		return "out of memory for the answer";
	if (t->answer->head.failed)
		return "the answer's head is larger than 64 KiB";
	if (t->answer->body.failed || rc == CURLE_FILESIZE_EXCEEDED) {
		snprintf(t->http->message, sizeof(t->http->message),
			"the answer is larger than %zu %s",
			t->answer->body.max / (large ? 1024 * 1024 : 1024),
			large ? "MiB" : "KiB");
		return t->http->message;
	}
	return t->http->message[0] ? t->http->message : curl_easy_strerror(rc);
}

/* Is it our own fault, so that no other try would get further? */
static int
own_fault(const struct http *http, CURLcode rc, struct err *err)
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
		return err_set(err, ERR_USAGE, "no URL to use: %s",
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

static enum http_reason
reason_of(CURL *c, CURLcode rc)
{
	double connected = 0;

	switch (rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return HTTP_REASON_UNREACHABLE;
	case CURLE_OPERATION_TIMEDOUT:
		curl_easy_getinfo(c, CURLINFO_PRETRANSFER_TIME, &connected);
		return connected > 0 ? HTTP_REASON_SLOW
				     : HTTP_REASON_CONNECT_SLOW;
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9: not even a status */
		return HTTP_REASON_CLOSED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_ISSUER_ERROR:
		return HTTP_REASON_UNTRUSTED;
	default:
		return HTTP_REASON_OTHER;
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
	rc = set_limits(c, &t->http->options, request);
	if (!rc)
		rc = set_trust(c, &t->http->options);
	if (!rc)
		rc = set_callbacks(c, t);
	if (!rc)
		rc = set_request(c, request);
	if (!rc) {
		headers = list_headers(request);
		rc = headers ? curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers)
			     : CURLE_OUT_OF_MEMORY;
	}
	if (!rc)
		rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &t->answer->status);
	if (curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &microseconds) == 0)
		t->answer->milliseconds = (long)(microseconds / 1000);
	t->answer->reason = reason_of(c, rc);
	curl_easy_reset(c); /* it points to what dies with this call */
	curl_slist_free_all(headers);
	return rc;
}

int
http_send(struct http *http, const struct http_request *request,
	struct http_answer *answer, struct err *err)
{
	struct transfer t = {.http = http, .answer = answer};
	CURLcode rc;

	buf_clear(&answer->head);
	buf_clear(&answer->body);
	answer->body.max = answer_max(request);
	answer->problem[0] = '\0';
	answer->reason = HTTP_REASON_OTHER;
	answer->interrupted = false;
	answer->milliseconds = 0;
	if (strlen(request->url) > URL_MAX)
		return err_set(
			err, ERR_USAGE, "a URL longer than %d bytes", URL_MAX);
	rc = is_interrupted(&t) ? CURLE_ABORTED_BY_CALLBACK
				: perform(&t, request);
	if (rc == CURLE_OK && answer->status > 0) {
		answer->outcome = HTTP_ANSWERED;
		return 0;
	}
	answer->outcome = t.sending ? HTTP_LOST : HTTP_NOT_SENT;
	if (!t.sending) {
		answer->status = 0; /* at most a proxy's */
		if (own_fault(http, rc, err) != 0)
			return -1;
	}
	describe(answer, problem_of(&t, rc));
	return 0;
}

bool
http_answer_header(const struct http_answer *answer, const char *name,
	char *out, size_t size)
{
	const char *line = buf_str(&answer->head), *end, *value;
	size_t name_len = strlen(name), len;

	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (!curl_strnequal(line, name, name_len) ||
			line[name_len] != ':')
			continue;
		value = line + name_len + 1;
		value += strspn(value, " \t");
		for (len = value < end ? (size_t)(end - value) : 0; len > 0;
			len--)
			if (!strchr(" \t\r", value[len - 1]))
				break;
		if (len >= size)
			return false;
		memcpy(out, value, len);
		out[len] = '\0';
		return true;
	}
	return false;
}

bool
http_answer_date(const struct http_answer *answer, int64_t *out)
{
	char text[64];
	time_t date;

	if (!http_answer_header(answer, "Date", text, sizeof(text)))
		return false;
	date = curl_getdate(text, NULL);
	*out = (int64_t)date;
	return date > 0;
}
