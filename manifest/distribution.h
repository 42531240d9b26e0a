/* The id of a CloudFront distribution. */
#ifndef MANIFEST_DISTRIBUTION_H
#define MANIFEST_DISTRIBUTION_H

#include <stdbool.h>

enum {
	DISTRIBUTION_MAX = 64, /* characters of an id */
};

/* An ID as CloudFront makes them: E, then capital letters and digits. */
#define DISTRIBUTION_EXAMPLE "EDFDVBD632BHDS5"

/*
 * Is it 1 to DISTRIBUTION_MAX of A-Z a-z 0-9 _ -? An id becomes part of URLs
 * and of file names, so nothing else is accepted.
 */
bool distribution_is_valid(const char *id);

#endif
