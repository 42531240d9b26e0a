/*
 * A baseline in S3, or in a service that speaks S3. Conditional PUTs take the
 * place of a lock: if two runs save, one is told that it lost the race.
 *
 * ASSUMPTIONS about S3 (Amazon S3 User Guide, "Conditional writes" and "Data
 * consistency model"): a GET sees the last PUT that was answered; a PUT stores
 * all of its bytes or none; a PUT with If-None-Match: * stores only if there is
 * no object, and one with If-Match only if the object has that ETag. Both are
 * atomic: of two at once at most one succeeds. Equal ETags of one key mean
 * equal bytes. A PUT without an answer may have been stored, or may be stored
 * later.
 *
 * A service that ignores the conditions would lose deployments silently. So
 * before its first save a run tries two PUTs that must fail, on an object of
 * their own, KEY.probe.
 *
 * INVARIANTS beyond those of deploy/store.h: if a condition refuses a save, the
 * object is read again. If it contains exactly the bytes of an attempt whose
 * answer was lost, that attempt was the save; otherwise the race is lost
 * (ERR_BUSY).
 */
#ifndef DEPLOY_STORE_S3_H
#define DEPLOY_STORE_S3_H

#include "aws/s3.h"
#include "deploy/store.h"

/*
 * `where` is s3://bucket/key, and the client's endpoint is the bucket's, as
 * s3_endpoint makes it. The client is borrowed until the store is closed.
 * After a failure *out is NULL.
 */
int store_s3_open(struct store **out, struct aws_client *client,
	const char *where, struct err *err);

#endif
