/* Makes one API call: each try is signed, sent and judged. */
#include "aws/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/remedy.h"
#include "aws/retry.h"
#include "aws/sigv4.h"

enum {
	URL_MOST = 16 * 1024,
	HEAD_MOST = 256 * 1024, /* signed headers; a session token has 1 KiB */
	SIGNED_USUAL = 8 * 1024,
	HEADERS_MOST = 12,
};

/* The endpoint, taken apart. */
struct place {
	char *root; /* scheme://host:port as given */
	char *host; /* for Host: lower case, a default port dropped */
	const char *base; /* its own path, "" or "/x" */
	size_t base_len; /* without slashes at the end */
};

/* How the tries of a call go. */
struct course {
	struct retry retry;
	struct place place;
	struct buf path; /* as sent: the endpoint's and the call's */
	bool informed; /* the last refusal tells of an earlier try */
	bool reloaded; /* the credentials, in this call */
};

/* One try's end. */
enum end {
	END_DONE,
	END_AGAIN,
	END_FINAL,
};

void
aws_call_init(struct aws_call *call, const char *operation)
{
	*call = (struct aws_call){.operation = operation, .method = "GET"};
	buf_init(&call->path, URL_MOST);
	buf_init(&call->query, URL_MOST);
}

void
aws_call_release(struct aws_call *call)
{
	buf_release(&call->path);
	buf_release(&call->query);
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void
aws_add_encoded(struct buf *out, const char *text, const char *safe)
{
	for (; *text; text++)
		if (is_unreserved(*text) || strchr(safe, *text))
			buf_addch(out, *text);
		else
			buf_addf(out, "%%%02X",
				(unsigned int)(unsigned char)*text);
}

bool
aws_contains_nocase(const char *text, const char *wanted)
{
	size_t i;

	for (; *text; text++) {
		for (i = 0; wanted[i]; i++)
			if ((text[i] | 0x20) != (wanted[i] | 0x20))
				break;
		if (!wanted[i])
			return true;
	}
	return false;
}

static int
bad_endpoint(struct err *err)
{
	return err_set(err, ERR_USAGE,
		"bad endpoint URL: must be of the form http://<hostname>/ or "
		"https://<hostname>/");
}

static bool
is_plain_url(const char *url)
{
	for (; *url; url++)
		if (*url <= ' ' || *url > '~' || strchr("@?#\\\"<>^`{|}", *url))
			return false;
	return true;
}

static void
place_release(struct place *place)
{
	free(place->root);
	free(place->host);
}

static int
place_read(struct place *place, const char *endpoint, struct err *err)
{
	bool secure = strncmp(endpoint, "https://", 8) == 0;
	const char *port = secure ? ":443" : ":80", *host, *base;
	size_t len, i;

	if ((!secure && strncmp(endpoint, "http://", 7) != 0) ||
		!is_plain_url(endpoint))
		return bad_endpoint(err);
	host = endpoint + (secure ? 8 : 7);
	len = strcspn(host, "/");
	base = host + len;
	if (len == 0)
		return bad_endpoint(err);
	place->root = strndup(endpoint, (size_t)(base - endpoint));
	place->host = strndup(host, len);
	if (!place->root || !place->host)
		return err_memory(err);
	for (i = 0; i < len; i++)
		if (host[i] >= 'A' && host[i] <= 'Z')
			place->host[i] = (char)(host[i] - 'A' + 'a');
	if (len > strlen(port) &&
		strcmp(place->host + len - strlen(port), port) == 0)
		place->host[len - strlen(port)] = '\0';
	place->base = base;
	place->base_len = strlen(base);
	while (place->base_len > 0 && base[place->base_len - 1] == '/')
		place->base_len--;
	return 0;
}

static size_t
list_headers(const char **headers, const struct buf *lines)
{
	const char *p = buf_str(lines), *end = p + lines->len;
	size_t count = 0;

	for (; p < end && count < HEADERS_MOST; p += strlen(p) + 1)
		headers[count++] = p;
	return count;
}

static int
sign(struct buf *lines, const struct aws_client *client,
	const struct aws_call *call, const struct course *course,
	struct err *err)
{
	const struct aws_host *host = client->host;
	struct sigv4_request request = {
		.method = call->method,
		.host = course->place.host,
		.path = buf_str(&course->path),
		.query = buf_str(&call->query),
		.headers = call->headers,
		.header_count = call->header_count,
		.body = call->body,
		.body_len = call->body_len,
		.region = client->region,
		.service = client->service,
		.s3 = strcmp(client->service, "s3") == 0,
	};
	size_t i;

	buf_reserve(lines, SIGNED_USUAL); /* growing would leave copies */
	buf_addf(lines, "Host: %s", course->place.host);
	buf_addch(lines, '\0');
	for (i = 0; i < call->header_count; i++)
		buf_add(lines, call->headers[i], strlen(call->headers[i]) + 1);
	if (call->is_unsigned)
		return buf_check(lines, err);
	return sigv4_sign(lines, &request, client->credentials,
		host->now(host->context) + client->clock_offset, err);
}

static int
send_once(struct aws_client *client, const struct aws_call *call,
	const struct course *course, struct http_answer *answer,
	struct err *err)
{
	const char *headers[HEADERS_MOST];
	struct http_request request = {
		.operation = call->operation,
		.method = call->method,
		.headers = headers,
		.body = call->body,
		.body_len = call->body_len,
		.answer_most = call->answer_most,
		.time_most = call->time_most,
	};
	struct buf lines, url;
	int rc = -1;

	buf_init(&lines, HEAD_MOST);
	buf_init(&url, URL_MOST);
	buf_addf(&url, "%s%s%s%s", course->place.root, buf_str(&course->path),
		call->query.len > 0 ? "?" : "", buf_str(&call->query));
	if (buf_check(&url, err) != 0 ||
		sign(&lines, client, call, course, err) != 0)
		goto out;
	request.url = url.data;
	request.header_count = list_headers(headers, &lines);
	rc = http_send(client->http, &request, answer, err);
	if (client->host->trace)
		client->host->trace(client->host->context, &request, answer);
out:
	buf_wipe(&lines);
	buf_release(&url);
	return rc;
}

/* "503 ServiceUnavailable: its message (request id ...)" into err. */
static int
refused(const struct aws_client *client, const struct aws_call *call,
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
		remedy_add(&text, client);
	rc = err_set(err, ERR_SERVICE, "%s", buf_str(&text));
	buf_release(&text);
	return rc;
}

static void
note_error(struct aws_client *client, const struct http_answer *answer)
{
	struct service_error *e = &client->error;
	char id[sizeof(e->request_id)];

	xml_read_error(
		e, client->status, buf_str(&answer->body), answer->body.len);
	if (http_answer_header(
		    answer, "x-amz-bucket-region", id, sizeof(e->region)))
		memcpy(e->region, id, sizeof(e->region));
	if (e->request_id[0])
		return;
	if (http_answer_header(answer, "x-amzn-requestid", id, sizeof(id)) ||
		http_answer_header(answer, "x-amz-request-id", id, sizeof(id)))
		memcpy(e->request_id, id, sizeof(id));
}

/* Set the offset from the answer's Date; false where that can't help. */
static bool
correct_clock(struct aws_client *client)
{
	if (client->date == 0)
		return false;
	client->clock_offset =
		client->date - client->host->now(client->host->context);
	return true;
}

static long
retry_after(const struct http_answer *answer)
{
	char text[16], *end;
	long after;

	if (!http_answer_header(
		    answer, "x-amz-retry-after", text, sizeof(text)))
		return -1;
	after = strtol(text, &end, 10);
	return end == text || *end || after < 0 ? -1 : after;
}

static bool
is_success(const struct aws_call *call, long status)
{
	return status >= 200 && status < (call->as_sdk ? 301 : 300);
}

/* A 2xx: only 200 and 201 with what they promise are an acceptance. */
static enum retry_reason
judge_success(struct aws_client *client, struct aws_call *call,
	struct http_answer *answer, struct err *err)
{
	if ((answer->status <= 201 || call->as_sdk) &&
		call->read(call->into, answer, err) == 0) {
		err->code = ERR_NONE;
		return RETRY_NO;
	}
	client->doubtful = true;
	if (call->as_sdk)
		return RETRY_NO;
	if (answer->status > 201)
		err_set(err, ERR_SERVICE, "unexpected status");
	err_context(err, "cannot use the answer, status %ld", answer->status);
	return err->code == ERR_MEMORY ? RETRY_NO : RETRY_TRANSIENT;
}

/*
 * What an answer means: done, or its failure in err and why to try again. A
 * 2xx that cannot be used and a 5xx leave it open; the rest is a refusal.
 */
static enum retry_reason
judge(struct aws_client *client, struct aws_call *call, struct course *course,
	struct http_answer *answer, struct err *err)
{
	enum retry_reason reason;

	client->status = answer->status;
	client->error = (struct service_error){.code = ""};
	course->informed = false;
	if (answer->outcome != HTTP_ANSWERED) {
		client->doubtful |= answer->outcome == HTTP_LOST;
		err_set(err, ERR_NETWORK, "%s", answer->problem);
		return answer->interrupted ? RETRY_NO : RETRY_TRANSIENT;
	}
	if (!http_answer_date(answer, &client->date))
		client->date = 0;
	if (is_success(call, answer->status))
		return judge_success(client, call, answer, err);
	note_error(client, answer);
	refused(client, call, err);
	client->doubtful |= answer->status >= 500;
	course->informed = answer->status < 500 && call->informs &&
			   call->informs(&client->error, answer->status);
	reason = retry_classify(
		HTTP_ANSWERED, answer->status, remedy_code(&client->error));
	if (reason == RETRY_CLOCK &&
		(course->retry.clock_corrected || !correct_clock(client)))
		return RETRY_NO;
	return reason;
}

static void
say_again(const struct aws_client *client, const struct course *course,
	long delay, const struct err *err)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_addf(&line, "try %d of %d failed: %s; trying again in %ld.%02ld s",
		course->retry.tries, course->retry.tries_most, err->message,
		delay / 1000, delay % 1000 / 10);
	client->host->talk(client->host->context, buf_str(&line));
	buf_release(&line);
}

