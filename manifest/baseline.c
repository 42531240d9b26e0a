/* Begins and advances a baseline, and keeps what caches can hold. */
#include "manifest/baseline.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest/manifest_seal.h"

static void
init_pending(struct pending *pending)
{
	*pending = (struct pending){.reference = ""};
	buf_init(&pending->body, BODY_MAX);
	buf_init(&pending->more, MORE_MAX);
	manifest_init(&pending->manifest);
	value_sets_init(&pending->values);
}

static void
release_pending(struct pending *pending)
{
	buf_release(&pending->body);
	buf_release(&pending->more);
	free(pending->url_forms);
	free(pending->left_out);
	free(pending->site);
	manifest_release(&pending->manifest);
	value_sets_release(&pending->values);
	init_pending(pending);
}

void
baseline_init(struct baseline *baseline)
{
	*baseline = (struct baseline){0};
	buf_init(&baseline->more, MORE_MAX);
	manifest_init(&baseline->manifest);
	value_sets_init(&baseline->values);
	init_pending(&baseline->pending);
}

void
baseline_release(struct baseline *baseline)
{
	free(baseline->prefix);
	free(baseline->url_forms);
	free(baseline->left_out);
	free(baseline->site);
	free(baseline->again);
	buf_release(&baseline->more);
	manifest_release(&baseline->manifest);
	value_sets_release(&baseline->values);
	release_pending(&baseline->pending);
	baseline_init(baseline);
}

int
baseline_begin(struct baseline *baseline, const char *distribution,
	const char *prefix, struct err *err)
{
	if (strlen(prefix) > KEY_MAX)
		return err_set(err, ERR_INPUT,
			"a prefix of %zu bytes, over the limit of %d",
			strlen(prefix), KEY_MAX);
	snprintf(baseline->distribution, sizeof(baseline->distribution), "%s",
		distribution);
	baseline->prefix = strdup(prefix);
	if (!baseline->prefix)
		return err_memory(err);
	baseline->values.nothing_known = true;
	return manifest_seal(&baseline->manifest, err);
}

const struct manifest *
baseline_last(const struct baseline *baseline)
{
	if (baseline->has_pending)
		return &baseline->pending.manifest;
	return baseline->serial > 0 ? &baseline->manifest : NULL;
}

void
baseline_set_tag(struct baseline *baseline)
{
	if (!baseline->tag[0])
		memcpy(baseline->tag, baseline->lineage, TAG_DIGITS);
}

int
baseline_add_values(struct baseline *baseline, const struct manifest *build,
	bool *changed, struct err *err)
{
	struct pending *pending = &baseline->pending;

	/* T is a part of K and of P already */
	if (baseline->has_pending &&
		strcmp(pending->manifest.hash, build->hash) == 0)
		return 0;
	if (value_sets_add(&baseline->values, &baseline->manifest, build,
		    changed, err) != 0)
		return -1;
	if (!baseline->has_pending)
		return 0;
	return value_sets_add(
		&pending->values, &pending->manifest, build, changed, err);
}

void
baseline_clear_pending(struct baseline *baseline)
{
	release_pending(&baseline->pending);
	baseline->has_pending = false;
}

int
baseline_drop(
	struct baseline *baseline, struct manifest *manifest, struct err *err)
{
	struct pending *pending = &baseline->pending;
	bool changed = false;

	assert(baseline->has_pending);
	if (value_sets_add(&baseline->values, &baseline->manifest,
		    &pending->manifest, &changed, err) != 0)
		return -1;
	memcpy(baseline->dropped, pending->reference,
		sizeof(baseline->dropped));
	if (manifest) {
		*manifest = pending->manifest;
		manifest_init(&pending->manifest);
	}
	baseline_clear_pending(baseline);
	return 0;
}

void
baseline_advance(struct baseline *baseline)
{
	struct pending *pending = &baseline->pending;

	assert(baseline->serial < UINT64_MAX);
	manifest_release(&baseline->manifest);
	baseline->manifest = pending->manifest;
	manifest_init(&pending->manifest);
	value_sets_release(&baseline->values);
	baseline->values = pending->values;
	value_sets_init(&pending->values);
	free(baseline->url_forms);
	baseline->url_forms = pending->url_forms;
	pending->url_forms = NULL;
	free(baseline->left_out);
	baseline->left_out = pending->left_out;
	pending->left_out = NULL;
	free(baseline->site);
	baseline->site = pending->site;
	pending->site = NULL;
	release_pending(pending);
	baseline->has_pending = false;
	baseline->serial++;
}

void
baseline_forget(struct baseline *baseline)
{
	baseline->values.nothing_known = true;
	baseline->pending.values.nothing_known = baseline->has_pending;
}
