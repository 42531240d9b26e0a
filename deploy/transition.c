/* Plans a transition, and makes its batch. */
#include "deploy/transition.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "aws/invalidation.h"
#include "deploy/pending.h"
#include "diff/left_out.h"
#include "diff/left_wildcards.h"
#include "diff/site_text.h"

/* The rules of a transition. */
struct transition_rules {
	struct url_rules rules;
	struct url_forms deployed;
	struct buf index_document; /* of the deployed forms */
	struct site deployed_site;
	struct arena texts; /* owns what it consists of, and the wildcards */
};

/* Take the rules of the options, and the text of the deployed forms, or NULL. */
static int
take_rules(struct transition *transition,
	const struct transition_options *options, const char *deployed,
	struct err *err)
{
	struct transition_rules *own = malloc(sizeof(*own));

	if (!own)
		return err_memory(err);
	*own = (struct transition_rules){.rules = options->rules};
	buf_init(&own->index_document, KEY_MAX);
	arena_init(&own->texts);
	transition->rules = own;
	if (!deployed)
		return 0;
	own->rules.deployed = &own->deployed;
	return url_forms_read(
		&own->deployed, &own->index_document, deployed, err);
}

/* Take what was known of the site at the last deployment; NULL: nothing. */
static int
take_site(struct transition *transition, const char *text, struct err *err)
{
	struct transition_rules *own = transition->rules;
	struct err why = ERR_INIT;

	if (!text)
		return 0;
	if (site_text_read(&own->deployed_site, &own->texts, text, &why) == 0) {
		own->rules.deployed_site = &own->deployed_site;
		return 0;
	}
	if (why.code == ERR_MEMORY)
		return err_memory(err);
	transition->delta.everything = true;
	transition->delta.unknown_because =
		"what the last deployment knew of the distribution is not in a "
		"form that this version of edgediff knows";
	return 0;
}

static int
plan(struct transition *transition, const struct transition_options *options,
	struct err *err)
{
	struct delta *delta = &transition->delta;
	const struct url_rules *rules = &transition->rules->rules;

	return !delta->before && options->assume_current
		       ? delta_assume_current(
				 delta, rules, &options->limits, err)
		       : delta_plan(delta, rules, &options->limits, err);
}

/*
 * If the last deployment left out what this one does not, nothing is known about
 * that, and it may be any URL, unless it is known which.
 */
static int
make_up(struct transition *transition, const char *before, struct err *err)
{
	struct delta *delta = &transition->delta;
	struct transition_rules *own = transition->rules;
	const char *why;
	char *now;

	if (!delta->before || !before)
		return 0;
	if (left_wildcards_read(&own->rules.wildcards,
		    &own->rules.wildcard_count, &own->texts, before, err) != 0)
		return -1;
	if (delta->everything)
		return 0;
	now = left_out_text(&own->rules, NULL, err);
	if (!now)
		return -1;
	why = left_out_compare(before, now);
	free(now);
	if (why) {
		delta->everything = delta->made_up = true;
		delta->unknown_because = why;
	}
	return 0;
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

int
transition_find(struct transition *transition, const struct manifest *before,
	const struct value_sets *values, const struct manifest *after,
	struct err *err)
{
	assert(after->hash[0] && (!before || before->hash[0])); /* sealed */
	*transition = (struct transition){.reference = ""};
	buf_init(&transition->body, BODY_MAX);
	memcpy(transition->hash, after->hash, sizeof(transition->hash));
	return delta_find(&transition->delta, before, values, after, err);
}

const char *
transition_last_site(
	const struct baseline *baseline, const struct manifest *before)
{
	if (!before)
		return NULL;
	return before == &baseline->pending.manifest ? baseline->pending.site
						     : baseline->site;
}

int
transition_plan(struct transition *transition,
	const struct transition_options *options,
	const struct baseline *baseline, uint64_t serial, struct err *err)
{
	const struct manifest *before = transition->delta.before;
	const struct batch_origin origin = {
		.distribution = baseline->distribution,
		.lineage = baseline->lineage,
		.tag = baseline->tag,
		.serial = serial,
		.hash_before = before ? before->hash : "",
		.hash_after = transition->hash,
	};
	bool ahead = before == &baseline->pending.manifest;
	const char *deployed =
		ahead ? baseline->pending.url_forms : baseline->url_forms;
	const char *left_out =
		ahead ? baseline->pending.left_out : baseline->left_out;

	if (before && !deployed)
		deployed = URL_FORMS_DEFAULT;
	if (take_rules(transition, options, deployed, err) != 0 ||
		take_site(transition, transition_last_site(baseline, before),
			err) != 0 ||
		make_up(transition, left_out, err) != 0 ||
		plan(transition, options, err) != 0)
		return -1;
	return make_batch(transition, &origin, err);
}

int
transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct value_sets *values, const struct pending *pending,
	struct err *err)
{
	struct invalidation batch;
	int rc;

	if (transition_find(
		    transition, before, values, &pending->manifest, err) != 0 ||
		take_rules(transition, options, NULL, err) != 0)
		return -1;
	rc = pending_read(&batch, pending, err);
	if (rc == 0)
		rc = delta_measure(&transition->delta,
			&transition->rules->rules, &options->limits,
			batch.items, batch.item_count, err);
	invalidation_release(&batch);
	return rc;
}

void
transition_release(struct transition *transition)
{
	buf_release(&transition->body);
	delta_release(&transition->delta);
	if (transition->rules) {
		buf_release(&transition->rules->index_document);
		arena_release(&transition->rules->texts);
	}
	free(transition->rules);
	transition->rules = NULL;
}
