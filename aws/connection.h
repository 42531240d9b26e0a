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
	struct aws_endpoint s3_service;
	struct buf s3_endpoint; /* the bucket's */
	struct aws_client s3;
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
 * Make connection->s3, the client for one bucket. An invalid addressing style
 * or endpoint is ERR_USAGE if an option sets it, and ERR_INPUT if a variable or
 * the profile does.
 */
int connection_open_s3(
	struct connection *connection, const char *bucket, struct err *err);

/*
 * Fails with ERR_USAGE unless the addressing style is NULL or one of the three.
 */
int connection_check_style(const char *style, struct err *err);

#endif
