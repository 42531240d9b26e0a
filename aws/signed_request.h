/* Makes the HTTP request of a call: its URL, and its headers, signed. */
#ifndef AWS_SIGNED_REQUEST_H
#define AWS_SIGNED_REQUEST_H

#include "aws/call.h"
#include "aws/client.h"
#include "aws/http_request.h"
#include "aws/url.h"

enum {
	SIGNED_URL_MAX = 16 * 1024,

	/* The call's own, Host, and the four that sigv4_sign adds. */
	SIGNED_HEADERS_MAX = AWS_CALL_HEADERS_MAX + 5,
};

struct signed_request {
	struct http_request request; /* points into what follows */
	const char *headers[SIGNED_HEADERS_MAX];
	struct buf lines, url;
};

/*
 * Make the request, which borrows the call; it must not be moved. `url` is the
 * client's endpoint. Release it even after a failure: that overwrites the headers,
 * which hold secrets.
 */
int signed_request_make(struct signed_request *made,
	const struct aws_client *client, const struct aws_call *call,
	const struct aws_url *url, struct err *err);
void signed_request_release(struct signed_request *made);

#endif
