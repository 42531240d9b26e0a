/* Says in words what a verification found: no more than is known. */
#ifndef EDGE_VERIFICATION_WORDS_H
#define EDGE_VERIFICATION_WORDS_H

#include "base/buf.h"
#include "edge/verification.h"

/* What is known of the locations that were not asked. */
enum other_locations {
	LOCATIONS_UNKNOWN,
	LOCATIONS_COMPLETED, /* CloudFront reports the invalidation as completed */
	LOCATIONS_IN_PROGRESS, /* it has not, as far as we waited */
};

/*
 * Append the result as a clause: "fresh 143 of 143 asked, of 2,559 stale URLs,
 * at FRA56-P4; other locations: ...".
 */
void verification_words_sum(struct buf *out,
	const struct verification *verification, enum other_locations others);

/*
 * Append what the answer to one URL was, as a clause; no names in it need
 * escaping. Nothing is said of what is fresh or gone.
 */
void verification_words_of(struct buf *out, const struct verified *one);

/* "gzip, deflate, br", or "no encoding": how it was asked. */
const char *verification_words_encoding(const struct verified *one);

#endif
