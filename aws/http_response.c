/* Holds a response, and reads its headers. */
#include "aws/http_response.h"

#include <curl/curl.h>
#include <string.h>

#include "aws/http_request.h"

enum {
	HEAD_MAX = 64 * 1024, /* real ones have one or two KiB */
};

void
http_response_init(struct http_response *response)
{
	*response = (struct http_response){.outcome = HTTP_NOT_SENT};
	buf_init(&response->head, HEAD_MAX);
	buf_init(&response->body, HTTP_RESPONSE_MAX);
}

void
http_response_release(struct http_response *response)
{
	buf_release(&response->head);
	buf_release(&response->body);
}

void
http_response_wipe(struct http_response *response)
{
	buf_wipe(&response->body);
	http_response_release(response);
}

bool
http_response_header(const struct http_response *response, const char *name,
	char *out, size_t size)
{
	const char *line, *end, *value;
	size_t name_len = strlen(name), len;

	if (response->head.failed) /* what is missing may be the header */
		return false;
	line = buf_str(&response->head);
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
http_response_date(const struct http_response *response, int64_t *out)
{
	char text[64];
	time_t date;

	if (!http_response_header(response, "Date", text, sizeof(text)))
		return false;
	date = curl_getdate(text, NULL);
	*out = (int64_t)date;
	return date > 0;
}
