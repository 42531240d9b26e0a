/* Makes a call's HTTP request, and signs it. */
#include "aws/signed_request.h"

#include <assert.h>
#include <string.h>

#include "aws/sigv4.h"

enum {
	HEADERS_SIZE_MAX = 256 * 1024, /* a session token takes 1 or 2 KiB */
	HEADERS_SIZE_USUAL = 8 * 1024,
};

/* List pointers to the header lines, each of which ends in a NUL. */
static size_t
list_headers(const char **headers, const struct buf *lines)
{
	const char *p = buf_str(lines), *end = p + lines->len;
	size_t count = 0;

	for (; p < end; p += strlen(p) + 1) {
		assert(count < SIGNED_HEADERS_MAX);
		headers[count++] = p;
	}
	return count;
}

static int
sign(struct buf *lines, const struct aws_client *client,
	const struct aws_call *call, const struct aws_url *url,
	const char *path, struct err *err)
{
	struct sigv4_request request = {
		.method = call->method,
		.host = url->host,
		.path = path,
		.query = buf_str(&call->query),
		.headers = call->headers,
		.header_count = call->header_count,
		.body = call->body,
		.body_len = call->body_len,
		.region = client->region,
		.service = client->service,
		.s3 = strcmp(client->service, "s3") == 0,
	};
	size_t i;

	buf_reserve(lines, HEADERS_SIZE_USUAL); /* growing leaves copies */
	buf_addf(lines, "Host: %s", url->host);
	buf_addch(lines, '\0');
	for (i = 0; i < call->header_count; i++)
		buf_add(lines, call->headers[i], strlen(call->headers[i]) + 1);
	if (!call->policy->is_signed)
		return buf_check(lines, err);
	return sigv4_sign(lines, &request, client->credentials,
		aws_client_now(client), err);
}

int
signed_request_make(struct signed_request *made,
	const struct aws_client *client, const struct aws_call *call,
	const struct aws_url *url, struct err *err)
{
	struct buf path;
	int rc;

	made->request = (struct http_request){
		.operation = call->operation,
		.method = call->method,
		.headers = made->headers,
		.body = call->body,
		.body_len = call->body_len,
		.response_max = call->response_max,
		.time_max = call->time_max ? call->time_max : client->time_max,
	};
	buf_init(&made->lines, HEADERS_SIZE_MAX);
	buf_init(&made->url, SIGNED_URL_MAX);
	buf_init(&path, SIGNED_URL_MAX);
	/* the endpoint's path, then the call's */
	buf_add(&path, url->path, url->path_len);
	buf_append(&path, &call->path);
	rc = buf_check(&path, err);
	if (rc == 0)
		rc = buf_check(&call->query, err);
	if (rc == 0) {
		buf_addf(&made->url, "%s%s%s%s", url->origin, buf_str(&path),
			call->query.len > 0 ? "?" : "", buf_str(&call->query));
		rc = buf_check(&made->url, err);
	}
	if (rc == 0)
		rc = sign(&made->lines, client, call, url, buf_str(&path), err);
	if (rc == 0) {
		made->request.url = made->url.data;
		made->request.header_count =
			list_headers(made->headers, &made->lines);
	}
	buf_release(&path);
	return rc;
}

void
signed_request_release(struct signed_request *made)
{
	buf_wipe(&made->lines);
	buf_release(&made->url);
}
