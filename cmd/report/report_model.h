/*
 * What a report says, computed once for all its formats: what run it is of,
 * which objects are affected, and what the plan and its alternatives cost.
 */
#ifndef CMD_REPORT_REPORT_MODEL_H
#define CMD_REPORT_REPORT_MODEL_H

#include "diff/delta.h"

/* What becomes of the plan. */
enum report_stage {
	REPORT_COMPARISON, /* two builds are compared; nothing is sent */
	REPORT_DRY_RUN, /* nothing is sent */
	REPORT_DEPLOYMENT, /* the batch is sent once the report is written */
};

enum report_verdict {
	REPORT_PASSED,
	REPORT_FAILED,
	REPORT_UNKNOWN, /* it could not be found out */
};

enum {
	/* of a check in any format: its text has 64 kB, all of it escaped */
	REPORT_CHECK_MAX = 6 * 64 * 1024 + 1024,
};

/*
 * Something that a run looked at besides the two builds: the upload, the
 * distribution's settings, what the edge answers. A report shows those that it
 * is given, and nothing if there are none. Borrowed.
 */
struct report_check {
	const char *title; /* a few words that need no escaping: "Upload" */
	enum report_verdict verdict;
	const char *text; /* what was found, in sentences, or one a line */
};

/* What a report says of the run that writes it. Borrowed; NULL if unknown. */
struct report_run {
	enum report_stage stage;
	const char *distribution, *baseline; /* of a deployment */
	const char *reference; /* the CallerReference; NULL: nothing to send */
	const struct report_check *checks;
	size_t check_count;
};

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
	size_t cached; /* URLs that stay cached */
	uint64_t cached_bytes; /* of the objects all of whose URLs do */
};

struct report_model {
	const struct report_run *run; /* borrowed */
	const struct delta *delta; /* borrowed */
	struct report_object *objects; /* sorted by key */
	size_t count;
	uint64_t bytes_before, bytes_after;

	/* the plan, if there is one, and alternatives to it */
	struct report_cost own;
	bool everything_allowed; /* --never-widen does not forbid it */
	struct report_cost everything; /* one wildcard for the whole mount */
	struct report_cost exact; /* a path for each stale URL */
	size_t inexact; /* stale URLs that no exact path covers */

	/* a sentence if the plan is wide (diff/hint.h), else empty */
	struct buf hint;
};

/*
 * Compute the model of a plan, or of a diff if delta_get_plan is NULL. Release
 * it even after a failure. Fails if memory runs out.
 */
int report_model_make(struct report_model *model, const struct report_run *run,
	const struct delta *delta, struct err *err);
void report_model_release(struct report_model *model);

#endif
