/* What a user should know about a diff before it becomes a batch. */
#ifndef CMD_WARN_H
#define CMD_WARN_H

#include "diff/hint.h"

/*
 * Says on standard error: that every object changed (a build that is not
 * deterministic), that objects with immutable names changed, and what would
 * help where the plan also invalidates most of the site. Nothing where nothing is
 * known of what was before.
 */
void warn_of(const struct delta *delta);

#endif
