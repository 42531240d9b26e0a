/* Applies a site's cache behaviours to URLs and wildcards. */
#include "diff/site.h"

#include <string.h>

#include "diff/path_pattern.h"

bool
site_is_same(const struct site *a, const struct site *b)
{
	return a && b && strcmp(a->digest, b->digest) == 0;
}

struct site_url
site_look_up(const struct site *site, const char *url, size_t len)
{
	struct site_url found = {.cached = false};
	enum path_match match = PATH_NO;
	bool known = true;
	size_t i;

	for (i = 0; i < site->count && match != PATH_YES; i++) {
		const struct site_behavior *behavior = &site->behaviors[i];

		match = behavior->pattern ? path_pattern_match(
						    behavior->pattern, url, len)
					  : PATH_YES;
		if (match == PATH_NO)
			continue;
		found.foreign |= behavior->foreign;
		found.cached |= behavior->cached;
		found.query_strings |= behavior->query_strings;
		found.index_slash |= behavior->index_slash;
		found.index_bare |= behavior->index_bare;
		found.origin = found.origin * 31 + behavior->origin;
		known = known && behavior->origin != 0;
	}
	if (!known)
		found.origin = 0;
	return found;
}

bool
site_is_foreign(const struct site_behavior *behavior)
{
	return behavior->foreign && behavior->cached && behavior->pattern &&
	       !path_pattern_is_anywhere(behavior->pattern);
}

/* Count the foreign behaviours up to this one, which is *found if there is one. */
static size_t
meet(const struct site *site, const char *prefix, size_t len, size_t index,
	const struct site_behavior **found)
{
	size_t count = 0, i;

	*found = NULL;
	for (i = 0; i < site->count && !*found; i++) {
		const struct site_behavior *behavior = &site->behaviors[i];

		if (site_is_foreign(behavior) &&
			path_pattern_meets(behavior->pattern, prefix, len) &&
			count++ == index)
			*found = behavior;
		if (behavior->pattern &&
			path_pattern_takes(behavior->pattern, prefix, len))
			break;
	}
	return count;
}

size_t
site_count_foreign(const struct site *site, const char *prefix, size_t len)
{
	const struct site_behavior *none;

	return meet(site, prefix, len, SIZE_MAX, &none);
}

const struct site_behavior *
site_get_foreign(
	const struct site *site, const char *prefix, size_t len, size_t index)
{
	const struct site_behavior *found;

	meet(site, prefix, len, index, &found);
	return found;
}
