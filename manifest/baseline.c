/* Advances a baseline, and forgets a refused batch. */
#include "manifest/baseline.h"

#include <assert.h>

#include "manifest/manifest_unknown.h"

void
baseline_init(struct baseline *baseline)
{
	*baseline = (struct baseline){0};
	manifest_init(&baseline->manifest);
	manifest_init(&baseline->pending.manifest);
	buf_init(&baseline->pending.body, BODY_MAX);
}

void
baseline_release(struct baseline *baseline)
{
	buf_release(&baseline->pending.body);
	manifest_release(&baseline->pending.manifest);
	manifest_release(&baseline->manifest);
	baseline_init(baseline);
}

void
baseline_advance(struct baseline *baseline)
{
	assert(baseline->serial < UINT64_MAX);
	manifest_release(&baseline->manifest);
	baseline->manifest = baseline->pending.manifest;
	manifest_init(&baseline->pending.manifest);
	buf_release(&baseline->pending.body);
	baseline->has_pending = false;
	baseline->serial++;
}

int
baseline_drop(struct baseline *baseline, struct err *err)
{
	struct manifest combined;

	assert(baseline->has_pending);
	if (baseline->serial > 0) {
		if (manifest_mark_unknown(&combined, &baseline->manifest,
			    &baseline->pending.manifest, err) != 0)
			return -1;
		manifest_release(&baseline->manifest);
		baseline->manifest = combined;
	}
	manifest_release(&baseline->pending.manifest);
	buf_release(&baseline->pending.body);
	baseline->has_pending = false;
	return 0;
}
