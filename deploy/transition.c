/* Reads the build, finds what changed, plans, and makes the batch. */
#include "deploy/transition.h"

#include <stdlib.h>
#include <string.h>

#include "aws/xml.h"
#include "base/clock.h"
#include "base/escape.h"
#include "base/plural.h"
#include "cmd/console/log.h"
#include "cmd/console/progress.h"
#include "diff/plan_check.h"
#include "diff/url_set_builder.h"

const char **
plan_texts(const struct plan *plan)
{
	const char **texts = calloc(plan->count + 1, sizeof(*texts));
	size_t i;

	for (i = 0; texts && i < plan->count; i++)
		texts[i] = plan->items[i].text;
	return texts;
}

static int
read_build(struct transition *transition,
	const struct transition_options *options, uint64_t guess,
	struct err *err)
{
	struct escaped_name shown;

	if (reading_of_build(options->build, &options->reading, guess,
		    &transition->after, err) != 0)
		return -1;
	if (transition->after.count == 0 && !options->allow_empty)
		return err_set(err, ERR_INPUT,
			"%s: the build has no objects, so every page would be "
			"dropped: --allow-empty if that is meant",
			escape_show_str(&shown, options->build));
	memcpy(transition->hash, transition->after.hash,
		sizeof(transition->hash));
	return 0;
}

static int
make_plan(struct transition *transition,
	const struct transition_options *options, bool known, struct err *err)
{
	if (!known && options->take_for_fresh)
		return plan_measure(
			&transition->plan, &transition->urls, NULL, 0, 0, err);
	if (!known)
		return plan_everything(
			&transition->plan, &transition->urls, err);
	if (plan_make(&transition->plan, &transition->urls, &options->limits,
		    err) != 0)
		return -1;
	return plan_check(
		&transition->plan, &transition->urls, &options->limits, err);
}

static int
make_batch(struct transition *transition, const struct batch_origin *origin,
	struct err *err)
{
	const char **items = plan_texts(&transition->plan);
	int rc;

	if (!items)
		return err_memory(err);
	rc = batch_reference(transition->reference, origin, items,
		transition->plan.count, err);
	if (rc == 0) {
		xml_write_batch(&transition->body, transition->reference, items,
			transition->plan.count);
		rc = buf_check(&transition->body, err);
	}
	free(items);
	return rc;
}

int
transition_make(struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const char *distribution, const char *lineage, uint64_t serial,
	struct err *err)
{
	struct manifest nothing;
	const struct manifest *before = known ? known : &nothing;
	struct batch_origin origin = {
		.distribution = distribution,
		.lineage = lineage,
		.serial = serial,
		.hash_before = known ? known->hash : "",
		.hash_after = transition->hash,
	};
	long long began;

	*transition = (struct transition){0};
	manifest_init(&transition->after);
	manifest_init(&nothing);
	buf_init(&transition->body, BODY_MAX);
	if (read_build(transition, options, before->count, err) != 0)
		return -1;
	began = clock_elapsed();
	if (changes_find(&transition->changes, before, &transition->after,
		    err) != 0 ||
		url_set_make(&transition->urls, before, &transition->after,
			&transition->changes, &options->rules, err) != 0 ||
		make_plan(transition, options, known, err) != 0)
		return -1;
	log_elapsed(began, "planned %zu item%s for %zu stale of %zu URL%s",
		transition->plan.count, plural_s(transition->plan.count),
		transition->plan.stale, transition->plan.urls,
		plural_s(transition->plan.urls));
	return make_batch(transition, &origin, err);
}

int
transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const struct pending *pending, struct err *err)
{
	struct manifest nothing;
	const struct manifest *before = known ? known : &nothing;
	struct invalidation batch;
	int rc;

	*transition = (struct transition){0};
	manifest_init(&transition->after);
	manifest_init(&nothing);
	buf_init(&transition->body, BODY_MAX);
	if (changes_find(&transition->changes, before, &pending->manifest,
		    err) != 0 ||
		url_set_make(&transition->urls, before, &pending->manifest,
			&transition->changes, &options->rules, err) != 0)
		return -1;
	rc = xml_read_batch(&batch, pending->body.data, pending->body.len, err);
	if (rc == 0)
		rc = plan_measure(&transition->plan, &transition->urls,
			batch.items, batch.item_count,
			known ? options->limits.collateral_cost : 0, err);
	invalidation_release(&batch);
	return rc;
}

struct planned
transition_planned(const struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const struct manifest *after)
{
	return (struct planned){
		.before = known,
		.after = after,
		.changes = &transition->changes,
		.rules = &options->rules,
		.urls = &transition->urls,
		.limits = &options->limits,
		.plan = &transition->plan,
	};
}

void
transition_release(struct transition *transition)
{
	buf_release(&transition->body);
	plan_release(&transition->plan);
	url_set_release(&transition->urls);
	changes_release(&transition->changes);
	manifest_release(&transition->after);
}
