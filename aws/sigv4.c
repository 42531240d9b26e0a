/* Signs a request: canonical request, string to sign, signature. */
#include "aws/sigv4.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ascii.h"
#include "base/hex.h"
#include "base/sha256.h"

enum {
	/* Head, query and path; no server takes heads of a quarter of it. */
	CANONICAL_MAX = 1024 * 1024,
	STAMP_SIZE = sizeof("20150830T123600Z"),
	DAY_LEN = 8, /* of a stamp */
};

/* A header or a query parameter; points into what the caller gave. */
struct pair {
	const char *name, *value;
	size_t name_len, value_len;
	size_t order; /* among headers of the same name */
};

/* One signature being made. The pairs include a session token: borrowed. */
struct signing {
	const struct sigv4_request *request;
	const struct credentials *credentials;
	char stamp[STAMP_SIZE];
	char body_hash[SHA256_HEX_SIZE];
	struct pair *headers;
	size_t header_count;
};

static int
format_stamp(char stamp[STAMP_SIZE], int64_t now, struct err *err)
{
	time_t seconds = (time_t)now;
	struct tm tm;

	if (now < 0 || !gmtime_r(&seconds, &tm) ||
		strftime(stamp, STAMP_SIZE, "%Y%m%dT%H%M%SZ", &tm) !=
			STAMP_SIZE - 1)
		return err_set(err, ERR_INPUT,
			"the clock is not between the years 1970 and 9999");
	return 0;
}

/* A line break in any of these would make another header. */
static int
check_line(const char *text, const char *what, struct err *err)
{
	for (; *text; text++)
		if (((unsigned char)*text < 0x20 && *text != '\t') ||
			*text == 0x7f)
			return err_set(err, ERR_INPUT,
				"%s holds a control character", what);
	return 0;
}

static int
check_lines(const struct sigv4_request *request,
	const struct credentials *credentials, struct err *err)
{
	const char *token = credentials->session_token;
	size_t i;

	for (i = 0; i < request->header_count; i++)
		if (check_line(request->headers[i], "a header", err) != 0)
			return -1;
	if (check_line(request->method, "the method", err) != 0 ||
		check_line(request->host, "the host", err) != 0 ||
		check_line(request->path, "the path", err) != 0 ||
		check_line(request->query, "the query", err) != 0 ||
		check_line(request->region, "the region", err) != 0 ||
		check_line(request->service, "the service", err) != 0 ||
		check_line(credentials->access_key, "the access key", err) != 0)
		return -1;
	return token ? check_line(token, "the session token", err) : 0;
}

static int
compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_parameters(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = compare_bytes(a->name, a->name_len, b->name, b->name_len);

	return order ? order
		     : compare_bytes(
			       a->value, a->value_len, b->value, b->value_len);
}

static int
compare_names(const struct pair *a, const struct pair *b)
{
	size_t i;

	for (i = 0; i < a->name_len && i < b->name_len; i++)
		if (ascii_lower(a->name[i]) != ascii_lower(b->name[i]))
			return (unsigned char)ascii_lower(a->name[i]) -
			       (unsigned char)ascii_lower(b->name[i]);
	return (a->name_len > b->name_len) - (a->name_len < b->name_len);
}

static int
compare_headers(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = compare_names(a, b);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void
add_header(
	struct signing *s, const char *name, size_t name_len, const char *value)
{
	s->headers[s->header_count] = (struct pair){
		.name = name,
		.name_len = name_len,
		.value = value,
		.value_len = strlen(value),
		.order = s->header_count,
	};
	s->header_count++;
}

static int
collect_headers(struct signing *s, struct err *err)
{
	const struct sigv4_request *request = s->request;
	const char *token = s->credentials->session_token;
	const char *colon;
	size_t i;

	s->headers = calloc(request->header_count + 4, sizeof(*s->headers));
	if (!s->headers)
		return err_memory(err);
	for (i = 0; i < request->header_count; i++) {
		colon = strchr(request->headers[i], ':');
		if (!colon)
			return err_set(
				err, ERR_BUG, "a header to sign has no colon");
		add_header(s, request->headers[i],
			(size_t)(colon - request->headers[i]), colon + 1);
	}
	add_header(s, "host", 4, request->host);
	add_header(s, "x-amz-date", 10, s->stamp);
	if (token)
		add_header(s, "x-amz-security-token", 20, token);
	if (request->s3)
		add_header(s, "x-amz-content-sha256", 20, s->body_hash);
	qsort(s->headers, s->header_count, sizeof(*s->headers),
		compare_headers);
	return 0;
}

/* Encode once more: a % of the path on the wire becomes %25. */
static void
add_encoded(struct buf *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '.' ||
			c == '_' || c == '~')
			buf_addch(out, (char)c);
		else
			buf_addf(out, "%%%02X", (unsigned int)c);
	}
}

