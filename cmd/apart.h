/*
 * The files of a run are apart: two that were one would each be lost to the
 * other, and one inside the build would change it.
 */
#ifndef CMD_APART_H
#define CMD_APART_H

#include "cmd/options.h"
#include "manifest/build.h"

/*
 * The baseline (at `where`; in S3 it is apart from all), and the files of
 * --reviewed, --cache, --stamp, --depfile and --report: ERR_USAGE names two that
 * are one, links followed, and a report that would be part of the build.
 */
int apart_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading,
	struct err *err);

#endif
