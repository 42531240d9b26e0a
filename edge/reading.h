/*
 * A reading: what was read of a distribution and its policies, at one time. It
 * comes from CloudFront (edge/fetch.h) or from a file (edge/snapshot.h).
 */
#ifndef EDGE_READING_H
#define EDGE_READING_H

#include "aws/continuous_deployment.h"
#include "aws/distribution.h"
#include "base/sha256.h"

enum {
	/*
	 * Policies that are read; the others are taken as unknown. An account
	 * has at most 20 of its own.
	 */
	POLICIES_MAX = 30,
};

/* What is known of the continuous deployment policy. */
enum continuous_state {
	CONTINUOUS_NONE, /* the distribution has none */
	CONTINUOUS_READ,
	CONTINUOUS_UNKNOWN, /* it could not be read */
};

struct reading {
	struct distribution distribution;

	/* Each policy that a behaviour names, sorted by ID. */
	struct cache_policy *policies;
	size_t policy_count;

	enum continuous_state continuous_state;
	struct continuous_deployment continuous; /* if it was read */
	struct arena texts; /* owns all of the above */
};

void reading_init(struct reading *reading);
void reading_release(struct reading *reading);

/*
 * List the policies that behaviours name, with what is known of each without
 * reading it. The distribution is set. Fails with ERR_MEMORY.
 */
int reading_list_policies(struct reading *reading, struct err *err);

/* The policy of a behaviour; NULL if it has legacy settings. */
const struct cache_policy *reading_policy(
	const struct reading *reading, const struct cache_behavior *behavior);

/* How a behaviour caches, as far as it is known. */
const struct cache_settings *reading_cache(
	const struct reading *reading, const struct cache_behavior *behavior);

/*
 * Write the SHA-256, in hex, of the IDs, the ETags and the times of the last
 * change of all that was read. It changes whenever a configuration does.
 */
int reading_digest(const struct reading *reading, char out[SHA256_HEX_SIZE],
	struct err *err);

#endif
