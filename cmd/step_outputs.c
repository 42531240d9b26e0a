/* Sets the outputs of each command. */
#include "cmd/step_outputs.h"

#include "cmd/console/github_output.h"

static void
add_changes(struct github_output *output, const struct changes *changes,
	const char *hash)
{
	github_output_add_count(output, "added", changes->added);
	github_output_add_count(output, "changed", changes->changed);
	github_output_add_count(output, "removed", changes->removed);
	github_output_add(output, "manifest-hash", hash);
}

static int
finish(struct github_output *output, struct err *err)
{
	int rc = github_output_write(output, err);

	github_output_release(output);
	return rc;
}

int
step_outputs_set_diff(const struct changes *changes,
	const struct manifest *after, struct err *err)
{
	struct github_output output;

	github_output_init(&output);
	add_changes(&output, changes, after->hash);
	return finish(&output, err);
}

int
step_outputs_set_plan(const struct plan *plan, const struct changes *changes,
	const struct manifest *after, struct err *err)
{
	struct github_output output;

	github_output_init(&output);
	github_output_add_count(&output, "items", plan->count);
	add_changes(&output, changes, after->hash);
	return finish(&output, err);
}

int
step_outputs_set_invalidate(
	const struct deploy_result *result, bool dry_run, struct err *err)
{
	const struct transition *t = &result->transition;
	struct github_output output;

	github_output_init(&output);
	github_output_add(&output, "result",
		dry_run            ? "dry run"
		: result->accepted ? "accepted"
				   : "nothing to do");
	github_output_add_count(&output, "items", t->delta.plan.count);
	add_changes(
		&output, &t->delta.changes, dry_run ? t->hash : result->hash);
	/* set even if empty: otherwise an earlier run's values would remain */
	github_output_add(&output, "caller-reference",
		result->accepted || dry_run ? result->reference : "");
	github_output_add(&output, "invalidation-id",
		result->accepted ? result->invalidation.id : "");
	return finish(&output, err);
}
