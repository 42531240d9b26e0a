/* HTTP: how far a request got, against a server of one connection. */
#include <sys/wait.h>

#include "aws/http.h"
#include "tests/unit/fixture.h"

/* One connection: read, answer (NULL: reset; `pad` more bytes), close. */
static void
serve(int listener, const char *answer, size_t pad)
{
	static char piece[65536];
	struct linger reset = {1, 0};
	int fd = accept(listener, NULL, NULL);

	if (read(fd, piece, sizeof(piece)) <= 0)
		_exit(1);
	if (!answer)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	else if (write(fd, answer, strlen(answer)) < 0)
		_exit(1);
	for (; pad > 0; pad -= sizeof(piece))
		if (send(fd, piece, sizeof(piece), MSG_NOSIGNAL) < 0)
			break;
	close(fd);
	_exit(0);
}

static void
fetch(const char *text, size_t pad, bool up, struct http_response *answer)
{
	struct http_options options = {
		.connect_timeout = 5, .read_timeout = 5, .user_agent = "t"};
	struct http_request request = {
		.method = "POST", .body = "b", .body_len = 1};
	struct err err = ERR_INIT;
	struct http *http;
	char url[64];
	unsigned port;
	int fd = listen_on_loopback(&port);
	pid_t pid = up ? fork() : -1;

	if (pid == 0)
		serve(fd, text, pad);
	close(fd);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/x", port);
	request.url = url;
	http_response_init(answer);
	assert_int_equal(http_open(&http, &options, &err), 0);
	assert_int_equal(http_send(http, &request, answer, &err), 0);
	http_close(http);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void
check(const char *text, size_t pad, bool up, enum http_outcome outcome,
	long status)
{
	struct http_response a;

	fetch(text, pad, up, &a);
	assert_int_equal(a.outcome, outcome);
	assert_int_equal(a.status, status);
	assert_true((outcome == HTTP_ANSWERED) == (a.problem[0] == '\0'));
	http_response_release(&a);
}

static void
test_outcomes(void **state)
{
	static const size_t huge = 65 * 1024 * 1024;

	(void)state;
	check("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", 0, true,
		HTTP_ANSWERED, 201);
	check("HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nok", 0, true,
		HTTP_LOST, 201);
	check("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
	      "Content-Length: 0\r\n\r\n",
		0, true, HTTP_ANSWERED, 302);
	check("", 0, true, HTTP_LOST, 0);
	check(NULL, 0, true, HTTP_LOST, 0);
	check("", 0, false, HTTP_NOT_SENT, 0);
	check("HTTP/1.1 200 OK\r\n\r\n", huge, true, HTTP_LOST, 200);
	/* what follows an unsolicited 101 is no HTTP */
	check("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nwords", 0,
		true, HTTP_LOST, 101);
}

static void
test_problems(void **state)
{
	static char text[10 * 1024 * 1024] = "HTTP/1.1 201 Created\r\nX-Long: ";
	size_t len = strlen(text);
	struct http_response a;

	(void)state;
	fetch("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nwords", 0,
		true, &a);
	assert_string_equal(
		a.problem, "no response followed the interim status 101");
	http_response_release(&a);
	memset(text + len, 'a', sizeof(text) - len - 1);
	fetch(text, 0, true, &a);
	assert_int_equal(a.outcome, HTTP_LOST);
	assert_non_null(strstr(a.problem, "a header longer than 100 KiB"));
	http_response_release(&a);
}

static void
test_headers(void **state)
{
	struct http_response a;
	char value[32];
	int64_t date;

	(void)state;
	fetch("HTTP/1.1 200 OK\r\nX-A:  b \r\nContent-Length: 2\r\n"
	      "Date: Sun, 30 Aug 2015 12:36:00 GMT\r\n\r\nok",
		0, true, &a);
	assert_true(http_response_header(&a, "x-a", value, sizeof(value)));
	assert_string_equal(value, "b");
	assert_false(http_response_header(&a, "x-b", value, sizeof(value)));
	assert_true(http_response_date(&a, &date));
	assert_int_equal(date, 1440938160);
	assert_string_equal(buf_str(&a.body), "ok");
	http_response_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
