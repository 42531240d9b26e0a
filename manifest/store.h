/*
 * Where a baseline lives between deployments. One kind today, a local file.
 *
 * INVARIANT: between open and close nobody else changes the stored baseline,
 * or the save fails; a save that returns 0 survives a loss of power.
 */
#ifndef MANIFEST_STORE_H
#define MANIFEST_STORE_H

#include "base/file.h"
#include "manifest/baseline.h"

struct store {
	char *path;
	struct file_lock lock;
};

/*
 * Open the store at `where` (a path) for writing, with its lock held: folders
 * are made where missing. ERR_BUSY where another process has it.
 */
int store_open(struct store *store, const char *where, struct err *err);
void store_close(struct store *store);

/*
 * Load the baseline at `where`, without a lock: a save replaces the file
 * whole, so what is read is one baseline. Returns 0 and *found = false where
 * there is none; a damaged one is an error, never "none".
 */
int store_load(const char *where, struct baseline *baseline, bool *found,
	struct err *err);

/*
 * The key that the baseline file has, or will have, in the folder `build` (or
 * its folder `root`), to be freed; NULL where it is not inside, or the build
 * is no folder.
 */
char *store_key_inside(const char *where, const char *build, const char *root);

int store_save(
	struct store *store, const struct baseline *baseline, struct err *err);

#endif