/* Does the service say that the credentials are too old? */
static bool
have_expired(const struct aws_client *client, const struct aws_call *call)
{
	const char *code = client->error.code;

	return !call->is_unsigned &&
	       (strcmp(code, "ExpiredToken") == 0 ||
		       strcmp(code, "ExpiredTokenException") == 0 ||
		       strcmp(code, "RequestExpired") == 0);
}

/*
 * The last try was refused for credentials that have expired: with new ones
 * the same bytes are worth another, whatever is left of the usual tries.
 */
static enum end
renew(struct aws_client *client, const struct aws_call *call,
	struct course *course, struct err *err)
{
	const struct aws_host *host = client->host;
	struct err loading = ERR_INIT, refusal;
	int rc = client->load(client->load_context, &loading);

	course->reloaded = true;
	if (rc == 0) {
		course->retry.tries_most++;
		if (!call->as_sdk)
			host->talk(host->context,
				"the credentials have expired; trying again "
				"with new ones");
		return END_AGAIN;
	}
	if (rc < 0) {
		refusal = *err;
		err_set(err, refusal.code, "%s; loading them again failed: %s",
			refusal.message, loading.message);
	}
	return END_FINAL;
}

static enum end
try_once(struct aws_client *client, struct aws_call *call,
	struct course *course, struct err *err)
{
	const struct aws_host *host = client->host;
	struct http_answer answer;
	enum retry_reason reason;
	enum end end = END_FINAL;
	long delay;

