/* Warns about what looks wrong in a plan before it becomes a batch. */
#ifndef CMD_WARN_H
#define CMD_WARN_H

#include "diff/hint.h"

/*
 * Log a warning if every object changed (the build is not deterministic), and
 * one if an object with an immutable name changed; and log what would help if
 * the plan also invalidates most of the site. Without a `before` there is
 * nothing to compare, so nothing is logged.
 */
void warn_about_plan(const struct delta *delta);

#endif
