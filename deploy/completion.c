/* Asks CloudFront whether an invalidation is completed. */
#include "deploy/completion.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

/* Milliseconds: most invalidations are completed within 25 seconds. */
enum { PAUSE_FIRST = 1000, PAUSE_MAX = 20 * 1000 };

/* Ask for one invalidation; the answer must be about that one. */
static int
ask_for(struct cloudfront *cloudfront, const char *distribution, const char *id,
	struct invalidation *out, struct err *err)
{
	if (cloudfront_get_invalidation(
		    cloudfront, distribution, id, out, err) != 0)
		return -1;
	if (strcmp(out->id, id) == 0)
		return 0;
	invalidation_release(out);
	return err_set(err, ERR_SERVICE,
		"CloudFront's answer is about a different invalidation");
}

/* Ask until it is completed. The caller has begun the wait. */
static int
poll(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, long long limit,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	long long start = clock_elapsed(), spent, pause = PAUSE_FIRST;
	struct invalidation now;
	char id[INVALIDATION_ID_MAX + 1];

	snprintf(id, sizeof(id), "%s", invalidation->id);
	while (strcmp(invalidation->status, "Completed") != 0) {
		spent = clock_elapsed() - start;
		if (spent >= limit)
			return err_set(err, ERR_NETWORK,
				"%s is still %s after %lld s (--wait-timeout): "
				"it was accepted and will be carried out; to "
				"go on waiting, run 'edgediff wait "
				"invalidation-completed --distribution-id %s "
				"--id %s'",
				id, invalidation->status, limit / 1000,
				distribution, id);
		if (pause > limit - spent)
			pause = limit - spent;
		if (callbacks->wait_pause(callbacks->context, id, pause) != 0)
			return err_set(err, ERR_NETWORK,
				"interrupted: %s was accepted and will be "
				"carried out",
				id);
		pause = pause * 3 / 2 < PAUSE_MAX ? pause * 3 / 2 : PAUSE_MAX;
		if (ask_for(cloudfront, distribution, id, &now, err) != 0)
			return err_context(err,
				"accepted and recorded as %s, but waiting "
				"failed",
				id);
		invalidation_release(invalidation);
		*invalidation = now;
	}
	return 0;
}

int
completion_wait(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, unsigned long seconds,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	long long limit = (long long)seconds * 1000;
	int rc;

	callbacks->wait_begin(callbacks->context, limit);
	rc = poll(
		cloudfront, distribution, invalidation, limit, callbacks, err);
	callbacks->wait_end(callbacks->context);
	return rc;
}

int
completion_wait_on(struct cloudfront *cloudfront, const char *distribution,
	const char *id, unsigned long seconds,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	const char *code = cloudfront->client.error.code;
	struct invalidation last;
	int rc;

	if (ask_for(cloudfront, distribution, id, &last, err) != 0)
		return err->code == ERR_SERVICE &&
				       strcmp(code, "NoSuchInvalidation") == 0
			       ? 0
			       : err_context(err,
					 "waiting for the last invalidation, "
					 "%s, failed",
					 id);
	rc = completion_wait(
		cloudfront, distribution, &last, seconds, callbacks, err);
	invalidation_release(&last);
	return rc;
}
