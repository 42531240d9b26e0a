/* Shows the wait for a baseline's lock. */
#include "cmd/store_lock.h"

#include "cmd/console/waiting_progress.h"
#include "cmd/option_number.h"
#include "cmd/settings.h"

enum {
	LOCK_SECONDS_MAX = 24 * 60 * 60,
};

int
store_lock_seconds(const struct settings *settings, unsigned long *seconds,
	struct err *err)
{
	return option_number("--lock-timeout", settings->lock_timeout, 0,
		       LOCK_SECONDS_MAX, seconds, err) == 0
		       ? 0
		       : settings_blame(settings, settings->lock_timeout, err);
}

static int
pause_for_lock(void *context, long milliseconds)
{
	return waiting_progress_pause(
		context, "the baseline's lock", milliseconds);
}

int
store_lock_begin(struct store *store, unsigned long seconds, struct err *err)
{
	struct waiting_progress waiting;
	int rc;

	store->lock_wait = (struct file_lock_wait){
		.most = (long long)seconds * 1000,
		.pause = pause_for_lock,
		.context = &waiting,
	};
	waiting_progress_begin(&waiting, store->lock_wait.most);
	rc = store_begin(store, err);
	waiting_progress_end();
	store->lock_wait = (struct file_lock_wait){.most = 0};
	return rc;
}
