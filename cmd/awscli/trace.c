/* Prints requests and responses. */
#include "cmd/awscli/trace.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/escape.h"

enum {
	SHOWN_MAX = 64 * 1024 * 1024,
};

/* Print one line, marked as sent or received, without control characters. */
static void
show(char mark, const char *text, size_t len)
{
	struct buf line;

	buf_init(&line, SHOWN_MAX);
	escape_name_utf8(&line, text, len);
	fprintf(stderr, "edgediff: debug: %c %s\n", mark, buf_shown(&line));
	buf_release(&line);
}

/*
 * Print a header, but only its name if it holds a signature, token or cookie.
 */
static void
show_header(char mark, const char *header, size_t len)
{
	static const char *const secret[] = {
		"authorization", "x-amz-security-token", "set-cookie"};
	const char *colon = memchr(header, ':', len);
	size_t name = colon ? (size_t)(colon - header) : 0, i;

	for (i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (strlen(secret[i]) == name &&
			strncasecmp(header, secret[i], name) == 0) {
			fprintf(stderr,
				"edgediff: debug: %c %.*s: (redacted)\n", mark,
				(int)name, header);
			return;
		}
	show(mark, header, len);
}

void
trace_attempt(void *context, const struct http_request *request,
	const struct http_response *answer)
{
	const char *line = buf_shown(&answer->head), *end;
	size_t i, len;

	(void)context;
	fprintf(stderr, "edgediff: debug: > %s %s\n", request->method,
		request->url);
	for (i = 0; i < request->header_count; i++)
		show_header(
			'>', request->headers[i], strlen(request->headers[i]));
	if (request->body_len > 0)
		show('>', request->body, request->body_len);
	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		len = (size_t)(end - line);
		while (len > 0 && line[len - 1] == '\r')
			len--;
		if (len > 0)
			show_header('<', line, len);
	}
	if (answer->body.len > 0)
		show('<', buf_shown(&answer->body), answer->body.len);
	if (answer->outcome != HTTP_ANSWERED)
		show('<', answer->problem, strlen(answer->problem));
}
