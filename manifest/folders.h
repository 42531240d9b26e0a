/*
 * The folders of a walk, and their descriptors.
 *
 * A name is opened relative to the descriptor of its folder, so no path is too
 * long for the system, and no folder is looked up from the top. A descriptor
 * stays open while it is used (between take and give_back). While tasks that
 * will need it are pending (owed) it is kept open too, up to FOLDERS_KEPT of
 * them: beyond that the least recently used one is closed, and is opened again
 * when it is needed, together with the folders above it. Any number of threads
 * may call these functions at once.
 *
 * Life of a folder: owe for each task that will need it; each task then calls
 * open (the task that reads the folder: of the folder above) or take, and
 * give_back.
 */
#ifndef MANIFEST_FOLDERS_H
#define MANIFEST_FOLDERS_H

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
	FOLDERS_KEPT = 64,
};

struct folder {
	struct task task; /* to read it */
	struct folder *above; /* NULL for the top */
	const char *key; /* relative to the build, "" for its top */
	size_t key_len;
	const char *name; /* in the folder above: the end of the key */
	bool link; /* it is reached through a symbolic link */
	int links; /* to folders, on its path */
	dev_t device;
	ino_t inode;

	/* guarded by the lock of struct folders */
	int fd; /* -1 if it is not open */
	DIR *stream; /* that owns the descriptor, or NULL */
	size_t users, owed;
	struct folder *older, *newer; /* in the list of kept ones */
};

struct folders {
	pthread_mutex_t lock;
	struct folder *oldest, *newest; /* kept: open and owed, but unused */
	size_t kept;
};

void folders_init(struct folders *folders);
void folders_release(struct folders *folders);

/* Open the folder `path`, of any length, below `top`; -1 with errno. */
int folder_open_below(int top, const char *path);

/*
 * Open a folder for the first time, relative to the folder above it, which
 * folder_owe was called for. The caller uses it and gives it back. -1 with
 * errno: ELOOP or ENOTDIR if something else has taken its place.
 */
int folder_open(struct folders *folders, struct folder *folder);

/* A task will call folder_take. The caller itself uses the folder. */
void folder_owe(struct folders *folders, struct folder *folder);

/*
 * Use a folder that folder_owe was called for; returns its descriptor, to be
 * given back. -1 with errno: ESTALE if another folder has taken its place.
 */
int folder_take(struct folders *folders, struct folder *folder);
void folder_give_back(struct folders *folders, struct folder *folder);

/* Close the folder if it is open. */
void folder_shut(struct folder *folder);

#endif
