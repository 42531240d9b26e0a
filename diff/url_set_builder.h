/* Builds the set of URLs at which the objects of two builds are served. */
#ifndef DIFF_URL_SET_BUILDER_H
#define DIFF_URL_SET_BUILDER_H

#include "diff/changes.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

/*
 * Make the set from the new build and the changes since the old one, which must
 * be those of the same manifest. Both outlive the set. Release it after success
 * only.
 *
 * ERR_USAGE names a rule that is wrong: as url_rules_check, or a bare URL of the
 * mount that nothing could cover. ERR_INPUT names a key of the new build whose
 * URL is longer than INVALIDATION_PATH_MAX; that of a removed object only loses
 * its exact path.
 */
int url_set_make(struct url_set *set, const struct manifest *after,
	const struct changes *changes, const struct url_rules *rules,
	struct err *err);

#endif
