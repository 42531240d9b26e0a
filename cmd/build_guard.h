/* Applies the guards of diff/guard.h to a build, as --allow says. */
#ifndef CMD_BUILD_GUARD_H
#define CMD_BUILD_GUARD_H

#include "cmd/options.h"
#include "diff/delta.h"

/*
 * Log a warning for each guard that the build does not pass. `build` is its
 * path, for the messages; the delta's `before`, which may be NULL, is only
 * another build.
 */
void build_guard_warn(const struct settings *settings, const char *build,
	const struct delta *delta);

/*
 * The same before a deployment, where `before` is the last one: ERR_INPUT if a
 * guard refuses it.
 */
int build_guard_check(const struct settings *settings, const char *build,
	const struct delta *delta, struct err *err);

#endif
