/* Checks the options of a verification. */
#include "cmd/edge_options.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/version.h"
#include "cmd/console/signals.h"
#include "cmd/option_number.h"
#include "cmd/settings.h"

enum {
	WAIT_SECONDS_MAX = 24 * 60 * 60,
	CONNECT_SECONDS = 10,
	READ_SECONDS = 30, /* without a byte */
	BYTES_MIN = 1024,
};

/* ------------------------------------------------------------------- --url */

static int
fail_url(const char *url, const char *what, struct err *err)
{
	struct escaped_name shown;

	return err_set(err, ERR_USAGE,
		"--url %s: %s: expected the site's address, like "
		"https://www.example.com",
		escape_show_str(&shown, url), what);
}

/* libcurl parses the rest when it connects. */
static int
read_url(struct edge_options *o, const char *url, struct err *err)
{
	size_t len = strlen(url), scheme;

	if (strncmp(url, "https://", 8) == 0)
		scheme = 8;
	else if (strncmp(url, "http://", 7) == 0)
		scheme = 7;
	else
		return fail_url(url, "neither https:// nor http://", err);
	if (strchr("/:", url[scheme]))
		return fail_url(url, "no host", err); /* also at its end */
	if (strchr(url, '@'))
		return err_set(err, ERR_USAGE,
			"--url: it may hold no user and no password: use "
			"--header");
	if (strpbrk(url, "?#"))
		return fail_url(url, "a query or a fragment", err);
	if (strpbrk(url, " \t\r\n\"<>\\"))
		return fail_url(url, "a character that no URL has", err);
	while (len > scheme && url[len - 1] == '/')
		len--;
	if (len >= sizeof(o->base))
		return fail_url(url, "too long", err);
	memcpy(o->base, url, len);
	o->viewer.base = o->base;
	return 0;
}

/* ----------------------------------------------------------------- --resolve */

static int
check_resolve(const char *text, struct err *err)
{
	const char *port = strchr(text, ':'), *address;
	struct escaped_name shown;

	address = port ? port + 1 + strspn(port + 1, "0123456789") : NULL;
	if (port && port > text && address > port + 1 && address[0] == ':' &&
		address[1] && !strpbrk(text, " \t\r\n") &&
		!strchr("+-", text[0]))
		return 0;
	return err_set(err, ERR_USAGE,
		"--resolve %s: expected HOST:PORT:ADDRESS, like "
		"www.example.com:443:192.0.2.1",
		escape_show_str(&shown, text));
}

/* ------------------------------------------------------------------ --header */

/* The message has the name at most. */
static int
check_header(const char *line, struct err *err)
{
	size_t name = strcspn(line, ":"), i;

	for (i = 0; i < name && (isalnum((unsigned char)line[i]) ||
					strchr("!#$%&'*+-.^_`|~", line[i]));
		i++)
		continue;
	if (i == 0 || i < name || !line[name])
		return err_set(err, ERR_USAGE,
			"--header: expected NAME: VALUE, or @FILE with a line "
			"for each header");
	for (i = name; line[i]; i++)
		if ((unsigned char)line[i] < ' ' && line[i] != '\t')
			return err_set(err, ERR_USAGE,
				"--header %.*s: its value has a control "
				"character",
				(int)(name < 64 ? name : 64), line);
	if (name == strlen("accept-encoding") &&
		strncasecmp(line, "accept-encoding", name) == 0)
		return err_set(err, ERR_USAGE,
			"--header: Accept-Encoding is edgediff's own");
	return 0;
}

static int
add_header(
	struct edge_options *o, const char *line, size_t len, struct err *err)
{
	struct buf *text = &o->texts[o->viewer.header_count];

