/* The URLs at which the objects of two builds are served. */
#ifndef DIFF_BUILD_URLS_H
#define DIFF_BUILD_URLS_H

#include "diff/changes.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

/*
 * Make the set from the new build and the changes since the old one. The
 * changes must point into the same manifest, `after`; both must outlive the
 * set. If `everything` is stale, so is the URL of an object that did not change
 * or was added, unless it is immutable. Release the set after success only.
 *
 * Fails with ERR_USAGE if url_rules_check does, or if nothing could cover the
 * bare URL of the mount; the message names the rule. Fails with ERR_INPUT if an
 * object of the new build has a URL longer than INVALIDATION_PATH_MAX; the
 * message names its key. If the object was removed, such a URL only loses its
 * exact path.
 */
int build_urls_find(struct url_set *set, const struct manifest *after,
	const struct changes *changes, bool everything,
	const struct url_rules *rules, struct err *err);

#endif
