/* A plan, and all that it was made from: what those need who explain it. */
#ifndef DIFF_PLANNED_H
#define DIFF_PLANNED_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

/* All borrowed. */
struct planned {
	const struct manifest *before; /* NULL where nothing is known */
	const struct manifest *after;
	const struct changes *changes;

	/* NULL in a diff, which knows of objects only */
	const struct url_rules *rules;
	const struct url_set *urls;
	const struct plan_limits *limits;
	const struct plan *plan;
};

#endif
