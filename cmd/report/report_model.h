/*
 * What a report says, computed once for all its formats: which objects are
 * affected, and what the plan and its alternatives cost.
 */
#ifndef CMD_REPORT_REPORT_MODEL_H
#define CMD_REPORT_REPORT_MODEL_H

#include "diff/delta.h"

/* How a deployment affects an object. The page's script has the same numbers. */
enum object_state {
	OBJECT_UNCHANGED, /* and no item covers any of its URLs */
	OBJECT_STALE, /* it changed, so at least one of its URLs is stale */
	OBJECT_COLLATERAL, /* no URL of it is stale, but an item covers one */
	OBJECT_KEPT, /* changed, but exempt: --immutable, --skip-added; what
			items cover of it is neutral */
	OBJECT_STATES,
};

enum {
	OBJECT_ITEMS_MAX = 4, /* an object has three URLs at most */
};

/* An object of the new build, or a removed one. */
struct report_object {
	const struct object *object; /* of the new build, if it is there */
	const struct change *change; /* NULL if it did not change */
	enum object_state state;
	unsigned item_count; /* of items that cover one of its URLs */
	size_t items[OBJECT_ITEMS_MAX]; /* their indexes in the plan */
};

struct report_cost {
	size_t paths; /* items of a batch; each has the same price */
	size_t collateral; /* URLs invalidated, neither stale nor neutral */
};

struct report_model {
	const char *distribution; /* or NULL; borrowed */
	const struct delta *delta; /* borrowed */
	struct report_object *objects; /* sorted by key */
	size_t count;
	uint64_t bytes_before, bytes_after;

	/* alternatives to the plan, if there is a plan */
	bool everything_allowed; /* --never-widen does not forbid it */
	struct report_cost everything; /* one wildcard for the whole mount */
	size_t inexact; /* stale URLs that no exact path covers */

	/* a sentence if the plan is wide (diff/hint.h), else empty */
	struct buf hint;
};

/*
 * Compute the model of a plan, or of a diff if delta_get_plan is NULL. Release
 * it even after a failure. Fails if memory runs out.
 */
int report_model_make(struct report_model *model, const char *distribution,
	const struct delta *delta, struct err *err);
void report_model_release(struct report_model *model);

#endif
