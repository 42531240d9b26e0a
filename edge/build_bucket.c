/* Finds the bucket behind the URLs of a build. */
#include "edge/build_bucket.h"

#include <stdlib.h>
#include <string.h>

#include "edge/build_behaviors.h"

static const struct origin *
origin_of(const struct distribution *d, const char *target)
{
	const struct origin_group *group = distribution_group(d, target);

	if (group && group->member_count > 0)
		target = group->members[0];
	return distribution_origin(d, target);
}

/* The one origin of all these behaviours; NULL if there are several. */
static const struct origin *
find_origin(const struct distribution *d, const bool *of, const char **why)
{
	const struct origin *found = NULL, *origin;
	size_t i;

	for (i = 0; i < d->behavior_count; i++) {
		if (!of[i])
			continue;
		origin = origin_of(d, d->behaviors[i].target);
		if (origin && (!found || origin_is_same(found, origin))) {
			found = origin;
			continue;
		}
		*why = "the build's URLs lead to several origins";
		return NULL;
	}
	if (!found)
		*why = "no origin is known for the build's URLs";
	return found;
}

int
build_bucket_find(const struct reading *reading, const char *prefix,
	const struct manifest *after, const struct changes *changes,
	struct build_bucket *out, const char **why, struct err *err)
{
	const struct distribution *d = &reading->distribution;
	bool *of = calloc(d->behavior_count + 1, sizeof(*of));
	const struct origin *origin = NULL;
	int rc;

	*why = NULL;
	if (!of)
		return err_memory(err);
	rc = build_behaviors_find(d, prefix, after, changes, of, err);
	if (rc == 0)
		origin = find_origin(d, of, why);
	if (origin && !origin_get_bucket(
			      origin->domain_name, out->bucket, out->region))
		*why = "the origin of the build is no S3 bucket";
	else if (origin)
		out->path = origin->path;
	free(of);
	return rc;
}
