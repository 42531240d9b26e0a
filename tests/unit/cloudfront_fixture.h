/* A server that plays a script of answers, and a client for it. */
#ifndef UNIT_CLOUDFRONT_FIXTURE_H
#define UNIT_CLOUDFRONT_FIXTURE_H

#include <signal.h>
#include <sys/wait.h>

#include "aws/cloudfront.h"
#include "tests/unit/fixture.h"

enum {
	ANSWERS_MAX = 3,
	WAITS_MAX = 4,
	NOW = 1440938160, /* Sun, 30 Aug 2015 12:36:00 GMT */
};

/* What one connection gets; past the script's end all are reset. */
struct answer {
	enum {
		RESET,
		WHOLE,
		CUT, /* shorter than its Content-Length */
	} how;
	const char *status; /* as in the status line */
	const char *head; /* more header lines, each ended by CR LF; or NULL */
	const char *body;
};

static struct cloudfront_fixture {
	pid_t server;
	int record; /* each request the server got, and a NUL */
	struct http *http;
	struct aws_system host;
	struct cloudfront cf;
	char endpoint[64];
	long waits[WAITS_MAX];
	size_t wait_count;
	bool impatient; /* the wait is interrupted */
	struct buf said; /* a line each */
	struct buf requests;
} t;

/* The server's process: read a request, head and body. */
static inline void
read_request(int fd, struct buf *request)
{
	const char *head_end = NULL, *length;
	char piece[4096];
	size_t whole = 0;
	ssize_t n;

	buf_clear(request);
	while (!head_end || request->len < whole) {
		n = read(fd, piece, sizeof(piece));
		if (n <= 0)
			_exit(1);
		buf_add(request, piece, (size_t)n);
		head_end = strstr(buf_str(request), "\r\n\r\n");
		length = strstr(buf_str(request), "\r\nContent-Length: ");
		if (head_end)
			whole = (size_t)(head_end + 4 - request->data);
		if (head_end && length && length < head_end)
			whole += strtoul(length + 18, NULL, 10);
	}
	buf_addch(request, '\0');
}

static inline void
give(int fd, const struct answer *answer)
{
	static const struct linger reset = {1, 0};
	struct buf text;

	if (answer->how == RESET) {
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
		return;
	}
	buf_init(&text, 65536);
	buf_addf(&text, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
		answer->status, answer->head ? answer->head : "",
		strlen(answer->body) + (answer->how == CUT ? 1 : 0),
		answer->body);
	if (write(fd, text.data, text.len) != (ssize_t)text.len)
		_exit(1);
	buf_release(&text);
}

static inline void
serve(int listener, int record, const struct answer *script, size_t count)
{
	static const struct answer past_the_end = {.how = RESET};
	struct buf request;
	size_t i;
	int fd;

	alarm(60);
	buf_init(&request, 65536);
	for (i = 0;; i++) {
		fd = accept(listener, NULL, NULL);
		if (fd < 0)
			_exit(1);
		read_request(fd, &request);
		if (write(record, request.data, request.len) < 0)
			_exit(1);
		give(fd, i < count ? &script[i] : &past_the_end);
		close(fd);
	}
}

static inline void
start_server(const struct answer *script, size_t count)
{
	int listener, record[2];
	unsigned port;

	listener = listen_on_loopback(&port);
	snprintf(t.endpoint, sizeof(t.endpoint), "http://127.0.0.1:%u", port);
	assert_int_equal(pipe(record), 0);
	t.server = fork();
	assert_true(t.server >= 0);
	if (t.server == 0) {
		close(record[0]);
		serve(listener, record[1], script, count);
	}
	close(listener);
	close(record[1]);
	t.record = record[0];
}

/* The requests that were got, as texts. Ends the server. */
static inline size_t
stop_server(const char **requests, size_t most)
{
	char piece[4096];
	size_t count = 0, at;
	ssize_t n;

	kill(t.server, SIGKILL);
	waitpid(t.server, NULL, 0);
	t.server = 0;
	buf_clear(&t.requests);
	while ((n = read(t.record, piece, sizeof(piece))) > 0)
		buf_add(&t.requests, piece, (size_t)n);
	close(t.record);
	for (at = 0; at < t.requests.len; count++) {
		if (count < most)
			requests[count] = t.requests.data + at;
		at += strlen(t.requests.data + at) + 1;
	}
	return count;
}

static inline int64_t
fake_now(void *context)
{
	(void)context;
	return NOW;
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
	struct cloudfront_fixture *f = context;

	assert_true(f->wait_count < WAITS_MAX);
	f->waits[f->wait_count++] = milliseconds;
	return f->impatient ? -1 : 0;
}

static inline void
fake_log(void *context, const char *line)
{
	struct cloudfront_fixture *f = context;

	buf_addf(&f->said, "%s\n", line);
}

/* An example, not a secret. */
static char access_key[] = "AKIDEXAMPLE";
static char secret_key[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
static const struct credentials credentials = {
	.access_key = access_key, .secret_key = secret_key};

static inline int
set_up(void **state)
{
	static const struct http_options options = {
		.connect_timeout = 5, .read_timeout = 5, .user_agent = "t"};
	struct err err = ERR_INIT;

	(void)state;
	t = (struct cloudfront_fixture){.server = 0};
	t.host = (struct aws_system){
		.now = fake_now,
		.random = fake_random,
		.wait = fake_wait,
		.log = fake_log,
		.context = &t,
	};
	t.cf = (struct cloudfront){
		.client =
			{
				.system = &t.host,
				.credentials = &credentials,
				.endpoint = t.endpoint,
				.service = "cloudfront",
				.region = "us-east-1",
				.max_attempts = 3,
			},
	};
	buf_init(&t.said, 65536);
	buf_init(&t.requests, 65536);
	if (setenv("no_proxy", "*", 1) != 0 ||
		http_open(&t.http, &options, &err) != 0)
		return -1;
	t.cf.client.http = t.http;
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	if (t.server > 0) {
		kill(t.server, SIGKILL);
		waitpid(t.server, NULL, 0);
		close(t.record);
	}
	http_close(t.http);
	buf_release(&t.said);
	buf_release(&t.requests);
	return 0;
}

#define WITH_HOST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#define ERROR(code, message)                                   \
	"<ErrorResponse><Error><Type>Sender</Type><Code>" code \
	"</Code><Message>" message                             \
	"</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
#define INVALIDATION                                              \
	"<Invalidation><Id>I1</Id><Status>InProgress</Status>"    \
	"<CreateTime>2015-08-30T12:36:00Z</CreateTime>"           \
	"<InvalidationBatch><Paths><Quantity>1</Quantity><Items>" \
	"<Path>/a</Path></Items></Paths><CallerReference>ref-1"   \
	"</CallerReference></InvalidationBatch></Invalidation>"

#endif
