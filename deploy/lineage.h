/*
 * The lineage of a baseline: random, and part of every CallerReference, so
 * that two baselines never use the same reference.
 */
#ifndef DEPLOY_LINEAGE_H
#define DEPLOY_LINEAGE_H

#include "deploy/callbacks.h"
#include "manifest/baseline.h"

/* Give the baseline a new one. ERR_SYSTEM if no random bytes are available. */
int lineage_renew(struct baseline *baseline,
	const struct deploy_callbacks *callbacks, struct err *err);

#endif
