/*
 * Refuses files of a run that are in each other's way: if two options named one
 * file, each would overwrite the other's, and a file inside the build would
 * change the build.
 */
#ifndef CMD_PATH_CONFLICTS_H
#define CMD_PATH_CONFLICTS_H

#include "cmd/options.h"
#include "manifest/build.h"

/* Do two paths lead to one file, or would they if it existed? */
bool path_conflicts_is_same(const char *a, const char *b);

/*
 * Check the baseline (at `where`, unless it is in S3), the files of --reviewed,
 * --cache, --stamp, --depfile and --report, and the files that edgediff creates
 * beside the baseline and the cache. Links are followed. ERR_USAGE names two
 * that are one file, and a baseline, stamp, depfile or report that would be part
 * of the build (whoever reads the build checks the cache). ERR_SYSTEM if the
 * folder of a stamp or depfile, which are written last, does not exist.
 */
int path_conflicts_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading,
	struct err *err);

/* Check the reports of a run that reads a build and has no other files. */
int path_conflicts_check_report(const struct settings *settings,
	const char *build, const struct build_options *reading,
	struct err *err);

#endif
