/*
 * Continuous deployment policies, as CloudFront's API, version 2020-05-31,
 * describes them in XML: which part of the viewers gets a staging distribution.
 */
#ifndef AWS_CONTINUOUS_DEPLOYMENT_H
#define AWS_CONTINUOUS_DEPLOYMENT_H

#include "aws/xml_reader.h"

enum {
	STAGING_NAMES_MAX = 16, /* one */
};

struct continuous_deployment {
	const char *id;
	const char *etag; /* "" if not set */
	const char *last_modified;
	bool enabled;
	const char **staging; /* domain names of staging distributions */
	size_t staging_count;
};

/*
 * Read a <ContinuousDeploymentPolicy>. The header and its value that choose
 * viewers are not kept. Texts go to the arena. Fails with ERR_SERVICE if the
 * body is anything else, or is about another policy than `id`.
 */
int continuous_deployment_read(struct continuous_deployment *out,
	struct arena *texts, const char *id, const char *body, size_t len,
	struct err *err);

#endif
