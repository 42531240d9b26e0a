/*
 * A baseline in S3, or in a store that speaks S3: no lock, but conditional
 * PUTs, so that of two runs that save, one is told that it lost.
 *
 * ASSUMPTIONS about S3 (Amazon S3 User Guide, "Conditional writes" and "Data
 * consistency model"): a GET sees the last PUT that was answered; a PUT stores
 * all of its bytes or none; a PUT with If-None-Match: * stores only where there
 * is no object, one with If-Match only where the object has that ETag, each
 * atomically: of two at once at most one succeeds; equal ETags of one key mean
 * equal bytes. A PUT that got no answer may have been stored, or may still be.
 *
 * A store that ignores the conditions would lose deployments without a word.
 * So before the first save of a run two PUTs that must fail are tried, on an
 * object of their own beside the baseline, KEY.probe.
 *
 * INVARIANTS beyond those of deploy/store.h: a save that a condition refuses
 * is a lost race (ERR_BUSY) only after the object was read again: where it
 * holds just the bytes of a try whose answer was lost, that try was the save.
 */
#ifndef DEPLOY_STORE_S3_H
#define DEPLOY_STORE_S3_H

#include "aws/s3.h"
#include "deploy/store.h"

/*
 * The client's endpoint is the bucket's, as s3_endpoint makes it. `client` is
 * borrowed until the store is closed; `where` is s3://bucket/key.
 */
int store_s3_open(struct store **out, struct aws_client *client,
	const char *where, struct err *err);

#endif
