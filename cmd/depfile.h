/*
 * A dependency file: what a build was read from, as GNU Make and Ninja both
 * read it.
 *
 *	target: \
 *	 path \
 *	 path
 *
 *	path:
 *	path:
 *
 * The second part lets Make take a file that is gone for one that changed.
 * Space, #, : and $ are escaped. A name that the two would read differently or
 * not at all (with a control character, one of "%&'*;<=>?^`|, some with a \ or
 * with a space, : or ) at the end) is left out, and that is said; the page of
 * invalidate lists them. Make takes [ab] for a pattern where another file
 * matches it.
 */
#ifndef CMD_DEPFILE_H
#define CMD_DEPFILE_H

#include <stdbool.h>

#include "manifest/sources.h"

enum {
	DEPFILE_NAME_MAX = 64 * 1024, /* escaped */
};

/* Can both read this name as a target, or as the build's own? */
bool depfile_can_name(const char *name);

/*
 * Is there nothing at `path`, or a dependency file? ERR_USAGE where it is
 * something else, which would be lost.
 */
int depfile_check(const char *path, struct err *err);

/* Replace it whole. The sources are sorted. */
int depfile_write(const char *path, const char *target, struct sources *sources,
	struct err *err);

#endif
