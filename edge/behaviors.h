/*
 * Which cache behaviour of a distribution a URL belongs to: the first whose
 * pattern matches, else the default. If a pattern may match, which
 * diff/path_pattern.h explains, a URL may belong to it or to a later one.
 */
#ifndef EDGE_BEHAVIORS_H
#define EDGE_BEHAVIORS_H

#include "aws/distribution.h"

/*
 * Set of[i] for each behaviour that the URL, a path encoded as diff/url.h says,
 * may belong to; the others stay as they are. `of` has behavior_count elements.
 */
void behaviors_of_url(const struct distribution *distribution, const char *url,
	size_t len, bool *of);

#endif
