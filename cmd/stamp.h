/*
 * The stamp of a run and its dependency file, by which Make, Ninja and other
 * build tools know that the edge is current.
 *
 *	edgediff-stamp 1
 *	<distribution id> <hash of the manifest that the edge agrees with>
 *
 * The stamp is written after a deployment, and if it is missing or names another
 * build (an earlier run stopped before it could write the stamp). Otherwise it
 * is left alone, so that what depends on it need not run (Ninja's restat). If a
 * deployment fails, neither file is touched.
 */
#ifndef CMD_STAMP_H
#define CMD_STAMP_H

#include "cmd/options.h"
#include "manifest/build.h"

enum {
	STAMP_MAX = 1024 * 1024, /* a line has 130 bytes at most */
};

struct stamp {
	const char *path, *depfile; /* borrowed; NULL if not given */
	struct sources sources; /* for the dependency file */
	struct buf old, text; /* what the stamp has, and what it gets */
	bool is_due; /* write it even if both are the same */
};

/*
 * Read what exists; nothing is written yet. ERR_USAGE if options cannot be
 * combined, or if a file of another kind would be overwritten. Release it even
 * after a failure.
 */
int stamp_begin(
	struct stamp *stamp, const struct settings *settings, struct err *err);

/*
 * If there is a dependency file, have the reading of a build collect the build's
 * sources. ERR_USAGE if the file cannot name the build. (cmd/path_conflicts.h
 * checks that the files don't conflict with the build or with others.)
 */
int stamp_attach(struct stamp *stamp, const char *build,
	struct build_options *reading, struct err *err);

/*
 * Add a line: the edge agrees with this manifest. `recorded` says whether the
 * deployment has written the baseline.
 */
void stamp_note(struct stamp *stamp, const char *distribution, const char *hash,
	bool recorded);

/* After success, write the dependency file, then the stamp if it is due. */
int stamp_write(struct stamp *stamp, struct err *err);
void stamp_release(struct stamp *stamp);

#endif
