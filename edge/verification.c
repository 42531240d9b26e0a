/* Asks a sample, in rounds. */
#include "edge/verification.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/plural.h"

/* Milliseconds: most invalidations take effect within 5 seconds. */
enum { PAUSE_FIRST = 1000, PAUSE_MAX = 20 * 1000 };

/* The requests of one round. */
struct round {
	struct verified **of; /* whose request each is */
	struct viewer_request *requests;
	size_t count;
};

static int
fill(struct verification *v, struct err *err)
{
	const struct sample *sample = v->sample;
	struct verified *one;
	size_t i;
	int identity;

	v->list = calloc(2 * sample->count + 1, sizeof(*v->list));
	if (!v->list)
		return err_memory(err);
	for (i = 0; i < sample->count; i++) {
		const struct sample_url *url = &sample->list[i];

		for (identity = 0; identity <= url->identity; identity++) {
			one = &v->list[v->count++];
			one->url = url;
			one->freshness = FRESHNESS_UNKNOWN;
			one->request = (struct viewer_request){
				.url = url->url,
				.identity = identity,
				.size_max = url->size_max,
				.answer = {.age = AGE_UNKNOWN},
			};
		}
		v->asked += !url->over_budget;
	}
	return 0;
}

/* ------------------------------------------------------------------ rounds */

static bool
is_first(const struct verified *one)
{
	assert(one->url);
	return one->tries == 0 && !one->url->over_budget;
}

static bool
is_passing(const struct verified *one)
{
	return one->tries > 0 && one->tries < VERIFICATION_TRIES &&
	       freshness_may_pass(&one->request.answer);
}

static bool
is_stale(const struct verified *one)
{
	return one->freshness == FRESHNESS_STALE;
}

static bool
is_worth_raw(const struct verified *one)
{
	return one->freshness == FRESHNESS_ALTERED &&
	       one->request.answer.encoded && !one->request.raw;
}

static void
add_to_round(struct round *round, const struct verification *v,
	bool (*is_meant)(const struct verified *one))
{
	size_t i;

	for (i = 0; i < v->count; i++)
		if (is_meant(&v->list[i]))
			round->of[round->count++] = &v->list[i];
}

static void
judge(const struct verification *v, struct verified *one, int64_t since)
{
	one->freshness = freshness_judge(
		v->sample, one->url, &one->request.answer, &one->found);
	one->older = since >= 0 &&
		     one->request.answer.age > since + VERIFICATION_AGE_SLACK;
}

/*
 * Take an answer over. What was asked for as it is counts only if it is what
 * some build has.
 */
static void
take(const struct verification *v, struct verified *one,
	const struct viewer_request *request, int64_t since)
{
	struct verified before = *one;

	one->request = *request;
	one->tries++;
	judge(v, one, since);
	if (request->raw && one->freshness <= FRESHNESS_ALTERED &&
		one->freshness != FRESHNESS_FRESH) {
		before.request.raw = true; /* it was looked at */
		*one = before;
	}
}

/* Ask the requests of the round, and empty it. */
static int
ask_round(struct verification *v, struct round *round, struct viewer *viewer,
	bool raw, int64_t since, struct err *err)
{
	size_t i;
	int rc;

	if (round->count == 0)
		return 0;
	for (i = 0; i < round->count; i++) {
		round->requests[i] = round->of[i]->request;
		round->requests[i].raw |= raw;
	}
	rc = viewer_ask(viewer, round->requests, round->count, err);
	for (i = 0; rc == 0 && i < round->count; i++)
		take(v, round->of[i], &round->requests[i], since);
	round->count = 0;
	return rc;
}

/* Ask all at once, then what is altered without decoding it. */
static int
ask(struct verification *v, struct round *round, struct viewer *viewer,
	int64_t since, struct err *err)
{
	if (ask_round(v, round, viewer, false, since, err) != 0)
		return -1;
	add_to_round(round, v, is_worth_raw);
	return ask_round(v, round, viewer, true, since, err);
}

static int
pause_for(const struct verification_options *options, size_t count, bool stale,
	long long milliseconds, struct err *err)
{
	char what[64];

	snprintf(what, sizeof(what), "%zu %s%s", count,
		stale ? "stale URL" : "answer", plural_s(count));
	if (options->pause(options->context, what, milliseconds) == 0)
		return 0;
	return err_set(err, ERR_NETWORK,
		"interrupted: not all URLs were asked until they were fresh");
}

static int
repeat(struct verification *v, struct round *round, struct viewer *viewer,
	const struct verification_options *options, struct err *err)
{
	const long long limit = (long long)options->seconds * 1000;
	long long began = clock_elapsed(), spent, pause = PAUSE_FIRST, wait;
	size_t passing;

	for (;;) {
		spent = clock_elapsed() - began;
		add_to_round(round, v, is_passing);
		passing = round->count;
		if (spent < limit)
			add_to_round(round, v, is_stale);
		if (round->count == 0)
			return 0;
		wait = passing > 0 || pause < limit - spent ? pause
							    : limit - spent;
		if (pause_for(options, round->count, passing == 0, wait, err) !=
			0)
			return -1;
		pause = pause * 3 / 2 < PAUSE_MAX ? pause * 3 / 2 : PAUSE_MAX;
		spent = clock_elapsed() - began;
		if (ask(v, round, viewer,
			    options->since < 0 ? options->since
					       : options->since + spent / 1000,
			    err) != 0)
			return -1;
	}
}

/* --------------------------------------------------------------- the result */

const struct verified *
verification_worst(const struct verification *v, size_t i, size_t *next)
{
	const struct verified *one = &v->list[i], *other = one + 1;

	*next = i + 1;
	if (*next == v->count || other->url != one->url)
		return one;
	*next = i + 2;
	return other->freshness > one->freshness ? other : one;
}

static void
note_pop(struct verification *v, const char *pop)
{
	size_t i;

	if (!*pop)
		return;
	for (i = 0; i < v->pop_count; i++)
		if (strcmp(v->pops[i], pop) == 0)
			return;
	if (v->pop_count < VERIFICATION_POPS_MAX)
		memcpy(v->pops[v->pop_count++], pop, ANSWER_POP_SIZE);
}

static void
count_kinds(struct verification *v)
{
	bool answered = false;
	size_t i, next;

	for (i = 0; i < v->count; i = next)
		v->kinds[verification_worst(v, i, &next)->freshness]++;
	for (i = 0; i < v->count; i++) {
		note_pop(v, v->list[i].request.answer.pop);
		answered |= v->list[i].request.answer.status != 0;
	}
	v->unreachable = v->asked > 0 && !answered;
}

int
verification_run(struct verification *v, const struct sample *sample,
	struct viewer *viewer, const struct verification_options *options,
	struct err *err)
{
	struct round round = {.count = 0};
	int rc;

	*v = (struct verification){.sample = sample};
	if (fill(v, err) != 0)
		return -1;
	/* a request can be passing and stale, but is in a round once */
	round.of = calloc(v->count + 1, sizeof(struct verified *));
	round.requests = calloc(v->count + 1, sizeof(*round.requests));
	if (round.of && round.requests) {
		add_to_round(&round, v, is_first);
		rc = ask(v, &round, viewer, options->since, err);
		if (rc == 0)
			rc = repeat(v, &round, viewer, options, err);
	} else {
		rc = err_memory(err);
	}
	free(round.of);
	free(round.requests);
	count_kinds(v);
	return rc;
}

void
verification_release(struct verification *v)
{
	free(v->list);
	*v = (struct verification){0};
}
