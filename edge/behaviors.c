/* Finds the cache behaviour that a URL belongs to. */
#include "edge/behaviors.h"

#include "diff/path_pattern.h"

void
behaviors_of_url(const struct distribution *distribution, const char *url,
	size_t len, bool *of)
{
	size_t last = distribution->behavior_count - 1, i;
	enum path_match match;

	for (i = 0; i < last; i++) {
		match = path_pattern_match(
			distribution->behaviors[i].path_pattern, url, len);
		if (match != PATH_NO)
			of[i] = true;
		if (match == PATH_YES)
			return;
	}
	of[last] = true;
}
