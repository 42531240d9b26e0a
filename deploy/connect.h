/*
 * Turns options and variables into what a deployment talks to: the services of
 * AWS, and the store that holds its baseline.
 */
#ifndef DEPLOY_CONNECT_H
#define DEPLOY_CONNECT_H

#include "aws/cloudfront.h"
#include "aws/endpoint.h"
#include "aws/providers.h"
#include "cmd/options.h"
#include "manifest/store.h"

struct connection {
	struct http *http;
	struct aws_config config;
	struct providers providers;
	struct credentials credentials; /* loaded by the first call */
	struct aws_endpoint cloudfront_endpoint;
	struct cloudfront cloudfront;
	struct aws_endpoint s3_service;
	struct buf s3_endpoint; /* the bucket's */
	struct aws_client s3;
};

/*
 * Nothing is sent yet, and credentials are not looked for. The settings are
 * borrowed until the release, which is due after a failure too; the connection
 * may not be moved in between.
 */
int connection_open(struct connection *connection,
	const struct settings *settings, struct err *err);
void connection_release(struct connection *connection);

/* Can the settings be connected with, and the store at `where` be opened? */
int connection_check(
	const struct settings *settings, const char *where, struct err *err);

/* Is this a place in S3, so that a connection is needed to read it? */
bool where_is_s3(const char *where);

/*
 * The store of a baseline: `where` is a path or s3://bucket/key, as check_where
 * has found. Close it before the connection, which a local file does not need,
 * is released, and after a failure too.
 */
int store_at(struct store **out, const char *where,
	struct connection *connection, const struct settings *settings,
	struct err *err);

/*
 * Where the baseline is: --baseline, or the default of the distribution, which
 * is written to `room`. ERR_USAGE where it cannot be a path or a place in S3,
 * or neither option is given.
 */
enum {
	WHERE_SIZE =
		sizeof(".edgediff/") + DISTRIBUTION_MAX + sizeof(".baseline"),
};
int where_of(const char **where, char room[WHERE_SIZE],
	const struct settings *settings, struct err *err);

/* --distribution-id as given; ERR_USAGE where it is missing or none. */
int distribution_of(
	const char **id, const struct settings *settings, struct err *err);

#endif
