/* Gives what came of a command to the steps behind it. */
#include "cmd/step_outputs.h"

#include "cmd/console/actions.h"

static void
add_changes(struct step_outputs *outputs, const struct changes *changes,
	const char *hash)
{
	step_output_count(outputs, "added", changes->added);
	step_output_count(outputs, "changed", changes->changed);
	step_output_count(outputs, "removed", changes->removed);
	step_output(outputs, "manifest-hash", hash);
}

static int
finish(struct step_outputs *outputs, struct err *err)
{
	int rc = step_outputs_write(outputs, err);

	step_outputs_release(outputs);
	return rc;
}

int
step_outputs_of_diff(const struct changes *changes,
	const struct manifest *after, struct err *err)
{
	struct step_outputs outputs;

	step_outputs_init(&outputs);
	add_changes(&outputs, changes, after->hash);
	return finish(&outputs, err);
}

int
step_outputs_of_plan(const struct plan *plan, const struct changes *changes,
	const struct manifest *after, struct err *err)
{
	struct step_outputs outputs;

	step_outputs_init(&outputs);
	step_output_count(&outputs, "items", plan->count);
	add_changes(&outputs, changes, after->hash);
	return finish(&outputs, err);
}

int
step_outputs_of_invalidate(
	const struct deploy_result *result, bool dry_run, struct err *err)
{
	const struct transition *t = &result->transition;
	struct step_outputs outputs;

	step_outputs_init(&outputs);
	step_output(&outputs, "result",
		dry_run            ? "dry run"
		: result->accepted ? "accepted"
				   : "nothing to do");
	step_output_count(&outputs, "items", t->delta.plan.count);
	add_changes(
		&outputs, &t->delta.changes, dry_run ? t->hash : result->hash);
	/* empty ones, too: else those of an earlier run in the step would stay */
	step_output(&outputs, "caller-reference",
		result->accepted || dry_run ? result->reference : "");
	step_output(&outputs, "invalidation-id",
		result->accepted ? result->invalidation.id : "");
	return finish(&outputs, err);
}
