/*
 * The folders of a walk, and their descriptors.
 *
 * A name is opened relative to the descriptor of its folder, so no path is too
 * long for the system, and no folder is looked up from the top. A descriptor
 * stays open while it is used, between take and give_back. While it is reserved
 * for later tasks it is kept open too. At most WALK_FOLDERS_KEPT such
 * descriptors are kept: beyond that, the least recently used one is closed, and
 * opened again when it is needed, together with the folders above it. Any
 * number of threads may call these functions at once.
 *
 * Each task that needs a folder reserves it in advance, then takes it and gives
 * it back. The task that opens a folder reserves the one above it.
 */
#ifndef MANIFEST_WALK_FOLDERS_H
#define MANIFEST_WALK_FOLDERS_H

#include <dirent.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/thread_pool.h"

enum {
	/*
	 * Descriptors that are kept open while unused. With this many, a walk
	 * seldom has to open a folder again, however deep the tree.
	 */
	WALK_FOLDERS_KEPT = 64,
};

struct walk_folder {
	struct task task; /* to read it */
	struct walk_folder *above; /* NULL for the top */
	const char *key; /* relative to the build, "" for its top */
	size_t key_len;
	const char *name; /* in the folder above: the end of the key */
	bool link; /* it is reached through a symbolic link */
	int links; /* to folders, on its path */
	dev_t device;
	ino_t inode;

	/* guarded by the lock of struct walk_folders */
	int fd; /* -1 if it is not open */
	DIR *stream; /* that owns the descriptor, or NULL */
	size_t users; /* tasks that use it now */
	size_t reserved; /* tasks that will take it */
	struct walk_folder *older, *newer; /* in the list of kept ones */
};

struct walk_folders {
	pthread_mutex_t lock;

	/* those that are kept: open and reserved, but not used */
	struct walk_folder *oldest, *newest;
	size_t kept;
};

void walk_folders_init(struct walk_folders *folders);
void walk_folders_release(struct walk_folders *folders);

/* Open the folder `path`, of any length, below `top`; -1 with errno. */
int walk_folder_open_below(int top, const char *path);

/*
 * Open a folder for the first time, relative to the folder above it, which is
 * reserved for this. The caller uses it, and gives it back. -1 with errno: ELOOP
 * or ENOTDIR if something else has taken its place.
 */
int walk_folder_open(struct walk_folders *folders, struct walk_folder *folder);

/* Reserve a folder, which the caller is using, for one later task. */
void walk_folder_reserve(
	struct walk_folders *folders, struct walk_folder *folder);

/*
 * Use up one reservation of a folder. Returns its descriptor, to be used until
 * give_back. -1 with errno: ESTALE if another folder has taken its place.
 */
int walk_folder_take(struct walk_folders *folders, struct walk_folder *folder);
void walk_folder_give_back(
	struct walk_folders *folders, struct walk_folder *folder);

/* Close the folder if it is open. */
void walk_folder_close(struct walk_folder *folder);

#endif
