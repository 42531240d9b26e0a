/*
 * The files and folders that a build was read from, by their paths: for a
 * build tool, which is to know when it must be read again. Of an archive, a
 * manifest or a baseline that is the file itself.
 */
#ifndef MANIFEST_SOURCES_H
#define MANIFEST_SOURCES_H

#include <pthread.h>

#include "base/arena.h"
#include "base/buf.h"

struct sources {
	const char **list; /* in no order, until they are sorted */
	size_t count;
	struct arena texts;
	struct buf top; /* of the build that is being read */
	pthread_mutex_t lock; /* folders are added by any thread */
};

void sources_init(struct sources *sources);
void sources_release(struct sources *sources);

/*
 * From here on keys are those of the build at `path`, or of its folder `root`;
 * the paths that are there stay. What stands at `path` itself is added.
 */
int sources_begin(struct sources *sources, const char *path, const char *root,
	struct err *err);

/* Add the path of a file or folder of the build. */
int sources_add(
	struct sources *sources, const char *key, size_t len, struct err *err);

/* By their bytes, each once. */
void sources_sort(struct sources *sources);

#endif
