/*
 * The folders of a walk, and their descriptors.
 *
 * A name is opened relative to the descriptor of its folder, so no path grows
 * too long for the system and no folder is looked up from the top. A folder's
 * descriptor is kept while somebody uses it (between take and give_back), and
 * while tasks below it are still to come (owed), as far as a bound allows: of
 * those that nobody uses, the one that was left longest ago is closed, and
 * opened again, with those above it, when it is needed. Any number of threads
 * can use these functions at once.
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
	 * Descriptors kept open that nobody uses: with them, coming back up
	 * through a tree of any depth seldom has to open a folder again.
	 */
	FOLDERS_KEPT = 64,
};

struct folder {
	struct task task; /* to read it */
	struct folder *above; /* NULL for the top */
	const char *key; /* relative to the build, "" for its top */
	size_t key_len;
	const char *name; /* in the folder above: the end of the key */
	bool link; /* is reached through a symbolic link */
	int links; /* to folders, on the way here */
	dev_t device;
	ino_t inode;

	/* guarded by the lock of struct folders */
	int fd; /* -1 where it is not open */
	DIR *stream; /* that the descriptor belongs to, or NULL */
	size_t users, owed;
	struct folder *older, *newer; /* of those that are kept */
};

struct folders {
	pthread_mutex_t lock;
	struct folder *oldest, *newest; /* kept: open, owed, without users */
	size_t kept;
};

void folders_init(struct folders *folders);
void folders_release(struct folders *folders);

/* Open the folder `path` below `top`, whatever its length; -1 with errno. */
int folder_open_below(int top, const char *path);

/*
 * Open a folder for the first time, relative to the one above it, which is
 * owed this call; the caller uses it then. -1 with errno; ELOOP or ENOTDIR
 * where something else has taken its place.
 */
int folder_open(struct folders *folders, struct folder *folder);

/* Somebody will call folder_take; the caller uses the folder meanwhile. */
void folder_owe(struct folders *folders, struct folder *folder);

/*
 * The descriptor of a folder that owes this call; give it back. -1 with errno:
 * ESTALE where another folder is in its place now.
 */
int folder_take(struct folders *folders, struct folder *folder);
void folder_give_back(struct folders *folders, struct folder *folder);

/* Close it, where it is open. */
void folder_shut(struct folder *folder);

#endif
