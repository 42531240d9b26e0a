/* What a user should know about a diff before it becomes a batch. */
#ifndef CMD_WARN_H
#define CMD_WARN_H

#include "diff/hint.h"

/*
 * Says on standard error: that every object changed (a build that is not
 * deterministic), and that objects with immutable names changed.
 */
void warn_of_changes(const struct manifest *before,
	const struct changes *changes, const struct url_set *urls);

/* Says what would help, where the plan drags most of the site along. */
void warn_of_width(const struct plan *plan, const struct hint_input *input);

#endif
