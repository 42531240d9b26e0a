/*
 * Splits and joins paths, and resolves their symbolic links. The caller frees
 * every char * that is returned; NULL means out of memory unless stated
 * otherwise.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/err.h"

/*
 * Everything before the last /; "." if the path has no /, and "/" for "/name".
 */
char *path_folder(const char *path);

/*
 * What follows the last /, or all of `path` if it has none; points into `path`.
 */
const char *path_name(const char *path);

/* "folder/name". */
char *path_join(const char *folder, const char *name);

/* The path with a suffix appended: "site.tar.lock". */
char *path_with_suffix(const char *path, const char *suffix);

/*
 * The absolute path of a file without symbolic links, like realpath(3), but
 * only the folder has to exist, not the file itself. A dangling link is
 * followed to the file it names. NULL on failure, with err set.
 */
char *path_canonical(const char *path, struct err *err);

/*
 * Like path_canonical, but the folders need not exist either: this is the path
 * that the file will have once they are made. Also returns NULL if the path
 * cannot be reached.
 */
char *path_canonical_missing(const char *path);

#endif
