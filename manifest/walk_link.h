/*
 * The symbolic links of a folder; manifest/build.h has the rule.
 *
 * All functions below return 0 or -1 with an error that doesn't name the link:
 * the caller adds its key. `fd` is the open folder that contains it.
 */
#ifndef MANIFEST_WALK_LINK_H
#define MANIFEST_WALK_LINK_H

#include <sys/stat.h>

#include "manifest/walker.h"

/* Set ERR_INPUT or ERR_SYSTEM after the link could not be followed (errno). */
int walk_link_fail(int fd, const char *name, struct err *err);

/* May a link to a regular file be followed? */
int walk_link_check_file(
	const struct walker *walker, int fd, const char *name, struct err *err);

/*
 * May a link from `folder` to the folder that `st` describes be followed?
 * ERR_INPUT if it forms a cycle.
 */
int walk_link_check_folder(const struct walker *walker,
	const struct walk_folder *folder, int fd, const char *name,
	const struct stat *st, struct err *err);

/*
 * Call after opening a folder below a linked one. Fails with ERR_INPUT if the
 * folder is one of its own ancestors, which finds cycles through several links,
 * or if there are more than LINKED_FOLDERS_MAX of them.
 */
int walk_link_check_opened(
	struct walk *walk, const struct walk_folder *folder, struct err *err);

#endif
