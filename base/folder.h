/* Makes folders and their missing parents, and makes names durable. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/err.h"

/*
 * Make a folder and its missing parents (mode 0777 & ~umask), as mkdir -p does,
 * and fsync each parent so that the new names survive a loss of power. It is
 * not an error if the folder exists.
 */
int folder_make(const char *path, struct err *err);

/*
 * fsync an open folder, so that the names in it survive a loss of power. Some
 * network and FUSE file systems have no fsync for folders; on these, names last
 * as well as the file system makes them last, and this succeeds. Returns 0, or
 * -1 with errno set.
 */
int folder_sync(int fd);

#endif
