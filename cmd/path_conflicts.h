/*
 * The files of a run are apart: two that were one would each be lost to the
 * other, and one inside the build would change it.
 */
#ifndef CMD_PATH_CONFLICTS_H
#define CMD_PATH_CONFLICTS_H

#include "cmd/options.h"
#include "manifest/build.h"

/* Do two paths lead to one file, or would, were it there? */
bool path_conflicts_is_same(const char *a, const char *b);

/*
 * The baseline (at `where`; in S3 it is apart from all), and the files of
 * --reviewed, --cache, --stamp, --depfile and --report, and those that are made
 * beside the first and the third: ERR_USAGE names two that are one, links
 * followed, and a baseline, stamp, depfile or report that would be part of the
 * build (a cache is the reading's own matter). ERR_SYSTEM where the folder of a
 * stamp or depfile, which are written last, is not there.
 */
int path_conflicts_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading,
	struct err *err);

/* The reports of a run that reads a build, and has no other files. */
int path_conflicts_check_report(const struct settings *settings,
	const char *build, const struct build_options *reading,
	struct err *err);

#endif
