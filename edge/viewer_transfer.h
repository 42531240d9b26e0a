/* One transfer of a viewer: its libcurl handle, and the answer that comes. */
#ifndef EDGE_VIEWER_TRANSFER_H
#define EDGE_VIEWER_TRANSFER_H

#include <curl/curl.h>

#include "base/buf.h"
#include "edge/viewer_request.h"
#include "manifest/fingerprint.h"

struct viewer_transfer {
	CURL *curl;
	char message[CURL_ERROR_SIZE]; /* libcurl's */
	struct buf url;
	struct fingerprint hash;
	struct buf start; /* of the body of a 403 */
	bool enough; /* ended by us: the rest of the body says nothing */

	/* what is asked, NULL if nothing is */
	struct viewer_request *request;
};

/* What all transfers share, made from the options. */
struct viewer_lists {
	struct curl_slist *resolve, *headers, *identity_headers;
};

/* What is accepted: "gzip, deflate, br", or less, as libcurl was built. */
const char *viewer_transfer_encodings(void);

/* Release it even after a failure. */
int viewer_transfer_init(struct viewer_transfer *transfer, struct err *err);
void viewer_transfer_release(struct viewer_transfer *transfer);

/* Get the handle ready for the request; the answer becomes empty. */
int viewer_transfer_begin(struct viewer_transfer *transfer,
	struct viewer_request *request, const struct viewer_options *options,
	const struct viewer_lists *lists, struct err *err);

/*
 * The transfer has ended like this: complete the answer. -1 for a fault on our
 * side, which every request would meet.
 */
int viewer_transfer_end(
	struct viewer_transfer *transfer, CURLcode rc, struct err *err);

#endif
