/* Asks for one URL through libcurl, and reduces what comes to an answer. */
#include "edge/viewer_transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aws/curl_options.h"
#include "base/escape.h"

enum {
	/* Bytes of an error's body in which CloudFront's code is looked for. */
	START_MAX = 512,

	AGE_DIGITS = 10, /* more than a century */
};

const char *
viewer_transfer_encodings(void)
{
	const curl_version_info_data *built =
		curl_version_info(CURLVERSION_NOW);
	bool zlib = built->features & CURL_VERSION_LIBZ;
	bool brotli = built->features & CURL_VERSION_BROTLI;

	if (zlib)
		return brotli ? "gzip, deflate, br" : "gzip, deflate";
	return brotli ? "br" : "identity";
}

int
viewer_transfer_init(struct viewer_transfer *t, struct err *err)
{
	*t = (struct viewer_transfer){0};
	buf_init(&t->url, 2 * VIEWER_BASE_MAX);
	buf_init(&t->start, START_MAX);
	t->curl = curl_easy_init();
	if (!t->curl)
		return err_memory(err);
	return fingerprint_init(&t->hash, err);
}

void
viewer_transfer_release(struct viewer_transfer *t)
{
	curl_easy_cleanup(t->curl);
	fingerprint_release(&t->hash);
	buf_release(&t->url);
	buf_release(&t->start);
}

/* ---------------------------------------------------------- what comes */

/* The trimmed value, if the line is this header. */
static bool
get_header(const char *line, size_t len, const char *name, const char **value,
	size_t *value_len)
{
	size_t name_len = strlen(name);

	if (len <= name_len || line[name_len] != ':' ||
		!curl_strnequal(line, name, name_len))
		return false;
	line += name_len + 1;
	len -= name_len + 1;
	while (len > 0 && (*line == ' ' || *line == '\t'))
		line++, len--;
	while (len > 0 && strchr(" \t\r\n", line[len - 1]))
		len--;
	*value = line;
	*value_len = len;
	return true;
}

/* Append to a text of this size, escaped; what does not fit is left out. */
static void
set_escaped(char *out, size_t size, const char *text, size_t len)
{
	struct buf line;

	buf_init(&line, size - 1);
	escape_name_utf8(&line, text, len);
	snprintf(out, size, "%s", buf_shown(&line));
	buf_release(&line);
}

static int64_t
age_of(const char *text, size_t len)
{
	int64_t age = 0;
	size_t i;

	if (len == 0 || len > AGE_DIGITS)
		return AGE_UNKNOWN;
	for (i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return AGE_UNKNOWN;
		age = age * 10 + (text[i] - '0');
	}
	return age;
}

/* Only what a location looks like: it is printed as it is. */
static bool
is_pop(const char *text, size_t len)
{
	return len > 0 && len < ANSWER_POP_SIZE &&
	       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") >= len;
}

static size_t
on_header(char *line, size_t size, size_t count, void *context)
{
	struct viewer_transfer *t = context;
	struct answer *answer = &t->request->answer;
	const char *value;
	size_t len;

	count *= size;
	/* a new response; the one before it was an interim one */
	if (count >= 5 && memcmp(line, "HTTP/", 5) == 0)
		*answer = (struct answer){.age = AGE_UNKNOWN};
	else if (get_header(line, count, "Age", &value, &len))
		answer->age = age_of(value, len);
	else if (get_header(line, count, "Content-Encoding", &value, &len))
		answer->encoded = true;
	else if (get_header(line, count, "Location", &value, &len))
		set_escaped(
			answer->location, sizeof(answer->location), value, len);
	else if (get_header(line, count, "X-Amz-Cf-Pop", &value, &len) &&
		 is_pop(value, len))
		memcpy(answer->pop, value, len);
	return count;
}

/* Only the status counts, but for the code in a 403. */
static size_t
take_error(struct viewer_transfer *t, const char *data, size_t len)
{
	struct answer *answer = &t->request->answer;
	size_t room = t->start.max - t->start.len;

	if (answer->status == 403)
		buf_add(&t->start, data, len < room ? len : room);
	answer->size += len;
	t->enough = answer->size > SAMPLE_UNKNOWN_SIZE;
	return t->enough ? 0 : len;
}

static size_t
on_body(char *data, size_t size, size_t count, void *context)
{
	struct viewer_transfer *t = context;
	struct answer *answer = &t->request->answer;

	count *= size;
	curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &answer->status);
	if (answer->status != 200)
		return take_error(t, data, count);
	answer->size += count;
	if (answer->size > t->request->size_max) {
		t->enough = true;
		return 0;
	}
	fingerprint_add(&t->hash, data, count);
	return count;
}

/* ------------------------------------------------------------ what is asked */

/*
 * The URL as a browser asks for it: what is encoded for an invalidation alone is
 * not encoded here.
 */