	http_answer_init(&answer);
	if (call->is_secret)
		buf_reserve(&answer.body, call->answer_most);
	if (send_once(client, call, course, &answer, err) != 0)
		goto out;
	reason = judge(client, call, course, &answer, err);
	if (err->code == ERR_NONE) {
		client->tries = course->retry.tries + 1;
		retry_succeeded(&course->retry);
		end = END_DONE;
		goto out;
	}
	if (call->failed)
		call->failed(call->into, &answer);
	delay = retry_delay(&course->retry, reason, host->random(host->context),
		retry_after(&answer));
	client->tries = course->retry.tries;
	if (client->load && !course->reloaded && have_expired(client, call)) {
		end = renew(client, call, course, err);
		goto out;
	}
	if (delay < 0)
		goto out;
	if (!call->as_sdk)
		say_again(client, course, delay, err);
	end = END_AGAIN;
	if (host->wait(host->context, delay) != 0) {
		err_context(err, "interrupted while waiting to try again");
		if (!client->doubtful)
			err->code = ERR_NETWORK;
		end = END_FINAL;
	}
out:
	if (call->is_secret)
		buf_wipe(&answer.body);
	http_answer_release(&answer);
	return end;
}

/*
 * The last try's failure is in err. Where an earlier one may have been
 * accepted, that is what counts, whatever came later.
 */
