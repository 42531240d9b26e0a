/* A cover: candidates and exact paths that together cover every target. */
#ifndef DIFF_COVER_H
#define DIFF_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a cover costs. A lower cost is better, then a lower weight. */
struct cover_value {
	uint64_t cost; /* in millionths of a path; UINT64_MAX if no cover */
	uint64_t weight; /* the sum of its candidates' */
};

/* A cover without its list of items. */
struct cover {
	struct cover_value value;
	size_t items, wildcards; /* the wildcards are among the items */
};

struct cover_item {
	bool wildcard;
	uint32_t index; /* of a candidate for a wildcard, else of a target */
};

#endif
