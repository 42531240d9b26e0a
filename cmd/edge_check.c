/* Runs a verification, and logs and prints what it finds. */
#include "cmd/edge_check.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/plural.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"
#include "edge/viewer_transfer.h"

enum { LINE_MAX_BYTES = 16 * 1024 };

int
edge_check_sample(struct edge_check *check, const struct delta *delta,
	const struct sample_known *known, struct err *err)
{
	const bool is_news =
		delta->urls.stale > 0 || !check->has_sample ||
		strcmp(check->sample.hash, delta->after->hash) != 0;

	if (!is_news)
		return 0;
	sample_release(&check->sample);
	check->has_sample = true;
	return sample_make(
		&check->sample, delta, &check->options->limits, known, err);
}

static int
pause_for(void *context, const char *what, long long milliseconds)
{
	struct edge_check *check = context;

	if (!check->waits)
		waiting_progress_begin(&check->waiting,
			(long long)check->options->seconds * 1000);
	check->waits = true;
	return waiting_progress_pause(&check->waiting, what, milliseconds);
}

/* The result as one line. */
static void
add_sum(struct buf *out, const struct edge_check *check)
{
	verification_words_sum(out, &check->verification, check->others);
}

/* ---------------------------------------------------------------------- run */

static int
fail_unreachable(const struct edge_check *check, struct err *err)
{
	return err_set(err, ERR_NETWORK,
		"%s cannot be reached, so it was not verified: %s",
		check->options->base,
		check->verification.list[0].request.answer.problem);
}

static int
ask(struct edge_check *check, struct err *err)
{
	const struct verification_options how = {
		.seconds = check->options->seconds,
		.since = check->since,
		.pause = pause_for,
		.context = check,
	};
	struct viewer *viewer;
	int rc;

	if (viewer_open(&viewer, &check->options->viewer, err) != 0)
		return -1;
	check->done = true;
	rc = verification_run(
		&check->verification, &check->sample, viewer, &how, err);
	waiting_progress_end();
	viewer_close(viewer);
	return rc;
}

int
edge_check_run(struct edge_check *check, struct err *err)
{
	const struct verification *v = &check->verification;
	long long began = clock_elapsed();
	int rc;

	rc = ask(check, err);
	log_elapsed(began, "asked %s for %zu URL%s, accepting %s",
		check->options->base, v->asked, plural_s(v->asked),
		viewer_transfer_encodings());
	if (rc == 0 && v->unreachable)
		rc = fail_unreachable(check, err);
	if (rc != 0) {
		rc = exit_status_log(err);
		if (err->code == ERR_NETWORK)
			rc = EXIT_AFTER;
	}
	if (v->kinds[FRESHNESS_STALE] > 0)
		return EXIT_STALE;
	return rc;
}

/* ------------------------------------------------------------------- output */

void
edge_check_print(const struct edge_check *check)
{
	const struct verification *v = &check->verification;
	const struct verified *one;
	struct buf line;
	size_t i, next;

	if (!check->done)
		return;
	buf_init(&line, LINE_MAX_BYTES);
	add_sum(&line, check);
	printf("edge          %s\n", buf_shown(&line));
	for (i = 0; i < v->count; i = next) {
		one = verification_worst(v, i, &next);
		if (one->freshness < FRESHNESS_PRIVATE)
			continue;
		buf_clear(&line);
		verification_words_of(&line, one);
		printf("%-12s  %s: %s\n", freshness_word(one->freshness),
			one->url->url, buf_shown(&line));
	}
	buf_release(&line);
}

static bool
put_text_of(cJSON *tree, const struct verified *one)
{
	struct buf text;
	bool good;

	if (one->freshness < FRESHNESS_PRIVATE)
		return true;
	buf_init(&text, LINE_MAX_BYTES);
	verification_words_of(&text, one);
	good = cJSON_AddStringToObject(tree, "text", buf_shown(&text));
	buf_release(&text);
	return good;
}

static cJSON *
json_url(const struct verified *one)
{
	const struct answer *answer = &one->request.answer;
	cJSON *tree = cJSON_CreateObject();

	if (cJSON_AddStringToObject(tree, "url", one->url->url) &&
		cJSON_AddStringToObject(
			tree, "verdict", freshness_word(one->freshness)) &&
		cJSON_AddNumberToObject(
			tree, "status", (double)answer->status) &&
		(answer->age == AGE_UNKNOWN ||
			cJSON_AddNumberToObject(
				tree, "age", (double)answer->age)) &&
		(!answer->pop[0] || cJSON_AddStringToObject(
					    tree, "location", answer->pop)) &&
		cJSON_AddStringToObject(
			tree, "asked_for", verification_words_encoding(one)) &&
		put_text_of(tree, one))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static cJSON *
json_urls(const struct verification *v)
{
	cJSON *list = cJSON_CreateArray(), *url;
	size_t i, next;

	for (i = 0; list && i < v->count; i = next) {
		url = json_url(verification_worst(v, i, &next));
		if (url && cJSON_AddItemToArray(list, url))
			continue;
		cJSON_Delete(url);
		cJSON_Delete(list);
		return NULL;
	}
	return list;
}

/* Every kind, even if there is none of it. */
static cJSON *
json_kinds(const struct verification *v)
{
	static const char *const names[FRESHNESS_KINDS] = {"fresh", "gone",
		"private", "unknown", "altered", "still_there", "stale"};
	cJSON *tree = cJSON_CreateObject();
	int kind;

	for (kind = 0; tree && kind < FRESHNESS_KINDS; kind++)
		if (!cJSON_AddNumberToObject(
			    tree, names[kind], (double)v->kinds[kind])) {
			cJSON_Delete(tree);
			return NULL;
		}
	return tree;
}

static cJSON *
json_locations(const struct verification *v)
{
	const char *pops[VERIFICATION_POPS_MAX];
	size_t i;

	for (i = 0; i < v->pop_count; i++)
		pops[i] = v->pops[i];
	return json_texts(pops, v->pop_count);
}

cJSON *
edge_check_json(const struct edge_check *check)
{
	const struct verification *v = &check->verification;
	cJSON *tree = cJSON_CreateObject();
	struct buf sum;
	bool good;

	buf_init(&sum, LINE_MAX_BYTES);
	add_sum(&sum, check);
	good = json_put(tree, "site",
		       json_key(check->options->base,
			       strlen(check->options->base))) &&
	       cJSON_AddStringToObject(tree, "summary", buf_shown(&sum)) &&
	       cJSON_AddNumberToObject(tree, "asked", (double)v->asked) &&
	       cJSON_AddNumberToObject(
		       tree, "stale_urls", (double)check->sample.stale) &&
	       cJSON_AddNumberToObject(
		       tree, "urls", (double)check->sample.urls) &&
	       json_put(tree, "verdicts", json_kinds(v)) &&
	       json_put(tree, "locations", json_locations(v)) &&
	       json_put(tree, "results", json_urls(v));
	buf_release(&sum);
	if (good)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

void
edge_check_release(struct edge_check *check)
{
	verification_release(&check->verification);
	sample_release(&check->sample);
}
