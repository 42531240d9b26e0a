/*
 * A CloudFront in memory, in place of aws/http.c: it keeps what it was asked
 * to invalidate and answers as the service does, and each request can go wrong
 * in a way of its own. Its clock only moves when somebody waits.
 */
#ifndef UNIT_FAKE_CLOUDFRONT_H
#define UNIT_FAKE_CLOUDFRONT_H

#include <time.h>

#include "aws/cloudfront.h"
#include "tests/unit/fixture.h"

/*
 * What becomes of a request to create an invalidation. CloudFront carries out
 * those in upper case. Beyond the end of the script all is well.
 */
enum {
	ANSWERED = 'A', /* 201, or what the service says of its reference */
	ANSWER_LOST = 'L',
	ANSWER_CUT = 'C',
	ANSWER_UNREADABLE = 'U',
	ANSWER_OF_ANOTHER = 'O', /* about another batch */
	ERROR_THOUGH_DONE = 'E', /* 503 */
	USED_BY_ITSELF = 'K', /* the error of a reference that is used */
	USED_BY_ANOTHER = 'k', /* the same, of a batch that is not ours */
	NOT_SENT = 'n', /* no connection */
	REQUEST_LOST = 'l',
	SERVER_ERROR = 'e', /* 503 */
	TOO_MANY = 'm', /* TooManyInvalidationsInProgress */
	REFUSED = 'r', /* 403 */
};

struct fake_invalidation {
	char id[8], create_time[32];
	struct buf body; /* of the request */
	struct invalidation batch; /* the same, read */
};

static struct fake_cloudfront {
	struct fake_invalidation made[16]; /* oldest first */
	size_t count;
	const char *script; /* of requests to create */
	const char *read_script; /* of others: e, or anything else for none */
	bool reference_argument; /* the older error of a used reference */
	bool has_no_date;
	bool truncated; /* the list: only its newest three are shown */
	int posts, reads; /* requests of either kind */
	long long now; /* ms since 1970 */

	/* Called before a request to create; NULL for nobody. */
	void (*before_post)(const struct http_request *request);
} cloudfront_fake;

/* In place of base/clock.c. */
long long
clock_elapsed(void)
{
	return cloudfront_fake.now;
}

