/* Asks for many URLs through libcurl's multi interface. */
#include "edge/viewer.h"

#include <stdio.h>
#include <stdlib.h>

#include "edge/viewer_transfer.h"

/* Milliseconds after which it is asked whether to stop. */
enum { POLL_MAX = 200 };

struct viewer {
	struct viewer_options options;
	struct viewer_lists lists;
	CURLM *multi;
	struct viewer_transfer transfers[VIEWER_PARALLEL];
	bool answered; /* some request was, ever */
};

/* The requests of one call. */
struct asking {
	struct viewer *viewer;
	struct viewer_request *requests;
	size_t count, next, running;
	size_t unanswered; /* since nothing has been answered */
};

/* ------------------------------------------------------------------- its life */

static int
add_line(struct curl_slist **list, const char *line, struct err *err)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (!longer)
		return err_memory(err);
	*list = longer;
	return 0;
}

static int
make_lists(struct viewer *v, struct err *err)
{
	const struct viewer_options *options = &v->options;
	size_t i;

	for (i = 0; i < options->resolve_count; i++)
		if (add_line(&v->lists.resolve, options->resolve[i], err) != 0)
			return -1;
	for (i = 0; i < options->header_count; i++)
		if (add_line(&v->lists.headers, options->headers[i], err) !=
				0 ||
			add_line(&v->lists.identity_headers,
				options->headers[i], err) != 0)
			return -1;
	return add_line(
		&v->lists.identity_headers, "Accept-Encoding: identity", err);
}

static int
set_up(struct viewer *v, struct err *err)
{
	size_t i;

	for (i = 0; i < VIEWER_PARALLEL; i++)
		if (viewer_transfer_init(&v->transfers[i], err) != 0)
			return -1;
	v->multi = curl_multi_init();
	if (!v->multi ||
		curl_multi_setopt(v->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
			(long)VIEWER_PARALLEL) != CURLM_OK)
		return err_memory(err);
	return make_lists(v, err);
}

int
viewer_open(struct viewer **viewer, const struct viewer_options *options,
	struct err *err)
{
	struct viewer *v;

	*viewer = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_SYSTEM, "cannot initialise libcurl");
	v = calloc(1, sizeof(*v));
	if (!v)
		return err_memory(err);
	v->options = *options;
	if (set_up(v, err) != 0) {
		viewer_close(v);
		return -1;
	}
	*viewer = v;
	return 0;
}

void
viewer_close(struct viewer *v)
{
	size_t i;

	if (!v)
		return;
	for (i = 0; i < VIEWER_PARALLEL; i++)
		viewer_transfer_release(&v->transfers[i]);
	curl_multi_cleanup(v->multi);
	curl_slist_free_all(v->lists.resolve);
	curl_slist_free_all(v->lists.headers);
	curl_slist_free_all(v->lists.identity_headers);
	free(v);
}

/* --------------------------------------------------------------------- asking */

static int
check_multi(CURLMcode rc, struct err *err)
{
	if (rc == CURLM_OK)
		return 0;
	return rc == CURLM_OUT_OF_MEMORY ? err_memory(err)
					 : err_set(err, ERR_BUG, "libcurl: %s",
						   curl_multi_strerror(rc));
}

/* If nothing answers, the rest is left alone. */
static bool
goes_on(const struct asking *a)
{
	return a->next < a->count &&
	       (a->viewer->answered || a->unanswered < VIEWER_PARALLEL);
}

/* Give each idle transfer a request. */
static int
give_out(struct asking *a, struct err *err)
{
	struct viewer *v = a->viewer;
	struct viewer_transfer *t;

	for (t = v->transfers; t < v->transfers + VIEWER_PARALLEL; t++) {
		if (t->request || !goes_on(a))
			continue;
		if (viewer_transfer_begin(t, &a->requests[a->next], &v->options,
			    &v->lists, err) != 0) {
			t->request = NULL;
			return -1;
		}
		if (check_multi(curl_multi_add_handle(v->multi, t->curl),
			    err) != 0) {
			t->request = NULL;
			return -1;
		}
		a->next++;
		a->running++;
	}
	return 0;
}

/* Complete the answers that have come. */
static int
take_in(struct asking *a, struct err *err)
{
	struct viewer *v = a->viewer;
	struct viewer_transfer *t;
	struct viewer_request *request;
	const CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(v->multi, &left))) {
		CURLcode rc = message->data.result;
		char *private = NULL;

		curl_easy_getinfo(
			message->easy_handle, CURLINFO_PRIVATE, &private);
		t = (struct viewer_transfer *)(void *)private;
		request = t->request;
		curl_multi_remove_handle(v->multi, t->curl);
		a->running--;
		if (viewer_transfer_end(t, rc, err) != 0) {
			t->request = NULL;
			return -1;
		}
		if (request->answer.status != 0)
			v->answered = true;
		else
			a->unanswered++;
	}
	return 0;
}

static int
run(struct asking *a, struct err *err)
{
	struct viewer *v = a->viewer;
	const struct http_options *http = &v->options.http;
	int running;

	for (;;) {
		if (http->interrupted && http->interrupted(http->context))
			return err_set(err, ERR_NETWORK, "interrupted");
		if (give_out(a, err) != 0 ||
			check_multi(curl_multi_perform(v->multi, &running),
				err) != 0 ||
			take_in(a, err) != 0)
			return -1;
		if (a->running == 0 && !goes_on(a))
			return 0;
		if (running > 0 && check_multi(curl_multi_poll(v->multi, NULL,
						       0, POLL_MAX, NULL),
					   err) != 0)
			return -1;
	}
}

/* What still runs is not waited for. */
static void
stop(struct viewer *v)
{
	struct viewer_transfer *t;

	for (t = v->transfers; t < v->transfers + VIEWER_PARALLEL; t++) {
		if (t->request)
			curl_multi_remove_handle(v->multi, t->curl);
		t->request = NULL;
	}
}

int
viewer_ask(struct viewer *viewer, struct viewer_request *requests, size_t count,
	struct err *err)
{
	struct asking a = {
		.viewer = viewer, .requests = requests, .count = count};
	size_t i;
	int rc;

	for (i = 0; i < count; i++) {
		requests[i].answer = (struct answer){.age = AGE_UNKNOWN};
		snprintf(requests[i].answer.problem, ANSWER_PROBLEM_SIZE,
			"not asked, as nothing answered");
	}
	rc = run(&a, err);
	if (rc != 0)
		stop(viewer);
	return rc;
}
