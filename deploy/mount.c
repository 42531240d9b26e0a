/* Loads the baseline of a mount, and saves changes of it. */
#include "deploy/mount.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "deploy/lineage.h"

static int
take_prefix(
	const struct mount *mount, struct baseline *baseline, struct err *err)
{
	baseline->prefix = strdup(mount->prefix);
	return baseline->prefix ? 0 : err_memory(err);
}

static int
begin(const struct mount *mount, const struct deploy_callbacks *callbacks,
	struct baseline *baseline, struct err *err)
{
	if (baseline_begin(baseline, mount->distribution, mount->prefix, err) !=
		0)
		return -1;
	return lineage_renew(baseline, callbacks, err);
}

static int
check_distribution(const struct mount *mount, const struct store *store,
	const struct baseline *baseline, struct err *err)
{
	struct escaped_name shown;

	if (strcmp(baseline->distribution, mount->distribution) == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"%s: this is the baseline of distribution %s, not of %s: give "
		"each distribution a --baseline of its own",
		escape_show_str(&shown, store->where), baseline->distribution,
		mount->distribution);
}

/*
 * Copies of one file can be for several mounts. With one tag, each would take
 * the others' invalidations for those of a copy of itself.
 */
static int
begin_lineage(struct baseline *baseline,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	baseline->tag[0] = '\0';
	return lineage_renew(baseline, callbacks, err);
}

static int
check_prefix(const struct mount *mount, const struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	struct err *err)
{
	struct escaped_name shown, ours, theirs;

	if (!baseline->prefix) {
		if (strcmp(mount->prefix, "/") != 0) {
			callbacks_log(callbacks, DEPLOY_INFO,
				"%s does not say which --prefix it is for, so "
				"nothing is known about %s",
				escape_show_str(&shown, store->where),
				escape_show_str(&ours, mount->prefix));
			baseline_forget(baseline);
			if (begin_lineage(baseline, callbacks, err) != 0)
				return -1;
		}
		return take_prefix(mount, baseline, err);
	}
	if (strcmp(baseline->prefix, mount->prefix) == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"%s: this is the baseline of --prefix %s, not of %s: give each "
		"prefix a --baseline of its own",
		escape_show_str(&shown, store->where),
		escape_show_str(&theirs, baseline->prefix),
		escape_show_str(&ours, mount->prefix));
}

int
mount_load(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	bool *found, struct err *err)
{
	long long began = clock_elapsed();
	struct escaped_name shown;

	baseline_release(baseline);
	if (store_load(store, baseline, found, err) != 0)
		return -1;
	callbacks_log_elapsed(callbacks, began, "read the baseline %s",
		escape_show_str(&shown, store->where));
	if (!*found)
		return begin(mount, callbacks, baseline, err);
	if (check_distribution(mount, store, baseline, err) != 0)
		return -1;
	return check_prefix(mount, store, callbacks, baseline, err);
}

int
mount_amend(const struct mount *mount, struct store *store,
	const struct deploy_callbacks *callbacks, struct baseline *baseline,
	bool outdated, const struct mount_amendment *amendment, struct err *err)
{
	bool found = true;
	int i, rc = -1;

	for (i = 0; i < MOUNT_SAVES_MAX; i++) {
		err->code = ERR_NONE;
		if ((outdated || i > 0) && mount_load(mount, store, callbacks,
						   baseline, &found, err) != 0)
			return -1;
		rc = amendment->make(amendment->context, baseline, found, err);
		if (rc == 0 || err->code != ERR_BUSY)
			break;
	}
	return rc;
}