static void
conclude(const struct aws_client *client, const struct aws_call *call,
	const struct course *course, struct err *err)
{
	if (call->as_sdk)
		return;
	if (!call->changes) {
		err_context(err, "%s", call->operation);
		return;
	}
	if (client->doubtful && !course->informed) {
		err->code = ERR_AMBIGUOUS;
		err->sys_errno = 0;
		err_context(err, "%s: nobody knows whether %s accepted it",
			call->operation, call->service_name);
		return;
	}
	if (course->informed)
		err_context(err, "%s", call->operation);
	else
		err_context(err, "%s: nothing was accepted", call->operation);
}

static int
make_path(struct course *course, const struct aws_call *call, struct err *err)
{
	buf_add(&course->path, course->place.base, course->place.base_len);
	buf_add(&course->path, buf_str(&call->path), call->path.len);
	if (buf_check(&call->path, err) != 0 ||
		buf_check(&call->query, err) != 0)
		return -1;
	return buf_check(&course->path, err);
}

int
aws_client_prepare(struct aws_client *client, struct err *err)
{
	if (!client->load || client->credentials->access_key)
		return 0;
	return client->load(client->load_context, err) < 0 ? -1 : 0;
}

/*
 * Credentials for a call that begins now. Where new ones can't be had for some
 * that are about to expire, these are good enough to try.
 */
static int
ready(struct aws_client *client, const struct aws_call *call,
	struct course *course, struct err *err)
{
	const struct aws_host *host = client->host;
	struct err loading = ERR_INIT;
	int64_t now;

	if (call->is_unsigned)
		return 0;
	if (aws_client_prepare(client, err) != 0)
		return -1;
	if (!client->load || client->credentials->expiry == 0)
		return 0;
	now = host->now(host->context) + client->clock_offset;
	if (client->credentials->expiry - now > EXPIRY_MARGIN)
		return 0;
	course->reloaded = true;
	client->load(client->load_context, &loading);
	return 0;
}

int
aws_call(struct aws_client *client, struct aws_call *call, struct err *err)
{
	struct course course = {.informed = false};
	enum end end = END_FINAL;

	client->tries = 0;
	client->doubtful = false;
	client->status = 0;
	client->date = 0;
	client->error = (struct service_error){.code = ""};
	retry_init(&course.retry, client->tries_most);
	buf_init(&course.path, URL_MOST);
	if (place_read(&course.place, client->endpoint, err) != 0 ||
		make_path(&course, call, err) != 0 ||
		ready(client, call, &course, err) != 0)
		goto out;
	do
		end = try_once(client, call, &course, err);
	while (end == END_AGAIN);
	if (end != END_DONE)
		conclude(client, call, &course, err);
out:
	buf_release(&course.path);
	place_release(&course.place);
	return end == END_DONE ? 0 : -1;
}