static int
set_url(struct viewer_transfer *t, const char *base, struct err *err)
{
	const char *at = t->request->url;

	buf_clear(&t->url);
	buf_addstr(&t->url, base);
	for (; *at; at++) {
		if (strncmp(at, "%7E", 3) == 0)
			buf_addch(&t->url, '~');
		else if (strncmp(at, "%27", 3) == 0)
			buf_addch(&t->url, '\'');
		else if (strncmp(at, "%2A", 3) == 0)
			buf_addch(&t->url, '*');
		else {
			buf_addch(&t->url, *at);
			continue;
		}
		at += 2;
	}
	return buf_check(&t->url, err);
}

/* HTTP/2 where the site has it. */
static CURLcode
set_connection(CURL *c, const struct viewer_lists *lists)
{
	CURLcode rc = curl_easy_setopt(
		c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);

	/* rather wait for a connection that can take several requests */
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PIPEWAIT, 1L);
	if (!rc && lists->resolve)
		rc = curl_easy_setopt(c, CURLOPT_RESOLVE, lists->resolve);
	return rc;
}

static CURLcode
set_request(struct viewer_transfer *t, const struct viewer_lists *lists)
{
	const struct curl_callbacks callbacks = {
		on_header, on_body, t->message};
	const struct viewer_request *request = t->request;
	CURL *c = t->curl;
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, buf_str(&t->url));

	/* this decodes; the header below may ask for less */
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING,
			viewer_transfer_encodings());
	if (!rc && request->raw)
		rc = curl_easy_setopt(c, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_HTTPHEADER,
			request->identity ? lists->identity_headers
					  : lists->headers);
	if (!rc)
		rc = curl_options_set_callbacks(c, &callbacks, t);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PRIVATE, t);
	return rc;
}

int
viewer_transfer_begin(struct viewer_transfer *t, struct viewer_request *request,
	const struct viewer_options *options, const struct viewer_lists *lists,
	struct err *err)
{
	CURLcode rc;

	t->request = request;
	t->enough = false;
	t->message[0] = '\0';
	buf_clear(&t->start);
	fingerprint_start(&t->hash);
	request->answer = (struct answer){.age = AGE_UNKNOWN};
	if (set_url(t, options->base, err) != 0)
		return -1;
	curl_easy_reset(t->curl);
	rc = curl_options_set_common(
		t->curl, &options->http, (long)VIEWER_SECONDS_MAX);
	if (!rc)
		rc = set_connection(t->curl, lists);
	if (!rc)
		rc = set_request(t, lists);
	if (!rc)
		return 0;
	return rc == CURLE_OUT_OF_MEMORY ? err_memory(err)
					 : err_set(err, ERR_BUG, "libcurl: %s",
						   curl_easy_strerror(rc));
}

/* ------------------------------------------------------------------- the end */

/* Returns -1 for a fault on our side. */
static int
check_own_fault(const struct viewer_transfer *t, CURLcode rc, struct err *err)
{
	const char *said = t->message[0] ? t->message : curl_easy_strerror(rc);
	struct escaped_name shown;

	switch (rc) {
	case CURLE_OUT_OF_MEMORY:
		return err_memory(err);
	case CURLE_URL_MALFORMAT:
	case CURLE_LOGIN_DENIED:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return t->request->answer.status == 0
			       ? err_set(err, ERR_USAGE, "--url: unusable: %s",
					 escape_show_str(&shown, said))
			       : 0;
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(err, ERR_INPUT,
			"cannot use the CA bundle: expected certificates in "
			"PEM");
	default:
		return 0;
	}
}

/* CloudFront's own answer to a request without a signature. */
static bool
is_signed(const struct viewer_transfer *t)
{
	return t->request->answer.status == 403 &&
	       strstr(buf_shown(&t->start), "<Code>MissingKey</Code>");
}

int
viewer_transfer_end(struct viewer_transfer *t, CURLcode rc, struct err *err)
{
	struct answer *answer = &t->request->answer;
	const char *said = t->message[0] ? t->message : curl_easy_strerror(rc);

	curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &answer->status);
	if (answer->status < 200)
		answer->status = 0; /* an interim one is no answer */
	if (check_own_fault(t, rc, err) != 0)
		return -1;
	if (answer->status == 0)
		answer->end = ANSWER_NONE;
	else if (answer->status != 200 || rc == CURLE_OK)
		answer->end = ANSWER_WHOLE;
	else
		answer->end = t->enough ? ANSWER_LARGER : ANSWER_CUT;
	answer->is_signed = is_signed(t);
	if (answer->end == ANSWER_WHOLE)
		fingerprint_finish(&t->hash, answer->fingerprint);
	else if (answer->end != ANSWER_LARGER)
		set_escaped(answer->problem, sizeof(answer->problem), said,
			strlen(said));
	t->request = NULL;
	return 0;
}
