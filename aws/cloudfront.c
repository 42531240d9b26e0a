/* The three calls: each is signed and sent anew until its fate is known. */
#include "aws/cloudfront.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/retry.h"
#include "aws/sigv4.h"

enum {
	URL_MOST = 16 * 1024,
	HEAD_MOST = 256 * 1024, /* signed headers; a session token has 1 KiB */
	HEADERS_MOST = 8,
};

/* The endpoint, taken apart. */
struct place {
	char *root; /* scheme://host:port as given */
	char *host; /* for Host: lower case, a default port dropped */
	const char *base; /* path before the API's, "" or "/x" */
};

struct call {
	const char *operation; /* as the API and its IAM action are named */
	const char *distribution;
	struct buf path, query;
	const void *body; /* NULL: a GET */
	size_t body_len;
	struct invalidation *one; /* the answer: either of the two */
	struct invalidation_list *list;
};

/* How the tries of a call go. */
struct course {
	struct retry retry;
	struct place place;
	bool doubtful; /* a try may have been accepted */
	bool replay; /* the last answer: reference used before */
};

/* One try's end. */
enum end {
	END_DONE,
	END_AGAIN,
	END_FINAL,
};

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

static void
add_encoded(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (is_unreserved(*text))
			buf_addch(out, *text);
		else
			buf_addf(out, "%%%02X",
				(unsigned int)(unsigned char)*text);
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
	return 0;
}

