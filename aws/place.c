/* Takes an endpoint apart. */
#include "aws/place.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

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

void
aws_place_release(struct aws_place *place)
{
	free(place->root);
	free(place->host);
}

int
aws_place_read(struct aws_place *place, const char *endpoint, struct err *err)
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
		place->host[i] = ascii_lower(host[i]);
	if (len > strlen(port) &&
		strcmp(place->host + len - strlen(port), port) == 0)
		place->host[len - strlen(port)] = '\0';
	place->base = base;
	place->base_len = strlen(base);
	while (place->base_len > 0 && base[place->base_len - 1] == '/')
		place->base_len--;
	return 0;
}
