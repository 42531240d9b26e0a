/*
 * A connection: what the calls of AWS's services have in common, and a client
 * for each service, made of the shared configuration and a few options.
 */
#ifndef AWS_CONNECTION_H
#define AWS_CONNECTION_H

#include "aws/cloudfront.h"
#include "aws/endpoint.h"
#include "aws/provider_chain.h"
#include "aws/s3.h"

/* All borrowed until the release; a NULL text was not given. */
struct connection_options {
	const char *profile, *region, *ca_bundle;
	const char *endpoint_url; /* CloudFront's */
	const char *s3_addressing_style; /* auto, virtual or path */
	bool unverified; /* accept any certificate */
	long connect_timeout, read_timeout; /* seconds; 0 for the default */
	const char *user_agent;

	const struct aws_system *system;
	const struct environment *environment;

	/* Should a transfer stop? See aws/http.h; NULL for never. */
	bool (*interrupted)(void *context);

	/* Called with the provider's name for new credentials; or NULL. */
	void (*found_credentials)(const char *method);
};

struct connection {
	struct connection_options options;
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
 * Read the configuration and make CloudFront's client. Nothing is sent yet,
 * and credentials are not looked for. Release in any case; the connection may
 * not be moved in between.
 */
int connection_open(struct connection *connection,
	const struct connection_options *options, struct err *err);
void connection_release(struct connection *connection);

/*
 * Make connection->s3, the client for a bucket. ERR_USAGE or ERR_INPUT: the
 * addressing style (of the option, or of the profile) is unknown, or there is
 * no endpoint.
 */
int connection_open_s3(
	struct connection *connection, const char *bucket, struct err *err);

/* Is the option's addressing style one of the three? NULL is. ERR_USAGE. */
int connection_check_style(const char *style, struct err *err);

#endif
