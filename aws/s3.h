/*
 * S3's GET and conditional PUT of one object, API version 2006-03-01
 * ("Conditional requests", Amazon S3 User Guide).
 */
#ifndef AWS_S3_H
#define AWS_S3_H

#include "aws/call.h"

enum {
	BUCKET_SHORTEST = 3,
	BUCKET_MAX = 63,
	S3_KEY_MAX = 1024, /* bytes */
	ETAG_MAX = 255, /* S3's have 32 to 38 characters */
	/* Seconds for one transfer: 2 GB at 10 Mbit/s. */
	S3_SECONDS_MAX = 1800,
};

/* Where an object is. */
struct s3_location {
	char bucket[BUCKET_MAX + 1];
	char key[S3_KEY_MAX + 1];
};

/* s3://bucket/key; ERR_USAGE where it is not. */
int s3_location_read(
	struct s3_location *location, const char *text, struct err *err);

/*
 * How a bucket is named in a URL: as part of the host, or of the path. Auto is
 * what the SDKs do: the host, but the path at an endpoint that was given and,
 * over https, for a bucket with a dot, which no certificate covers.
 */
enum s3_style { S3_STYLE_AUTO, S3_STYLE_VIRTUAL, S3_STYLE_PATH };

/*
 * Append the endpoint of a bucket: `given` (NULL for AWS's own in `region`,
 * which is named by `label`: s3, s3.dualstack) with the bucket in it.
 * ERR_USAGE for a region that is none.
 */
int s3_endpoint(struct buf *out, const char *given, const char *label,
	const char *region, const char *bucket, enum s3_style style,
	struct err *err);

/* What a PUT asks for before it is done. */
enum s3_condition {
	S3_IF_ABSENT, /* If-None-Match: * */
	S3_IF_MATCH, /* If-Match: "etag" */
	S3_IF_MATCH_BARE, /* If-Match: etag, as Ceph's radosgw wants it */
};

/* How a PUT ended that S3 answered. */
enum s3_outcome {
	S3_WRITTEN,
	S3_UNMET, /* 412, or 404 of an object to match: the condition fails */
	S3_CONFLICT, /* 409: another request was under way; read and retry */
};

/*
 * Get an object of at most body->max bytes. Returns 0 and *found = false
 * where there is none. The etag, without its quotes, goes to `etag`
 * (ETAG_MAX + 1 bytes): "" where the store gives none that can be matched.
 */
int s3_get(struct aws_client *client, const struct s3_location *location,
	struct buf *body, char *etag, bool *found, struct err *err);

/*
 * Put an object if the condition holds; `etag` is matched, and then that of
 * the new object ("" where the store does not say). Returns 0 with *outcome,
 * or -1 as aws_call does. client->doubtful tells whether a try that did not
 * get its answer may have written it, so that S3_UNMET can be our own doing.
 */
int s3_put(struct aws_client *client, const struct s3_location *location,
	const void *body, size_t len, enum s3_condition condition, char *etag,
	enum s3_outcome *outcome, struct err *err);

#endif
