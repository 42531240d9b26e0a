/*
 * Verifies what the edge serves, and how that counts; for the commands verify and
 * invalidate.
 */
#ifndef CMD_EDGE_CHECK_H
#define CMD_EDGE_CHECK_H

#include <cjson/cJSON.h>

#include "cmd/console/waiting_progress.h"
#include "cmd/edge_options.h"
#include "cmd/exit_status.h"
#include "edge/verification.h"
#include "edge/verification_words.h"

struct edge_check {
	/* set by the caller */
	const struct edge_options *options; /* borrowed */
	enum other_locations others;
	int64_t since; /* seconds since the invalidation; negative: unknown */

	/* its own */
	bool has_sample; /* edge_check_sample was called */
	struct sample sample;
	bool done; /* something was asked; `verification` says what came */
	struct verification verification;
	bool waits; /* then this is begun */
	struct waiting_progress waiting;
};

/*
 * Take the sample of a delta, in place of an earlier one: unless nothing is
 * stale any more, and the earlier one is of the same build. ERR_MEMORY.
 */
int edge_check_sample(struct edge_check *check, const struct delta *delta,
	const struct sample_known *known, struct err *err);

/*
 * Ask; edge_report_log says what was found. Returns EXIT_DONE, EXIT_STALE, or
 * EXIT_AFTER with an error (logged, in *err) if the site cannot be reached, or
 * EXIT_FAILED or EXIT_USAGE for a fault on our side. It must not be moved
 * meanwhile.
 */
int edge_check_run(struct edge_check *check, struct err *err);

/* Lines of standard output: the result, and each URL that is not fresh. */
void edge_check_print(const struct edge_check *check);

/* The same as JSON; NULL if memory is short. */
cJSON *edge_check_json(const struct edge_check *check);

/* Release it in any case. */
void edge_check_release(struct edge_check *check);

#endif
