/*
 * One HTTP request and its answer, by libcurl: no redirects, TLS 1.2 or newer
 * and verified, time limits, a capped answer. Retries stand above this.
 */
#ifndef AWS_HTTP_H
#define AWS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	/* Seconds for a request and its answer, however they drip, and bytes
	 * of a body: what holds where the request has no limit of its own. */
	REQUEST_SECONDS_MAX = 300,

	/* 3,000 paths of 4,000 characters, escaped. */
	ANSWER_MAX = 64 * 1024 * 1024,
};

/* What is known of a request that came back without a whole answer. */
enum http_outcome {
	HTTP_ANSWERED, /* a whole answer: status and body are set */
	HTTP_NOT_SENT, /* no connection: the server has seen nothing */
	HTTP_LOST, /* sent, or in part: the server may have acted on it */
};

/* Why there was no whole answer, as far as that can be told. */
enum http_reason {
	HTTP_REASON_OTHER,
	HTTP_REASON_UNREACHABLE, /* no such host, or nobody listens */
	HTTP_REASON_CONNECT_SLOW,
	HTTP_REASON_SLOW,
	HTTP_REASON_CLOSED, /* by the other side */
	HTTP_REASON_UNTRUSTED, /* TLS, the certificate */
};

struct http_options {
	const char *ca_bundle; /* a file of PEM, or NULL for the system's */
	bool unverified; /* take any certificate */
	long connect_timeout; /* seconds */
	long read_timeout; /* seconds without a byte before giving up */
	const char *user_agent;
	/* Is it time to stop? Asked before a request and during it. */
	bool (*interrupted)(void *context); /* NULL for never */
	void *context;
};

struct http_request {
	const char *operation; /* what it asks for, for a trace; or NULL */
	const char *method; /* GET, POST, PUT */
	const char *url;
	const char *const *headers; /* "Name: value", sent as they are */
	size_t header_count;
	const void *body;
	size_t body_len; /* sent as Content-Length, rewound for each try */
	size_t answer_max; /* bytes of body; 0 for ANSWER_MAX */
	long time_max; /* seconds; 0 for REQUEST_SECONDS_MAX */
	bool direct; /* through no proxy, whatever the environment says */
};

struct http_answer {
	enum http_outcome outcome;
	enum http_reason reason; /* where not answered */
	long status;
	long milliseconds; /* from the first look at the host's name */
	struct buf head; /* header lines of the final answer, as received */
	struct buf body;
	char problem[512]; /* where not answered: what went wrong, one line */
	bool interrupted; /* not answered because the user stopped it */
};

/*
 * What is kept between requests: TLS sessions and names resolved, not the
 * connection. libcurl sends a request again by itself where a reused
 * connection turns out dead; each send has to be one that is accounted for.
 */
struct http;

int http_open(struct http **http, const struct http_options *options,
	struct err *err);
void http_close(struct http *http);

/*
 * Send, wait, fill in the answer (init before, release after). 0 whatever the
 * outcome; -1 only for faults on our side (memory, a URL that is none).
 */
int http_send(struct http *http, const struct http_request *request,
	struct http_answer *answer, struct err *err);

void http_answer_init(struct http_answer *answer);
void http_answer_release(struct http_answer *answer);

/* A header's value, trimmed, into `out`: false where absent or too long. */
bool http_answer_header(const struct http_answer *answer, const char *name,
	char *out, size_t size);

/* When the server made the answer, by its Date: seconds since 1970 UTC. */
bool http_answer_date(const struct http_answer *answer, int64_t *out);

#endif
