/* Asks CloudFront how far an invalidation is. */
#include "deploy/completion.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cmd/console/progress.h"

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
		"CloudFront answered about another invalidation");
}

/* Ask at once, then less and less often: most are done within 25 seconds. */
int
completion_wait(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, unsigned long seconds,
	struct err *err)
{
	long long start = clock_elapsed(), spent;
	long long limit = (long long)seconds * 1000;
	long long pause = 1000;
	struct waiting_shown waiting;
	struct invalidation now;
	char id[INVALIDATION_ID_MAX + 1];

	snprintf(id, sizeof(id), "%s", invalidation->id);
	waiting_begin(&waiting, limit);
	while (strcmp(invalidation->status, "Completed") != 0) {
		spent = clock_elapsed() - start;
		if (spent >= limit)
			return err_set(err, ERR_NETWORK,
				"%s is still %s after %lu s (--wait-timeout): "
				"it was accepted and will be carried out, and "
				"'edgediff wait invalidation-completed "
				"--distribution-id %s --id %s' waits on",
				id, invalidation->status, seconds, distribution,
				id);
		if (pause > limit - spent)
			pause = limit - spent;
		if (waiting_pause(&waiting, id, pause) != 0)
			return err_set(err, ERR_NETWORK,
				"interrupted: %s was accepted and will be "
				"carried out",
				id);
		pause = pause * 3 / 2 < 20000 ? pause * 3 / 2 : 20000;
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
completion_wait_on(struct cloudfront *cloudfront, const char *distribution,
	const char *id, unsigned long seconds, struct err *err)
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
	rc = completion_wait(cloudfront, distribution, &last, seconds, err);
	invalidation_release(&last);
	return rc;
}
