/*
 * The folders of the symbolic links that a path leads through. A build tool looks
 * at the file that a link leads to, not at the link. If the link is made to lead
 * to another file, which may be older, only the time of its folder changes.
 */
#ifndef MANIFEST_LINK_FOLDERS_H
#define MANIFEST_LINK_FOLDERS_H

#include "manifest/sources.h"

/*
 * Add to the sources, by absolute paths, the folders of all links on the way that
 * `path` leads to its file or folder. What cannot be followed adds nothing: to
 * read it will fail.
 */
int link_folders_add(
	struct sources *sources, const char *path, struct err *err);

/*
 * The same for the link `key` in the build that is being read, but without the
 * folder of that link itself, which is part of the build.
 */
int link_folders_add_key(
	struct sources *sources, const char *key, struct err *err);

#endif
