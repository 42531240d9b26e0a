/*
 * A mount: the part of a distribution that one site is served from. A baseline
 * belongs to one mount.
 */
#ifndef DEPLOY_MOUNT_H
#define DEPLOY_MOUNT_H

#include "deploy/callbacks.h"
#include "deploy/store.h"

enum {
	/* Attempts to save a change, each of which another run overtakes. */
	MOUNT_SAVES_MAX = 8,
};

/* Both are borrowed. */
struct mount {
	const char *distribution; /* its ID */
	const char *prefix; /* the URL path, not encoded: / or /docs/ */
};

/*
 * Load the mount's baseline into `baseline`, which is initialised or released.
 * If there is none (*found is false), start an empty one, with a new lineage, of
 * which nothing is known. ERR_INPUT if the baseline is another mount's. A
 * baseline of the first format did not record its mount: it is taken for the
 * one at /; below any other prefix, nothing is known, and it gets a lineage and a
 * tag of its own. Release the baseline even after a failure.
 */
int mount_load(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	bool *found, struct err *err);

#endif
