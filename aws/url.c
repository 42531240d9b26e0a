/* Splits a service's URL. */
#include "aws/url.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

static int
bad_url(struct err *err)
{
	return err_set(err, ERR_USAGE,
		"bad endpoint URL: must be of the form http://<hostname>/ or "
		"https://<hostname>/");
}

static bool
is_plain(const char *url)
{
	for (; *url; url++)
		if (*url <= ' ' || *url > '~' || strchr("@?#\\\"<>^`{|}", *url))
			return false;
	return true;
}

void
aws_url_release(struct aws_url *url)
{
	free(url->origin);
	free(url->host);
}

int
aws_url_parse(struct aws_url *url, const char *text, struct err *err)
{
	bool secure = strncmp(text, "https://", 8) == 0;
	const char *port = secure ? ":443" : ":80", *host, *path;
	size_t len, i;

	if ((!secure && strncmp(text, "http://", 7) != 0) || !is_plain(text))
		return bad_url(err);
	host = text + (secure ? 8 : 7);
	len = strcspn(host, "/");
	path = host + len;
	if (len == 0)
		return bad_url(err);
	url->origin = strndup(text, (size_t)(path - text));
	url->host = strndup(host, len);
	if (!url->origin || !url->host)
		return err_memory(err);
	for (i = 0; i < len; i++)
		url->host[i] = ascii_lower(host[i]);
	if (len > strlen(port) &&
		strcmp(url->host + len - strlen(port), port) == 0)
		url->host[len - strlen(port)] = '\0';
	url->path = path;
	url->path_len = strlen(path);
	while (url->path_len > 0 && path[url->path_len - 1] == '/')
		url->path_len--;
	return 0;
}
