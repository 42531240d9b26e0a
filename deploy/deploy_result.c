/* Keeps what came of a deployment. */
#include "deploy/deploy_result.h"

#include <stdio.h>
#include <string.h>

void
deploy_result_accept(struct deploy_result *result, const char *hash,
	uint64_t serial, bool settled)
{
	snprintf(result->reference, sizeof(result->reference), "%s",
		result->invalidation.caller_reference);
	result->accepted = true;
	result->recorded = true;
	result->settled = settled;
	result->serial = serial;
	memcpy(result->hash, hash, sizeof(result->hash));
}

void
deploy_result_take(struct deploy_result *result, struct transition *transition,
	uint64_t serial)
{
	transition_release(&result->transition);
	result->transition = *transition;
	*transition = (struct transition){.reference = ""};
	result->accepted = false;
	result->settled = false;
	result->serial = serial;
	memcpy(result->hash, result->transition.hash, sizeof(result->hash));
}

void
deploy_result_note_last(
	struct deploy_result *result, const struct baseline *baseline)
{
	if (!result->accepted && baseline->serial > 0 &&
		strcmp(baseline->invalidation, "-") != 0)
		snprintf(result->last, sizeof(result->last), "%s",
			baseline->invalidation);
}

void
deploy_result_release(struct deploy_result *result)
{
	invalidation_release(&result->invalidation);
	transition_release(&result->transition);
}
