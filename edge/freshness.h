/*
 * What an answer of the edge says of a URL: whether the new build is served.
 *
 * A pure function of the answer and of what the sample knows of the URL.
 */
#ifndef EDGE_FRESHNESS_H
#define EDGE_FRESHNESS_H

#include "edge/sampled.h"

/* How far an answer came. */
enum answer_end {
	ANSWER_NONE, /* not asked yet, or no status came */
	ANSWER_WHOLE,
	ANSWER_LARGER, /* its body is larger than any content that is known */
	ANSWER_CUT, /* it ended within its body, or could not be decoded */
};

enum {
	ANSWER_POP_SIZE = 16, /* FRA56-P4; others are not shown */
	ANSWER_PROBLEM_SIZE = 256,
	ANSWER_LOCATION_SIZE = 256,
	AGE_UNKNOWN = -1,
};

/* One answer, reduced to what counts. */
struct answer {
	enum answer_end end;
	long status; /* 0: none came */
	int64_t age; /* seconds, from its header, or AGE_UNKNOWN */
	bool is_signed; /* CloudFront wants a signed URL or cookie */
	bool encoded; /* its body had an encoding */
	char pop[ANSWER_POP_SIZE]; /* the edge's location; "" if unknown */
	char location[ANSWER_LOCATION_SIZE]; /* of a redirect, escaped */
	char problem[ANSWER_PROBLEM_SIZE]; /* unless it is whole, escaped */

	/* of the whole decoded body, if the status is 200 */
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
};

/* From the best to the worst; an answer in any encoding counts. */
enum freshness {
	FRESHNESS_FRESH, /* what the new build has */
	FRESHNESS_GONE, /* it was removed, and nothing answers */
	FRESHNESS_PRIVATE, /* only for whom may see it */
	FRESHNESS_UNKNOWN, /* a redirect, an error, or no answer */
	FRESHNESS_ALTERED, /* bytes that no build has */
	FRESHNESS_STILL_THERE, /* it was removed, and its old bytes answer */
	FRESHNESS_STALE, /* what caches could hold before, and no bucket has */
	FRESHNESS_KINDS,
};

/* "fresh", "gone", "private", "unknown", "altered", "still there", "stale". */
const char *freshness_word(enum freshness freshness);

/*
 * Judge one answer. If it is stale or still there, *found is the old value that
 * it has, and its key is the sample's; otherwise its key is NULL.
 */
enum freshness freshness_judge(const struct sample *sample,
	const struct sample_url *url, const struct answer *answer,
	struct sample_value *found);

/* May the next answer be another one: was there none, or a passing error? */
bool freshness_may_pass(const struct answer *answer);

#endif
