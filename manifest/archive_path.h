/*
 * Paths in an archive. A path in normal form has no empty, . or .. component
 * and no / at either end; "" is the top of the archive.
 */
#ifndef MANIFEST_ARCHIVE_PATH_H
#define MANIFEST_ARCHIVE_PATH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

/* Remove the last component, and the / before it if there is one. */
void archive_path_cut(struct buf *path);

/*
 * Copy the name of a member, in normal form, into the arena. ERR_INPUT if it is
 * absolute, contains .. or is longer than KEY_MAX.
 */
int archive_path_normalise(struct arena *arena, const char *name,
	const char **out, struct err *err);

/* Is the name already in normal form, and not too long? */
bool archive_path_is_normal(const char *name);

/*
 * The part of `name` below `folder`, both in normal form; NULL if it is not
 * below it.
 */
const char *archive_path_below(const char *folder, const char *name);

/* Sets ERR_INPUT: "<name>: <what>". */
int archive_path_fail(const char *name, const char *what, struct err *err);

#endif
