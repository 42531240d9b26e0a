/* What a report says, found once for all its formats. */
#ifndef CMD_REPORT_REPORT_MODEL_H
#define CMD_REPORT_REPORT_MODEL_H

#include "diff/planned.h"

enum object_state {
	OBJECT_UNCHANGED,
	OBJECT_STALE, /* it changed, and so a URL of it is stale */
	OBJECT_COLLATERAL, /* it is not, but an item drops a URL of it */
	OBJECT_KEPT, /* it changed, and nothing is dropped: --immutable, --skip-added */
	OBJECT_STATES,
};

enum {
	OBJECT_ITEMS_MAX = 4, /* an object has three URLs at most */
};

/* An object of the new build, or a removed one. */
struct report_object {
	const struct object *object; /* of the new build where it is there */
	const struct change *change; /* NULL where it did not change */
	enum object_state state;
	unsigned item_count; /* of items that drop it */
	size_t items[OBJECT_ITEMS_MAX]; /* places in the plan */
};

struct report_cost {
	size_t items, collateral;
};

struct report_model {
	const char *distribution; /* or NULL */
	const struct planned *planned;
	struct report_object *list; /* by key */
	size_t count;
	size_t objects[OBJECT_STATES]; /* how many are in each state */
	uint64_t bytes_before, bytes_after;

	/* what people do without a plan, where there is one */
	bool everything_allowed; /* --never-widen does not forbid it */
	struct report_cost everything;
	size_t inexact; /* stale URLs that no exact path covers */

	/* A sentence, where the plan is wide: diff/hint.h; else empty. */
	struct buf hint;
};

/* Release on success and on failure. */
int report_model_make(struct report_model *model, const char *distribution,
	const struct planned *planned, struct err *err);
void report_model_release(struct report_model *model);

#endif