static inline void
fake_time(char out[32], const char *format)
{
	time_t seconds = (time_t)(cloudfront_fake.now / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	assert_true(strftime(out, 32, format, &tm) > 0);
}

static inline void
fake_make(const void *body, size_t len)
{
	struct fake_cloudfront *f = &cloudfront_fake;
	struct fake_invalidation *made = &f->made[f->count++];
	struct err err = ERR_INIT;

	assert_true(f->count <= COUNT(f->made));
	snprintf(made->id, sizeof(made->id), "I%zu", f->count);
	fake_time(made->create_time, "%Y-%m-%dT%H:%M:%S.123Z");
	buf_init(&made->body, 65536);
	buf_add(&made->body, body, len);
	assert_int_equal(
		invalidation_batch_read(&made->batch, body, len, &err), 0);
}

static inline void
fake_cloudfront_init(void)
{
	cloudfront_fake = (struct fake_cloudfront){
		.script = "",
		.read_script = "",
		.now = 1764410400000, /* 2025-11-29 10:00 UTC */
	};
}

static inline void
fake_cloudfront_release(void)
{
	struct fake_cloudfront *f = &cloudfront_fake;

	for (; f->count > 0; f->count--) {
		buf_release(&f->made[f->count - 1].body);
		invalidation_release(&f->made[f->count - 1].batch);
	}
}

/* ------------------------------------------------------------- responses */

static inline void
fake_error(struct http_response *response, long status, const char *code,
	const char *message)
{
	response->status = status;
	buf_clear(&response->body);
	buf_addf(&response->body,
		"<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code>"
		"<Message>%s</Message></Error><RequestId>r</RequestId>"
		"</ErrorResponse>",
		code, message);
}

static inline void
fake_failure(struct http_response *response, enum http_outcome outcome)
{
	response->outcome = outcome;
	response->failure = HTTP_FAILURE_CLOSED;
	snprintf(response->problem, sizeof(response->problem), "fake failure");
}

static inline void
fake_show(struct http_response *response, const struct fake_invalidation *made)
{
	size_t i;

	buf_addf(&response->body,
		"<Invalidation><Id>%s</Id><Status>InProgress</Status>"
		"<CreateTime>%s</CreateTime><InvalidationBatch><Paths>"
		"<Quantity>%zu</Quantity><Items>",
		made->id, made->create_time, made->batch.item_count);
	for (i = 0; i < made->batch.item_count; i++)
		buf_addf(&response->body, "<Path>%s</Path>",
			made->batch.items[i]);
	buf_addf(&response->body,
		"</Items></Paths><CallerReference>%s</CallerReference>"
		"</InvalidationBatch></Invalidation>",
		made->batch.caller_reference);
}

static inline void
fake_list(struct http_response *response)
{
	const struct fake_cloudfront *f = &cloudfront_fake;
	size_t shown = f->truncated && f->count > 3 ? 3 : f->count, i;

	buf_addf(&response->body,
		"<InvalidationList><IsTruncated>%s</IsTruncated>"
		"<Quantity>%zu</Quantity>%s<Items>",
		shown < f->count ? "true" : "false", shown,
		shown < f->count ? "<NextMarker>m</NextMarker>" : "");
	for (i = f->count; i > f->count - shown; i--)
		buf_addf(&response->body,
			"<InvalidationSummary><Id>%s</Id><CreateTime>%s"
			"</CreateTime><Status>Completed</Status>"
			"</InvalidationSummary>",
			f->made[i - 1].id, f->made[i - 1].create_time);
	buf_addstr(&response->body, "</Items></InvalidationList>");
}

/* The CallerReference is known with other paths. */
static inline void
fake_used(struct http_response *response)
{
	if (cloudfront_fake.reference_argument)
		fake_error(response, 400, "InvalidArgument",
			"Your caller reference is not unique.");
	else
		fake_error(response, 409, "InvalidationBatchAlreadyExists",
			"used");
}

/* As the service does: a reference is for one batch, whoever sends it. */
static inline void
fake_create(const struct http_request *request, struct http_response *response)
{
	struct fake_cloudfront *f = &cloudfront_fake;
	struct invalidation batch;
	struct err err = ERR_INIT;
	size_t i;

	assert_int_equal(invalidation_batch_read(&batch, request->body,
				 request->body_len, &err),
		0);
	for (i = 0; i < f->count; i++)
		if (strcmp(f->made[i].batch.caller_reference,
			    batch.caller_reference) == 0)
			break;
	invalidation_release(&batch);
	if (i < f->count && (f->made[i].body.len != request->body_len ||
				    memcmp(f->made[i].body.data, request->body,
					    request->body_len) != 0)) {
		fake_used(response);
		return;
	}
	if (i == f->count)
		fake_make(request->body, request->body_len);
	response->status = 201;
	fake_show(response, &f->made[i]);
}

static inline void
fake_post(const struct http_request *request, struct http_response *response)
{
	struct fake_cloudfront *f = &cloudfront_fake;
	int step = *f->script ? *f->script++ : ANSWERED;
	char *at;

	f->posts++;
	if (f->before_post)
		f->before_post(request);
	if (step >= 'A' && step <= 'Z')
		fake_create(request, response);
	switch (step) {
	case ANSWER_LOST:
	case REQUEST_LOST:
		response->status = 0;
		buf_clear(&response->body);
		fake_failure(response, HTTP_LOST);
		break;
	case ANSWER_CUT:
		buf_cut(&response->body, response->body.len / 2);
		fake_failure(response, HTTP_LOST);
		break;
	case ANSWER_UNREADABLE:
		buf_cut(&response->body, response->body.len / 2);
		break;
	case ANSWER_OF_ANOTHER:
		at = strstr(response->body.data, "<Path>/");
		assert_non_null(at);
		at[7] = 'z';
		break;
	case USED_BY_ITSELF:
	case USED_BY_ANOTHER:
		fake_used(response);
		break;
	case NOT_SENT:
		fake_failure(response, HTTP_NOT_SENT);
		break;
	case SERVER_ERROR:
	case ERROR_THOUGH_DONE:
		fake_error(response, 503, "ServiceUnavailable", "busy");
		break;
	case TOO_MANY:
		fake_error(response, 400, "TooManyInvalidationsInProgress",
			"wait");
		break;
	case REFUSED:
		fake_error(response, 403, "AccessDenied", "no");
		break;
	default:
		assert_int_equal(step, ANSWERED);
	}
}

static inline void
fake_get(const struct http_request *request, struct http_response *response)
{
	const struct fake_cloudfront *f = &cloudfront_fake;
	const char *id = strstr(request->url, "/invalidation");
	size_t i;

	assert_non_null(id);
	id += strlen("/invalidation");
	if (*id != '/') {
		fake_list(response);
		return;
	}
	for (i = 0; i < f->count; i++)
		if (strcmp(f->made[i].id, id + 1) == 0) {
			fake_show(response, &f->made[i]);
			return;
		}
	fake_error(response, 404, "NoSuchInvalidation", "none");
}

/* ------------------------------------------------ in place of aws/http.c */

struct http {
	int unused;
};

int
http_open(
	struct http **http, const struct http_options *options, struct err *err)
{
	(void)http, (void)options;
	return err_set(err, ERR_BUG, "there is no network here");
}

void
http_close(struct http *http)
{
	(void)http;
}

int
http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	struct fake_cloudfront *f = &cloudfront_fake;
	char date[32];

	(void)http, (void)err;
	response->outcome = HTTP_ANSWERED;
	response->status = 200;
	fake_time(date, "%a, %d %b %Y %H:%M:%S GMT");
	if (!f->has_no_date)
		buf_addf(&response->head, "Date: %s\r\n", date);
	f->reads += strcmp(request->method, "POST") != 0;
	if (strcmp(request->method, "POST") == 0)
		fake_post(request, response);
	else if (*f->read_script && *f->read_script++ == SERVER_ERROR)
		fake_error(response, 503, "ServiceUnavailable", "busy");
	else
		fake_get(request, response);
	return 0;
}

/* ------------------------------------------------------------- a client */

static inline int64_t
fake_now(void *context)
{
	(void)context;
	return cloudfront_fake.now / 1000;
}

static inline double
fake_random(void *context)
{
	(void)context;
	return 0.5;
}

static inline int
fake_wait(void *context, long milliseconds)
{
	(void)context;
	cloudfront_fake.now += milliseconds;
	return 0;
}

static inline void
fake_log(void *context, const char *line)
{
	(void)context, (void)line;
}

/* Examples, not secrets. */
static char fake_access_key[] = "AKIDEXAMPLE";
static char fake_secret_key[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
static const struct credentials fake_credentials = {
	.access_key = fake_access_key, .secret_key = fake_secret_key};
static const struct aws_system fake_system = {
	.now = fake_now,
	.random = fake_random,
	.wait = fake_wait,
	.log = fake_log,
};
static struct http fake_http;

static inline struct cloudfront
fake_client(void)
{
	return (struct cloudfront){
		.client =
			{
				.http = &fake_http,
				.system = &fake_system,
				.credentials = &fake_credentials,
				.endpoint = "https://cloudfront.example",
				.service = "cloudfront",
				.region = "us-east-1",
				.max_attempts = 3,
			},
	};
}

#endif
