/*
 * The store keeps a baseline between deployments. One interface, two kinds: a
 * local file (deploy/store_file.c) and an object in S3 (deploy/store_s3.c).
 *
 * ASSUMPTIONS: a rename within a folder is atomic, and data survives a loss of
 * power once fsync of the file and of its folder has returned 0 (POSIX.1-2008;
 * the kernel and the disk have to keep that promise), or the file system has no
 * fsync for folders, and makes names durable by itself. The kernel drops a lock
 * together with the process that holds it. For S3 see deploy/store_s3.h.
 *
 * INVARIANTS: a save replaces the whole baseline or nothing; a save that
 * returns 0 survives a crash and a loss of power; if what is stored is not what
 * we loaded or saved last (it changed, appeared or vanished), a save changes
 * nothing and fails with ERR_BUSY; after any other failure the save may or may
 * not have happened, and the next load shows which. A baseline that cannot be
 * read is an error, never "none".
 *
 * S3 compares and replaces in one step. For a file these are two, between which
 * the lock keeps other runs out. On a shared folder whose locks do not reach
 * another host, its save in that moment, a few milliseconds, is overwritten.
 *
 * Calling sequence: open, then load to read only, or begin, load, save (any
 * number of times). Close in any case.
 */
#ifndef DEPLOY_STORE_H
#define DEPLOY_STORE_H

#include "base/buf.h"
#include "base/file_lock.h"
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
	int (*compare)(struct store *store, struct err *err);
	void (*close)(struct store *store); /* frees it */
};

struct store {
	const struct store_kind *kind;
	char *where; /* as the user named it */

	/*
	 * How begin waits for the lock of a file: the caller may set it before.
	 * All zeros, as it is when opened: not at all.
	 */
	struct file_lock_wait lock_wait;
};

/*
 * Get ready to change the baseline: create a file's missing folders and lock
 * it. ERR_BUSY: another process holds the lock, even after the wait.
 */
int store_begin(struct store *store, struct err *err);

/*
 * Check that a save can keep the invariants. Call this before doing something
 * that only a save can record; a save checks it too.
 */
int store_ready(struct store *store, struct err *err);

/*
 * Read one whole baseline, with or without begin. If it does not exist, returns
 * 0 and sets *found to false. The caller initialises the baseline, and releases
 * it even after a failure.
 */
int store_load(struct store *store, struct baseline *baseline, bool *found,
	struct err *err);

/* Call it after begin and load: see the invariants. */
int store_save(
	struct store *store, const struct baseline *baseline, struct err *err);

/*
 * Is what is stored still what we loaded or saved last? ERR_BUSY if not. Call it
 * at the end of a run that had nothing to save: another one, which had begun
 * before it ended, may have saved what this one should have seen.
 */
int store_compare(struct store *store, struct err *err);

/* NULL is allowed. */
void store_close(struct store *store);

#endif
