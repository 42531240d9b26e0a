/*
 * A connection to AWS: configuration, credentials and HTTP, and the clients of
 * the two services that share them.
 */
#ifndef AWS_CONNECTION_H
#define AWS_CONNECTION_H

#include "aws/cloudfront.h"
#include "aws/endpoint.h"
#include "aws/provider_chain.h"
#include "aws/s3.h"

/*
 * All of these are borrowed until the release. A string is NULL if not given.
 */
struct connection_options {
	const char *profile, *region, *ca_bundle;
	const char *endpoint_url; /* for CloudFront */
	const char *s3_addressing_style; /* auto, virtual or path */
	bool unverified; /* accept any certificate */
	bool like_sdk; /* see struct aws_options */
	long connect_timeout, read_timeout; /* seconds; 0 for the default */
	const char *user_agent;

	const struct aws_system *system;
	const struct environment *environment;

	/* Should a request stop? NULL means never. See aws/http_request.h. */
	bool (*interrupted)(void *context);

	/* Called with the provider's name after each load. May be NULL. */
	void (*found_credentials)(const char *method);
};

/* A client for one bucket. */
struct s3_bucket {
	struct aws_endpoint service;
	struct buf endpoint; /* the bucket's */
	struct aws_client client;
};

struct connection {
	struct connection_options options;

	/* if connection_open fails with ERR_USAGE: the option that is wrong */
	const char *wrong_option;
	struct http *http;
	struct aws_config config;
	struct provider_context providers;
	struct credentials credentials; /* loaded by the first call */
	struct aws_endpoint cloudfront_endpoint;
	struct cloudfront cloudfront;
	struct s3_bucket s3; /* the baseline's */
};

/*
 * Read the configuration and make CloudFront's client. This sends nothing, and
 * does not look for credentials yet. Release the connection even after a
 * failure. It must not be moved in memory.
 */
int connection_open(struct connection *connection,
	const struct connection_options *options, struct err *err);
void connection_release(struct connection *connection);

/*
 * Make the client for one bucket, in `region` or, if that is NULL, in the
 * connection's. An invalid addressing style or endpoint is ERR_USAGE if an option
 * sets it, and ERR_INPUT if a variable or the profile does. The bucket must not
 * be moved; release it even after a failure, and before the connection.
 */
int connection_open_bucket(struct connection *connection,
	struct s3_bucket *bucket, const char *name, const char *region,
	struct err *err);
void connection_close_bucket(struct s3_bucket *bucket);

/* The same for connection->s3, which is released with the connection. */
int connection_open_s3(
	struct connection *connection, const char *bucket, struct err *err);

/*
 * Make the client for a bucket that may be in another region: list a key that
 * begins with `prefix`, and go where S3 says that the bucket is. *can_list says
 * whether s3:ListBucket is allowed; if not, a missing key cannot be told from
 * one that must not be read. Fails as connection_open_bucket and aws_send do.
 */
int connection_find_bucket(struct connection *connection,
	struct s3_bucket *bucket, const char *name, const char *region,
	const char *prefix, bool *can_list, struct err *err);

/*
 * Fails with ERR_USAGE unless the addressing style is NULL or one of the three.
 */
int connection_check_style(const char *style, struct err *err);

#endif
