/* Sends requests at the same time, with libcurl's multi interface. */
#include "aws/http_many.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "aws/http_transfer.h"

struct many_slot {
	CURL *curl;
	bool added; /* to the multi handle */
	bool ended; /* without having been added, or its message is there */
	CURLcode rc;
	struct http_transfer transfer;
};

struct http_many {
	CURLM *multi;
	const struct http *http;
	size_t width;
	struct many_slot slots[];
};

static int
fail_multi(CURLMcode rc, struct err *err)
{
	return rc == CURLM_OUT_OF_MEMORY ? err_memory(err)
					 : err_set(err, ERR_BUG, "libcurl: %s",
						   curl_multi_strerror(rc));
}

int
http_many_open(struct http_many **out, const struct http *http, size_t width,
	struct err *err)
{
	struct http_many *many;
	size_t i;

	assert(width >= 1 && width <= HTTP_MANY_MAX);
	*out = NULL;
	many = calloc(1, sizeof(*many) + width * sizeof(many->slots[0]));
	if (!many)
		return err_memory(err);
	many->http = http;
	many->width = width;
	many->multi = curl_multi_init();
	for (i = 0; many->multi && i < width; i++) {
		many->slots[i].curl = curl_easy_init();
		if (!many->slots[i].curl)
			break;
	}
	if (i < width || curl_multi_setopt(many->multi, CURLMOPT_MAXCONNECTS,
				 (long)width) != CURLM_OK) {
		http_many_close(many);
		return err_memory(err);
	}
	*out = many;
	return 0;
}

void
http_many_close(struct http_many *many)
{
	struct err ignored = ERR_INIT;
	struct many_slot *slot;
	size_t i;

	if (!many)
		return;
	for (i = 0; i < many->width; i++) {
		slot = &many->slots[i];
		if (slot->added) {
			curl_multi_remove_handle(many->multi, slot->curl);
			(void)http_transfer_end(&slot->transfer,
				CURLE_ABORTED_BY_CALLBACK, &ignored);
		}
		curl_easy_cleanup(slot->curl);
	}
	curl_multi_cleanup(many->multi);
	free(many);
}

int
http_many_start(struct http_many *many, size_t index,
	const struct http_request *request, struct http_response *response,
	struct err *err)
{
	struct many_slot *slot = &many->slots[index];
	CURLMcode rc;

	assert(index < many->width && !slot->added && request->repeatable);
	/* aws/http.c says why it is a new one; the multi handle keeps the rest */
	curl_easy_cleanup(slot->curl);
	slot->curl = curl_easy_init();
	if (!slot->curl)
		return err_memory(err);
	if (http_transfer_begin(&slot->transfer, slot->curl,
		    http_get_options(many->http), request, response, err) != 0)
		return -1;
	slot->rc = slot->transfer.prepared;
	slot->ended = slot->rc != CURLE_OK;
	if (slot->ended)
		return 0;
	rc = curl_multi_add_handle(many->multi, slot->curl);
	if (rc != CURLM_OK)
		return fail_multi(rc, err);
	slot->added = true;
	return 0;
}

/* Note which transfers have ended. */
static void
take_messages(struct http_many *many)
{
	const CURLMsg *message;
	size_t i;
	int left;

	while ((message = curl_multi_info_read(many->multi, &left))) {
		for (i = 0; i < many->width; i++)
			if (many->slots[i].curl == message->easy_handle)
				break;
		if (i == many->width || message->msg != CURLMSG_DONE)
			continue;
		many->slots[i].ended = true;
		many->slots[i].rc = message->data.result;
	}
}

static size_t
find_ended(const struct http_many *many)
{
	size_t i;

	for (i = 0; i < many->width; i++)
		if (many->slots[i].ended)
			return i;
	return SIZE_MAX;
}

static int
end_slot(struct http_many *many, size_t index, struct err *err)
{
	struct many_slot *slot = &many->slots[index];

	if (slot->added)
		curl_multi_remove_handle(many->multi, slot->curl);
	slot->added = slot->ended = false;
	return http_transfer_end(&slot->transfer, slot->rc, err);
}

int
http_many_next(struct http_many *many, long milliseconds, size_t *slot,
	struct err *err)
{
	CURLMcode rc = CURLM_OK;
	int running;

	*slot = find_ended(many);
	if (*slot == SIZE_MAX) {
		rc = curl_multi_perform(many->multi, &running);
		take_messages(many);
		*slot = find_ended(many);
	}
	if (rc == CURLM_OK && *slot == SIZE_MAX) {
		rc = curl_multi_poll(
			many->multi, NULL, 0, (int)milliseconds, NULL);
		if (rc == CURLM_OK)
			rc = curl_multi_perform(many->multi, &running);
		take_messages(many);
		*slot = find_ended(many);
	}
	if (rc != CURLM_OK)
		return fail_multi(rc, err);
	return *slot == SIZE_MAX ? 0 : end_slot(many, *slot, err);
}
