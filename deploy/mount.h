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

/* A change of a baseline, which may be made again on a newer one. */
struct mount_amendment {
	/*
	 * Change the baseline and save it, or compare it with what is stored
	 * (deploy/store.h). `found` is as of mount_load, or true if it was not
	 * loaded here.
	 */
	int (*make)(void *context, struct baseline *baseline, bool found,
		struct err *err);
	void *context;
};

/*
 * Make the change. If another run has saved in between (ERR_BUSY), load what it
 * has saved and make the change on that, MOUNT_SAVES_MAX times at most. The
 * baseline is the one that is loaded, or `outdated`: then it is loaded first.
 */
int mount_amend(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	bool outdated, const struct mount_amendment *amendment,
	struct err *err);

#endif
