/*
 * Files of ours that stand in a build's folder: the baseline, a stamp. They
 * would change with every deployment, and so would the build.
 */
#ifndef MANIFEST_INSIDE_H
#define MANIFEST_INSIDE_H

#include "manifest/build.h"

/*
 * The key that the file has, or will have, in the folder `build` (or its folder
 * `root`), to be freed; NULL where it is not inside, or the build is no folder.
 */
char *inside_key(const char *file, const char *build, const char *root);

/* Are the file of this key and those beside it, its lock's too, excluded? */
bool inside_is_left_out(const struct build_options *reading, const char *key);

/* Is the folder that it is in excluded? Else its time changes with the file. */
bool inside_folder_is_left_out(
	const struct build_options *reading, const char *key);

#endif
