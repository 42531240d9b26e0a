/* Warns about what looks wrong before a batch is sent. */
#ifndef CMD_WARN_H
#define CMD_WARN_H

#include "diff/hint.h"

/*
 * Log a warning if every object changed (the build is not deterministic), and
 * one if an object with an immutable name changed, one if the build has no
 * object that --fallback names; and log what would help if
 * the plan also invalidates most of the site. Without a `before` there is
 * nothing to compare.
 */
void warn_about_plan(const struct delta *delta);

/*
 * On a CI system a first deployment is more often a baseline that was lost,
 * since each run begins in a new folder: log a warning, unless the baseline,
 * which is not in the file `where`, is in S3.
 */
void warn_about_first_run(
	const struct delta *delta, const char *where, bool in_s3);

/*
 * Warn if a valid id has small letters, which no id of CloudFront has. It is no
 * error, because nothing documents that. Any other id is passed over, as is
 * NULL.
 */
void warn_about_distribution(const char *id);

#endif
