/* Sends a request through libcurl, and waits for its response. */
#include "aws/http.h"

#include <stdlib.h>

#include "aws/http_transfer.h"

enum {
	POLL_MILLISECONDS = 1000, /* between looks at whether to stop */
};

/*
 * Each request has an easy handle of its own. libcurl before 8.3 keeps a pointer to a
 * response's last header, which is freed with the handle's next request, and a
 * folded line at the start of its response is appended there.
 */
struct http {
	CURLM *multi; /* keeps resolved names and certificates */
	CURLSH *share; /* keeps TLS sessions */
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
	h->multi = curl_multi_init();
	h->share = curl_share_init();
	if (!h->multi || !h->share ||
		curl_share_setopt(h->share, CURLSHOPT_SHARE,
			CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK) {
		http_close(h);
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
	curl_multi_cleanup(http->multi);
	curl_share_cleanup(http->share);
	free(http);
}

const struct http_options *
http_get_options(const struct http *http)
{
	return &http->options;
}

/* As curl_easy_perform. */
static CURLcode
perform(struct http *http, CURL *c)
{
	CURLcode result = curl_easy_setopt(c, CURLOPT_SHARE, http->share);
	CURLMcode rc = CURLM_OK;
	const CURLMsg *message = NULL;
	int running, left;

	if (result)
		return result;
	rc = curl_multi_add_handle(http->multi, c);
	while (!rc && !message) {
		rc = curl_multi_perform(http->multi, &running);
		if (!rc && running > 0)
			rc = curl_multi_poll(
				http->multi, NULL, 0, POLL_MILLISECONDS, NULL);
		if (!rc)
			message = curl_multi_info_read(http->multi, &left);
	}
	result = message ? message->data.result : CURLE_OUT_OF_MEMORY;
	curl_multi_remove_handle(http->multi, c);
	return result;
}

int
http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	CURL *c = curl_easy_init();
	struct http_transfer t;
	CURLcode rc;
	int result = -1;

	if (!c)
		return err_memory(err);
	if (http_transfer_begin(
		    &t, c, &http->options, request, response, err) == 0) {
		rc = t.prepared;
		if (rc == CURLE_OK)
			rc = perform(http, c);
		result = http_transfer_end(&t, rc, err);
	}
	curl_easy_cleanup(c);
	return result;
}
