/*
 * Records what a verification found stale: caches still hold an old value after
 * an invalidation that should have dropped it, so the next run covers it again.
 *
 * It does so once for each value of a key. Whoever finds the same one again only
 * reports it: a cache that never drops it, or a name that CloudFront does not
 * match, must not be billed for ever. The baseline keeps what was covered again,
 * a hash for each, until a verification finds the key fresh.
 */
#ifndef DEPLOY_STALE_H
#define DEPLOY_STALE_H

#include "deploy/mount.h"

/* What a verification found; borrowed. */
struct stale_findings {
	/* old values, in any order; a key can have several */
	const struct cached_value *stale;
	size_t stale_count;

	const char *const *fresh; /* keys that are as they should be */
	size_t fresh_count;
};

/*
 * Add the values to what caches can hold, and save, if anything is new. The store
 * has begun. *added is how many values the next run covers because of that; the
 * others are only to be reported. If another run was faster, its baseline is
 * loaded. Errors are those of the store, of mount_load, and ERR_MEMORY.
 */
int stale_record(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks,
	const struct stale_findings *findings, size_t *added, struct err *err);

#endif
