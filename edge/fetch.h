/* Reads a distribution and its policies from CloudFront. */
#ifndef EDGE_FETCH_H
#define EDGE_FETCH_H

#include "aws/cloudfront.h"
#include "edge/reading.h"

/*
 * Make the calls: GetDistribution, GetCachePolicy for each policy that a
 * behaviour names, and GetContinuousDeploymentPolicy if there is one. Release
 * the reading even after a failure.
 *
 * Only a distribution that cannot be read is a failure, with the codes of
 * aws/cloudfront_configuration.h. If a policy cannot be, `note` is called once
 * with what went wrong and what is assumed instead. No further policies are
 * asked for if that was refused or not answered.
 */
int fetch_reading(struct reading *reading, struct cloudfront *cf,
	const char *id, void (*note)(void *context, const char *text),
	void *context, struct err *err);

/*
 * Find the distribution that serves a host, by an alias or by its own domain
 * name, or the one with an origin that is this bucket; the other is NULL. Calls
 * ListDistributions, and sets *id, whose text goes to the arena. An exact alias
 * is found before a wildcard one; a staging distribution only if no other one
 * is. ERR_INPUT if there is none, or more than one, which the message lists.
 */
int fetch_find(const char **id, struct arena *texts, struct cloudfront *cf,
	const char *alias, const char *bucket, struct err *err);

#endif
