/*
 * The paths of the files and folders that builds were read from. A build tool
 * needs them to know when to run again. For an archive, a manifest or a baseline
 * it is the path of that file.
 *
 * Life: init; for each build begin, add...; sort; release.
 */
#ifndef MANIFEST_SOURCES_H
#define MANIFEST_SOURCES_H

#include <pthread.h>

#include "base/arena.h"
#include "base/buf.h"

struct sources {
	const char **list; /* in any order until sources_sort */
	size_t count;
	struct arena texts;
	struct buf top; /* of the build that is being read */
	pthread_mutex_t lock; /* any thread adds folders */
};

void sources_init(struct sources *sources);
void sources_release(struct sources *sources);

/*
 * From here on keys are relative to the build at `path` or to its folder `root`
 * (NULL for none), which is also added. Paths of earlier builds stay.
 */
int sources_begin(struct sources *sources, const char *path, const char *root,
	struct err *err);

/* Add the path of a file or folder of the build. Any thread may call it. */
int sources_add(
	struct sources *sources, const char *key, size_t len, struct err *err);

/* Add a path that may be anywhere. Any thread may call it. */
int sources_add_path(
	struct sources *sources, const char *path, struct err *err);

/* Sort the paths by their bytes, and remove duplicates. */
void sources_sort(struct sources *sources);

#endif
