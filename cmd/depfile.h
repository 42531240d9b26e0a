/*
 * A dependency file: what a build was read from, in a form that GNU Make and
 * Ninja both read.
 *
 *	target: \
 *	 path \
 *	 path
 *
 *	path:
 *	path:
 *
 * The second part makes Make treat a missing file as changed. Space, #, : and $
 * are escaped. A name that the two programs read differently or not at all (with
 * a control character, with one of "%&'*;<=>?^`|, some with a \, or with a space,
 * : or ) at the end) is left out, with a warning; edgediff-invalidate(1) lists
 * these. Make takes [ab] for a pattern if it matches another file.
 */
#ifndef CMD_DEPFILE_H
#define CMD_DEPFILE_H

#include <stdbool.h>

#include "manifest/sources.h"

enum {
	DEPFILE_NAME_MAX = 64 * 1024, /* escaped */
};

/* Can both programs read this name, as a target or as the build's? */
bool depfile_can_name(const char *name);

/*
 * Check that `path` is missing or a dependency file. ERR_USAGE if it is another
 * file, which would be overwritten.
 */
int depfile_check(const char *path, struct err *err);

/* Replace the file atomically. Sorts the sources. */
int depfile_write(const char *path, const char *target, struct sources *sources,
	struct err *err);

#endif
