/*
 * Files that edgediff writes, such as a baseline or a stamp, inside the folder
 * of a build: they would change with every deployment, and with them the build.
 */
#ifndef MANIFEST_PATH_INSIDE_H
#define MANIFEST_PATH_INSIDE_H

#include "manifest/build_options.h"

/*
 * The key that the file has, or will have, in the folder `build` (or in its
 * folder `root`), to be freed. NULL if it is not inside, or if the build is not
 * a folder.
 */
char *path_inside_key(const char *file, const char *build, const char *root);

/*
 * Does the build exclude the file with this key, and its lock and temporary
 * files, which are created beside it?
 */
bool path_inside_is_excluded(
	const struct build_options *reading, const char *key);

/* Is the file's folder, whose times change with the file, excluded? */
bool path_inside_folder_is_excluded(
	const struct build_options *reading, const char *key);

#endif