/* Drop the last segment of what follows `start`: "/a/b" becomes "/a". */
static void
drop_segment(struct buf *out, size_t start)
{
	while (out->len > start && out->data[out->len - 1] != '/')
		out->len--;
	if (out->len > start)
		out->len--;
}

/* Without empty, . and .. segments (RFC 3986, 5.2.4, and AWS's own rule). */
static void
add_normal_path(struct buf *out, const char *path)
{
	size_t start = out->len, len;
	bool slash = true;

	while (*path) {
		slash = *path == '/';
		path += slash;
		len = strcspn(path, "/");
		if (len == 2 && memcmp(path, "..", 2) == 0) {
			drop_segment(out, start);
		} else if (len > 0 && !(len == 1 && *path == '.')) {
			buf_addch(out, '/');
			add_encoded(out, path, len);
		}
		slash = len == 0;
		path += len;
	}
	if (slash || out->len == start)
		buf_addch(out, '/');
}

/* "a&b=1" into pairs; sorted by name, then value. */
static int
add_query(struct buf *out, const char *query, struct err *err)
{
	size_t count = 1, i = 0, len, name_len;
	const char *p;
	struct pair *pairs;

	if (!query[0])
		return 0;
	for (p = query; *p; p++)
		count += *p == '&';
	pairs = calloc(count, sizeof(*pairs));
	if (!pairs)
		return err_memory(err);
	for (p = query; i < count; i++, p += len + 1) {
		len = strcspn(p, "&");
		name_len = strcspn(p, "=&");
		pairs[i] = (struct pair){.name = p, .name_len = name_len};
		pairs[i].value = name_len < len ? p + name_len + 1 : "";
		pairs[i].value_len = name_len < len ? len - name_len - 1 : 0;
	}
	qsort(pairs, count, sizeof(*pairs), compare_parameters);
	for (i = 0; i < count; i++) {
		buf_addstr(out, i > 0 ? "&" : "");
		buf_add(out, pairs[i].name, pairs[i].name_len);
		buf_addch(out, '=');
		buf_add(out, pairs[i].value, pairs[i].value_len);
	}
	free(pairs);
	return 0;
}

/* Without blanks at the ends, runs of them inside as one space. */
static void
add_trimmed(struct buf *out, const char *value, size_t len)
{
	size_t i, start = out->len;
	bool gap = false;

	for (i = 0; i < len; i++) {
		if (value[i] == ' ' || value[i] == '\t') {
			gap = true;
			continue;
		}
		if (gap && out->len > start)
			buf_addch(out, ' ');
		gap = false;
		buf_addch(out, value[i]);
	}
}

static void
add_name(struct buf *out, const struct pair *header)
{
	size_t i;

	for (i = 0; i < header->name_len; i++)
		buf_addch(out, ascii_lower(header->name[i]));
}

static bool
same_as_before(const struct signing *s, size_t i)
{
	return i > 0 && compare_names(&s->headers[i - 1], &s->headers[i]) == 0;
}

static void
add_signed_names(struct buf *out, const struct signing *s)
{
	size_t i;

	for (i = 0; i < s->header_count; i++) {
		if (same_as_before(s, i))
			continue;
		buf_addstr(out, i > 0 ? ";" : "");
		add_name(out, &s->headers[i]);
	}
}

static void
add_headers(struct buf *out, const struct signing *s)
{
	size_t i;

	for (i = 0; i < s->header_count; i++) {
		if (same_as_before(s, i)) {
			buf_addch(out, ',');
		} else {
			buf_addstr(out, i > 0 ? "\n" : "");
			add_name(out, &s->headers[i]);
			buf_addch(out, ':');
		}
		add_trimmed(out, s->headers[i].value, s->headers[i].value_len);
	}
	buf_addstr(out, "\n\n");
}