	if (o->viewer.header_count == HEADERS_MAX)
		return err_set(err, ERR_USAGE,
			"--header: more than the limit of %d headers",
			HEADERS_MAX);
	buf_init(text, HEADER_FILE_MAX);
	o->headers[o->viewer.header_count++] = "";
	buf_reserve(text, len + 1); /* so that no copy is left behind */
	buf_add(text, line, len);
	if (buf_check(text, err) != 0)
		return -1;
	o->headers[o->viewer.header_count - 1] = buf_str(text);
	if (strlen(buf_str(text)) != len)
		return err_set(err, ERR_USAGE, "--header: it has a NUL");
	return check_header(buf_str(text), err);
}

/* A header a line, as curl's -H @FILE. */
static int
add_header_file(struct edge_options *o, const char *path, struct err *err)
{
	const char *at, *end;
	size_t len;
	struct buf text;
	int rc;

	buf_init(&text, HEADER_FILE_MAX);
	buf_reserve(&text, HEADER_FILE_MAX);
	rc = file_read(path, &text, err);
	at = buf_shown(&text);
	for (; rc == 0 && *at; at = *end ? end + 1 : end) {
		end = at + strcspn(at, "\n");
		len = (size_t)(end - at);
		while (len > 0 && at[len - 1] == '\r')
			len--;
		if (len > 0)
			rc = add_header(o, at, len, err);
	}
	buf_wipe(&text);
	return rc == 0 ? 0 : err_context(err, "--header @FILE");
}

static int
read_headers(struct edge_options *o, const struct settings *settings,
	struct err *err)
{
	size_t i;
	int rc;

	for (i = 0; i < settings->header.count; i++) {
		const char *header = settings->header.items[i];

		rc = header[0] == '@'
			     ? add_header_file(o, header + 1, err)
			     : add_header(o, header, strlen(header), err);
		if (rc != 0)
			return settings_blame(settings, header, err);
	}
	o->viewer.headers = o->headers;
	return 0;
}

/* ----------------------------------------------------------------------- all */

static int
read_limits(struct edge_options *o, const struct settings *settings,
	struct err *err)
{
	unsigned long requests, bytes;

	if (option_number("--verify-requests", settings->verify_requests, 1,
		    SAMPLE_REQUESTS_MAX, &requests, err) != 0)
		return settings_blame(settings, settings->verify_requests, err);
	if (option_number_bytes("--verify-bytes", settings->verify_bytes,
		    BYTES_MIN, &bytes, err) != 0)
		return settings_blame(settings, settings->verify_bytes, err);
	if (option_number("--wait-timeout", settings->wait_timeout, 0,
		    WAIT_SECONDS_MAX, &o->seconds, err) != 0)
		return settings_blame(settings, settings->wait_timeout, err);
	o->limits = (struct sample_limits){requests, bytes};
	return 0;
}

int
edge_options_read(struct edge_options *o, const struct settings *settings,
	struct err *err)
{
	size_t i;

	*o = (struct edge_options){
		.viewer =
			{
				.resolve = settings->resolve.items,
				.resolve_count = settings->resolve.count,
				.http = {.ca_bundle = settings->ca_bundle,
					.user_agent =
						"edgediff/" EDGEDIFF_VERSION,
					.connect_timeout = CONNECT_SECONDS,
					.read_timeout = READ_SECONDS,
					.interrupted = signals_caught_by},
			},
	};
	if (!settings->url) {
		err_set(err, ERR_USAGE,
			"--url is missing: the site's address, like "
			"https://www.example.com");
		return settings_blame(settings, NULL, err);
	}
	if (read_url(o, settings->url, err) != 0)
		return settings_blame(settings, settings->url, err);
	for (i = 0; i < settings->resolve.count; i++)
		if (check_resolve(settings->resolve.items[i], err) != 0)
			return settings_blame(
				settings, settings->resolve.items[i], err);
	if (read_headers(o, settings, err) != 0)
		return -1;
	return read_limits(o, settings, err);
}

void
edge_options_release(struct edge_options *o)
{
	size_t i;

	for (i = 0; i < o->viewer.header_count; i++)
		buf_wipe(&o->texts[i]);
	*o = (struct edge_options){.seconds = 0};
}
