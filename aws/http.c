/* Sends a request through libcurl, and waits for its response. */
#include "aws/http.h"

#include <stdlib.h>

#include "aws/http_transfer.h"

struct http {
	CURL *curl;
	struct http_options options;
};

int
http_open(
	struct http **http, const struct http_options *options, struct err *err)
{
	static bool ready;
	struct http *h;

	*http = NULL;
	if (!ready && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_SYSTEM, "cannot initialise libcurl");
	ready = true;
	h = calloc(1, sizeof(*h));
	if (!h)
		return err_memory(err);
	h->options = *options;
	h->curl = curl_easy_init();
	if (!h->curl) {
		free(h);
		return err_memory(err);
	}
	*http = h;
	return 0;
}

void
http_close(struct http *http)
{
	if (!http)
		return;
	curl_easy_cleanup(http->curl);
	free(http);
}

const struct http_options *
http_get_options(const struct http *http)
{
	return &http->options;
}

int
http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	struct http_transfer t;
	CURLcode rc;

	if (http_transfer_begin(&t, http->curl, &http->options, request,
		    response, err) != 0)
		return -1;
	rc = t.prepared;
	if (rc == CURLE_OK)
		rc = curl_easy_perform(http->curl);
	return http_transfer_end(&t, rc, err);
}
