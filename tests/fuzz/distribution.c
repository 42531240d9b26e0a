/*
 * Distributions and their policies: what is read of XML and written as a snapshot is
 * read from that as the same, and conclusions can be drawn from it. An input has the
 * distribution, the policy and the continuous deployment policy, a NUL between each
 * and the next.
 */
#include "tests/fuzz/fuzz.h"

#include "tests/fuzz/snapshots.h"

static void
read_policies(struct reading *reading, const char *policy, const char *staging)
{
	struct err err = ERR_INIT;
	const char *id = reading->distribution.continuous_policy_id;
	size_t i;

	HOLDS(reading_list_policies(reading, &err) == 0);
	for (i = 0; i < reading->policy_count; i++) {
		struct cache_policy *p = &reading->policies[i], read;

		if (cache_policy_read(&read, &reading->texts, p->id, policy,
			    strlen(policy), &err) != 0) {
			fuzz_check_error(&err);
			continue;
		}
		HOLDS(strcmp(read.id, p->id) == 0);
		*p = read;
	}
	if (!id[0])
		return;
	reading->continuous_state = CONTINUOUS_UNKNOWN;
	if (continuous_deployment_read(&reading->continuous, &reading->texts,
		    id, staging, strlen(staging), &err) == 0)
		reading->continuous_state = CONTINUOUS_READ;
	else
		fuzz_check_error(&err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	char *body = fuzz_take_text(&input, '\0');
	char *policy = fuzz_take_text(&input, '\0');
	char *staging = fuzz_take_text(&input, '\0');
	struct err err = ERR_INIT;
	struct reading reading;

	reading_init(&reading);
	if (distribution_read(&reading.distribution, &reading.texts, body,
		    strlen(body), &err) == 0) {
		HOLDS(reading.distribution.behavior_count > 0);
		reading.distribution.etag = "E";
		read_policies(&reading, policy, staging);
		snapshots_check(&reading);
	} else {
		fuzz_check_error(&err);
		HOLDS(!strstr(err.message, "hidden"));
	}
	reading_release(&reading);
	free(body);
	free(policy);
	free(staging);
	return 0;
}
