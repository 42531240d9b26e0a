/* Adds a build's values to a stored baseline. */
#include "deploy/record_build.h"

/* A build, and the store of the baseline that it is added to. */
struct recording {
	struct store *store;
	const struct manifest *build;
	bool grew; /* the baseline did not know it */
};

static int
add_and_save(
	void *context, struct baseline *baseline, bool found, struct err *err)
{
	struct recording *recording = context;

	(void)found; /* one that is gone begins anew */
	recording->grew = false;
	if (baseline_add_values(
		    baseline, recording->build, &recording->grew, err) != 0)
		return -1;
	return recording->grew ? store_save(recording->store, baseline, err)
			       : store_compare(recording->store, err);
}

int
record_build(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	const struct manifest *build, bool outdated, bool *grew,
	struct err *err)
{
	struct recording recording = {.store = store, .build = build};
	const struct mount_amendment amendment = {
		.make = add_and_save, .context = &recording};
	int rc = mount_amend(
		mount, store, callbacks, baseline, outdated, &amendment, err);

	if (grew)
		*grew = recording.grew;
	return rc;
}
