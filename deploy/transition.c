/* Plans a transition, and makes its batch. */
#include "deploy/transition.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "aws/invalidation.h"
#include "deploy/pending.h"

static int
plan(struct transition *transition, const struct transition_options *options,
	struct err *err)
{
	struct delta *delta = &transition->delta;

	return !delta->before && options->assume_current
		       ? delta_assume_current(
				 delta, &options->rules, &options->limits, err)
		       : delta_plan(
				 delta, &options->rules, &options->limits, err);
}

static int
make_batch(struct transition *transition, const struct batch_origin *origin,
	struct err *err)
{
	const struct plan *plan = &transition->delta.plan;
	const char **items = plan_texts(plan);
	int rc;

	if (!items)
		return err_memory(err);
	rc = batch_reference(
		transition->reference, origin, items, plan->count, err);
	if (rc == 0) {
		invalidation_batch_write(&transition->body,
			transition->reference, items, plan->count);
		rc = buf_check(&transition->body, err);
	}
	free(items);
	return rc;
}

static int
begin(struct transition *transition, const struct manifest *before,
	const struct manifest *after, struct err *err)
{
	assert(after->hash[0] && (!before || before->hash[0])); /* sealed */
	*transition = (struct transition){.reference = ""};
	buf_init(&transition->body, BODY_MAX);
	memcpy(transition->hash, after->hash, sizeof(transition->hash));
	return delta_find(&transition->delta, before, after, err);
}

int
transition_make(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct manifest *after, const struct baseline *baseline,
	uint64_t serial, struct err *err)
{
	const struct batch_origin origin = {
		.distribution = baseline->distribution,
		.lineage = baseline->lineage,
		.serial = serial,
		.hash_before = before ? before->hash : "",
		.hash_after = after->hash,
	};

	if (begin(transition, before, after, err) != 0 ||
		plan(transition, options, err) != 0)
		return -1;
	return make_batch(transition, &origin, err);
}

int
transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct pending *pending, struct err *err)
{
	struct invalidation batch;
	int rc;

	if (begin(transition, before, &pending->manifest, err) != 0)
		return -1;
	rc = pending_read(&batch, pending, err);
	if (rc == 0)
		rc = delta_measure(&transition->delta, &options->rules,
			&options->limits, batch.items, batch.item_count, err);
	invalidation_release(&batch);
	return rc;
}

void
transition_release(struct transition *transition)
{
	buf_release(&transition->body);
	delta_release(&transition->delta);
}
