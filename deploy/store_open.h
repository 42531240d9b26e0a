/* Opens the store of a baseline by its name: a path, or s3://BUCKET/KEY. */
#ifndef DEPLOY_STORE_OPEN_H
#define DEPLOY_STORE_OPEN_H

#include "aws/connection.h"
#include "deploy/store.h"

/* Is this a place in S3, so that a connection is needed to reach it? */
bool store_is_s3(const char *where);

/*
 * Open the store. The connection, which a local file does not need (NULL), is
 * borrowed until the store is closed. After a failure *out is NULL. ERR_USAGE
 * or ERR_INPUT: `where` or the bucket's addressing style is malformed.
 */
int store_open(struct store **out, const char *where,
	struct connection *connection, struct err *err);

/* Check that it could be opened. Nothing is sent. */
int store_check(
	const char *where, struct connection *connection, struct err *err);

#endif
