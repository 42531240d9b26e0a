/*
 * Where a baseline lives between deployments, behind one interface: a local
 * file (deploy/store_file.c) or an object in S3 (deploy/store_s3.c).
 *
 * ASSUMPTIONS: a rename within a folder is atomic, and what fsync of the file
 * and of its folder returned 0 for survives a loss of power (POSIX.1-2008; the
 * kernel and the disk keep that promise, or nobody can). The kernel drops a
 * lock with the process that held it. For S3 see deploy/store_s3.h.
 *
 * INVARIANTS: a save replaces the whole baseline or nothing of it; a save that
 * returns 0 survives a crash and a loss of power; a save whose baseline was
 * not the newest (another run saved after our load) changes nothing and is
 * ERR_BUSY; a save that failed otherwise may have been done or not, and the
 * next load tells. A baseline that cannot be read is an error, never "none".
 *
 * Life: open, then load (for reading alone), or begin, load, save... Close in
 * any case.
 */
#ifndef DEPLOY_STORE_H
#define DEPLOY_STORE_H

#include "base/buf.h"
#include "manifest/baseline.h"

struct store;

/* What each kind of store does; the functions below call these. */
struct store_kind {
	int (*begin)(struct store *store, struct err *err);
	int (*ready)(struct store *store, struct err *err); /* NULL: always */
	int (*read)(struct store *store, struct buf *text, bool *found,
		struct err *err);
	int (*save)(struct store *store, const struct baseline *baseline,
		struct err *err);
	void (*close)(struct store *store); /* frees it */
};

struct store {
	const struct store_kind *kind;
	char *where; /* as the user named it */
};

/*
 * From here on the baseline will be changed: a file is locked, its folders
 * made where missing. ERR_BUSY where another process has the lock.
 */
int store_begin(struct store *store, struct err *err);

/*
 * Can a save keep the invariants? To be asked before something is done that
 * only a save can record; a save asks it too.
 */
int store_ready(struct store *store, struct err *err);

/*
 * What is read is one whole baseline, also without begin. Returns 0 and
 * *found = false where there is none. The baseline is initialised by the
 * caller and released by it, on failure too.
 */
int store_load(struct store *store, struct baseline *baseline, bool *found,
	struct err *err);

/* After begin and load: see the invariants. */
int store_save(
	struct store *store, const struct baseline *baseline, struct err *err);

/* NULL is allowed. */
void store_close(struct store *store);

#endif