static int
canonical_hash(
	char hex[SHA256_HEX_SIZE], const struct signing *s, struct err *err)
{
	const struct sigv4_request *request = s->request;
	unsigned char digest[SHA256_SIZE];
	struct buf text;
	int rc = -1;

	buf_init(&text, CANONICAL_MAX);
	buf_addf(&text, "%s\n", request->method);
	if (!request->s3)
		add_normal_path(&text, request->path);
	else
		buf_addstr(&text, request->path[0] ? request->path : "/");
	buf_addch(&text, '\n');
	if (add_query(&text, request->query, err) != 0)
		goto out;
	buf_addch(&text, '\n');
	add_headers(&text, s);
	add_signed_names(&text, s);
	buf_addf(&text, "\n%s", s->body_hash);
	if (buf_check(&text, err) != 0 ||
		sha256_of(buf_str(&text), text.len, digest, err) != 0)
		goto out;
	hex_encode(hex, digest, sizeof(digest));
	rc = 0;
out:
	buf_wipe(&text);
	return rc;
}

/* The key of the day, region and service: a chain of HMACs. */
static int
signing_key(unsigned char key[SHA256_SIZE], const struct signing *s,
	struct err *err)
{
	const char *region = s->request->region;
	const char *service = s->request->service;
	struct buf first;
	int rc;

	buf_init(&first, CANONICAL_MAX);
	buf_addf(&first, "AWS4%s", s->credentials->secret_key);
	rc = buf_check(&first, err);
	if (rc == 0)
		rc = sha256_hmac(
			first.data, first.len, s->stamp, DAY_LEN, key, err);
	buf_wipe(&first);
	if (rc == 0)
		rc = sha256_hmac(
			key, SHA256_SIZE, region, strlen(region), key, err);
	if (rc == 0)
		rc = sha256_hmac(
			key, SHA256_SIZE, service, strlen(service), key, err);
	if (rc == 0)
		rc = sha256_hmac(key, SHA256_SIZE, "aws4_request",
			strlen("aws4_request"), key, err);
	return rc;
}

static void
add_scope(struct buf *out, const struct signing *s)
{
	buf_add(out, s->stamp, DAY_LEN);
	buf_addf(out, "/%s/%s/aws4_request", s->request->region,
		s->request->service);
}

static int
make_signature(
	char hex[SHA256_HEX_SIZE], const struct signing *s, struct err *err)
{
	unsigned char key[SHA256_SIZE], digest[SHA256_SIZE];
	char canonical[SHA256_HEX_SIZE];
	struct buf text;
	int rc = -1;

	buf_init(&text, CANONICAL_MAX);
	if (canonical_hash(canonical, s, err) != 0)
		goto out;
	buf_addf(&text, "AWS4-HMAC-SHA256\n%s\n", s->stamp);
	add_scope(&text, s);
	buf_addf(&text, "\n%s", canonical);
	if (buf_check(&text, err) != 0 || signing_key(key, s, err) != 0 ||
		sha256_hmac(key, sizeof(key), text.data, text.len, digest,
			err) != 0)
		goto out;
	hex_encode(hex, digest, sizeof(digest));
	rc = 0;
out:
	OPENSSL_cleanse(key, sizeof(key));
	buf_release(&text);
	return rc;
}

static void
write_headers(struct buf *out, const struct signing *s, const char *signature)
{
	const char *token = s->credentials->session_token;

	buf_addf(out, "X-Amz-Date: %s", s->stamp);
	buf_addch(out, '\0');
	if (token) {
		buf_addf(out, "X-Amz-Security-Token: %s", token);
		buf_addch(out, '\0');
	}
	if (s->request->s3) {
		buf_addf(out, "X-Amz-Content-SHA256: %s", s->body_hash);
		buf_addch(out, '\0');
	}
	buf_addf(out, "Authorization: AWS4-HMAC-SHA256 Credential=%s/",
		s->credentials->access_key);
	add_scope(out, s);
	buf_addstr(out, ", SignedHeaders=");
	add_signed_names(out, s);
	buf_addf(out, ", Signature=%s", signature);
	buf_addch(out, '\0');
}

int
sigv4_sign(struct buf *out, const struct sigv4_request *request,
	const struct credentials *credentials, int64_t now, struct err *err)
{
	struct signing s = {.request = request, .credentials = credentials};
	char signature[SHA256_HEX_SIZE];
	unsigned char digest[SHA256_SIZE];
	int rc = -1;

	if (check_lines(request, credentials, err) != 0 ||
		format_stamp(s.stamp, now, err) != 0 ||
		sha256_of(request->body ? request->body : "", request->body_len,
			digest, err) != 0)
		goto out;
	hex_encode(s.body_hash, digest, sizeof(digest));
	if (collect_headers(&s, err) != 0 ||
		make_signature(signature, &s, err) != 0)
		goto out;
	write_headers(out, &s, signature);
	rc = buf_check(out, err);
out:
	free(s.headers);
	return rc;
}
