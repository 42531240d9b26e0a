/*
 * Responses: a server of one thread sends the input as its answer. What comes of it is
 * an answer with a status and a head of whole lines, in which each header is found
 * that a plain search finds, or it is a problem in one line; never a failure on our
 * side.
 */
#include "tests/fuzz/fuzz.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <strings.h>
#include <sys/socket.h>

#include "aws/http.h"

/* What the server sends next. */
static const uint8_t *answer;
static size_t answer_size;
static sem_t sent_all; /* a request may end before all was sent */
static int listener = -1;
static char url[64];
static struct http *http;

static void *
serve(void *context)
{
	static char request[4096];
	int fd;

	(void)context;
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		size_t sent = 0;
		ssize_t n = recv(fd, request, sizeof(request), 0);

		while (n > 0 && sent < answer_size) {
			n = send(fd, answer + sent, answer_size - sent,
				MSG_NOSIGNAL);
			sent += n > 0 ? (size_t)n : 0;
		}
		HOLDS(sem_post(&sent_all) == 0);
		shutdown(fd, SHUT_WR);
		while (recv(fd, request, sizeof(request), 0) > 0)
			;
		close(fd);
	}
	return NULL;
}

static void
start(void)
{
	struct http_options options = {.connect_timeout = 20,
		.read_timeout = 20,
		.user_agent = "fuzz"};
	struct err err = ERR_INIT;
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t len = sizeof(a);
	pthread_t thread;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	HOLDS(listener >= 0);
	HOLDS(bind(listener, (struct sockaddr *)&a, len) == 0);
	HOLDS(getsockname(listener, (struct sockaddr *)&a, &len) == 0);
	HOLDS(listen(listener, 16) == 0);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/x", ntohs(a.sin_port));
	HOLDS(sem_init(&sent_all, 0, 0) == 0);
	HOLDS(pthread_create(&thread, NULL, serve, NULL) == 0);
	HOLDS(pthread_detach(thread) == 0);
	HOLDS(http_open(&http, &options, &err) == 0);
}

/* The value of the first ETag, by a plain search; false if there is none. */
static bool
find_etag(const char *head, char *out, size_t size)
{
	const char *end;
	size_t len;

	for (; *head; head = end + (*end == '\n')) {
		end = strchrnul(head, '\n');
		if (strncasecmp(head, "ETag:", 5) != 0)
			continue;
		for (head += 5; *head == ' ' || *head == '\t';)
			head++;
		len = head < end ? (size_t)(end - head) : 0;
		while (len > 0 && strchr(" \t\r", head[len - 1]))
			len--;
		if (len >= size)
			return false;
		memcpy(out, head, len);
		out[len] = '\0';
		return true;
	}
	return false;
}

static void
check_head(const struct http_response *response)
{
	char value[1024], plain[1024];
	int64_t date;
	bool found =
		http_response_header(response, "etag", value, sizeof(value));

	HOLDS(found ==
		find_etag(buf_str(&response->head), plain, sizeof(plain)));
	HOLDS(!found || strcmp(value, plain) == 0);
	if (http_response_date(response, &date))
		HOLDS(date > 0);
}

/* Make a request, of which these bytes are the answer. */
static void
ask(const void *bytes, size_t size)
{
	struct http_request request = {.method = "GET",
		.url = url,
		.response_max = 1024 * 1024,
		.direct = true};
	struct http_response response;
	struct err err = ERR_INIT;

	answer = bytes;
	answer_size = size;
	http_response_init(&response);
	HOLDS(http_send(http, &request, &response, &err) == 0);
	HOLDS(sem_wait(&sent_all) == 0);
	if (response.outcome == HTTP_ANSWERED) {
		HOLDS(response.status >= 200 && response.status < 1000);
		HOLDS(response.body.len <= size);
		check_head(&response);
	} else {
		HOLDS(response.outcome == HTTP_LOST);
		HOLDS(response.problem[0] && !strchr(response.problem, '\n'));
	}
	http_response_release(&response);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char plain[] =
		"HTTP/1.1 200 OK\r\nETag: a\r\nContent-Length: 0\r\n\r\n";

	if (listener < 0)
		start();
	/* what a response leaves must not matter to the next one */
	ask(plain, sizeof(plain) - 1);
	ask(data, size);
	return 0;
}
