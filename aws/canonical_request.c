/* Puts a request into the form that is signed. */
#include "aws/canonical_request.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/hex.h"
#include "base/percent.h"

enum {
	/*
	 * Bytes of the canonical request. Servers refuse headers that are far
	 * smaller than this.
	 */
	CANONICAL_MAX = 1024 * 1024,

	/* Host, X-Amz-Date, X-Amz-Security-Token, X-Amz-Content-SHA256. */
	OWN_HEADERS_MAX = 4,
};

struct canonical_header {
	const char *name, *value;
	size_t name_len, value_len;
	size_t order; /* among headers of the same name */
};

struct query_parameter {
	const char *name, *value;
	size_t name_len, value_len;
};

static int
compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_parameters(const void *left, const void *right)
{
	const struct query_parameter *a = left, *b = right;
	int order = compare_bytes(a->name, a->name_len, b->name, b->name_len);

	return order ? order
		     : compare_bytes(
			       a->value, a->value_len, b->value, b->value_len);
}

static int
compare_names(
	const struct canonical_header *a, const struct canonical_header *b)
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
	const struct canonical_header *a = left, *b = right;
	int order = compare_names(a, b);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void
add_header(struct canonical_request *c, const char *name, size_t name_len,
	const char *value)
{
	c->headers[c->header_count] = (struct canonical_header){
		.name = name,
		.name_len = name_len,
		.value = value,
		.value_len = strlen(value),
		.order = c->header_count,
	};
	c->header_count++;
}

static int
collect_headers(struct canonical_request *c, const char *stamp,
	const char *token, struct err *err)
{
	const struct sigv4_request *request = c->request;
	const char *colon;
	size_t i;

	c->headers = calloc(
		request->header_count + OWN_HEADERS_MAX, sizeof(*c->headers));
	if (!c->headers)
		return err_memory(err);
	for (i = 0; i < request->header_count; i++) {
		colon = strchr(request->headers[i], ':');
		if (!colon)
			return err_set(
				err, ERR_BUG, "a header to sign has no colon");
		add_header(c, request->headers[i],
			(size_t)(colon - request->headers[i]), colon + 1);
	}
	add_header(c, "host", 4, request->host);
	add_header(c, "x-amz-date", 10, stamp);
	if (token)
		add_header(c, "x-amz-security-token", 20, token);
	if (request->s3)
		add_header(c, "x-amz-content-sha256", 20, c->body_hash);
	qsort(c->headers, c->header_count, sizeof(*c->headers),
		compare_headers);
	return 0;
}

int
canonical_request_init(struct canonical_request *canonical,
	const struct sigv4_request *request, const char *stamp,
	const char *token, struct err *err)
{
	unsigned char digest[SHA256_SIZE];

	*canonical = (struct canonical_request){.request = request};
	if (sha256_of(request->body ? request->body : "", request->body_len,
		    digest, err) != 0)
		return -1;
	hex_encode(canonical->body_hash, digest, sizeof(digest));
	return collect_headers(canonical, stamp, token, err);
}

void
canonical_request_release(struct canonical_request *canonical)
{
	free(canonical->headers);
	canonical->headers = NULL;
	canonical->header_count = 0;
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

/*
 * Append the path without empty, . and .. segments (RFC 3986, 5.2.4, and AWS's
 * own rule), and encoded once more: a % in the path as sent becomes %25.
 */
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
			percent_encode(out, path, len, "");
		}
		slash = len == 0;
		path += len;
	}
	if (slash || out->len == start)
		buf_addch(out, '/');
}

/*
 * Append a query, sorted by name and then by value: "b=1&a" becomes "a=&b=1".
 */
static int
add_query(struct buf *out, const char *query, struct err *err)
{
	size_t count = 1, i = 0, len, name_len;
	const char *p;
	struct query_parameter *list;

	if (!query[0])
		return 0;
	for (p = query; *p; p++)
		count += *p == '&';
	list = calloc(count, sizeof(*list));
	if (!list)
		return err_memory(err);
	for (p = query; i < count; i++, p += len + 1) {
		len = strcspn(p, "&");
		name_len = strcspn(p, "=&");
		list[i] = (struct query_parameter){
			.name = p, .name_len = name_len};
		list[i].value = name_len < len ? p + name_len + 1 : "";
		list[i].value_len = name_len < len ? len - name_len - 1 : 0;
	}
	qsort(list, count, sizeof(*list), compare_parameters);
	for (i = 0; i < count; i++) {
		buf_addstr(out, i > 0 ? "&" : "");
		buf_add(out, list[i].name, list[i].name_len);
		buf_addch(out, '=');
		buf_add(out, list[i].value, list[i].value_len);
	}
	free(list);
	return 0;
}

/*
 * Append a value without leading and trailing blanks, and with each run of
 * blanks inside it replaced by one space.
 */
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
add_name(struct buf *out, const struct canonical_header *header)
{
	size_t i;

	for (i = 0; i < header->name_len; i++)
		buf_addch(out, ascii_lower(header->name[i]));
}

static bool
repeats_name(const struct canonical_request *c, size_t i)
{
	return i > 0 && compare_names(&c->headers[i - 1], &c->headers[i]) == 0;
}

void
canonical_request_add_names(struct buf *out, const struct canonical_request *c)
{
	size_t i;

	for (i = 0; i < c->header_count; i++) {
		if (repeats_name(c, i))
			continue;
		buf_addstr(out, i > 0 ? ";" : "");
		add_name(out, &c->headers[i]);
	}
}

static void
add_headers(struct buf *out, const struct canonical_request *c)
{
	size_t i;

	for (i = 0; i < c->header_count; i++) {
		if (repeats_name(c, i)) {
			buf_addch(out, ',');
		} else {
			buf_addstr(out, i > 0 ? "\n" : "");
			add_name(out, &c->headers[i]);
			buf_addch(out, ':');
		}
		add_trimmed(out, c->headers[i].value, c->headers[i].value_len);
	}
	buf_addstr(out, "\n\n");
}

int
canonical_request_hash(const struct canonical_request *canonical,
	char hex[SHA256_HEX_SIZE], struct err *err)
{
	const struct sigv4_request *request = canonical->request;
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
	add_headers(&text, canonical);
	canonical_request_add_names(&text, canonical);
	buf_addf(&text, "\n%s", canonical->body_hash);
	if (buf_check(&text, err) != 0 ||
		sha256_of(buf_str(&text), text.len, digest, err) != 0)
		goto out;
	hex_encode(hex, digest, sizeof(digest));
	rc = 0;
out:
	buf_wipe(&text);
	return rc;
}
