/*
 * A verification: asks the URLs of a sample, several times if need be, and says
 * of each whether the edge serves the new build.
 *
 * Stale URLs are asked again, with growing pauses, until the time is over:
 * an invalidation takes a while, and so do pages for errors. No answer, a
 * passing error or a body that ends early is asked for twice more. An altered
 * body that had an encoding is looked at once without decoding it, as the object
 * itself may be compressed.
 */
#ifndef EDGE_VERIFICATION_H
#define EDGE_VERIFICATION_H

#include "edge/freshness.h"
#include "edge/viewer.h"

enum {
	VERIFICATION_TRIES = 3, /* of what may pass */

	/* Different locations that are named; one place sees one or two. */
	VERIFICATION_POPS_MAX = 8,

	/*
	 * Seconds by which an Age must exceed the time since the invalidation
	 * to be older: clocks differ.
	 */
	VERIFICATION_AGE_SLACK = 60,
};

/* One request of the sample, and what came of it at last. */
struct verified {
	const struct sample_url *url;
	struct viewer_request request; /* and its answer */
	enum freshness freshness;
	struct sample_value found; /* see freshness_judge */
	unsigned tries;
	bool older; /* by its Age, it is older than the invalidation */
};

struct verification_options {
	unsigned long seconds; /* for how long stale URLs are asked again */

	/* Seconds since the invalidation was created; negative: unknown. */
	int64_t since;

	/* Pause; `what` is what for. -1: the user interrupts. */
	int (*pause)(void *context, const char *what, long long milliseconds);
	void *context;
};

struct verification {
	const struct sample *sample; /* borrowed */

	/* by URL, in the sample's order; that without encoding comes second */
	struct verified *list;
	size_t count;

	/* of URLs: the worst answer of each counts */
	size_t kinds[FRESHNESS_KINDS];
	size_t asked;
	bool unreachable; /* nothing answered; `problem` of the first says why */
	char pops[VERIFICATION_POPS_MAX][ANSWER_POP_SIZE];
	size_t pop_count;
};

/*
 * Ask, until all is fresh or the time is over. Errors are those of viewer_ask;
 * then what was found so far is in the verification all the same. Release it
 * in any case.
 */
int verification_run(struct verification *verification,
	const struct sample *sample, struct viewer *viewer,
	const struct verification_options *options, struct err *err);
void verification_release(struct verification *verification);

/*
 * The request whose answer counts for the same URL: list[i] or list[i + 1].
 * *next is set to the place of the next URL.
 */
const struct verified *verification_worst(
	const struct verification *verification, size_t i, size_t *next);

#endif
