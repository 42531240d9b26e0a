/*
 * The stamp of a run, and its dependency file: how Make, Ninja and their like
 * know that the edge is up to date.
 *
 *	edgediff-stamp 1
 *	<distribution id> <hash of the manifest that the edge agrees with>
 *
 * The stamp is written where a deployment was recorded, and where it is missing
 * or names another build (a run before was stopped between the two). Otherwise
 * it stays as it is, so that what depends on it need not run (Ninja's restat).
 * After a deployment that failed neither file is touched.
 */
#ifndef CMD_STAMP_H
#define CMD_STAMP_H

#include "cmd/options.h"
#include "manifest/build.h"

enum {
	STAMP_MAX = 1024 * 1024, /* a line has 130 bytes at most */
};

struct stamp {
	const char *path, *depfile; /* borrowed; NULL where not asked for */
	struct sources sources; /* of the dependency file */
	struct buf old, text;
	bool moved;
};

/*
 * Nothing is written yet. ERR_USAGE for options that don't go together, and
 * where a file of another kind would be lost. Release in any case.
 */
int stamp_begin(
	struct stamp *stamp, const struct settings *settings, struct err *err);

/*
 * A build is about to be read, in this way: its sources are asked for, where
 * there is a dependency file. ERR_USAGE for a build that it cannot name. That
 * the two files are apart from it and from others is cmd/path_conflicts.h's.
 */
int stamp_attach(struct stamp *stamp, const char *build,
	struct build_options *reading, struct err *err);

/* The edge agrees with this manifest; a deployment was `recorded`, or not. */
void stamp_note(struct stamp *stamp, const char *distribution, const char *hash,
	bool recorded);

/* All went well: write the dependency file, then the stamp. */
int stamp_write(struct stamp *stamp, struct err *err);
void stamp_release(struct stamp *stamp);

#endif