/* Append /2020-05-31/distribution/ID/invalidation behind the base path. */
static int
begin_path(struct call *call, const struct place *place, struct err *err)
{
	const char *id = call->distribution;
	size_t base_len = strlen(place->base);

	if (!id[0] || strcmp(id, ".") == 0 || strcmp(id, "..") == 0)
		return err_set(err, ERR_USAGE, "no distribution id");
	while (base_len > 0 && place->base[base_len - 1] == '/')
		base_len--;
	buf_add(&call->path, place->base, base_len);
	buf_addstr(&call->path, "/2020-05-31/distribution/");
	add_encoded(&call->path, id);
	buf_addstr(&call->path, "/invalidation");
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
sign(struct buf *lines, const struct cloudfront *cf, const struct call *call,
	const struct place *place, struct err *err)
{
	static const char *const typed[] = {"Content-Type: text/xml"};
	const struct aws_host *host = cf->host;
	struct sigv4_request request = {
		.method = call->body ? "POST" : "GET",
		.host = place->host,
		.path = buf_str(&call->path),
		.query = buf_str(&call->query),
		.headers = typed,
		.header_count = call->body ? 1 : 0,
		.body = call->body,
		.body_len = call->body_len,
		.region = cf->region,
		.service = "cloudfront",
	};

	buf_addf(lines, "Host: %s", place->host);
	buf_addch(lines, '\0');
	if (call->body)
		buf_add(lines, typed[0], strlen(typed[0]) + 1);
	return sigv4_sign(lines, &request, cf->credentials,
		host->now(host->context) + cf->clock_offset, err);
}

static int
send_once(struct cloudfront *cf, const struct call *call,
	const struct place *place, struct http_answer *answer, struct err *err)
{
	const char *headers[HEADERS_MOST];
	struct http_request request = {
		.method = call->body ? "POST" : "GET",
		.headers = headers,
		.body = call->body,
		.body_len = call->body_len,
	};
	struct buf lines, url;
	int rc = -1;

	buf_init(&lines, HEAD_MOST);
	buf_init(&url, URL_MOST);
	buf_addf(&url, "%s%s%s%s", place->root, buf_str(&call->path),
		call->query.len > 0 ? "?" : "", buf_str(&call->query));
	if (buf_check(&url, err) != 0 ||
		sign(&lines, cf, call, place, err) != 0)
		goto out;
	request.url = url.data;
	request.header_count = list_headers(headers, &lines);
	rc = http_send(cf->http, &request, answer, err);
out:
	buf_wipe(&lines);
	buf_release(&url);
	return rc;
}

static int
read_answer(const struct call *call, const struct http_answer *answer,
	struct err *err)
{
	const char *body = buf_str(&answer->body);
	size_t len = answer->body.len;
	int rc;

	if (call->list) {
		rc = xml_read_list(call->list, body, len, err);
		if (rc != 0)
			invalidation_list_release(call->list);
	} else {
		rc = xml_read_invalidation(call->one, body, len, err);
		if (rc != 0)
			invalidation_release(call->one);
	}
	return rc;
}

static bool
contains_nocase(const char *text, const char *wanted)
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

bool
cloudfront_reference_was_used(const struct service_error *error)
{
	if (strcmp(error->code, "InvalidationBatchAlreadyExists") == 0)
		return true;
	return strcmp(error->code, "InvalidArgument") == 0 &&
	       (contains_nocase(error->message, "caller reference") ||
		       contains_nocase(error->message, "callerreference"));
}

/* What the user can do about it, appended to the message. */
static void
add_remedy(struct buf *out, const struct call *call, const char *code)
{
	const char *id = call->distribution;

	if (strcmp(code, "AccessDenied") == 0)
		buf_addf(out,
			": the credentials lack cloudfront:%s on distribution "
			"%s",
			call->operation, id);
	else if (strcmp(code, "NoSuchDistribution") == 0)
		buf_addf(out,
			": distribution %s does not exist in this account: "
			"check --distribution-id and the credentials' account",
			id);
	else if (strcmp(code, "TooManyInvalidationsInProgress") == 0)
		buf_addstr(out, ": at most 3,000 paths and 15 wildcards can be "
				"in progress for a distribution: run again "
				"when earlier invalidations are completed");
	else if (strncmp(code, "ExpiredToken", 12) == 0)
		buf_addstr(out, ": the session token has expired: get new "
				"credentials and run again");
	else if (strcmp(code, "InvalidClientTokenId") == 0 ||
		 strcmp(code, "UnrecognizedClientException") == 0)
		buf_addstr(out, ": AWS does not know the access key: check "
				"AWS_ACCESS_KEY_ID, and AWS_SESSION_TOKEN for "
				"temporary keys");
	else if (strcmp(code, "SignatureDoesNotMatch") == 0)
		buf_addstr(out, ": the secret key is not that of the access "
				"key, or a proxy changes requests");
	else if (strcmp(code, "RequestTimeTooSkewed") == 0)
		buf_addstr(out, ": set this machine's clock");
}

/* The clock may also be reported as a bad signature. */
static const char *
effective_code(const struct service_error *error)
{
	if (strcmp(error->code, "SignatureDoesNotMatch") == 0 &&
		(contains_nocase(error->message, "signature expired") ||
			contains_nocase(
				error->message, "signature not yet current")))
		return "RequestTimeTooSkewed";
	return error->code;
}

/* "503 ServiceUnavailable: its message (request id ...)" into err. */
static int
refused(const struct cloudfront *cf, const struct call *call, struct err *err)
{
	const struct service_error *e = &cf->error;
	struct buf text;
	int rc;

	buf_init(&text, sizeof(err->message));
	if (strtol(e->code, NULL, 10) != cf->status)
		buf_addf(&text, "%ld ", cf->status);
	buf_addf(&text, "%s: %s", e->code, e->message);
	if (e->request_id[0])
		buf_addf(&text, " (request id %s)", e->request_id);
	add_remedy(&text, call, effective_code(e));
	rc = err_set(err, ERR_SERVICE, "%s", buf_str(&text));
	buf_release(&text);
	return rc;
}

static void
note_error(struct cloudfront *cf, const struct http_answer *answer)
{
	struct service_error *e = &cf->error;
	char id[sizeof(e->request_id)];

	xml_read_error(e, cf->status, buf_str(&answer->body), answer->body.len);
	if (e->request_id[0])
		return;
	if (http_answer_header(answer, "x-amzn-requestid", id, sizeof(id)) ||
		http_answer_header(answer, "x-amz-request-id", id, sizeof(id)))
		memcpy(e->request_id, id, sizeof(id));
}

/* Set the offset from the answer's Date; false where that can't help. */
static bool
correct_clock(struct cloudfront *cf, const struct http_answer *answer)
{
	int64_t date;

	if (!http_answer_date(answer, &date))
		return false;
	cf->clock_offset = date - cf->host->now(cf->host->context);
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

/*
 * What an answer means: done, or its failure in err and why to try again.
 * Only 200 and 201 with the document they promise are an acceptance; any
 * other 2xx or a 5xx leaves it open; the rest is a refusal.
 */
static enum retry_reason
judge(struct cloudfront *cf, const struct call *call, struct course *course,
	const struct http_answer *answer, struct err *err)
{
	enum retry_reason reason;

	cf->status = answer->status;
	course->replay = false;
	cf->error = (struct service_error){.code = ""};
	if (answer->outcome != HTTP_ANSWERED) {
		course->doubtful |= answer->outcome == HTTP_LOST;
		err_set(err, ERR_NETWORK, "%s", answer->problem);
		return answer->interrupted ? RETRY_NO : RETRY_TRANSIENT;
	}
	if (answer->status >= 200 && answer->status < 300) {
		if (answer->status <= 201 &&
			read_answer(call, answer, err) == 0) {
			err->code = ERR_NONE;
			return RETRY_NO;
		}
		course->doubtful = true;
		if (answer->status > 201)
			err_set(err, ERR_SERVICE, "unexpected status");
		err_context(err, "cannot use the answer, status %ld",
			answer->status);
		return err->code == ERR_MEMORY ? RETRY_NO : RETRY_TRANSIENT;
	}
	note_error(cf, answer);
	refused(cf, call, err);
	course->doubtful |= answer->status >= 500;
	course->replay = answer->status < 500 &&
			 cloudfront_reference_was_used(&cf->error);
	reason = retry_classify(
		HTTP_ANSWERED, answer->status, effective_code(&cf->error));
	if (reason == RETRY_CLOCK &&
		(course->retry.clock_corrected || !correct_clock(cf, answer)))
		return RETRY_NO;
	return reason;
}

static void
say_again(const struct cloudfront *cf, const struct course *course, long delay,
	const struct err *err)
{
	struct buf line;

	buf_init(&line, 4096);
	buf_addf(&line, "try %d of %d failed: %s; trying again in %ld.%02ld s",
		course->retry.tries, course->retry.tries_most, err->message,
		delay / 1000, delay % 1000 / 10);
	cf->host->talk(cf->host->context, buf_str(&line));
	buf_release(&line);
}

static enum end
try_once(struct cloudfront *cf, const struct call *call, struct course *course,
	struct err *err)
{
	const struct aws_host *host = cf->host;
	struct http_answer answer;
	enum retry_reason reason;
	enum end end = END_FINAL;
	long delay;

	http_answer_init(&answer);
	if (send_once(cf, call, &course->place, &answer, err) != 0)
		goto out;
	reason = judge(cf, call, course, &answer, err);
	if (err->code == ERR_NONE) {
		cf->tries = course->retry.tries + 1;
		retry_succeeded(&course->retry);
		if (!http_answer_header(&answer, "Location", cf->location,
			    sizeof(cf->location)))
			cf->location[0] = '\0';
		end = END_DONE;
		goto out;
	}
	delay = retry_delay(&course->retry, reason, host->random(host->context),
		retry_after(&answer));
	cf->tries = course->retry.tries;
	if (delay < 0)
		goto out;
	say_again(cf, course, delay, err);
	end = END_AGAIN;
	if (host->wait(host->context, delay) != 0) {
		err_context(err, "interrupted while waiting to try again");
		if (!course->doubtful)
			err->code = ERR_NETWORK;
		end = END_FINAL;
	}
out:
	http_answer_release(&answer);
	return end;
}

/*
 * The last try's failure is in err. Where an earlier one may have been
 * accepted, that is what counts, whatever came later.
 */
static void
conclude(const struct call *call, const struct course *course, struct err *err)
{
	if (!call->body) {
		err_context(err, "%s", call->operation);
		return;
	}
	if (course->doubtful && !course->replay) {
		err->code = ERR_AMBIGUOUS;
		err->sys_errno = 0;
		err_context(err,
			"%s: nobody knows whether CloudFront accepted it",
			call->operation);
		return;
	}
	err_context(err, "%s: %s", call->operation,
		course->replay ? "the caller reference was used before"
			       : "nothing was accepted");
}

static int
run(struct cloudfront *cf, struct call *call, struct course *course,
	struct err *err)
{
	enum end end;

	if (buf_check(&call->path, err) != 0 ||
		buf_check(&call->query, err) != 0)
		return -1;
	retry_init(&course->retry, cf->tries_most);
	cf->tries = 0;
	cf->status = 0;
	cf->error = (struct service_error){.code = ""};
	cf->location[0] = '\0';
	do
		end = try_once(cf, call, course, err);
	while (end == END_AGAIN);
	if (end == END_DONE)
		return 0;
	conclude(call, course, err);
	return -1;
}

static void
call_init(struct call *call, const char *operation, const char *distribution)
{
	*call = (struct call){
		.operation = operation, .distribution = distribution};
	buf_init(&call->path, URL_MOST);
	buf_init(&call->query, URL_MOST);
}

static void
call_release(struct call *call, struct course *course)
{
	buf_release(&call->path);
	buf_release(&call->query);
	place_release(&course->place);
}

int
cloudfront_create_invalidation(struct cloudfront *cf, const char *distribution,
	const void *body, size_t len, struct invalidation *out, struct err *err)
{
	struct course course = {.doubtful = false};
	struct call call;
	int rc = -1;

	*out = (struct invalidation){.id = NULL};
	call_init(&call, "CreateInvalidation", distribution);
	call.body = body;
	call.body_len = len;
	call.one = out;
	if (place_read(&course.place, cf->endpoint, err) == 0 &&
		begin_path(&call, &course.place, err) == 0)
		rc = run(cf, &call, &course, err);
	call_release(&call, &course);
	return rc;
}

int
cloudfront_get_invalidation(struct cloudfront *cf, const char *distribution,
	const char *id, struct invalidation *out, struct err *err)
{
	struct course course = {.doubtful = false};
	struct call call;
	int rc = -1;

	*out = (struct invalidation){.id = NULL};
	call_init(&call, "GetInvalidation", distribution);
	call.one = out;
	if (!id[0] || strcmp(id, ".") == 0 || strcmp(id, "..") == 0) {
		err_set(err, ERR_USAGE, "no invalidation id");
	} else if (place_read(&course.place, cf->endpoint, err) == 0 &&
		   begin_path(&call, &course.place, err) == 0) {
		buf_addch(&call.path, '/');
		add_encoded(&call.path, id);
		rc = run(cf, &call, &course, err);
	}
	call_release(&call, &course);
	return rc;
}

int
cloudfront_list_invalidations(struct cloudfront *cf, const char *distribution,
	const char *marker, long items_most, struct invalidation_list *out,
	struct err *err)
{
	struct course course = {.doubtful = false};
	struct call call;
	int rc = -1;

	*out = (struct invalidation_list){.list = NULL};
	call_init(&call, "ListInvalidations", distribution);
	call.list = out;
	if (marker) {
		buf_addstr(&call.query, "Marker=");
		add_encoded(&call.query, marker);
	}
	if (items_most > 0)
		buf_addf(&call.query, "%sMaxItems=%ld", marker ? "&" : "",
			items_most);
	if (place_read(&course.place, cf->endpoint, err) == 0 &&
		begin_path(&call, &course.place, err) == 0)
		rc = run(cf, &call, &course, err);
	call_release(&call, &course);
	return rc;
}
