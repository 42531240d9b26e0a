/*
 * A sample: which URLs a verification asks, and what it knows of their answers.
 *
 * It is a pure function of a delta and the limits: equal inputs give equal
 * samples, so that jobs in several places ask for the same URLs. In this order:
 *
 * - the root of the mount, and the pages that are also error pages;
 * - what an earlier verification found stale;
 * - the URL of each exact item of the plan;
 * - some of each wildcard, some removed URLs, and some at which an index
 *   document answers for its folder, in turn, until there are enough.
 *
 * Within each of these, XXH3-64 of the manifest's hash and the URL decides. If
 * no URL is stale, or nothing is known about the edge, all URLs are a wildcard's.
 */
#ifndef EDGE_SAMPLE_H
#define EDGE_SAMPLE_H

#include "base/string_list.h"
#include "diff/delta.h"
#include "edge/sampled.h"

enum {
	/*
	 * Most requests of a sample: a verification is a sample, and not a
	 * crawler.
	 */
	SAMPLE_REQUESTS_MAX = 10 * 1000,

	/* Every so many URLs one is also asked for without an encoding. */
	SAMPLE_IDENTITY_EVERY = 10,
};

struct sample_limits {
	size_t requests; /* 1 to SAMPLE_REQUESTS_MAX */
	uint64_t bytes; /* of all bodies, decoded */
};

/* What is known besides the delta. */
struct sample_known {
	const char *again; /* the baseline's, or NULL */

	/* sorted keys of removed objects that the bucket has no more, or has */
	struct string_list gone, there;
};

/*
 * Make the sample of a delta that has its plan and is not detached; nothing is
 * borrowed. ERR_MEMORY. Release the sample even after a failure.
 */
int sample_make(struct sample *sample, const struct delta *delta,
	const struct sample_limits *limits, const struct sample_known *known,
	struct err *err);
void sample_release(struct sample *sample);

/* How many requests does the sample consist of? */
size_t sample_count_requests(const struct sample *sample);

#endif
