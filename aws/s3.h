/*
 * S3's GET and conditional PUT of one object, API version 2006-03-01
 * ("Conditional requests", Amazon S3 User Guide).
 */
#ifndef AWS_S3_H
#define AWS_S3_H

#include "aws/client.h"

enum {
	S3_BUCKET_MIN = 3, /* characters of a bucket's name */
	S3_BUCKET_MAX = 63,
	S3_KEY_MAX = 1024, /* bytes */
	S3_ETAG_MAX = 255, /* S3's have 32 to 38 characters */
	S3_SECONDS_MAX = 1800, /* for one transfer: 2 GB at 10 Mbit/s */
};

/* Where an object is. */
struct s3_location {
	char bucket[S3_BUCKET_MAX + 1];
	char key[S3_KEY_MAX + 1];
};

/*
 * Split s3://bucket/key. Fails with ERR_USAGE if the text has any other form.
 */
int s3_location_parse(
	struct s3_location *location, const char *text, struct err *err);

/*
 * Split s3://bucket[/prefix]. The key becomes the prefix with one / at its end,
 * or "". Fails with ERR_USAGE if the text has any other form.
 */
int s3_prefix_parse(
	struct s3_location *location, const char *text, struct err *err);

/*
 * How a URL names a bucket: in the host (virtual-hosted style) or in the path.
 * Auto is what the SDKs do: virtual-hosted, but in the path at a configured
 * endpoint and for a bucket with a dot, which no certificate covers.
 */
enum s3_style { S3_STYLE_AUTO, S3_STYLE_VIRTUAL, S3_STYLE_PATH };

/*
 * Append a bucket's endpoint: `given` with the bucket in it, or, if `given` is
 * NULL, AWS's own in `region`, whose name begins with `label` (s3,
 * s3.dualstack). Fails with ERR_USAGE if the region is malformed.
 */
int s3_endpoint(struct buf *out, const char *given, const char *label,
	const char *region, const char *bucket, enum s3_style style,
	struct err *err);

/* The condition on which a PUT is carried out. */
enum s3_condition {
	S3_IF_ABSENT, /* If-None-Match: * */
	S3_IF_MATCH, /* If-Match: "etag" */
	S3_IF_MATCH_BARE, /* If-Match: etag, as Ceph's radosgw needs it */
};

/* The result of a PUT to which S3 responded. */
enum s3_outcome {
	S3_WRITTEN,
	S3_UNMET, /* 412, or 404 if there is nothing to match */
	S3_CONFLICT, /* 409: another request is under way; read and retry */
};

/*
 * Get an object of at most body->max bytes. Returns 0 with *found = false if it
 * does not exist. Its ETag, without quotes, goes to `etag` (S3_ETAG_MAX + 1
 * bytes); it is "" if the store sends none that can be matched. Fails with the
 * codes of aws_send().
 */
int s3_get(struct aws_client *client, const struct s3_location *location,
	struct buf *body, char *etag, bool *found, struct err *err);

/*
 * Is the object still the one with this ETag or, if that is NULL, still missing? If
 * so, no body is sent (If-None-Match); one that comes has `max` bytes at most, and
 * is dropped. Fails with the codes of aws_send().
 */
int s3_is_same(struct aws_client *client, const struct s3_location *location,
	const char *etag, size_t max, bool *same, struct err *err);

/*
 * Put an object if the condition holds. `etag` is the ETag to match, and is
 * replaced by the new object's ("" if the store sends none). Returns 0 with
 * *outcome, or -1 with the codes of aws_send(). If client->maybe_applied is
 * set, an attempt without a response may have written the object, so S3_UNMET
 * may be our own doing.
 */
int s3_put(struct aws_client *client, const struct s3_location *location,
	const void *body, size_t len, enum s3_condition condition, char *etag,
	enum s3_outcome *outcome, struct err *err);

/*
 * Copy the ETag of a response (S3_ETAG_MAX + 1 bytes), without its quotes. A weak
 * or malformed one becomes "", because it could not be matched.
 */
void s3_read_etag(char *out, const struct http_response *response);

#endif
