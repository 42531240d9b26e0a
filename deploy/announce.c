/* Records a build before it is uploaded. */
#include "deploy/announce.h"

#include "deploy/record_build.h"

int
announce_begin(struct announcement *announcement, struct err *err)
{
	baseline_init(&announcement->baseline);
	return mount_load(&announcement->mount, announcement->store,
		announcement->callbacks, &announcement->baseline,
		&announcement->found, err);
}

size_t
announce_expected_objects(const struct announcement *announcement)
{
	const struct manifest *last = baseline_last(&announcement->baseline);

	return last ? last->count : 0;
}

static int
guard(const struct announcement *announcement, const struct manifest *build,
	struct err *err)
{
	const struct deploy_callbacks *callbacks = announcement->callbacks;
	struct delta delta;
	int rc = delta_find(&delta, baseline_last(&announcement->baseline),
		NULL, build, err);

	if (rc == 0)
		rc = callbacks->guard(callbacks->context, &delta, err);
	delta_release(&delta);
	return rc;
}

/* Save a new baseline, even if there is nothing to add to "nothing known". */
static int
save_first(struct announcement *announcement, const struct manifest *build,
	struct err *err)
{
	if (baseline_add_values(&announcement->baseline, build,
		    &announcement->is_news, err) != 0)
		return -1;
	announcement->is_news = true;
	return store_save(announcement->store, &announcement->baseline, err);
}

int
announce_build(struct announcement *announcement, const struct manifest *build,
	struct err *err)
{
	bool outdated = false;

	if (guard(announcement, build, err) != 0 ||
		store_ready(announcement->store, err) != 0)
		return -1;
	if (!announcement->found) {
		if (save_first(announcement, build, err) == 0)
			return 0;
		if (err->code != ERR_BUSY)
			return -1;
		outdated = true;
	}
	return record_build(&announcement->mount, announcement->store,
		announcement->callbacks, &announcement->baseline, build,
		outdated, &announcement->is_news, err);
}

void
announce_release(struct announcement *announcement)
{
	baseline_release(&announcement->baseline);
}
