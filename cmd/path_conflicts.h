/*
 * Checks that the files of a run don't get in each other's way: two options with
 * the same file would overwrite it, and a file inside the build would change the
 * build. ERR_USAGE names the option and, for a value from edgediff.conf, its
 * line.
 */
#ifndef CMD_PATH_CONFLICTS_H
#define CMD_PATH_CONFLICTS_H

#include <stdbool.h>

#include "cmd/settings.h"
#include "manifest/build.h"
#include "manifest/written_files.h"

/* Do two paths lead to the same file, or would they if it existed? */
bool path_conflicts_is_same(const char *a, const char *b);

/*
 * Check the files of a deployment, with symbolic links resolved: the baseline at
 * `where` (one in S3 conflicts with nothing), --reviewed, --cache, --stamp,
 * --depfile and --report, and the files that are created beside the baseline and
 * the cache. No two may be the same; the baseline, stamp, dependency file and
 * reports may not be part of the build (for the cache, reading checks that), and
 * are added to `written`, so that reading finds a link that leads to them; and
 * ERR_SYSTEM if the stamp or the dependency file, which are written last, has no
 * folder.
 */
int path_conflicts_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading,
	struct written_files *written, struct err *err);

/* Check that no --report is part of a build, and add the reports as above. */
int path_conflicts_check_reports(const struct settings *settings,
	const char *build, const struct build_options *reading,
	struct written_files *written, struct err *err);

#endif
