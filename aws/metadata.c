/* Checks what is sent to and read from metadata services. */
#include "aws/metadata.h"

#include <string.h>

#include "aws/credentials.h"

bool
metadata_host(char *out, size_t size, const char *url)
{
	const char *start = strstr(url, "://");
	size_t len;

	if (!start)
		return false;
	start += 3;
	len = strcspn(start, "/?#");
	if (memchr(start, '@', len) || memchr(start, '\\', len))
		return false;
	if (*start == '[')
		len = strcspn(start, "]") + 1;
	else
		len = strcspn(start, ":/?#");
	if (len == 0 || len >= size)
		return false;
	memcpy(out, start, len);
	out[len] = '\0';
	return true;
}

bool
metadata_is_header_value(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

void
metadata_response_init(struct http_response *response)
{
	http_response_init(response);
	buf_reserve(&response->body, CREDENTIALS_MAX);
}
