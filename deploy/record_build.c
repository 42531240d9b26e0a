/* Adds a build's values to a stored baseline. */
#include "deploy/record_build.h"

static int
add_and_save(struct store *store, struct baseline *baseline,
	const struct manifest *build, bool *grew, struct err *err)
{
	bool changed = false;

	if (baseline_add_values(baseline, build, &changed, err) != 0)
		return -1;
	if (!changed)
		return store_compare(store, err);
	*grew = true;
	return store_save(store, baseline, err);
}

int
record_build(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	const struct manifest *build, bool outdated, bool *grew,
	struct err *err)
{
	bool found, news = false;
	int i, rc = -1;

	for (i = 0; i < MOUNT_SAVES_MAX; i++) {
		err->code = ERR_NONE;
		if ((outdated || i > 0) && mount_load(mount, store, callbacks,
						   baseline, &found, err) != 0)
			break;
		news = false;
		rc = add_and_save(store, baseline, build, &news, err);
		if (rc == 0 || err->code != ERR_BUSY)
			break;
	}
	if (grew)
		*grew = news;
	return rc;
}
