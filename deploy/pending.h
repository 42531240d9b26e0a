/* The pending batch of a baseline, as the invalidation that it requests. */
#ifndef DEPLOY_PENDING_H
#define DEPLOY_PENDING_H

#include "aws/invalidation.h"
#include "manifest/baseline.h"

/*
 * Read its CallerReference and items. The batch need not be initialised;
 * release it on success and on failure.
 */
int pending_read(struct invalidation *batch, const struct pending *pending,
	struct err *err);

#endif
