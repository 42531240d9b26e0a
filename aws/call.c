/* Makes one API call: each try is signed, sent and judged. */
#include "aws/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/judge.h"
#include "aws/place.h"
#include "aws/retry.h"
#include "aws/sigv4.h"

enum {
	URL_MAX = 16 * 1024,
	HEADERS_SIZE_MAX =
		256 * 1024, /* signed headers; a session token has 1 KiB */
	SIGNED_USUAL = 8 * 1024,
	HEADERS_MAX = 12,
};

/* How the tries of a call go. */
struct course {
	struct retry retry;
	struct aws_place place;
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
	buf_init(&call->path, URL_MAX);
	buf_init(&call->query, URL_MAX);
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

static size_t
list_headers(const char **headers, const struct buf *lines)
{
	const char *p = buf_str(lines), *end = p + lines->len;
	size_t count = 0;

	for (; p < end && count < HEADERS_MAX; p += strlen(p) + 1)
		headers[count++] = p;
	return count;
}

static int
sign(struct buf *lines, const struct aws_client *client,
	const struct aws_call *call, const struct course *course,
	struct err *err)
{
	const struct aws_system *system = client->system;
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
		system->now(system->context) + client->clock_offset, err);
}

static int
send_once(struct aws_client *client, const struct aws_call *call,
	const struct course *course, struct http_answer *answer,
	struct err *err)
{
	const char *headers[HEADERS_MAX];
	struct http_request request = {
		.operation = call->operation,
		.method = call->method,
		.headers = headers,
		.body = call->body,
		.body_len = call->body_len,
		.answer_max = call->answer_max,
		.time_max = call->time_max,
	};
	struct buf lines, url;
	int rc = -1;

	buf_init(&lines, HEADERS_SIZE_MAX);
	buf_init(&url, URL_MAX);
	buf_addf(&url, "%s%s%s%s", course->place.root, buf_str(&course->path),
		call->query.len > 0 ? "?" : "", buf_str(&call->query));
	if (buf_check(&url, err) != 0 ||
		sign(&lines, client, call, course, err) != 0)
		goto out;
	request.url = url.data;
	request.header_count = list_headers(headers, &lines);
	rc = http_send(client->http, &request, answer, err);
	if (client->system->trace)
		client->system->trace(
			client->system->context, &request, answer);
out:
	buf_wipe(&lines);
	buf_release(&url);
	return rc;
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

static void
say_again(const struct aws_client *client, const struct course *course,
	long delay, const struct err *err)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_addf(&line, "try %d of %d failed: %s; trying again in %ld.%02ld s",
		course->retry.tries, course->retry.max_attempts, err->message,
		delay / 1000, delay % 1000 / 10);
	client->system->log(client->system->context, buf_str(&line));
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
	const struct aws_system *system = client->system;
	struct err loading = ERR_INIT, refusal;
	int rc = client->load(client->load_context, &loading);

	course->reloaded = true;
	if (rc == 0) {
		course->retry.max_attempts++;
		if (!call->as_sdk)
			system->log(system->context,
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
	const struct aws_system *system = client->system;
	struct http_answer answer;
	enum retry_reason reason;
	enum end end = END_FINAL;
	long delay;

	http_answer_init(&answer);
	if (call->is_secret)
		buf_reserve(&answer.body, call->answer_max);
	if (send_once(client, call, course, &answer, err) != 0)
		goto out;
	reason = aws_judge(client, call, course->retry.clock_corrected,
		&course->informed, &answer, err);
	if (err->code == ERR_NONE) {
		client->tries = course->retry.tries + 1;
		retry_succeeded(&course->retry);
		end = END_DONE;
		goto out;
	}
	if (call->failed)
		call->failed(call->into, &answer);
	delay = retry_delay(&course->retry, reason,
		system->random(system->context), retry_after(&answer));
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
	if (system->wait(system->context, delay) != 0) {
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
	const struct aws_system *system = client->system;
	struct err loading = ERR_INIT;
	int64_t now;

	if (call->is_unsigned)
		return 0;
	if (aws_client_prepare(client, err) != 0)
		return -1;
	if (!client->load || client->credentials->expiry == 0)
		return 0;
	now = system->now(system->context) + client->clock_offset;
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
	retry_init(&course.retry, client->max_attempts);
	buf_init(&course.path, URL_MAX);
	if (aws_place_read(&course.place, client->endpoint, err) != 0 ||
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
	aws_place_release(&course.place);
	return end == END_DONE ? 0 : -1;
}
