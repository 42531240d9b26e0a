/*
 * Records in the baseline that a build was served, so that caches can hold its
 * objects, whatever becomes of the run.
 */
#ifndef DEPLOY_RECORD_BUILD_H
#define DEPLOY_RECORD_BUILD_H

#include "deploy/mount.h"

/*
 * Add the build's values to the baseline's and, if that is news, save it. If
 * another run was faster, load its baseline, which replaces this one, and try
 * again. `outdated` says that the baseline is known to be overtaken, so that it
 * is loaded first. *grew, if not NULL, says whether anything was new. Errors are
 * those of the store and ERR_MEMORY.
 */
int record_build(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	const struct manifest *build, bool outdated, bool *grew,
	struct err *err);

#endif
